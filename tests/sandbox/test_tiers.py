"""Slack's rate limits, with a clock moved by hand."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.tiers import Tiers
from tests.sandbox.scene import Hands, Scene, manifest, scene


async def take(the_scene: Scene, method: str, **arguments: str) -> int:
    """Zero for a call that went through, else its Retry-After."""
    try:
        await the_scene.client.api_call(method, json=arguments)
    except SlackApiError as refusal:
        assert refusal.response.status_code == 429  # noqa: PT017 - both ways are looked at
        assert refusal.response["error"] == "ratelimited"  # noqa: PT017
        return int(refusal.response.headers["Retry-After"])
    return 0


@pytest.mark.parametrize(
    ("method", "a_minute"),
    [("conversations.list", 20), ("dnd.info", 50), ("users.info", 100)],
)
async def test_each_tier_has_its_calls_a_minute(method: str, a_minute: int) -> None:
    hands = Hands()
    async with scene(manifest(events=()), tiers=True, monotonic=lambda: hands.steady) as limited:
        arguments = {"user": limited.amara.id} if method == "users.info" else {}
        for _ in range(a_minute):
            assert await take(limited, method, **arguments) == 0
        wait = await take(limited, method, **arguments)
        assert wait == -(-60 // a_minute)
        hands.steady += wait
        assert await take(limited, method, **arguments) == 0


async def test_posts_are_limited_by_channel() -> None:
    hands = Hands()
    async with scene(manifest(events=()), tiers=True, monotonic=lambda: hands.steady) as limited:
        for _ in range(5):
            assert await take(limited, "chat.postMessage", channel=limited.channel, text="x") == 0
        assert await take(limited, "chat.postMessage", channel=limited.channel, text="x") == 1
        assert await take(limited, "chat.postMessage", channel=limited.amara.id, text="x") == 0
        hands.steady += 1
        assert await take(limited, "chat.postMessage", channel=limited.channel, text="x") == 0
        assert await take(limited, "chat.postMessage", channel=limited.channel, text="x") == 1
        assert len(await limited.control.messages(limited.channel)) == 6


async def test_limits_are_off_until_switched_on(quiet: Scene) -> None:
    for _ in range(25):
        assert await take(quiet, "conversations.list") == 0
    await quiet.control.set_tiers(True)
    assert [await take(quiet, "conversations.list") for _ in range(21)][-1] > 0
    (*_, last) = await quiet.control.calls("conversations.list")
    assert last["outcome"] == "ratelimited"
    await quiet.control.set_tiers(False)
    assert await take(quiet, "conversations.list") == 0


def test_apps_do_not_share_a_bucket() -> None:
    tiers = Tiers(enabled=True, monotonic=lambda: 0.0)
    assert tiers.retry_after("A1", "m", "t1") == 0
    assert tiers.retry_after("A1", "m", "t1") == 60
    assert tiers.retry_after("A2", "m", "t1") == 0
    assert tiers.retry_after("A1", "n", "t1") == 0
