"""What a digest says, as data. It is kept as it was told: a field that is added has a default."""

from dataclasses import dataclass
from datetime import date

__all__ = [
    "AGENDA",
    "LISTED",
    "SILENCE",
    "Asked",
    "Facts",
    "Gap",
    "Left",
    "Need",
    "Replay",
    "Trend",
    "Voice",
    "Why",
    "Win",
    "quarters",
]

SILENCE = "silence"
"""The key of the fact that no outside voice was heard."""
LISTED = "listed:"
AGENDA = "agenda:"
"""How a breakdown of the thread, and an item of an agenda, are marked among what was told."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that a member heard. `key` names the record, `said_by` the member's user.

    `words` are empty where they were said within four weeks, and only what came of it is told.
    `state`: heard, open, changed or unchanged; `owner` (a user) brings the decision about, by `by`.
    `channel` and `message` are where it was told, by the platform's ids.
    """

    key: str
    said_by: str
    words: str
    decision: str
    on: date
    state: str = ""
    told: bool | None = None
    """Whether those who spoke know what came of it."""
    why: str = ""
    owner: str | None = None
    by: date | None = None
    outside: bool = True
    channel: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Win:
    """Something that moved and that somebody outside would notice."""

    key: str
    said_by: str
    words: str


@dataclass(frozen=True, slots=True)
class Need:
    """A breakdown that is not closed. `needed_now` is empty while *What's needed now?* is open."""

    key: str
    what: str
    logged_on: date
    needed_now: str
    owner: str | None
    by: date | None
    overdue: bool = False
    """Whether that day had passed."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure of the last seven days beside that of the seven before. `key` names the figure.

    `points` is the figure of each seven days, by their first day, oldest first.
    """

    key: str
    name: str
    now: int
    before: int
    points: tuple[tuple[date, int], ...] = ()


def quarters(percent: int) -> int:
    """A share as people say it, in quarters from 0 to 4: a figure of so few would say too much."""
    return min(round(percent / 25), 4)


@dataclass(frozen=True, slots=True)
class Gap:
    """What was said beside what was done: of `said` things `done`, or two shares in percent.

    `key` is `gap:actions` (of breakdowns, and decisions, past their day), `gap:invites` (made and
    kept) or `gap:outside` (the share of meetings that looked outward).
    """

    key: str
    said: int
    done: int

    @property
    def width(self) -> float:
        """How much of it is missing, from 0 to 1."""
        if self.key == "gap:outside":
            return (self.said - self.done) / 100
        return (self.said - self.done) / self.said if self.said else 0.0


@dataclass(frozen=True, slots=True)
class Replay:
    """A sentence that somebody still on the team wrote, twelve weeks ago."""

    key: str
    said_by: str
    words: str
    on: date
    asked: str = ""
    """The question that it answered, where it says little without."""
    heard: bool = False
    """Whether it tells of somebody from outside."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the team is asked on a day to come, by the practices' names."""

    on: date
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A candidate that a rule left out, and why."""

    key: str
    because: str


@dataclass(frozen=True, slots=True)
class Why:
    """How a rule chose: `chose` is the key of what it gave, "" for nothing."""

    rule: str
    chose: str
    because: str
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a digest says. Voice, need and gap or trend lead it; the rest is its thread.

    `days_without_voice` is given where no outside voice was heard, and at least one earlier. `why`
    has, rule by rule, how the facts were chosen.
    """

    voice: Voice | None
    days_without_voice: int | None
    need: Need | None
    trend: Trend | None
    voices: tuple[Voice, ...]
    wins: tuple[Win, ...]
    needs: tuple[Need, ...]
    gap: Gap | None = None
    followed: tuple[Voice, ...] = ()
    """Voices told earlier of which it has been said since what came of them."""
    replay: Replay | None = None
    asked: tuple[Asked, ...] = ()
    why: tuple[Why, ...] = ()
    open_besides: int = 0
    """How many breakdowns are open beside `needs`, which has those of which there is news."""
    item: str = ""
    """What goes on the next agenda: see `insights.next_item`."""

    @property
    def told(self) -> frozenset[str]:
        """The keys of what leads: not to be told again for four weeks."""
        leading = (self.voice, self.need, self.trend, self.gap)
        keys = {fact.key for fact in leading if fact is not None}
        return frozenset(keys | {SILENCE} if self.days_without_voice is not None else keys)

    @property
    def said(self) -> frozenset[str]:
        """The same with what stands in its thread and on its agenda, each marked as that."""
        listed = {LISTED + one.key for one in self.needs}
        return self.told | listed | ({self.mark_of(self.item)} if self.item else set())

    def subject_of(self, item: str) -> str:
        """The words for what an item of an agenda is about; "" where it is about no fact."""
        _, _, key = item.partition(":")
        if self.need is not None and self.need.key == key:
            return self.need.what
        return self.voice.decision if self.voice is not None and self.voice.key == key else ""

    def mark_of(self, item: str) -> str:
        """How an item is marked: two about the same words read the same."""
        subject = self.subject_of(item)
        return f"{AGENDA}{item.partition(':')[0]}:{subject}" if subject else AGENDA + item

    @property
    def sections(self) -> tuple[str, ...]:
        """The replies beneath it, in order: each is said only where there is something in it."""
        there = {
            "voices": self.voices or self.followed,
            "wins": self.wins or (self.trend and self.trend.points),
            "needs": self.needs,
            "asked": self.asked,
        }
        return tuple(key for key, held in there.items() if held)
