"""A form that is drawn anew while somebody fills it in: nothing typed is lost, both ways in."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from conversation.events import (
    Event,
    FormChanged,
    FormSubmitted,
    Nothing,
    OpenForm,
    ReplaceForm,
    Reply,
    Whisper,
)
from conversation.messages import Field, FieldKind, Form, Paragraph, line
from platforms.slack.answers import sentence
from sandbox import Outcome
from tests.platforms.slack.stage import Stage, stage
from tests.platforms.slack.test_app import prompted

DAY = Field("day", "On which day?", FieldKind.CHOICE, watched=True, choices=("Monday", "Tuesday"))
HOUR = Field("hour", "At what hour?", FieldKind.CHOICE, choices=("09:00", "10:00"))
WHY = Field("why", "Why then?", FieldKind.LONG_TEXT, optional=True)
FORM = Form("A cadence", (DAY, HOUR, WHY), route="cadence.v1", reference="cadence-1")


@pytest.fixture(params=["http", "socket"])
async def scene(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with stage(request.param) as scene:
        yield scene


@pytest.fixture
async def over_http() -> AsyncIterator[Stage]:
    async with stage("http") as scene:
        yield scene


async def opened(scene: Stage, form: Form = FORM) -> dict[str, Any]:
    scene.responder.always(OpenForm(form))
    view = (await scene.amara.press(await prompted(scene), "Answer")).view
    assert view is not None
    return view


def held(outcome: Outcome) -> dict[str, Any]:
    """What each input holds as the person sees it."""
    assert outcome.view is not None
    inputs = {one["block_id"]: one["element"] for one in outcome.view["blocks"] if "element" in one}
    found = {}
    for block_id, element in inputs.items():
        entry = outcome.view["state"]["values"][block_id][element["action_id"]]
        value = next(value for key, value in entry.items() if key != "type")
        found[block_id] = value["value"] if isinstance(value, dict) else value
    return found


def shown(event: Event, *fields: Field, **initial: str) -> Reply:
    """The form as a handler draws it anew: what was typed, and the next dates."""
    assert isinstance(event, FormChanged)
    values = {**event.values, **initial}
    body = tuple(replace(one, initial=values.get(one.id, "")) for one in fields or (DAY, HOUR, WHY))
    dates = Paragraph(line(f"Next on {values['day']}."))
    return ReplaceForm(replace(FORM, body=(dates, *body)))


async def test_a_change_draws_the_form_anew_and_what_was_typed_stays(scene: Stage) -> None:
    view = await opened(scene)
    scene.responder.replies = shown
    await scene.amara.changes(view, "why", "The board meets on Tuesdays")
    await scene.amara.changes(view, "hour", "10:00")
    changed = await scene.amara.changes(view, "day", "Tuesday")
    assert changed.ok
    told = scene.responder.events[-1]
    assert told == FormChanged(
        scene.identity.workspace.id,
        scene.amara.id,
        "cadence.v1",
        "cadence-1",
        {"day": "Tuesday", "hour": "10:00", "why": "The board meets on Tuesdays"},
        "day",
    )
    assert held(changed) == {
        "day": "Tuesday",
        "hour": "10:00",
        "why": "The board meets on Tuesdays",
    }
    assert "Next on Tuesday." in str(changed.view)
    assert changed.view is not None
    scene.responder.always(Nothing())
    assert (await scene.amara.submit(changed.view)).ok
    (sent,) = [one for one in scene.responder.events if isinstance(one, FormSubmitted)]
    assert sent.values == {"day": "Tuesday", "hour": "10:00", "why": "The board meets on Tuesdays"}


async def test_what_the_redraw_changes_is_changed(over_http: Stage) -> None:
    """Other choices, another value: Slack would keep the old one where the ids stay the same."""
    view = await opened(over_http, replace(FORM, body=(replace(DAY, initial="Monday"), HOUR, WHY)))
    await over_http.amara.changes(view, "hour", "10:00")
    await over_http.amara.changes(view, "why", "Because")
    afternoons = replace(HOUR, choices=("14:00", "15:00"))
    over_http.responder.replies = lambda event: shown(event, DAY, afternoons, WHY, hour="14:00")
    changed = await over_http.amara.changes(view, "day", "Tuesday")
    assert held(changed) == {"day": "Tuesday", "hour": "14:00", "why": "Because"}
    assert changed.view is not None

    over_http.responder.replies = lambda event: shown(event, why="Because the board asks")
    again = await over_http.amara.changes(changed.view, "day", "Monday")
    # 14:00 is no choice any more, and nothing else was said of the hour.
    assert held(again) == {"day": "Monday", "hour": None, "why": "Because the board asks"}


async def test_a_field_of_which_nothing_is_said_keeps_what_is_in_it(over_http: Stage) -> None:
    view = await opened(over_http)
    await over_http.amara.changes(view, "why", "Because")
    over_http.responder.always(ReplaceForm(FORM))
    changed = await over_http.amara.changes(view, "day", "Tuesday")
    assert held(changed) == {"day": "Tuesday", "hour": None, "why": "Because"}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (Field("f", "Which?", FieldKind.SHORT_TEXT, watched=True), "words", "words"),
        (Field("f", "Which?", FieldKind.NUMBER, watched=True, least=0), "3", "3"),
        (Field("f", "Which?", FieldKind.DATE, watched=True), "2026-11-24", "2026-11-24"),
        (Field("f", "Which?", FieldKind.SCALE, watched=True), "4", "4"),
        (
            Field("f", "Which?", FieldKind.MULTI_CHOICE, watched=True, choices=("one", "two")),
            ["one", "two"],
            "one\ntwo",
        ),
    ],
    ids=lambda one: one.kind if isinstance(one, Field) else "",
)
async def test_a_watched_field_of_any_kind_is_told(
    over_http: Stage, field: Field, value: Any, told: str
) -> None:
    view = await opened(over_http, replace(FORM, body=(field,)))
    over_http.responder.always(ReplaceForm(replace(FORM, body=(replace(field, initial=told),))))
    assert (await over_http.amara.changes(view, "f", value)).ok
    event = over_http.responder.events[-1]
    assert isinstance(event, FormChanged)
    assert (event.field, event.values) == ("f", {"f": told})


async def test_the_second_input_of_a_field_counts_as_the_field(over_http: Stage) -> None:
    whose = Field(
        "whose",
        "Whose voice?",
        FieldKind.STAKEHOLDERS,
        choices=("The regulator",),
        another="Somebody else?",
        watched=True,
    )
    view = await opened(over_http, replace(FORM, body=(whose,)))
    over_http.responder.replies = lambda event: (
        shown(event, whose, day="") if isinstance(event, FormChanged) else Nothing()
    )
    changed = await over_http.amara.changes(view, "whose+", "The ward nurses")
    event = over_http.responder.events[-1]
    assert isinstance(event, FormChanged)
    assert (event.field, event.values) == ("whose", {"whose": "The ward nurses"})
    assert held(changed)["whose+"] == "The ward nurses"


async def test_of_two_quick_changes_the_later_is_what_one_sees(over_http: Stage) -> None:
    view = await opened(over_http)
    over_http.responder.replies = shown
    over_http.responder.may_end.clear()
    first = asyncio.create_task(over_http.amara.changes(view, "day", "Monday"))
    over_http.responder.begun.clear()
    await over_http.responder.begun.wait()
    over_http.responder.begun.clear()
    second = asyncio.create_task(over_http.amara.changes(view, "day", "Tuesday"))
    await over_http.responder.begun.wait()
    over_http.responder.may_end.set()
    assert [one.ok for one in await asyncio.gather(first, second)] == [True, True]
    (now,) = await over_http.control.views(over_http.amara)
    assert "Next on Tuesday." in str(now)


async def test_what_was_drawn_for_an_earlier_change_gives_way(over_http: Stage) -> None:
    """The form was drawn anew between a change and its own redraw."""
    view = await opened(over_http)
    over_http.responder.replies = shown
    over_http.responder.may_end.clear()
    over_http.responder.begun.clear()
    change = asyncio.create_task(over_http.amara.changes(view, "day", "Tuesday"))
    await over_http.responder.begun.wait()
    body = {key: view[key] for key in ("type", "title", "blocks", "submit", "callback_id")}
    await over_http.client.views_update(view_id=view["id"], view=body)
    over_http.responder.may_end.set()
    assert (await change).ok
    (now,) = await over_http.control.views(over_http.amara)
    assert "Next on Tuesday." in str(now)


@pytest.mark.parametrize("reply", [Nothing(), Whisper(sentence("No")), OpenForm(FORM)])
async def test_nothing_else_comes_up_while_somebody_types(over_http: Stage, reply: Reply) -> None:
    view = await opened(over_http)
    over_http.responder.always(reply)
    assert (await over_http.amara.changes(view, "day", "Tuesday")).ok
    assert [one["id"] for one in await over_http.control.views(over_http.amara)] == [view["id"]]


async def test_a_change_that_meets_a_mishap_leaves_the_form_as_it_is(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    view = await opened(scene)
    await scene.amara.changes(view, "why", "Because")
    scene.responder.fails(RuntimeError("a mishap"))
    assert (await scene.amara.changes(view, "day", "Tuesday")).ok
    assert "RuntimeError at" in caplog.text
    (now,) = await scene.control.views(scene.amara)
    assert now["id"] == view["id"]
    assert "Because" in str(now["state"])


async def test_a_form_that_was_closed_meanwhile_stays_closed(over_http: Stage) -> None:
    view = await opened(over_http)
    over_http.responder.replies = shown
    over_http.responder.may_end.clear()
    over_http.responder.begun.clear()
    change = asyncio.create_task(over_http.amara.changes(view, "day", "Tuesday"))
    await over_http.responder.begun.wait()
    await over_http.amara.close(view)
    over_http.responder.may_end.set()
    assert (await change).ok
    assert await over_http.control.views(over_http.amara) == []
