"""Setting a team up where the platform tells little, or what was chosen is not to be had."""

import json
from collections.abc import Collection, Mapping

import pytest

from coaching.catalogue import load_catalogue
from coaching.roster import NOBODY_KNOWN, Profile, Room, Roster
from conversation.events import (
    ChoicesSought,
    CommandGiven,
    FormSubmitted,
    Keep,
    Nothing,
    Offer,
    OpenForm,
    Pressed,
    Reply,
    Whisper,
)
from conversation.routes import SET_UP_PACK, SET_UP_WEEK, SITTING_SKIP, TEAM_SET_UP
from handlers import Services
from handlers.desk import Desk
from scheduler.clock import MovableClock
from storage import SqlStore
from tests.integration.coaching.week import MONDAY, TUESDAY_NINE, WORKSPACE, Week


class Hints:
    def submit(self, shard: int) -> None:
        """Nobody waits."""


class OneRoom:
    """A platform with one channel."""

    async def room(self, channel: str) -> Room | None:
        return Room("leadership", public=False, users=("U1", "U2"))

    async def profiles(self, users: Collection[str]) -> Mapping[str, Profile]:
        return {}

    async def words_of(self, channel: str, message: str) -> str | None:
        return None


def desk(store: SqlStore, roster: Roster = NOBODY_KNOWN) -> Desk:
    return Desk(Services(store, MovableClock(MONDAY), load_catalogue(), Hints(), roster))


async def test_where_the_channel_cannot_be_seen_it_says_so(store: SqlStore) -> None:
    said = await desk(store).respond(Pressed(WORKSPACE, "U1", TEAM_SET_UP, "C7"))
    assert isinstance(said, OpenForm)
    assert "can't see who is in this channel" in str(said.form.body)


async def test_only_who_is_in_the_channel_sets_its_team_up(store: SqlStore) -> None:
    said = await desk(store, OneRoom()).respond(CommandGiven(WORKSPACE, "U9", "C7", "setup"))
    assert isinstance(said, Whisper)
    assert "Only somebody who is in the team's channel" in said.message.text


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": "  ", "pack": "Gentle start"}, "Give the team a name"),
        ({"name": "x" * 81, "pack": "Gentle start"}, "at most 80 characters"),
        ({"name": "Northwind", "pack": "All at once"}, "Choose one of these"),
        ({"name": "Northwind", "pack": "Gentle start"}, "can't see who is in this channel"),
    ],
)
async def test_the_last_step_keeps_what_was_typed(
    store: SqlStore, values: dict[str, str], told: str
) -> None:
    draft = json.dumps({"channel": "C7", "lead": "U1"})
    said = await desk(store).respond(FormSubmitted(WORKSPACE, "U1", SET_UP_PACK, draft, values))
    assert isinstance(said, Keep)
    assert told in " ".join(said.problems.values())


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"timezone": "Europe/Olso"}, "timezone", "Did you mean Europe/Oslo?"),
        ({"timezone": "Nowhere"}, "timezone", "Write a city"),
        ({"country": "Q"}, "country", "Write its name or code"),
    ],
)
async def test_a_place_typed_in_a_form_of_the_last_version_is_checked_as_it_was(
    store: SqlStore, values: dict[str, str], field: str, told: str
) -> None:
    draft = json.dumps({"channel": "C7", "lead": "U1"})
    week = {"asks_on": "Monday", "asks_at": "09:00", "timezone": "oslo", "country": "no"} | values
    said = await desk(store).respond(FormSubmitted(WORKSPACE, "U1", SET_UP_WEEK, draft, week))
    assert isinstance(said, Keep)
    assert told in said.problems[field]


async def test_places_are_looked_for_and_nothing_else_is(store: SqlStore) -> None:
    async def sought(field: str, typed: str) -> Reply:
        event = ChoicesSought(WORKSPACE, "U1", SET_UP_WEEK, "", field, typed)
        return await desk(store).respond(event)

    assert await sought("timezone", "Oslo") == Offer(("Europe/Oslo",))
    assert await sought("country", "norway") == Offer(("Norway",))
    assert await sought("lead", "Amara") == Offer(())


async def test_skip_is_taken(store: SqlStore) -> None:
    week = Week(store)
    await week.set_up()
    await week.until(TUESDAY_NINE)
    sitting = await week.sitting("U2")
    skipped = await desk(store).respond(Pressed(WORKSPACE, "U2", SITTING_SKIP, sitting.id))
    assert isinstance(skipped, Nothing)
    assert (await week.sitting("U2")).state == "skipped"
