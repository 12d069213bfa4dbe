"""What the leaders of the group have to say, read from their files: sentences and troubles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Annotated, TypeVar

from pydantic import ConfigDict, Field

from bot.demo.stories import Trouble
from coaching.documents import read_document

__all__ = [
    "FOLLOW_UP",
    "Acquaintances",
    "Mishap",
    "Sentences",
    "acquaintances",
    "bank",
    "mishaps",
]

T = TypeVar("T")

_STRICT = ConfigDict(extra="forbid")
_BANKS = (
    "answers_outside.yaml",
    "answers_acts.yaml",
    "answers_learning.yaml",
    "answers_follow_ups.yaml",
)
FOLLOW_UP = "follow_up"
"""Under this name the bank has what is answered when something is followed up."""
_BLANK = re.compile(r"\{(\w+)\}")
_TRIES = 12

_Sentence = Annotated[str, Field(min_length=1, max_length=200)]
_Several = Annotated[tuple[_Sentence, ...], Field(min_length=3)]


@dataclass(frozen=True, slots=True)
class Acquaintances:
    """Whom a team knows: people outside and inside, named in the plural."""

    __pydantic_config__ = _STRICT
    outside: _Several
    inside: _Several


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something that breaks down; `said` is how it first comes up. `Trouble`, without an owner."""

    __pydantic_config__ = _STRICT
    said: _Sentence
    what: Annotated[str, Field(min_length=1, max_length=60)]
    needed_now: _Sentence
    days: Annotated[int, Field(ge=1, le=14)]
    happened: str = ""
    assumed: str = ""
    learning: str = ""

    def taken_by(self, owner: str) -> Trouble:
        """The trouble, once the leader with this key takes it."""
        return Trouble(
            what=self.what,
            needed_now=self.needed_now,
            owner=owner,
            days=self.days,
            said=self.said,
            happened=self.happened,
            assumed=self.assumed,
            learning=self.learning,
        )


@dataclass(frozen=True, slots=True)
class _Bank:
    __pydantic_config__ = _STRICT
    answers: Mapping[str, Mapping[str, _Several]]


@dataclass(frozen=True, slots=True)
class _Known:
    __pydantic_config__ = _STRICT
    teams: Mapping[str, Acquaintances]


@dataclass(frozen=True, slots=True)
class _Mishaps:
    __pydantic_config__ = _STRICT
    teams: Mapping[str, tuple[Mishap, ...]]


@cache
def bank() -> Mapping[tuple[str, str], Sequence[str]]:
    """Sentences by practice and question, with blanks in them.

    Raises:
        DocumentError: a file is wrong.
    """
    read = [_read(name, _Bank).answers for name in _BANKS]
    return {
        (practice, question): sentences
        for answers in read
        for practice, questions in answers.items()
        for question, sentences in questions.items()
    }


@cache
def acquaintances() -> Mapping[str, Acquaintances]:
    """Whom each team knows, by its key."""
    return _read("companies.yaml", _Known).teams


@cache
def mishaps() -> Mapping[str, Sequence[Mishap]]:
    """What breaks down in each team, by its key."""
    return _read("troubles.yaml", _Mishaps).teams


class Sentences:
    """Draws what the leaders of one team say: of the sentences of the bank those said least so far.

    `part` (0 or 1): only every second one, so that two who draw for a team don't say the same.
    """

    def __init__(self, team: str, part: int | None = None) -> None:
        self._known = acquaintances()[team]
        self._part = slice(part, None, None if part is None else 2)
        self._said: dict[str, int] = {}

    def draw(self, practice: str, question: str, random: Random) -> str:
        """A sentence for that question; "" where the bank has none."""
        templates = bank().get((practice, question), ())[self._part]
        if not templates:
            return ""
        least = min(self._said.get(one, 0) for one in templates)
        template = random.choice([one for one in templates if self._said.get(one, 0) == least])
        drawn = [self._filled(template, random) for _ in range(_TRIES)]
        sentence = min(drawn, key=lambda one: self._said.get(one, 0))
        for said in {template, sentence}:
            self._said[said] = self._said.get(said, 0) + 1
        return sentence

    def people_outside(self, random: Random, most: int) -> list[str]:
        """Some of those whom the team knows outside, as names on a list."""
        return [_capital(one) for one in random.sample(self._known.outside, most)]

    def people_inside(self, random: Random, most: int) -> list[str]:
        """Some of those inside."""
        return [_capital(one) for one in random.sample(self._known.inside, most)]

    def _filled(self, template: str, random: Random) -> str:
        return _BLANK.sub(lambda blank: self._name(blank[1], random), template)

    def _name(self, blank: str, random: Random) -> str:
        name = random.choice(getattr(self._known, blank.lower()))
        return _capital(name) if blank[0].isupper() else name


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _read(name: str, kind: type[T]) -> T:
    text = files("bot.demo").joinpath("words", "group", name).read_text("utf-8")
    return read_document(text, kind, name)
