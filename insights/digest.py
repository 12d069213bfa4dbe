"""Which facts lead a digest: chosen by rule, three at most, none told twice in four weeks.

Each rule says beside its choice how it came to it, so that the choice can be explained.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from insights.digest_facts import (
    LISTED,
    SILENCE,
    Asked,
    Facts,
    Gap,
    Left,
    Need,
    Replay,
    Trend,
    Voice,
    Why,
    Win,
    quarters,
)
from insights.next_item import next_item

__all__ = [
    "Asked",
    "Facts",
    "Gap",
    "Left",
    "Need",
    "Replay",
    "Trend",
    "Voice",
    "Weekly",
    "Why",
    "Win",
    "choose",
]

FEWEST_POINTS = 4
"""A change is told from so many points of data on."""
FEWEST_SAID = 2
"""So much was to be done before one speaks of what was not."""
SMALLEST_CHANGE = 2
REPLAYED = range(20, 201)
"""How long a sentence is that is said again, whole."""

SAID_LATELY = timedelta(weeks=4)

_TOLD_LATELY = "it led a digest within four weeks"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A figure by seven days, oldest first; `points` has the first day of each with its figure."""

    key: str
    name: str
    points: tuple[tuple[date, int], ...]


def choose(
    *,
    today: date,
    voices: Sequence[Voice],
    wins: Sequence[Win],
    needs: Sequence[Need],
    last_voice_on: date | None,
    weekly: Sequence[Weekly],
    told: Collection[str],
    followed: Sequence[Voice] = (),
    gaps: Sequence[Gap] = (),
    replays: Sequence[Replay] = (),
    asked: Sequence[Asked] = (),
) -> Facts | None:
    """The facts of a digest; None when nothing changed.

    `voices`, `wins` and `followed` are of the time since the last one, oldest first. `needs` has
    every breakdown that is not closed, oldest first. `last_voice_on` is the day of the latest voice
    from outside. `told` is what was `said` in digests within the last four weeks.
    """
    voice, about_voice = _voice([*followed, *voices], told)
    if voice is not None and voice in followed and voice.on > today - SAID_LATELY:
        voice = replace(voice, words="")
    silent_days, about_silence = _silence(today, voices, voice, last_voice_on, told)
    need, about_need = _need(needs, told)
    gap, about_gap = _gap(gaps, told)
    trend, about_trend = _largest_change(weekly, told, unless=gap)
    replay, about_replay = _replay(replays)
    news = tuple(one for one in needs if LISTED + one.key not in told)
    facts = Facts(
        voice=voice,
        days_without_voice=silent_days,
        need=need,
        trend=trend,
        voices=tuple(voices),
        wins=tuple(wins),
        needs=news,
        open_besides=len(needs) - len(news),
        gap=gap,
        followed=tuple(followed),
        replay=replay,
        asked=tuple(asked),
        why=(about_voice, about_silence, about_need, about_gap, about_trend, about_replay),
    )
    if not facts.told and wins:
        because = "nothing else leads, and it is the latest of what moved"
        about_win = Why("else what moved", wins[-1].key, because)
        facts = replace(facts, why=(*facts.why, about_win))
    item, about_item = next_item(facts, told)
    facts = replace(facts, item=item, why=(*facts.why, about_item))
    return facts if facts.told - {SILENCE} or wins else None


_RANKS = {"changed": 3, "open": 2, "unchanged": 1}
_STATES = {
    "changed": "it changed a decision",
    "open": "a decision waits for it",
    "unchanged": "it was looked at, and the decision stands",
}


def _rank(voice: Voice) -> int:
    """How much a voice has moved: what changed and was told to them most of all."""
    if voice.state == "changed" and voice.told:
        return 4
    return _RANKS.get(voice.state, 0)


def _voice(voices: Sequence[Voice], told: Collection[str]) -> tuple[Voice | None, Why]:
    rule = "the latest outside voice, what it changed first"
    left = [Left(one.key, "it is from inside") for one in voices if not one.outside]
    left += [Left(one.key, _TOLD_LATELY) for one in voices if one.outside and one.key in told]
    fresh = [one for one in voices if one.outside and one.key not in told]
    if not fresh:
        return None, Why(rule, "", "there is no outside voice that is new", tuple(left))
    chosen = max(reversed(fresh), key=lambda one: (_rank(one), one.on))
    because = _STATES.get(chosen.state, "it was heard") + (", and they know" if chosen.told else "")
    left += [
        Left(one.key, "it moved less" if _rank(one) < _rank(chosen) else "it is not the latest")
        for one in fresh
        if one is not chosen
    ]
    return chosen, Why(rule, chosen.key, because, tuple(left))


def _silence(
    today: date,
    voices: Iterable[Voice],
    leads: Voice | None,
    last_voice_on: date | None,
    told: Collection[str],
) -> tuple[int | None, Why]:
    rule = "else how many days since there was one"
    if leads is not None or any(one.outside for one in voices):
        return None, Why(rule, "", "an outside voice was heard")
    if last_voice_on is None:
        return None, Why(rule, "", "there never was one")
    if SILENCE in told:
        return None, Why(rule, "", "", (Left(SILENCE, _TOLD_LATELY),))
    days = (today - last_voice_on).days
    if days < 1:
        return None, Why(rule, "", "there was one on the same day")
    return days, Why(rule, SILENCE, f"the last one was heard {days} days before")


def _need(needs: Sequence[Need], told: Collection[str]) -> tuple[Need | None, Why]:
    rule = "the oldest open What's needed now?"
    fresh = [one for one in needs if one.key not in told]
    left = [Left(one.key, _TOLD_LATELY) for one in needs if one.key in told]
    if not fresh:
        return None, Why(rule, "", "there is none that is new", tuple(left))
    left += [Left(one.key, "another is older") for one in fresh[1:]]
    because = f"it is open since {fresh[0].logged_on.isoformat()}"
    return fresh[0], Why(rule, fresh[0].key, because, tuple(left))


def _gap(gaps: Sequence[Gap], told: Collection[str]) -> tuple[Gap | None, Why]:
    rule = "the widest gap between said and done"
    left: list[Left] = []
    fitting: list[Gap] = []
    for one in gaps:
        if because := _TOLD_LATELY if one.key in told else _too_narrow(one):
            left.append(Left(one.key, because))
        else:
            fitting.append(one)
    if not fitting:
        return None, Why(rule, "", "there is none to speak of", tuple(left))
    chosen = max(fitting, key=lambda one: (one.width, one.said - one.done, one.key))
    left += [Left(one.key, "another is wider") for one in fitting if one is not chosen]
    return chosen, Why(rule, chosen.key, f"{chosen.said} said, {chosen.done} done", tuple(left))


def _too_narrow(gap: Gap) -> str:
    """Why there is no speaking of this gap; "" where there is."""
    if gap.key == "gap:outside":
        near = gap.said <= gap.done or quarters(gap.said) == quarters(gap.done)
        return "the two read the same" if near else ""
    if gap.said < FEWEST_SAID:
        return f"fewer than {FEWEST_SAID} were to be done"
    return "" if gap.done < gap.said else "all of it is done"


def _largest_change(
    weekly: Sequence[Weekly], told: Collection[str], unless: Gap | None
) -> tuple[Trend | None, Why]:
    """The figure that changed most since the week before, from four points of data on."""
    rule = "else the largest change of a trend"
    if unless is not None:
        return None, Why(rule, "", "there is a gap to speak of")
    left: list[Left] = []
    changes: list[Trend] = []
    for one in weekly:
        figures = [figure for _, figure in one.points]
        if one.key in told:
            left.append(Left(one.key, _TOLD_LATELY))
        elif len(figures) < FEWEST_POINTS:
            left.append(Left(one.key, f"it has fewer than {FEWEST_POINTS} points of data"))
        elif abs(figures[-1] - figures[-2]) < SMALLEST_CHANGE:
            left.append(Left(one.key, "it hardly changed"))
        else:
            changes.append(Trend(one.key, one.name, figures[-1], figures[-2], one.points))
    if not changes:
        return None, Why(rule, "", "there is none to speak of", tuple(left))
    chosen = max(changes, key=lambda one: abs(one.now - one.before))
    left += [Left(one.key, "another changed more") for one in changes if one is not chosen]
    because = f"{chosen.now} after {chosen.before}"
    return chosen, Why(rule, chosen.key, because, tuple(left))


def _replay(replays: Sequence[Replay]) -> tuple[Replay | None, Why]:
    """The longest that can be said whole: a short one says little without its question."""
    rule = "one sentence from twelve weeks before"
    fitting = [one for one in replays if len(one.words) in REPLAYED and "\n" not in one.words]
    chosen = max(fitting, key=lambda one: (len(one.words), one.key), default=None)
    left = [
        Left(one.key, "another is longer" if one in fitting else "it is too short, or too long")
        for one in replays
        if one is not chosen
    ]
    because = "it is the longest that can be said whole" if chosen else "there is none"
    return chosen, Why(rule, chosen.key if chosen else "", because, tuple(left))
