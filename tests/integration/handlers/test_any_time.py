"""Saying something at any time: voices, breakdowns, doubts, and the digest looked up."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.answer import Value
from coaching.ports import Store, UnitOfWork
from coaching.round import RoundState
from coaching.use_cases.set_up_team import apply_teams
from conversation.events import MessageShortcutUsed, ShortcutUsed
from conversation.routes import DOUBT_SHARE, SITTING_ANSWER, VOICE_TELL
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, WORKSPACE, Week, cadence
from tests.integration.handlers.answering import BOARD, Answering, form, problems, whispered

FRIDAY_THREE = datetime(2026, 10, 9, 14, tzinfo=UTC)
WITH_DOUBTS = replace(PLAN, cadences=(*PLAN.cadences, cadence("doubts", "TU", time(9))))
NURSE = "A ward nurse: you plan alone"


@pytest.fixture
async def week(store: Store) -> Week:
    return Week(store)


@pytest.fixture
async def answering(week: Week) -> Answering:
    await week.set_up()
    return Answering(week)


async def on_the_board_too(week: Week) -> None:
    await week.do(lambda uow: apply_teams(uow, [PLAN, BOARD], week.catalogue, week.now))


async def voices(week: Week) -> list[tuple[str, str, dict[str, Value]]]:
    """What was told of voices: the team's name, who, and the values."""

    def look(uow: UnitOfWork) -> list[tuple[str, str, dict[str, Value]]]:
        rounds = uow.rounds.where(practice_key="voices_heard", cadence_id=None)
        return [
            (uow.teams.get(one.team_id).name, uow.members.get(answer.member_id).user, answer.values)
            for one in rounds
            for answer in uow.answers.where(round_id=one.id)
        ]

    return await week.do(look)


async def test_a_voice_told_on_its_own_is_in_the_weeks_digest(
    answering: Answering, week: Week
) -> None:
    shown = form(await answering.commands("U2", f"heard  {NURSE}"))
    assert shown.route == VOICE_TELL
    assert {one.id: one.initial for one in shown.fields}["heard"] == NURSE
    assert "with your name in its digest" in str(shown.body)
    assert await voices(week) == [], "nothing is kept before the form is sent"

    told = form(await answering.sends("U2", shown, decision="Plan with them"))
    assert "reads it with your name in its digest, on Friday 9 October" in str(told.body)
    assert await week.queued() == [], "no card: the digest brings it"
    (round_,) = await week.do(lambda uow: uow.rounds.where(practice_key="voices_heard"))
    assert (round_.cadence_id, round_.state) == (None, RoundState.CLOSED)

    await week.until(FRIDAY_THREE)
    looked_up = whispered(await answering.commands("U3", "digest"))
    assert NURSE in str(looked_up.blocks)
    assert "is “Plan with them” decided" in looked_up.text


async def test_the_same_voice_sent_twice_is_kept_once(answering: Answering, week: Week) -> None:
    shown = form(await answering.commands("U2", "heard"))
    for _ in range(2):
        form(await answering.sends("U2", shown, heard=NURSE))
    assert await voices(week) == [(PLAN.name, "U2", {"heard": NURSE})]


async def test_a_voice_from_a_message_of_any_channel(answering: Answering, week: Week) -> None:
    shortcut = MessageShortcutUsed(WORKSPACE, "U2", "C77", VOICE_TELL, "The app lost my order")
    shown = form(await answering.does(shortcut))
    form(await answering.sends("U2", shown))
    assert await voices(week) == [(PLAN.name, "U2", {"heard": "The app lost my order"})]


async def test_a_voice_of_nobody_is_asked_for_in_its_field(answering: Answering) -> None:
    shown = form(await answering.commands("U2", "heard"))
    refused = problems(await answering.sends("U2", shown, decision="Plans"))
    assert list(refused) == ["heard"]


async def test_a_voice_told_since_hides_no_round_from_what_is_said_of_it(
    answering: Answering, week: Week
) -> None:
    await week.until(TUESDAY_NINE)
    await week.sends_all()
    await week.until(TUESDAY_NINE + timedelta(days=3))
    shown = form(await answering.commands("U2", "heard"))
    form(await answering.sends("U2", shown, heard=NURSE))
    await week.until(TUESDAY_NINE + timedelta(days=6))
    await week.sends_all()
    await week.until(TUESDAY_NINE + timedelta(weeks=1))
    anew = await week.do(lambda uow: uow.deliveries.where(kind="prompt", state="pending"))
    assert [one for one in anew if one.update_of], "the late answer's button goes"


@pytest.mark.parametrize("words", ["heard", "breakdown"])
async def test_who_is_on_two_teams_chooses_and_their_channels_team_is_chosen_already(
    answering: Answering, week: Week, words: str
) -> None:
    await on_the_board_too(week)
    here = form(await answering.commands("U2", words, channel="C2"))
    choice = next(here.fields)
    assert choice.choices == (PLAN.name, BOARD.name)
    assert choice.initial == BOARD.name
    assert "The team you choose" in str(here.body)
    elsewhere = form(await answering.commands("U2", words, channel="C7"))
    assert next(elsewhere.fields).initial == ""
    said = problems(await answering.sends("U2", elsewhere, heard=NURSE, what="Export"))
    assert list(said) == [choice.id]

    form(await answering.sends("U2", here, heard=NURSE, what="Export", for_team=BOARD.name))
    kept = await week.do(lambda uow: uow.rounds.where(cadence_id=None))
    teams = await week.do(lambda uow: {one.id: one.name for one in uow.teams.where()})
    assert [teams[one.team_id] for one in kept] == [BOARD.name]

    alone = form(await answering.commands("U3", words))
    assert "for.team" not in [one.id for one in alone.fields]


async def test_a_breakdown_by_the_command_is_logged_like_one_from_a_message(
    answering: Answering, week: Week
) -> None:
    shown = form(await answering.commands("U2", "Breakdown The export fails", channel="C7"))
    assert {one.id: one.initial for one in shown.fields}["what"] == "The export fails"
    form(await answering.sends("U2", shown))
    (logged,) = await week.do(lambda uow: uow.breakdowns.where())
    assert logged.what == "The export fails"


@pytest.mark.parametrize("words", ["heard", "breakdown", "doubt", "digest"])
async def test_who_is_on_no_team_is_told(answering: Answering, words: str) -> None:
    assert "on no team that I work with" in whispered(await answering.commands("U8", words)).text


async def test_a_doubt_is_shared_in_the_round_that_asks_for_it(week: Week) -> None:
    await week.set_up(WITH_DOUBTS)
    answering = Answering(week)
    early = whispered(await answering.does(ShortcutUsed(WORKSPACE, "U2", DOUBT_SHARE)))
    assert "is asked for doubts next on Tuesday 6 October" in early.text
    assert "Nobody learns that you looked" in str(early.blocks)

    await week.until(TUESDAY_NINE)
    shown = form(await answering.does(ShortcutUsed(WORKSPACE, "U2", DOUBT_SHARE)))
    assert shown.route == SITTING_ANSWER
    assert "Anonymous. " in str(shown.body)
    by_command = form(await answering.commands("U2", "doubt We grow too fast"))
    assert "too fast" not in str(by_command), "what stands behind the word is passed over"
    asked = [one.id for one in shown.fields]
    given = {one: "Words" if one.endswith(("doubt", "moved")) else "" for one in asked}
    sent = {key.replace(".", "_"): value for key, value in given.items()}
    await answering.sends("U2", shown, **sent)

    after = whispered(await answering.commands("U2", "doubt"))
    assert after.text.startswith("You have sent this round's form.")
    assert "next on Tuesday 13 October" in after.text


async def test_looking_for_where_to_share_a_doubt_leaves_no_trace(
    answering: Answering, week: Week
) -> None:
    def everything(uow: UnitOfWork) -> list[object]:
        kinds = (uow.rounds, uow.sittings, uow.answers, uow.deliveries, uow.participations)
        return [record for kind in kinds for record in kind.where()]

    before = await week.do(everything)
    said = whispered(await answering.commands("U2", "doubt"))
    assert "no day for doubts to come" in said.text
    assert await week.do(everything) == before


async def test_who_is_on_two_teams_says_for_which_the_doubt_is(week: Week) -> None:
    await week.set_up(WITH_DOUBTS)
    await on_the_board_too_with_doubts(week)
    answering = Answering(week)
    await week.until(TUESDAY_NINE)
    which = form(await answering.commands("U2", "doubt", channel="C7"))
    assert [one.choices for one in which.fields] == [(PLAN.name, BOARD.name)]
    shown = form(await answering.sends("U2", which, for_team=PLAN.name))
    assert shown.route == SITTING_ANSWER
    other = whispered(await answering.sends("U2", which, for_team=BOARD.name))
    assert "The board is asked for doubts next on Wednesday 7 October" in other.text
    here = form(await answering.commands("U2", "doubt", channel="C1"))
    assert here.reference == shown.reference


async def on_the_board_too_with_doubts(week: Week) -> None:
    board = replace(BOARD, cadences=(cadence("doubts", "WE", time(9)),))
    await week.do(lambda uow: apply_teams(uow, [WITH_DOUBTS, board], week.catalogue, week.now))


async def test_the_digest_says_why_there_is_none(answering: Answering, week: Week) -> None:
    early = whispered(await answering.commands("U2", "digest"))
    assert early.text == (
        "Northwind leadership has had no digest yet. The next one is due on Friday 9 October."
    )
    await week.until(FRIDAY_THREE)
    silent = whispered(await answering.commands("U2", "digest"))
    assert "On Friday 9 October there was none: nothing changed." in silent.text


async def test_the_digest_is_shortened_to_fit(answering: Answering, week: Week) -> None:
    for number in range(7):
        shown = form(await answering.commands("U2", "heard"))
        form(await answering.sends("U2", shown, heard=f"Voice {number}: " + "so it goes " * 200))
    await week.until(FRIDAY_THREE)
    said = str(whispered(await answering.commands("U2", "digest")).blocks)
    assert "2 more stand in the channel." in said
    assert "Voice 6" in said
    assert "Voice 1:" not in said
    assert len(said) < 4000


async def test_who_is_on_two_teams_says_whose_digest(answering: Answering, week: Week) -> None:
    await on_the_board_too(week)
    which = form(await answering.commands("U2", "digest", channel="C7"))
    said = whispered(await answering.sends("U2", which, for_team=BOARD.name))
    assert said.text.startswith("The board has had no digest yet.")
    here = whispered(await answering.commands("U2", "digest", channel="C1"))
    assert here.text.startswith("Northwind leadership has had no digest yet.")


async def test_teams_of_one_name_can_be_told_apart(answering: Answering, week: Week) -> None:
    twin = replace(BOARD, name=PLAN.name)
    await week.do(lambda uow: apply_teams(uow, [PLAN, twin], week.catalogue, week.now))
    shown = form(await answering.commands("U2", "heard", channel="C2"))
    assert next(shown.fields).choices == (PLAN.name, f"{PLAN.name} (2)")
    assert next(shown.fields).initial == f"{PLAN.name} (2)"
