"""The attack on anonymity: a year's whole database, logs and messages, and a guesser who learns.

How it guesses: see `attacker.py`. Whether the guesser is any good is shown on stores that leak on
purpose: each of them it must see through.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

from typing_extensions import override

from coaching.anonymity import AnonymousAnswers, Threshold
from coaching.answer import Value
from coaching.ports import Store
from storage import SqlStore
from storage.repositories.anonymous import SqlAnonymous
from storage.traces import TraceCover
from storage.transaction import Transaction
from storage.unit_of_work import SqlUnitOfWork
from tests.integration.anonymity.attacker import (
    guess_who_wrote,
    guess_whose_words,
    strongest_signal,
    study,
)
from tests.integration.anonymity.year import WHOLE_YEAR, Altered, Records, Year, live

SEED = 20261005
NEVER_BY_CHANCE = 4.5
"""Standard deviations: once in 150,000 runs."""
ONLY_BY_A_LEAK = 3.0
A_PART = 10
"""Rounds, enough to see through a leak."""
NEVER_AMONG_THOUSANDS = 6.0
"""The same for the largest of some thousand."""


class InOrder(SqlAnonymous):
    """Leaks: keeps values in the order in which they came."""

    @override
    def _merged(
        self, before: AnonymousAnswers, values: Mapping[str, Value], promised: Threshold
    ) -> AnonymousAnswers:
        keys = {**before.values, **values}
        more = {key: [*before.values.get(key, []), *_listed(values, key)] for key in keys}
        return replace(before, values=more, promised=promised)


class FormsWithWordsOnly(SqlAnonymous):
    """Leaks: takes no note of a form that was sent empty, so that part can be sent again."""

    @override
    def give(
        self, round_id: str, member_id: str, values: Mapping[str, Value], promised: Threshold
    ) -> bool:
        return not values or super().give(round_id, member_id, values, promised)


class NoCover(TraceCover):
    """Leaks: leaves earlier states in the write-ahead log."""

    @override
    def after(self, transaction: Transaction) -> None:
        pass


def _listed(values: Mapping[str, Value], key: str) -> list[Value]:
    return [values[key]] if key in values else []


@contextmanager
def listening() -> Iterator[Records]:
    records, root = Records(), logging.getLogger()
    level = root.level
    root.addHandler(records)
    root.setLevel(logging.DEBUG)
    try:
        yield records
    finally:
        root.setLevel(level)
        root.removeHandler(records)


async def a_year(store: Store, folder: Path, rounds: int = WHOLE_YEAR) -> Year:
    with listening() as log:
        return await live(store, folder / "store.db", log, SEED, rounds)


async def test_the_best_guess_is_no_better_than_chance(sqlite_url: str, tmp_path: Path) -> None:
    store = SqlStore.open(sqlite_url)
    year = await a_year(store, tmp_path)
    await store.close()
    assert len(year.rounds) > 20

    pairs = study(year, Random(SEED))
    whose = guess_whose_words(pairs, Random(SEED))
    assert whose.made > 40
    assert abs(whose.deviation) < NEVER_BY_CHANCE, whose
    signal, deviation = strongest_signal(pairs)
    assert deviation < NEVER_AMONG_THOUSANDS, signal
    who = guess_who_wrote(year, Random(SEED))
    assert who.made > 20
    assert who.deviation < NEVER_BY_CHANCE, who

    assert_nothing_subtracts(year)


def assert_nothing_subtracts(year: Year) -> None:
    """No answer stands behind two results to one question, so no two have a difference."""
    for (question, rounds), (other, others) in combinations(year.windows, 2):
        assert question != other or not set(rounds) & set(others)
    assert any(len(rounds) > 1 for _, rounds in year.windows), "some rounds were pooled"
    assert len(year.windows) > 20


async def test_it_sees_through_a_store_that_keeps_the_order(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = SqlStore.open(sqlite_url)

    def alter(uow: SqlUnitOfWork) -> None:
        uow.anonymous = InOrder(uow.anonymous._transaction)

    year = await a_year(Altered(store, alter), tmp_path, A_PART)
    await store.close()
    whose = guess_whose_words(study(year, Random(SEED)), Random(SEED))
    assert whose.right > 0.9 * whose.made, whose


async def test_it_sees_through_a_log_of_earlier_states_and_a_store_that_tells_an_empty_form(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = SqlStore.open(sqlite_url)
    store._covering = NoCover(store._engines.writer, store._covering._patience)

    def alter(uow: SqlUnitOfWork) -> None:
        uow.anonymous = FormsWithWordsOnly(uow.anonymous._transaction)

    year = await a_year(Altered(store, alter), tmp_path, A_PART)
    await store.close()
    whose = guess_whose_words(study(year, Random(SEED)), Random(SEED))
    assert whose.deviation > ONLY_BY_A_LEAK, whose
    who = guess_who_wrote(year, Random(SEED))
    assert who.deviation > ONLY_BY_A_LEAK, who
