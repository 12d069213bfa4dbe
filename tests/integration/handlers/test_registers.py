"""A team's purpose and its map, looked up by its people; and a breakdown logged from anywhere."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from conversation.compose.which_team import TEAM
from conversation.events import FormSubmitted, Keep, MessageShortcutUsed, OpenForm
from conversation.messages import Bold, Bullets, Message, Note, Person, Quote
from conversation.routes import BREAKDOWN_LOG, PURPOSE_SHOW
from storage import SqlStore
from tests.integration.coaching.week import MONDAY, PLAN, TUESDAY_NINE, WORKSPACE, Week, cadence
from tests.integration.handlers.answering import BOARD, Answering, form, whispered

CLOSED = datetime(2026, 10, 12, 16, tzinfo=UTC)
ASKING = replace(
    PLAN,
    cadences=(
        cadence("purpose_whole", "TU", time(9)),
        cadence("stakeholder_map", "TU", time(9)),
        cadence("stakeholder_draft", "TU", time(9)),
    ),
)
SENTENCE = "We make the wards of the north run without waiting"


@pytest.fixture
async def answering(store: SqlStore) -> Answering:
    week = Week(store)
    await week.set_up(ASKING)
    return Answering(week)


def shown(message: Message) -> str:
    """What it says, a line each; people by id."""
    said: list[str] = []
    for block in message.blocks:
        if isinstance(block, Quote):
            said.append(f"{block.by}: {block.words}")
        lines = block.lines if isinstance(block, Bullets) else (getattr(block, "line", ()),)
        for spans in lines:
            words = (
                one.text if isinstance(one, Bold) else one.user if isinstance(one, Person) else one
                for one in spans
            )
            said.append("".join(map(str, words)))
    return "\n".join(said)


async def told(answering: Answering, user: str, word: str, channel: str = "C1") -> str:
    return shown(whispered(await answering.commands(user, word, channel)))


async def asked_and_closed(answering: Answering) -> None:
    week = answering.week
    await week.until(TUESDAY_NINE)
    await week.answer("U9", outside="Northern hospitals\nThe regulator", deepen="The regulator")
    both = {"serve": "Patients", "missed": "They would", "sentence": SENTENCE}
    named = {"known": "Northern Hospitals", "added": "Their children"}
    await week.answer("U2", **both, **named, relationship="2", engagement="4")
    trains = both | {"sentence": "We keep trains on time"}
    scale = {"relationship": "5", "engagement": "5"}
    draft = {"outside": "The night shift", "deepen": "The night shift"}
    await week.answer("U1", **trains, **scale, **draft, known="The night shift")
    await week.until(CLOSED)


async def test_before_anything_is_recorded_it_says_when_it_will_be(answering: Answering) -> None:
    said = await told(answering, "U2", "purpose")
    assert "Nobody in Northwind leadership has written down yet what the team is for." in said
    assert "Purpose restatement is asked next on Tuesday 6 October 2026." in said
    assert "To bring it up now" not in said, "that is the lead's and the coach's"


async def test_of_a_round_that_is_open_nothing_is_told(answering: Answering) -> None:
    await answering.week.until(TUESDAY_NINE)
    await answering.week.answer(
        "U2",
        serve="Patients",
        missed="They would",
        sentence=SENTENCE,
        known="The regulator",
        relationship="2",
        engagement="4",
    )
    assert "Nobody in Northwind" in await told(answering, "U1", "purpose")


async def test_the_sentences_stand_side_by_side(answering: Answering) -> None:
    await asked_and_closed(answering)
    said = await told(answering, "U9", "purpose")
    assert f"U2: {SENTENCE}" in said
    assert "U1: We keep trains on time" in said
    assert "only you see this" in said
    assert "Ask Purpose restatement now" in said


async def test_who_is_on_several_teams_chooses(answering: Answering) -> None:
    await answering.week.set_up(BOARD)
    for word, route in (("purpose", PURPOSE_SHOW),):
        asked = form(await answering.commands("U2", word, "C9"))
        assert asked.route == route
        chosen = FormSubmitted(WORKSPACE, "U2", route, "", {TEAM: "The board"})
        said = shown(whispered(await answering.does(chosen)))
        assert "The board" in said
        assert "It is not asked for in the time to come." in said
        wrong = FormSubmitted(WORKSPACE, "U2", route, "", {TEAM: "Another"})
        assert isinstance(await answering.does(wrong), Keep)
        assert "Northwind leadership" in await told(answering, "U2", word, "C1")


async def test_strangers_are_told_nothing(answering: Answering) -> None:
    for word in ("purpose",):
        said = whispered(await answering.commands("U7", word))
        assert "You are on no team that I work with" in said.text


async def test_a_paused_team_is_told_that_nothing_is_to_come(answering: Answering) -> None:
    await answering.week.set_up(replace(ASKING, paused=True))
    said = await told(answering, "U1", "purpose")
    assert "It is not asked for in the time to come." in said
    assert "To bring it up now" not in said


async def test_a_practice_kept_narrower_in_own_words_shows_no_names(answering: Answering) -> None:
    week = answering.week
    whole = week.catalogue["purpose_whole"]
    narrower = replace(whole, visibility=week.catalogue["missing_voices"].visibility)
    week.catalogue = {**week.catalogue, whole.key: narrower}
    await asked_and_closed(answering)
    assert "Nobody in Northwind" in await told(answering, "U1", "purpose")


async def test_a_breakdown_is_logged_from_a_message_anywhere(answering: Answering) -> None:
    shortcut = MessageShortcutUsed(WORKSPACE, "U2", "C9", BREAKDOWN_LOG, "The export failed")
    opened = await answering.does(shortcut)
    assert isinstance(opened, OpenForm)
    assert next(one.id for one in opened.form.fields) != TEAM
    await answering.week.set_up(BOARD)
    there = await answering.does(replace(shortcut, channel="C2"))
    asked = next(one for one in form(there).fields if one.id == TEAM)
    assert asked.initial == "The board"
    elsewhere = form(await answering.does(shortcut))
    assert next(one for one in elsewhere.fields if one.id == TEAM).initial == ""
    assert "The team you choose" in str([one for one in elsewhere.body if isinstance(one, Note)])
    given = {"what": "The export failed", TEAM.replace(".", "_"): "The board"}
    form(await answering.sends("U2", elsewhere, **given))
    (kept,) = await answering.week.do(lambda uow: uow.breakdowns.where())
    board = await answering.week.do(lambda uow: uow.teams.one(channel="C2"))
    assert board is not None
    assert kept.team_id == board.id
    assert kept.logged_at == MONDAY
