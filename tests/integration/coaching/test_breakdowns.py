"""Breakdowns: logged, settled, told to their end."""

from datetime import timedelta
from importlib.resources import files

import pytest

from coaching.catalogue import load_catalogue, practice_that_feeds
from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.ports import Store, UnitOfWork
from coaching.practice import Feeds
from coaching.round import RoundState
from coaching.use_cases.close_breakdown import close_breakdown
from coaching.use_cases.learn_from_breakdown import (
    BreakdownView,
    log_breakdown,
    needs_of,
    see_breakdown,
    tell_of_breakdown,
)
from coaching.use_cases.membership import leave_channel
from conversation.compose.breakdown import tell_form
from tests.integration.coaching.week import MONDAY, Week

NEED = {
    "what": "Export to the regulator fails",
    "needed_now": "A second approver",
    "owner": "U3",
    "by": "2026-10-09",
}


@pytest.fixture
async def week(store: Store) -> Week:
    week = Week(store)
    await week.set_up()
    return week


async def log(week: Week, given: dict[str, str], occasion: str = "one") -> BreakdownView:
    practice = practice_that_feeds(week.catalogue, Feeds.BREAKDOWNS)
    member = await week.member("U2")
    return await week.do(
        lambda uow: log_breakdown(uow, practice, member.id, "U2", occasion, given, week.now)
    )


async def readers(week: Week) -> list[str]:
    return sorted(one.addressee_id for one in await week.queued(DeliveryKind.BREAKDOWN))


async def test_one_logged_whole_is_settled_and_told_to_logger_lead_and_owner(week: Week) -> None:
    view = await log(week, NEED)
    assert view.breakdown.settled_at == MONDAY
    assert await readers(week) == ["U1", "U2", "U3"]
    rounds = await week.do(lambda uow: uow.rounds.where())
    assert [one.state for one in rounds] == [RoundState.CLOSED]


async def test_one_without_a_need_stays_open_until_it_is_settled(week: Week) -> None:
    view = await log(week, {"what": "Export fails"})
    assert view.breakdown.settled_at is None
    assert await readers(week) == ["U1", "U2"]
    settled = await week.do(
        lambda uow: tell_of_breakdown(uow, view.breakdown.id, "U1", NEED, week.now, later=False)
    )
    assert settled.breakdown.settled_at == MONDAY
    assert await readers(week) == ["U1", "U2", "U3"]
    answers = await week.do(lambda uow: uow.answers.where())
    assert len(answers) == 1
    assert answers[0].values == NEED


async def test_the_same_form_sent_twice_is_one_breakdown(week: Week) -> None:
    await log(week, NEED)
    await log(week, NEED)
    assert len(await week.do(lambda uow: uow.breakdowns.where())) == 1
    await log(week, NEED, occasion="two")
    assert len(await week.do(lambda uow: uow.breakdowns.where())) == 2


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, {"what"}),
        ({"what": "   "}, {"what"}),
        ({"needed_now": "An approver"}, {"what", "owner", "by"}),
        ({**NEED, "owner": "U7"}, {"owner"}),
        ({**NEED, "by": "soon"}, {"by"}),
        ({**NEED, "needed_now": ""}, {"needed_now"}),
    ],
)
async def test_what_is_missing_is_said_beneath_its_question(
    week: Week, given: dict[str, str], fields: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        await log(week, given)
    assert set(refused.value.fields) == fields
    assert await week.do(lambda uow: uow.breakdowns.where()) == []
    assert await week.do(lambda uow: uow.rounds.where()) == []


async def test_what_happened_is_kept_beside_the_need(week: Week) -> None:
    view = await log(week, NEED)
    later = {"happened": "The key expired", "assumed": "", "learning": "Keys need owners"}
    await week.do(
        lambda uow: tell_of_breakdown(uow, view.breakdown.id, "U2", later, week.now, later=True)
    )
    told = (await week.do(lambda uow: uow.breakdowns.where()))[0]
    assert (told.needed_now, told.happened, told.learning) == (
        "A second approver",
        "The key expired",
        "Keys need owners",
    )
    assert "assumed" not in told.as_values()


async def test_one_told_in_a_weekly_round_reaches_the_register_and_its_owner(week: Week) -> None:
    thursday = MONDAY.replace(day=8, hour=8)
    await week.until(thursday)
    await week.answer("U2", **NEED)
    assert len(await week.do(lambda uow: uow.breakdowns.where())) == 1
    assert await readers(week) == ["U3"]


async def test_one_told_in_a_round_and_not_settled_comes_as_a_card_to_author_and_lead(
    week: Week,
) -> None:
    await week.until(MONDAY.replace(day=8, hour=8))
    await week.answer("U2", what="Export fails")
    assert await readers(week) == ["U1", "U2"]


async def test_nothing_to_tell_is_an_answer_too(week: Week) -> None:
    await week.until(MONDAY.replace(day=8, hour=8))
    await week.answer("U2")
    assert await week.do(lambda uow: uow.breakdowns.where()) == []
    assert (await week.sitting("U2")).state == "answered"


async def test_what_somebody_took_is_listed_until_it_is_done(week: Week) -> None:
    view = await log(week, NEED)
    week.now = MONDAY + timedelta(days=30)
    taken = await week.do(lambda uow: needs_of(uow, "U3"))
    assert [one.what for one in taken] == [NEED["what"]]
    await week.do(
        lambda uow: close_breakdown(uow, week.catalogue, view.breakdown.id, "U3", week.now)
    )
    assert await week.do(lambda uow: needs_of(uow, "U3")) == []


async def test_only_the_teams_members_log_and_read(week: Week) -> None:
    view = await log(week, NEED)
    with pytest.raises(Refused, match="Only this team's members"):
        await week.do(lambda uow: see_breakdown(uow, view.breakdown.id, "U7"))
    with pytest.raises(Refused, match="can't find"):
        await week.do(lambda uow: see_breakdown(uow, "gone", "U2"))
    await week.do(lambda uow: leave_channel(uow, "U2", "C1", week.now))
    with pytest.raises(Refused, match="left this team"):
        await week.do(lambda uow: see_breakdown(uow, view.breakdown.id, "U2"))
    practice = practice_that_feeds(week.catalogue, Feeds.BREAKDOWNS)
    member = await week.member("U1")
    for forged in (member.id, "gone"):

        def log_as(uow: UnitOfWork, member_id: str = forged) -> BreakdownView:
            return log_breakdown(uow, practice, member_id, "U7", "x", NEED, week.now)

        with pytest.raises(Refused, match="Only this team's members"):
            await week.do(log_as)


OWN_WORDS = """\
  - {key: kind, type: choice, text: Of which kind, optional: true, choices: [system, promise]}
  - key: whose
    type: short_text
    text: Whose promise?
    optional: true
    later: true
    when: {question: kind, answer: [promise]}
"""


async def test_a_breakdown_in_a_teams_own_words_keeps_what_the_register_does_not_read(
    store: Store,
) -> None:
    packaged = files("coaching.practices").joinpath("breakdown.yaml").read_text("utf-8")
    week = Week(store, catalogue=load_catalogue({"own.yaml": packaged.rstrip() + "\n" + OWN_WORDS}))
    await week.set_up()
    breakdown = (await log(week, NEED | {"kind": "promise"})).breakdown.id

    async def tell(later: bool, **given: str) -> BreakdownView:
        return await week.do(
            lambda uow: tell_of_breakdown(uow, breakdown, "U1", given, week.now, later=later)
        )

    view = await tell(later=True, happened="It failed twice", whose="Ours")
    assert [question.key for question in view.later][-1] == "whose"
    assert (view.values["kind"], view.values["whose"]) == ("promise", "Ours")
    assert "Whose promise?" in str(tell_form(view))
    view = await tell(later=False, **NEED, kind="system")
    assert "whose" not in view.values
    assert "Whose promise?" not in str(tell_form(view))
    assert view.breakdown.happened == "It failed twice"
