"""The stakeholder map as its people keep it: with the desk, on a real store."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching.answer import Value
from coaching.ports import UnitOfWork
from coaching.stakeholder import Stakeholder
from coaching.use_cases.keep_map import keep_draft
from conversation.compose.which_team import TEAM
from conversation.events import FormSubmitted, Keep, Nothing, OpenForm, Pressed, ReplaceForm, Reply
from conversation.messages import (
    Bold,
    Bullets,
    Buttons,
    Form,
    Heading,
    Home,
    Message,
    Person,
)
from conversation.routes import (
    INVITE_CAME,
    INVITE_NOT,
    INVITE_SAY,
    MAP_EDIT,
    MAP_ENTRY,
    MAP_OFF,
    MAP_OPEN,
    SESSION_OFF,
    SESSION_PLAN,
    SESSION_SHOW,
    STAKEHOLDERS_SHOW,
)
from storage import SqlStore
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, WORKSPACE, Week, cadence
from tests.integration.handlers.answering import BOARD, Answering, form, problems

CLOSED = datetime(2026, 10, 12, 16, tzinfo=UTC)
ASKING = replace(
    PLAN,
    cadences=(
        cadence("stakeholder_map", "TU", time(9)),
        cadence("stakeholder_draft", "TU", time(9)),
    ),
)
SCALE = {"relationship": "2", "engagement": "4"}
DRAFT = {"outside": "Northern hospitals\nThe regulator", "deepen": "The regulator"}


@pytest.fixture
async def answering(store: SqlStore) -> Answering:
    week = Week(store)
    await week.set_up(ASKING)
    return Answering(week)


def shown(page: Form | Home | Message) -> str:
    """What it says, a line each; people by id, buttons in brackets."""
    said: list[str] = []
    for block in page.body if isinstance(page, Form) else page.blocks:
        if isinstance(block, Buttons):
            said += [f"[{one.label}]" for one in block.buttons]
        elif isinstance(block, Heading):
            said.append(block.text)
        lines = block.lines if isinstance(block, Bullets) else (getattr(block, "line", ()),)
        for spans in lines:
            words = (
                one.text if isinstance(one, Bold) else one.user if isinstance(one, Person) else one
                for one in spans
            )
            said.append("".join(map(str, words)))
    return "\n".join(said)


async def the_map(answering: Answering, user: str = "U1") -> Form:
    return form(await answering.commands(user, "stakeholders"))


async def presses(answering: Answering, user: str, page: Form, label: str) -> Reply:
    buttons = [one for block in page.body if isinstance(block, Buttons) for one in block.buttons]
    button = next(one for one in buttons if one.label.startswith(label))
    return await answering.does(Pressed(WORKSPACE, user, button.route, button.value))


async def known(answering: Answering) -> dict[str, Stakeholder]:
    there = await answering.week.do(lambda uow: uow.stakeholders.where())
    return {one.name: one for one in there}


async def drafted(answering: Answering) -> None:
    await answering.week.until(TUESDAY_NINE)
    await answering.week.answer("U9", **DRAFT)
    named = {"known": "Northern Hospitals", "added": "Their children"}
    await answering.week.answer("U2", **named, **SCALE)


async def add(answering: Answering, user: str, name: str) -> Reply:
    asked = form(await presses(answering, user, await the_map(answering, user), "Add somebody"))
    return await answering.sends(user, asked, name=name, side="Outside", kind="Regulator")


async def open_(answering: Answering, user: str, name: str) -> Form:
    one = (await known(answering))[name]
    return form(await answering.does(Pressed(WORKSPACE, user, MAP_ENTRY, one.id)))


async def test_an_empty_map_says_when_it_is_asked_for(answering: Answering) -> None:
    said = shown(await the_map(answering))
    assert "Nobody is on the map of Northwind leadership yet." in said
    assert "Ask Stakeholder map now, on my Home tab." in said
    await answering.week.set_up(replace(ASKING, paused=True))
    assert "It is not asked for in the time to come." in shown(await the_map(answering, "U2"))
    asked = await answering.week.do(lambda uow: uow.teams.where())
    plan = Pressed(WORKSPACE, "U1", SESSION_PLAN, f"{asked[0].id}:")
    assert "The map is empty" in shown(form(await answering.does(plan)))


async def test_what_is_answered_stands_on_the_map(answering: Answering) -> None:
    await drafted(answering)
    lines = shown(await the_map(answering, "U2")).split("\n")
    assert "The regulator · outside · in focus · not met yet, as far as I know" in lines
    rated = "our last rating: relationship 2 of 5 and engagement 4 of 5"
    assert f"Northern hospitals · outside · not met yet, as far as I know · {rated}" in lines
    assert "[Open Their children]" in lines
    assert lines.index("[Open The regulator]") < lines.index("[Open Northern hospitals]")
    assert "[Plan a session…]" not in lines, "that is the lead's and the coach's"


async def test_an_answer_that_is_changed_takes_its_place(answering: Answering) -> None:
    await drafted(answering)
    await answering.week.answer("U2", known="The regulator", relationship="5", engagement="5")
    (rating,) = await answering.week.do(lambda uow: uow.ratings.where())
    there = await known(answering)
    assert (rating.stakeholder_id, rating.relationship) == (there["The regulator"].id, 5)
    assert "Their children" not in there, "named by nobody any more"
    await answering.week.answer("U9", outside="The regulator\nThe ministry", deepen="The ministry")
    there = await known(answering)
    assert "Northern hospitals" not in there
    assert [one.name for one in there.values() if one.in_focus] == ["The ministry"]


async def test_a_draft_of_too_many_is_refused_under_its_field(answering: Answering) -> None:
    await answering.week.until(TUESDAY_NINE)
    sitting = await answering.week.sitting("U9")
    asked = form(await answering.does(Pressed(WORKSPACE, "U9", "sitting.answer.v1", sitting.id)))
    ids = {one.id.rpartition(".")[2]: one.id for one in asked.fields}

    async def sends(**given: str) -> Reply:
        values = {ids[key]: given.get(key, "") for key in ids}
        return await answering.does(
            FormSubmitted(WORKSPACE, "U9", asked.route, asked.reference, values)
        )

    ten = "\n".join(f"Ward {number}" for number in range(10))
    refused = problems(await sends(outside=ten, inside="The night shift", deepen="Ward 1"))
    assert "That makes 11 on the map" in refused[ids["outside"]]
    refused = problems(await sends(outside=ten, deepen="Ward 1\nWard 2\nWard 3"))
    assert "Two at a time" in refused[ids["deepen"]]
    assert isinstance(await sends(outside=ten, deepen="Ward 1"), ReplaceForm)
    await add(answering, "U3", "The ministry")
    refused = problems(await sends(outside=ten, deepen="The ministry"))
    assert "and The ministry is not among them" in refused[ids["deepen"]]
    kept = await sends(outside="Ward 1", inside="Ward 2", deepen="The night shift")
    assert isinstance(kept, ReplaceForm), "what is not named any more makes room"
    more = kept.form
    ids = {one.id.rpartition(".")[2]: one.id for one in more.fields}
    values = {ids[key]: "" for key in ids} | {ids["guest"]: "Ward 1", ids["session"]: "2026-10-01"}
    late = FormSubmitted(WORKSPACE, "U9", more.route, more.reference, values)
    assert "has passed" in str(problems(await answering.does(late)))


async def test_beyond_ten_they_are_suggested(answering: Answering) -> None:
    await drafted(answering)
    for number in range(7):
        assert "is on the map." in shown(form(await add(answering, "U3", f"Ward {number}")))
    kept = shown(form(await add(answering, "U3", "The ministry")))
    assert "kept as suggested: lead and coach see it." in kept
    assert "Suggested: the map had its 10 when they were named." in kept
    page = await the_map(answering)
    assert "Suggested" in shown(page)
    entry = form(await presses(answering, "U1", page, "Open The ministry"))
    full = form(await presses(answering, "U1", entry, "Put on the map"))
    assert "The map has its 10." in shown(full)
    gone = form(await presses(answering, "U1", await open_(answering, "U1", "Ward 0"), "Take off"))
    assert "They are off the map. What is known of them stays." in shown(gone)
    there = form(await presses(answering, "U1", entry, "Put on the map"))
    assert "The ministry is on the map." in shown(there)
    assert "[Open Ward 0]" in shown(await the_map(answering))
    again = Pressed(WORKSPACE, "U1", MAP_OFF, (await known(answering))["Ward 0"].id)
    assert "is off the map" in shown(form(await answering.does(again)))
    assert "is on the map already" in str(problems(await add(answering, "U3", "ward  1")))


async def test_who_is_on_it_is_changed_by_lead_and_coach(answering: Answering) -> None:
    await drafted(answering)
    edit = form(
        await presses(answering, "U1", await open_(answering, "U1", "Their children"), "Change")
    )
    given = {
        "kind": "Future generations",
        "side": "Outside",
        "in_focus": "One of the two to deepen",
    }
    kept = shown(form(await answering.sends("U1", edit, **given, owner="U3")))
    assert "future generations · outside · in focus, looked after by U3" in kept
    assert "Tuesday 6 October, U1: in focus" in kept
    assert "Tuesday 6 October, U1: looked after by U3" in kept
    third = form(
        await presses(answering, "U9", await open_(answering, "U9", "Northern hospitals"), "Change")
    )
    refused = problems(await answering.sends("U9", third, in_focus="One of the two to deepen"))
    assert "Two are in focus" in refused["steps_back"]
    given = {
        "in_focus": "One of the two to deepen",
        "steps_back": "Their children",
        "name": "The hospitals",
    }
    kept = shown(form(await answering.sends("U9", third, **given)))
    assert "name: The hospitals, was Northern hospitals" in kept
    assert not (await known(answering))["Their children"].in_focus
    taken = problems(await answering.sends("U9", third, name="The regulator"))
    assert "known to the map under that name" in taken["name"]
    assert "A name is needed" in problems(await answering.sends("U9", third, name=" "))["name"]
    assert "at most 80" in problems(await answering.sends("U9", third, name="x" * 81))["name"]


async def test_members_add_rate_and_say_met_and_no_more(answering: Answering) -> None:
    await drafted(answering)
    page = await open_(answering, "U3", "The regulator")
    assert "[Change…]" not in shown(page)
    one = (await known(answering))["The regulator"]
    refused = form(await answering.does(Pressed(WORKSPACE, "U3", MAP_EDIT, one.id)))
    assert "can't change the stakeholder map" in shown(refused)
    rate = form(await presses(answering, "U3", page, "Rate it"))
    assert "Choose a figure" in str(problems(await answering.sends("U3", rate)))
    for figure in ("3", "4"):
        kept = shown(form(await answering.sends("U3", rate, relationship=figure)))
    assert "Tuesday 6 October: relationship 4 of 5, U3" in kept
    assert "relationship 3 of 5" not in kept, "a second time that day takes its place"
    met = form(await presses(answering, "U3", page, "We met them"))
    assert problems(await answering.sends("U3", met, met_on="")) == {
        "met_on": "Choose the day on which you last met them."
    }
    assert "still to come" in str(problems(await answering.sends("U3", met, met_on="2027-01-01")))
    kept = shown(form(await answering.sends("U3", met, met_on="2026-10-05")))
    assert "Last met on Monday 5 October." in kept
    answering.week.now += timedelta(days=130)
    page = await open_(answering, "U3", "The regulator")
    assert "Last met on Monday 5 October 2026: stale, as that is 131 days ago" in shown(page)
    rate = form(await presses(answering, "U3", page, "Rate it"))
    kept = shown(form(await answering.sends("U3", rate, relationship="2")))
    assert "the relationship has cooled: from 4 in October 2026 to 2 in February 2027" in kept
    assert "known for over 120 days: stale" in shown(await the_map(answering, "U3"))


async def test_two_who_are_the_same_become_one(answering: Answering) -> None:
    await drafted(answering)
    await answering.week.answer(
        "U1", **DRAFT, known="The hospitals", relationship="4", engagement="1"
    )
    page = await open_(answering, "U1", "The hospitals")
    same = form(await presses(answering, "U1", page, "Same as"))
    assert "Choose who" in str(problems(await answering.sends("U1", same)))
    kept = shown(form(await answering.sends("U1", same, same_as="Northern hospitals")))
    assert "They are one now: Northern hospitals." in kept
    assert "relationship 4 of 5 and engagement 1 of 5, U1" in kept
    stays = (await known(answering))["Northern hospitals"]
    assert {
        one.stakeholder_id for one in await answering.week.do(lambda uow: uow.ratings.where())
    } == {stays.id}
    assert (await open_(answering, "U1", "The hospitals")).body[0] == Heading("Northern hospitals")
    await answering.week.answer("U3", known="the hospitals", relationship="5", engagement="5")
    assert len(await answering.week.do(lambda uow: uow.ratings.where(stakeholder_id=stays.id))) == 3


async def planned(answering: Answering, on: str = "2026-11-13") -> Form:
    page = await open_(answering, "U1", "The regulator")
    asked = form(await presses(answering, "U1", page, "Plan a session with"))
    assert next(one.initial for one in asked.fields if one.id == "guests") == "The regulator"
    assert "Choose the day" in str(problems(await answering.sends("U1", asked, owner="U2")))
    assert "has passed" in str(problems(await answering.sends("U1", asked, on="2026-10-01")))
    wrong = await answering.sends("U1", asked, on=on, guests="Nobody")
    assert "on the map" in str(problems(wrong))
    return form(await answering.sends("U1", asked, on=on, owner="U2"))


async def test_a_session_is_planned_changed_and_called_off(answering: Answering) -> None:
    await drafted(answering)
    page = await planned(answering)
    assert "The regulator · not invited yet · asked by U2" in shown(page)
    page = form(await presses(answering, "U1", page, "Invited: The regulator"))
    assert "The regulator · invited · asked by U2" in shown(page)
    change = form(await presses(answering, "U1", page, "Change day or guests"))
    page = form(await answering.sends("U1", change, guests="Northern hospitals", owner="U3"))
    assert "Northern hospitals · not invited yet · asked by U3" in shown(page)
    assert "The regulator ·" not in shown(page)
    why = form(await presses(answering, "U1", page, "Not this time: Northern hospitals"))
    page = form(await answering.sends("U1", why, reason="Their diary"))
    assert "Northern hospitals · not this time (Their diary)" in shown(page)
    page = form(await presses(answering, "U1", page, "Invited after all: Northern hospitals"))
    assert "Northern hospitals · invited" in shown(page)
    view = form(await presses(answering, "U3", page, "Back to the map"))
    theirs = form(await presses(answering, "U3", view, "Open Friday 13 November"))
    assert "[Cancel the session…]" not in shown(theirs)
    assert "[Accepted: Northern hospitals]" in shown(theirs)
    sure = form(await presses(answering, "U1", page, "Cancel the session"))
    back = form(await presses(answering, "U1", sure, "Leave it"))
    assert "It does not take place" not in shown(back)
    off = form(await presses(answering, "U1", sure, "Cancel the session"))
    assert "It does not take place" in shown(off)
    late = await answering.sends("U1", change, on="2026-12-01")
    assert "can't find this session" in str(problems(late))


async def test_the_owner_says_from_message_and_home_what_became_of_it(answering: Answering) -> None:
    await drafted(answering)
    await planned(answering)
    (invite,) = await answering.week.do(lambda uow: uow.invites.where())
    said = Pressed(WORKSPACE, "U2", INVITE_SAY, f"{invite.id}:accepted")
    assert isinstance(await answering.does(said), Nothing)
    assert isinstance(await answering.does(said), Nothing), "pressed twice"
    stranger = form(await answering.does(replace(said, user="U3")))
    assert "for its owner, or the team's lead or coach" in shown(stranger)
    gone = form(await answering.does(replace(said, value="nothing:accepted")))
    assert "can't find this invitation" in shown(gone)
    came = form(await answering.does(Pressed(WORKSPACE, "U2", INVITE_CAME, invite.id)))
    early = await answering.sends("U2", came, heard="They wait for us")
    assert "still to come" in str(problems(early))
    answering.week.now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    assert isinstance(await answering.sends("U2", came, heard="They wait for us"), Nothing)
    why = form(await answering.does(Pressed(WORKSPACE, "U2", INVITE_NOT, invite.id)))
    assert "They came, and that is kept." in shown(why)


async def test_who_is_on_several_teams_chooses_and_strangers_are_refused(
    answering: Answering,
) -> None:
    await answering.week.set_up(BOARD)
    asked = form(await answering.commands("U2", "stakeholders", "C9"))
    assert asked.route == STAKEHOLDERS_SHOW
    chosen = FormSubmitted(WORKSPACE, "U2", STAKEHOLDERS_SHOW, "", {TEAM: "The board"})
    assert "on the map of The board yet" in shown(form(await answering.does(chosen)))
    assert isinstance(await answering.does(replace(chosen, values={TEAM: "Another"})), Keep)
    teams = await answering.week.do(lambda uow: uow.teams.where(channel="C2"))
    opened = await answering.does(Pressed(WORKSPACE, "U2", MAP_OPEN, teams[0].id))
    assert isinstance(opened, OpenForm)
    for route in (MAP_OPEN, MAP_ENTRY, SESSION_SHOW, SESSION_OFF, SESSION_PLAN):
        refused = form(await answering.does(Pressed(WORKSPACE, "U3", route, teams[0].id)))
        assert refused.title == "Widelens", route


async def test_what_was_answered_before_there_was_a_register_is_taken_over(
    answering: Answering,
) -> None:
    await drafted(answering)
    await answering.week.until(CLOSED)

    def empty(uow: UnitOfWork) -> None:
        for rating in uow.ratings.where():
            uow.ratings.remove(rating.id)
        for one in uow.stakeholders.where():
            uow.stakeholders.remove(one.id)

    before = shown(await the_map(answering))
    await answering.week.do(empty)
    assert shown(await the_map(answering)) == before


async def test_a_draft_whose_day_is_changed_moves_its_session(answering: Answering) -> None:
    await drafted(answering)
    week = answering.week
    member = await week.member("U9")
    (round_,) = await week.do(lambda uow: uow.rounds.where(practice_key="stakeholder_draft"))

    async def drafts(day: str) -> None:
        values: dict[str, Value] = {"outside": ["The regulator"], "deepen": ["The regulator"]}
        values |= {"guest": ["The regulator"], "session": day}
        await week.do(lambda uow: keep_draft(uow, round_, member, values, week.now))

    for day in ("2026-11-13", "2026-11-20", "2026-11-20"):
        await drafts(day)
    (session,) = await week.do(lambda uow: uow.sessions.where())
    assert session.on == date(2026, 11, 20)
    assert len(await week.do(lambda uow: uow.invites.where())) == 1
