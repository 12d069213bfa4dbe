"""People at a desk, with what each has in front of them: they press and fill in what they see."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from coaching.catalogue import Catalogue, load_catalogue
from coaching.delivery import Addressee
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.roster import Profile, Room, Standing
from coaching.team import Workspace, shard_of
from conversation.compose import compose
from conversation.events import (
    ChannelMessageTyped,
    CommandGiven,
    DirectMessageTyped,
    Event,
    FormChanged,
    FormSubmitted,
    HomeOpened,
    Keep,
    OpenForm,
    PersonCameToChannel,
    Pressed,
    ReplaceForm,
    Reply,
    ShowHome,
    Whisper,
)
from conversation.messages import Buttons, Form, Home, Message
from conversation.platform import ConversationRef, Dropped, MessageRef, Outcome, Sent
from handlers.desk import Desk
from handlers.services import Services
from scheduler.clock import MovableClock
from scheduler.dispatcher import Dispatcher
from scheduler.limits import UNPACED, Limits
from scheduler.planner import Planner
from storage import SqlDueBoard, SqlStore

__all__ = ["CHANNEL", "NAMES", "WORKSPACE", "People", "Shown"]

T = TypeVar("T")

WORKSPACE = Workspace.of("slack", "T1").id
CHANNEL = "C1"
NAMES = {
    "U1": "Amara Osei",
    "U2": "Ben Castell",
    "U3": "Chiara Neri",
    "U4": "Emil Roth",
    "U5": "Farah Haddad",
    "U6": "Gwen Pritchard",
    "U7": "Hanna Lind",
    "U8": "Ivo Marek",
    "U9": "Dana Whitlock",
}
"""Amara leads, Dana is the coach, the others are leaders; Hanna and Ivo come later."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that was shown. `place` says where: whose screen, or the channel."""

    place: str
    what: Message | Form | Home | Keep


@dataclass
class _Room:
    """The roster: who is in the channel, all of them in London."""

    public: bool = False
    users: tuple[str, ...] = ("U1", "U2", "U3", "U4", "U9")

    async def room(self, channel: str) -> Room | None:
        return Room("leadership", self.public, self.users) if channel.startswith("C") else None

    async def profiles(self, users: Collection[str]) -> Mapping[str, Profile]:
        return {user: Profile(user, Standing.PERSON, "Europe/London") for user in users}

    async def words_of(self, channel: str, message: str) -> str | None:
        return "The export to the regulator failed again"


@dataclass
class People:
    """Everybody, at one time. `shown` is all that was ever shown, in order."""

    store: SqlStore
    clock: MovableClock
    catalogue: Catalogue = field(default_factory=load_catalogue)
    room: _Room = field(default_factory=_Room)
    shown: list[Shown] = field(default_factory=list)
    _posted: dict[MessageRef, tuple[str, Message]] = field(default_factory=dict)
    _form: dict[str, Form] = field(default_factory=dict)
    _whispered: dict[str, Message] = field(default_factory=dict)
    _home: dict[str, Home] = field(default_factory=dict)
    refusing: dict[str, str] = field(default_factory=lambda: defaultdict(str))
    """By channel or person: the platform's code with which it takes nothing from the bot."""

    def __post_init__(self) -> None:
        services = Services(self.store, self.clock, self.catalogue, self, self.room)
        self._desk = Desk(services)
        self._board = SqlDueBoard(self.store)

    # Time

    def submit(self, shard: int) -> None:
        """As a queue: what is due is said when time passes."""

    async def settle(self) -> None:
        """Have said what is due."""
        dispatcher = Dispatcher(
            store=self.store,
            board=self._board,
            clock=self.clock,
            platform_of={WORKSPACE: self}.get,
            compose=compose,
            limits=Limits(UNPACED, lambda: 0.0),
        )
        planner = Planner(
            store=self.store,
            board=self._board,
            clock=self.clock,
            catalogue=self.catalogue,
            queue=self,
        )
        await planner.plan()
        await dispatcher.drain(shard_of(WORKSPACE))

    async def until(self, moment: datetime) -> None:
        """Let time pass, everything said at its moment. Nobody leaves a form open so long."""
        self._form.clear()
        self._whispered.clear()
        while True:
            coming = await self._board.next_due(self.clock.now())
            if coming is None or coming > moment:
                break
            self.clock.move_to(coming)
            await self.settle()
        self.clock.move_to(moment)
        await self.settle()

    async def records(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.store.run(WORKSPACE, work)

    # As a platform

    async def post(
        self, to: ConversationRef, message: Message, delivery_id: str, thread: MessageRef | None
    ) -> Outcome:
        if code := self.refusing.get(to.id):
            return Dropped(code, tell_coach=True, shut=code in _SHUT)
        at = MessageRef(to.id, delivery_id)
        self._posted[at] = (to.id, message)
        place = _whose(to.id) if to.kind is Addressee.PERSON else "the channel"
        self.shown.append(Shown(f"{place}, in the thread" if thread else place, message))
        return Sent(at)

    async def update(self, at: MessageRef, message: Message, delivery_id: str) -> Outcome:
        del delivery_id
        to, before = self._posted[at]
        self._posted[at] = (to, message)
        if message != before:
            place = _whose(to) if to in NAMES else "the channel"
            self.shown.append(Shown(f"{place}, the same message said anew", message))
        return Sent(at)

    async def pin(self, at: MessageRef) -> None:
        """It looks the same."""

    async def unpin(self, at: MessageRef) -> None:
        """So does this."""

    async def find(
        self,
        to: ConversationRef,
        delivery_ids: Collection[str],
        since: datetime,
        thread: MessageRef | None,
    ) -> dict[str, MessageRef]:
        return {}

    # As people

    async def does(self, event: Event) -> Reply:
        """Have something done; what it brings is shown, and what follows is said."""
        reply = await self._desk.respond(event)
        user = str(getattr(event, "user", ""))
        place = _whose(user)
        match reply:
            case OpenForm(form) | ReplaceForm(form):
                self._form[user] = form
                self.shown.append(Shown(place, form))
            case Whisper(message):
                self._whispered[user] = message
                self.shown.append(Shown(f"{place}, for them alone", message))
            case ShowHome(home):
                self._home[user] = home
                self.shown.append(Shown(f"{place}, the home", home))
            case Keep():
                self.shown.append(Shown(f"{place}, under the fields", reply))
            case _:
                if isinstance(event, FormSubmitted):
                    self._form.pop(user, None)
        await self.settle()
        return reply

    async def command(self, user: str, words: str = "", channel: str = CHANNEL) -> Reply:
        self._form.pop(user, None)
        return await self.does(CommandGiven(WORKSPACE, user, channel, words))

    async def home(self, user: str) -> Reply:
        self._form.pop(user, None)
        return await self.does(HomeOpened(WORKSPACE, user))

    async def writes(self, user: str, words: str) -> Reply:
        """Write to the bot in one's direct messages."""
        return await self.does(DirectMessageTyped(new_id(), WORKSPACE, user, words))

    async def says(self, user: str, words: str) -> Reply:
        """Write in the channel."""
        typed = ChannelMessageTyped(new_id(), WORKSPACE, user, CHANNEL, new_id(), words)
        return await self.does(typed)

    async def comes(self, user: str) -> Reply:
        """Come to the channel, of one's own accord."""
        self.room.users = (*self.room.users, user)
        return await self.does(PersonCameToChannel(new_id(), WORKSPACE, user, CHANNEL, ""))

    async def presses(self, user: str, label: str) -> Reply:
        """Press what begins with `label`: in the open form, on the home, or the newest message.

        LookupError where there is no such button.
        """
        seen = [
            *(one.body for one in [self._form.get(user)] if one),
            *(one.blocks for one in [self._whispered.get(user), self._home.get(user)] if one),
            *(said.blocks for to, said in reversed(self._posted.values()) if to in {user, CHANNEL}),
        ]
        for blocks in seen:
            for block in blocks:
                for button in block.buttons if isinstance(block, Buttons) else ():
                    if button.label.startswith(label):
                        return await self.does(Pressed(WORKSPACE, user, button.route, button.value))
        raise LookupError(f"{user} sees nothing to press that begins with {label!r}")

    async def sends(self, user: str, **given: str) -> Reply:
        """Fill in the open form and send it: by a field's id, or what its id ends with."""
        form = self._form[user]
        event = FormSubmitted(WORKSPACE, user, form.route, form.reference, _held(form, given))
        return await self.does(event)

    async def changes(self, user: str, name: str, value: str) -> Reply:
        """Change a watched field of the open form."""
        form = self._form[user]
        held = _held(form, {name: value})
        watched = next(one for one in held if _is_named(one, name))
        return await self.does(
            FormChanged(WORKSPACE, user, form.route, form.reference, held, watched)
        )


_SHUT = {"is_archived", "not_in_channel", "channel_not_found"}


def _whose(user: str) -> str:
    return f"{NAMES.get(user, 'Somebody')}'s screen" if user else "the channel"


def _held(form: Form, given: Mapping[str, str]) -> dict[str, str]:
    held = {one.id: one.initial for one in form.fields}
    for name, value in given.items():
        named = [one for one in held if _is_named(one, name)]
        if len(named) != 1:
            raise LookupError(f"{name!r} names no one field of {list(held)}")
        held[named[0]] = value
    return held


def _is_named(field_id: str, name: str) -> bool:
    return field_id == name or field_id.endswith(f".{name}")
