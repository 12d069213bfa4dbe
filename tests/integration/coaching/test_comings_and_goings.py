"""People who join, leave or come back while a round is open."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.round import SittingState
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.answer_prompt import open_sittings, see_sitting
from coaching.use_cases.membership import leave_channel
from conversation.compose import compose
from conversation.messages import Message
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

LEAD = WantedMember("U1", Role.LEAD)
SECOND = WantedMember("U2", Role.LEADER)
THIRD = WantedMember("U3", Role.LEADER)
PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB",
    members=(LEAD, SECOND),
    cadences=(WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU", time(9)),),
)
WITH_THIRD = replace(PLAN, members=(LEAD, SECOND, THIRD))


@pytest.fixture
async def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


async def line(weeks: Weeks) -> str:
    """What the channel's line about the last round says."""
    known = (await weeks.deliveries()).values()
    post = [one for one in known if one.kind is DeliveryKind.PROGRESS and not one.update_of][-1]
    said = await weeks.do(lambda uow: compose(uow, post, weeks.now))
    assert isinstance(said, Message)
    return said.text


async def asked_at(weeks: Weeks, user: str) -> list[datetime]:
    return [one.posted_at for one in await weeks.said_to(user, DeliveryKind.PROMPT)]


async def leaves(weeks: Weeks, user: str, channel: str = "C1") -> None:
    await weeks.do(lambda uow: leave_channel(uow, user, channel, weeks.now))


async def test_who_joins_is_asked_from_the_next_round_on(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.apply(WITH_THIRD)
    assert "0 of 2 have answered" in await line(weeks)
    assert await weeks.do(lambda uow: open_sittings(uow, "U3", weeks.now)) == []
    await weeks.run_until(TUESDAY_NINE + 3 * DAY)
    assert "closed: 0 of 2 have answered" in await line(weeks)
    assert await weeks.said_to("U3") == []
    await weeks.run_until(TUESDAY_NINE + WEEK)
    assert await asked_at(weeks, "U3") == [TUESDAY_NINE + WEEK]
    assert "0 of 3 have answered" in await line(weeks)


async def test_who_leaves_is_asked_no_more_at_once_and_without_reproach(weeks: Weeks) -> None:
    await weeks.apply(WITH_THIRD)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting = await weeks.sitting("U2")
    assert sitting is not None
    await leaves(weeks, "U2")
    ended = await weeks.do(lambda uow: uow.sittings.get(sitting.id))
    assert (ended.state, ended.reason) == (SittingState.SKIPPED, "left the team")
    assert "0 of 2 have answered" in await line(weeks)
    with pytest.raises(Refused, match="You have left this team"):
        await weeks.do(lambda uow: see_sitting(uow, sitting.id, "U2"))
    await weeks.run_until(TUESDAY_NINE + 2 * WEEK)
    assert len(await weeks.said_to("U2")) == 1
    texts = [text for at, text in weeks.world.platform.updated if at.channel == "D-U2"]
    assert set(texts) == {"Visible progress: not asked of you any more."}


async def test_what_was_answered_before_leaving_stays_with_its_name(weeks: Weeks) -> None:
    await weeks.apply(WITH_THIRD)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.answers("U2")
    await leaves(weeks, "U2")
    assert "1 of 3 have answered" in await line(weeks)
    await weeks.run_until(TUESDAY_NINE + 3 * DAY)
    known = (await weeks.deliveries()).values()
    (summary,) = [one for one in known if one.kind is DeliveryKind.SUMMARY]
    said = str(await weeks.do(lambda uow: compose(uow, summary, weeks.now)))
    assert "by='U2'" in said


async def test_who_comes_back_is_as_if_they_had_joined(weeks: Weeks) -> None:
    await weeks.apply(WITH_THIRD)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting = await weeks.sitting("U2")
    assert sitting is not None
    await leaves(weeks, "U2")
    await weeks.apply(WITH_THIRD)
    assert "0 of 2 have answered" in await line(weeks)
    assert await weeks.do(lambda uow: open_sittings(uow, "U2", weeks.now)) == []
    with pytest.raises(Refused, match="ended for you, as you were no longer asked"):
        await weeks.do(lambda uow: see_sitting(uow, sitting.id, "U2"))
    await weeks.run_until(TUESDAY_NINE + WEEK)
    assert await asked_at(weeks, "U2") == [TUESDAY_NINE, TUESDAY_NINE + WEEK]
    reminders = await weeks.said_to("U2", DeliveryKind.REMINDER)
    assert reminders == []


async def test_who_skipped_and_left_is_as_if_they_had_joined_too(weeks: Weeks) -> None:
    await weeks.apply(WITH_THIRD)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.skips("U2")
    sitting = await weeks.sitting("U2")
    assert sitting is not None
    await leaves(weeks, "U2")
    await weeks.apply(WITH_THIRD)
    with pytest.raises(Refused, match="ended for you, as you were no longer asked"):
        await weeks.do(lambda uow: see_sitting(uow, sitting.id, "U2"))


async def test_who_leaves_before_they_were_asked_is_never_asked(weeks: Weeks) -> None:
    later = replace(SECOND, timezone="America/New_York")
    await weeks.apply(replace(PLAN, members=(LEAD, later)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await leaves(weeks, "U2")
    await weeks.run_until(TUESDAY_NINE + 3 * DAY)
    assert await weeks.said_to("U2") == []
    assert await weeks.reasons("U2", DeliveryKind.PROMPT) == ["left the team"]
    assert "closed: 0 of 1 have answered" in await line(weeks)


async def test_who_leaves_one_team_is_asked_by_the_other(weeks: Weeks) -> None:
    other = replace(PLAN, name="Board", channel="C2", members=(THIRD, SECOND))
    await weeks.apply(PLAN, replace(other, members=(replace(THIRD, role=Role.LEAD), SECOND)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert len(await asked_at(weeks, "U2")) == 2
    await leaves(weeks, "U2", "C1")
    (still,) = await weeks.do(lambda uow: open_sittings(uow, "U2", weeks.now))
    assert still.team.name == "Board"
    await weeks.run_until(TUESDAY_NINE + WEEK)
    reminded = await weeks.said_to("U2", DeliveryKind.REMINDER)
    assert len(reminded) == 1
    assert len(await asked_at(weeks, "U2")) == 3
