"""A practice: what is asked, of whom, and what follows. Data, not code."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

__all__ = ["Discipline", "Feeds", "Practice", "Question", "QuestionType", "Scale", "Visibility"]

_STRICT = ConfigDict(extra="forbid")
_Line = Annotated[str, Field(min_length=1, max_length=200)]
_Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Discipline(StrEnum):
    """The five disciplines of high-value teams (after Hawkins), and all of them at once."""

    COMMISSIONING = "Commissioning"
    CLARIFYING = "Clarifying"
    CO_CREATING = "Co-creating"
    CONNECTING = "Connecting"
    CORE_LEARNING = "Core learning"


class QuestionType(StrEnum):
    """What kind of answer a question takes, and so what the form offers for it."""

    LONG_TEXT = "long_text"
    SHORT_TEXT = "short_text"
    SCALE = "scale"
    PERSON = "person"
    DATE = "date"


class Visibility(StrEnum):
    """Who sees an answer, and when.

    Kinds that hide an author need a store that cannot join author and answer, so they are not
    offered before it does.
    """

    ATTRIBUTED = "attributed"

    @property
    def editable(self) -> bool:
        """Whether a person may change their answer afterwards: only what carries their name."""
        return self is Visibility.ATTRIBUTED


class Feeds(StrEnum):
    """What an answer sets in motion beyond the round; the behaviour of each lives in code once."""

    VOICES = "voices"
    WINS = "wins"
    BREAKDOWNS = "breakdowns"

    @property
    def questions(self) -> dict[str, QuestionType]:
        """The questions that such a practice must ask, by key: the register reads them."""
        return _FED_BY[self]


_FED_BY: dict[Feeds, dict[str, QuestionType]] = {
    Feeds.VOICES: {"heard": QuestionType.LONG_TEXT, "decision": QuestionType.SHORT_TEXT},
    Feeds.WINS: {"moved": QuestionType.LONG_TEXT},
    Feeds.BREAKDOWNS: {
        "needed_now": QuestionType.LONG_TEXT,
        "owner": QuestionType.PERSON,
        "by": QuestionType.DATE,
        "what": QuestionType.SHORT_TEXT,
        "happened": QuestionType.LONG_TEXT,
        "assumed": QuestionType.LONG_TEXT,
        "learning": QuestionType.LONG_TEXT,
    },
}


@dataclass(frozen=True, slots=True)
class Scale:
    """One to five, both ends in words."""

    __pydantic_config__ = _STRICT
    low: Annotated[str, Field(min_length=1, max_length=40)]
    high: Annotated[str, Field(min_length=1, max_length=40)]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `key` names the answer in the store, so it outlives a change of wording."""

    __pydantic_config__ = _STRICT
    key: _Key
    type: QuestionType
    text: _Line
    hint: Annotated[str, Field(max_length=300)] = ""
    optional: bool = False
    scale: Scale | None = None
    later: bool = False
    """Asked in a second step, after the first is safely kept."""

    def __post_init__(self) -> None:
        if (self.type is QuestionType.SCALE) != (self.scale is not None):
            raise ValueError("a question of type scale, and only one, says `scale: {low, high}`")
        if self.later and not self.optional:
            raise ValueError("a question asked later is `optional: true`: the first step is enough")


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice as its file says it.

    `open_days`: a round closes at 17:00 team time that many days after it opened.
    `minutes`: what an answer takes, said to the person.
    `why`: the reason, said with the prompt. `thanks`: said when an answer is kept.
    """

    __pydantic_config__ = _STRICT
    key: _Key
    name: Annotated[str, Field(min_length=1, max_length=60)]
    discipline: Discipline
    minutes: Annotated[int, Field(ge=1, le=10)]
    open_days: Annotated[int, Field(ge=1, le=13)]
    visibility: Visibility
    why: _Line
    thanks: _Line
    summary: _Line
    """Said above the answers when the round closes."""
    quiet: _Line
    """Said instead when nobody answered."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=10)]
    feeds: Feeds | None = None

    def __post_init__(self) -> None:
        keys = [question.key for question in self.questions]
        if len(keys) != len(set(keys)):
            raise ValueError("two questions have the same `key`")
        if sum(not question.optional for question in self.questions) > 3:
            raise ValueError("at most three questions are required: a sitting takes three minutes")
        if self.feeds is not None:
            asked = {question.key: question.type for question in self.questions}
            for key, kind in self.feeds.questions.items():
                if asked.get(key) is not kind:
                    raise ValueError(f"what feeds {self.feeds} asks a {kind} question `{key}`")

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)
