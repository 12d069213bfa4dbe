"""The plan of the group's weeks: who of which team does what, when. Decided by a seed alone.

Nothing here knows what will be asked. A leader looks at what is there at an hour that is theirs,
and does what their manner is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from bot.demo.deeds import (
    Act,
    AddToAnswer,
    AnswerAnything,
    AskWhatIsOpen,
    Deed,
    JoinTeam,
    LeaveTeam,
    LogFromMessage,
    Mention,
    PressInPrompt,
    SettleBreakdown,
)
from bot.demo.people import Character, Manner, Scene, Team
from bot.demo.visits import Visits
from bot.demo.vocabulary import Mishap, Sentences, mishaps

__all__ = ["GroupPlan"]

_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY, _SATURDAY = range(6)
_GREETING = "Good morning. I'm new here, and glad to be. Please tell me when I ask too much."
_FAREWELL = "This is my last day on this team. Thank you for every plain word."
_AFTERTHOUGHTS = (
    "More on this when we meet.",
    "I have told my own people, too.",
    "Ask me, if that is too short.",
    "I slept over it and would write it again.",
)

_FORGETS = 0.5
_SKIPS = 0.3
_LOOKS_AGAIN = 0.3
_ADDS = 0.15
_BREAKS_DOWN = 0.3
"""How likely it is in a week: of one person, and the last of a team."""


@dataclass(frozen=True, slots=True)
class _Week:
    """A team's week, by the Monday's date, and what is done in it so far."""

    team: Team
    index: int
    monday: date
    acts: list[Act] = field(default_factory=list)

    def add(self, one: Character, day: int, at: time, deed: Deed) -> None:
        """Somebody does something on a day from that Monday on, unless they're not there then."""
        on = self.monday + timedelta(days=day)
        if self.has(one, on):
            moment = datetime.combine(on, at, self.team.zone_of(one))
            self.acts.append(Act(moment, one.key, deed, self.team.key))

    def has(self, one: Character, on: date) -> bool:
        """Whether somebody is in the team, and not on leave, on a day."""
        last_week = self.team.leaves_in
        if one.manner is Manner.LEAVING and self.index >= last_week:
            return self.index == last_week and on < self.monday + timedelta(days=_WEDNESDAY)
        if one.manner is Manner.JOINING and self.index <= self.team.joins_in:
            return False
        return not self.team.is_away(one.key, on)


class GroupPlan:
    """The weeks of one run, asked for in order."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self._scene = scene
        self._random = Random(seed)
        self._mishaps: dict[str, list[Mishap]] = {
            team.key: self._random.sample(mishaps()[team.key], len(mishaps()[team.key]))
            for team in scene.teams
        }
        self._visits = {
            team.key: Visits(seed, Sentences(team.key, part=1).draw) for team in scene.teams
        }

    def week(self, index: int) -> list[Act]:
        """Everything that is done in a week (from 0), in order of time."""
        monday = self._scene.starts_at.date() + timedelta(weeks=index)
        acts: list[Act] = []
        for team in self._scene.teams:
            week = _Week(team, index, monday)
            for one in team.cast:
                self._answers(week, one)
            self._in_the_channel(week)
            self._of_their_own_accord(week)
            acts += week.acts
            acts += self._comings_and_goings(week)
        return sorted(acts, key=lambda act: act.at)

    # Who is there

    def _comings_and_goings(self, week: _Week) -> Iterator[Act]:
        for one in week.team.cast:
            day, at = week.monday + timedelta(days=_WEDNESDAY), self._between(16, 17)
            moment = datetime.combine(day, at, week.team.zone_of(one))
            if one.manner is Manner.JOINING and week.index == week.team.joins_in:
                yield Act(moment, one.key, JoinTeam(_GREETING), week.team.key)
            if one.manner is Manner.LEAVING and week.index == week.team.leaves_in:
                yield Act(moment, one.key, LeaveTeam(_FAREWELL), week.team.key)

    # What they do

    def _answers(self, week: _Week, one: Character) -> None:
        """How somebody meets what comes in the team's slot."""
        day = week.team.slot.weekday
        chance = self._random.random()
        match one.manner:
            case Manner.LATE:
                week.add(one, _working(day + 1), self._between(11, 14), self._answer())
            case Manner.FORGETFUL if chance > _FORGETS:
                deed = self._answer(by_command=True)
                week.add(one, _working(day + 1), self._between(16, 18), deed)
            case Manner.FORGETFUL:
                pass
            case Manner.SKIPPING if chance < _SKIPS:
                week.add(one, day, self._between(11, 13), PressInPrompt("Skip this time"))
            case Manner.PUTTING_OFF if chance < _SKIPS:
                week.add(one, day, self._between(11, 13), PressInPrompt("Ask me tomorrow"))
                week.add(one, _working(day + 1), self._between(11, 14), self._answer())
            case _:
                self._answers_promptly(week, one, day)
        if self._random.random() < _LOOKS_AGAIN:  # what came on another day, before a holiday
            day = (day + self._random.choice((-1, 2, 3))) % _SATURDAY
            week.add(one, day, self._between(15, 17), self._answer())

    def _answers_promptly(self, week: _Week, one: Character, day: int) -> None:
        first = week.team.slot.at.hour + 1
        week.add(one, day, self._between(first, first + 4), self._answer())
        if self._random.random() < _ADDS:
            words = self._random.choice(_AFTERTHOUGHTS)
            week.add(one, day, self._between(first + 4, first + 6), AddToAnswer(words))

    def _in_the_channel(self, week: _Week) -> None:
        """Now and then somebody writes of a breakdown, and somebody logs it from there."""
        present = [one for one in week.team.cast if week.has(one, week.monday)]
        if week.index == week.team.leaves_in:
            present = [one for one in present if one.manner is not Manner.LEAVING]
        curious = self._random.choice(present)
        word = self._random.choice(("", "help"))
        day = self._random.choice((_MONDAY, _WEDNESDAY, _FRIDAY))
        week.add(curious, day, self._between(10, 16), AskWhatIsOpen(word))
        left = self._mishaps[week.team.key]
        if left and self._random.random() < _BREAKS_DOWN:
            self._breaks_down(week, left.pop(), present)

    def _breaks_down(self, week: _Week, mishap: Mishap, present: Sequence[Character]) -> None:
        teller, logs, takes = self._random.choices(present, k=3)
        trouble = mishap.taken_by(takes.key)
        day = self._random.choice((_TUESDAY, _WEDNESDAY, _THURSDAY))
        zone = week.team.zone_of(teller)
        said_at = datetime.combine(week.monday + timedelta(days=day), self._between(9, 12), zone)
        # Who lives by another clock reads it at the time at which it is said, or in their morning.
        later = (said_at + timedelta(minutes=20)).astimezone(week.team.zone_of(logs))
        if not 8 <= later.hour < 18:
            logs, later = teller, said_at + timedelta(minutes=20)
        week.add(teller, day, said_at.time(), Mention(trouble.said))
        open_at_first = self._random.random() < 0.4
        tells = self._random.random() < 0.6
        on = (later.date() - week.monday).days
        week.add(logs, on, later.time(), LogFromMessage(trouble, open_at_first, tells))
        if open_at_first:
            at = self._between(14, 17)
            week.add(self._random.choice((logs, takes)), day + 1, at, SettleBreakdown(trouble))

    def _of_their_own_accord(self, week: _Week) -> None:
        """What they do elsewhere than in a prompt, on their own clocks and while they are there."""
        team, cast = week.team, {one.key: one for one in week.team.cast}
        others = [key for key in cast if key != team.lead.key]
        visits = self._visits[team.key]
        for act in visits.week(week.monday, team.zone, others, team.lead.key, team.key):
            day = (act.at.date() - week.monday).days
            week.add(cast[act.who], day, act.at.time(), act.deed)

    # Chances

    def _answer(self, *, by_command: bool = False) -> AnswerAnything:
        return AnswerAnything(self._random.getrandbits(32), by_command)

    def _between(self, first: int, last: int) -> time:
        """A time between two full hours, at some odd second."""
        seconds = self._random.randrange(first * 3600 + 60, last * 3600)
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _working(day: int) -> int:
    """The day, from a Monday on, or the Monday after where it is on a weekend."""
    return 7 if day in (5, 6) else day
