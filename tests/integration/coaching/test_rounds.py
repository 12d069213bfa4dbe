"""Rounds: opened when due, answered, reminded once, closed, and never twice."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.ports import Store
from coaching.round import RoundState, SittingState
from coaching.use_cases.answer_prompt import open_sittings, see_sitting
from coaching.use_cases.membership import leave_channel, leave_workspace
from conversation.messages import Buttons, Message
from tests.integration.coaching.week import ALWAYS, PLAN, TUESDAY_NINE, Week, cadence, kinds

THURSDAY_FIVE = datetime(2026, 10, 8, 16, tzinfo=UTC)


@pytest.fixture
async def week(store: Store) -> Week:
    week = Week(store)
    await week.set_up()
    return week


def buttons(message: object) -> list[str]:
    assert isinstance(message, Message)
    rows = [block.buttons for block in message.blocks if isinstance(block, Buttons)]
    return [button.label for row in rows for button in row]


async def test_rounds_due_at_one_time_come_as_one_sitting(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    rounds = await week.do(lambda uow: uow.rounds.where())
    assert {one.practice_key for one in rounds} == {"early_wins", "voices_heard"}
    assert {one.closes_at for one in rounds} == {THURSDAY_FIVE}
    prompts = await week.queued(DeliveryKind.PROMPT)
    assert sorted(one.addressee_id for one in prompts) == ["U1", "U2", "U3"]
    assert len(await week.queued(DeliveryKind.PROGRESS)) == 1


async def test_a_coach_is_not_asked(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    assert not [one for one in await week.queued(DeliveryKind.PROMPT) if one.addressee_id == "U9"]


async def test_what_is_due_opens_once_however_often_one_looks(week: Week) -> None:
    for _ in range(3):
        await week.until(TUESDAY_NINE)
    assert len(await week.do(lambda uow: uow.rounds.where())) == 2
    assert len(await week.queued(DeliveryKind.PROMPT)) == 3


async def test_an_answer_ends_the_reminder_and_moves_the_line_on(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.sends_all()
    await week.answer("U2", moved="A call was returned", heard="A nurse: fewer forms, please")
    sent = await week.sends_all()
    assert kinds(sent) == ["progress", "prompt"]
    assert all(one.update_of for one in sent)
    await week.until(TUESDAY_NINE + timedelta(hours=25))
    reminded = [one.addressee_id for one in await week.sends_all()]
    assert sorted(reminded) == ["U1", "U3"]


async def test_an_answer_before_the_prompt_is_sent_makes_it_needless(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.answer("U2", moved="A call was returned")
    sent = await week.sends_all()
    assert "U2" not in {one.addressee_id for one in sent}


async def test_an_edit_replaces_the_answer_and_keeps_its_time(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.answer("U1", moved="One", heard="Two")
    first = await week.do(lambda uow: uow.answers.where())
    week.now += timedelta(hours=1)
    await week.answer("U1", moved="One, better", heard="Two")
    second = await week.do(lambda uow: uow.answers.where())
    assert len(first) == len(second) == 2
    changed = next(one for one in second if "moved" in one.values)
    assert changed.values["moved"] == "One, better"
    assert (changed.answered_at, changed.edited_at) == (TUESDAY_NINE, week.now)
    same = next(one for one in second if "heard" in one.values)
    assert same.edited_at is None


async def test_the_prompt_says_how_it_stands(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.sends_all()
    prompt = next(one for one in await week.queued(DeliveryKind.PROMPT) if one.addressee_id == "U1")
    anew = replace(prompt, update_of=prompt.id)
    assert buttons(await week.says(prompt)) == [
        "Answer",
        "Skip this time",
        "Ask me tomorrow",
        *ALWAYS,
    ]
    await week.answer("U1", moved="One")
    assert buttons(await week.says(anew)) == ["Edit"]
    await week.until(THURSDAY_FIVE)
    assert buttons(await week.says(anew)) == []


async def test_a_round_closes_with_a_summary_beneath_its_line(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.sends_all()
    await week.answer("U1", moved="A call returned", heard="A nurse", rating="4")
    await week.sends_all()
    await week.until(THURSDAY_FIVE)
    rounds = await week.do(lambda uow: uow.rounds.where(practice_key="voices_heard"))
    assert rounds[0].state is RoundState.CLOSED
    line = (await week.queued(DeliveryKind.PROGRESS))[0]
    summaries = await week.queued(DeliveryKind.SUMMARY)
    assert [one.thread_of for one in summaries] == [line.id, line.id]
    said = [await week.says(one) for one in summaries]
    assert "Northwind" not in str(said)
    assert "A nurse" in str(said)
    assert "They would recommend us".lower() in str(said)


async def test_a_round_without_answers_closes_quietly(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.until(THURSDAY_FIVE)
    said = await week.says((await week.queued(DeliveryKind.SUMMARY))[0])
    assert "Nobody" in str(said)


async def test_what_was_answered_can_not_be_changed_once_the_round_has_closed(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.answer("U1", moved="One", heard="Two")
    sitting = await week.sitting("U1")
    await week.until(THURSDAY_FIVE)
    with pytest.raises(Refused, match="has closed, and what you wrote is kept"):
        await week.do(lambda uow: see_sitting(uow, sitting.id, "U1"))


async def test_nobody_answers_for_another(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    sitting = await week.sitting("U1")
    with pytest.raises(Refused, match="somebody else"):
        await week.do(lambda uow: see_sitting(uow, sitting.id, "U2"))
    with pytest.raises(Refused, match="can't find"):
        await week.do(lambda uow: see_sitting(uow, "gone", "U2"))


@pytest.mark.parametrize(
    ("late", "state"),
    [
        (timedelta(hours=5, minutes=59), RoundState.OPEN),
        (timedelta(hours=6, minutes=1), RoundState.SKIPPED),
    ],
)
async def test_after_a_stop_an_occurrence_opens_up_to_six_hours_late(
    week: Week, late: timedelta, state: RoundState
) -> None:
    await week.until(TUESDAY_NINE + late)
    rounds = await week.do(lambda uow: uow.rounds.where())
    assert {one.state for one in rounds} == {state}
    assert all(bool(one.reason) is (state is RoundState.SKIPPED) for one in rounds)


async def test_after_a_long_stop_nobody_is_flooded(week: Week) -> None:
    five_weeks_later = TUESDAY_NINE + timedelta(weeks=5, hours=1)  # 09:00 in winter by then
    await week.until(five_weeks_later)
    rounds = await week.do(lambda uow: uow.rounds.where())
    states = Counter((one.practice_key, one.state) for one in rounds)
    assert states == {
        ("early_wins", RoundState.SKIPPED): 5,
        ("voices_heard", RoundState.SKIPPED): 5,
        ("breakdown", RoundState.SKIPPED): 5,
        ("early_wins", RoundState.OPEN): 1,
        ("voices_heard", RoundState.OPEN): 1,
    }
    assert len(await week.queued(DeliveryKind.PROMPT)) == 3
    digests = await week.do(lambda uow: uow.digests.where())
    assert [bool(one.reason) for one in digests] == [True] * 5


async def test_with_nobody_to_ask_a_round_is_skipped_and_says_why(store: Store) -> None:
    week = Week(store)
    await week.set_up(replace(PLAN, members=PLAN.members[-1:]))
    await week.until(TUESDAY_NINE)
    assert {one.reason for one in await week.do(lambda uow: uow.rounds.where())} == {
        "nobody to ask"
    }


async def test_who_leaves_the_channel_is_asked_no_more_and_the_coach_is_told(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.do(lambda uow: leave_channel(uow, "U2", "C1", week.now))
    await week.do(lambda uow: leave_channel(uow, "U2", "C1", week.now))
    await week.do(lambda uow: leave_channel(uow, "U9", "C1", week.now))
    notes = await week.queued(DeliveryKind.COACH_NOTE)
    assert [one.addressee_id for one in notes] == ["U9"]
    assert "no longer ask" in str(await week.says(notes[0]))
    sitting = await week.sitting("U2")
    assert (sitting.state, sitting.reason) == (SittingState.SKIPPED, "left the team")
    assert "U2" not in {one.addressee_id for one in await week.sends_all()}
    line = (await week.queued(DeliveryKind.PROGRESS))[0]
    assert "0 of 2" in str(await week.says(line))
    await week.until(datetime(2026, 10, 8, 8, tzinfo=UTC))
    assert "U2" not in {one.addressee_id for one in await week.sends_all()}


async def test_a_switched_off_account_leaves_every_team(week: Week) -> None:
    await week.do(lambda uow: leave_workspace(uow, "U9", week.now))
    assert not (await week.member("U9")).active
    notes = await week.queued(DeliveryKind.COACH_NOTE)
    assert [one.addressee_id for one in notes] == ["U1"], "without a coach the lead is told"


async def test_what_is_open_for_a_person(week: Week) -> None:
    assert await week.do(lambda uow: open_sittings(uow, "U1", week.now)) == []
    await week.until(TUESDAY_NINE)
    assert len(await week.do(lambda uow: open_sittings(uow, "U1", week.now))) == 1
    await week.answer("U1", moved="One")
    assert await week.do(lambda uow: open_sittings(uow, "U1", week.now)) == []


async def test_another_time_is_another_sitting(store: Store) -> None:
    week = Week(store)
    half_past = (PLAN.cadences[0], cadence("voices_heard", "TU", time(9, 30)))
    await week.set_up(replace(PLAN, cadences=half_past))
    await week.until(TUESDAY_NINE)
    await week.until(TUESDAY_NINE + timedelta(minutes=30))
    prompts = [one for one in await week.queued(DeliveryKind.PROMPT) if one.addressee_id == "U1"]
    assert len(prompts) == 2
    assert len(await week.queued(DeliveryKind.PROGRESS)) == 2
