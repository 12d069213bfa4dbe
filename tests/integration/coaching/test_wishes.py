"""What people say of being asked, kept beside the operator's plan: the stricter holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching.calendar import Span
from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.round import SittingState
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.explain import reasons_of, standing_of
from coaching.use_cases.foresee_prompts import coming_prompts
from coaching.use_cases.wish import (
    Wish,
    end_away,
    end_pause,
    pause_until,
    set_away,
    set_pace,
    wishes_of,
)
from conversation.compose.standing import chosen_in
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
TUESDAY = TUESDAY_NINE.date()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

PLAN = WantedTeam(
    name="North",
    channel="C1",
    timezone="Europe/London",
    country="GB-ENG",
    members=(WantedMember("U1", Role.LEAD), WantedMember("U2", Role.LEADER)),
    cadences=(WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU", time(9)),),
)
SOUTH = replace(
    PLAN,
    name="South",
    channel="C2",
    cadences=(WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=WE", time(10)),),
)


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


async def away(weeks: Weeks, first: date, last: date) -> None:
    await weeks.do(lambda uow: set_away(uow, "U2", Span(first, last), weeks.now))


async def back(weeks: Weeks) -> None:
    await weeks.do(lambda uow: end_away(uow, "U2", weeks.now))


async def wish(weeks: Weeks, what: Wish, *, on: bool = True, team: str | None = None) -> None:
    await weeks.do(lambda uow: set_pace(uow, "U2", what, weeks.now, on=on, team_id=team))


async def asked_at(weeks: Weeks, kind: DeliveryKind = DeliveryKind.PROMPT) -> list[datetime]:
    return [one.posted_at for one in await weeks.said_to("U2", kind)]


async def state(weeks: Weeks) -> tuple[SittingState, str]:
    member = await weeks.member("U2")
    sitting = (await weeks.do(lambda uow: uow.sittings.where(member_id=member.id)))[-1]
    return sitting.state, sitting.reason


async def newest_text(weeks: Weeks) -> str:
    return [text for at, text in weeks.world.platform.updated if at.channel == "D-U2"][-1]


async def test_who_says_they_are_away_is_left_alone_at_once_and_in_all_teams(weeks: Weeks) -> None:
    await weeks.apply(PLAN, SOUTH)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await away(weeks, TUESDAY, TUESDAY + 6 * DAY)
    assert await state(weeks) == (SittingState.SKIPPED, "away")
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR)
    assert "you are away, and I stay quiet until Monday 12 October." in await newest_text(weeks)
    await weeks.run_until(TUESDAY_NINE + WEEK - HOUR)
    assert len(await weeks.said_to("U2")) == 1, "no reminder, and nothing of the other team"
    await weeks.run_until(TUESDAY_NINE + WEEK + HOUR)
    assert len(await weeks.said_to("U2")) == 2, "asked again on the first day back"


async def test_back_today_opens_again_what_passed(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await away(weeks, TUESDAY, TUESDAY + 20 * DAY)
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR)
    await back(weeks)
    assert await state(weeks) == (SittingState.OPEN, "")
    await weeks.run_until(TUESDAY_NINE + WEEK + HOUR)
    assert await asked_at(weeks) == [TUESDAY_NINE, TUESDAY_NINE + WEEK]
    assert await asked_at(weeks, DeliveryKind.REMINDER) == []


async def test_an_absence_to_come_asks_on_until_it_begins_and_can_be_called_off(
    weeks: Weeks,
) -> None:
    await weeks.apply(PLAN)
    await away(weeks, TUESDAY + 5 * DAY, TUESDAY + 10 * DAY)
    await away(weeks, TUESDAY + 13 * DAY, TUESDAY + 15 * DAY)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert (await state(weeks))[0] is SittingState.OPEN
    await back(weeks)
    assert len((await weeks.member("U2")).chosen.away) == 2, "back from nowhere"
    first = TUESDAY + 5 * DAY
    await weeks.do(lambda uow: end_away(uow, "U2", weeks.now, first))
    (seat,) = await weeks.do(lambda uow: wishes_of(uow, "U2"))
    assert chosen_in(seat, TUESDAY) == ["away from Monday 19 October until Wednesday 21 October"]
    await weeks.run_until(TUESDAY_NINE + WEEK)
    assert await asked_at(weeks) == [TUESDAY_NINE, TUESDAY_NINE + WEEK]


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [
        (0, 3, [(0, 3)]),
        (0, 12, [(0, 12)]),
        (4, 12, [(0, 3), (4, 12)]),
        (8, 9, [(0, 7), (8, 9)]),
    ],
)
async def test_the_days_of_an_absence_can_be_put_right(
    weeks: Weeks, first: int, last: int, kept: list[tuple[int, int]]
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE)
    await away(weeks, TUESDAY, TUESDAY + 7 * DAY)
    await away(weeks, TUESDAY + first * DAY, TUESDAY + last * DAY)
    there = (await weeks.member("U2")).chosen.away
    assert [((one.first - TUESDAY).days, (one.last - TUESDAY).days) for one in there] == kept


async def test_10_reminders_are_off_for_who_wants_none(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await wish(weeks, Wish.NO_REMINDERS)
    await weeks.run_until(TUESDAY_NINE + 3 * DAY)
    assert await asked_at(weeks, DeliveryKind.REMINDER) == []
    reasons = await weeks.reasons("U2", DeliveryKind.REMINDER)
    assert reasons == ["no reminders, as the person wanted"]
    await wish(weeks, Wish.NO_REMINDERS, on=False)
    await weeks.run_until(TUESDAY_NINE + WEEK + 2 * DAY)
    assert await asked_at(weeks, DeliveryKind.REMINDER) == [TUESDAY_NINE + WEEK + DAY]


async def test_every_second_sitting_passes_and_never_two_in_a_row(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await wish(weeks, Wish.EVERY_SECOND)
    ahead = await weeks.do(lambda uow: coming_prompts(uow, "U2", weeks.now, weeks.now + 3 * WEEK))
    assert ahead == [TUESDAY_NINE + 2 * WEEK]
    await weeks.run_until(TUESDAY_NINE + WEEK + HOUR)
    every = "never asked: every second sitting, as the person wanted"
    assert await state(weeks) == (SittingState.SKIPPED, every)
    await away(weeks, TUESDAY + 13 * DAY, TUESDAY + 19 * DAY)
    await weeks.run_until(TUESDAY_NINE + 3 * WEEK + HOUR)
    assert await asked_at(weeks) == [TUESDAY_NINE, TUESDAY_NINE + 3 * WEEK + HOUR]
    await wish(weeks, Wish.EVERY_SECOND, on=False)
    await weeks.run_until(TUESDAY_NINE + 4 * WEEK + 2 * HOUR)
    assert len(await asked_at(weeks)) == 3


async def test_who_stops_it_is_asked_nothing_until_they_want_it_again(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await wish(weeks, Wish.OPTED_OUT)
    assert await state(weeks) == (SittingState.SKIPPED, "opted out")
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR)
    assert "you wanted to be asked no more" in await newest_text(weeks)
    await wish(weeks, Wish.OPTED_OUT, on=False)
    assert (await state(weeks))[0] is SittingState.OPEN
    await wish(weeks, Wish.OPTED_OUT)
    await weeks.run_until(TUESDAY_NINE + 2 * WEEK)
    assert await asked_at(weeks) == [TUESDAY_NINE]


async def test_a_pause_ends_on_its_day_or_before(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    day = TUESDAY + 21 * DAY
    await weeks.do(lambda uow: pause_until(uow, "U2", day, weeks.now))
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR)
    assert "I pause for you, until Tuesday 27 October." in await newest_text(weeks)
    await weeks.run_until(TUESDAY_NINE + WEEK + HOUR)
    assert await asked_at(weeks) == [TUESDAY_NINE]
    await weeks.do(lambda uow: end_pause(uow, "U2", weeks.now))
    await weeks.run_until(TUESDAY_NINE + 2 * WEEK)
    assert await asked_at(weeks) == [TUESDAY_NINE, TUESDAY_NINE + 2 * WEEK]


async def test_a_wish_can_be_for_one_team_alone(weeks: Weeks) -> None:
    await weeks.apply(PLAN, SOUTH)
    north = (await weeks.do(lambda uow: uow.teams.where(name="North")))[0]
    await wish(weeks, Wish.OPTED_OUT, team=north.id)
    await weeks.run_until(TUESDAY_NINE + 2 * DAY)
    assert await asked_at(weeks) == [TUESDAY_NINE + DAY + HOUR]


async def test_the_operators_plan_undoes_nothing_that_a_person_said(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await away(weeks, TUESDAY, TUESDAY + 7 * DAY)
    await wish(weeks, Wish.OPTED_OUT)
    await wish(weeks, Wish.EVERY_SECOND)
    said = (await weeks.member("U2")).chosen
    members = (PLAN.members[0], replace(PLAN.members[1], paused_until=TUESDAY + 30 * DAY))
    await weeks.apply(PLAN)
    await weeks.apply(replace(PLAN, members=members))
    there = await weeks.member("U2")
    assert there.chosen == said
    assert (there.asks_for_peace, there.asked_from) == (True, TUESDAY + 30 * DAY)


async def test_nor_does_a_person_undo_what_the_plan_says(weeks: Weeks) -> None:
    gone = Span(TUESDAY, TUESDAY + 9 * DAY)
    lead, leader = PLAN.members
    await weeks.apply(replace(PLAN, members=(lead, replace(leader, away=(gone,)))))
    await weeks.run_until(TUESDAY_NINE - HOUR)
    await away(weeks, TUESDAY, TUESDAY + 2 * DAY)
    await back(weeks)
    await weeks.run_until(TUESDAY_NINE + WEEK + HOUR)
    assert await asked_at(weeks) == []


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [(-3, -1, "has gone by"), (0, 400, "over a year ahead")],
)
async def test_days_that_make_no_sense_are_refused(
    weeks: Weeks, first: int, last: int, why: str
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE)
    with pytest.raises(Refused, match=why) as refused:
        await away(weeks, TUESDAY + first * DAY, TUESDAY + last * DAY)
    assert set(refused.value.fields) == {"last"}


@pytest.mark.parametrize(("days", "why"), [(0, "a later day than today"), (400, "over a year")])
async def test_a_pause_ends_ahead(weeks: Weeks, days: int, why: str) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE)
    with pytest.raises(Refused, match=why):
        await weeks.do(lambda uow: pause_until(uow, "U2", TUESDAY + days * DAY, weeks.now))


async def test_who_is_in_no_team_is_told(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    with pytest.raises(Refused, match="in no team of mine"):
        await weeks.do(lambda uow: set_away(uow, "U7", Span(TUESDAY, TUESDAY), weeks.now))
    with pytest.raises(Refused, match="in no team of mine"):
        await weeks.do(lambda uow: standing_of(uow, weeks.catalogue, "U7", weeks.now))
    with pytest.raises(Refused, match="in no team of mine"):
        await weeks.do(
            lambda uow: set_pace(uow, "U2", Wish.OPTED_OUT, weeks.now, on=True, team_id="another's")
        )


async def test_why_says_how_often_and_when_next_to_its_person_alone(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting = await weeks.sitting("U2")
    assert sitting is not None
    told = await weeks.do(lambda uow: reasons_of(uow, sitting.id, "U2", weeks.now))
    (reason,) = told.reasons
    assert (reason.practice.key, reason.rhythms) == ("early_wins", ("every Tuesday at 09:00",))
    assert reason.next_at == TUESDAY_NINE + WEEK
    with pytest.raises(Refused, match="asked of somebody else"):
        await weeks.do(lambda uow: reasons_of(uow, sitting.id, "U1", weeks.now))
    with pytest.raises(Refused, match="can't find these questions"):
        await weeks.do(lambda uow: reasons_of(uow, "gone", "U2", weeks.now))


async def test_a_lead_sees_when_the_team_is_asked_and_reads_its_digest(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    (lead,) = await weeks.do(lambda uow: standing_of(uow, weeks.catalogue, "U1", weeks.now))
    assert lead.next_sitting == TUESDAY_NINE + WEEK
    assert lead.next_digest == datetime(2026, 10, 9, 14, tzinfo=UTC)
    (leader,) = await weeks.do(lambda uow: standing_of(uow, weeks.catalogue, "U2", weeks.now))
    assert (leader.leads, leader.next_sitting) == (False, None)
    assert leader.coming[0].at == TUESDAY_NINE + WEEK
