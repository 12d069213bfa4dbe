"""The bot comes to a channel: what it queues to say there, and what it does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coaching.catalogue import load_catalogue
from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState, post
from coaching.draft import Draft, as_reference, from_reference
from coaching.errors import Refused
from coaching.load import Burden
from coaching.ports import UnitOfWork
from coaching.use_cases.arrive import arrive
from coaching.use_cases.reach_channel import channel_refused
from coaching.use_cases.spare_people import burden_of
from coaching.use_cases.tell_coach import note_undelivered
from conversation.compose import compose
from conversation.messages import Message
from storage import SqlStore
from tests.integration.coaching.week import MONDAY, WORKSPACE, Week

ARRIVAL = DeliveryKind.ARRIVAL


def arrivals(uow: UnitOfWork) -> list[Delivery]:
    return uow.deliveries.where(kind=ARRIVAL)


async def test_it_is_said_once_however_often_the_bot_comes(store: SqlStore) -> None:
    week = Week(store)
    for _ in range(3):
        await week.do(lambda uow: arrive(uow, "C7", MONDAY))
    (hello,) = await week.do(arrivals)
    assert (hello.team_id, hello.addressee_id) == ("", "C7")
    said = await week.do(lambda uow: compose(uow, hello, MONDAY))
    assert isinstance(said, Message)
    assert "Set this team up" in str(said.blocks)


@pytest.mark.parametrize("state", [DeliveryState.DROPPED, DeliveryState.FAILED])
async def test_what_could_not_be_said_is_said_when_the_bot_comes_again(
    store: SqlStore, state: DeliveryState
) -> None:
    week = Week(store)
    await week.do(lambda uow: arrive(uow, "C7", MONDAY))
    (hello,) = await week.do(arrivals)
    await week.do(lambda uow: uow.deliveries.save(replace(hello, state=state, reason="gone")))
    later = MONDAY + timedelta(days=1)
    await week.do(lambda uow: arrive(uow, "C7", later))
    (again,) = await week.do(arrivals)
    assert (again.state, again.due_at) == (DeliveryState.PENDING, later)


async def test_a_channel_without_a_team_that_takes_nothing_troubles_nobody(store: SqlStore) -> None:
    week = Week(store)
    await week.set_up()
    await week.do(lambda uow: arrive(uow, "C7", MONDAY))
    (hello,) = await week.do(arrivals)
    await week.do(lambda uow: channel_refused(uow, hello, MONDAY))
    await week.do(lambda uow: note_undelivered(uow, hello, "restricted_action", MONDAY))
    assert await week.do(lambda uow: uow.deliveries.where(kind=DeliveryKind.COACH_NOTE)) == []


async def test_to_a_team_that_was_there_first_it_is_one_sentence(store: SqlStore) -> None:
    week = Week(store)
    await week.set_up()
    await week.do(lambda uow: arrive(uow, "C1", MONDAY))
    (hello,) = await week.do(arrivals)
    said = await week.do(lambda uow: compose(uow, hello, MONDAY))
    assert isinstance(said, Message)
    assert said.text == (
        "Hello, I'm Widelens. I'm here for Northwind leadership: what your answers bring comes"
        " here."
    )
    assert "Set this team up" not in str(said.blocks)


async def test_back_in_a_teams_channel_it_says_nothing_and_tries_again(store: SqlStore) -> None:
    week = Week(store)
    await week.set_up()
    team = await week.team()
    refused = post(
        DeliveryKind.PROGRESS,
        workspace_id=WORKSPACE,
        team_id=team.id,
        subject="round",
        addressee=Addressee.CHANNEL,
        addressee_id="C1",
        due_at=MONDAY,
    )
    dropped = replace(refused, state=DeliveryState.DROPPED)
    await week.do(lambda uow: uow.deliveries.add(dropped))
    await week.do(lambda uow: channel_refused(uow, dropped, MONDAY))
    soon = MONDAY + timedelta(minutes=5)
    await week.do(lambda uow: arrive(uow, "C1", soon))
    assert await week.do(arrivals) == []
    waiting = await week.do(
        lambda uow: uow.deliveries.where(kind=DeliveryKind.COACH_NOTE, addressee_id="C1")
    )
    assert [one.due_at for one in waiting] == [soon]


@pytest.mark.parametrize(("by", "burden"), [("U2", None), ("U1", Burden.NOTE)])
async def test_a_welcome_counts_for_all_but_who_set_the_team_up(
    store: SqlStore, by: str, burden: Burden | None
) -> None:
    week = Week(store, catalogue=load_catalogue())
    await week.set_up()
    member = await week.member("U2")
    welcome = post(
        DeliveryKind.WELCOME,
        workspace_id=WORKSPACE,
        team_id=member.team_id,
        subject=member.id,
        addressee=Addressee.PERSON,
        addressee_id="U2",
        due_at=MONDAY,
        detail=by,
    )
    assert await week.do(lambda uow: burden_of(uow, welcome)) == burden


def test_a_draft_of_the_largest_team_fits_a_form() -> None:
    people = tuple(f"U{place:010}" for place in range(60))
    days = (MONDAY.date(), MONDAY.date())
    draft = Draft("C0123456789", "t" * 32, "s" * 8, "U1", "U2", people, blackout=days)
    draft = replace(draft, meets="Wednesday 10:00", slot="Tuesday 09:00", timezone="Europe/London")
    assert len(as_reference(draft)) < 3000
    assert from_reference(as_reference(draft)) == draft


@pytest.mark.parametrize("reference", ["", "gone", '{"of": "another version"}'])
def test_a_form_of_another_version_is_told_of(reference: str) -> None:
    with pytest.raises(Refused, match="older version"):
        from_reference(reference)
