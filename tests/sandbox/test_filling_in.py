"""What a person does in a form before it is sent, what Slack refuses on request, and mistakes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from tests.sandbox.scene import (
    ANSWER,
    Scene,
    connected,
    http_scene,
    manifest,
    modal,
    plain,
    scene,
    text_input,
)

Json = dict[str, Any]


def menu(**more: Any) -> Json:
    element = {"type": "external_select", "action_id": "pick", "min_query_length": 1} | more
    return {"type": "input", "block_id": "zone", "label": plain("Zone"), "element": element}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


class Stage:
    """An app that offers what it is told to, and remembers what it was asked."""

    def __init__(self, scene: Scene, bolt: AsyncApp) -> None:
        self.scene = scene
        self.options: list[Json] = []
        self.bodies: list[Json] = []

        @bolt.options("pick")
        async def pick(ack: Any, body: Json) -> None:
            self.bodies.append(body)
            await ack(options=self.options)

        @bolt.action("text")
        async def typed(ack: Any, body: Json) -> None:
            self.bodies.append(body)
            await ack()

        @bolt.view("form")
        async def sent(ack: Any, body: Json) -> None:
            self.bodies.append(body)
            await ack()

    async def form(self, *blocks: Json, **state: Any) -> Json:
        return await self.scene.control.leave_form(self.scene.amara, modal(*blocks), state)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with scene(manifest(socket_mode=True)) as the_scene:
        bolt = the_scene.bolt()
        async with connected(the_scene, bolt):
            await the_scene.control.connected()
            yield Stage(the_scene, bolt)


async def test_options_are_asked_for_as_one_types(stage: Stage) -> None:
    view = await stage.form(menu())
    stage.options = [option("Oslo"), option("Osaka")]
    amara = stage.scene.amara
    assert await amara.seeks(view, "Zone", "") == []
    assert stage.bodies == []
    assert await amara.seeks(view, "Zone", "os") == ["Oslo", "Osaka"]
    (body,) = stage.bodies
    asked = (body["type"], body["action_id"], body["block_id"], body["value"])
    assert asked == ("block_suggestion", "pick", "zone", "os")
    assert body["view"]["id"] == view["id"]
    assert "trigger_id" not in body

    assert (await amara.submit(view, {"Zone": "Oslo"})).ok
    held = stage.bodies[-1]["view"]["state"]["values"]["zone"]["pick"]
    assert held == {"type": "external_select", "selected_option": option("Oslo")}


async def test_what_is_not_offered_can_not_be_chosen(stage: Stage) -> None:
    view = await stage.form(menu())
    stage.options = [option("Oslo")]
    with pytest.raises(ValueError, match="typing 'Bergen' offers 'Oslo'"):
        await stage.scene.amara.submit(view, {"Zone": "Bergen"})
    assert (await stage.scene.amara.submit(view, {"Zone": None})).refused


async def test_several_are_chosen_one_after_the_other_and_what_is_held_stays(stage: Stage) -> None:
    several = menu(type="multi_external_select", initial_options=[option("Rome")])
    view = await stage.form(several)
    stage.options = [option("Oslo")]
    assert (await stage.scene.amara.submit(view, {"Zone": ["Rome", "Oslo"]})).ok
    held = stage.bodies[-1]["view"]["state"]["values"]["zone"]["pick"]["selected_options"]
    assert held == [option("Rome"), option("Oslo")]


async def test_options_that_slack_would_refuse_are_none_and_a_mistake(stage: Stage) -> None:
    view = await stage.form(menu())
    assert await stage.scene.amara.seeks(view, "Zone", "x") == []
    await stage.scene.control.mistakes()  # Bolt's own, as it finds out whom it works for
    stage.options = [option("x" * 76)]
    assert await stage.scene.amara.seeks(view, "Zone", "x") == []
    (mistake,) = await stage.scene.control.mistakes()
    assert "/options/0/text/text" in mistake
    assert await stage.scene.control.mistakes() == []


async def test_over_http_options_have_an_address_of_their_own() -> None:
    made = manifest()
    async with http_scene(made) as (the_scene, bolt, _):
        stage = Stage(the_scene, bolt)
        stage.options = [option("Oslo")]
        assert await the_scene.amara.seeks(await stage.form(menu()), "Zone", "o") == []
    made["settings"]["interactivity"]["message_menu_options_url"] = "https://app.example/options"
    async with http_scene(made) as (the_scene, bolt, _):
        stage = Stage(the_scene, bolt)
        stage.options = [option("Oslo")]
        assert await the_scene.amara.seeks(await stage.form(menu()), "Zone", "o") == ["Oslo"]


async def test_the_app_hears_of_a_change_where_the_input_says_so(stage: Stage) -> None:
    watched = text_input("Aloud", "aloud") | {"dispatch_action": True}
    view = await stage.form(watched, text_input("Quietly", "quietly"))
    amara = stage.scene.amara
    assert (await amara.changes(view, "Quietly", "one")).ok
    assert stage.bodies == []
    assert (await amara.changes(view, "Aloud", "two")).ok
    (body,) = stage.bodies
    assert body["type"] == "block_actions"
    assert (body["actions"][0]["block_id"], body["actions"][0]["value"]) == ("aloud", "two")
    values = body["view"]["state"]["values"]
    assert (values["quietly"]["text"]["value"], values["aloud"]["text"]["value"]) == ("one", "two")


async def test_slack_refuses_what_it_is_asked_to(stage: Stage) -> None:
    the_scene = stage.scene
    await the_scene.control.refuse("chat.postMessage", "cannot_dm_bot", about=the_scene.amara)
    await the_scene.control.refuse("users.info", "missing_scope", needed="users:read")
    refused = await the_scene.error("chat.postMessage", channel=the_scene.amara.id, text="Hello")
    assert refused == "cannot_dm_bot"
    await the_scene.client.chat_postMessage(channel=the_scene.bela.id, text="Hello")
    answer = await the_scene.refused("users.info", user=the_scene.amara.id)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")


async def test_mistakes_are_remembered_and_what_was_asked_for_is_none(stage: Stage) -> None:
    the_scene, to = stage.scene, {"channel": stage.scene.channel}
    await the_scene.control.refuse("views.open", "view_too_large")
    await the_scene.refused("views.open", trigger_id="1", view=modal())
    assert await the_scene.control.mistakes() == []
    await the_scene.refused("chat.postMessage", **to, blocks=[{"type": "nothing"}])
    await the_scene.client.api_call("chat.postMessage", json={**to, "blocks": ANSWER})
    await the_scene.client.api_call("chat.postMessage", json={**to, "text": "x", "colour": "red"})
    wrong = await the_scene.control.mistakes()
    for words in ("unsupported type: nothing", "no text beside blocks", "arguments colour"):
        assert any(words in one for one in wrong), words
    assert len(wrong) == 3


async def test_what_an_older_version_left_can_be_pressed(stage: Stage) -> None:
    control, amara = stage.scene.control, stage.scene.amara
    message = await control.leave_message(amara, ANSWER)
    assert (message.buttons, message.text) == (["Answer"], "Of old.")
    home = await control.leave_home(amara, ANSWER)
    assert home["type"] == "home"
    filled_in = {"aloud": {"text": {"type": "plain_text_input", "value": "one"}}}
    view = await stage.form(text_input("Aloud", "aloud"), **filled_in)
    assert (await amara.submit(view)).ok
    assert stage.bodies[-1]["view"]["state"]["values"] == filled_in
