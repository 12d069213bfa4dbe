"""Teams as code: applied, applied again, changed, and what that does to what is open."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching.cadence import DIGEST, Cadence
from coaching.delivery import DeliveryKind, DeliveryState
from coaching.ports import Store
from coaching.round import SittingState
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.set_up_team import apply_teams, teams_left_alone
from tests.integration.coaching.week import MONDAY, PLAN, TUESDAY_NINE, Week, cadence


@pytest.fixture
def week(store: Store) -> Week:
    return Week(store)


async def apply(week: Week, *plans: WantedTeam) -> list[str]:
    return await week.do(lambda uow: apply_teams(uow, plans, week.catalogue, week.now))


async def cadence_of(week: Week, practice: str) -> Cadence:
    found = await week.do(lambda uow: uow.cadences.one(practice=practice))
    assert found is not None
    return found


async def test_a_new_team_is_told_in_plain_sentences(week: Week) -> None:
    assert await apply(week, PLAN) == [
        "Northwind leadership: new, in C1, Europe/London, GB.",
        "Northwind leadership: U1 joins as lead.",
        "Northwind leadership: U2 joins as leader.",
        "Northwind leadership: U3 joins as leader.",
        "Northwind leadership: U9 joins as coach.",
        "Northwind leadership: Visible progress every Tuesday at 09:00,"
        " next on Tuesday 6 October 2026.",
        "Northwind leadership: Voices heard every Tuesday at 09:00,"
        " next on Tuesday 6 October 2026.",
        "Northwind leadership: Breakdown retro every Thursday at 09:00,"
        " next on Thursday 8 October 2026.",
        "Northwind leadership: Digest every Friday at 15:00, next on Friday 9 October 2026.",
    ]


async def test_applied_again_it_changes_nothing(week: Week) -> None:
    await apply(week, PLAN)
    before = await week.do(lambda uow: uow.cadences.where())
    week.now += timedelta(days=3)  # also later, when what was due has not been opened yet
    assert await apply(week, PLAN) == []
    assert await week.do(lambda uow: uow.cadences.where()) == before


async def test_what_is_asked_first_is_the_next_occurrence_on_the_teams_clock(week: Week) -> None:
    await apply(week, PLAN)
    first = await cadence_of(week, "voices_heard")
    assert first.next_due_at == TUESDAY_NINE
    assert first.starts_on == date(2026, 10, 5)


async def test_the_weeks_of_a_rule_are_counted_from_the_teams_own_date(week: Week) -> None:
    week.now = datetime(2026, 10, 5, 20, tzinfo=UTC)  # Tuesday in Auckland
    every_day = WantedCadence("voices_heard", "FREQ=WEEKLY", time(10))
    await apply(week, replace(PLAN, timezone="Pacific/Auckland", cadences=(every_day,)))
    first = await cadence_of(week, "voices_heard")
    assert first.starts_on == date(2026, 10, 6)
    assert first.next_due_at == datetime(2026, 10, 5, 21, tzinfo=UTC)


async def test_a_team_without_a_digest_gets_one_on_friday_afternoons(week: Week) -> None:
    await apply(week, replace(PLAN, cadences=()))
    digest = await cadence_of(week, DIGEST)
    assert (digest.rrule, digest.at) == ("FREQ=WEEKLY;BYDAY=FR", time(15))
    assert digest.next_due_at == datetime(2026, 10, 9, 14, tzinfo=UTC)


async def test_a_changed_hour_keeps_the_weeks_and_a_changed_rule_counts_anew(week: Week) -> None:
    other_week = WantedCadence("voices_heard", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", time(9))
    await apply(week, replace(PLAN, cadences=(other_week,)))
    week.now = MONDAY + timedelta(days=7)
    assert await apply(week, replace(PLAN, cadences=(replace(other_week, at=time(8)),))) == [
        "Northwind leadership: Voices heard is now every second Tuesday at 08:00,"
        " next on Tuesday 20 October 2026."
    ]
    weekly = cadence("voices_heard", "TU", time(8))
    await apply(week, replace(PLAN, cadences=(weekly,)))
    changed = await cadence_of(week, "voices_heard")
    assert changed.starts_on == date(2026, 10, 12)
    assert changed.next_due_at == datetime(2026, 10, 13, 7, tzinfo=UTC)


async def test_another_time_zone_moves_every_cadence(week: Week) -> None:
    await apply(week, PLAN)
    changes = await apply(week, replace(PLAN, timezone="America/New_York", name="NW", country="US"))
    assert changes[:3] == [
        "NW: name is now NW, was Northwind leadership.",
        "NW: timezone is now America/New_York, was Europe/London.",
        "NW: country is now US, was GB.",
    ]
    assert len(changes) == 3 + len(PLAN.cadences)
    moved = await cadence_of(week, "voices_heard")
    assert moved.next_due_at == datetime(2026, 10, 6, 13, tzinfo=UTC)


async def test_a_rule_that_has_ended_is_told(week: Week) -> None:
    ended = WantedCadence("voices_heard", "FREQ=WEEKLY;UNTIL=20200101", time(9))
    changes = await apply(week, replace(PLAN, cadences=(ended,)))
    assert changes[-2].endswith("until 1 January 2020, which never comes again.")
    assert (await cadence_of(week, "voices_heard")).next_due_at is None


async def test_a_cadence_that_is_no_longer_in_the_plan_is_removed(week: Week) -> None:
    await apply(week, PLAN)
    await week.until(TUESDAY_NINE)
    assert await apply(week, replace(PLAN, cadences=PLAN.cadences[1:])) == [
        "Northwind leadership: Visible progress is no longer asked."
    ]
    assert await week.do(lambda uow: uow.cadences.one(practice="early_wins")) is None
    assert len(await week.do(lambda uow: uow.rounds.where(practice_key="early_wins"))) == 1


async def test_who_is_no_longer_in_the_plan_is_asked_no_more(week: Week) -> None:
    await apply(week, PLAN)
    await week.until(TUESDAY_NINE)
    sitting = await week.sitting("U3")
    without = replace(PLAN, members=tuple(one for one in PLAN.members if one.user != "U3"))
    assert await apply(week, without) == ["Northwind leadership: U3 leaves, and is asked no more."]
    assert not (await week.member("U3")).active
    assert (await week.sitting("U3")).state is SittingState.SKIPPED
    prompts = await week.queued(DeliveryKind.PROMPT)
    states = {one.addressee_id: one.state for one in prompts}
    assert states["U3"] is DeliveryState.DROPPED
    assert states["U2"] is DeliveryState.PENDING
    assert await apply(week, without) == []
    assert await apply(week, PLAN) == ["Northwind leadership: U3 is back, as leader."]
    assert (await week.member("U3")).active
    assert (await week.sitting("U3")).id == sitting.id


async def test_who_becomes_the_coach_is_asked_no_more(week: Week) -> None:
    await apply(week, PLAN)
    await week.until(TUESDAY_NINE)
    lead, _, *others = PLAN.members
    now_coach = replace(PLAN, members=(lead, WantedMember("U2", Role.COACH), *others))
    assert await apply(week, now_coach) == ["Northwind leadership: U2 is now coach, was leader."]
    assert (await week.sitting("U2")).state is SittingState.SKIPPED
    assert (await week.sitting("U3")).state is SittingState.OPEN


async def test_a_team_that_the_plan_does_not_name_is_left_alone(week: Week) -> None:
    other = replace(PLAN, name="South", channel="C2")
    await apply(week, PLAN, other)
    assert await apply(week, PLAN) == []
    left = await week.do(lambda uow: teams_left_alone(uow, [PLAN]))
    assert [team.name for team in left] == ["South"]
    assert len(await week.do(lambda uow: uow.cadences.where())) == 2 * len(PLAN.cadences)
