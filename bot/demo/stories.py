"""What each leader has to tell, read from their file. Nothing is told twice in a run."""

from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Annotated, TypeVar

from pydantic import ConfigDict, Field

from bot.demo.company import Character
from coaching.documents import read_document

__all__ = ["Bag", "Trouble", "Voice", "Win", "Words", "read_words"]

T = TypeVar("T")

_STRICT = ConfigDict(extra="forbid")
_Text = Annotated[str, Field(min_length=1, max_length=300)]


@dataclass(frozen=True, slots=True)
class Win:
    """Something that moved. `more` is what came to mind afterwards."""

    __pydantic_config__ = _STRICT
    moved: _Text
    noticed: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody outside said, and the decision that it should change."""

    __pydantic_config__ = _STRICT
    heard: _Text
    decision: str = ""
    rating: Annotated[int, Field(ge=1, le=5)] | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that broke down. `said`: how it first came up in the channel, if it did.

    `owner` is a leader's key; `days` is how long they have.
    """

    __pydantic_config__ = _STRICT
    what: Annotated[str, Field(min_length=1, max_length=60)]
    needed_now: _Text
    owner: str
    days: Annotated[int, Field(ge=1, le=14)]
    said: str = ""
    happened: str = ""
    assumed: str = ""
    learning: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A leader's file."""

    __pydantic_config__ = _STRICT
    wins: tuple[Win, ...]
    voices: tuple[Voice, ...]
    breakdowns: tuple[Trouble, ...]


def read_words(character: Character) -> Words:
    """The words of a leader. Raises DocumentError where their file is wrong."""
    name = f"{character.key}.yaml"
    text = files("bot.demo").joinpath("words", name).read_text("utf-8")
    return read_document(text, Words, name)


class Bag:
    """A leader's stories, each drawn once, in an order of its own for each run."""

    def __init__(self, words: Words, random: Random) -> None:
        self._wins = _shuffled(words.wins, random)
        self._voices = _shuffled(words.voices, random)
        self._quiet = _shuffled([one for one in words.breakdowns if not one.said], random)
        self._said = _shuffled([one for one in words.breakdowns if one.said], random)

    def win(self) -> Win | None:
        """A win that was not told yet; None when all are."""
        return self._wins.pop() if self._wins else None

    def voice(self) -> Voice | None:
        """A voice that was not told yet."""
        return self._voices.pop() if self._voices else None

    def trouble(self) -> Trouble | None:
        """A breakdown to bring when asked."""
        return self._quiet.pop() if self._quiet else None

    def said(self) -> Trouble | None:
        """A breakdown that comes up in the channel."""
        return self._said.pop() if self._said else None


def _shuffled(stories: "tuple[T, ...] | list[T]", random: Random) -> list[T]:
    return random.sample(stories, len(stories))
