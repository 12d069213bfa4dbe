"""Choices that are looked for as somebody types, both ways in."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from conversation.events import (
    ChoicesSought,
    Event,
    FormChanged,
    FormSubmitted,
    Nothing,
    Offer,
    OpenForm,
    ReplaceForm,
    Reply,
)
from conversation.messages import Field, FieldKind, Form
from sandbox import Person
from tests.platforms.slack.fields import LONG
from tests.platforms.slack.stage import Stage, stage
from tests.platforms.slack.test_app import prompted

ZONE = Field("zone", "Which zone?", FieldKind.CHOICE, sought=True, initial="Europe/Oslo")
FORM = Form("Where", (ZONE,), route="where.v1", reference="draft-1")
ZONES = ("Europe/Oslo", "Europe/London", "America/New_York")


@pytest.fixture(params=["http", "socket"])
async def scene(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with stage(request.param) as scene:
        yield scene


@pytest.fixture
async def over_http() -> AsyncIterator[Stage]:
    async with stage("http") as scene:
        yield scene


def offers(*choices: str) -> Any:
    """Offers what begins as typed, and takes everything else in."""

    def reply(event: Event) -> Reply:
        if isinstance(event, ChoicesSought):
            return Offer(tuple(one for one in choices if event.typed.casefold() in one.casefold()))
        return Nothing()

    return reply


async def opened(scene: Stage, form: Form = FORM) -> dict[str, Any]:
    scene.responder.always(OpenForm(form))
    view = (await scene.amara.press(await prompted(scene), "Answer")).view
    assert view is not None
    return view


async def sent(scene: Stage, person: Person, view: dict[str, Any], **values: Any) -> FormSubmitted:
    assert (await person.submit(view, values)).ok
    event = scene.responder.events[-1]
    assert isinstance(event, FormSubmitted)
    return event


async def test_what_fits_is_offered_as_one_types_and_comes_back_as_chosen(scene: Stage) -> None:
    view = await opened(scene)
    scene.responder.replies = offers(*ZONES)
    assert await scene.amara.seeks(view, "Which zone?", "") == list(ZONES)
    assert await scene.amara.seeks(view, "Which zone?", " new ") == ["America/New_York"]
    sought = scene.responder.events[-1]
    workspace = scene.identity.workspace.id
    assert sought == ChoicesSought(workspace, scene.amara.id, "where.v1", "draft-1", "zone", "new")
    chosen = await sent(scene, scene.amara, view, zone="Europe/London")
    assert chosen.values == {"zone": "Europe/London"}


async def test_what_was_chosen_before_stays(over_http: Stage) -> None:
    view = await opened(over_http)
    over_http.responder.replies = offers()
    assert (await sent(over_http, over_http.amara, view)).values == {"zone": "Europe/Oslo"}


async def test_several_can_be_chosen_and_another_named(over_http: Stage) -> None:
    whose = Field(
        "whose",
        "Whose voice?",
        FieldKind.STAKEHOLDERS,
        sought=True,
        initial=f"Northern hospitals\n{LONG}",
        another="Somebody else?",
    )
    view = await opened(over_http, replace(FORM, body=(whose,)))
    over_http.responder.replies = offers("The regulator", LONG, "Ward nurses")
    # One that no option holds is offered where the form carries it already.
    assert len(await over_http.amara.seeks(view, "whose", "")) == 3
    assert (await sent(over_http, over_http.amara, view)).values == {
        "whose": f"Northern hospitals\n{LONG}"
    }
    view = await opened(over_http, replace(FORM, body=(replace(whose, initial=""),)))
    over_http.responder.replies = offers("The regulator", LONG, "Ward nurses")
    assert await over_http.amara.seeks(view, "whose", "") == ["The regulator", "Ward nurses"]
    values = {"whose": ["Ward nurses", "The regulator"], "whose+": "A passer-by"}
    event = await sent(over_http, over_http.amara, view, **values)
    assert event.values == {"whose": "Ward nurses\nThe regulator\nA passer-by"}


async def test_no_more_is_offered_than_slack_takes(over_http: Stage) -> None:
    view = await opened(over_http)
    over_http.responder.replies = offers(*(f"Choice {n}" for n in range(150)))
    assert len(await over_http.amara.seeks(view, "zone", "Choice")) == 100


async def test_a_sought_field_may_be_watched(over_http: Stage) -> None:
    view = await opened(over_http, replace(FORM, body=(replace(ZONE, watched=True),)))

    def reply(event: Event) -> Reply:
        if isinstance(event, FormChanged):
            field = replace(ZONE, watched=True, initial=event.values["zone"])
            return ReplaceForm(replace(FORM, body=(field,)))
        return Offer(ZONES)

    over_http.responder.replies = reply
    changed = await over_http.amara.changes(view, "zone", "Europe/London")
    assert changed.ok
    assert "Europe/London" in str(changed.view)


@pytest.mark.parametrize("reply", [Nothing(), OpenForm(FORM)])
async def test_where_nothing_is_offered_there_is_nothing(over_http: Stage, reply: Reply) -> None:
    view = await opened(over_http)
    over_http.responder.always(reply)
    assert await over_http.amara.seeks(view, "zone", "any") == []


async def test_a_mishap_offers_nothing(scene: Stage, caplog: pytest.LogCaptureFixture) -> None:
    view = await opened(scene)
    scene.responder.fails(RuntimeError("a mishap"))
    assert await scene.amara.seeks(view, "zone", "any") == []
    assert "Traceback" not in caplog.text


async def test_what_takes_too_long_offers_nothing(
    over_http: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    view = await opened(over_http)
    over_http.responder.may_end.clear()
    try:
        assert await over_http.amara.seeks(view, "zone", "any") == []
    finally:
        over_http.responder.may_end.set()
    assert "choices of zone came too late" in caplog.text
