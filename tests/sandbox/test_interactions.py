"""Buttons, menus, shortcuts, commands and response URLs."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox import NotPossible, SeenMessage
from sandbox.clock import wall_time
from tests.sandbox.scene import (
    ANSWER,
    Hands,
    Scene,
    button,
    http_scene,
    manifest,
    modal,
    plain,
    scene,
)

Json = dict[str, Any]

MENU: list[Json] = [
    {
        "type": "section",
        "block_id": "snooze",
        "text": plain("Later?"),
        "accessory": {
            "type": "overflow",
            "action_id": "later",
            "options": [
                {"text": plain("In an hour"), "value": "1h"},
                {"text": plain("Tomorrow"), "value": "1d"},
            ],
        },
    },
    {
        "type": "actions",
        "block_id": "set",
        "elements": [
            {
                "type": "static_select",
                "action_id": "mood",
                "initial_option": {"text": plain("Calm"), "value": "calm"},
                "options": [
                    {"text": plain("Calm"), "value": "calm"},
                    {"text": plain("Tense"), "value": "tense"},
                ],
            },
            {
                "type": "checkboxes",
                "action_id": "ticks",
                "options": [
                    {"text": plain("Rested"), "value": "r"},
                    {"text": plain("Fed"), "value": "f"},
                ],
            },
            {"type": "users_select", "action_id": "who"},
            button("Done", "done"),
        ],
    },
]


class Stage:
    """A Bolt app that keeps what reaches it, and acknowledges as told."""

    def __init__(self, scene: Scene, bolt: Any, hands: Hands) -> None:
        self.scene, self.hands = scene, hands
        self.bodies: list[Json] = []
        self.ack: Any = ""

        async def take(ack: Any, body: Json) -> None:
            self.bodies.append(body)
            await (ack(**self.ack) if isinstance(self.ack, dict) else ack(self.ack))

        for action in ("answer", "later", "mood", "ticks", "who", "done"):
            bolt.action(action)(take)
        for shortcut in ("capture", "begin"):
            bolt.shortcut(shortcut)(take)
        bolt.command("/coach")(take)

    @property
    def body(self) -> Json:
        return self.bodies[-1]

    async def posted(self, blocks: list[Json], channel: str | None = None) -> SeenMessage:
        where = channel or self.scene.amara.id
        await self.scene.client.chat_postMessage(channel=where, text="Hello", blocks=blocks)
        return (await self.scene.control.sees(self.scene.amara, channel))[-1]

    async def responds(self, **body: Any) -> tuple[int, str]:
        """POST to the last response URL; status and text."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.body["response_url"], json=body) as answer,
        ):
            return answer.status, await answer.text()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    hands = Hands()
    hands.wall = wall_time()
    async with http_scene(manifest(events=()), wall=lambda: hands.wall) as (the_scene, bolt, _):
        yield Stage(the_scene, bolt, hands)


async def test_a_press_brings_everything(stage: Stage) -> None:
    message = await stage.posted(ANSWER)
    outcome = await stage.scene.amara.press(message, "Answer")
    assert outcome.ok
    assert outcome.view is None
    body = stage.body
    assert body["type"] == "block_actions"
    assert body["user"]["id"] == stage.scene.amara.id
    assert body["api_app_id"] == stage.scene.app.app_id
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": message.channel, "name": "directmessage"}
    assert body["message"]["text"] == "Hello"
    assert body["state"] == {"values": {}}
    (action,) = body["actions"]
    assert (action["action_id"], action["value"]) == ("answer", "round-1")
    assert action["block_id"] == message.blocks[0]["block_id"]
    assert body["trigger_id"]
    assert body["response_url"].startswith(stage.scene.sandbox.url)


async def test_menus_are_chosen_from_and_the_state_is_full(stage: Stage) -> None:
    message = await stage.posted(MENU)
    amara = stage.scene.amara
    await amara.press(message, "Tomorrow")
    assert stage.body["actions"][0]["selected_option"]["value"] == "1d"
    values = stage.body["state"]["values"]["set"]
    assert values["mood"]["selected_option"]["value"] == "calm", "initial values are in the state"
    await amara.press(message, "Tense")
    await amara.press(message, "Rested")
    await amara.press(message, "Fed")
    await amara.press(message, "Rested")
    await amara.press(message, action_id="who", value=stage.scene.bela)
    assert stage.body["actions"][0]["selected_user"] == stage.scene.bela.id
    await amara.press(message, "Done")
    values = stage.body["state"]["values"]["set"]
    assert values["mood"]["selected_option"]["value"] == "tense"
    assert [option["value"] for option in values["ticks"]["selected_options"]] == ["f"]
    assert values["who"]["selected_user"] == stage.scene.bela.id


async def test_what_cannot_be_pressed(stage: Stage) -> None:
    message = await stage.posted(ANSWER, stage.scene.channel)
    with pytest.raises(LookupError, match="Answer"):
        await stage.scene.amara.press(message, "Cancel")
    twice: list[Json] = [{"type": "actions", "elements": [button("A", "a1"), button("A", "a2")]}]
    with pytest.raises(LookupError, match="2 times"):
        await stage.scene.amara.press(await stage.posted(twice), "A")
    outsider = await stage.scene.control.add_person("Cy")
    with pytest.raises(LookupError, match="sees no message"):
        await outsider.press(message, "Answer")
    said = await stage.scene.amara.say(stage.scene.channel, "x")
    with pytest.raises(NotPossible):
        await stage.scene.amara.press(said, "Answer")
    await stage.scene.amara.deactivated()
    with pytest.raises(NotPossible, match="deactivated"):
        await stage.scene.amara.press(message, "Answer")


async def test_a_view_may_come_after_the_acknowledgement() -> None:
    async with http_scene(manifest(events=()), bolt={"process_before_response": False}) as (
        the_scene,
        bolt,
        _,
    ):

        @bolt.action("answer")
        async def answer(ack: Any, body: Json, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal())

        await the_scene.client.chat_postMessage(channel=the_scene.amara.id, text="x", blocks=ANSWER)
        (message,) = await the_scene.amara.dms()
        outcome = await the_scene.amara.press(message, "Answer", wait=5)
        assert outcome.view is not None


async def test_shortcuts(stage: Stage) -> None:
    assert (await stage.scene.amara.shortcut("Begin")).ok
    assert (stage.body["type"], stage.body["callback_id"]) == ("shortcut", "begin")
    assert "channel" not in stage.body
    said = await stage.scene.bela.say(stage.scene.channel, "We lost the order")
    assert (await stage.scene.amara.shortcut("capture", said)).ok
    body = stage.body
    assert (body["type"], body["message_ts"]) == ("message_action", said.ts)
    assert body["message"]["text"] == "We lost the order"
    assert body["channel"]["name"] == "leadership"
    with pytest.raises(LookupError, match="capture"):
        await stage.scene.amara.shortcut("capture")


async def test_a_command_is_answered_to_one_person(stage: Stage) -> None:
    stage.ack = "Only for you"
    outcome = await stage.scene.amara.command("/coach", "help", channel=stage.scene.channel)
    (answer,) = outcome.said
    assert (answer.text, answer.ephemeral) == ("Only for you", True)
    assert stage.body["command"] == "/coach"
    assert stage.body["text"] == "help"
    assert stage.body["channel_id"] == stage.scene.channel
    assert [m.text for m in await stage.scene.amara.sees(stage.scene.channel)] == ["Only for you"]
    assert await stage.scene.bela.sees(stage.scene.channel) == []


async def test_a_command_may_be_answered_to_all(stage: Stage) -> None:
    stage.ack = {"text": "For all", "response_type": "in_channel"}
    outcome = await stage.scene.amara.command("/coach", channel=stage.scene.channel)
    assert outcome.said == []
    assert [m.text for m in await stage.scene.bela.sees(stage.scene.channel)] == ["For all"]


async def test_commands_that_are_none(stage: Stage) -> None:
    outcome = await stage.scene.amara.command("/weather")
    assert outcome.problem == "/weather is not a valid command."
    town = await stage.scene.control.add_channel("town", [stage.scene.bela])
    with pytest.raises(NotPossible):
        await stage.scene.amara.command("/coach", channel=town)
    stage.ack = {"text": "x", "blocks": [{"type": "applause"}]}
    outcome = await stage.scene.amara.command("/coach")
    assert outcome.problem == '/coach failed with the error "invalid_blocks"'


async def test_a_response_url_answers_five_times(stage: Stage) -> None:
    await stage.scene.amara.press(await stage.posted(ANSWER, stage.scene.channel), "Answer")
    for n in range(5):
        assert await stage.responds(text=str(n)) == (200, "ok")
    status, text = await stage.responds(text="5")
    assert (status, "used_url" in text) == (404, True)
    seen = await stage.scene.amara.sees(stage.scene.channel)
    assert [m.text for m in seen if m.ephemeral] == ["0", "1", "2", "3", "4"]
    assert [m.text for m in await stage.scene.bela.sees(stage.scene.channel)] == ["Hello"]


async def test_a_response_url_lives_half_an_hour(stage: Stage) -> None:
    await stage.scene.amara.press(await stage.posted(ANSWER), "Answer")
    stage.hands.wall += 1_801
    status, text = await stage.responds(text="x")
    assert (status, "expired_url" in text) == (404, True)


async def test_a_response_url_replaces_and_deletes(stage: Stage) -> None:
    await stage.scene.amara.press(await stage.posted(ANSWER), "Answer")
    assert (await stage.responds(text="Thanks", replace_original=True))[0] == 200
    (message,) = await stage.scene.amara.dms()
    assert (message.text, message.buttons, message.edited) == ("Thanks", [], True)
    assert (await stage.responds(text="To all", response_type="in_channel"))[0] == 200
    assert (await stage.responds(delete_original=True))[0] == 200
    (message,) = await stage.scene.amara.dms()
    assert message.text == "To all"


async def test_a_response_url_checks_what_it_gets(stage: Stage) -> None:
    await stage.scene.amara.press(await stage.posted(ANSWER), "Answer")
    assert await stage.responds() == (400, "no_text")
    assert await stage.responds(blocks=[{"type": "applause"}]) == (400, "invalid_blocks")
    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.body["response_url"], data="{") as answer,
    ):
        assert (answer.status, await answer.text()) == (400, "invalid_payload")


async def test_an_ephemeral_message_is_pressed_and_replaced(stage: Stage) -> None:
    await stage.scene.client.chat_postEphemeral(
        channel=stage.scene.channel, user=stage.scene.amara.id, text="You", blocks=ANSWER
    )
    (message,) = await stage.scene.amara.sees(stage.scene.channel)
    await stage.scene.amara.press(message, "Answer")
    assert stage.body["container"]["is_ephemeral"] is True
    assert "message" not in stage.body
    await stage.responds(text="Done", replace_original=True)
    (message,) = await stage.scene.amara.sees(stage.scene.channel)
    assert (message.text, message.ephemeral) == ("Done", True)


async def test_an_app_without_interactivity() -> None:
    deaf = manifest(events=())
    deaf["settings"]["interactivity"]["is_enabled"] = False
    async with scene(deaf) as the_scene:
        outcome = await the_scene.amara.shortcut("begin")
        assert outcome.problem == ("This app is not configured to handle interactive responses.")
