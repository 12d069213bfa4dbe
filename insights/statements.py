"""Whom a sentence of purpose looks to: those beyond the company, or the company itself.

The word list here is plain, and English. It says that it is unsure rather than be wrong, and its
verdict stops nobody: what somebody wrote is kept as they wrote it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from insights.word_lists import (
    AS_A_FIGURE,
    BENEFIT,
    DENIED,
    INWARD,
    OF_OURS,
    OUTWARD,
    PEOPLE,
    SERVING,
    TAKEN,
)

__all__ = ["WORD_LIST", "Checked", "Statements", "Verdict", "WordList", "check_statement"]

_MOST_SUGGESTED = 2
_LONGEST = 1000
"""Characters of a sentence that are read."""
_CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
_REACH = 48
"""How many characters before a name are read for what is done with it."""


class Verdict(StrEnum):
    """Whom a sentence looks to."""

    OUTWARD = "outward"
    """It names somebody served beyond the company, or a goal of the wider system."""
    INWARD = "inward"
    """It speaks of the company alone."""
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to.

    `because`: the words of the sentence that decided it, as they stand there, in order.
    `suggested`: of the names that the team knows, those to think of, two at most; none for what is
    outward.
    """

    verdict: Verdict
    because: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()


class Statements(Protocol):
    """Checks sentences of purpose. It never raises, keeps nothing, and tells nobody of them."""

    async def check(self, sentence: str, known: Sequence[str]) -> Checked:
        """Whom a sentence looks to. `known`: those outside whom its team has on its map."""
        ...


class WordList:
    """A check by lists of words."""

    async def check(self, sentence: str, known: Sequence[str]) -> Checked:
        """See `Statements.check`."""
        return check_statement(sentence, known)


WORD_LIST: Statements = WordList()


def check_statement(sentence: str, known: Sequence[str] = ()) -> Checked:
    """The same, at once.

    Somebody outside who is only counted ("customer satisfaction"), only taken ("win customers") or
    denied ("not for the customers") is not served. Where the company stands beside somebody
    outside, these count where the sentence says that something is done for them.
    """
    text = sentence[:_LONGEST].replace(_CURLY, "'")
    served = list(_served(text, known))
    inward = [*_found(INWARD, text), *_found(TAKEN, text), *_found(AS_A_FIGURE, text)]
    sure = [span for span in served if not inward or _is_for(text, span)]
    if sure:
        return Checked(Verdict.OUTWARD, _words(sentence, sure))
    suggested = tuple(dict.fromkeys(filter(None, map(_tidy, known))))[:_MOST_SUGGESTED]
    if served:
        return Checked(Verdict.UNSURE, _words(sentence, [*served, *inward]), suggested)
    verdict = Verdict.INWARD if inward else Verdict.UNSURE
    return Checked(verdict, _words(sentence, inward), suggested)


_Span = tuple[int, int]


def _served(text: str, known: Sequence[str]) -> Iterator[_Span]:
    """Where somebody beyond the company, or a goal of the wider system, is named as such."""
    void = [*_found(AS_A_FIGURE, text), *_found(TAKEN, text), *_found(OF_OURS, text)]
    named = [*_found(OUTWARD, text), *_found(PEOPLE, text), *_found(BENEFIT, text)]
    for name in filter(None, map(_tidy, known)):
        named += _found(re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE), text)
    for first, last in named:
        within = any(first < end and begin < last for begin, end in void)
        if not within and not DENIED.search(text[max(0, first - _REACH) : first]):
            yield first, last


def _is_for(text: str, span: _Span) -> bool:
    """Whether something is done for whom is named there."""
    return bool(SERVING.search(text[max(0, span[0] - _REACH) : span[0]]))


def _found(pattern: re.Pattern[str], text: str) -> list[_Span]:
    return [found.span() for found in pattern.finditer(text)]


def _words(sentence: str, spans: Sequence[_Span]) -> tuple[str, ...]:
    """The words there, none twice and none within others that are there."""
    widest: list[_Span] = []
    for first, last in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not widest or last > widest[-1][1]:
            widest.append((first, last))
    return tuple(dict.fromkeys(sentence[first:last] for first, last in widest))


def _tidy(name: str) -> str:
    return " ".join(name.split())
