"""Pinning a message and taking it off again: never more than once, and never in anybody's way."""

from collections.abc import AsyncIterator

import pytest

from conversation.platform import MessageRef, Retry, Unpinned
from tests.platforms.slack.stage import Stage, stage
from tests.platforms.slack.test_delivery import channel, posted


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage() as scene:
        yield scene


async def test_a_message_is_pinned_and_taken_off_once_however_often(scene: Stage) -> None:
    at = await posted(scene, channel(scene), "d1")
    for _ in range(2):
        assert await scene.platform.pin(at) is None
    for _ in range(2):
        assert await scene.platform.unpin(at) is None


async def test_a_message_that_somebody_deleted_is_nothing_to_pin(scene: Stage) -> None:
    at = await posted(scene, channel(scene), "d1")
    gone = MessageRef(at.channel, "1700000000.000100")
    assert await scene.platform.pin(gone) is None
    assert await scene.platform.unpin(gone) is None


async def test_what_a_person_has_to_mend_is_said(scene: Stage) -> None:
    at = await posted(scene, channel(scene), "d1")
    await scene.control.refuse("pins.add", "missing_scope", needed="pins:write")
    assert await scene.platform.pin(at) == Unpinned("missing_scope")
    await scene.control.refuse("pins.remove", "permission_denied")
    assert await scene.platform.unpin(at) == Unpinned("permission_denied")


async def test_what_passes_is_tried_again(scene: Stage) -> None:
    at = await posted(scene, channel(scene), "d1")
    await scene.control.set_faults(1.0, kinds=["ratelimited"], methods=["pins.add"], times=1)
    assert isinstance(await scene.platform.pin(at), Retry)
    assert await scene.platform.pin(at) is None
