"""Weeks as they go by: planner and dispatcher on a real store, under a clock that is moved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from coaching.catalogue import Catalogue, load_catalogue, practice_that_feeds
from coaching.delivery import Addressee, Delivery, DeliveryKind
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.round import Sitting, SittingState
from coaching.team import Member
from coaching.team_plan import WantedTeam
from coaching.use_cases.answer_prompt import answer_sitting, field_id, see_sitting
from coaching.use_cases.excuse import skip_sitting
from coaching.use_cases.learn_from_breakdown import log_breakdown, tell_of_breakdown
from coaching.use_cases.set_up_team import apply_teams
from conversation.compose import compose
from scheduler.clock import MovableClock
from scheduler.planner import Planner
from storage import SqlStore
from tests.integration.scheduler.platform import Posted
from tests.integration.scheduler.world import World

__all__ = ["Weeks"]

T = TypeVar("T")

_numbers = count()


class _NobodyWaits:
    """A queue for those who drain themselves."""

    def submit(self, shard: int) -> None:
        """Nothing: the next drain finds it."""


@dataclass
class Weeks:
    """One workspace; `run_until` has everything done that falls due, each thing at its moment."""

    store: SqlStore
    starts_at: datetime
    catalogue: Catalogue = field(default_factory=load_catalogue)
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.world = World(self.store, clock=MovableClock(self.starts_at))

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.store.run(self.world.workspace_id, work)

    async def apply(self, *plans: WantedTeam) -> list[str]:
        return await self.do(lambda uow: apply_teams(uow, plans, self.catalogue, self.now))

    async def run_until(self, moment: datetime) -> None:
        planner = Planner(
            store=self.store,
            board=self.world.board,
            clock=self.world.clock,
            catalogue=self.catalogue,
            queue=_NobodyWaits(),
        )
        while True:
            await planner.plan()
            await self.world.drain(compose=compose)
            coming = await self._next_due()
            if coming is None or coming > moment:
                break
            self.world.clock.move_to(coming)
        self.world.clock.move_to(moment)
        await planner.plan()
        await self.world.drain(compose=compose)

    async def _next_due(self) -> datetime | None:
        """Of this workspace alone: others live on the same store, at other times."""

        def look(uow: UnitOfWork) -> list[datetime]:
            closing = [one.closes_at for one in uow.rounds.where(state="open")]
            opening = [one.next_due_at for one in uow.cadences.where()]
            opening += [one.waits_until for one in uow.rounds.where(state="waiting")]
            waiting = [one.due_at for one in uow.deliveries.where(state="pending")]
            return [one for one in (*closing, *opening, *waiting) if one and one > self.now]

        return min(await self.do(look), default=None)

    async def sitting(self, user: str) -> Sitting | None:
        """The latest sitting of a person that is open or let pass, if it can still be answered."""

        def look(uow: UnitOfWork) -> list[Sitting]:
            members = [member.id for member in uow.members.where(user=user, active=True)]
            states = [SittingState.OPEN, SittingState.SKIPPED]
            return [
                one
                for one in uow.sittings.where(member_id=members, state=states)
                if one.closes_at > self.now
            ]

        return next(reversed(await self.do(look)), None)

    async def answers(self, user: str) -> None:
        """Send the form of what is open, its required questions answered: texts all of them."""
        sitting = await self.sitting(user)
        if sitting is None:
            return
        sitting_id = sitting.id

        def answer(uow: UnitOfWork) -> None:
            given = {
                field_id(asked.round.id, question.key): "A call was returned"
                for asked in see_sitting(uow, sitting_id, user).asked
                for question in asked.now
                if not question.optional
            }
            answer_sitting(uow, sitting_id, user, given, self.now)

        await self.do(answer)

    async def skips(self, user: str) -> None:
        """Let what is open pass."""
        if (sitting := await self.sitting(user)) is not None:
            await self.do(lambda uow: skip_sitting(uow, sitting.id, user, self.now))

    async def logs_breakdown(self, user: str, owner: str | None = None) -> str:
        """Log one from a message; with an owner it is settled in one go. Its id."""
        practice = practice_that_feeds(self.catalogue, Feeds.BREAKDOWNS)
        given = {"what": "The export fails"} | (_needed(owner, self.now) if owner else {})

        def log(uow: UnitOfWork) -> str:
            member = uow.members.where(user=user, active=True)[0]
            view = log_breakdown(uow, practice, member.id, user, new_id(), given, self.now)
            return view.breakdown.id

        return await self.do(log)

    async def settles(self, user: str, breakdown_id: str, owner: str) -> None:
        """Say what's needed now."""
        given = {"what": "The export fails"} | _needed(owner, self.now)
        await self.do(
            lambda uow: tell_of_breakdown(uow, breakdown_id, user, given, self.now, later=False)
        )

    async def deliveries(self) -> dict[str, Delivery]:
        return {one.id: one for one in await self.world.deliveries()}

    async def member(self, user: str) -> Member:
        return (await self.do(lambda uow: uow.members.where(user=user)))[0]

    async def said_to(self, user: str, *kinds: DeliveryKind) -> list[Posted]:
        """What stands in a person's direct messages, of these kinds (or any), in order."""
        known = await self.deliveries()
        return [
            one
            for one in self.world.platform.posted
            if one.to.kind is Addressee.PERSON
            and one.to.id == user
            and (not kinds or known[one.delivery_id].kind in kinds)
        ]

    async def reasons(self, user: str, kind: DeliveryKind) -> list[str]:
        """Why posts to a person were dropped, in the order of queueing."""
        known = (await self.deliveries()).values()
        return [
            one.reason
            for one in known
            if (one.addressee_id, one.kind) == (user, kind) and one.reason and not one.update_of
        ]


def _needed(owner: str, now: datetime) -> dict[str, str]:
    by = (now.astimezone(UTC) + timedelta(days=3)).date().isoformat()
    return {"needed_now": "A second approver", "owner": owner, "by": by}
