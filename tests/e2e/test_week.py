"""A team's week as its people meet it in Slack: asked, answered, reminded, closed, and told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.stage import THURSDAY_FIVE, THURSDAY_NINE, TUESDAY_NINE, Stage, on_stage
from tests.integration.coaching.week import ALWAYS

FRIDAY_THREE = datetime(2026, 10, 9, 14, tzinfo=UTC)
MOVED = "What moved that somebody outside this team would notice?"
HEARD = "Whom beyond us did you hear first-hand, and what did they say?"
DECISION = "Which decision should it change?"
RATING = "How would they rate working with us?"


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


async def test_from_the_question_to_the_digest(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE)
    prompt = await stage.prompt_of(stage.ben)
    assert prompt.buttons == ["Answer", "Skip this time", "Ask me tomorrow", *ALWAYS]
    assert "Visible progress and Voices heard · about 3 minutes · open until" in prompt.plain
    assert prompt.text
    assert prompt.metadata is not None
    assert prompt.metadata["event_type"] == "widelens_delivery"
    assert list(prompt.metadata["event_payload"]) == ["delivery"]

    opened = await stage.ben.press(prompt, "Answer")
    assert opened.ok
    assert opened.view is not None
    words = {
        MOVED: "The ward ordered from us again",
        HEARD: "Sister Adaeze on ward 4: she counts syringes twice, she does not trust our labels",
        DECISION: "Relabel the trays",
        RATING: "2",
    }
    sent = await stage.ben.submit(opened.view, words)
    assert sent.ok
    assert "Who brings it about?" in str(sent.view), "as a decision is to change"
    await stage.settle()

    answered = await stage.prompt_of(stage.ben)
    assert answered.ts == prompt.ts
    assert answered.buttons == ["Edit"]
    line = (await stage.in_channel())[0]
    assert "1 of 3 have answered" in line.plain

    await stage.until(TUESDAY_NINE + timedelta(hours=24, minutes=1))
    reminded = [len(await one.dms()) for one in (stage.amara, stage.ben, stage.chiara)]
    assert reminded == [2, 1, 2]

    edit = await stage.ben.press(answered, "Edit")
    assert edit.view is not None
    assert (await stage.ben.submit(edit.view, {DECISION: "Relabel every tray"})).ok

    await stage.until(THURSDAY_FIVE)
    in_channel = await stage.in_channel()
    line, *rest = [one for one in in_channel if one.ts == line.ts or one.thread_ts == line.ts]
    assert "closed · 1 of 3 have answered" in line.plain
    assert len(rest) == 2
    assert {one.thread_ts for one in rest} == {line.ts}
    said = "\n".join(one.plain for one in rest)
    assert "she does not trust our labels" in said
    assert "Relabel every tray" in said
    assert "Ben Castell" in said
    assert (await stage.ben.dms())[0].buttons == []
    assert (await stage.chiara.dms())[0].buttons == ["Answer late"]

    await stage.until(FRIDAY_THREE)
    digest = [one for one in await stage.in_channel() if one.reply_count][-1]
    assert "For the agenda" in digest.plain
    assert "Relabel every tray" in digest.plain
    replies = [one for one in await stage.in_channel() if one.thread_ts == digest.ts]
    assert [one.plain.splitlines()[0] for one in replies if one.ts != digest.ts] == [
        "Voices heard",
        "What moved",
        "Next week",
    ]


async def test_a_breakdown_from_a_message_to_its_end(stage: Stage) -> None:
    message = await stage.ben.say(stage.channel, "The export to the regulator failed again")
    opened = await stage.chiara.shortcut("Log a breakdown", message)
    assert opened.ok
    assert opened.view is not None
    first = opened.view["blocks"][0]
    assert first["label"]["text"] == "What's needed now?"
    half = await stage.chiara.submit(opened.view, {"What's needed now?": "A second approver"})
    assert set(half.errors.values()) == {
        "Who takes it? A name makes it real.",
        "By when? Choose a day.",
    }
    kept = await stage.chiara.submit(
        opened.view,
        {
            "What's needed now?": "A second approver",
            "Who takes it?": stage.ben,
            "By when?": "2026-10-09",
        },
    )
    assert kept.ok
    assert kept.view is not None
    told = await stage.chiara.submit(kept.view, {"What happened?": "The key had expired"})
    assert told.ok
    await stage.settle()
    for reader in (stage.chiara, stage.amara, stage.ben):
        card = await stage.prompt_of(reader)
        assert "The export to the regulator failed again" in card.plain
        assert "A second approver · Ben Castell, by Friday 9 October" in card.plain
    assert await stage.dana.dms() == []


async def test_a_breakdown_whose_need_is_not_clear_yet_is_settled_from_its_card(
    stage: Stage,
) -> None:
    message = await stage.ben.say(stage.channel, "Returns are piling up")
    opened = await stage.ben.shortcut("breakdown.log.v1", message)
    assert opened.view is not None
    assert (await stage.ben.submit(opened.view, {})).ok
    await stage.settle()
    card = await stage.prompt_of(stage.amara)
    assert card.buttons[0] == "What's needed now?"
    settle = await stage.amara.press(card, "What's needed now?")
    assert settle.view is not None
    needs = {"What's needed now?": "A bin", "Who takes it?": stage.amara, "By when?": "2026-10-16"}
    assert (await stage.amara.submit(settle.view, needs)).ok
    await stage.settle()
    assert "Needed now: A bin" in (await stage.prompt_of(stage.ben)).plain


async def test_the_command_shows_what_is_open_and_helps(stage: Stage) -> None:
    nothing = await stage.ben.command("/widelens", channel=stage.channel)
    assert "Nothing is open for you" in nothing.said[0].plain
    await stage.until(TUESDAY_NINE)
    waiting = await stage.ben.command("/widelens", channel=stage.channel)
    assert waiting.said[0].ephemeral
    opened = await stage.ben.press(waiting.said[0], waiting.said[0].buttons[0])
    assert opened.view is not None
    help_ = await stage.ben.command("/widelens", "help", channel=stage.channel)
    assert "/widelens help" in help_.said[0].plain
    lost = await stage.ben.command("/widelens", "hlep <!channel>", channel=stage.channel)
    assert "I don't know" in lost.said[0].plain
    assert "<!channel>" not in lost.said[0].text


async def test_who_leaves_is_asked_no_more_however_often_slack_says_so(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE)
    await stage.ben.leaves(stage.channel)
    await stage.control.settled()
    left = next(
        event
        for event in await stage.control.events()
        if event["payload"].get("event", {}).get("type") == "member_left_channel"
    )
    again = await stage.control.redeliver(left["payload"]["event_id"], times=11)
    assert len(again) == 11
    await stage.settle()
    notes = await stage.dana.dms()
    assert len(notes) == 1
    assert "Ben Castell has left Northwind leadership" in notes[0].plain
    await stage.until(THURSDAY_NINE)
    assert [one.buttons for one in await stage.ben.dms()] == [[]]


async def test_a_deactivated_account_leaves_the_team(stage: Stage) -> None:
    await stage.chiara.deactivated()
    await stage.settle()
    assert "Chiara Neri" in (await stage.dana.dms())[0].plain
    await stage.until(TUESDAY_NINE)
    line = (await stage.in_channel())[0]
    assert "0 of 2 have answered" in line.plain
