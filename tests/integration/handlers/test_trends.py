"""`/widelens trends`: what was logged, for lead and coach."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coaching.breakdown import Breakdown
from coaching.identifiers import new_id
from coaching.invite import Invite, InviteState, Session
from coaching.ports import Store, UnitOfWork
from coaching.promise import Outcome, Promise, PromiseKind
from coaching.stakeholder import Stakeholder
from coaching.use_cases.set_up_team import apply_teams
from coaching.voice import Voice, VoiceState
from conversation.messages import Chart
from conversation.plain import as_plain
from conversation.routes import TRENDS_SHOW
from tests.contract.records import a_round
from tests.integration.coaching.week import PLAN, WORKSPACE, Week
from tests.integration.handlers.answering import BOARD, Answering, form, whispered

DAY = timedelta(days=1)


@pytest.fixture
async def week(store: Store) -> Week:
    week = Week(store)
    await week.set_up()
    return week


@pytest.fixture
def answering(week: Week) -> Answering:
    return Answering(week)


async def log(week: Week) -> None:
    """A little of everything, two days before."""
    then = week.now - 2 * DAY
    member = await week.member("U2")
    team = await week.team()
    whose = (WORKSPACE, team.id)

    def put(uow: UnitOfWork) -> None:
        def around() -> str:
            round_ = replace(a_round(team), workspace_id=WORKSPACE, closes_at=then)
            assert uow.rounds.add(round_)
            return round_.id

        voice = Voice(new_id(), *whose, around(), member.id, then, "Words", decision="D")
        uow.voices.add(replace(voice, state=VoiceState.CHANGED, settled_at=then))
        uow.breakdowns.add(
            Breakdown(
                new_id(), *whose, around(), member.id, then - DAY, "It broke", settled_at=then
            )
        )
        nurses = Stakeholder(new_id(), *whose, "nurses", "Nurses", member.id, then, in_focus=True)
        uow.stakeholders.add(nurses)
        session = Session(new_id(), *whose, then.date(), member.id, then)
        uow.sessions.add(session)
        uow.invites.add(
            Invite(new_id(), *whose, session.id, nurses.id, "U2", InviteState.CAME, then)
        )
        uow.promises.add(
            Promise(
                new_id(),
                *whose,
                around(),
                member.id,
                PromiseKind.COMMITMENT,
                "Words",
                then.date(),
                then,
                outcome=Outcome.DONE,
            )
        )

    await week.do(put)


async def test_lead_and_coach_read_what_was_logged(answering: Answering, week: Week) -> None:
    await log(week)
    for user in ("U1", "U9"):
        said = whispered(await answering.commands(user, "trends"))
        text = "\n".join(as_plain(said.blocks, {}))
        assert "Outside voices heard: 1 (0)" in text
        assert "Voices that changed a decision: 1 (0)" in text
        assert "on average in twelve weeks: 1\n" in text
        assert "in twelve weeks: 1 of 1" in text
        assert "Promises for a day in twelve weeks: 1: 1 done, 0 partly, 0 not yet, 0 not" in text
        assert "Stakeholders on the map: 1, 1 in focus, 0 not met for 120 days" in text
        assert "Words" not in text
        assert any(isinstance(block, Chart) for block in said.blocks)


async def test_with_nothing_logged_there_is_no_picture(answering: Answering, week: Week) -> None:
    said = whispered(await answering.commands("U1", "trends"))
    assert not any(isinstance(block, Chart) for block in said.blocks)
    assert said.text.endswith("0 outside voices were heard in the last four weeks.")


async def test_a_leader_is_told_that_it_is_for_others(answering: Answering, week: Week) -> None:
    assert "can't see what the team's records come to" in str(
        await answering.commands("U2", "trends")
    )


async def test_who_leads_two_teams_says_whose(answering: Answering, week: Week) -> None:
    await week.do(lambda uow: apply_teams(uow, [PLAN, BOARD], week.catalogue, week.now))
    which = form(await answering.commands("U1", "trends", channel="C7"))
    assert which.route == TRENDS_SHOW
    said = whispered(await answering.sends("U1", which, for_team=BOARD.name))
    assert said.text.startswith("The board: 0 outside voices")
