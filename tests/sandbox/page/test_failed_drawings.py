"""What can't be drawn ends neither a page nor a stream: it is named, beside what is said of it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.sandbox.page.asking import Asked, asking
from tests.sandbox.scene import ANSWER, Scene, modal

# As an app of another day might have left them: today the sandbox would refuse them.
BROKEN: list[dict[str, Any]] = [
    {"type": "table", "rows": [{"type": "raw_text"}]},
    {"type": "markdown"},
]


@pytest.fixture
async def asked(quiet: Scene) -> AsyncIterator[Asked]:
    async with asking(quiet) as found:
        yield found


async def test_a_message_is_its_text_and_names_what_failed(asked: Asked) -> None:
    the = asked.scene
    core = the.sandbox.core
    place = core.workspace.channel(the.channel)
    app = core.workspace.the_app()
    async with asked.live(the.amara) as heard:
        core.messages.post(
            place, app.installation.bot_user_id, "*All* is well", blocks=BROKEN + ANSWER, app=app
        )
        drawn = (await heard.next())[1]["html"]
        await the.bela.say(the.channel, "And on we go")
        told = [data["html"] for name, data in await heard.until("message") if name == "message"]
    assert "<strong>All</strong> is well" in drawn or "<b>All</b> is well" in drawn
    for kind in ("table", "markdown"):
        assert f'data-undrawn="{kind}"' in drawn
    assert "failed to draw" in drawn
    assert ">Answer</button>" in drawn
    assert "And on we go" in told[-1]


async def test_a_form_keeps_what_can_be_drawn(asked: Asked) -> None:
    the = asked.scene
    await the.control.leave_form(the.amara, modal(), {})
    view = the.sandbox.core.modals.top(the.amara.id)
    assert view is not None
    view.body["blocks"] += BROKEN
    form = await asked.html("/page/modals", **{"as": the.amara.id})
    assert "What did you learn?" in form
    assert 'data-undrawn="table"' in form
