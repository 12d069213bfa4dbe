"""Pictures: drawn where Slack draws them, a table where it refuses, and never said twice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from coaching.delivery import Addressee
from conversation.messages import Chart, ChartKind, Message, Paragraph, Series, line
from conversation.platform import ConversationRef, Dropped, MessageRef, Sent
from platforms.slack import SlackPlatform
from platforms.slack.charts import Drawing
from platforms.slack.render import render_block, render_message
from sandbox.block_kit import problems_of_blocks
from tests.platforms.slack.stage import Stage, stage

CHART = Chart(
    "Outside voices heard, by week",
    ChartKind.BAR,
    ("5 Oct", "12 Oct", "19 Oct", "26 Oct"),
    (Series("Outside voices", (1, 0, 2.5, 4)),),
)
SAID = Message("Four last week.", (Paragraph(line("Four last week.")), CHART))


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage() as scene:
        yield scene


async def post(platform: SlackPlatform, scene: Stage, delivery: str) -> MessageRef:
    to = ConversationRef(Addressee.CHANNEL, scene.channel)
    outcome = await platform.post(to, SAID, delivery, None)
    assert isinstance(outcome, Sent)
    return outcome.at


async def kinds(scene: Stage) -> list[list[str]]:
    said = await scene.control.messages(scene.channel)
    return [[block["type"] for block in message["blocks"]] for message in said]


async def refuse_pictures(scene: Stage) -> None:
    for method in ("chat.postMessage", "chat.update"):
        await scene.control.refuse(method, "invalid_blocks", holding="data_visualization")


async def posts(scene: Stage, method: str = "chat.postMessage") -> int:
    return len(await scene.control.calls(method))


async def test_a_chart_is_a_picture_and_its_figures_are_said_beside_it(scene: Stage) -> None:
    at = await post(scene.platform, scene, "d1")
    assert await kinds(scene) == [["rich_text", "data_visualization"]]
    assert isinstance(await scene.platform.update(at, SAID, "d1"), Sent)
    assert await kinds(scene) == [["rich_text", "data_visualization"]]


async def test_where_pictures_are_refused_a_table_stands_at_once_and_from_then_on(
    scene: Stage,
) -> None:
    await refuse_pictures(scene)
    platform = scene.platform
    at = await post(platform, scene, "d1")
    assert await kinds(scene) == [["rich_text", "table"]], "once"
    assert await posts(scene) == 2
    await scene.control.advance(timedelta(seconds=5))
    await post(platform, scene, "d2")
    assert await posts(scene) == 3, "it is not tried again"
    assert isinstance(await platform.update(at, SAID, "d1"), Sent)
    assert await posts(scene, "chat.update") == 1


async def test_an_update_falls_back_likewise(scene: Stage) -> None:
    platform = scene.platform
    at = await post(platform, scene, "d1")
    await refuse_pictures(scene)
    assert isinstance(await platform.update(at, SAID, "d1"), Sent)
    assert await kinds(scene) == [["rich_text", "table"]]


async def test_what_is_refused_for_something_else_ends_and_pictures_go_on(scene: Stage) -> None:
    await scene.control.refuse("chat.postMessage", "invalid_blocks", holding="Four last week")
    platform = scene.platform
    to = ConversationRef(Addressee.CHANNEL, scene.channel)
    assert await platform.post(to, SAID, "d1", None) == Dropped("invalid_blocks", tell_coach=True)
    other = replace(SAID, text="Five.", blocks=(CHART,))
    assert isinstance(await platform.post(to, other, "d2", None), Sent)
    assert await kinds(scene) == [["data_visualization"]]


async def test_another_refusal_is_none_of_the_picture(scene: Stage) -> None:
    await scene.control.refuse("chat.postMessage", "is_archived")
    to = ConversationRef(Addressee.CHANNEL, scene.channel)
    assert isinstance(await scene.platform.post(to, SAID, "d1", None), Dropped)
    assert await posts(scene) == 1


def blocks(drawing: Drawing, *charts: Chart) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = render_message(Message("x", charts), {}, "", drawing)["blocks"]
    assert problems_of_blocks(said, "message") == []
    return said


@pytest.mark.parametrize(
    ("drawing", "types"),
    [
        (Drawing.PICTURE, ["data_visualization", "data_visualization", "rich_text"]),
        (Drawing.TABLE, ["table", "rich_text", "rich_text"]),
        (Drawing.WORDS, ["rich_text", "rich_text", "rich_text"]),
    ],
)
def test_more_charts_than_a_message_holds_are_said_in_words(
    drawing: Drawing, types: list[str]
) -> None:
    assert [one["type"] for one in blocks(drawing, CHART, CHART, CHART)] == types


def test_a_chart_that_is_too_large_is_cut() -> None:
    wide = Chart(
        "T" * 60,
        ChartKind.LINE,
        tuple(f"{index} {'x' * 30}" for index in range(25)),
        tuple(Series("N" * 30 + str(index), (1.0,) * 25) for index in range(9)),
    )
    (picture,) = blocks(Drawing.PICTURE, wide)
    assert len(picture["chart"]["series"]) == 6
    assert len(picture["chart"]["axis_config"]["categories"]) == 20
    assert picture["chart"]["type"] == "line"


def test_a_form_has_it_in_words() -> None:
    (said,) = render_block(CHART, {})
    assert "5 Oct 1, 12 Oct 0, 19 Oct 2.5, 26 Oct 4" in str(said)
    two = replace(CHART, series=(*CHART.series, Series("Inside", (0, 0, 1, 0))))
    assert "Outside voices: 5 Oct 1" in two.words
    assert "; Inside: 5 Oct 0" in two.words
