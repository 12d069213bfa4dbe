"""The page of messages shows all that the bot can say, and the sandbox's page can draw it."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from conversation.messages import Form, Home, Message
from platforms.slack.charts import Drawing
from platforms.slack.forms import render_form
from platforms.slack.render import render_home, render_message
from sandbox.block_kit import with_generated_ids
from sandbox.page.drawing.blocks import blocks
from sandbox.page.drawing.eyes import Eyes
from sandbox.workspace import Workspace
from storage import SqlStore, migrate
from tests.tour.page import PAGE, page
from tests.tour.people import Shown
from tests.tour.story import told


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[Shown]]:
    """Everything that is shown in a team's first weeks."""
    url = f"sqlite:///{tmp_path_factory.mktemp('tour') / 'tour.db'}"
    migrate(url)

    async def live() -> Mapping[str, Sequence[Shown]]:
        store = SqlStore(url)
        try:
            return await told(store)
        finally:
            await store.close()

    return asyncio.run(live())


def test_the_page_of_messages_is_what_is_shown(chapters: Mapping[str, Sequence[Shown]]) -> None:
    assert PAGE.read_text("utf-8") == page(chapters), "renew it: python -m tests.tour"


def test_the_sandboxs_page_draws_all_of_it(chapters: Mapping[str, Sequence[Shown]]) -> None:
    workspace = Workspace("T1", "Northwind")
    eyes = Eyes(workspace, workspace.add_person("Amara Osei"))
    drawn = [
        blocks(with_generated_ids(rendered, workspace.block_id), eyes)
        for shown in chapters.values()
        for one in shown
        if (rendered := _rendered(one.what))
    ]
    assert len(drawn) > 100
    assert [one for one in drawn if "data-undrawn" in one] == []


def _rendered(what: object) -> list[dict[str, Any]]:
    """As Slack gets it, with charts in each of the ways in which they can be drawn."""
    match what:
        case Message():
            ways = [render_message(what, {}, drawing=way) for way in Drawing]
            return [block for rendered in ways for block in rendered["blocks"]]
        case Form():
            return [*render_form(what, {})["blocks"]]
        case Home():
            return [*render_home(what, {})["blocks"]]
        case _:
            return []
