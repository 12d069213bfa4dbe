"""What somebody said of being asked holds in a team that they come onto later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coaching.calendar import Span
from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.team import Chosen, Role
from coaching.team_plan import WantedMember
from coaching.use_cases.begin_team import set_left_out
from coaching.use_cases.welcome import BY_PLAN, welcome
from coaching.use_cases.wish import Wish, pause_until, set_away, set_pace
from storage import SqlStore
from tests.integration.coaching.week import PLAN
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOARD = replace(PLAN, name="The board", channel="C2", members=(WantedMember("U1", Role.LEAD),))
WITH_BEN = replace(BOARD, members=(*BOARD.members, WantedMember("U2", Role.LEADER)))
THIRD = replace(WITH_BEN, name="The shop", channel="C3")


@pytest.fixture
async def weeks(sqlite_store: SqlStore) -> Weeks:
    weeks = Weeks(sqlite_store, MONDAY)
    await weeks.apply(PLAN, BOARD)
    return weeks


async def chosen(weeks: Weeks, channel: str = "C2", user: str = "U2") -> Chosen:
    def look(uow: UnitOfWork) -> Chosen:
        team = uow.teams.where(channel=channel)[0]
        return uow.members.where(team_id=team.id, user=user)[0].chosen

    return await weeks.do(look)


async def test_days_away_and_what_holds_in_all_teams_come_along(weeks: Weeks) -> None:
    away = Span(date(2026, 10, 20), date(2026, 10, 22))

    def say(uow: UnitOfWork) -> None:
        set_away(uow, "U2", away, MONDAY)
        set_pace(uow, "U2", Wish.NO_REMINDERS, MONDAY, on=True)
        pause_until(uow, "U2", date(2026, 10, 12), MONDAY)

    await weeks.do(say)
    await weeks.apply(WITH_BEN)
    there = await chosen(weeks)
    assert there == Chosen((away,), date(2026, 10, 12), no_reminders=True)
    assert await chosen(weeks, user="U1") == Chosen(), "who said nothing"


async def test_what_was_said_of_one_of_several_teams_stays_there(weeks: Weeks) -> None:
    await weeks.apply(WITH_BEN)

    def say(uow: UnitOfWork) -> None:
        board = uow.teams.where(channel="C2")[0]
        set_pace(uow, "U2", Wish.EVERY_SECOND, MONDAY, on=True, team_id=board.id)
        set_pace(uow, "U2", Wish.OPTED_OUT, MONDAY, on=True)
        pause_until(uow, "U2", date(2026, 10, 12), MONDAY, board.id)

    await weeks.do(say)
    await weeks.apply(THIRD)
    assert await chosen(weeks, "C3") == Chosen(opted_out=True)


async def test_days_gone_by_are_left_behind(weeks: Weeks) -> None:
    await weeks.do(
        lambda uow: set_away(uow, "U2", Span(date(2026, 10, 5), date(2026, 10, 6)), MONDAY)
    )
    await weeks.run_until(MONDAY + timedelta(days=3))
    await weeks.apply(WITH_BEN)
    assert await chosen(weeks) == Chosen()


async def test_the_welcome_says_it_wherever_one_opts_out(weeks: Weeks) -> None:
    member = await weeks.member("U2")
    await weeks.do(lambda uow: welcome(uow, member, BY_PLAN, weeks.now))
    await weeks.run_until(MONDAY + timedelta(hours=1))
    assert len(await weeks.said_to("U2", DeliveryKind.WELCOME)) == 1
    await weeks.do(lambda uow: set_pace(uow, "U2", Wish.OPTED_OUT, weeks.now, on=True))
    assert await updates(weeks) == 1
    await weeks.run_until(weeks.now + MINUTE)
    await weeks.do(lambda uow: set_left_out(uow, member.id, "U2", weeks.now, out=False))
    assert await updates(weeks) == 2


async def updates(weeks: Weeks) -> int:
    """How often the welcome was said anew, or is to be."""
    known = (await weeks.deliveries()).values()
    return sum(one.kind is DeliveryKind.WELCOME and bool(one.update_of) for one in known)
