"""`widelens digest`: what a team read, and how it was chosen."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.digesting import show_digest
from bot.errors import OperatorError
from coaching.ports import UnitOfWork
from coaching.use_cases.be_discreet import keep_discreet
from insights.digest import Facts
from storage import SqlStore
from tests.integration.coaching.week import TUESDAY_NINE, Week

FRIDAY_THREE = datetime(2026, 10, 9, 14, tzinfo=UTC)
TEAM = "Northwind leadership"


@pytest.fixture
async def week(sqlite_url: str) -> AsyncIterator[Week]:
    store = SqlStore.open(sqlite_url)
    week = Week(store)
    await week.set_up()
    yield week
    await store.close()


async def one_week(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.answer("U1", moved="A call returned", heard="A nurse: fewer forms", decision="Forms")
    await week.until(FRIDAY_THREE)


async def shown(
    url: str, of: date | None = None, team: str = TEAM, *, explain: bool = False
) -> str:
    return "\n".join(await show_digest(url, team, of, explain=explain))


async def test_a_digest_is_printed_with_its_thread(week: Week, sqlite_url: str) -> None:
    await one_week(week)
    said = await shown(sqlite_url)
    assert said.startswith("Northwind leadership, 2026-10-09\n\n# What stands out this week\n")
    assert "• U1 heard first-hand: “A nurse: fewer forms” To decide: Forms" in said
    assert "# What moved\n| A call returned (U1)" in said
    assert "# Next week" in said
    assert await shown(sqlite_url, date(2026, 10, 5), "C1") == said


async def test_how_it_was_chosen_is_told_rule_by_rule(week: Week, sqlite_url: str) -> None:
    await one_week(week)
    said = await shown(sqlite_url, explain=True)
    assert "the latest outside voice, what it changed first: voice:" in said
    assert "(a decision waits for it)" in said
    assert "  not voices_weekly: it has fewer than 4 points of data" in said
    assert "the oldest open What's needed now?: nothing (there is none that is new)" in said


async def test_what_was_not_posted_says_why(week: Week, sqlite_url: str) -> None:
    await week.until(FRIDAY_THREE)
    said = await shown(sqlite_url, explain=True)
    assert "Nothing was posted: nothing changed." in said
    assert "No rule found anything new" in said


async def test_of_one_without_explanations_it_says_so(week: Week, sqlite_url: str) -> None:
    await one_week(week)

    def forget(uow: UnitOfWork) -> None:
        (written,) = uow.digests.where()
        assert isinstance(written.facts, Facts)
        uow.digests.save(replace(written, facts=replace(written.facts, why=())))

    await week.do(forget)
    assert "was not kept" in await shown(sqlite_url, explain=True)


async def test_of_a_discreet_team_no_words_are_printed(week: Week, sqlite_url: str) -> None:
    await week.do(lambda uow: keep_discreet(uow, uow.teams.where()[0], on=True))
    await one_week(week)
    said = await shown(sqlite_url, explain=True)
    assert "An outside voice was heard first-hand. It asks for a decision." in said
    assert "nurse" not in said
    assert "Forms" not in said


async def test_what_is_not_there_is_told(week: Week, sqlite_url: str) -> None:
    with pytest.raises(OperatorError, match="there is no team 'Nobody'"):
        await shown(sqlite_url, team="Nobody")
    with pytest.raises(OperatorError, match="has had no digest yet"):
        await shown(sqlite_url)
    await one_week(week)
    with pytest.raises(OperatorError, match=r"week of 2026-11-02; its latest: 2026-10-09"):
        await shown(sqlite_url, FRIDAY_THREE.date() + timedelta(weeks=4))
