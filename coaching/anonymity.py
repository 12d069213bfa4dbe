"""Anonymity: what is kept of answers that carry no name, and when they may be shown.

What is kept of a round is a heap of values for each question, sorted. It is a function of what was
written alone: not of who wrote, when, in which order, or what else the same person wrote. So no
key, no position and no other row can lead from a value to a person.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain
from json import dumps
from statistics import fmean, pstdev

from coaching.answer import Value
from coaching.practice import Question, QuestionType

__all__ = [
    "FEWEST",
    "SMALL_TEAM",
    "AnonymousAnswers",
    "Release",
    "Threshold",
    "Told",
    "in_words_for",
    "show",
    "threshold_for",
    "without",
]

FEWEST = 3
"""No setting shows anything from fewer answers."""

SMALL_TEAM = 7
"""Up to this size a team sees means alone, and words only at the usual threshold."""

_USUAL = 5
_USUAL_IF_SMALL = 4
_ROUNDED_TO = 10


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many answers on they are shown; a lead's is never counted.

    `figures`: means. `words`: what was written or chosen, and the spread; `spread` is whether that
    is shown at all.
    """

    figures: int
    words: int
    spread: bool

    def and_also(self, other: "Threshold") -> "Threshold":
        """What keeps to both."""
        return Threshold(
            max(self.figures, other.figures),
            max(self.words, other.words),
            self.spread and other.spread,
        )


@dataclass(frozen=True, slots=True)
class AnonymousAnswers:
    """What was given to one round and has not been shown: the values by question.

    Keys and values are sorted, so two heaps of the same values are the same. `leads`: how many
    values of each question may be leads'. `promised` is the strictest threshold that was in force
    when anything was given: a setting that is lowered later does not reach back.
    """

    workspace_id: str
    round_id: str
    promised: Threshold
    values: dict[str, list[Value]] = field(default_factory=dict)
    leads: int = 0

    def with_more(self, given: Mapping[str, Value], promised: Threshold) -> "AnonymousAnswers":
        """The heap with another person's values among the rest."""
        values = {key: list(there) for key, there in self.values.items()}
        for key, value in given.items():
            values.setdefault(key, []).append(value)
        return replace(self, values=_sorted(values), promised=self.promised.and_also(promised))


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown of one question. `rounds`: those whose answers it rests on.

    `mean` and `spread` (standard deviation) have one decimal. `shares`: how many of a hundred chose
    what, to the nearest ten. `words` are in no order. How many answered is no part of it.
    """

    question: str
    rounds: tuple[str, ...]
    mean: float | None = None
    spread: float | None = None
    shares: dict[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """What was shown when a round closed; what it rests on is kept no more. Natural key: round."""

    id: str
    workspace_id: str
    team_id: str
    round_id: str
    told: tuple[Told, ...]


def threshold_for(team_size: int, wanted: int | None) -> Threshold:
    """The threshold of a team with so many people to ask, and the setting `wanted`, if any."""
    small = team_size <= SMALL_TEAM
    usual = _USUAL_IF_SMALL if small else _USUAL
    figures = max(FEWEST, usual if wanted is None else wanted)
    return Threshold(figures, max(_USUAL, figures), spread=not small)


def in_words_for(threshold: Threshold, others: int) -> str:
    """What a threshold means for a team with so many people beside its lead, for its operator."""
    limits = "" if threshold.spread else f" (averages; words from {threshold.words})"
    said = (
        f"anonymous answers are shown from {threshold.figures} on{limits}, the lead's not counted."
    )
    if others > threshold.figures:
        return said
    company = f"{said} With {others} beside the lead a single round"
    if others == threshold.figures:
        return f"{company} gets there only if all of them answer; else it waits for the next."
    return f"{company} never gets there, and waits for the next."


def show(
    questions: Iterable[Question], kept: Sequence[AnonymousAnswers], threshold: Threshold
) -> tuple[Told, ...]:
    """What may be shown of these rounds together, each question for itself.

    Whatever is shown leaves the heap (`without`), so no two releases rest on the same answer.
    """
    told = (_show(question, kept, threshold) for question in questions)
    return tuple(one for one in told if one is not None)


def without(kept: AnonymousAnswers, told: Iterable[Told]) -> AnonymousAnswers:
    """What still waits once `told` is shown."""
    gone = {one.question for one in told if kept.round_id in one.rounds}
    return replace(kept, values={key: kept.values[key] for key in kept.values if key not in gone})


def _show(
    question: Question, kept: Sequence[AnonymousAnswers], threshold: Threshold
) -> Told | None:
    batches = [one for one in kept if _fitting(question, one.values.get(question.key, []))]
    for one in batches:
        threshold = threshold.and_also(one.promised)
    counted = sum(max(0, len(one.values[question.key]) - one.leads) for one in batches)
    is_figure = question.type in _FIGURES
    if counted < (threshold.figures if is_figure else threshold.words):
        return None
    values = list(chain.from_iterable(one.values[question.key] for one in batches))
    told = Told(question.key, tuple(one.round_id for one in batches))
    if is_figure:
        return _figures(told, values, spread=threshold.spread and counted >= threshold.words)
    if question.type.is_chosen:
        return replace(told, shares=_shares(question, values))
    return replace(told, words=_shuffled(told, _words(values)))


_FIGURES = {QuestionType.SCALE, QuestionType.NUMBER}


def _fitting(question: Question, values: Sequence[Value]) -> bool:
    """Whether there are values, all of them of the question's kind: its type may have changed."""
    is_figure = question.type in _FIGURES
    return bool(values) and all(isinstance(value, int) is is_figure for value in values)


def _figures(told: Told, values: Iterable[Value], *, spread: bool) -> Told:
    numbers = [value for value in values if isinstance(value, int)]
    wide = round(pstdev(numbers), 1) if spread else None
    return replace(told, mean=round(fmean(numbers), 1), spread=wide)


def _shares(question: Question, values: Sequence[Value]) -> dict[str, int]:
    chosen = Counter(_words(values))
    return {
        choice: round(100 * chosen[choice] / len(values) / _ROUNDED_TO) * _ROUNDED_TO
        for choice in [*question.choices, *sorted(chosen.keys() - set(question.choices))]
    }


def _words(values: Iterable[Value]) -> list[str]:
    lists = (value if isinstance(value, list) else [str(value)] for value in values)
    return list(chain.from_iterable(lists))


def _shuffled(told: Told, words: Iterable[str]) -> tuple[str, ...]:
    """In an order that comes from the words, the question and the rounds, and from nothing else."""
    salt = "".join((told.question, *told.rounds))

    def place(words: str) -> bytes:
        return sha256(f"{salt}{words}".encode("utf-8", "surrogatepass")).digest()

    return tuple(sorted(words, key=place))


def _sorted(values: Mapping[str, Iterable[Value]]) -> dict[str, list[Value]]:
    by_content: Callable[[Value], str] = dumps
    return {key: sorted(values[key], key=by_content) for key in sorted(values)}
