"""Wrong things done on purpose: a clear sentence, nobody pinged, nothing lost."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coaching.ports import UnitOfWork
from coaching.use_cases.membership import leave_workspace
from sandbox import Outcome, Person
from tests.e2e.stage import THURSDAY_FIVE, TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_week import HEARD, MOVED

HARD = [
    "x" * 3000,
    "Grüße 👩🏽‍🚀🎉 こんにちは",
    "\u202eשלום לכולם\u202c من المستشفى",
    "<!channel> <!here> @channel @here",
    "<@U00000001> <#C00000001> <!subteam^S1>",
    "<https://evil.example|Click here> https://northwind.example/?a=1&b=2",
    "*bold* _it_ ~no~ `code` ```block``` > quote\n• list &amp; &lt;b&gt;",
    '{"type": "section"} "quotes" \\ back\\slash',
]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        yield stage


async def form(stage: Stage, person: Person) -> dict[str, Any]:
    opened = await person.press(await stage.prompt_of(person), "Answer")
    assert opened.view is not None
    return opened.view


async def fill(stage: Stage, person: Person, **values: str) -> Outcome:
    labels = {"moved": MOVED, "heard": HEARD}
    return await person.submit(
        await form(stage, person), {labels[key]: text for key, text in values.items()}
    )


@pytest.mark.parametrize("words", HARD)
async def test_what_somebody_wrote_is_shown_as_written_and_pings_nobody(
    stage: Stage, words: str
) -> None:
    await stage.until(TUESDAY_NINE)
    sent = await fill(stage, stage.ben, moved=words, heard=words)
    assert sent.ok
    answers = await stage.records(lambda uow: uow.answers.where())
    assert {value for answer in answers for value in answer.values.values()} == {words}
    await stage.until(THURSDAY_FIVE)
    shown = [one for one in await stage.in_channel() if one.thread_ts]
    assert any(words in one.plain for one in shown)
    for message in await stage.control.messages():
        assert "<!" not in message["text"]
        assert "<@" not in message["text"]
        for block in message["blocks"]:
            assert not _pings(block), block


def _pings(block: Any) -> bool:
    """Whether anything in a block calls somebody, or stands in a field that Slack would parse."""
    if isinstance(block, list):
        return any(_pings(one) for one in block)
    if not isinstance(block, dict):
        return False
    if block.get("type") in {"user", "usergroup", "broadcast", "channel", "link"}:
        return True
    if block.get("type") == "mrkdwn" and ("<!" in block["text"] or "<@" in block["text"]):
        return True
    return any(_pings(value) for value in block.values())


async def test_more_than_fits_is_refused_with_the_text_kept(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE)
    sent = await fill(stage, stage.ben, moved="x" * 3001)
    assert not sent.ok
    assert sent.refused or sent.errors
    assert await stage.records(lambda uow: uow.answers.where()) == []


@pytest.mark.parametrize("nothing", ["   ", "\n\n", "\u00a0\u2003"])
async def test_only_spaces_is_no_answer(stage: Stage, nothing: str) -> None:
    await stage.until(TUESDAY_NINE)
    sent = await fill(stage, stage.ben, moved=nothing, heard="A nurse")
    assert list(sent.errors.values()) == ["This one needs a few words."]
    assert await stage.records(lambda uow: uow.answers.where()) == []


async def test_a_form_left_open_over_the_close_loses_nothing(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE)
    prompt = await stage.prompt_of(stage.ben)
    view = await form(stage, stage.ben)
    await stage.until(THURSDAY_FIVE)
    assert (await stage.ben.submit(view, {MOVED: "Late, but here"})).ok
    closed = (await stage.ben.dms())[0]
    again = await stage.ben.press(closed, "Answer late")  # before the message says it anew
    assert "has closed, and what you wrote is kept" in str(again.view)
    await stage.settle()
    answered = (await stage.ben.dms())[0]
    assert (answered.ts, answered.buttons) == (prompt.ts, [])
    answers = await stage.records(lambda uow: uow.answers.where())
    assert [answer.values for answer in answers] == [{"moved": "Late, but here"}]


async def test_a_form_of_somebody_who_left_says_so_and_keeps_the_text(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE)
    view = await form(stage, stage.ben)

    def leave(uow: UnitOfWork) -> None:
        leave_workspace(uow, stage.ben.id, TUESDAY_NINE)

    await stage.bot.store.run(stage.workspace.id, leave)
    sent = await stage.ben.submit(view, {MOVED: "One last thing"})
    assert "You have left this team" in next(iter(sent.errors.values()))


async def test_while_the_store_can_not_write_the_form_stays_open_with_its_text(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.until(TUESDAY_NINE)
    view = await form(stage, stage.ben)
    holder = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        sent = await stage.ben.submit(view, {MOVED: "Kept in the form"})
        assert "I couldn't save this" in next(iter(sent.errors.values()))
    finally:
        holder.close()
    again = await stage.ben.submit(view, {MOVED: "Kept in the form"})
    assert again.ok
    answers = await stage.records(lambda uow: uow.answers.where())
    assert [answer.values for answer in answers] == [{"moved": "Kept in the form"}]


async def test_of_whom_nothing_reaches_the_coach_hears_once_and_what_helps(stage: Stage) -> None:
    await stage.control.refuse("chat.postMessage", "cannot_dm_bot", about=stage.ben)
    await stage.until(TUESDAY_NINE)
    await stage.until(THURSDAY_FIVE)
    told = [one for one in await stage.dana.dms() if "can't write to" in one.plain]
    (note,) = told
    assert "I can't write to Ben Castell, on" in note.plain
    assert "an app's account, not a person's" in note.plain
    assert "/widelens setup" in note.plain
    assert await stage.ben.dms() == []


async def test_a_scope_that_is_missing_where_something_is_to_be_said_reaches_the_coach(
    stage: Stage,
) -> None:
    channel = {"about": stage.channel, "needed": "chat:write"}
    await stage.control.refuse("chat.postMessage", "missing_scope", **channel)
    await stage.until(TUESDAY_NINE)
    told = [one.plain for one in await stage.dana.dms() if "Slack answered" in one.plain]
    assert len(told) == 1
    assert "`widelens doctor`" in told[0]
