"""Which facts lead a digest: chosen by rule, three at most, none told twice in four weeks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["Facts", "Need", "Trend", "Voice", "Win", "choose"]


@dataclass(frozen=True, slots=True)
class Voice:
    """An outside voice that a member heard. `key` names the record, `said_by` the member's user."""

    key: str
    said_by: str
    words: str
    decision: str
    on: date


@dataclass(frozen=True, slots=True)
class Win:
    """Something that moved and that somebody outside would notice."""

    key: str
    said_by: str
    words: str


@dataclass(frozen=True, slots=True)
class Need:
    """A breakdown. `needed_now` is empty while *What's needed now?* is open."""

    key: str
    what: str
    logged_on: date
    needed_now: str
    owner: str | None
    by: date | None


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure of this week beside that of the week before. `key` names the figure."""

    key: str
    name: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a digest says. The first three lead it; the rest is its thread.

    `days_without_voice` is given where no voice was heard in the week, and at least one earlier.
    """

    voice: Voice | None
    days_without_voice: int | None
    need: Need | None
    trend: Trend | None
    voices: tuple[Voice, ...]
    wins: tuple[Win, ...]
    needs: tuple[Need, ...]

    @property
    def told(self) -> frozenset[str]:
        """The keys of what leads: not to be told again for four weeks."""
        leading = (self.voice, self.need, self.trend)
        return frozenset(fact.key for fact in leading if fact is not None)


def choose(
    *,
    today: date,
    voices: Sequence[Voice],
    wins: Sequence[Win],
    needs: Sequence[Need],
    last_voice_on: date | None,
    weekly: Sequence[tuple[str, str, Sequence[int]]],
    told: Collection[str],
) -> Facts | None:
    """The facts of a week's digest; None when nothing changed.

    `voices`, `wins` and `needs` are the week's own, except that `needs` has every breakdown still
    unsettled or not past its date, oldest first. `weekly` gives figures by week, oldest first: key,
    name, series. `told` are the keys that led a digest within the last four weeks.
    """
    fresh_voices = [voice for voice in voices if voice.key not in told]
    changing = [voice for voice in fresh_voices if voice.decision]
    silent_days = (today - last_voice_on).days if last_voice_on and not voices else None
    leading = changing or fresh_voices
    facts = Facts(
        voice=leading[-1] if leading else None,
        days_without_voice=silent_days,
        need=next((need for need in needs if need.key not in told), None),
        trend=_largest_change(weekly, told),
        voices=tuple(voices),
        wins=tuple(wins),
        needs=tuple(needs),
    )
    return facts if facts.told or wins else None


def _largest_change(
    weekly: Sequence[tuple[str, str, Sequence[int]]], told: Collection[str]
) -> Trend | None:
    """The figure that changed most since the week before, from four points of data on."""
    changes = [
        Trend(key, name, series[-1], series[-2])
        for key, name, series in weekly
        if len(series) >= _FEWEST_POINTS and key not in told and series[-1] != series[-2]
    ]
    return max(changes, key=lambda trend: abs(trend.now - trend.before), default=None)


_FEWEST_POINTS = 4
