"""Listening: who is read, when an offer comes, what becomes of it; and that no word is kept."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from coaching.breakdown import Breakdown
from coaching.calendar import Span as Days
from coaching.delivery import Delivery, DeliveryKind
from coaching.ports import Store, UnitOfWork
from coaching.roster import NOBODY_KNOWN, Profile, Room
from coaching.team import Chosen, Member, Role
from coaching.team_plan import WantedMember
from coaching.use_cases.saying import say_to
from coaching.use_cases.set_up_team import apply_teams
from conversation.events import (
    ChannelMessageTyped,
    HomeOpened,
    Nothing,
    OpenForm,
    Pressed,
    Reply,
    ShowHome,
)
from conversation.messages import Button, Buttons, Message
from conversation.routes import (
    LISTEN_LOOK,
    LISTEN_NEVER,
    LISTEN_NO,
    LISTEN_OFF,
    LISTEN_OPEN,
    LISTEN_SET,
)
from handlers.desk import Desk
from handlers.services import Services
from insights.reading import Reader
from storage import SqlStore
from tests.integration.coaching.week import MONDAY, PLAN, WORKSPACE, Week
from tests.integration.handlers.answering import Answering, NobodyWaits, form, problems

WORDS = "Second week the export fails"
TEAM = replace(PLAN, cadences=())
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    """A store over a new file: what it holds is read."""
    opened = SqlStore.open(sqlite_url)
    yield opened
    await opened.close()


class Unread(AssertionError):
    """Somebody read what was not to be read."""


class NobodyReads:
    """A reader that is not to be asked."""

    async def reads_like_breakdown(self, text: str) -> bool:
        raise Unread


@dataclass(frozen=True)
class Slow:
    """A reader in whose time Ben has it that he is not read."""

    week: Week

    async def reads_like_breakdown(self, text: str) -> bool:
        await change(self.week, "U2", chosen=Chosen(no_offers=True))
        return True


@dataclass(frozen=True)
class Scribe:
    """A roster that knows what one message says."""

    words: str | None

    async def room(self, channel: str) -> Room | None:
        return await NOBODY_KNOWN.room(channel)

    async def profiles(self, users: Collection[str]) -> Mapping[str, Profile]:
        return await NOBODY_KNOWN.profiles(users)

    async def words_of(self, channel: str, message: str) -> str | None:
        return self.words if (channel, message) == ("C1", "1.1") else None


@pytest.fixture
async def week(store: Store) -> Week:
    return Week(store)


@pytest.fixture
async def desk(week: Week) -> Answering:
    """The team, not listened to yet."""
    await week.set_up(TEAM)
    return Answering(week)


@pytest.fixture
async def listening(desk: Answering) -> Answering:
    """The same once its lead has switched it on and the channel was told."""
    await desk.does(Pressed(WORKSPACE, "U1", LISTEN_SET, (await desk.week.team()).id))
    await desk.week.sends_all()
    return desk


async def writes(desk: Answering, user: str, text: str = WORDS, **where: str) -> None:
    typed = ChannelMessageTyped(f"E{user}{desk.week.now}", WORKSPACE, user, "C1", "1.1", text)
    assert await desk.does(replace(typed, **where)) == Nothing()


async def offers(week: Week) -> list[Delivery]:
    return await week.queued(DeliveryKind.OFFER)


async def offer_to(desk: Answering, user: str) -> Delivery:
    await writes(desk, user)
    await desk.week.sends_all()
    return (await offers(desk.week))[-1]


async def presses(desk: Answering, user: str, route: str, offer: Delivery) -> Reply:
    return await desk.does(Pressed(WORKSPACE, user, route, offer.id))


async def said_anew(week: Week, offer: Delivery) -> Message:
    (update,) = await week.do(lambda uow: uow.deliveries.where(update_of=offer.id))
    said = await week.says(update)
    assert isinstance(said, Message)
    return said


async def change(week: Week, user: str, **what: object) -> None:
    member = await week.member(user)
    changed: Member = replace(member, **what)  # type: ignore[arg-type]
    await week.do(lambda uow: uow.members.save(changed))


def buttons(message: Message) -> list[Button]:
    rows = [block.buttons for block in message.blocks if isinstance(block, Buttons)]
    return [button for row in rows for button in row]


def read_by(desk: Answering, reader: Reader) -> Answering:
    week = desk.week
    services = Services(week.store, desk.clock, week.catalogue, NobodyWaits(), reader=reader)
    desk.desk = Desk(services)
    return desk


def unreading(desk: Answering) -> Answering:
    return read_by(desk, NobodyReads())


async def test_nobody_is_read_where_it_is_off_or_no_team_is(desk: Answering) -> None:
    await writes(unreading(desk), "U2")
    await writes(desk, "U2", channel="C7")
    assert await offers(desk.week) == []


async def test_the_channel_is_told_before_anybody_is_read(desk: Answering) -> None:
    team = await desk.week.team()
    begun = form(await desk.does(Pressed(WORKSPACE, "U1", LISTEN_SET, team.id)))
    assert "read nothing before" in str(begun.body)
    reading, desk.desk = desk.desk, unreading(desk).desk
    await writes(desk, "U2")
    desk.desk = reading
    (told,) = await desk.week.queued(DeliveryKind.LISTENING)
    said = await desk.week.says(told)
    assert isinstance(said, Message)
    assert "From now on I read" in said.text
    await desk.week.sends_all()
    await writes(desk, "U2")
    assert len(await offers(desk.week)) == 1


@pytest.mark.parametrize(
    "what",
    [
        {"chosen": Chosen(no_offers=True)},
        {"chosen": Chosen(opted_out=True)},
        {"opted_out": True},
        {"away": (Days(MONDAY.date(), MONDAY.date()),)},
        {"paused_until": MONDAY.date() + DAY},
        {"active": False},
    ],
    ids=str,
)
async def test_who_is_to_be_left_alone_is_not_read(
    listening: Answering, what: dict[str, object]
) -> None:
    await change(listening.week, "U2", **what)
    await writes(unreading(listening), "U2")


async def test_who_is_on_no_team_and_who_is_paused_with_it_is_not_read(
    listening: Answering,
) -> None:
    await writes(unreading(listening), "U77")
    team = await listening.week.team()
    await listening.week.do(lambda uow: uow.teams.save(replace(team, paused=True)))
    await writes(listening, "U2")


async def test_who_has_it_while_they_are_read_gets_no_offer(listening: Answering) -> None:
    await writes(read_by(listening, Slow(listening.week)), "U2")
    assert await offers(listening.week) == []


async def test_a_pause_that_is_over_keeps_nobody_from_an_offer(listening: Answering) -> None:
    await change(listening.week, "U2", paused_until=MONDAY.date())
    await writes(listening, "U2")
    assert len(await offers(listening.week)) == 1


async def test_what_reads_like_nothing_leads_to_nothing(listening: Answering) -> None:
    await writes(listening, "U2", "Good morning")
    assert await offers(listening.week) == []


async def test_an_offer_names_the_message_and_no_word_of_it_is_kept(
    listening: Answering, sqlite_url: str
) -> None:
    offer = await offer_to(listening, "U2")
    said = await listening.week.says(offer)
    assert isinstance(said, Message)
    assert [one.label for one in buttons(said)] == [
        "Look at it",
        "Not a breakdown",
        "Don't ask here",
    ]
    assert "sounds as if something broke down" in said.text
    assert (offer.subject, offer.addressee_id) == ("C1 1.1", "U2")
    files = Path(str(make_url(sqlite_url).database)).parent.glob("*.db*")
    kept = b"".join([file.read_bytes() for file in files])
    assert b"Northwind" in kept
    assert b"the export" not in kept


async def test_there_is_one_offer_a_week_and_the_same_event_twice_is_once(
    listening: Answering,
) -> None:
    week = listening.week
    await writes(listening, "U2")
    await writes(listening, "U2")
    await writes(listening, "U2", id="another", message="1.2")
    await week.sends_all()
    await writes(unreading(listening), "U2", id="a third", message="1.3")
    assert len(await offers(week)) == 1
    week.now = MONDAY + 7 * DAY + HOUR
    again = Answering(week)
    await writes(again, "U2", message="1.4")
    assert len(await offers(week)) == 2


async def test_each_has_their_own(listening: Answering) -> None:
    await writes(listening, "U2")
    await writes(listening, "U3")
    assert [one.addressee_id for one in await offers(listening.week)] == ["U2", "U3"]


async def test_what_can_not_be_offered_within_hours_is_never_offered(listening: Answering) -> None:
    week = listening.week
    week.now = MONDAY + 13 * HOUR  # 21:00 in London, and quiet until 07:30
    await writes(listening, "U2")
    await week.sends_all()
    (unsaid,) = await offers(week)
    assert (unsaid.state, unsaid.reason) == ("dropped", "quiet hours")
    week.now = MONDAY + DAY
    await writes(listening, "U2", message="1.2")
    await week.sends_all()
    assert [one.state for one in await offers(week)] == ["dropped", "sent"], "it cost them nothing"


async def test_what_waits_for_the_morning_of_the_same_day_is_said_then(
    listening: Answering,
) -> None:
    week = listening.week
    week.now = MONDAY - timedelta(minutes=90) + DAY  # 06:30 in London
    await writes(listening, "U2")
    await week.sends_all()
    assert [one.state for one in await offers(week)] == ["pending"]
    await writes(unreading(listening), "U2", id="more")
    week.now += HOUR
    await week.sends_all()
    assert [one.state for one in await offers(week)] == ["sent"]


async def test_an_offer_is_not_said_once_nobody_listens_any_more(listening: Answering) -> None:
    await writes(listening, "U2")
    await listening.does(Pressed(WORKSPACE, "U1", LISTEN_OFF, (await listening.week.team()).id))
    (offer,) = await offers(listening.week)
    assert await listening.week.says(offer) == "nobody listens any more"


@pytest.mark.parametrize(("words", "shown"), [(WORDS, WORDS), (None, "")])
async def test_looking_at_it_opens_the_form_with_what_the_message_says_now(
    listening: Answering, words: str | None, shown: str
) -> None:
    offer, week = await offer_to(listening, "U2"), listening.week
    listening.desk = Desk(
        Services(week.store, listening.clock, week.catalogue, NobodyWaits(), Scribe(words))
    )
    opened = form(await presses(listening, "U2", LISTEN_LOOK, offer))
    assert {one.id: one.initial for one in opened.fields}["what"] == shown
    assert problems(await listening.sends("U2", opened, what=""))
    more = form(await listening.sends("U2", opened, what="The export fails"))
    assert "Kept." in str(more.body)
    form(await listening.sends("U2", opened, what="The export fails again"))
    kept: list[Breakdown] = await week.do(lambda uow: uow.breakdowns.where())
    assert [one.what for one in kept] == ["The export fails again"], "sent twice it is one"
    settled = await said_anew(week, offer)
    assert "The export fails again" in str(settled.blocks)
    assert buttons(settled) == []


async def test_a_no_is_thanked_for_and_told_to_nobody(listening: Answering) -> None:
    offer = await offer_to(listening, "U2")
    assert await presses(listening, "U2", LISTEN_NO, offer) == Nothing()
    settled = await said_anew(listening.week, offer)
    assert settled.text.startswith("Not a breakdown: thank you.")
    assert buttons(settled) == []
    said = await listening.week.do(lambda uow: uow.deliveries.where(update_of=None))
    assert [one.kind for one in said] == [DeliveryKind.LISTENING, DeliveryKind.OFFER]


async def test_never_again_holds_for_that_team_alone(listening: Answering) -> None:
    week = listening.week
    members = (WantedMember("U1", Role.LEAD), WantedMember("U2", Role.LEADER))
    other = replace(TEAM, name="The board", channel="C2", members=members)
    await week.do(lambda uow: apply_teams(uow, [TEAM, other], week.catalogue, week.now))
    offer = await offer_to(listening, "U2")
    assert await presses(listening, "U2", LISTEN_NEVER, offer) == Nothing()
    never = await said_anew(week, offer)
    assert [one.label for one in buttons(never)] == ["Ask me less"]

    def look(uow: UnitOfWork) -> dict[str, bool]:
        mine = uow.members.where(user="U2")
        return {uow.teams.get(one.team_id).name: one.chosen.no_offers for one in mine}

    assert await week.do(look) == {TEAM.name: True, "The board": False}
    week.now += 8 * DAY
    await writes(unreading(listening), "U2")


@pytest.mark.parametrize("route", [LISTEN_LOOK, LISTEN_NO, LISTEN_NEVER])
async def test_an_offer_is_its_authors_alone(listening: Answering, route: str) -> None:
    offer = await offer_to(listening, "U2")
    refused = await presses(listening, "U3", route, offer)
    assert "meant for somebody else" in str(refused)
    gone = await listening.does(Pressed(WORKSPACE, "U2", route, "gone"))
    assert "can't find what this was about" in str(gone)
    (told,) = await listening.week.queued(DeliveryKind.LISTENING)
    assert "meant for somebody else" in str(await presses(listening, "U2", route, told))
    await change(listening.week, "U2", active=False)
    left = await presses(listening, "U2", route, offer)
    assert "not on this team any more" in str(left)


@pytest.mark.parametrize("route", [LISTEN_OPEN, LISTEN_SET, LISTEN_OFF])
async def test_only_lead_and_coach_switch(desk: Answering, route: str) -> None:
    team = await desk.week.team()
    assert "can't steer" in str(await desk.does(Pressed(WORKSPACE, "U2", route, team.id)))
    assert "not on this team" in str(await desk.does(Pressed(WORKSPACE, "U77", route, team.id)))
    assert not (await desk.week.team()).listening


async def test_it_is_switched_on_and_off_by_the_coach_and_told_each_time_once(
    desk: Answering,
) -> None:
    week, team = desk.week, await desk.week.team()
    asked = await desk.does(Pressed(WORKSPACE, "U9", LISTEN_OPEN, team.id))
    assert isinstance(asked, OpenForm)
    assert "The channel is told" in str(asked.form.body)
    for _ in range(2):
        await desk.does(Pressed(WORKSPACE, "U9", LISTEN_SET, team.id))
    page = await desk.does(HomeOpened(WORKSPACE, "U9"))
    assert isinstance(page, ShowHome)
    assert "Stop listening" in str(page.home.blocks)
    assert len(await week.queued(DeliveryKind.LISTENING)) == 1
    await week.sends_all()
    week.now += HOUR
    shown = await desk.does(Pressed(WORKSPACE, "U9", LISTEN_OFF, team.id))
    assert isinstance(shown, ShowHome)
    assert "I no longer read Northwind leadership's channel" in str(shown.home.blocks)
    on, off = await week.queued(DeliveryKind.LISTENING)
    assert await week.says(on) == "switched again in the meantime"
    said = await week.says(off)
    assert isinstance(said, Message)
    assert said.text == "I no longer read what is written here."


async def test_applying_a_plan_leaves_it_as_it_is(listening: Answering) -> None:
    await listening.week.set_up(replace(TEAM, name="Northwind's leaders"))
    team = await listening.week.team()
    assert (team.name, team.listening) == ("Northwind's leaders", True)


async def test_who_is_new_on_the_team_is_told(listening: Answering) -> None:
    week, member = listening.week, await listening.week.member("U2")
    await week.do(
        lambda uow: say_to(uow, member, DeliveryKind.WELCOME, member.id, week.now, detail="U1")
    )
    (welcome,) = [one for one in await week.queued(DeliveryKind.WELCOME) if one.detail == "U1"]
    assert "Ask me less switches it off" in str(await week.says(welcome))
