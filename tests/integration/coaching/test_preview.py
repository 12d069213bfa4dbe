"""A preview: what it says is coming is what comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching.calendar import Span
from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.preview import Coming, preview
from coaching.round import SittingState
from coaching.slot import Slot
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.team_purpose import purpose_of
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

BEGINS = datetime(2026, 11, 30, 7, tzinfo=UTC)
FORTY_DAYS = timedelta(days=40)
ASKING = (DeliveryKind.PROMPT, DeliveryKind.REMINDER)
WEEKLY = "FREQ=WEEKLY;BYDAY=TU"

PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB-ENG",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER, timezone="Asia/Tokyo"),
        WantedMember("U9", Role.COACH),
    ),
    slot=Slot(4, time(9)),  # Fridays: both Christmas and New Year's Day
)


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, BEGINS)


async def foreseen(weeks: Weeks, user: str) -> list[Coming]:
    until = weeks.now + FORTY_DAYS

    def look(uow: UnitOfWork) -> list[Coming]:
        (team,) = uow.teams.where()
        members = uow.members.where(team_id=team.id)
        (member,) = [one for one in members if one.user == user]
        cadences = uow.cadences.where(team_id=team.id)
        purpose = purpose_of(uow, team.id) is not None
        return preview(
            team, cadences, members, weeks.catalogue, member, weeks.now, until, purpose=purpose
        )

    return await weeks.do(look)


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(replace(PLAN, pack="gentle_start"), id="gentle start"),
        pytest.param(replace(PLAN, pack="breakthrough"), id="breakthrough, over the holidays"),
        pytest.param(
            replace(
                PLAN,
                slot=Slot(1, time(9)),
                cadences=(
                    WantedCadence("purpose_whole", WEEKLY),
                    WantedCadence("commitment", WEEKLY),
                    WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TH", time(16)),
                ),
                blackout=(Span(date(2026, 12, 7), date(2026, 12, 9)),),
            ),
            id="too much for a sitting",
        ),
        pytest.param(
            replace(
                PLAN,
                cadences=(
                    WantedCadence("challenge", "FREQ=WEEKLY;BYDAY=FR", asked=("U1",)),
                    WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=FR"),
                ),
            ),
            id="one asked alone fills the sitting",
        ),
        pytest.param(
            replace(
                PLAN,
                cadences=(
                    WantedCadence("purpose", "FREQ=WEEKLY;BYDAY=FR"),
                    WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=FR;INTERVAL=2"),
                ),
            ),
            id="no sentence to be asked about",
        ),
    ],
)
@pytest.mark.parametrize("user", ["U1", "U2", "U9"])
async def test_what_it_says_is_coming_comes(weeks: Weeks, plan: WantedTeam, user: str) -> None:
    await weeks.apply(replace(plan, budget=5))
    coming = await foreseen(weeks, user)
    await weeks.run_until(weeks.now + FORTY_DAYS)
    said = await weeks.said_to(user, *ASKING)
    assert [one.at for one in coming] == [one.posted_at for one in said]
    asked = sum(not one.reminder for one in coming)
    assert asked == len(await weeks.said_to(user, DeliveryKind.PROMPT))
    member = await weeks.member(user)
    sittings = await weeks.do(lambda uow: uow.sittings.where(member_id=member.id))
    assert SittingState.SKIPPED not in {one.state for one in sittings}


async def test_nothing_comes_to_who_is_away_paused_or_has_opted_out(weeks: Weeks) -> None:
    lead, tokyo, coach = PLAN.members
    everywhere = Span(date(2026, 11, 1), date(2027, 2, 1))
    for wishes in (
        replace(tokyo, away=(everywhere,)),
        replace(tokyo, paused_until=date(2027, 2, 1)),
        replace(tokyo, opted_out=True),
    ):
        await weeks.apply(replace(PLAN, pack="breakthrough", members=(lead, wishes, coach)))
        assert await foreseen(weeks, "U2") == []
        assert len(await foreseen(weeks, "U1")) > 4


async def test_minutes_are_those_of_the_questions_and_a_reminder_takes_none(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, pack="gentle_start"))
    first, reminder, *_ = await foreseen(weeks, "U1")
    assert [practice.name for practice in first.practices] == ["Where we start"]
    assert (first.minutes, reminder.minutes) == (3, 0)
