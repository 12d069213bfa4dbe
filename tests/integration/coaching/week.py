"""A team's week on a real store, told in few words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from coaching.cadence import DIGEST
from coaching.catalogue import Catalogue, load_catalogue
from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.ports import Store, UnitOfWork
from coaching.round import Sitting
from coaching.team import Member, Role, Team
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.answer_prompt import answer_sitting, field_id, see_sitting
from coaching.use_cases.close_rounds import close_due
from coaching.use_cases.excuse import excuse_never_asked
from coaching.use_cases.open_rounds import open_due
from coaching.use_cases.set_up_team import apply_teams
from conversation.compose import compose
from conversation.messages import Message
from conversation.platform import Later

T = TypeVar("T")

WORKSPACE = "slack:T1"
MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
"""09:00 in London, in summer."""
ALWAYS = ("I'm away", "Ask me less", "Why this?")
"""The buttons beneath everything that asks."""


def cadence(practice: str, day: str, at: time) -> WantedCadence:
    return WantedCadence(practice, f"FREQ=WEEKLY;BYDAY={day}", at)


PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER),
        WantedMember("U3", Role.LEADER),
        WantedMember("U9", Role.COACH),
    ),
    cadences=(
        cadence("early_wins", "TU", time(9)),
        cadence("voices_heard", "TU", time(9)),
        cadence("breakdown", "TH", time(9)),
        cadence(DIGEST, "FR", time(15)),
    ),
)


@dataclass
class Week:
    """Runs use cases at a moment that the test moves."""

    store: Store
    now: datetime = MONDAY
    catalogue: Catalogue = field(default_factory=load_catalogue)

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.store.run(WORKSPACE, work)

    async def set_up(self, plan: WantedTeam = PLAN) -> None:
        await self.do(lambda uow: apply_teams(uow, [plan], self.catalogue, self.now))

    async def until(self, moment: datetime) -> None:
        """Move on to a moment, and have done what is due then."""
        self.now = moment
        await self.do(lambda uow: open_due(uow, self.catalogue, self.now))
        await self.do(lambda uow: close_due(uow, self.now))

    async def team(self) -> Team:
        return (await self.do(lambda uow: uow.teams.where()))[0]

    async def member(self, user: str) -> Member:
        return (await self.do(lambda uow: uow.members.where(user=user)))[0]

    async def sitting(self, user: str) -> Sitting:
        """The latest sitting of a person."""
        member = await self.member(user)
        return (await self.do(lambda uow: uow.sittings.where(member_id=member.id)))[-1]

    async def answer(self, user: str, **values: str) -> None:
        """Answer the latest sitting: values by question key, whichever round asks it."""
        sitting = await self.sitting(user)

        def work(uow: UnitOfWork) -> None:
            asked = see_sitting(uow, sitting.id, user).asked
            given = {
                field_id(one.round.id, question.key): values[question.key]
                for one in asked
                for question in one.now
                if question.key in values
            }
            answer_sitting(uow, sitting.id, user, given, self.now)

        await self.do(work)

    async def queued(self, *kinds: DeliveryKind) -> list[Delivery]:
        """The posts of these kinds, updates left out."""
        return await self.do(lambda uow: uow.deliveries.where(kind=list(kinds), update_of=None))

    async def sends_all(self) -> list[Delivery]:
        """Mark everything due as sent, as a dispatcher would; what was sent, in order."""

        def work(uow: UnitOfWork) -> list[Delivery]:
            sent: list[Delivery] = []
            while batch := uow.deliveries.claim(self.now, 100, timedelta(minutes=1)):
                ended: list[Delivery] = []
                for delivery in batch:
                    said = compose(uow, delivery, self.now)
                    if isinstance(said, Later):
                        uow.deliveries.put_off(delivery, said.until)
                        continue
                    ended.append(_ended(delivery, said))
                    uow.deliveries.settle(ended[-1])
                    sent += [delivery] if isinstance(said, Message) else []
                excuse_never_asked(uow, ended, self.now)
            return sent

        return await self.do(work)

    async def says(self, delivery: Delivery) -> Message | str | Later:
        return await self.do(lambda uow: compose(uow, delivery, self.now))


def _ended(delivery: Delivery, said: Message | str) -> Delivery:
    if isinstance(said, str):
        return replace(delivery, state=DeliveryState.DROPPED, reason=said)
    return replace(
        delivery, state=DeliveryState.SENT, channel=f"D{delivery.addressee_id}", message=delivery.id
    )


def kinds(deliveries: Sequence[Delivery]) -> list[str]:
    return sorted(str(delivery.kind) for delivery in deliveries)
