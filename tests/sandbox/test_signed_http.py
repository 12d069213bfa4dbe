"""The HTTP door: signatures, the challenge, redelivery, with Bolt behind it."""

import asyncio
from typing import Any

from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tests.sandbox.scene import Hands, http_scene, manifest, scene, serving

Json = dict[str, Any]


class Unreliable:
    """An endpoint that answers as told, request by request."""

    def __init__(self, *answers: Response) -> None:
        self.answers = list(answers)
        self.headers: list[dict[str, str]] = []

    def behind(self) -> Any:
        async def endpoint(request: Request) -> Response:
            self.headers.append(dict(request.headers))
            await request.body()
            return self.answers.pop(0) if self.answers else Response()

        return endpoint


async def test_requests_are_signed_with_wall_time() -> None:
    hands = Hands()
    async with http_scene(wall=lambda: hands.wall) as (the_scene, _, behind):
        await the_scene.amara.say(the_scene.channel, "Hello")
        await the_scene.control.settled()
        headers, body = behind.requests[-1]

        class At(Clock):
            def now(self) -> float:  # type: ignore[explicit-override]
                return hands.wall

        assert SignatureVerifier(the_scene.app.signing_secret, At()).is_valid_request(body, headers)
        assert not SignatureVerifier("another", At()).is_valid_request(body, headers)
        hands.wall += 301
        assert not SignatureVerifier(the_scene.app.signing_secret, At()).is_valid_request(
            body, headers
        )


async def test_bolt_answers_the_challenge() -> None:
    async with http_scene() as (the_scene, _, _behind):
        assert await the_scene.control.verify_url()


async def test_events_commands_and_interactions_come_in_by_it() -> None:
    async with http_scene() as (the_scene, bolt, behind):
        heard: list[str] = []

        @bolt.event("app_mention")
        async def mentioned(event: Json) -> None:
            heard.append(event["text"])

        @bolt.event("message")
        async def message() -> None: ...

        @bolt.command("/coach")
        async def command(ack: Any, command: Json) -> None:
            await ack(f"You asked for {command['text']}")

        @bolt.shortcut("begin")
        async def begin(ack: Any) -> None:
            await ack()

        await the_scene.amara.say(the_scene.channel, f"<@{the_scene.app.bot_user_id}> hi")
        await the_scene.control.settled()
        assert heard == [f"<@{the_scene.app.bot_user_id}> hi"]
        asked = await the_scene.amara.command("/coach", "help & <more>")
        assert [m.text for m in asked.said] == ["You asked for help & <more>"]
        assert (await the_scene.amara.shortcut("Begin")).ok
        kinds = {headers["content-type"] for headers, _ in behind.requests}
        assert kinds == {"application/json", "application/x-www-form-urlencoded"}


async def test_a_failing_app_is_told_again_three_times() -> None:
    failing = Unreliable(*[PlainTextResponse("no", 500) for _ in range(9)])
    async with (
        serving(failing.behind()) as url,
        scene(manifest(events=["message.im"]), url) as the_scene,
    ):
        await the_scene.amara.say(None, "Hello")
        await the_scene.control.settled()
        numbers = [headers.get("x-slack-retry-num") for headers in failing.headers]
        reasons = [headers.get("x-slack-retry-reason") for headers in failing.headers]
        assert numbers == [None, "1", "2", "3"]
        assert reasons == [None, "http_error", "http_error", "http_error"]
        (sent,) = await the_scene.control.events()
        assert [a["status"] for a in sent["attempts"]] == [500] * 4
        assert sent["acked"] is False


async def test_an_app_that_recovers_is_told_once_more_only() -> None:
    once = Unreliable(PlainTextResponse("no", 503))
    async with (
        serving(once.behind()) as url,
        scene(manifest(events=["message.im"]), url) as the_scene,
    ):
        await the_scene.amara.say(None, "Hello")
        await the_scene.control.settled()
        (sent,) = await the_scene.control.events()
        assert [a["status"] for a in sent["attempts"]] == [503, 200]
        assert sent["acked"] is True


async def test_an_app_may_decline_to_be_told_again() -> None:
    declines = Unreliable(PlainTextResponse("no", 500, {"X-Slack-No-Retry": "1"}))
    async with (
        serving(declines.behind()) as url,
        scene(manifest(events=["message.im"]), url) as the_scene,
    ):
        await the_scene.amara.say(None, "Hello")
        await the_scene.control.settled()
        assert len(declines.headers) == 1


async def test_an_event_may_come_many_times_over() -> None:
    good = Unreliable()
    async with (
        serving(good.behind()) as url,
        scene(manifest(events=["message.im"]), url) as the_scene,
    ):
        await the_scene.amara.say(None, "Hello")
        await the_scene.control.settled()
        (sent,) = await the_scene.control.events()
        again = await the_scene.control.redeliver(sent["id"], times=11)
        assert len(again) == 11
        assert all(entry["acked"] for entry in again)
        assert len(good.headers) == 12
        assert all("x-slack-retry-num" not in headers for headers in good.headers)
        assert {e["id"] for e in await the_scene.control.events()} == {sent["id"]}


async def test_nobody_listens() -> None:
    async with scene(manifest(events=["message.im"]), "http://127.0.0.1:9/") as the_scene:
        await the_scene.amara.say(None, "Hello")
        await the_scene.control.settled()
        (sent,) = await the_scene.control.events()
        assert {a["problem"] for a in sent["attempts"]} == {"connection_failed"}
        asked = await the_scene.amara.command("/coach")
        assert asked.problem == '/coach failed with the error "dispatch_failed"'
        assert not (await the_scene.amara.shortcut("begin")).accepted
        assert not await the_scene.control.verify_url()


async def test_too_slow_is_too_late() -> None:
    async with http_scene(ack_seconds=0.05) as (the_scene, bolt, _behind):
        never = asyncio.Event()

        @bolt.command("/coach")
        async def command(ack: Any) -> None:
            await never.wait()
            await ack()

        asked = await the_scene.amara.command("/coach")
        assert asked.accepted is False
        assert asked.problem == '/coach failed with the error "operation_timeout"'
        never.set()
