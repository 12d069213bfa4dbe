"""The digest: what leads, what follows beneath it, and silence."""

from datetime import UTC, datetime, timedelta

import pytest

from coaching.delivery import DeliveryKind
from coaching.ports import Store
from conversation.messages import Message, Quote
from tests.integration.coaching.week import TUESDAY_NINE, Week

FRIDAY_THREE = datetime(2026, 10, 9, 14, tzinfo=UTC)


@pytest.fixture
async def week(store: Store) -> Week:
    week = Week(store)
    await week.set_up()
    return week


async def whole_week(week: Week, number: int = 0, **values: str) -> None:
    """One week: U1 answers on Tuesday; the digest is due on Friday."""
    shift = timedelta(weeks=number, hours=1)  # summer or winter, it is due by then
    await week.until(TUESDAY_NINE + shift)
    if values:
        await week.answer("U1", **values)
    await week.until(FRIDAY_THREE + shift)


async def digest(week: Week) -> Message:
    said = await week.says((await week.queued(DeliveryKind.DIGEST))[-1])
    assert isinstance(said, Message)
    return said


async def test_it_leads_with_the_voice_and_the_decision_it_changes(week: Week) -> None:
    await whole_week(
        week, moved="A call returned", heard="Northern hospitals: you plan alone", decision="Plans"
    )
    text = str((await digest(week)).blocks)
    assert "Northern hospitals: you plan alone" in text
    assert "Bold(text='Plans')" in text
    assert "decided" in (await digest(week)).text


async def test_its_thread_has_a_reply_for_each_section_with_something_in_it(week: Week) -> None:
    await whole_week(week, moved="A call returned", heard="A nurse: fewer forms")
    parent = (await week.queued(DeliveryKind.DIGEST))[0]
    replies = await week.queued(DeliveryKind.DIGEST_SECTION)
    assert [one.detail for one in replies] == ["voices", "wins"]
    assert {one.thread_of for one in replies} == {parent.id}
    said = [await week.says(one) for one in replies]
    quotes = [
        block
        for message in said
        if isinstance(message, Message)
        for block in message.blocks
        if isinstance(block, Quote)
    ]
    assert quotes == [Quote("A nurse: fewer forms", "U1"), Quote("A call returned", "U1")]


async def test_when_nothing_changed_nothing_is_said_and_the_reason_is_kept(week: Week) -> None:
    await whole_week(week)
    assert await week.queued(DeliveryKind.DIGEST) == []
    assert [one.reason for one in await week.do(lambda uow: uow.digests.where())] == [
        "nothing changed"
    ]


async def test_the_same_need_does_not_lead_two_weeks_running(week: Week) -> None:
    thursday = TUESDAY_NINE + timedelta(days=2)
    await week.until(TUESDAY_NINE)
    await week.answer("U1", moved="One")
    await week.until(thursday)
    await week.answer("U2", what="Export fails")
    await week.until(FRIDAY_THREE)
    assert "Export fails" in str((await digest(week)).blocks)
    assert "need now" in (await digest(week)).text
    await whole_week(week, 1, moved="Another step")
    second = await digest(week)
    assert "Export fails" not in str(second.blocks)
    assert "Another step" in str(second.blocks)
    sections = [one.detail for one in await week.queued(DeliveryKind.DIGEST_SECTION)]
    assert sections == ["wins", "needs", "wins", "needs"]


async def test_without_a_voice_the_days_are_counted(week: Week) -> None:
    await whole_week(week, moved="One", heard="A nurse")
    await whole_week(week, 1, moved="Two")
    text = str((await digest(week)).blocks)
    assert "No outside voice was heard for 10 days" in text


async def test_a_change_in_voices_is_told_from_the_fourth_week_on(week: Week) -> None:
    for number in range(4):
        await whole_week(week, number, moved=f"Step {number}", heard=f"Voice {number}")
    assert "the week before" not in str((await digest(week)).blocks)
    await week.until(TUESDAY_NINE + timedelta(weeks=4, hours=1))
    for user in ("U1", "U2", "U3"):
        await week.answer(user, moved="A step", heard="A voice")
    await week.until(FRIDAY_THREE + timedelta(weeks=4, hours=1))
    assert "Voices heard: 3 this week, 1 the week before." in str((await digest(week)).blocks)
