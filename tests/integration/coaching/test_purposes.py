"""A team's purpose by hand: settled, mended, kept to the team, restated."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.purpose import Purpose
from coaching.round import RoundState
from coaching.stakeholder import Stakeholder
from coaching.team import Role
from coaching.team_plan import WantedMember
from coaching.use_cases.be_discreet import set_discreet
from coaching.use_cases.change_sentence import change_sentence, sentences_before
from coaching.use_cases.restate_purpose import restate_now
from coaching.use_cases.reveal_purpose import TO_COACH
from coaching.use_cases.see_sitting import field_id
from coaching.use_cases.settle_purpose import (
    mend_purpose,
    names_outside,
    see_settling,
)
from coaching.use_cases.steer_cadence import set_paused
from coaching.use_cases.team_purpose import purpose_of, versions_of
from conversation.compose.in_full import words_form
from conversation.messages import Message
from storage import SqlStore
from tests.integration.coaching.purposes import (
    ASKING,
    CLOSED,
    NO_LEAD,
    NORTH,
    SOUTH,
    TRAINS,
    WEEK,
    buttons,
    refused,
    restated,
    reveals,
    settle,
    write,
)
from tests.integration.coaching.week import TUESDAY_NINE, Week, cadence


@pytest.fixture
async def week(store: SqlStore) -> Week:
    week = Week(store)
    await week.set_up(ASKING)
    return week


async def test_each_version_is_kept_and_says_until_when_it_held(week: Week) -> None:
    await restated(week)
    first = await settle(week, NORTH)
    await week.sends_all()
    await settle(week, SOUTH, 2)
    older, newer = await week.queued(DeliveryKind.PURPOSE)
    said = await week.says(replace(older, update_of=older.id))
    assert isinstance(said, Message)
    assert said.pinned is False
    assert "until 12 October 2026" in str(said.blocks)
    assert "until" not in str(await week.says(newer))
    assert isinstance(await week.says(older), str), "it is not posted any more, if it never was"
    kept = await week.do(lambda uow: versions_of(uow, first.team_id))
    assert [(one.number, one.sentence) for one in kept] == [(2, SOUTH), (1, NORTH)]
    assert kept[0].round_id == ""
    assert kept[1].round_id != ""


async def test_it_is_the_leads_and_where_there_is_none_the_coachs(week: Week) -> None:
    await restated(week)
    assert "can't settle the team's purpose" in await refused(week, NORTH, user="U2")
    assert "The lead settles" in await refused(week, NORTH, user="U9")
    assert "not on this team" in await refused(week, NORTH, user="U7")
    assert "One sentence" in await refused(week, "One. And another.")
    await week.set_up(NO_LEAD)
    assert "You have left this team" in await refused(week, NORTH)
    (to_coach,) = [one for one in await reveals(week) if one.detail == TO_COACH]
    assert [one.label for one in buttons(await week.says(to_coach))] == ["Settle our sentence"]
    first = next(one for one in await reveals(week) if not one.detail)
    assert isinstance(await week.says(first), str)
    assert buttons(await week.says(replace(first, update_of=first.id))) == []
    assert (await settle(week, NORTH, user="U9")).number == 1


async def test_two_leads_settle_it_once(week: Week) -> None:
    two = (*ASKING.members, WantedMember("U4", Role.LEAD))
    await week.set_up(replace(ASKING, members=two))
    await restated(week)
    settled = await settle(week, NORTH)
    assert await settle(week, NORTH) == settled, "sent twice"
    assert "settled meanwhile" in await refused(week, TRAINS, user="U4")
    team = await week.team()
    settling = await week.do(lambda uow: see_settling(uow, "U4", team.id))
    assert (settling.number, settling.unsettled) == (2, None)


async def test_what_was_just_settled_is_mended_and_later_on_is_another_version(week: Week) -> None:
    await restated(week)
    settled = await settle(week, NORTH)
    await week.sends_all()

    async def mend(sentence: str, user: str = "U1", purpose_id: str = settled.id) -> Purpose:
        return await week.do(
            lambda uow: mend_purpose(uow, user, purpose_id, sentence, "f", week.now)
        )

    assert await mend(NORTH) == settled
    assert (await mend(SOUTH)).number == 1
    (change,) = await week.do(lambda uow: uow.entry_changes.where(entry_id=settled.id))
    assert NORTH in change.what
    week.now += timedelta(hours=2)
    assert (await mend(TRAINS)).number == 2
    with pytest.raises(Refused, match="settled meanwhile"):
        await mend(NORTH)
    with pytest.raises(Refused, match="can't find"):
        await mend(NORTH, purpose_id="gone")
    current = await week.do(lambda uow: purpose_of(uow, settled.team_id))
    assert current is not None
    assert current.round_id == ""
    again = await mend(SOUTH, purpose_id=current.id)
    assert again.sentence == SOUTH


async def test_a_discreet_team_keeps_its_sentence_out_of_the_channel(week: Week) -> None:
    team = await week.team()
    await week.do(lambda uow: set_discreet(uow, "U1", team.id, on=True))
    await settle(week, NORTH)
    await week.do(lambda uow: set_discreet(uow, "U1", team.id, on=False))
    (post,) = await week.queued(DeliveryKind.PURPOSE)
    said = await week.says(post)
    assert NORTH not in str(said)
    assert isinstance(said, Message)
    assert said.pinned is True
    (read,) = buttons(said)
    form = await week.do(lambda uow: words_form(uow, read.value, "U2"))
    assert NORTH in str(form)
    with pytest.raises(Refused):
        await week.do(lambda uow: words_form(uow, read.value, "U7"))
    await settle(week, SOUTH, 2)
    older = await week.says(replace(post, update_of=post.id))
    assert "An earlier purpose of ours." in str(older)
    newer = (await week.queued(DeliveryKind.PURPOSE))[-1]
    assert SOUTH in str(await week.says(newer))


async def test_a_sentence_written_in_discretion_stays_so(week: Week) -> None:
    team = await week.team()
    await week.until(TUESDAY_NINE)
    await write(week, "U2", NORTH)
    await week.do(lambda uow: set_discreet(uow, "U1", team.id, on=True))
    await week.until(CLOSED)
    await week.do(lambda uow: set_discreet(uow, "U1", team.id, on=False))
    await settle(week, NORTH)
    (post,) = await week.queued(DeliveryKind.PURPOSE)
    assert NORTH not in str(await week.says(post))


async def test_a_sentence_is_changed_while_its_round_takes_it(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await write(week, "U2", TRAINS)
    sitting = await week.sitting("U2")
    (round_,) = await week.do(lambda uow: uow.rounds.where(practice_key="purpose_whole"))
    name = field_id(round_.id, "sentence")

    async def change(sentence: str, user: str = "U2") -> None:
        await week.do(
            lambda uow: change_sentence(uow, sitting.id, user, {name: sentence}, week.now)
        )

    await change(NORTH)
    assert await week.do(lambda uow: sentences_before(uow, sitting.id)) == {round_.id: NORTH}
    assert await week.do(lambda uow: sentences_before(uow, "gone")) == {}
    with pytest.raises(Refused) as problem:
        await change("")
    assert problem.value.fields == {name: "This one needs a sentence."}
    with pytest.raises(Refused):
        await change(SOUTH, "U3")
    await week.until(CLOSED)
    with pytest.raises(Refused, match="has closed"):
        await change(SOUTH)
    week.now += timedelta(minutes=1)
    await write(week, "U3", TRAINS)
    late = await week.sitting("U3")
    await week.do(lambda uow: change_sentence(uow, late.id, "U3", {name: SOUTH}, week.now))
    assert await week.do(lambda uow: sentences_before(uow, late.id)) == {round_.id: SOUTH}


async def test_restating_is_for_those_who_steer(week: Week) -> None:
    team = await week.team()

    async def restate(user: str) -> str:
        with pytest.raises(Refused) as raised:
            await week.do(lambda uow: restate_now(uow, week.catalogue, user, team.id, week.now))
        return raised.value.sentence

    assert "can't steer" in await restate("U2")
    await week.do(
        lambda uow: set_paused(uow, week.catalogue, "U1", team.id, "team", week.now, paused=True)
    )
    assert "is paused" in await restate("U1")
    week.catalogue = {"purpose": week.catalogue["purpose"]}
    assert "no questions any more" in await restate("U1")


async def test_a_team_that_is_never_asked_it_can_restate_all_the_same(week: Week) -> None:
    await week.set_up(replace(ASKING, cadences=(cadence("early_wins", "TU", time(9)),)))
    team = await week.team()
    opened = await week.do(lambda uow: restate_now(uow, week.catalogue, "U9", team.id, week.now))
    assert [one.practice_key for one in opened.opened] == ["purpose_whole"]
    await write(week, "U2", NORTH)
    await week.until(week.now + WEEK)
    again = await week.do(lambda uow: restate_now(uow, week.catalogue, "U9", team.id, week.now))
    assert again.opened[0].cadence_id == opened.opened[0].cadence_id
    await week.set_up(replace(ASKING, members=ASKING.members[3:]))
    nobody = await week.do(lambda uow: uow.rounds.where(state=RoundState.OPEN))
    await week.until(week.now + WEEK)
    assert nobody
    with pytest.raises(Refused, match="nobody to ask"):
        await week.do(lambda uow: restate_now(uow, week.catalogue, "U9", team.id, week.now))


async def test_whom_the_map_has_outside_comes_first_in_focus(week: Week) -> None:
    team, amara = await week.team(), await week.member("U1")

    def stakeholder(name: str, **more: object) -> Stakeholder:
        key = name.casefold()
        made = Stakeholder(key, team.workspace_id, team.id, key, name, amara.id, week.now)
        return replace(made, **more)  # type: ignore[arg-type]

    there = (
        stakeholder("The regulator"),
        stakeholder("Payroll", outside=False),
        stakeholder("Gone", removed_at=week.now),
        stakeholder("Ward nurses", outside=True, in_focus=True),
    )
    await week.do(lambda uow: [uow.stakeholders.add(one) for one in there])
    assert await week.do(lambda uow: names_outside(uow, team.id)) == [
        "Ward nurses",
        "The regulator",
    ]
