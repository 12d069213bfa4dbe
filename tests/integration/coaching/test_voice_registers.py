"""The register of voices: whom each was of, what stands in it, and who may read it when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.stakeholder import Stakeholder, folded
from coaching.use_cases.edit_voice import edit_voice
from coaching.use_cases.keep_voice import keep_told_voice
from coaching.use_cases.see_voices import open_voices_in, see_voices
from coaching.use_cases.set_up_team import apply_teams
from coaching.use_cases.settle_voice import give_new_day
from coaching.voice import Voice, VoiceState
from storage import SqlStore
from tests.integration.coaching.test_voices import DECISION, WORDS, hears, seen, stands
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, Week


@pytest.fixture
async def week(store: SqlStore) -> Week:
    week = Week(store)
    await week.set_up()
    return week


async def on_map(week: Week, name: str, *, outside: bool | None = True) -> Stakeholder:
    member = await week.member("U1")
    there = Stakeholder(
        new_id(),
        member.workspace_id,
        member.team_id,
        folded(name),
        name,
        member.id,
        week.now,
        outside=outside,
    )
    await week.do(lambda uow: uow.stakeholders.add(there))
    return there


async def test_a_lead_changes_what_it_asks_for_and_not_the_words(week: Week) -> None:
    voice = await hears(week, "U2", decision=DECISION)
    await on_map(week, "Ward nurses")
    given = {"who": "Ward nurses", "decision": "Releases wait", "heard": "Nothing of note"}
    view = await week.do(lambda uow: edit_voice(uow, voice.id, "U1", given, week.now))
    assert view is not None
    assert (view.voice.words, view.voice.decision) == (WORDS, "Releases wait")
    assert view.whom == "Ward nurses"
    assert view.voice.owner == "U2", "left empty, it stays with whom it was"
    with pytest.raises(Refused) as refused:
        await week.do(lambda uow: edit_voice(uow, voice.id, "U1", {"by": "soon"}, week.now))
    assert list(refused.value.fields or {}) == ["by"]


async def test_who_it_was_moves_the_day_they_were_met_and_says_whether_they_are_outside(
    week: Week,
) -> None:
    nurses = await on_map(week, "Ward nurses")
    payroll = await on_map(week, "Payroll", outside=False)
    unknown = await on_map(week, "The union", outside=None)
    voice = await hears(week, "U2", who="ward  nurses")
    assert (voice.stakeholder_id, voice.outside) == (nurses.id, True)
    inside = await hears(week, "U2", who="Payroll")
    assert (inside.stakeholder_id, inside.outside) == (payroll.id, False)
    assert (await hears(week, "U2", who="The union")).outside
    other = await hears(week, "U2", who="A lender")
    assert (other.stakeholder_id, other.outside) == (None, True)
    assert (await seen(week, other)).whom == "A lender"
    met = await week.do(lambda uow: uow.stakeholders.get(nurses.id))
    assert met.met_on == date(2026, 10, 5)
    await week.do(lambda uow: uow.stakeholders.save(replace(met, merged_into=unknown.id)))
    assert (await seen(week, voice)).whom == "The union"
    again = await hears(week, "U3", who="Ward nurses")
    assert again.stakeholder_id == unknown.id


async def test_what_was_heard_on_a_visit_is_a_voice_too(week: Week) -> None:
    nurses = await on_map(week, "Ward nurses", outside=None)
    team, member = await week.team(), await week.member("U2")

    def visit(uow: UnitOfWork, outside: bool) -> Voice:
        return keep_told_voice(
            uow,
            team,
            member,
            WORDS,
            week.now,
            stakeholder_id=nurses.id,
            outside=outside,
            decision=DECISION,
        )

    told = await week.do(lambda uow: visit(uow, False))
    assert (await stands(week, told)).outside is False, "as was said, where the map does not say"
    assert (await seen(week, told)).whom == "Ward nurses"
    assert told.owner == "U2"
    more = await week.do(lambda uow: visit(uow, True))
    assert more.id != told.id
    alone = await week.do(lambda uow: keep_told_voice(uow, team, member, WORDS, week.now))
    assert (alone.state, alone.outside) == (VoiceState.HEARD, True)


async def test_the_register_has_what_is_open_first_and_is_searched(week: Week) -> None:
    late = await hears(week, "U2", decision=DECISION)
    await week.do(lambda uow: give_new_day(uow, late.id, "U2", "2026-12-01", week.now))
    soon = await hears(week, "U3", decision="Labels by ward")
    migrated = replace(soon, owner=None, by=None)
    undated = await hears(week, "U3", decision="Fewer forms")
    await week.do(
        lambda uow: uow.voices.save(replace(migrated, id=undated.id, round_id=undated.round_id))
    )
    for number in range(10):
        week.now += timedelta(minutes=1)
        await hears(week, "U2", heard=f"Voice {number}", who="A lender")
    page = await week.do(lambda uow: see_voices(uow, "U1", late.team_id))
    assert [one.voice.id for one in page.voices[:3]] == [soon.id, late.id, undated.id]
    assert [one.voice.words for one in page.voices[3:5]] == ["Voice 9", "Voice 8"]
    assert (page.found, page.all_open) == (13, 3)
    rest = await week.do(lambda uow: see_voices(uow, "U1", late.team_id, "", 10))
    assert [one.voice.words for one in rest.voices] == ["Voice 2", "Voice 1", "Voice 0"]
    found = await week.do(lambda uow: see_voices(uow, "U1", late.team_id, "LENDER voice 7"))
    assert [one.voice.words for one in found.voices] == ["Voice 7"]
    past = await week.do(lambda uow: see_voices(uow, "U1", late.team_id, "", 999))
    assert past.start == 0
    assert await week.do(lambda uow: open_voices_in(uow, late.team_id)) == 3


async def test_before_a_round_of_at_close_is_over_its_voices_are_their_tellers_alone(
    week: Week,
) -> None:
    own = week.catalogue["voices_heard"]
    closing = week.catalogue["purpose_whole"].visibility
    week.catalogue = {**week.catalogue, own.key: replace(own, visibility=closing)}
    await week.do(lambda uow: apply_teams(uow, [PLAN], week.catalogue, week.now))
    await week.until(TUESDAY_NINE)
    await week.answer("U2", moved="A ward ordered", heard=WORDS)
    (voice,) = await week.do(lambda uow: uow.voices.where())
    with pytest.raises(Refused):
        await seen(week, voice, "U1")
    assert (await seen(week, voice, "U2")).voice == voice
    page = await week.do(lambda uow: see_voices(uow, "U1", voice.team_id))
    assert page.voices == ()
    await week.until(TUESDAY_NINE + timedelta(days=3))
    assert (await seen(week, voice, "U1")).voice == voice
