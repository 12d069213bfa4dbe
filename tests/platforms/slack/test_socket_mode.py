"""Socket Mode: a wrong token is said, what is in hand is finished, a lost way is found again."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from platforms.slack import SocketMode, SocketRefused
from tests.platforms.slack.stage import Stage, stage


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage("socket") as scene:
        yield scene


async def answered(scene: Stage) -> None:
    """Returns once a command is answered again."""
    async with asyncio.timeout(5):
        while not (await scene.amara.command("/widelens", channel=scene.channel)).ok:
            await scene.control.connected()


async def test_a_wrong_app_token_is_said(scene: Stage) -> None:
    mode = SocketMode(scene.app, "xapp-wrong")
    with pytest.raises(SocketRefused, match="invalid_auth"):
        await mode.connect()
    await mode.close()


async def test_it_connects_again_where_slack_asks_for_it(scene: Stage) -> None:
    await scene.control.disconnect()
    await answered(scene)


async def test_an_address_that_was_used_up_is_given_up_for_a_new_one(scene: Stage) -> None:
    assert scene.mode is not None
    await scene.mode.close()
    mode = SocketMode(scene.app, scene.installed.app_token, ping_seconds=0.05)
    await mode.connect()
    # As the SDK does where a connection is lost just as it renews it: with the address it has.
    again = asyncio.create_task(mode._client.connect())  # type: ignore[no-untyped-call]
    await answered(scene)
    await again
    await mode.close()


async def test_what_is_in_hand_is_acknowledged_before_it_closes(scene: Stage) -> None:
    assert scene.mode is not None
    scene.responder.may_end.clear()
    command = asyncio.create_task(scene.amara.command("/widelens", channel=scene.channel))
    await scene.responder.begun.wait()
    closing = asyncio.create_task(scene.mode.close())
    scene.responder.may_end.set()
    await closing
    assert (await command).ok


async def test_it_does_not_wait_for_ever(scene: Stage, caplog: pytest.LogCaptureFixture) -> None:
    assert scene.mode is not None
    scene.responder.may_end.clear()
    command = asyncio.create_task(scene.amara.command("/widelens", channel=scene.channel))
    await scene.responder.begun.wait()
    await scene.mode.close(seconds=0.01)
    assert "1 payloads in hand" in caplog.text
    scene.responder.may_end.set()
    assert not (await command).ok
