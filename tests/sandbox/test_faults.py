"""Faults on request: what the caller meets, and what was written all the same."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.faults import KINDS, FaultKind, FaultPlan
from tests.sandbox.scene import Scene


async def post(quiet: Scene) -> Any:
    return await quiet.client.chat_postMessage(channel=quiet.channel, text="x")


async def stored(quiet: Scene) -> int:
    return len(await quiet.control.messages())


@pytest.mark.parametrize(("kind", "written"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection(quiet: Scene, kind: FaultKind, written: int) -> None:
    await quiet.control.set_faults(1.0, kinds=[kind], times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(quiet)
    assert await stored(quiet) == written
    assert (await post(quiet))["ok"], "the plan was for one fault"


@pytest.mark.parametrize(("kind", "written"), [("error_500_before", 0), ("error_500_after", 1)])
async def test_a_server_error(quiet: Scene, kind: FaultKind, written: int) -> None:
    await quiet.control.set_faults(1.0, kinds=[kind])
    with pytest.raises(SlackApiError) as error:
        await post(quiet)
    assert error.value.response.status_code == 500
    assert await stored(quiet) == written


async def test_a_late_answer_to_what_was_written(quiet: Scene) -> None:
    await quiet.control.set_faults(1.0, kinds=["delay"], delay_seconds=30.0)
    calling = asyncio.create_task(post(quiet))
    async for entry in quiet.control.watch(after=0):
        if entry["kind"] == "message_posted":
            break
    assert not calling.done()
    calling.cancel()
    await asyncio.gather(calling, return_exceptions=True)
    assert await stored(quiet) == 1


async def test_a_rate_limit_out_of_the_blue(quiet: Scene) -> None:
    await quiet.control.set_faults(1.0, kinds=["ratelimited"], retry_after=7)
    with pytest.raises(SlackApiError) as error:
        await post(quiet)
    assert error.value.response.status_code == 429
    assert error.value.response.headers["Retry-After"] == "7"
    assert await stored(quiet) == 0


async def test_only_named_methods_are_hit(quiet: Scene) -> None:
    await quiet.control.set_faults(1.0, kinds=["error_500_before"], methods=["chat.update"])
    assert (await post(quiet))["ok"]
    assert await quiet.error("chat.update", channel=quiet.channel, ts="1", text="x")
    (call,) = await quiet.control.calls("chat.update")
    assert call["fault"] == "error_500_before"
    await quiet.control.clear_faults()
    assert await quiet.error("chat.update", channel=quiet.channel, ts="1", text="x") == (
        "message_not_found"
    )


def test_a_seed_repeats_a_run() -> None:
    def run(seed: int) -> list[FaultKind | None]:
        plan = FaultPlan(rate=0.3, seed=seed)
        return [plan.draw("chat.postMessage") for _ in range(200)]

    assert run(1) == run(1)
    assert run(1) != run(2)
    assert 30 < sum(fault is not None for fault in run(1)) < 90
    assert set(run(1)) == {None, *KINDS}


def test_connecting_is_hit_only_when_named() -> None:
    everything = FaultPlan(rate=1.0)
    assert everything.draw("apps.connections.open") is None
    assert everything.draw("socket_mode") is None
    assert FaultPlan(rate=1.0, methods=["socket_mode"]).draw("socket_mode") is not None


@pytest.mark.parametrize("plan", [{"kinds": ["earthquake"]}, {"rate": 2.0}])
async def test_a_plan_that_makes_no_sense(quiet: Scene, plan: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unknown fault kinds|between 0 and 1"):
        await quiet.control.set_faults(**{"rate": 0.5, **plan})
