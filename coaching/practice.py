"""A practice: what is asked, of whom, and what follows. Data, not code.

This is its shape. What the shape alone cannot say is told by `coaching.practice_rules` where a file
is read, and there only: a round that was kept with its practice stays readable as rules grow.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

__all__ = [
    "HORIZON",
    "LEAST",
    "MOST",
    "YEAR",
    "Audience",
    "Discipline",
    "Feeds",
    "LeansOn",
    "Practice",
    "Question",
    "QuestionType",
    "Scale",
    "Visibility",
    "When",
]

LEAST, MOST = 0, 1_000_000
"""What a number may be, where its question does not say."""

YEAR = "{year}"

HORIZON = 5
"""How many years ahead `{year}` looks."""

_STRICT = ConfigDict(extra="forbid")
_Line = Annotated[str, Field(min_length=1, max_length=200)]
_Choice = Annotated[str, Field(min_length=1, max_length=75)]
_Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Discipline(StrEnum):
    """The five disciplines of high-value teams (after Hawkins), and all of them at once."""

    COMMISSIONING = "Commissioning"
    CLARIFYING = "Clarifying"
    CO_CREATING = "Co-creating"
    CONNECTING = "Connecting"
    CORE_LEARNING = "Core learning"
    ALL = "all five"


class QuestionType(StrEnum):
    """What kind of answer a question takes, and so what the form offers for it."""

    LONG_TEXT = "long_text"
    SHORT_TEXT = "short_text"
    SCALE = "scale"
    PERSON = "person"
    PEOPLE = "people"
    DATE = "date"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    NUMBER = "number"
    STAKEHOLDERS = "stakeholders"
    DECISION = "decision"
    STATEMENT = "statement"

    @property
    def is_chosen(self) -> bool:
        """Whether the file lists what can be chosen."""
        return self in {QuestionType.CHOICE, QuestionType.MULTI_CHOICE}


class Visibility(StrEnum):
    """Who sees an answer, and when.

    *attributed*: shown with the name. *at close*: attributed, hidden until the round closes.
    *aggregated*: figures to the team; text to the lead and coach, without names. *anonymous*: kept
    so that nobody can find out whose it is.
    """

    ATTRIBUTED = "attributed"
    AT_CLOSE = "at_close"
    AGGREGATED = "aggregated"
    ANONYMOUS = "anonymous"

    @property
    def editable(self) -> bool:
        """Whether a person may change their answer afterwards."""
        return self is not Visibility.ANONYMOUS

    @property
    def named(self) -> bool:
        """Whether an answer is shown with the name of who gave it."""
        return self in {Visibility.ATTRIBUTED, Visibility.AT_CLOSE}

    def shows_more_than(self, other: "Visibility") -> bool:
        """Whether it lets others see more of an answer than `other` does."""
        widest_first = list(Visibility)
        return widest_first.index(self) < widest_first.index(other)


class Audience(StrEnum):
    """Who is asked. Only the first two can be asked on a cadence; the others when it happens."""

    EVERYONE = "everyone"
    LEAD_AND_COACH = "lead_and_coach"
    NEWCOMER = "newcomer"
    OWNER = "owner"

    @property
    def on_cadence(self) -> bool:
        """Whether a cadence can ask them: they are known beforehand."""
        return self in {Audience.EVERYONE, Audience.LEAD_AND_COACH}


class Feeds(StrEnum):
    """What an answer sets in motion beyond the round; the behaviour of each lives in code once."""

    VOICES = "voices"
    WINS = "wins"
    BREAKDOWNS = "breakdowns"
    PURPOSE = "purpose"
    PURPOSE_CHECK = "purpose_check"
    MAP = "map"
    MAP_DRAFT = "map_draft"
    COMMITMENTS = "commitments"
    EXPERIMENTS = "experiments"

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
    Feeds.PURPOSE: {"sentence": QuestionType.STATEMENT},
    Feeds.PURPOSE_CHECK: {"holds": QuestionType.CHOICE},
    Feeds.MAP: {
        "known": QuestionType.STAKEHOLDERS,
        "relationship": QuestionType.SCALE,
        "engagement": QuestionType.SCALE,
    },
    Feeds.MAP_DRAFT: {"outside": QuestionType.STAKEHOLDERS, "deepen": QuestionType.STAKEHOLDERS},
    Feeds.COMMITMENTS: {"act": QuestionType.LONG_TEXT, "by": QuestionType.DATE},
    Feeds.EXPERIMENTS: {"experiment": QuestionType.LONG_TEXT, "look_on": QuestionType.DATE},
}


class LeansOn(StrEnum):
    """What of a team's a practice starts from: shown to people above its questions."""

    PURPOSE = "purpose"
    """The team's purpose, in one sentence."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One to five, both ends in words."""

    __pydantic_config__ = _STRICT
    low: Annotated[str, Field(min_length=1, max_length=40)]
    high: Annotated[str, Field(min_length=1, max_length=40)]


@dataclass(frozen=True, slots=True)
class When:
    """A condition: an earlier question was answered with one of these; with none, answered at all.

    With answers, the question is a scale or one to choose from; of several that were chosen, one is
    enough.
    """

    __pydantic_config__ = _STRICT
    question: _Key
    answer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `key` names the answer in the store, so it outlives a change of wording.

    `{year}` in `text` and `hint` is the year that the practice looks ahead to. `choices` are what a
    question to choose from offers; `least` and `most` bound a number.
    """

    __pydantic_config__ = _STRICT
    key: _Key
    type: QuestionType
    text: _Line
    hint: Annotated[str, Field(max_length=300)] = ""
    optional: bool = False
    scale: Scale | None = None
    choices: Annotated[tuple[_Choice, ...], Field(max_length=10)] = ()
    least: int = LEAST
    most: int = MOST
    later: bool = False
    """Asked in a second step, after the first is safely kept."""
    when: When | None = None
    """Asked in the second step, and only where this holds."""
    private: bool = False
    """Kept for the person alone: shown to nobody else, in no summary."""
    starts_from_last: bool = False
    """The field starts with what the person answered the last time."""


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
    leans_on: tuple[LeansOn, ...] = ()
    audience: Audience = Audience.EVERYONE
    discreet: bool = False
    """What is written to it stays out of the channel: who is on the team reads it elsewhere."""

    @property
    def shows_purpose(self) -> bool:
        """Whether the team's purpose stands above its questions."""
        return LeansOn.PURPOSE in self.leans_on or self.needs_purpose

    @property
    def needs_purpose(self) -> bool:
        """Whether it asks about the team's purpose, and so nothing where there is none."""
        return self.feeds is Feeds.PURPOSE_CHECK

    @property
    def shown(self) -> tuple[Question, ...]:
        """The questions whose answers others may see in some form: all but the private ones."""
        return tuple(question for question in self.questions if not question.private)

    def opened_in(self, year: int, *, discreet: bool = False) -> "Practice":
        """The practice as a round asks it that opens in this year: `{year}` is filled in.

        A round that opens in a `discreet` team stays so: what was written under that promise is
        shown in no channel later.
        """
        ahead = str(year + HORIZON)
        asked = (
            replace(one, text=one.text.replace(YEAR, ahead), hint=one.hint.replace(YEAR, ahead))
            for one in self.questions
        )
        return replace(self, questions=tuple(asked), discreet=self.discreet or discreet)

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)
