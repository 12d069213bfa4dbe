"""Listening, from the switch on a home to what comes of an offer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox import SeenMessage
from tests.e2e.stage import TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_home import home_of, shown

HOUR = timedelta(hours=1)
WORDS = "Second week the export fails"
SOUNDS = "sounds as if something broke down. Shall we look at what's needed now?"


@pytest.fixture(params=["socket mode", "http"])
async def both_ways(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        await to_tuesday(stage)
        yield stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        await to_tuesday(stage)
        yield stage


async def to_tuesday(stage: Stage) -> None:
    """Ben has skipped his questions: what he is reminded of comes before what is merely offered."""
    await stage.until(TUESDAY_NINE)
    await stage.until(TUESDAY_NINE + HOUR)
    assert (await stage.ben.press(await stage.prompt_of(stage.ben), "Skip this time")).ok
    await stage.settle()


async def switches_on(stage: Stage) -> None:
    view = await home_of(stage.amara)
    assert "Listening: off. I don't read" in shown(view)
    form = await stage.amara.press_in_view(view, "Listen in this channel…")
    assert form.view is not None
    assert "I keep nothing" in str(form.view)
    begun = await stage.amara.press_in_view(form.view, "Switch on")
    assert "It is on." in str(begun.view)
    await stage.settle()


async def writes(stage: Stage, text: str) -> SeenMessage:
    message = await stage.ben.say(stage.channel, text)
    await stage.settle()
    return message


async def offers(stage: Stage) -> list[SeenMessage]:
    """What Ben got that is about something he wrote."""
    return [one for one in await stage.ben.dms() if "What you wrote" in one.plain]


async def test_nothing_is_read_before_it_is_switched_on_and_told(stage: Stage) -> None:
    await writes(stage, WORDS)
    assert await offers(stage) == []
    assert "Listen in this channel" not in shown(await home_of(stage.ben))
    await switches_on(stage)
    (told,) = [one for one in await stage.in_channel() if "From now on I read" in one.plain]
    assert "Amara Osei switched it on." in told.plain
    assert "I read what you write in its channel" in shown(await home_of(stage.ben))
    await stage.ben.edit(await writes(stage, "Good morning"), WORDS)
    await stage.settle()
    assert await offers(stage) == [], "an edit is not read"
    await writes(stage, WORDS)
    assert len(await offers(stage)) == 1

    assert (await stage.amara.press_in_view(await home_of(stage.amara), "Stop listening")).ok
    await stage.settle()
    assert "I no longer read what is written here." in (await stage.in_channel())[-1].plain
    assert "Listening: off." in shown(await home_of(stage.amara))


async def test_an_offer_leads_to_the_form_with_the_words_and_says_what_came_of_it(
    both_ways: Stage,
) -> None:
    stage = both_ways
    await switches_on(stage)
    thread = await stage.chiara.say(stage.channel, "How is it going?")
    await stage.ben.say(stage.channel, WORDS, thread.ts)
    await stage.settle()
    (offer,) = await offers(stage)
    assert SOUNDS in offer.plain
    assert offer.buttons == ["Look at it", "Not a breakdown", "Don't ask here"]
    await writes(stage, "The portal is down as well")
    assert len(await offers(stage)) == 1, "one a week"
    deliveries = await stage.records(lambda uow: uow.deliveries.where())
    assert WORDS not in str(deliveries)

    opened = await stage.ben.press(offer, "Look at it")
    assert opened.view is not None
    assert WORDS in str(opened.view)
    kept = await stage.ben.submit(opened.view)
    assert "Kept." in str(kept.view)
    await stage.settle()
    (settled,) = await offers(stage)
    assert settled.buttons == []
    assert f"{WORDS}. You logged it" in settled.plain
    assert f"{WORDS} · logged by you" in (await stage.prompt_of(stage.ben)).plain


async def test_a_no_is_thanked_for_and_never_holds_until_it_is_undone(stage: Stage) -> None:
    await switches_on(stage)
    await writes(stage, WORDS)
    (offer,) = await offers(stage)
    assert (await stage.ben.press(offer, "Not a breakdown")).ok
    await stage.settle()
    (settled,) = await offers(stage)
    assert settled.buttons == []
    assert "Not a breakdown: thank you. I kept nothing, and nobody is told." in settled.plain

    await stage.until(TUESDAY_NINE + timedelta(days=8))
    await writes(stage, WORDS)
    *_, second = await offers(stage)
    assert (await stage.ben.press(second, "Don't ask here")).ok
    await stage.settle()
    *_, never = await offers(stage)
    assert "I no longer read what you write there" in never.plain
    form = await stage.ben.press(never, "Ask me less")
    assert form.view is not None
    again = await stage.ben.press_in_view(form.view, "Read it again")
    assert "Don't read what I write" in str(again.view)
