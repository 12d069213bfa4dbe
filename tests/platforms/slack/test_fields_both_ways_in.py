"""Fields of every kind, filled in by a person through the real Bolt app, both ways in."""

from collections.abc import AsyncIterator

import pytest

from conversation.events import FormSubmitted, Keep, Nothing, OpenForm
from conversation.messages import Form
from tests.platforms.slack.fields import EVERY_FIELD, LONG
from tests.platforms.slack.stage import Stage, stage

WORDS = "<!channel> *bold* &amp; :smile:\nand a second line"


@pytest.fixture(params=["http", "socket"])
async def scene(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with stage(request.param) as scene:
        yield scene


async def test_every_kind_of_field_is_filled_in_by_its_label_and_arrives_as_text(
    scene: Stage,
) -> None:
    bela = await scene.control.add_person("Bela")
    form = Form("Every kind", EVERY_FIELD, route="sitting.answer.v1", reference="sitting-1")
    scene.responder.always(OpenForm(form))
    opened = await scene.amara.command("/widelens", channel=scene.channel)
    assert opened.view is not None
    scene.responder.always(Nothing())
    sent = await scene.amara.submit(
        opened.view,
        {
            "Long?": WORDS,
            "Short?": "Short",
            "Our purpose?": "We exist for others.",
            "How often?": "5 · always",
            "How many?": 7,
            "By when?": "2026-12-04",
            "Who?": scene.amara,
            "Who else?": [scene.amara, bela],
            "Which?": "one word is wrong",
            "What kinds?": ["target, KPI", "norm"],
            "Which of many?": "way 11",
            "Which of those?": ["sign 3", "sign 4"],
            "Whom do we serve?": "Patients\nWard nurses",
            "Whose voice?": ["The regulator", "Ward nurses"],
            "Somebody else?": "A supplier\nA neighbour",
            "What was decided?": "To wait",
            "What does it change?": LONG[:74] + "…",
        },
    )
    assert sent.ok
    submitted = scene.responder.events[-1]
    assert isinstance(submitted, FormSubmitted)
    assert submitted.reference == "sitting-1"
    assert list(submitted.values.items()) == [
        ("r.long", WORDS),
        ("r.short", "Short"),
        ("r.statement", "We exist for others."),
        ("r.scale", "5"),
        ("r.number", "7"),
        ("r.date", "2026-12-04"),
        ("r.person", scene.amara.id),
        ("r.people", f"{scene.amara.id}\n{bela.id}"),
        ("r.choice", "one word is wrong"),
        ("r.kinds", "target, KPI\nnorm"),
        ("r.menu", "way 11"),
        ("r.several", "sign 3\nsign 4"),
        ("r.new", "Patients\nWard nurses"),
        ("r.whose", "The regulator\nWard nurses\nA supplier\nA neighbour"),
        ("r.first", "To wait"),
        ("r.changes", LONG),
    ]


@pytest.mark.parametrize(
    ("filled_in", "place"),
    [
        ({}, "r.changes"),
        ({"What does it change?": "Release on Tuesdays"}, "r.changes"),
        ({"Or a new one": "Wait"}, "r.changes+"),
        ({"What does it change?": LONG[:74] + "…", "Or a new one": "Wait"}, "r.changes"),
    ],
)
async def test_a_problem_stands_under_the_input_whose_words_it_is_about(
    scene: Stage, filled_in: dict[str, str], place: str
) -> None:
    form = Form("Kinds", EVERY_FIELD[-2:], route="sitting.answer.v1", reference="sitting-1")
    scene.responder.always(OpenForm(form))
    opened = await scene.amara.command("/widelens", channel=scene.channel)
    assert opened.view is not None
    scene.responder.always(Keep({"r.changes": "Name one decision."}))
    kept = await scene.amara.submit(opened.view, {"What was decided?": "To wait", **filled_in})
    assert kept.errors == {place: "Name one decision."}
