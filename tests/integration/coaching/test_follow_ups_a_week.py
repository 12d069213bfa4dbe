"""Who took on much is asked what came of one thing a week, and of what is due beside it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from coaching.delivery import DeliveryKind
from storage import SqlStore
from tests.integration.coaching.week import PLAN, cadence
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TWICE_A_WEEK = replace(
    PLAN, cadences=(cadence("early_wins", "TU", time(9)), cadence("reflection", "TH", time(9)))
)


async def test_promises_leave_room_for_the_questions_of_every_week(sqlite_store: SqlStore) -> None:
    weeks = Weeks(sqlite_store, MONDAY)
    await weeks.apply(TWICE_A_WEEK)
    for _ in range(5):
        await weeks.logs_breakdown("U1", owner="U2")
    await weeks.run_until(MONDAY + timedelta(weeks=4))
    known = await weeks.deliveries()
    asked = [
        (known[one.delivery_id].subject, one.posted_at)
        for one in await weeks.said_to("U2", DeliveryKind.FOLLOW_UP)
    ]
    assert len(asked) >= 3
    for (about, earlier), (other, later) in pairwise(asked):
        assert about == other or later - earlier >= timedelta(days=7)
    prompts = await weeks.said_to("U2", DeliveryKind.PROMPT)
    since = [one for one in prompts if one.posted_at > MONDAY + timedelta(weeks=2)]
    assert len(since) >= 3, "of four, once the cards of five breakdowns are said"
