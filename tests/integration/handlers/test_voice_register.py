"""The register of voices as its people press through it: pages, a card, its forms, a home."""

import pytest

from conversation.compose.voice_register import SOUGHT
from conversation.compose.which_team import TEAM
from conversation.events import (
    FormSubmitted,
    HomeOpened,
    Nothing,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
    ShowHome,
)
from conversation.messages import Button, Buttons, Form, Home
from conversation.routes import VOICE_MORE, VOICE_OPEN, VOICES_PAGE, VOICES_SHOW
from storage import SqlStore
from tests.integration.coaching.week import WORKSPACE, Week
from tests.integration.handlers.answering import BOARD, Answering, form, problems, whispered

WORDS = "A ward nurse: you plan around our outages"
DECISION = "Releases move to Tuesdays"


@pytest.fixture
async def answering(store: SqlStore) -> Answering:
    week = Week(store)
    await week.set_up()
    return Answering(week)


async def tells(answering: Answering, user: str = "U2", **given: str) -> Form:
    shown = form(await answering.commands(user, "heard"))
    return form(await answering.sends(user, shown, **({"heard": WORDS} | given)))


def buttons(shown: Form | Home) -> list[Button]:
    parts = shown.body if isinstance(shown, Form) else shown.blocks
    return [one for block in parts if isinstance(block, Buttons) for one in block.buttons]


async def presses(answering: Answering, user: str, shown: Form | Home, label: str) -> Reply:
    (button,) = [one for one in buttons(shown) if one.label.startswith(label)]
    return await answering.does(Pressed(WORKSPACE, user, button.route, button.value))


async def opened(answering: Answering, user: str = "U2") -> Form:
    register = form(await answering.commands(user, "voices"))
    reply = await presses(answering, user, register, "Open ")
    assert isinstance(reply, OpenForm), "it lies upon the register, so that closing leads back"
    return reply.form


async def home(answering: Answering, user: str) -> Home:
    reply = await answering.does(HomeOpened(WORKSPACE, user))
    assert isinstance(reply, ShowHome)
    return reply.home


async def test_a_decision_asks_who_and_by_when_starting_from_who_heard_it(
    answering: Answering,
) -> None:
    assert list((await tells(answering)).fields) == []
    step = await tells(answering, decision=DECISION)
    assert step.route == VOICE_MORE
    assert {one.id: one.initial for one in step.fields} == {"owner": "U2", "by": "2026-10-26"}
    assert isinstance(await answering.sends("U2", step, owner="U3", by="2026-10-20"), Nothing)
    voices = await answering.week.do(lambda uow: uow.voices.where(owner="U3"))
    assert [one.decision for one in voices] == [DECISION]
    assert list(problems(await answering.sends("U2", step, owner="U8"))) == ["owner"]


async def test_the_register_pages_and_looks_for_words(answering: Answering) -> None:
    empty = form(await answering.commands("U2", "voices"))
    assert "has told of no voice yet" in str(empty.body)
    for number in range(11):
        await tells(answering, heard=f"Voice {number}")
    page = form(await answering.commands("U3", "voices"))
    more = await presses(answering, "U3", page, "More (1 left)")
    assert isinstance(more, ReplaceForm)
    assert "Voice 0" in str(more.form.body)
    back = await presses(answering, "U3", more.form, "Back")
    assert isinstance(back, ReplaceForm)
    assert "Voice 10" in str(back.form.body)
    found = form(await answering.sends("U3", page, **{SOUGHT: "voice 7"}))
    assert "1 voice has “voice 7”." in str(found.body)
    by_command = form(await answering.commands("U3", "voices voice 7"))
    assert by_command == found
    assert "2 voices have “voice 1”." in str(form(await answering.commands("U3", "voices voice 1")))


async def test_a_card_is_pressed_to_its_end(answering: Answering) -> None:
    await tells(answering, decision=DECISION, who="The regulator\nA lender")
    card = await opened(answering)
    said = str(card.body)
    for words in (WORDS, DECISION, "The regulator, A lender", "Monday 26 October"):
        assert words in said
    card = form(await presses(answering, "U2", card, "It changed"))
    assert "they were not told yet; I ask once more on Monday 12 October" in str(card.body)
    card = form(await presses(answering, "U2", card, "Not yet"))
    assert [one.label for one in buttons(card)] == ["They were told", "Open again", "Edit"]
    card = form(await presses(answering, "U2", card, "They were told"))
    assert "It changed · they were told" in str(card.body)
    card = form(await presses(answering, "U2", card, "Open again"))
    why = form(await presses(answering, "U2", card, "It stands"))
    assert list(problems(await answering.sends("U2", why))) == ["why"]
    card = form(await answering.sends("U2", why, why="It costs a night shift"))
    assert "It costs a night shift" in str(card.body)
    card = form(await presses(answering, "U2", card, "Open again"))
    day = form(await presses(answering, "U2", card, "New day"))
    assert list(problems(await answering.sends("U2", day, day="2026-10-01"))) == ["day"]
    card = form(await answering.sends("U2", day, day="2026-11-02"))
    assert "date: Monday 2 November, was Monday 26 October" in str(card.body)
    register = form(await answering.commands("U9", "voices"))
    assert "1 to change a decision" in str(register.body)


async def test_a_card_is_edited_and_taken_back(answering: Answering) -> None:
    await tells(answering, decision=DECISION)
    edit = form(await presses(answering, "U2", await opened(answering), "Edit"))
    assert {one.id: one.initial for one in edit.fields} == {
        "heard": WORDS,
        "who": "",
        "decision": DECISION,
        "owner": "U2",
        "by": "2026-10-26",
    }
    card = form(await answering.sends("U2", edit, owner="U3", decision="Releases wait"))
    assert "who brings it about" in str(card.body)
    of_lead = form(await presses(answering, "U1", await opened(answering, "U1"), "Edit"))
    assert "heard" not in [one.id for one in of_lead.fields]
    assert [one.label for one in buttons(await opened(answering, "U3"))] == [
        "It changed",
        "It stands…",
        "New day…",
    ]
    gone = form(await answering.sends("U2", edit, heard=""))
    assert "Taken back" in str(gone.body)
    assert await answering.week.do(lambda uow: uow.voices.where()) == []
    late = await answering.sends("U2", edit, heard=WORDS)
    assert "taken back" in str(problems(late))


async def test_homes_lead_to_what_is_open(answering: Answering) -> None:
    await tells(answering, decision=DECISION)
    own = await home(answering, "U2")
    assert "What you took on" in str(own.blocks)
    reply = await presses(answering, "U2", own, f"Open {DECISION}")
    assert isinstance(reply, OpenForm)
    of_lead = await home(answering, "U1")
    assert "1 voice asks for a decision that is open." in str(of_lead.blocks)
    register = await presses(answering, "U1", of_lead, "Open the voices")
    assert isinstance(register, OpenForm)
    await tells(answering, decision="Labels by ward")
    assert "2 voices ask for decisions that are open." in str(await home(answering, "U9"))
    assert DECISION not in str(await home(answering, "U3"))


async def test_a_message_needs_no_answer_where_it_says_itself_what_came(
    answering: Answering,
) -> None:
    await tells(answering, decision=DECISION)
    (voice,) = await answering.week.do(lambda uow: uow.voices.where())
    for route, value in (("voice.changed.v1", voice.id), ("voice.told.v1", f"{voice.id}:yes")):
        pressed = Pressed(WORKSPACE, "U2", route, value)
        assert isinstance(await answering.does(pressed), Nothing)
    (ended,) = await answering.week.do(lambda uow: uow.voices.where())
    assert (str(ended.state), ended.told) == ("changed", True)


async def test_who_is_on_several_teams_says_whose_and_strangers_are_told(
    answering: Answering,
) -> None:
    await answering.week.set_up(BOARD)
    which = form(await answering.commands("U2", "voices", channel="C7"))
    chosen = FormSubmitted(WORKSPACE, "U2", VOICES_SHOW, "", {TEAM: BOARD.name})
    assert which.route == VOICES_SHOW
    assert BOARD.name in str(form(await answering.does(chosen)).body)
    here = form(await answering.commands("U2", "voices", channel="C2"))
    assert BOARD.name in str(here.body)
    assert "on no team" in whispered(await answering.commands("U8", "voices")).text
    team = await answering.week.team()
    for route, value in ((VOICES_PAGE, f"{team.id}:home:"), (VOICE_OPEN, "gone")):
        refused = await answering.does(Pressed(WORKSPACE, "U8", route, value))
        assert list(form(refused).fields) == []
