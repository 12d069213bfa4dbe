"""Modals and the App Home: opening, stacking, submitting, closing."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from sandbox import NotPossible
from sandbox.clock import wall_time
from tests.sandbox.scene import (
    Hands,
    Scene,
    button,
    http_scene,
    manifest,
    modal,
    plain,
    scene,
    text_input,
)

Json = dict[str, Any]


class Stage:
    """A Bolt app whose answers a test chooses."""

    def __init__(self, scene: Scene, bolt: AsyncApp, hands: Hands) -> None:
        self.scene, self.hands = scene, hands
        self.answer: Json = {}
        self.bodies: list[Json] = []

        @bolt.shortcut("begin")
        async def begin(ack: Any, body: Json) -> None:
            self.bodies.append(body)
            await ack()

        @bolt.view("form")
        async def submitted(ack: Any, body: Json) -> None:
            self.bodies.append(body)
            await ack(**self.answer)

        @bolt.view_closed("form")
        async def closed(ack: Any, body: Json) -> None:
            self.bodies.append(body)
            await ack()

        @bolt.action("more")
        async def more(ack: Any, body: Json) -> None:
            self.bodies.append(body)
            await ack()

        @bolt.event("app_home_opened")
        async def home(event: Json, client: Any) -> None:
            self.bodies.append(event)
            if event["tab"] == "home":
                view = {"type": "home", "blocks": [{"type": "actions", "elements": [
                    button("More", "more")]}]}  # fmt: skip
                await client.views_publish(user_id=event["user"], view=view)

    async def trigger(self) -> str:
        """A fresh trigger, from a shortcut."""
        assert (await self.scene.amara.shortcut("begin")).ok
        return str(self.bodies[-1]["trigger_id"])

    async def opened(self, view: Json | None = None) -> Json:
        answer = await self.scene.client.views_open(
            trigger_id=await self.trigger(), view=view or modal()
        )
        shown: Json = answer["view"]
        return shown

    async def titles(self) -> list[str]:
        return [v["title"]["text"] for v in await self.scene.control.views(self.scene.amara)]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    hands = Hands()
    # Bolt checks signatures against the machine's clock, so the hand-moved one starts at it.
    hands.wall = wall_time()
    async with http_scene(manifest(events=["app_home_opened"]), wall=lambda: hands.wall) as (
        the_scene,
        bolt,
        _,
    ):
        yield Stage(the_scene, bolt, hands)


async def test_a_trigger_opens_one_view(stage: Stage) -> None:
    trigger = await stage.trigger()
    view = (await stage.scene.client.views_open(trigger_id=trigger, view=modal()))["view"]
    assert view["root_view_id"] == view["id"]
    assert view["state"]["values"]["learned"]["text"]["value"] is None
    error = await stage.scene.error("views.open", trigger_id=trigger, view=modal())
    assert error == "exchanged_trigger_id"


async def test_a_trigger_lives_three_seconds(stage: Stage) -> None:
    trigger = await stage.trigger()
    stage.hands.wall += 3.1
    error = await stage.scene.error("views.open", trigger_id=trigger, view=modal())
    assert error == "expired_trigger_id"
    made_up = await stage.scene.error("views.open", trigger_id="1.2.abc", view=modal())
    assert made_up == "invalid_trigger_id"
    assert await stage.scene.error("views.open", view=modal()) == "invalid_arguments"


async def test_a_bad_view_is_refused_with_the_path(stage: Stage) -> None:
    trigger = await stage.trigger()
    bad = modal({"type": "applause"})
    answer = await stage.scene.refused("views.open", trigger_id=trigger, view=bad)
    assert answer["error"] == "invalid_arguments"
    assert any("/view/blocks/0" in m for m in answer["response_metadata"]["messages"])
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    assert await stage.scene.error("views.open", trigger_id=trigger, view=home) == (
        "invalid_arguments"
    )
    assert (await stage.scene.client.views_open(trigger_id=trigger, view=modal()))["ok"], (
        "what was refused did not spend the trigger"
    )


async def test_a_view_may_be_too_large(stage: Stage) -> None:
    words = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_990}}
    answer = await stage.scene.error(
        "views.open", trigger_id=await stage.trigger(), view=modal(*[words] * 90)
    )
    assert answer == "view_too_large"


async def test_three_views_make_a_stack(stage: Stage) -> None:
    first = await stage.opened(modal(title=plain("One")))
    push = stage.scene.client.views_push
    second = (await push(trigger_id=await stage.trigger(), view=modal(title=plain("Two"))))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    await push(trigger_id=await stage.trigger(), view=modal(title=plain("Three")))
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await push(trigger_id=await stage.trigger(), view=modal(title=plain("Four")))
    assert await stage.titles() == ["One", "Two", "Three"]


async def test_nothing_to_push_on(stage: Stage) -> None:
    error = await stage.scene.error("views.push", trigger_id=await stage.trigger(), view=modal())
    assert error == "not_found"


async def test_an_update_needs_the_view_as_it_was(stage: Stage) -> None:
    view = await stage.opened(modal(external_id="round-1"))
    update = stage.scene.client.views_update
    newer = (await update(view_id=view["id"], hash=view["hash"], view=modal(title=plain("New"))))[
        "view"
    ]
    assert newer["hash"] != view["hash"]
    stale = {"view_id": view["id"], "hash": view["hash"], "view": modal()}
    assert await stage.scene.error("views.update", **stale) == "hash_conflict"
    assert await stage.scene.error("views.update", view_id="V404", view=modal()) == "not_found"
    await update(view_id=view["id"], view=modal(external_id="round-1"))
    assert (await update(external_id="round-1", view=modal(title=plain("By its name"))))["ok"]
    assert await stage.titles() == ["By its name"]


async def test_an_external_id_is_used_once(stage: Stage) -> None:
    await stage.opened(modal(external_id="same"))
    push = {"trigger_id": await stage.trigger(), "view": modal(external_id="same")}
    assert await stage.scene.error("views.push", **push) == "duplicate_external_id"


async def test_initial_values_are_submitted(stage: Stage) -> None:
    view = await stage.opened(
        modal(
            text_input("Learned", "learned", initial_value="As before"),
            text_input("Next", "next"),
            private_metadata="round-1",
        )
    )
    outcome = await stage.scene.amara.submit(view, {"Next": "Ask a customer"})
    assert outcome.ok
    body = stage.bodies[-1]
    assert body["type"] == "view_submission"
    assert body["user"]["id"] == stage.scene.amara.id
    assert body["view"]["private_metadata"] == "round-1"
    values = body["view"]["state"]["values"]
    assert values["learned"]["text"]["value"] == "As before"
    assert values["next"]["text"]["value"] == "Ask a customer"
    assert await stage.titles() == [], "an empty acknowledgement closes the view"


async def test_the_client_refuses_what_is_not_filled_in(stage: Stage) -> None:
    view = await stage.opened()
    before = len(stage.bodies)
    outcome = await stage.scene.amara.submit(view, {})
    assert set(outcome.refused) == {"learned"}
    assert (outcome.accepted, outcome.ok) == (False, False)
    assert len(stage.bodies) == before, "nothing was sent"
    with pytest.raises(LookupError, match="What did you learn"):
        await stage.scene.amara.submit(view, {"What did you lose?": "x"})


async def test_errors_keep_the_view_and_its_text(stage: Stage) -> None:
    view = await stage.opened()
    stage.answer = {"response_action": "errors", "errors": {"learned": "Say more."}}
    outcome = await stage.scene.amara.submit(view, {"learned": "Little"})
    assert outcome.errors == {"learned": "Say more."}
    assert outcome.accepted
    (still,) = await stage.scene.control.views(stage.scene.amara)
    assert still["state"]["values"]["learned"]["text"]["value"] == "Little"
    stage.answer = {}
    assert (await stage.scene.amara.submit(still, {})).ok


async def test_errors_under_no_input_are_trouble(stage: Stage) -> None:
    view = await stage.opened()
    stage.answer = {"response_action": "errors", "errors": {"nowhere": "Say more."}}
    outcome = await stage.scene.amara.submit(view, {"learned": "x"})
    assert (outcome.errors, outcome.problem is None) == ({}, False)


async def test_update_puts_a_new_view_in_place(stage: Stage) -> None:
    view = await stage.opened()
    stage.answer = {
        "response_action": "update",
        "view": modal(text_input("What did you learn?", "learned"), title=plain("Thanks")),
    }
    outcome = await stage.scene.amara.submit(view, {"learned": "Much"})
    assert outcome.view is not None
    assert (outcome.view["id"], outcome.view["title"]["text"]) == (view["id"], "Thanks")
    typed = outcome.view["state"]["values"]["learned"]["text"]["value"]
    assert typed == "Much", "what was typed stays where ids stay the same"


async def test_push_and_going_back(stage: Stage) -> None:
    view = await stage.opened(modal(title=plain("One")))
    stage.answer = {"response_action": "push", "view": modal(title=plain("Two"))}
    pushed = await stage.scene.amara.submit(view, {"learned": "x"})
    assert pushed.view is not None
    assert pushed.view["previous_view_id"] == view["id"]
    with pytest.raises(NotPossible):
        await stage.scene.amara.submit(view, {})
    stage.answer = {}
    back = await stage.scene.amara.submit(pushed.view, {"learned": "y"})
    assert back.view is not None
    assert back.view["id"] == view["id"], "the view beneath is uncovered"


async def test_clear_closes_all(stage: Stage) -> None:
    view = await stage.opened()
    await stage.scene.client.views_push(trigger_id=await stage.trigger(), view=modal())
    stage.answer = {"response_action": "clear"}
    (_, top) = await stage.scene.control.views(stage.scene.amara)
    assert (await stage.scene.amara.submit(top, {"learned": "x"})).ok
    assert await stage.titles() == []
    assert view["id"] != top["id"]


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "push", "view": modal({"type": "applause"})},
    ],
)
async def test_a_bad_view_in_answer_is_trouble(stage: Stage, answer: Json) -> None:
    view = await stage.opened()
    stage.answer = answer
    outcome = await stage.scene.amara.submit(view, {"learned": "x"})
    assert outcome.problem == "We had some trouble connecting. Try again?"
    assert await stage.titles() == ["A form"]


async def test_closing_tells_only_who_asked(stage: Stage) -> None:
    quiet = await stage.opened()
    before = len(stage.bodies)
    await stage.scene.amara.close(quiet)
    assert len(stage.bodies) == before
    asked = await stage.opened(modal(notify_on_close=True))
    outcome = await stage.scene.amara.close(asked)
    assert outcome.ok
    body = stage.bodies[-1]
    assert (body["type"], body["view"]["id"], body["is_cleared"]) == (
        "view_closed", asked["id"], False,
    )  # fmt: skip
    with pytest.raises(LookupError):
        await stage.scene.amara.close(asked)


async def test_clear_on_close_takes_the_stack_along(stage: Stage) -> None:
    await stage.opened(modal(notify_on_close=True))
    await stage.scene.client.views_push(
        trigger_id=await stage.trigger(), view=modal(clear_on_close=True)
    )
    (_, top) = await stage.scene.control.views(stage.scene.amara)
    await stage.scene.amara.close(top)
    assert await stage.titles() == []
    assert (stage.bodies[-1]["type"], stage.bodies[-1]["is_cleared"]) == ("view_closed", True)


async def test_pressing_in_a_view_brings_its_state(stage: Stage) -> None:
    view = await stage.opened(
        modal(
            text_input("What did you learn?", "learned", initial_value="First"),
            {"type": "actions", "elements": [button("More", "more", value="v")]},
        )
    )
    outcome = await stage.scene.amara.press_in_view(view, "More", values={"learned": "Second"})
    assert outcome.ok
    body = stage.bodies[-1]
    assert body["container"] == {"type": "view", "view_id": view["id"]}
    assert body["actions"][0]["value"] == "v"
    assert body["view"]["state"]["values"]["learned"]["text"]["value"] == "Second"
    assert "response_url" not in body


async def test_the_home_is_published_when_it_is_opened(stage: Stage) -> None:
    home = await stage.scene.amara.opens_home()
    assert home is not None
    assert home["type"] == "home"
    event = stage.bodies[-1]
    assert (event["tab"], event["channel"][0]) == ("home", "D")
    assert "view" not in event
    assert (await stage.scene.amara.press_in_view(home, "More")).ok
    assert stage.bodies[-1]["view"]["type"] == "home"
    again = await stage.scene.amara.opens_home()
    assert again is not None
    assert (again["id"], stage.bodies[-1]["view"]["id"]) == (home["id"], home["id"])


async def test_what_cannot_be_published(stage: Stage) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    user = stage.scene.amara.id
    publish = stage.scene.client.views_publish
    first = (await publish(user_id=user, view=view))["view"]
    await publish(user_id=user, view=view, hash=first["hash"])
    stale = {"user_id": user, "view": view, "hash": first["hash"]}
    assert await stage.scene.error("views.publish", **stale) == "hash_conflict"
    assert await stage.scene.error("views.publish", user_id="U404", view=view) == (
        "invalid_arguments"
    )
    assert await stage.scene.error("views.publish", user_id=user, view=modal()) == (
        "invalid_arguments"
    )


async def test_an_app_without_a_home() -> None:
    async with scene(manifest(home=False, events=())) as homeless:
        view = {"type": "home", "blocks": [{"type": "divider"}]}
        error = await homeless.error("views.publish", user_id=homeless.amara.id, view=view)
        assert error == "not_enabled"
        with pytest.raises(NotPossible):
            await homeless.amara.opens_home()


async def test_a_home_published_after_the_acknowledgement() -> None:
    async with http_scene(
        manifest(events=["app_home_opened"]), bolt={"process_before_response": False}
    ) as (the_scene, bolt, _):

        @bolt.event("app_home_opened")
        async def opened(event: Json, client: Any) -> None:
            view = {"type": "home", "blocks": [{"type": "divider"}]}
            await client.views_publish(user_id=event["user"], view=view)

        home = await the_scene.amara.opens_home(wait=5)
        assert home is not None
