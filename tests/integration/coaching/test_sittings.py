"""Sittings: what is due for a person comes together, in the team's slot, at their own hour."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coaching.cadence import WallClock
from coaching.calendar import Span
from coaching.delivery import DeliveryKind
from coaching.round import Round, RoundState
from coaching.slot import Slot
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
"""09:00 in London, in summer."""
WEEK = timedelta(weeks=1)
TUESDAYS = Slot(1, time(9))
WEEKLY = "FREQ=WEEKLY;BYDAY=TU"

PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB-ENG",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER, timezone="Asia/Tokyo"),
        WantedMember("U3", Role.LEADER, timezone="America/New_York"),
    ),
    slot=TUESDAYS,
)


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


def asking(*practices: str, rrule: str = WEEKLY) -> WantedTeam:
    return replace(PLAN, cadences=tuple(WantedCadence(one, rrule) for one in practices))


async def asked_at(weeks: Weeks, user: str, zone: str) -> list[str]:
    """When somebody was asked, on their own wall clock."""
    said = await weeks.said_to(user, DeliveryKind.PROMPT)
    return [f"{one.posted_at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}" for one in said]


async def rounds(weeks: Weeks, *states: RoundState) -> list[Round]:
    return await weeks.do(lambda uow: uow.rounds.where(state=list(states)))


async def test_what_is_due_comes_as_one_message_at_each_persons_own_hour(weeks: Weeks) -> None:
    await weeks.apply(asking("early_wins", "voices_heard"))
    await weeks.run_until(TUESDAY_NINE + timedelta(hours=6))
    assert await asked_at(weeks, "U1", "Europe/London") == ["Tue 06 Oct 09:00"]
    assert await asked_at(weeks, "U2", "Asia/Tokyo") == ["Tue 06 Oct 09:00"]
    assert await asked_at(weeks, "U3", "America/New_York") == ["Tue 06 Oct 09:00"]
    sittings = await weeks.do(lambda uow: uow.sittings.where())
    seats = await weeks.do(lambda uow: uow.participations.where())
    assert len(sittings) == 3
    assert len(seats) == 6


async def test_the_hour_stays_when_the_clocks_change_in_one_place_and_not_in_another(
    weeks: Weeks,
) -> None:
    await weeks.apply(asking("early_wins"))
    await weeks.run_until(TUESDAY_NINE + 5 * WEEK + timedelta(hours=6))
    for user, zone in (("U1", "Europe/London"), ("U2", "Asia/Tokyo"), ("U3", "America/New_York")):
        hours = {said[-5:] for said in await asked_at(weeks, user, zone)}
        assert hours == {"09:00"}, zone


async def test_on_the_teams_clock_all_are_asked_at_once(weeks: Weeks) -> None:
    at_two = WantedCadence("early_wins", WEEKLY, time(14), clock=WallClock.TEAM)
    await weeks.apply(replace(PLAN, cadences=(at_two,)))
    await weeks.run_until(TUESDAY_NINE + timedelta(hours=7))
    assert await asked_at(weeks, "U1", "Europe/London") == ["Tue 06 Oct 14:00"]
    assert await asked_at(weeks, "U3", "Europe/London") == ["Tue 06 Oct 14:00"]


async def test_a_rule_of_another_weekday_waits_for_the_slot(weeks: Weeks) -> None:
    await weeks.apply(asking("early_wins", rrule="FREQ=WEEKLY;BYDAY=MO,TH,FR"))
    await weeks.run_until(TUESDAY_NINE + WEEK)
    assert await asked_at(weeks, "U1", "Europe/London") == ["Tue 06 Oct 09:00", "Tue 13 Oct 09:00"]


async def test_who_applies_the_plan_the_evening_before_is_asked_in_the_morning(
    sqlite_store: SqlStore,
) -> None:
    weeks = Weeks(sqlite_store, TUESDAY_NINE - timedelta(hours=3))  # past nine in Tokyo
    await weeks.apply(asking("early_wins"))
    await weeks.run_until(TUESDAY_NINE + timedelta(hours=6))
    assert await asked_at(weeks, "U1", "Europe/London") == ["Tue 06 Oct 09:00"]
    assert await asked_at(weeks, "U2", "Asia/Tokyo") == ["Tue 06 Oct 14:00"]


async def test_what_does_not_fit_moves_to_the_next_sitting(weeks: Weeks) -> None:
    once = "FREQ=WEEKLY;BYDAY=TU;COUNT=1"
    await weeks.apply(asking("commitment", "purpose_whole", "early_wins", rrule=once))
    await weeks.run_until(TUESDAY_NINE)
    (waits,) = await rounds(weeks, RoundState.WAITING)
    assert waits.practice_key == "purpose_whole"
    assert waits.reason == "there was no room in the sitting"
    opened = await rounds(weeks, RoundState.OPEN)
    assert [one.practice_key for one in opened] == ["commitment", "early_wins"]

    await weeks.run_until(TUESDAY_NINE + WEEK)
    opened = [one for one in await rounds(weeks, RoundState.OPEN) if one.due_at > weeks.now - WEEK]
    assert [one.practice_key for one in opened] == ["purpose_whole"]
    assert await rounds(weeks, RoundState.WAITING) == []
    assert await asked_at(weeks, "U2", "Asia/Tokyo") == ["Tue 06 Oct 09:00", "Tue 13 Oct 09:00"]


async def test_where_there_is_never_room_for_both_they_take_turns(weeks: Weeks) -> None:
    await weeks.apply(asking("purpose_whole", "challenge"))
    await weeks.run_until(TUESDAY_NINE + 3 * WEEK)
    met = await rounds(weeks, RoundState.OPEN, RoundState.CLOSED)
    met.sort(key=lambda one: one.due_at)
    assert [one.practice_key for one in met] == ["purpose_whole", "challenge"] * 2
    overtaken = await rounds(weeks, RoundState.SKIPPED)
    assert {one.reason for one in overtaken} == {"the next one came before there was room"}


async def test_what_waits_passes_over_a_holiday_and_a_blackout(weeks: Weeks) -> None:
    plan = asking("purpose_whole", "challenge", rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=1")
    blackout = Span(date(2026, 10, 12), date(2026, 10, 18))
    await weeks.apply(replace(plan, blackout=(blackout,)))
    await weeks.run_until(TUESDAY_NINE + 3 * WEEK)
    assert await asked_at(weeks, "U1", "Europe/London") == ["Tue 06 Oct 09:00", "Tue 20 Oct 09:00"]


async def test_what_waits_follows_the_slot_when_it_moves(weeks: Weeks) -> None:
    plan = asking("purpose_whole", "challenge", rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=1")
    await weeks.apply(plan)
    await weeks.run_until(TUESDAY_NINE + timedelta(days=1))
    await weeks.apply(replace(plan, slot=Slot(3, time(10))))
    await weeks.run_until(TUESDAY_NINE + 3 * WEEK)
    assert await asked_at(weeks, "U1", "Europe/London") == ["Tue 06 Oct 09:00", "Thu 15 Oct 10:00"]


async def test_what_waits_for_a_slot_that_is_gone_is_on_record(weeks: Weeks) -> None:
    once = "FREQ=WEEKLY;BYDAY=TU;COUNT=1"
    plan = asking("purpose_whole", "challenge", rrule=once)
    await weeks.apply(plan)
    await weeks.run_until(TUESDAY_NINE)
    own = tuple(WantedCadence(one, once, time(9)) for one in ("purpose_whole", "challenge"))
    await weeks.apply(replace(plan, slot=None, cadences=own))
    await weeks.run_until(TUESDAY_NINE + 2 * WEEK)
    (skipped,) = await rounds(weeks, RoundState.SKIPPED)
    assert (skipped.practice_key, skipped.reason) == (
        "challenge",
        "the team has no slot any more",
    )


async def test_a_pack_begins_with_the_next_sitting_and_goes_on_when_applied_again(
    weeks: Weeks,
) -> None:
    plan = replace(PLAN, pack="gentle_start")
    changes = await weeks.apply(plan)
    assert (
        "Northwind leadership: the pack Gentle start begins with the sitting on"
        " Tuesday 6 October 2026." in changes
    )
    await weeks.run_until(TUESDAY_NINE + 2 * WEEK + timedelta(days=1))
    assert await weeks.apply(plan) == []
    await weeks.run_until(TUESDAY_NINE + 8 * WEEK)
    assert await asked_at(weeks, "U2", "Asia/Tokyo") == [
        f"{date(2026, 10, 6) + n * WEEK:%a %d %b} 09:00" for n in (0, 2, 4, 6, 8)
    ]
    met = [one.practice_key for one in await rounds(weeks, RoundState.CLOSED, RoundState.OPEN)]
    assert met[:4] == ["baseline", "purpose_whole", "stakeholder_draft", "early_wins"]


async def test_a_packs_sittings_follow_the_slot_and_none_comes_twice(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, pack="five_disciplines"))
    await weeks.run_until(TUESDAY_NINE + timedelta(days=1))
    await weeks.apply(replace(PLAN, pack="five_disciplines", slot=Slot(3, time(10))))
    await weeks.run_until(TUESDAY_NINE + 2 * WEEK)
    met = await rounds(weeks, RoundState.CLOSED, RoundState.OPEN)
    assert [(one.practice_key, f"{one.due_at:%a %d}") for one in met] == [
        ("baseline", "Tue 06"),
        ("purpose_whole", "Thu 15"),
    ]


async def test_who_joins_is_asked_what_they_see_after_thirty_days(weeks: Weeks) -> None:
    plan = replace(PLAN, cadences=(WantedCadence("early_wins", WEEKLY),))
    await weeks.apply(plan)
    await weeks.run_until(TUESDAY_NINE + timedelta(days=1))
    newcomers = (WantedMember("U4", Role.LEADER), WantedMember("U5", Role.LEADER))
    grown = replace(plan, members=(*plan.members, *newcomers))
    await weeks.apply(grown)
    assert await weeks.apply(grown) == [], "nobody is welcomed twice"
    await weeks.apply(replace(grown, members=grown.members[:-1]))  # U5 does not stay
    await weeks.run_until(TUESDAY_NINE + 7 * WEEK)
    (met,) = [one for one in await rounds(weeks, *RoundState) if one.practice_key == "onboarding"]
    # The clocks have gone back, and in the sitting before there was no room beside the wins.
    assert met.due_at == TUESDAY_NINE + 6 * WEEK + timedelta(hours=1)
    seats = await weeks.do(lambda uow: uow.participations.where(round_id=met.id))
    assert [seat.member_id for seat in seats] == [(await weeks.member("U4")).id]


async def test_two_who_join_on_one_day_are_each_asked(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    newcomers = (WantedMember("U4", Role.LEADER), WantedMember("U5", Role.LEADER))
    await weeks.apply(replace(PLAN, members=(*PLAN.members, *newcomers)))
    await weeks.run_until(TUESDAY_NINE + 6 * WEEK)
    assert len(await weeks.said_to("U4", DeliveryKind.PROMPT)) == 1
    assert len(await weeks.said_to("U5", DeliveryKind.PROMPT)) == 1
    assert await weeks.said_to("U2", DeliveryKind.PROMPT) == []


async def test_some_alone_can_be_asked(weeks: Weeks) -> None:
    of_two = WantedCadence("stakeholder_invite", WEEKLY, asked=("U1", "U3"))
    await weeks.apply(replace(PLAN, cadences=(of_two, WantedCadence("early_wins", WEEKLY))))
    await weeks.run_until(TUESDAY_NINE + timedelta(hours=6))
    met = {one.practice_key: one.id for one in await rounds(weeks, RoundState.OPEN)}
    seats = await weeks.do(lambda uow: uow.participations.where(round_id=met["stakeholder_invite"]))
    members = [(await weeks.member(user)).id for user in ("U1", "U3")]
    assert [seat.member_id for seat in seats] == members
    assert len(await weeks.do(lambda uow: uow.sittings.where())) == 3
    wins = WantedCadence("early_wins", WEEKLY)
    changed = await weeks.apply(replace(PLAN, cadences=(replace(of_two, asked=("U2",)), wins)))
    assert changed == ["Northwind leadership: Stakeholder invite is now asked of U2."]


async def test_what_the_team_asks_on_its_own_rhythm_takes_the_packs_place(weeks: Weeks) -> None:
    thursdays = WantedCadence("voices_heard", "FREQ=WEEKLY;BYDAY=TH", time(16))
    await weeks.apply(replace(PLAN, pack="gentle_start", cadences=(thursdays,)))
    cadences = await weeks.do(lambda uow: uow.cadences.where(practice="voices_heard"))
    assert [(one.at, one.origin) for one in cadences] == [(time(16), "")]


async def test_another_pack_ends_the_first(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, pack="gentle_start"))
    await weeks.run_until(TUESDAY_NINE + WEEK)
    changes = await weeks.apply(replace(PLAN, pack="breakthrough"))
    assert changes == [
        "Northwind leadership: the pack Gentle start ends.",
        "Northwind leadership: the pack Breakthrough begins with the sitting on"
        " Tuesday 20 October 2026.",
    ]
    origins = {one.origin.partition("/")[0] for one in await weeks.do(lambda u: u.cadences.where())}
    assert origins == {"", "breakthrough"}
    assert (await weeks.apply(PLAN))[-1] == "Northwind leadership: the pack Breakthrough ends."
