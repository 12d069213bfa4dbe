"""*Ask me tomorrow*: quiet until the moment chosen, and asked again then; complaint 11."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching.calendar import Span
from coaching.delivery import DeliveryKind, DeliveryState
from coaching.errors import Refused
from coaching.round import SittingState
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.answer_prompt import open_sittings
from coaching.use_cases.membership import leave_channel
from coaching.use_cases.snooze import snooze_sitting
from conversation.compose import compose
from conversation.compose.overview import open_for
from conversation.messages import Message
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
"""09:00 in London, in summer."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WINS = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU", time(9))  # open for two days
AGREEMENTS = WantedCadence("agreements", "FREQ=WEEKLY;BYDAY=FR", time(9))  # for three
FUTURE = WantedCadence("future_back", "FREQ=WEEKLY;BYDAY=TU", time(9))  # for a week

PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB",
    members=(WantedMember("U1", Role.LEAD), WantedMember("U2", Role.LEADER)),
    cadences=(WINS,),
)


def with_second(**wishes: object) -> WantedTeam:
    """The team, its second member (U2) with other wishes."""
    first, second = PLAN.members
    return replace(PLAN, members=(first, replace(second, **wishes)))  # type: ignore[arg-type]


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


async def puts_off(weeks: Weeks, user: str = "U2") -> str:
    """Press *Ask me tomorrow* on the latest sitting that is open. Its id."""
    sitting = await weeks.sitting(user)
    assert sitting is not None
    await weeks.do(lambda uow: snooze_sitting(uow, sitting.id, user, weeks.now))
    return sitting.id


async def times(weeks: Weeks, user: str = "U2") -> list[datetime]:
    """When something about a sitting was said to a person."""
    about = (DeliveryKind.PROMPT, DeliveryKind.REMINDER)
    return [one.posted_at for one in await weeks.said_to(user, *about)]


async def message(weeks: Weeks, sitting_id: str, kind: DeliveryKind = DeliveryKind.PROMPT) -> str:
    """What the first message of this kind about a sitting says by now."""
    known = (await weeks.deliveries()).values()
    post = next(one for one in known if (one.subject, one.kind) == (sitting_id, kind))
    anew = replace(post, update_of=post.id)
    said = await weeks.do(lambda uow: compose(uow, anew, weeks.now))
    assert isinstance(said, Message), said
    return str(said)


async def test_11_a_snooze_is_kept_and_nothing_is_said_before_the_moment_chosen(
    weeks: Weeks,
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + 5 * HOUR)
    sitting_id = await puts_off(weeks)
    said = await message(weeks, sitting_id)
    assert "Visible progress: I stay quiet until Wednesday 7 October, 09:00." in said
    assert "Ask me tomorrow" not in said
    assert "Answer" in said
    await weeks.run_until(TUESDAY_NINE + DAY - timedelta(seconds=1))
    assert await times(weeks) == [TUESDAY_NINE]
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert await times(weeks) == [TUESDAY_NINE, TUESDAY_NINE + DAY]
    texts = [one.text for one in await weeks.said_to("U2", DeliveryKind.REMINDER)]
    assert [text.startswith("You wanted Visible progress today") for text in texts] == [True]
    assert await weeks.reasons("U2", DeliveryKind.REMINDER) == ["put off by the person"]


async def test_11_pressed_twice_it_is_the_same_as_once(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await puts_off(weeks)
    await weeks.run_until(TUESDAY_NINE + 3 * HOUR)
    await puts_off(weeks)
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert await times(weeks) == [TUESDAY_NINE, TUESDAY_NINE + DAY]


async def test_11_in_the_evening_tomorrow_is_tomorrow(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + 14 * HOUR)  # 23:00, in quiet hours
    await puts_off(weeks)
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert await times(weeks) == [TUESDAY_NINE, TUESDAY_NINE + DAY]


async def test_11_it_comes_on_a_working_day_at_the_hour_on_ones_own_clock(weeks: Weeks) -> None:
    await weeks.apply(replace(with_second(timezone="America/New_York"), cadences=(AGREEMENTS,)))
    friday_nine = datetime(2026, 10, 9, 13, tzinfo=UTC)  # in New York
    await weeks.run_until(friday_nine + HOUR)
    sitting_id = await puts_off(weeks)
    assert "Monday 12 October, 09:00" in await message(weeks, sitting_id)
    await weeks.run_until(friday_nine + 5 * DAY)
    assert await times(weeks) == [friday_nine, friday_nine + 3 * DAY]


async def test_11_days_away_and_days_off_are_no_tomorrow(weeks: Weeks) -> None:
    away = Span(date(2026, 10, 7), date(2026, 10, 8))
    await weeks.apply(replace(with_second(away=(away,)), cadences=(FUTURE,)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await puts_off(weeks)
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert await times(weeks) == [TUESDAY_NINE, TUESDAY_NINE + 3 * DAY]


async def test_11_it_can_be_put_off_again_and_again_while_there_is_time(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, cadences=(FUTURE,)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    for day in (1, 2, 3):
        await puts_off(weeks)
        await weeks.run_until(TUESDAY_NINE + day * DAY + HOUR)
    expected = [TUESDAY_NINE + day * DAY for day in range(4)]
    assert await times(weeks) == expected
    asked = await weeks.said_to("U2", DeliveryKind.REMINDER)
    known = await weeks.deliveries()
    assert [known[one.delivery_id].charged_at for one in asked] == [None, None, None], "no burden"


async def test_what_one_asked_for_comes_also_where_the_budget_is_spent(weeks: Weeks) -> None:
    others = [
        replace(PLAN, name=f"Team {one}", channel=f"C{one}", cadences=(replace(WINS, at=time(8)),))
        for one in (2, 3)
    ]
    await weeks.apply(*others, replace(PLAN, cadences=(FUTURE,)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert len(await times(weeks)) == 3
    await puts_off(weeks)
    await weeks.run_until(TUESDAY_NINE + 2 * DAY)
    before = TUESDAY_NINE - HOUR
    assert await times(weeks) == [before, before, TUESDAY_NINE, TUESDAY_NINE + DAY]


async def test_where_the_round_closes_before_that_it_says_so(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + 2 * DAY + HOUR)
    assert "Ask me tomorrow" not in await message(weeks, (await _open(weeks)))
    with pytest.raises(Refused, match="closes before I could ask you again"):
        await puts_off(weeks)
    await weeks.run_until(TUESDAY_NINE + 3 * DAY)
    (sitting,) = await weeks.do(
        lambda uow: [
            one
            for one in uow.sittings.where(state=SittingState.CLOSED)
            if uow.members.get(one.member_id).user == "U2"
        ]
    )
    with pytest.raises(Refused, match="This round has closed"):
        await weeks.do(lambda uow: snooze_sitting(uow, sitting.id, "U2", weeks.now))


async def _open(weeks: Weeks) -> str:
    sitting = await weeks.sitting("U2")
    assert sitting is not None
    return sitting.id


async def test_an_answer_ends_it(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting_id = await puts_off(weeks)
    await weeks.answers("U2")
    with pytest.raises(Refused, match="answered these questions already"):
        await weeks.do(lambda uow: snooze_sitting(uow, sitting_id, "U2", weeks.now))
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert await times(weeks) == [TUESDAY_NINE]


async def test_it_is_neither_a_skip_nor_an_answer(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting_id = await puts_off(weeks)
    sitting = await weeks.do(lambda uow: uow.sittings.get(sitting_id))
    assert (sitting.state, sitting.reason) == (SittingState.OPEN, "")
    await weeks.skips("U2")
    with pytest.raises(Refused, match="You let these questions pass"):
        await weeks.do(lambda uow: snooze_sitting(uow, sitting_id, "U2", weeks.now))
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert await times(weeks) == [TUESDAY_NINE]


async def test_after_the_reminder_it_can_be_put_off_too(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, cadences=(FUTURE,)))
    await weeks.run_until(TUESDAY_NINE + DAY + HOUR)
    sitting_id = await puts_off(weeks)
    for kind in (DeliveryKind.PROMPT, DeliveryKind.REMINDER):
        assert "quiet until Thursday 8 October, 09:00" in await message(weeks, sitting_id, kind)
    await weeks.run_until(TUESDAY_NINE + 5 * DAY)
    assert await times(weeks) == [TUESDAY_NINE + day * DAY for day in range(3)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (with_second(opted_out=True), "opted out"),
        (replace(PLAN, paused=True), "paused"),
        (replace(PLAN, cadences=(replace(WINS, paused=True),)), "paused"),
    ],
)
async def test_who_wants_to_hear_nothing_hears_nothing(
    weeks: Weeks, change: WantedTeam, reason: str
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await puts_off(weeks)
    await weeks.apply(change)
    await weeks.run_until(TUESDAY_NINE + 5 * DAY)
    assert await times(weeks) == [TUESDAY_NINE]
    assert (await weeks.reasons("U2", DeliveryKind.REMINDER))[-1] == reason


async def test_who_leaves_is_not_asked_again(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await puts_off(weeks)
    await weeks.do(lambda uow: leave_channel(uow, "U2", "C1", weeks.now))
    await weeks.run_until(TUESDAY_NINE + 5 * DAY)
    assert await times(weeks) == [TUESDAY_NINE]


async def test_a_reminder_on_its_way_is_not_said_either(weeks: Weeks) -> None:
    """It was claimed as the button was pressed, did not get there, and is tried again."""
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + 5 * HOUR)

    known = (await weeks.deliveries()).values()
    (reminder,) = [
        one for one in known if (one.kind, one.addressee_id) == (DeliveryKind.REMINDER, "U2")
    ]
    await weeks.do(lambda uow: uow.deliveries.save(replace(reminder, state=DeliveryState.SENDING)))
    await puts_off(weeks)
    for later in (HOUR, DAY):
        moment = weeks.now + later
        said = await weeks.do(lambda uow, at=moment: compose(uow, reminder, at))  # type: ignore[misc]
        assert said == "the person put it off"


async def test_the_command_lists_what_was_skipped_or_put_off(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)

    async def listed() -> str:
        return str(await weeks.do(lambda uow: open_for(open_sittings(uow, "U2", weeks.now), ())))

    await puts_off(weeks)
    assert "quiet until" in await listed()
    await weeks.skips("U2")
    assert "skipped, and can still be answered" in await listed()
    assert "Answer Visible progress" in await listed()
    await weeks.run_until(TUESDAY_NINE + 3 * DAY)
    assert "Nothing is open for you" in await listed()
