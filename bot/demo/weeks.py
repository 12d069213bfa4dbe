"""The weeks as they go on around whoever sits at the keyboard."""

from collections import deque
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.demo.deeds import Act, AnswerSitting, BringBreakdown, NothingBroke
from bot.demo.plan import Plan
from bot.demo.stage import Stage
from sandbox import NotPossible

__all__ = ["Weeks"]

_ANSWERS = (AnswerSitting, BringBreakdown, NothingBroke)
_ANSWER = "Answer"
_AHEAD = timedelta(days=2)
"""How long a round is open: what is to be answered later is not asked yet."""


class Weeks:
    """What the others do, and when. `left_alone` is the key of who sits at the keyboard.

    `also` is the key of whom they act as for a while: nobody else acts in that person's place.
    """

    def __init__(self, stage: Stage, plan: Plan, begun: int, left_alone: str) -> None:
        self._stage = stage
        self._plan = plan
        self._next_week = begun
        self._left_alone = left_alone
        self.also = left_alone
        self._acts: deque[Act] = deque()

    async def go_to(self, moment: datetime) -> None:
        """Let the others do what they do, and time pass, until `moment`."""
        while self._upcoming().at <= moment:
            await self._play(self._acts.popleft())
        await self._stage.move_to(moment)

    async def go_on(self) -> None:
        """Let time pass until the next thing happens: something due, or done by one of them."""
        due = await self._due()
        act = self._upcoming()
        await self.go_to(min(act.at, due) if due else act.at)

    async def go_to_the_next_due(self) -> None:
        """Let time pass until the bot next has something to say, or the day is over."""
        due = await self._due()
        await self.go_to(due or self._stage.now() + timedelta(days=1))

    async def go_on_until_asked(self) -> None:
        """Let time pass until who sits at the keyboard has something to answer: a week at most."""
        end = self._stage.now() + timedelta(weeks=1)
        person = self._stage.people[self._left_alone]
        while self._stage.now() < end:
            if any(_ANSWER in message.buttons for message in await person.dms()):
                return
            await self.go_to_the_next_due()

    async def go_on_by(self, days: int = 0, hours: int = 0) -> None:
        """Let time pass; for whole days the clock then shows the same hour."""
        wall = self._stage.now() + timedelta(days=days)
        await self.go_to(wall.astimezone(UTC) + timedelta(hours=hours))

    async def let_them_answer(self) -> int:
        """Have the others answer now what is open for them; how many had something to say."""
        now, before = self._stage.clock.now(), len(self._stage.acted)
        self._upcoming()
        soon = [act for act in self._acts if act.at <= now + _AHEAD]
        answering = [act for act in soon if isinstance(act.deed, _ANSWERS)]
        for act in answering:
            self._acts.remove(act)
            await self._play(replace(act, at=now))
        return len(self._stage.acted) - before

    async def _play(self, act: Act) -> None:
        if act.who == self.also:
            return
        # Somebody at the keyboard may have taken away what it needs: a message, a channel.
        with suppress(LookupError, NotPossible):
            await self._stage.play([act])

    async def _due(self) -> datetime | None:
        return await self._stage.board.next_due(self._stage.clock.now())

    def _upcoming(self) -> Act:
        while not self._acts:
            week = self._plan.week(self._next_week)
            self._acts.extend(act for act in week if act.who != self._left_alone)
            self._next_week += 1
        return self._acts[0]
