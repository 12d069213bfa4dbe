"""Who comes and goes, as the platform tells it, and what lead and coach press about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pytest

from coaching.delivery import DeliveryKind
from coaching.errors import StoreUnavailable
from coaching.ports import UnitOfWork
from coaching.roster import NOBODY_KNOWN, Profile, Room, Roster, Standing
from coaching.use_cases.kept_off import place_of
from conversation.events import (
    BotLeftChannel,
    ChannelReopened,
    ChannelShut,
    Event,
    Nothing,
    OpenForm,
    PersonCameToChannel,
    PersonLeftChannel,
    PersonLeftWorkspace,
    Pressed,
    Reply,
)
from conversation.routes import TEAM_LET_GO, TEAM_TAKE_ON
from handlers import Services
from handlers.desk import Desk
from scheduler.clock import MovableClock
from storage import SqlStore
from tests.integration.coaching.week import MONDAY, WORKSPACE, Week


class Hints:
    def submit(self, shard: int) -> None:
        """Nobody waits."""


@dataclass
class Known:
    """A platform with one channel, and people who are all full members."""

    public: bool = False
    users: tuple[str, ...] = ("U1", "U2", "U7")
    looked_up: list[str] = field(default_factory=list)

    async def room(self, channel: str) -> Room | None:
        self.looked_up.append(channel)
        return Room("leadership", self.public, self.users)

    async def profiles(self, users: Collection[str]) -> Mapping[str, Profile]:
        self.looked_up += users
        return {user: Profile(user, Standing.PERSON, "Europe/London") for user in users}

    async def words_of(self, channel: str, message: str) -> str | None:
        return None


@pytest.fixture
async def week(store: SqlStore) -> Week:
    week = Week(store)
    await week.set_up()
    return week


async def does(week: Week, event: Event, roster: Roster = NOBODY_KNOWN) -> Reply:
    services = Services(week.store, MovableClock(MONDAY), week.catalogue, Hints(), roster)
    return await Desk(services).respond(event)


def came(event_id: str = "E1", channel: str = "C1", user: str = "U7") -> PersonCameToChannel:
    return PersonCameToChannel(event_id, WORKSPACE, user, channel, "")


async def pressed(week: Week, route: str, user: str, roster: Roster = NOBODY_KNOWN) -> Reply:
    value = place_of((await week.team()).id, "U7")
    return await does(week, Pressed(WORKSPACE, user, route, value), roster)


async def is_on_it(week: Week, user: str = "U7") -> bool:
    def look(uow: UnitOfWork) -> bool:
        return uow.members.one(user=user, active=True) is not None

    return await week.do(look)


async def test_who_comes_to_the_private_channel_is_taken_on_once(week: Week) -> None:
    for _ in range(2):
        assert isinstance(await does(week, came(), Known()), Nothing)
    assert await is_on_it(week)
    assert len(await week.queued(DeliveryKind.WELCOME)) == 1
    assert len(await week.queued(DeliveryKind.COACH_NOTE)) == 1


@pytest.mark.parametrize("roster", [Known(public=True), NOBODY_KNOWN])
async def test_elsewhere_the_lead_is_asked_and_one_press_takes_them_on(
    week: Week, roster: Roster
) -> None:
    await does(week, came(), roster)
    assert not await is_on_it(week)
    (note,) = await week.queued(DeliveryKind.COACH_NOTE)
    assert note.addressee_id == "U1"
    for _ in range(2):
        assert isinstance(await pressed(week, TEAM_TAKE_ON, "U1", roster), Nothing)
    assert await is_on_it(week)
    assert isinstance(await pressed(week, TEAM_LET_GO, "U9"), Nothing)
    assert not await is_on_it(week)


@pytest.mark.parametrize("event", [came(channel="C7"), came(user="U2"), came(user="U9")])
async def test_nobody_is_looked_up_who_does_not_matter(
    week: Week, event: PersonCameToChannel
) -> None:
    roster = Known()
    await does(week, event, roster)
    assert roster.looked_up == []


async def test_others_get_a_sentence(week: Week) -> None:
    await does(week, came(), Known(public=True))
    for route in (TEAM_TAKE_ON, TEAM_LET_GO):
        said = await pressed(week, route, "U2", Known())
        assert isinstance(said, OpenForm)
        assert "Only the team's lead or coach says who is on it" in str(said.form.body)
    stale = await pressed(week, TEAM_TAKE_ON, "U1", Known(users=("U1", "U2")))
    assert isinstance(stale, OpenForm)
    assert "not in the team's channel any more" in str(stale.form.body)


async def test_who_leaves_the_channel_or_the_workspace_leaves_the_team(week: Week) -> None:
    await does(week, PersonLeftChannel("E1", WORKSPACE, "U2", "C1"))
    await does(week, PersonLeftWorkspace("E2", WORKSPACE, "U3"))
    assert not await is_on_it(week, "U2")
    assert not await is_on_it(week, "U3")


@pytest.mark.parametrize("lost", [BotLeftChannel, ChannelShut])
async def test_a_channel_that_is_lost_and_open_again(
    week: Week, lost: type[BotLeftChannel | ChannelShut]
) -> None:
    for event_id in ("E1", "E1", "E2"):
        await does(week, lost(event_id, WORKSPACE, "C1"))
    waiting, note = await week.queued(DeliveryKind.COACH_NOTE)
    assert (waiting.addressee_id, note.addressee_id) == ("C1", "U9")
    assert waiting.due_at > MONDAY
    await does(week, ChannelReopened("E3", WORKSPACE, "C1"))
    assert (await week.queued(DeliveryKind.COACH_NOTE))[0].due_at == MONDAY


class _Shut:
    """A store that is not to be had."""

    async def run(self, workspace_id: str, work: object) -> object:
        raise StoreUnavailable

    read = run


async def test_what_cannot_be_kept_comes_again() -> None:
    services = Services(_Shut(), MovableClock(MONDAY), {}, Hints())  # type: ignore[arg-type]
    with pytest.raises(StoreUnavailable):
        await Desk(services).respond(came())
