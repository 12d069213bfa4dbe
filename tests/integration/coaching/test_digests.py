"""The digest: what leads, what follows beneath it, and silence."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from coaching.catalogue import practice_that_feeds
from coaching.delivery import DeliveryKind
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.round import Round, RoundState
from coaching.voice import Voice, VoiceState
from conversation.messages import Chart, Message, MessageLink, Note, Quote
from storage import SqlStore
from tests.integration.coaching.week import TUESDAY_NINE, Week

FRIDAY_THREE = datetime(2026, 10, 9, 14, tzinfo=UTC)


@pytest.fixture
async def week(sqlite_url: str) -> AsyncIterator[Week]:
    store = SqlStore.open(sqlite_url)
    week = Week(store)
    await week.set_up()
    yield week
    await store.close()


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
    assert [one.detail for one in replies] == ["voices", "wins", "asked"]
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
    assert sections == ["wins", "needs", "asked", "wins", "asked"], "no news of the breakdown"


async def test_without_a_voice_the_days_are_counted(week: Week) -> None:
    await whole_week(week, moved="One", heard="A nurse")
    await whole_week(week, 1, moved="Two")
    text = str((await digest(week)).blocks)
    assert "No outside voice was heard for 10 days" in text


async def tell(week: Week, heard_at: datetime, words: str, **other: Any) -> Voice:
    """Put a voice into the register, as if it had been told then."""
    member = await week.member("U2")
    catalogue = week.catalogue

    def put(uow: UnitOfWork) -> Voice:
        practice = practice_that_feeds(catalogue, Feeds.VOICES)
        round_ = Round(
            id=new_id(),
            workspace_id=uow.workspace_id,
            team_id=member.team_id,
            cadence_id=None,
            practice_key=practice.key,
            occasion=new_id(),
            practice=practice,
            state=RoundState.CLOSED,
            due_at=heard_at,
            opened_at=heard_at,
            closes_at=heard_at,
        )
        voice = Voice(
            new_id(), uow.workspace_id, member.team_id, round_.id, member.id, heard_at, words
        )
        assert uow.rounds.add(round_)
        assert uow.voices.add(replace(voice, **other))
        return replace(voice, **other)

    return await week.do(put)


async def test_a_change_in_voices_is_told_from_the_fourth_week_on(week: Week) -> None:
    for number in range(5):
        for one in range(3 if number == 4 else 1):
            await tell(week, TUESDAY_NINE + timedelta(weeks=number, hours=one), f"Voice {one}")
        await whole_week(week, number, moved=f"Step {number}")
        said = "this week, " in str((await digest(week)).blocks)
        assert said is (number == 4)
    assert "Outside voices heard: 3 this week, 1 the week before." in str(
        (await digest(week)).blocks
    )
    (thread,) = [
        await week.says(one)
        for one in (await week.queued(DeliveryKind.DIGEST_SECTION))[-3:]
        if one.detail == "wins"
    ]
    assert isinstance(thread, Message)
    (chart,) = [block for block in thread.blocks if isinstance(block, Chart)]
    assert [*chart.series[0].figures] == [1, 1, 1, 1, 3]
    assert [*chart.labels] == ["3 Oct", "10 Oct", "17 Oct", "24 Oct", "31 Oct"]


async def test_a_voice_that_changed_a_decision_leads_when_it_did(week: Week) -> None:
    voice = await tell(week, TUESDAY_NINE, "You plan alone", decision="Plan with them")
    await tell(week, TUESDAY_NINE + timedelta(hours=1), "From the works", outside=False)
    await whole_week(week)
    said = str((await digest(week)).blocks)
    assert "You plan alone" in said
    assert "To decide: " in said
    changed = replace(
        voice, state=VoiceState.CHANGED, told=True, settled_at=week.now + timedelta(days=2)
    )
    await week.do(lambda uow: uow.voices.save(changed))
    await whole_week(week, 1)
    said = str((await digest(week)).blocks)
    assert " changed " in said
    assert "You plan alone" not in said, "its words were said within four weeks"
    assert ", and they know." in said
    (thread,) = [
        str(await week.says(one))
        for one in (await week.queued(DeliveryKind.DIGEST_SECTION))[2:]
        if one.detail == "voices"
    ]
    assert "What came of voices that were heard before" in thread
    await whole_week(week, 2)
    assert len(await week.queued(DeliveryKind.DIGEST)) == 2, "nothing changed since"


async def test_a_decision_that_stands_and_one_that_waits_are_told_so(week: Week) -> None:
    until = date(2026, 10, 20)
    await tell(week, TUESDAY_NINE, "One", decision="Prices", owner="U1", by=until)
    await tell(
        week,
        TUESDAY_NINE + timedelta(hours=1),
        "Two",
        decision="Hours",
        state=VoiceState.UNCHANGED,
        settled_at=TUESDAY_NINE + timedelta(hours=2),
        why="The law says so.",
    )
    await whole_week(week)
    (thread, *_) = [
        str(await week.says(one)) for one in await week.queued(DeliveryKind.DIGEST_SECTION)
    ]
    assert "left as it is: ', Bold(text='Hours'), '. Why: The law says so.'" in thread
    assert "', by Tuesday 20 October)'" in thread


async def test_a_breakdown_leads_until_it_is_closed_and_says_when_it_is_late(week: Week) -> None:
    await week.until(TUESDAY_NINE + timedelta(days=2))
    given = {"what": "Export fails", "needed_now": "A second approver.", "owner": "U3"}
    await week.answer("U2", **given, by="2026-10-08")
    await week.until(FRIDAY_THREE)
    said = await digest(week)
    assert "by Thursday 8 October, a day that has passed" in str(said.blocks)
    assert said.text.endswith("what keeps “Export fails” from being closed, and who can help?")

    def close(uow: UnitOfWork) -> None:
        (one,) = uow.breakdowns.where()
        uow.breakdowns.save(replace(one, closed_at=week.now))

    await week.do(close)
    await whole_week(week, 1, moved="A step")
    sections = [one.detail for one in await week.queued(DeliveryKind.DIGEST_SECTION)]
    assert sections == ["needs", "asked", "wins", "asked"]


async def test_what_was_promised_and_not_done_is_told_as_counts(week: Week) -> None:
    until = date(2026, 10, 8)
    for number in range(3):
        await tell(
            week,
            TUESDAY_NINE - timedelta(weeks=3, hours=number),
            "Words",
            decision="D",
            by=until,
            state=VoiceState.CHANGED if number == 0 else VoiceState.OPEN,
            settled_at=TUESDAY_NINE - timedelta(weeks=2) if number == 0 else None,
        )
    await whole_week(week)
    said = await digest(week)
    assert "Of 3 things to be done by now, from breakdowns and from voices, 1 is done." in str(
        said.blocks
    )
    await whole_week(week, 1, moved="A step")
    assert "to be done by now" not in str((await digest(week)).blocks), "not twice in four weeks"


async def test_a_sentence_of_twelve_weeks_ago_is_said_again(week: Week) -> None:
    words = "A nurse called us back on the same day."
    await whole_week(week, 1, moved=words, noticed="A nurse")
    await whole_week(week, 13, moved="Another step, long enough to be said.")
    said = str((await digest(week)).blocks)
    assert f"('Twelve weeks ago ', Person(user='U1'), ' wrote: “{words}”')" in said


async def test_who_has_left_is_not_quoted(week: Week) -> None:
    await whole_week(week, 1, moved="A nurse called us back on the same day.")
    member = await week.member("U1")
    await week.do(lambda uow: uow.members.save(replace(member, active=False)))
    await week.until(TUESDAY_NINE + timedelta(weeks=13, hours=1))
    await week.answer("U2", moved="Another step")
    await week.until(FRIDAY_THREE + timedelta(weeks=13, hours=1))
    assert "Twelve weeks ago" not in str((await digest(week)).blocks)


async def test_it_ends_with_what_is_asked_next_and_links_to_the_channel(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.answer("U1", moved="A step", heard="A nurse: fewer forms")
    await week.until(TUESDAY_NINE + timedelta(days=2, hours=9))
    await week.sends_all()
    await week.until(FRIDAY_THREE)
    replies = {one.detail: one for one in await week.queued(DeliveryKind.DIGEST_SECTION)}
    (link,) = [
        span
        for block in said(await week.says(replies["voices"])).blocks
        if isinstance(block, Note)
        for span in block.line
        if isinstance(span, MessageLink)
    ]
    assert link.text == "In the channel"
    assert (link.channel, link.message) in {
        (one.channel, one.message) for one in await week.queued(DeliveryKind.SUMMARY)
    }
    asked = str(said(await week.says(replies["asked"])).blocks)
    assert "Tuesday 13 October: Visible progress and Voices heard" in asked
    assert "Thursday 15 October: " in asked


def said(message: object) -> Message:
    assert isinstance(message, Message)
    return message
