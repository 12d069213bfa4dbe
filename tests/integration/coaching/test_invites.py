"""Invitations over weeks: who is reminded when, and that nothing follows what ended it."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from coaching.catalogue import load_catalogue
from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.invite import Invite, InviteState
from coaching.ports import UnitOfWork
from coaching.use_cases.change_map import add_to_map, edit_entry, rate_entry, take_off
from coaching.use_cases.follow_invite import say_came, say_not_this_time, say_stands
from coaching.use_cases.follow_up import asked_about
from coaching.use_cases.membership import leave_channel
from coaching.use_cases.merge_stakeholders import merge
from coaching.use_cases.plan_session import (
    GUESTS,
    ON,
    OWNER,
    call_off_session,
    change_session,
    start_session,
)
from conversation.compose import compose
from storage import SqlStore
from tests.integration.coaching.week import PLAN
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
GUEST = "The chief nurse"
INVITE = load_catalogue()["stakeholder_invite"]
FRIDAY = date(2026, 11, 6)


@pytest.fixture
async def weeks(sqlite_store: SqlStore) -> Weeks:
    weeks = Weeks(sqlite_store, MONDAY)
    people = f"{new_id()[:6]}"
    team = replace(PLAN, channel=f"C{people}", cadences=())
    await weeks.apply(team)
    return weeks


async def team_id(weeks: Weeks) -> str:
    return (await weeks.do(lambda uow: uow.teams.where()))[0].id


async def planned(weeks: Weeks, on: date, *guests: str, owner: str = "U2", by: str = "U1") -> str:
    """The id of a session on that day with these guests, who are put on the map."""
    team = await team_id(weeks)

    def plan(uow: UnitOfWork) -> str:
        for name in guests:
            add_to_map(uow, team, by, {"name": name, "side": "Outside"}, weeks.now)
        given = {ON: on.isoformat(), GUESTS: "\n".join(guests), OWNER: owner}
        return start_session(uow, team, by, given, weeks.now).session.id

    return await weeks.do(plan)


async def invite_of(weeks: Weeks, session_id: str) -> Invite:
    return (await weeks.do(lambda uow: uow.invites.where(session_id=session_id)))[0]


async def moved(weeks: Weeks, session_id: str, on: date, *guests: str) -> str:
    given = {ON: on.isoformat(), GUESTS: "\n".join(guests)}
    view = await weeks.do(lambda uow: change_session(uow, session_id, "U1", given, weeks.now))
    return view.session.id


async def said(weeks: Weeks, user: str = "U2") -> list[str]:
    """What a person was told of invitations, in order: day of the month, and what about."""
    told = await weeks.do(
        lambda uow: uow.deliveries.where(
            kind=DeliveryKind.FOLLOW_UP, addressee_id=user, update_of=None
        )
    )
    sent = [one for one in told if one.state is DeliveryState.SENT and one.detail[:6] == "invite"]
    return [_said(one) for one in sorted(sent, key=lambda one: one.charged_at or MONDAY)]


def _said(one: Delivery) -> str:
    assert one.charged_at is not None
    return f"{one.charged_at.day}/{one.charged_at.month} {asked_about(one)}"


async def text_to(weeks: Weeks, user: str) -> list[str]:
    return [one.text for one in await weeks.said_to(user, DeliveryKind.FOLLOW_UP)]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


async def test_its_owner_is_reminded_three_times_and_once_after(weeks: Weeks) -> None:
    await planned(weeks, FRIDAY, GUEST)
    await weeks.run_until(at(FRIDAY + timedelta(weeks=6)))
    assert await said(weeks) == ["9/10 28", "30/10 7", "4/11 2", "9/11 came"]
    told = await text_to(weeks, "U2")
    assert told[1] == (
        "Your strategy session is in 7 days, on Friday 6 November, and you wanted The chief nurse"
        " in the room. Is the invitation out?"
    )
    assert told[3] == "Your strategy session was on Friday 6 November. Did The chief nurse come?"


async def test_planned_late_its_owner_hears_of_it_at_once(weeks: Weeks) -> None:
    await planned(weeks, date(2026, 10, 16), GUEST)
    await weeks.run_until(at(date(2026, 10, 30)))
    assert await said(weeks) == ["5/10 28", "9/10 7", "14/10 2", "19/10 came"]


async def test_who_plans_it_for_themselves_is_not_asked_there_and_then(weeks: Weeks) -> None:
    await planned(weeks, date(2026, 10, 16), GUEST, owner="", by="U1")
    await weeks.run_until(at(date(2026, 10, 8)))
    assert await said(weeks, "U1") == []
    await weeks.run_until(at(date(2026, 10, 9)))
    assert await said(weeks, "U1") == ["9/10 7"]


async def test_accepted_is_asked_about_after_the_session_alone(weeks: Weeks) -> None:
    session = await planned(weeks, FRIDAY, GUEST)
    await weeks.run_until(at(date(2026, 10, 12)))
    one = await invite_of(weeks, session)
    await weeks.do(lambda uow: say_stands(uow, one.id, "U2", InviteState.INVITED, weeks.now))
    await weeks.run_until(at(date(2026, 10, 30)))
    assert (await text_to(weeks, "U2"))[-1].endswith(
        "The chief nurse is invited. Have they said yes?"
    )
    await weeks.do(lambda uow: say_stands(uow, one.id, "U2", InviteState.ACCEPTED, weeks.now))
    await weeks.run_until(at(FRIDAY + timedelta(weeks=2)))
    assert await said(weeks) == ["9/10 28", "30/10 7", "9/11 came"]


async def test_what_they_said_is_kept_beside_how_they_rate_it(weeks: Weeks) -> None:
    session = await planned(weeks, FRIDAY, GUEST)
    one = await invite_of(weeks, session)
    given = {"heard": "We plan around your outages", "should_do": "Tell us first", "rating": "2"}

    def came(uow: UnitOfWork) -> object:
        return say_came(uow, INVITE, one.id, "U2", given, weeks.now)

    with pytest.raises(Refused, match="still to come"):
        await weeks.do(came)
    await weeks.run_until(at(FRIDAY + timedelta(days=3)))
    with pytest.raises(Refused) as refused:
        await weeks.do(lambda uow: say_came(uow, INVITE, one.id, "U2", {}, weeks.now))
    assert set(refused.value.fields) == {"heard"}
    await weeks.do(came)
    (voice,) = await weeks.do(lambda uow: uow.voices.where())
    assert voice.words.startswith("We plan around your outages\n\nWhat we should do")
    assert voice.stakeholder_id == one.stakeholder_id
    assert voice.outside
    (rating,) = await weeks.do(lambda uow: uow.ratings.where())
    assert (rating.relationship, rating.theirs) == (2, True)
    assert (await weeks.do(lambda uow: uow.stakeholders.where()))[0].met_on == FRIDAY
    with pytest.raises(Refused, match="They came, and that is kept"):
        await weeks.do(came)
    before = await said(weeks)
    await weeks.run_until(at(FRIDAY + timedelta(weeks=3)))
    assert await said(weeks) == before


async def test_a_session_that_is_moved_takes_its_reminders_along(weeks: Weeks) -> None:
    session = await planned(weeks, FRIDAY, GUEST)
    await weeks.run_until(at(date(2026, 10, 30)))
    assert await said(weeks) == ["9/10 28", "30/10 7"]
    later = FRIDAY + timedelta(days=4)
    await moved(weeks, session, later, GUEST)
    await weeks.run_until(at(date(2026, 11, 3)))
    assert (await said(weeks))[2:] == ["3/11 7"], "the new day makes it due again"
    await moved(weeks, session, FRIDAY, GUEST)
    await moved(weeks, session, later, GUEST)
    await moved(weeks, session, FRIDAY, GUEST)
    await weeks.run_until(at(date(2026, 11, 20)))
    assert (await said(weeks))[3:] == ["4/11 2", "9/11 came"]


async def test_a_session_that_is_cancelled_is_told_once_and_can_be_planned_again(
    weeks: Weeks,
) -> None:
    session = await planned(weeks, FRIDAY, GUEST)
    await weeks.run_until(at(date(2026, 10, 12)))
    for _ in range(2):
        await weeks.do(lambda uow: call_off_session(uow, session, "U1", weeks.now))
    await weeks.run_until(at(date(2026, 10, 28)))
    assert await said(weeks) == ["9/10 28", "13/10 off"]
    one = await invite_of(weeks, session)
    with pytest.raises(Refused, match="is off"):
        await weeks.do(lambda uow: say_stands(uow, one.id, "U2", InviteState.INVITED, weeks.now))
    team = await team_id(weeks)
    given = {ON: FRIDAY.isoformat(), GUESTS: GUEST, OWNER: "U2"}
    view = await weeks.do(lambda uow: start_session(uow, team, "U1", given, weeks.now))
    assert view.session.id == session
    await weeks.run_until(at(FRIDAY + timedelta(weeks=1)))
    assert (await said(weeks))[2:] == ["30/10 7", "4/11 2", "9/11 came"]


async def test_moved_to_the_day_of_a_cancelled_one_its_guests_come_along(weeks: Weeks) -> None:
    other = FRIDAY + timedelta(days=7)
    cancelled = await planned(weeks, other, GUEST)
    await weeks.do(lambda uow: call_off_session(uow, cancelled, "U1", weeks.now))
    team = await team_id(weeks)
    given = {ON: FRIDAY.isoformat(), GUESTS: GUEST, OWNER: "U2"}
    view = await weeks.do(lambda uow: start_session(uow, team, "U1", given, weeks.now))
    assert await moved(weeks, view.session.id, other, GUEST) == cancelled
    (one,) = await weeks.do(lambda uow: uow.invites.where())
    assert (one.session_id, one.state) == (cancelled, InviteState.OPEN)
    with pytest.raises(Refused, match="session on that day already"):
        await weeks.do(
            lambda uow: start_session(uow, team, "U1", given | {ON: other.isoformat()}, weeks.now)
        )


async def test_who_leaves_hands_it_to_the_lead(weeks: Weeks) -> None:
    session = await planned(weeks, FRIDAY, GUEST)
    await weeks.run_until(at(date(2026, 10, 12)))
    channel = (await weeks.do(lambda uow: uow.teams.where()))[0].channel
    await weeks.do(lambda uow: leave_channel(uow, "U2", channel, weeks.now))
    assert (await invite_of(weeks, session)).owner == "U1"
    await weeks.run_until(at(FRIDAY + timedelta(weeks=1)))
    assert await said(weeks) == ["9/10 28"]
    assert await said(weeks, "U1") == ["13/10 yours", "30/10 7", "4/11 2", "9/11 came"]
    await weeks.do(lambda uow: leave_channel(uow, "U1", channel, weeks.now))
    assert (await invite_of(weeks, session)).owner == "U9"


async def test_who_is_merged_or_taken_off_is_asked_about_once_or_not_at_all(weeks: Weeks) -> None:
    session = await planned(weeks, FRIDAY, GUEST, "Sister Adaeze")
    found = {one.name: one for one in await weeks.do(lambda uow: uow.stakeholders.where())}
    adaeze = found["Sister Adaeze"]
    invites = await weeks.do(lambda uow: uow.invites.where(stakeholder_id=adaeze.id))
    await weeks.do(lambda uow: say_stands(uow, invites[0].id, "U2", InviteState.INVITED, weeks.now))
    await weeks.do(lambda uow: merge(uow, adaeze.id, "U1", GUEST, weeks.now))
    there = await weeks.do(lambda uow: uow.invites.where(stakeholder_id=found[GUEST].id))
    assert [(one.id, one.state) for one in there] == [(invites[0].id, InviteState.INVITED)]
    await weeks.run_until(at(date(2026, 10, 31)))
    assert (await said(weeks))[-2:] == ["9/10 28", "30/10 7"]
    await weeks.do(lambda uow: take_off(uow, found[GUEST].id, "U1", weeks.now))
    await weeks.run_until(at(FRIDAY + timedelta(weeks=1)))
    assert (await said(weeks))[-1] == "2/11 off"
    assert (await invite_of(weeks, session)).session_id == session


@pytest.mark.parametrize("seed", range(8))
async def test_nothing_is_asked_after_an_answer_that_ended_it(weeks: Weeks, seed: int) -> None:
    random = Random(seed)
    session = await planned(weeks, FRIDAY + timedelta(days=random.randint(-20, 20)), GUEST)
    ended_at: datetime | None = None
    for _ in range(random.randint(3, 9)):
        one = await invite_of(weeks, session)
        if one.state.ended:
            break
        act = random.choice([_answers, _moves, _passes, _passes, _calls_off])
        session = await act(weeks, session, one, random)
        one = await invite_of(weeks, session)
        if one.state.ended:
            ended_at = weeks.now
    reminders = [line for line in await said(weeks) if not line.endswith("off")]
    await weeks.run_until(weeks.now + timedelta(weeks=10))
    after = [line for line in await said(weeks) if not line.endswith("off")]
    one = await invite_of(weeks, session)
    if ended_at is not None:
        assert after == reminders, (one.state, ended_at)
    else:
        assert after[-1].endswith("came"), "whoever has not said is asked once more, and no more"
    assert len(set(after)) == len(after)


async def _answers(weeks: Weeks, session: str, one: Invite, random: Random) -> str:
    given = {"heard": "They wait for us", "reason": "Their diary"}
    kind = random.choice(["invited", "accepted", "not", "came"])

    def work(uow: UnitOfWork) -> None:
        if kind == "not":
            say_not_this_time(uow, INVITE, one.id, one.owner, given, weeks.now)
        elif kind == "came":
            say_came(uow, INVITE, one.id, one.owner, given, weeks.now)
        else:
            say_stands(uow, one.id, one.owner, InviteState(kind), weeks.now)

    with suppress(Refused):  # that they came, before the session's day
        await weeks.do(work)
    return session


async def _moves(weeks: Weeks, session: str, _one: Invite, random: Random) -> str:
    on = weeks.now.date() + timedelta(days=random.randint(0, 40))
    return await moved(weeks, session, on, GUEST)


async def _passes(weeks: Weeks, session: str, _one: Invite, random: Random) -> str:
    await weeks.run_until(weeks.now + timedelta(days=random.randint(1, 15)))
    return session


async def _calls_off(weeks: Weeks, session: str, _one: Invite, random: Random) -> str:
    if random.random() < 0.3:
        await weeks.do(lambda uow: call_off_session(uow, session, "U1", weeks.now))
    return session


async def test_what_is_about_to_be_said_is_looked_at_once_more(weeks: Weeks) -> None:
    session = await planned(weeks, FRIDAY, GUEST)
    one = await invite_of(weeks, session)

    async def why(**changed: object) -> dict[str, str]:
        """What each message that waits says, or why it does not, once that has changed."""
        changes: dict[str, Any] = changed

        def look(uow: UnitOfWork) -> dict[str, str]:
            uow.invites.save(replace(one, **changes))
            waiting = uow.deliveries.where(kind=DeliveryKind.FOLLOW_UP, subject=one.id)
            said = {asked_about(each): compose(uow, each, weeks.now) for each in waiting}
            uow.invites.save(one)
            return {about: getattr(each, "text", str(each)) for about, each in said.items()}

        return await weeks.do(look)

    assert (await why())["7"].startswith("Your strategy session is in 32 days")
    accepted = await why(state=InviteState.ACCEPTED)
    assert accepted["7"] == "accepted already"
    assert accepted["came"].startswith("Your strategy session was")
    assert set((await why(owner="U3")).values()) == {"somebody else asks them"}
    assert set((await why(state=InviteState.CAME)).values()) == {"an answer has ended it"}
    there = await weeks.do(lambda uow: uow.sessions.get(session))
    later = replace(there, on=FRIDAY + timedelta(days=14))
    await weeks.do(lambda uow: uow.sessions.save(later))
    assert set((await why()).values()) == {"the session was moved"}
    await weeks.do(lambda uow: uow.sessions.save(there))
    weeks.world.clock.move_to(at(FRIDAY))
    assert (await why())["2"] == "the session has come"


async def test_an_invitation_that_is_gone_is_not_spoken_of(weeks: Weeks) -> None:
    session = await planned(weeks, FRIDAY, GUEST)
    one = await invite_of(weeks, session)
    await weeks.do(lambda uow: uow.invites.remove(one.id))
    waiting = await weeks.do(lambda uow: uow.deliveries.where(subject=one.id))
    said = await weeks.do(lambda uow: compose(uow, waiting[0], weeks.now))
    assert said == "the invitation is no more"
    with pytest.raises(Refused, match="can't find this invitation"):
        await weeks.do(lambda uow: say_stands(uow, one.id, "U2", InviteState.INVITED, weeks.now))


async def test_of_two_who_are_one_all_goes_together(weeks: Weeks) -> None:
    both = await planned(weeks, FRIDAY, GUEST, "Sister Adaeze")
    other = await planned(weeks, FRIDAY + timedelta(days=7))
    found = {one.name: one for one in await weeks.do(lambda uow: uow.stakeholders.where())}
    gone, stays = found["Sister Adaeze"], found[GUEST]
    given = {ON: (FRIDAY + timedelta(days=7)).isoformat(), GUESTS: gone.name, OWNER: "U2"}
    await weeks.do(lambda uow: change_session(uow, other, "U1", given, weeks.now))
    for id_, figure in ((gone.id, "2"), (stays.id, "4")):
        await rated(weeks, id_, figure)
        await weeks.run_until(weeks.now + timedelta(minutes=1))
    focus = {"name": gone.name, "in_focus": "yes", "owner": "U3"}
    await weeks.do(lambda uow: edit_entry(uow, gone.id, "U1", focus, weeks.now))
    await weeks.do(lambda uow: merge(uow, gone.id, "U1", GUEST, weeks.now))
    one = await weeks.do(lambda uow: uow.stakeholders.get(stays.id))
    assert (one.in_focus, one.owner) == (True, "U3")
    (rating,) = await weeks.do(lambda uow: uow.ratings.where())
    assert (rating.stakeholder_id, rating.relationship) == (stays.id, 4), "the later one"
    there = await weeks.do(lambda uow: uow.invites.where(stakeholder_id=stays.id))
    assert {one.session_id for one in there} == {both, other}
    (off,) = await weeks.do(lambda uow: uow.invites.where(stakeholder_id=gone.id))
    assert off.state is InviteState.CANCELLED
    with pytest.raises(Refused, match="Choose who"):
        await weeks.do(lambda uow: merge(uow, gone.id, "U1", GUEST, weeks.now))


async def rated(weeks: Weeks, stakeholder_id: str, figure: str) -> None:
    given = {"relationship": figure}
    await weeks.do(lambda uow: rate_entry(uow, stakeholder_id, "U2", given, weeks.now))
