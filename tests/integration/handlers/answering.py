"""A desk over a team's week, and what is read of its replies."""

from dataclasses import dataclass, field, replace
from datetime import time

from conversation.events import (
    CommandGiven,
    Event,
    FormSubmitted,
    Keep,
    OpenForm,
    ReplaceForm,
    Reply,
    Whisper,
)
from conversation.messages import Form, Message
from handlers.desk import Desk
from handlers.services import Services
from scheduler.clock import MovableClock
from tests.integration.coaching.week import PLAN, WORKSPACE, Week, cadence

__all__ = ["BOARD", "Answering", "form", "problems", "whispered"]

BOARD = replace(
    PLAN,
    name="The board",
    channel="C2",
    members=tuple(one for one in PLAN.members if one.user in {"U1", "U2"}),
    cadences=(cadence("early_wins", "WE", time(9)),),
)


class NobodyWaits:
    """A queue for those who send themselves."""

    def submit(self, shard: int) -> None:
        """Nothing: the next sending finds it."""


@dataclass
class Answering:
    """The desk at the week's present moment."""

    week: Week
    clock: MovableClock = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.clock = MovableClock(self.week.now)
        services = Services(self.week.store, self.clock, self.week.catalogue, NobodyWaits())
        self.desk = Desk(services)

    async def does(self, event: Event) -> Reply:
        self.clock.move_to(self.week.now)
        return await self.desk.respond(event)

    async def commands(self, user: str, words: str, channel: str = "C1") -> Reply:
        return await self.does(CommandGiven(WORKSPACE, user, channel, words))

    async def sends(self, user: str, shown: Form, **values: str) -> Reply:
        """Send a form; a field's value is given by its id, with `_` for a full stop."""
        given = {one.id: values.get(one.id.replace(".", "_"), one.initial) for one in shown.fields}
        return await self.does(FormSubmitted(WORKSPACE, user, shown.route, shown.reference, given))


def form(reply: Reply) -> Form:
    assert isinstance(reply, OpenForm | ReplaceForm), reply
    return reply.form


def whispered(reply: Reply) -> Message:
    assert isinstance(reply, Whisper), reply
    return reply.message


def problems(reply: Reply) -> dict[str, str]:
    assert isinstance(reply, Keep), reply
    return dict(reply.problems)
