"""The cadence editor: two people at once, what can be added, what stops, and who may."""

from dataclasses import replace
from datetime import time

import pytest

from coaching.cadence import DIGEST
from coaching.cadence_choices import IN_SLOT
from coaching.slot import Slot
from coaching.team_plan import WantedCadence
from conversation.events import (
    ChoicesSought,
    FormChanged,
    Nothing,
    Offer,
    OpenForm,
    Pressed,
    ReplaceForm,
)
from conversation.routes import CADENCE_EDIT, CADENCE_STOP
from storage import SqlStore
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, WORKSPACE, Week
from tests.integration.handlers.answering import form, problems
from tests.integration.handlers.editing import Editing, fields, reads, told

WINS = "Change Visible progress…"
ADD = "Add a practice to Northwind leadership…"
SITTING = f"{IN_SLOT}, Tuesday 09:00"
IN_SITTINGS = replace(PLAN, slot=Slot(1, time(9)))


@pytest.fixture
async def editing(store: SqlStore) -> Editing:
    week = Week(store)
    await week.set_up()
    return Editing(week)


async def test_two_people_the_second_is_told_and_then_puts_theirs_in_its_place(
    editing: Editing,
) -> None:
    lead, coach = await editing.opens("U1", WINS), await editing.opens("U9", WINS)
    theirs = await editing.changes("U9", coach, "at", at="10:00", often="Every two weeks")
    await editing.sends("U9", theirs)
    meanwhile = (
        "<U9> changed this while your form was open: it came every Tuesday at 09:00, and now comes"
        " every second Tuesday at 10:00, next on Tuesday 6 October. Save puts yours in its place;"
        " or close this."
    )
    drawn = await editing.changes("U1", lead, "at", at="14:00")
    assert reads(drawn.body).splitlines()[0] == meanwhile, "at once"
    reply = await editing.sends("U1", lead, at="14:00")
    again = form(reply)
    assert reads(again.body).splitlines()[0] == meanwhile, "and before theirs is kept"
    assert (fields(again)["at"], fields(again)["often"]) == ("14:00", "Every week")
    kept = await editing.cadence("early_wins")
    assert kept is not None
    assert (kept.at, kept.changed_by) == (time(10), "U9")
    said = told(await editing.sends("U1", again))
    assert said == "Visible progress now comes every Tuesday at 14:00, next on Tuesday 6 October."


async def test_what_a_plan_changed_has_no_name_and_a_third_change_is_told_too(
    editing: Editing,
) -> None:
    shown = await editing.opens("U1", WINS)
    thursday = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TH", time(9))
    await editing.week.set_up(replace(PLAN, cadences=(thursday,)))
    told_once = await editing.changes("U1", shown, "at", at="14:00")
    assert reads(told_once.body).startswith("Somebody changed this while your form was open")
    await editing.sends("U9", await editing.opens("U9", WINS), on="Friday")
    reply = await editing.sends("U1", told_once)
    assert "now comes every Friday at 09:00" in reads(form(reply).body)
    kept = await editing.cadence("early_wins")
    assert kept is not None
    assert kept.changed_by == "U9"


async def test_a_rule_too_long_to_carry_is_told_without_how_it_was(editing: Editing) -> None:
    days = ",".join(str(day) for day in range(1, 250))
    often = WantedCadence("early_wins", f"FREQ=YEARLY;BYYEARDAY={days}", time(9))
    await editing.week.set_up(replace(PLAN, cadences=(often,)))
    shown = await editing.opens("U1", WINS)
    assert len(shown.reference) < 500
    assert len(fields(shown)["often"]) <= 75
    await editing.week.set_up()
    drawn = await editing.changes("U1", shown, "at", at="14:00")
    assert "was open: it now comes every Tuesday at 09:00" in reads(drawn.body)


async def test_what_somebody_else_has_added_is_not_added_twice(editing: Editing) -> None:
    first, second = await editing.opens("U1", ADD), await editing.opens("U9", ADD)
    first = await editing.changes("U1", first, "practice", practice="Purpose check")
    second = await editing.changes("U9", second, "practice", practice="Purpose check")
    assert "every Tuesday at 09:00" in told(await editing.sends("U1", first))
    again = form(await editing.sends("U9", second))
    assert reads(again.body).startswith(
        "<U1> added this while your form was open: it comes every Tuesday at 09:00."
    )
    assert fields(again)["practice"] == ""
    refused = problems(await editing.sends("U9", again))
    assert refused == {"practice": "Choose what to ask."}


async def test_what_can_be_added_is_what_a_cadence_can_ask(editing: Editing) -> None:
    shown = await editing.opens("U1", ADD)
    (practice,) = [one for one in shown.fields if one.id == "practice"]
    assert "Doubts and unspoken concerns" in practice.choices
    for not_there in ("Visible progress", "New on the team", "Stakeholder invite", "Digest"):
        assert not_there not in practice.choices
    digest = await editing.cadence(DIGEST)
    assert digest is not None
    await editing.week.do(lambda uow: uow.cadences.remove(digest.id))
    team = replace(await editing.week.team(), slot=Slot(1, time(9)))
    await editing.week.do(lambda uow: uow.teams.save(team))
    shown = await editing.opens("U1", ADD)
    assert fields(shown)["at"] == SITTING
    shown = await editing.changes("U1", shown, "practice", practice="Digest")
    assert fields(shown)["at"] == "15:00", "it needs an hour of its own"
    assert SITTING not in str(shown.body)
    assert told(await editing.sends("U1", shown)).startswith("Digest is now asked every Tuesday")


async def test_where_all_is_asked_already_there_is_nothing_to_add(editing: Editing) -> None:
    keys = [key for key, one in editing.week.catalogue.items() if one.audience.on_cadence]
    every = tuple(WantedCadence(key, "FREQ=WEEKLY;BYDAY=TU", time(9)) for key in keys)
    await editing.week.set_up(replace(PLAN, cadences=every))
    shown = await editing.opens("U1", ADD)
    assert "asked everything that I know of" in reads(shown.body)


async def test_two_practices_of_one_name_are_told_apart(editing: Editing) -> None:
    catalogue = editing.week.catalogue
    twin = replace(catalogue["purpose"], key="purpose_twin")
    twins = Editing(replace(editing.week, catalogue={**catalogue, twin.key: twin}))
    shown = await twins.opens("U1", ADD)
    (practice,) = [one for one in shown.fields if one.id == "practice"]
    assert "Purpose check (purpose_twin)" in practice.choices
    label = "Purpose check (purpose_twin)"
    shown = await twins.changes("U1", shown, "practice", practice=label)
    assert fields(shown)["practice"] == label


async def test_of_more_practices_than_a_menu_holds_one_looks_for_the_name(
    editing: Editing,
) -> None:
    catalogue = editing.week.catalogue
    many = {
        key: replace(catalogue["purpose"], key=key, name=f"Our question {number}")
        for number, key in enumerate((f"ours_{n}" for n in range(120)), start=1)
    }
    crowded = Editing(replace(editing.week, catalogue={**catalogue, **many}))
    shown = await crowded.opens("U1", ADD)
    (practice,) = [one for one in shown.fields if one.id == "practice"]
    assert (practice.sought, practice.choices) == (True, ())
    typed = ChoicesSought(WORKSPACE, "U1", shown.route, shown.reference, "practice", "question 11")
    offered = await crowded.does(typed)
    assert isinstance(offered, Offer)
    assert "Our question 117" in offered.choices
    assert len(offered.choices) == 11
    shown = await crowded.changes("U1", shown, "practice", practice="Our question 117")
    assert fields(shown)["practice"] == "Our question 117"


async def test_a_pause_is_said_beneath_the_dates(editing: Editing) -> None:
    await editing.presses_home("U1", "Pause Visible progress")
    assert "It is paused: until it goes on" in reads((await editing.opens("U1", WINS)).body)
    await editing.presses_home("U1", "Pause Northwind leadership")
    said = reads((await editing.opens("U1", WINS)).body)
    assert "Northwind leadership is paused: until it goes on" in said


async def test_a_practice_whose_file_is_gone_can_only_be_stopped(editing: Editing) -> None:
    catalogue = {key: one for key, one in editing.week.catalogue.items() if key != "early_wins"}
    without = Editing(replace(editing.week, catalogue=catalogue))
    shown = await without.opens("U1", "Change Early wins…")
    assert "I no longer know this practice" in reads(shown.body)
    assert "no longer know" in problems(await without.sends("U1", shown))["often"]
    assert "[Stop asking Early wins…]" in reads(shown.body)


async def test_who_may_not_or_comes_too_late_is_told(editing: Editing) -> None:
    shown = await editing.opens("U9", WINS)
    team = await editing.week.team()
    for user in ("U2", "U7"):
        pressed = Pressed(WORKSPACE, user, CADENCE_EDIT, f"{team.id}:")
        refused = await editing.does(pressed)
        assert isinstance(refused, OpenForm)
        assert not list(refused.form.fields)
        assert problems(await editing.sends(user, shown))
    await editing.week.set_up(replace(PLAN, cadences=()))
    gone = problems(await editing.sends("U9", shown))
    assert "somebody stopped it meanwhile" in gone["often"]
    values = fields(shown)
    changed = FormChanged(WORKSPACE, "U9", shown.route, shown.reference, values, "often")
    assert isinstance(await editing.does(changed), Nothing)
    await editing.week.set_up(replace(PLAN, members=PLAN.members[:3]))
    assert "left this team" in problems(await editing.sends("U9", shown))["often"]
    old = replace(shown, reference="from another version")
    assert "an older version" in problems(await editing.sends("U1", old))["often"]


async def test_stopping_says_what_stays_and_offers_a_pause(editing: Editing) -> None:
    await editing.week.until(TUESDAY_NINE)
    shown = await editing.opens("U1", WINS)
    stop = await editing.presses("U1", shown.body, "Stop asking Visible progress…")
    assert isinstance(stop, ReplaceForm)
    assert "The round that is open takes answers until it closes." in reads(stop.form.body)
    assert problems(await editing.sends("U1", stop.form)) == {
        "what": "Choose one of these; or leave it as it is."
    }
    paused = await editing.sends("U1", stop.form, what="Pause it, until somebody lets it go on")
    assert told(paused).startswith("Visible progress is paused.")
    stop = await editing.presses("U9", shown.body, "Stop asking Visible progress…")
    assert isinstance(stop, ReplaceForm)
    assert [one.choices for one in stop.form.fields] == [("Stop asking it",)]
    said = told(await editing.sends("U9", stop.form, what="Stop asking it"))
    assert (
        said == "Visible progress is no longer asked. The round that is open still takes answers."
    )
    assert await editing.cadence("early_wins") is None
    late = await editing.sends("U1", stop.form, what="Stop asking it")
    assert "somebody stopped it meanwhile" in problems(late)["what"]


async def test_a_stopped_practice_is_asked_by_the_pack_again(editing: Editing) -> None:
    wins = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU", time(9))
    await editing.week.set_up(replace(IN_SITTINGS, pack="gentle_start", cadences=(wins,)))
    shown = await editing.opens("U1", WINS)
    stop = form(await editing.presses("U1", shown.body, "Stop asking Visible progress…"))
    assert "it has no days of its own; Gentle start asks it again" in reads(stop.body)
    said = told(await editing.sends("U1", stop, what="Stop asking it"))
    assert said.endswith("Gentle start asks it again.")


async def test_what_is_stopped_can_be_added_again(editing: Editing) -> None:
    shown = await editing.opens("U1", WINS)
    stop = form(await editing.presses("U1", shown.body, "Stop asking Visible progress…"))
    assert "Once stopped, nothing more of it comes. What was answered stays" in reads(stop.body)
    said = told(await editing.sends("U1", stop, what="Stop asking it"))
    assert said == "Visible progress is no longer asked. You can add it again at any time."
    shown = await editing.opens("U1", ADD)
    shown = await editing.changes("U1", shown, "practice", practice="Visible progress")
    assert told(await editing.sends("U1", shown)).startswith("Visible progress is now asked")


async def test_the_digest_is_paused_and_not_stopped(editing: Editing) -> None:
    shown = await editing.opens("U1", "Change Digest…")
    assert "Stop asking" not in reads(shown.body)
    digest = await editing.cadence(DIGEST)
    assert digest is not None
    value = f"{digest.team_id}:{digest.id}"
    refused = await editing.does(Pressed(WORKSPACE, "U1", CADENCE_STOP, value))
    assert isinstance(refused, OpenForm)
    assert "always has its digest" in reads(refused.form.body)


async def test_the_set_up_is_changed_from_the_home_too(editing: Editing) -> None:
    shown = await editing.opens("U1", "Change the set-up of Northwind leadership…")
    assert shown.title == "Who is on the team (1/3)"
