"""What people say unasked, in Slack; and words written to the bot with no form."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from coaching.catalogue import load_catalogue
from coaching.ports import UnitOfWork
from coaching.team import Role
from coaching.team_plan import WantedMember
from coaching.use_cases.set_up_team import apply_teams
from sandbox import SeenMessage
from tests.e2e.stage import TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_week import DECISION, HEARD
from tests.integration.coaching.week import MONDAY, PLAN, cadence

FRIDAY_THREE = datetime(2026, 10, 9, 14, tzinfo=UTC)
NURSE = "A ward nurse: you plan alone"
MOVED = "The ward ordered again"
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


async def asks(stage: Stage, *practices: str) -> None:
    """Change what the team is asked on Tuesdays."""
    await set_up(stage, PLAN.name, stage.channel, *practices)


async def set_up(stage: Stage, name: str, channel: str, *practices: str) -> None:
    members = tuple(WantedMember(stage.people[one.user].id, Role(one.role)) for one in PLAN.members)
    cadences = tuple(cadence(one, "TU", time(9)) for one in practices)
    plan = replace(PLAN, name=name, channel=channel, members=members, cadences=cadences)
    await stage.bot.store.run(
        stage.workspace.id, lambda uow: apply_teams(uow, [plan], load_catalogue(), MONDAY)
    )


async def answers(stage: Stage) -> list[dict[str, object]]:
    def look(uow: UnitOfWork) -> list[dict[str, object]]:
        return [dict(answer.values) for answer in uow.answers.where()]

    return await stage.records(look)


async def from_bot(stage: Stage) -> list[SeenMessage]:
    return [one for one in await stage.ben.dms() if one.app_id]


async def test_a_voice_by_the_command_and_one_from_a_message_are_in_the_digest(
    stage: Stage,
) -> None:
    opened = await stage.ben.command("/widelens", f"heard {NURSE}", channel=stage.channel)
    assert opened.view is not None
    kept = await stage.ben.submit(opened.view, {DECISION: "Plan with them"})
    assert kept.view is not None
    assert "with your name in its digest, on Friday 9 October" in str(kept.view)

    elsewhere = await stage.control.add_channel("support", [stage.chiara], with_app=True)
    message = await stage.chiara.say(elsewhere, "A customer: your app lost my order")
    taken = await stage.chiara.shortcut("Log a voice heard", message)
    assert taken.view is not None
    assert (await stage.chiara.submit(taken.view)).ok

    await stage.until(FRIDAY_THREE)
    said = "\n".join([one.plain for one in await stage.in_channel()])
    assert NURSE in said
    assert "your app lost my order" in said

    looked_up = await stage.amara.command("/widelens", "digest", channel=stage.channel)
    assert looked_up.said[0].ephemeral
    assert "What stands out this week" in looked_up.said[0].plain
    assert "your app lost my order" in looked_up.said[0].plain


async def test_a_breakdown_by_the_command(stage: Stage) -> None:
    opened = await stage.ben.command("/widelens", "breakdown The export fails")
    assert opened.view is not None
    assert (await stage.ben.submit(opened.view)).ok
    await stage.settle()
    assert "The export fails · logged by you" in (await stage.prompt_of(stage.ben)).plain


async def test_who_is_on_two_teams_says_for_which(stage: Stage) -> None:
    board = await stage.control.add_channel("board", stage.people.values(), with_app=True)
    await set_up(stage, "The board", board)
    opened = await stage.ben.command("/widelens", "heard", channel=stage.channel)
    assert opened.view is not None
    assert (await stage.ben.submit(opened.view, {HEARD: NURSE})).ok
    digest = await stage.ben.command("/widelens", "digest")
    assert digest.view is not None
    shown = await stage.ben.submit(digest.view, {"Which team is it for?": "The board"})
    assert "The board has had no digest yet." in str(shown.view)


async def test_a_doubt_is_shared_when_it_is_asked_for(stage: Stage) -> None:
    await asks(stage, "doubts")
    early = await stage.ben.shortcut("Share a doubt")
    assert "asked for doubts next on Tuesday 6 October" in str(early.view)
    await stage.until(TUESDAY_NINE)
    opened = await stage.ben.shortcut("Share a doubt")
    assert opened.view is not None
    doubt = "Which doubt about where we are going has not been said aloud?"
    assert (await stage.ben.submit(opened.view, {doubt: "We grow too fast"})).ok
    by_command = await stage.ben.command("/widelens", "doubt", channel=stage.channel)
    assert "You have sent this round's form." in by_command.said[0].plain


async def test_words_written_to_the_bot_answer_the_one_open_question(stage: Stage) -> None:
    await asks(stage, "early_wins")
    await stage.until(TUESDAY_NINE)
    written = await stage.ben.say(None, f"{MOVED} &amp; <@{stage.amara.id}> saw it")
    await stage.settle()
    assert await answers(stage) == [{"moved": f"{MOVED} & @Amara Osei saw it"}]
    (prompt,) = await from_bot(stage)
    assert prompt.plain.startswith("Answered: Visible progress.")
    assert prompt.buttons == ["Edit"]

    await stage.ben.edit(written, "Nothing moved")
    await stage.ben.delete(written)
    await stage.settle()
    assert len(await answers(stage)) == 1
    assert len(await from_bot(stage)) == 1, "edits and deletions are no answers"

    opened = await stage.ben.press(prompt, "Edit")
    assert MOVED in str(opened.view)


async def test_a_reply_in_the_prompts_thread_counts(stage: Stage) -> None:
    await asks(stage, "early_wins")
    await stage.until(TUESDAY_NINE)
    prompt = await stage.prompt_of(stage.ben)
    await stage.ben.say(None, MOVED, thread_ts=prompt.ts)
    await stage.settle()
    assert await answers(stage) == [{"moved": MOVED}]


async def test_where_it_is_in_doubt_the_person_is_told_what_to_press(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE)  # two practices in one sitting
    await stage.ben.say(None, MOVED)
    await stage.settle()
    assert await answers(stage) == []
    prompt, hint = await from_bot(stage)
    assert "I kept nothing of what you wrote here" in hint.plain
    assert hint.buttons == ["Answer Visible progress and Voices heard"]
    opened = await stage.ben.press(hint, hint.buttons[0])
    assert opened.view is not None
    assert prompt.buttons[0] == "Answer"


async def test_an_anonymous_question_is_never_answered_in_a_chat(stage: Stage) -> None:
    await asks(stage, "doubts")
    await stage.until(TUESDAY_NINE)
    await stage.ben.say(None, "We grow too fast")
    await stage.settle()
    await stage.until(TUESDAY_NINE + MINUTE)
    _, hint = await from_bot(stage)
    assert hint.buttons == ["Answer Doubts and unspoken concerns"]
    round_ids = await stage.records(lambda uow: [one.id for one in uow.rounds.where()])
    assert await stage.records(lambda uow: uow.anonymous.senders(round_ids[0])) == set()
