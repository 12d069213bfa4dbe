"""What users of such bots complain about, where it is about load: each complaint is a test."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from coaching.calendar import Span
from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.quiet_hours import QuietHours
from coaching.round import RoundState, SittingState
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.excuse import skip_sitting
from coaching.use_cases.spare_people import BURDENS
from conversation.compose import compose
from conversation.messages import Message
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
"""09:00 in London, in summer."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WINS = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU", time(9))

PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER),
        WantedMember("U3", Role.LEADER),
    ),
    cadences=(WINS,),
)


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


def with_second(**wishes: object) -> WantedTeam:
    """The team, its second member (U2) with other wishes."""
    first, second, *others = PLAN.members
    return replace(PLAN, members=(first, replace(second, **wishes), *others))  # type: ignore[arg-type]


def _compose(delivery: Delivery, now: datetime, uow: UnitOfWork) -> object:
    return compose(uow, delivery, now)


async def line(weeks: Weeks) -> str:
    """What the channel's line about the last round says."""
    known = await weeks.deliveries()
    post = [one for one in known.values() if one.kind is DeliveryKind.PROGRESS][-1]
    said = await weeks.do(lambda uow: compose(uow, post, weeks.now))
    assert isinstance(said, Message)
    return said.text


async def test_2_nobody_is_pinged_on_leave(weeks: Weeks) -> None:
    away = Span(date(2026, 10, 5), date(2026, 10, 9))
    await weeks.apply(with_second(away=(away,)))
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert await weeks.said_to("U2") == []
    assert await weeks.reasons("U2", DeliveryKind.PROMPT) == ["away"]
    assert "0 of 2 have answered" in await line(weeks)


async def test_2_who_comes_back_in_time_is_asked_then(weeks: Weeks) -> None:
    await weeks.apply(with_second(away=(Span(date(2026, 10, 5), date(2026, 10, 6)),)))
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    asked, *reminded = await weeks.said_to("U2")
    assert asked.posted_at == TUESDAY_NINE + DAY, "at the hour of before"
    assert [one.posted_at - asked.posted_at for one in reminded] == [DAY]


async def test_8_a_window_crosses_midnight(weeks: Weeks) -> None:
    quiet = QuietHours(time(22), time(9, 30))
    await weeks.apply(replace(PLAN, quiet_hours=quiet))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert [one.posted_at for one in await weeks.said_to("U1")] == [TUESDAY_NINE + HOUR / 2]


async def test_10_reminders_have_an_off_switch(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.skips("U2")
    await weeks.run_until(TUESDAY_NINE + 2 * DAY)
    assert len(await weeks.said_to("U2")) == 1
    assert len(await weeks.said_to("U3")) == 2


async def test_11_a_skip_is_kept_and_is_neither_an_answer_nor_a_failure(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.skips("U2")
    sitting = await weeks.sitting("U2")
    assert sitting is not None
    assert (sitting.state, sitting.reason) == (SittingState.SKIPPED, "skipped by the person")
    assert "0 of 2 have answered" in await line(weeks)
    await weeks.skips("U2")  # twice is the same as once
    await weeks.answers("U2")  # after all
    assert "1 of 3 have answered" in await line(weeks)
    with pytest.raises(Refused, match="answered these questions already"):
        await weeks.do(lambda uow: skip_sitting(uow, sitting.id, "U2", weeks.now))
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert len(await weeks.said_to("U2")) == 1


async def test_11_who_skipped_can_answer_after_all_while_it_is_open(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + 25 * HOUR)
    await weeks.skips("U2")
    await weeks.run_until(weeks.now + HOUR)
    known = (await weeks.deliveries()).values()
    updates = [one for one in known if one.update_of and one.addressee_id == "U2"]
    assert {one.kind for one in updates} == {DeliveryKind.PROMPT, DeliveryKind.REMINDER}
    for update in updates:
        said = str(await weeks.do(partial(_compose, update, weeks.now)))
        assert "skipped, and that is fine" in said
        assert "Answer after all" in said
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    said = str(await weeks.do(lambda uow: compose(uow, updates[0], weeks.now)))
    assert "Answer after all" not in said
    with pytest.raises(Refused, match="has closed"):
        await weeks.do(lambda uow: skip_sitting(uow, updates[0].subject, "U2", weeks.now))


async def test_12_nobody_is_reminded_who_just_answered(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + DAY - timedelta(seconds=1))
    await weeks.answers("U2")
    await weeks.run_until(TUESDAY_NINE + 2 * DAY)
    assert [one.posted_at for one in await weeks.said_to("U2")] == [TUESDAY_NINE]


async def test_13_a_paused_person_is_not_asked(weeks: Weeks) -> None:
    await weeks.apply(with_second(paused_until=date(2026, 10, 20)))
    await weeks.run_until(TUESDAY_NINE + 8 * DAY)
    assert await weeks.said_to("U2") == []
    await weeks.run_until(TUESDAY_NINE + 14 * DAY)
    assert [one.posted_at for one in await weeks.said_to("U2")] == [TUESDAY_NINE + 14 * DAY]


@pytest.mark.parametrize(
    ("paused", "reason"),
    [
        (lambda: replace(PLAN, paused=True), "the team is paused"),
        (lambda: replace(PLAN, cadences=(replace(WINS, paused=True),)), "paused"),
    ],
)
async def test_13_a_paused_team_or_practice_asks_nobody_and_says_why(
    weeks: Weeks, paused: Callable[[], WantedTeam], reason: str
) -> None:
    await weeks.apply(PLAN)
    assert len(await weeks.apply(paused())) == 1
    await weeks.run_until(TUESDAY_NINE + HOUR)
    rounds = await weeks.do(lambda uow: uow.rounds.where())
    assert [(one.state, one.reason) for one in rounds] == [(RoundState.SKIPPED, reason)]
    assert weeks.world.platform.posted == []
    await weeks.apply(replace(PLAN, paused=False, cadences=(replace(WINS, paused=False),)))
    await weeks.run_until(TUESDAY_NINE + 7 * DAY)
    assert len(await weeks.said_to("U2")) == 1


async def test_13_what_was_queued_before_the_pause_is_not_said(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.apply(replace(PLAN, cadences=(replace(WINS, paused=True),)))
    await weeks.run_until(TUESDAY_NINE + 2 * DAY)
    assert len(await weeks.said_to("U2")) == 1
    assert await weeks.reasons("U2", DeliveryKind.REMINDER) == ["the practice is paused"]


async def test_14_who_did_not_ask_for_it_opts_out_at_once(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    changes = await weeks.apply(with_second(opted_out=True))
    assert changes == ["Northwind leadership: U2: opted out is now yes, was no."]
    assert "0 of 2 have answered" in await line(weeks)
    await weeks.run_until(TUESDAY_NINE + 9 * DAY)
    await weeks.logs_breakdown("U1", owner="U2")
    await weeks.run_until(weeks.now + DAY)
    assert [one.posted_at for one in await weeks.said_to("U2")] == [TUESDAY_NINE]
    assert "0 of 2 have answered" in await line(weeks)


async def test_17_what_came_late_can_be_answered_as_long_as_it_is_open(weeks: Weeks) -> None:
    """Asked late, because they were away, is no reason to be refused."""
    await weeks.apply(with_second(away=(Span(date(2026, 10, 5), date(2026, 10, 7)),)))
    await weeks.run_until(datetime(2026, 10, 8, 15, 30, tzinfo=UTC))
    await weeks.answers("U2")
    assert "1 of 3 have answered" in await line(weeks)


async def test_18_a_sitting_left_lying_blocks_no_other(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + 7 * DAY)
    asked = await weeks.said_to("U2", DeliveryKind.PROMPT)
    assert [one.posted_at for one in asked] == [TUESDAY_NINE, TUESDAY_NINE + 7 * DAY]


async def test_nothing_is_asked_in_a_blackout(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.apply(replace(PLAN, blackout=(Span(date(2026, 10, 7), date(2026, 10, 18)),)))
    await weeks.run_until(datetime(2026, 10, 19, 8, tzinfo=UTC))
    assert len(await weeks.said_to("U2")) == 1
    assert await weeks.reasons("U2", DeliveryKind.REMINDER) == ["blackout"]


async def test_the_lead_gets_one_nudge_a_week_and_its_owner_every_promise(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    for _ in range(3):
        await weeks.logs_breakdown("U2")
        await weeks.logs_breakdown("U2", owner="U3")
    await weeks.run_until(MONDAY + 2 * HOUR)
    assert len(await weeks.said_to("U1")) == 1
    assert len(await weeks.said_to("U2")) == 6, "what one tells of oneself is no burden"
    assert len(await weeks.said_to("U3")) == 3
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert len(await weeks.said_to("U1")) == 2
    assert len(await weeks.said_to("U3")) == 3, "promises come first, and the budget is spent"
    await weeks.run_until(MONDAY + 49 * DAY)  # of the three, one thing a week is asked about
    states = {one.state for one in (await weeks.deliveries()).values()}
    assert states <= {DeliveryState.SENT, DeliveryState.DROPPED}


async def test_a_nudge_is_dropped_once_it_is_settled(weeks: Weeks) -> None:
    await weeks.apply(with_second())
    night = datetime(2026, 10, 5, 20, tzinfo=UTC)
    await weeks.run_until(night)
    breakdown = await weeks.logs_breakdown("U2")
    await weeks.run_until(night + HOUR)
    await weeks.settles("U2", breakdown, "U3")
    await weeks.run_until(night + DAY / 2)
    assert await weeks.reasons("U1", DeliveryKind.BREAKDOWN) == ["settled in the meantime"]
    assert len(await weeks.said_to("U3", DeliveryKind.BREAKDOWN)) == 1


async def test_several_teams_share_one_budget(weeks: Weeks) -> None:
    plans = [
        replace(
            PLAN,
            name=f"Team {number}",
            channel=f"C{number}",
            cadences=(replace(WINS, at=time(9, number)),),
        )
        for number in range(5)
    ]
    await weeks.apply(*plans[:4], replace(plans[4], budget=4))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert len(await weeks.said_to("U2")) == 4, "the fifth team may say a fourth thing"
    states = await weeks.do(lambda uow: [one.state for one in uow.sittings.where()])
    assert states.count(SittingState.SKIPPED) == 3


def test_every_kind_says_what_it_asks_of_a_person() -> None:
    assert set(BURDENS) == set(DeliveryKind)
