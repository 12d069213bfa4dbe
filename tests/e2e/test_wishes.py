"""What people say of being asked, in Slack: away, less, why, and how they stand."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox import Outcome
from tests.e2e.stage import TUESDAY_NINE, Stage, on_stage

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


@pytest.fixture(params=["socket mode", "http"])
async def both_ways(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        yield stage


def shown(outcome: Outcome) -> Mapping[str, Any]:
    assert outcome.ok, outcome
    assert outcome.view is not None
    return outcome.view


async def said(stage: Stage, words: str) -> str:
    told = await stage.ben.command("/widelens", words, channel=stage.channel)
    assert told.ok, told
    return told.said[0].plain


async def test_away_skips_kindly_says_until_when_and_back_today_ends_it(both_ways: Stage) -> None:
    stage = both_ways
    await stage.until(TUESDAY_NINE + HOUR)
    prompt = await stage.prompt_of(stage.ben)
    form = shown(await stage.ben.press(prompt, "I'm away"))
    assert "2026-10-06" in str(form), "it begins today"
    refused = await stage.ben.submit(form, {"Last day": "2026-10-05"})
    assert refused.errors == {"last": "The last day comes before the first one."}
    kept = shown(await stage.ben.submit(form, {"Last day": "2026-10-16"}))
    assert "I stay quiet until Friday 16 October, that day included." in str(kept)
    await stage.settle()
    (quiet,) = await stage.ben.dms()
    assert "you are away, and I stay quiet until Friday 16 October" in quiet.plain
    assert quiet.buttons == ["Answer after all", "I'm back today"]
    await stage.until(TUESDAY_NINE + 5 * HOUR + timedelta(days=1))
    assert len(await stage.ben.dms()) == 1, "nobody reminds them"

    back = await stage.ben.press(quiet, "I'm back today")
    assert back.said[0].plain.startswith("Welcome back.")
    await stage.settle()
    assert "I'm away" in (await stage.ben.dms())[0].buttons, "it is open again"


async def test_away_is_read_from_the_words_or_asked_for(stage: Stage) -> None:
    assert "I stay quiet until Friday 9 October" in await said(stage, "away until Friday")
    told = await stage.ben.command("/widelens", "away 21 Dec - 3 Jan", channel=stage.channel)
    (message,) = told.said
    assert "from Monday 21 December until Sunday 3 January 2027, both included" in message.plain
    assert message.buttons == ["Not away after all", "Other days"]
    assert "away until Friday 9 October" in await said(stage, "status")
    assert (await said(stage, "away back")).startswith("Welcome back.")
    assert "away from Monday 21 December" in await said(stage, "status")
    called_off = await stage.ben.press(message, "Not away after all")
    assert called_off.said[0].plain == "Not away then, after all: I ask you as usual."
    assert "You: away" not in await said(stage, "status")
    form = shown(await stage.ben.command("/widelens", "away some time", channel=stage.channel))
    assert "First day" in str(form)


async def test_less_is_one_press_and_one_more_undoes_it(both_ways: Stage) -> None:
    stage = both_ways
    await stage.until(TUESDAY_NINE + HOUR)
    form = shown(await stage.ben.press(await stage.prompt_of(stage.ben), "Ask me less"))
    for label, undo in (
        ("No reminders", "Remind me again"),
        ("Only every second", "Every one again"),
        ("Stop asking me", "Ask me again"),
    ):
        on = shown(await stage.ben.press_in_view(form, label))
        assert undo in str(on)
        assert label not in str(on)
        form = shown(await stage.ben.press_in_view(on, undo))
        assert label in str(form)
    too_early = await stage.ben.submit(form, {"Or pause until": "2026-10-06"})
    assert "a later day than today" in too_early.errors["until"]
    paused = shown(await stage.ben.submit(form, {"Or pause until": "2026-10-20"}))
    assert "until Tuesday 20 October." in str(paused)
    await stage.settle()
    (message,) = await stage.ben.dms()
    assert "I pause for you, until Tuesday 20 October." in message.plain
    again = shown(await stage.ben.press(message, "Change that"))
    assert "End the pause" not in str(shown(await stage.ben.press_in_view(again, "End the pause")))


async def test_why_this_is_answered_in_a_form_to_read(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE + HOUR)
    form = shown(await stage.ben.press(await stage.prompt_of(stage.ben), "Why this?"))
    told = str(form["blocks"])
    for words in ("Connecting", "Every Tuesday at 09:00", "with your name", "The digest quotes it"):
        assert words in told
    assert form["submit"] is None


async def test_status_says_what_comes_and_to_a_lead_how_the_team_stands(stage: Stage) -> None:
    theirs = await said(stage, "status")
    assert "Tuesday 6 October, 09:00: Visible progress and Voices heard" in theirs
    assert "19:00-07:30, on your clock (Europe/London)" in theirs
    assert "digest" not in theirs
    leads = await stage.amara.command("/widelens", "status", channel=stage.channel)
    assert "The next digest: Friday 9 October, 15:00" in leads.said[0].plain
    coach = await stage.dana.command("/widelens", "status", channel=stage.channel)
    assert "The team's next sitting: Tuesday 6 October, 09:00" in coach.said[0].plain


async def test_an_unknown_word_gets_the_nearest_one_and_help_lists_them(stage: Stage) -> None:
    assert "Did you mean /widelens status?" in await said(stage, "statsu")
    assert "Did you mean /widelens away?" in await said(stage, "awya")
    listed = await said(stage, "help")
    assert "/widelens away" in listed
    assert "/widelens status" in listed
