"""The plan of a team's weeks: who does what, when. Decided by a seed alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from bot.demo.company import CAST, LEAD, STARTS_AT, ZONE, Character, Manner
from bot.demo.deeds import (
    Act,
    AnswerSitting,
    AskWhatIsOpen,
    BringBreakdown,
    Deed,
    EditAnswer,
    GoOnLeave,
    LeaveTeam,
    LogFromMessage,
    Mention,
    NothingBroke,
    SettleBreakdown,
)
from bot.demo.stories import Bag, Trouble, read_words
from bot.demo.visits import Visits, of_suppliers

__all__ = ["Plan"]

_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY = range(5)
_FAREWELL = (
    "This is my last week on this team: from Monday I look after systems for the whole group."
    " Thank you for teaching me to ring a ward before I build for it."
)
_MENTIONS_A_WEEK = 2


class Plan:
    """The weeks of one run, asked for in order. `weeks` says when half of them are over."""

    def __init__(self, seed: int, weeks: int) -> None:
        self._random = Random(seed)
        self._bags = {one.key: Bag(read_words(one), self._random) for one in CAST}
        self._away_in = self._random.randint(1, max(1, weeks - 2))
        self._leaving_in = weeks // 2
        self._visits = Visits(seed, of_suppliers)

    def week(self, index: int) -> list[Act]:
        """Everything that is done in a week (from 0), in order of time."""
        monday = STARTS_AT + timedelta(weeks=index)
        present = [one for one in CAST if self._is_there(one, index)]
        acts = [*self._comings_and_goings(monday, index)]
        for one in present:
            acts += self._tuesday(one, monday)
        staying = [one for one in present if not self._leaves(one, index)]
        for one in staying:
            acts += self._thursday(one, monday, staying)
        acts += self._in_the_channel(monday, staying)
        curious = self._random.choice(staying)
        word = self._random.choice(("", "", "help"))
        acts.append(self._act(curious, self._moment(monday, _MONDAY, 11, 16), AskWhatIsOpen(word)))
        others = [one.key for one in staying if one.key != LEAD.key]
        acts += self._visits.week(monday.date(), ZONE, others)
        return sorted(acts, key=lambda act: act.at)

    # Who is there

    def _is_there(self, one: Character, index: int) -> bool:
        gone = one.manner is Manner.LEAVING and index > self._leaving_in
        away = one.manner is Manner.AWAY and index == self._away_in
        return not gone and not away

    def _leaves(self, one: Character, index: int) -> bool:
        return one.manner is Manner.LEAVING and index == self._leaving_in

    def _comings_and_goings(self, monday: datetime, index: int) -> Iterator[Act]:
        for one in CAST:
            if one.manner is Manner.AWAY and index == self._away_in:
                back = monday + timedelta(days=7)
                yield self._act(one, self._moment(monday, _MONDAY, 7, 8), GoOnLeave(back))
            if self._leaves(one, index):
                at = self._moment(monday, _WEDNESDAY, 16, 17)
                yield self._act(one, at, LeaveTeam(_FAREWELL))

    # What they do

    def _tuesday(self, one: Character, monday: datetime) -> Iterator[Act]:
        by_command = one.manner is Manner.FORGETFUL
        if by_command and self._random.random() < 0.5:
            return
        bag = self._bags[one.key]
        win, voice = bag.win(), bag.voice() if self._random.random() < 0.9 else None
        if win is None:
            return
        at = self._answers_at(one, monday, _TUESDAY)
        yield self._act(one, at, AnswerSitting(win, voice, by_command))
        if win.more and not by_command:
            yield self._act(one, at + timedelta(hours=self._random.randint(1, 4)), EditAnswer(win))

    def _thursday(
        self, one: Character, monday: datetime, staying: list[Character]
    ) -> Iterator[Act]:
        chance = self._random.random()
        likely = 0.3 if one.manner is Manner.FORGETFUL else 0.55
        at = self._answers_at(one, monday, _THURSDAY)
        trouble = self._bags[one.key].trouble() if chance < likely else None
        if trouble is not None:
            yield self._act(one, at, self._bring(_taken_by(trouble, staying)))
        elif chance < 0.85:
            yield self._act(one, at, NothingBroke())

    def _bring(self, trouble: Trouble) -> BringBreakdown:
        chance, more = self._random.random(), self._random.random() < 0.6
        return BringBreakdown(trouble, hasty=chance < 0.25, open=chance > 0.85, tells_more=more)

    def _in_the_channel(self, monday: datetime, staying: list[Character]) -> Iterator[Act]:
        """Somebody writes of a breakdown; somebody logs it from there, and somebody settles it."""
        days = self._random.sample((_MONDAY, _TUESDAY, _WEDNESDAY, _FRIDAY), _MENTIONS_A_WEEK)
        tellers = self._random.sample(staying, len(staying))
        for day in sorted(days):
            teller, said = self._next_said(tellers)
            if teller is None or said is None:
                return
            trouble = _taken_by(said, staying)
            at = self._moment(monday, day, 10, 14)
            yield self._act(teller, at, Mention(trouble.said))
            logs = self._random.choice((teller, self._random.choice(staying)))
            later = at + timedelta(minutes=self._random.randint(4, 25))
            chance, more = self._random.random(), self._random.random() < 0.6
            open_at_first = chance < 0.5
            yield self._act(logs, later, LogFromMessage(trouble, open_at_first, more))
            if open_at_first and chance < 0.4:
                settles = self._random.choice((logs, LEAD))
                after = later + timedelta(hours=self._random.randint(1, 3))
                yield self._act(settles, after, SettleBreakdown(trouble))

    def _next_said(self, tellers: list[Character]) -> tuple[Character | None, Trouble | None]:
        while tellers:
            teller = tellers.pop()
            trouble = self._bags[teller.key].said()
            if trouble is not None:
                return teller, trouble
        return None, None

    # When

    def _answers_at(self, one: Character, monday: datetime, day: int) -> datetime:
        """When somebody answers what was asked at nine on `day`: it is open for two days."""
        match one.manner:
            case Manner.LATE:
                return self._moment(monday, day + 1, 10, 14)
            case Manner.FORGETFUL:
                return self._moment(monday, day + 1, 17, 20)
            case _:
                return self._moment(monday, day, 9, 13)

    def _moment(self, monday: datetime, day: int, first: int, last: int) -> datetime:
        """A moment on that day between two full hours, at some odd second."""
        midnight = monday.replace(hour=0, minute=0) + timedelta(days=day)  # on the wall
        seconds = self._random.randrange(first * 3600 + 180, last * 3600)
        return midnight.replace(
            hour=seconds // 3600, minute=seconds // 60 % 60, second=seconds % 60
        )

    @staticmethod
    def _act(one: Character, at: datetime, deed: Deed) -> Act:
        return Act(at, one.key, deed)


def _taken_by(trouble: Trouble, staying: list[Character]) -> Trouble:
    """The same trouble, taken by somebody who is there: the lead stands in."""
    there = {one.key for one in staying}
    return trouble if trouble.owner in there else replace(trouble, owner=LEAD.key)
