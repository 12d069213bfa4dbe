"""What a round of the purpose brings to who settles it, until they have; no oftener."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coaching.delivery import DeliveryKind, DeliveryState
from coaching.errors import Refused
from coaching.round import RoundState
from coaching.use_cases.restate_purpose import restate_now
from coaching.use_cases.reveal_purpose import AGAIN, TO_COACH
from coaching.use_cases.settle_purpose import (
    see_settling,
)
from coaching.use_cases.steer_cadence import ask_now
from coaching.use_cases.team_purpose import unsettled_of
from conversation.messages import Message, Quote
from storage import SqlStore
from tests.integration.coaching.purposes import (
    ASKING,
    CHECKED,
    CLOSED,
    NO_LEAD,
    NORTH,
    SOUTH,
    TRAINS,
    WEEK,
    buttons,
    pending,
    restated,
    reveals,
    settle,
    write,
)
from tests.integration.coaching.week import TUESDAY_NINE, Week


@pytest.fixture
async def week(store: SqlStore) -> Week:
    week = Week(store)
    await week.set_up(ASKING)
    return week


async def test_the_lead_is_told_once_again_after_a_week_and_then_the_coach(week: Week) -> None:
    await restated(week)
    queued = {one.detail: one for one in await reveals(week)}
    assert [queued[detail].due_at - CLOSED for detail in ("", AGAIN, TO_COACH)] == [
        timedelta(),
        WEEK,
        2 * WEEK,
    ]
    dana, amara = await week.member("U9"), await week.member("U1")
    assert queued[TO_COACH].addressee_id == dana.user
    assert {queued[""].addressee_id, queued[AGAIN].addressee_id} == {amara.user}
    said = await week.says(queued[""])
    assert isinstance(said, Message)
    assert [one.words for one in said.blocks if isinstance(one, Quote)] == [NORTH, TRAINS]
    assert [one.label for one in buttons(said)] == ["Settle our sentence"]
    again = await week.says(queued[AGAIN])
    assert "I don't bring it up again" in str(again)
    to_coach = await week.says(queued[TO_COACH])
    assert buttons(to_coach) == []
    assert NORTH not in str(to_coach)


async def test_once_it_is_settled_nothing_more_is_said_of_it(week: Week) -> None:
    await restated(week)
    await week.sends_all()
    settled = await settle(week, f" {NORTH} ")
    assert (settled.number, settled.sentence) == (1, NORTH)
    assert await pending(week) == []
    (told,) = [one for one in await reveals(week) if one.state is DeliveryState.SENT]
    became = await week.says(replace(told, update_of=told.id))
    assert "version 1" in str(became)
    assert buttons(became) == []
    assert isinstance(await week.says(told), str)
    assert await week.do(lambda uow: unsettled_of(uow, settled.team_id)) is None
    (post,) = await week.queued(DeliveryKind.PURPOSE)
    said = await week.says(post)
    assert isinstance(said, Message)
    assert said.text == f"Our purpose: {NORTH}"
    assert said.pinned is True


async def test_a_team_without_a_lead_has_its_coach_offered_it_at_once(week: Week) -> None:
    await week.set_up(NO_LEAD)
    await restated(week)
    assert {(one.addressee_id, one.detail) for one in await reveals(week)} == {
        ("U9", ""),
        ("U9", AGAIN),
    }


async def test_a_new_restatement_takes_the_place_of_the_old_one(week: Week) -> None:
    await restated(week)
    await week.sends_all()
    team = await week.team()
    opened = await week.do(lambda uow: restate_now(uow, week.catalogue, "U1", team.id, week.now))
    with pytest.raises(Refused, match="open already"):
        await week.do(lambda uow: restate_now(uow, week.catalogue, "U1", team.id, week.now))
    await write(week, "U2", SOUTH)
    await week.until(CLOSED + WEEK)
    (old, new) = [one for one in await reveals(week) if not one.detail]
    assert new.subject == opened.opened[0].id
    assert "took the place" in str(await week.says(replace(old, update_of=old.id)))
    assert isinstance(await week.says(old), str)
    of_old = [one for one in await reveals(week) if one.subject == old.subject and one.detail]
    assert {one.state for one in of_old} == {DeliveryState.DROPPED}
    assert "One of you has written" in str(await week.says(new))


async def test_a_late_sentence_stands_beside_the_others_while_they_wait(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.until(CLOSED)
    assert await reveals(week) == [], "nobody has written a sentence"
    await write(week, "U2", NORTH)
    assert {one.detail for one in await reveals(week)} == {"", AGAIN, TO_COACH}
    await week.sends_all()
    await write(week, "U3", TRAINS)
    updates = await week.do(lambda uow: uow.deliveries.where(kind=DeliveryKind.REVEAL))
    assert any(one.update_of for one in updates)
    settled = await settle(week, NORTH)
    await write(week, "U1", SOUTH)
    assert await week.do(lambda uow: unsettled_of(uow, settled.team_id)) is None


async def test_a_check_in_which_it_no_longer_holds_is_brought_to_the_lead(week: Week) -> None:
    await restated(week)
    await settle(week, NORTH)
    await week.until(CHECKED)
    await week.answer("U2", holds="Yes")
    await week.answer("U3", holds="No")
    sitting = await week.sitting("U3")
    assert sitting.state == "answered"
    await week.until(CLOSED + timedelta(days=8))
    offered = [one for one in await reveals(week) if one.detail == ""]
    said = str(await week.says(offered[-1]))
    assert "looked at again" in said
    assert "No" in said
    settling = await week.do(lambda uow: see_settling(uow, "U1", sitting.team_id))
    assert settling.unsettled is not None
    assert [one.choice for one in settling.unsettled.doubts] == ["No"]
    (to_coach,) = [one for one in await reveals(week) if one.detail == TO_COACH][-1:]
    assert "the doubts about the purpose" in str(await week.says(to_coach))


async def test_a_check_in_which_all_say_yes_asks_nothing_of_the_lead(week: Week) -> None:
    await restated(week)
    settled = await settle(week, NORTH)
    await week.until(CHECKED)
    await week.answer("U2", holds="Yes")
    before = len(await reveals(week))
    await week.until(CLOSED + timedelta(days=8))
    assert len(await reveals(week)) == before
    assert await week.do(lambda uow: unsettled_of(uow, settled.team_id)) is None


async def test_a_check_does_not_push_a_restatement_aside_that_waits(week: Week) -> None:
    await settle(week, SOUTH)
    week.now += timedelta(hours=1)
    await week.until(TUESDAY_NINE)
    await write(week, "U2", NORTH)
    await week.until(TUESDAY_NINE + timedelta(days=1))
    await week.answer("U3", holds="No", serve="Patients", missed="They", sentence=TRAINS)
    await week.until(CLOSED)
    waiting = await week.do(lambda uow: unsettled_of(uow, uow.teams.where()[0].id))
    assert waiting is not None
    assert [one.words for one in waiting.sentences] == [NORTH]
    assert {one.subject for one in await reveals(week)} == {waiting.round.id}


async def test_without_a_sentence_the_check_is_skipped_on_record(week: Week) -> None:
    await week.until(TUESDAY_NINE + timedelta(days=1))
    (check,) = await week.do(lambda uow: uow.rounds.where(practice_key="purpose"))
    assert check.state is RoundState.SKIPPED
    assert check.reason == "the team has settled no purpose that it could be asked about"
    team = await week.team()
    with pytest.raises(Refused, match="no sentence to hold up yet"):
        await week.do(
            lambda uow: ask_now(
                uow, week.catalogue, "U1", team.id, check.cadence_id or "", week.now
            )
        )
