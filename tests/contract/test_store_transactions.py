"""What `coaching.ports.Store` and `UnitOfWork` keep to: all of it, or nothing."""

import asyncio
from dataclasses import replace
from threading import Event

import pytest
from sqlalchemy.exc import IntegrityError

from coaching.errors import StoreUnavailable
from coaching.ports import Repository, Store, UnitOfWork
from coaching.team import Team
from storage import SqlStore
from tests.contract.records import (
    HERE,
    NOW,
    THERE,
    WORDS,
    a_cadence,
    a_member,
    a_post,
    a_team,
    keep,
    one_of_each,
)


class Mishap(Exception):
    """Something that a use case raises."""


def names(uow: UnitOfWork) -> list[str]:
    return [team.name for team in uow.teams.where()]


async def test_work_gives_its_result_and_is_kept(store: Store) -> None:
    assert await store.run(HERE, lambda uow: uow.teams.add(a_team(name="Board"))) is True
    assert await store.read(HERE, names) == ["Board"]


async def test_a_unit_of_work_knows_its_workspace(store: Store) -> None:
    assert await store.run(HERE, lambda uow: uow.workspace_id) == HERE
    assert await store.read(THERE, lambda uow: uow.workspace_id) == THERE


async def test_an_exception_keeps_nothing_and_comes_out_as_it_is(store: Store) -> None:
    mishap = Mishap("half way")

    def work(uow: UnitOfWork) -> None:
        uow.teams.add(a_team())
        uow.inbox.take("Ev1", NOW)
        raise mishap

    with pytest.raises(Mishap) as caught:
        await store.run(HERE, work)
    assert caught.value is mishap
    assert await store.read(HERE, names) == []
    assert await store.run(HERE, lambda uow: uow.inbox.take("Ev1", NOW)) is True


async def test_reading_keeps_nothing(store: Store) -> None:
    attempts = [
        lambda uow: uow.teams.add(a_team()),
        lambda uow: uow.teams.save(a_team()),
        lambda uow: uow.teams.remove("t"),
        lambda uow: uow.inbox.take("Ev1", NOW),
        lambda uow: uow.cadences.claim_due(NOW),
    ]
    for attempt in attempts:
        with pytest.raises(RuntimeError, match=r"Store\.run"):
            await store.read(HERE, attempt)
    assert await store.read(HERE, names) == []


async def test_a_unit_of_work_ends_with_its_work(store: Store) -> None:
    kept: list[Repository[Team]] = []
    await store.run(HERE, lambda uow: kept.append(uow.teams))
    await store.read(HERE, lambda uow: kept.append(uow.teams))
    for repository in kept:
        with pytest.raises(RuntimeError, match="over"):
            repository.where()
        with pytest.raises(RuntimeError, match="over"):
            repository.add(a_team())


async def test_our_own_mistakes_are_not_called_an_outage(store: Store) -> None:
    with pytest.raises(IntegrityError):  # a member of no team
        await store.run(HERE, lambda uow: uow.members.add(a_member(a_team())))

    first, second = a_post(), a_post()

    def clash(uow: UnitOfWork) -> None:
        uow.deliveries.add(first)
        uow.deliveries.add(second)
        uow.deliveries.save(replace(second, subject=first.subject))

    with pytest.raises(IntegrityError):
        await store.run(HERE, clash)
    assert await store.read(HERE, lambda uow: uow.deliveries.where()) == []


async def test_an_error_says_nothing_of_what_people_wrote(store: Store) -> None:
    records = one_of_each()
    wrong = replace(records["breakdowns"], what=WORDS, needed_now=None)

    def work(uow: UnitOfWork) -> None:
        keep(uow, records)
        uow.breakdowns.save(wrong)

    with pytest.raises(IntegrityError) as caught:
        await store.run(HERE, work)
    for error in (caught.value, caught.value.__cause__, caught.value.orig):
        assert WORDS[:5] not in f"{error!s}{error!r}"


async def test_reading_waits_for_no_writer(store: Store) -> None:
    writing, done = Event(), Event()

    def write(uow: UnitOfWork) -> None:
        uow.teams.add(a_team())
        writing.set()
        done.wait(10)

    writer = asyncio.create_task(store.run(HERE, write))
    await asyncio.to_thread(writing.wait, 10)
    assert await store.read(HERE, names) == []
    done.set()
    await writer
    assert await store.read(HERE, names) == ["Board"]


async def test_a_reader_sees_one_moment(store: Store) -> None:
    looked, written = Event(), Event()

    def read(uow: UnitOfWork) -> tuple[list[str], list[str]]:
        before = names(uow)
        looked.set()
        written.wait(10)
        return before, names(uow)

    reader = asyncio.create_task(store.read(HERE, read))
    await asyncio.to_thread(looked.wait, 10)
    await store.run(HERE, lambda uow: uow.teams.add(a_team()))
    written.set()
    assert await reader == ([], [])


async def test_what_was_cancelled_as_it_ran_is_kept_whole(database_url: str) -> None:
    begun, go_on = Event(), Event()

    def work(uow: UnitOfWork) -> None:
        uow.teams.add(a_team(name="first half"))
        begun.set()
        go_on.wait(10)
        uow.teams.add(a_team(name="second half"))

    store = SqlStore(database_url)
    waiting = asyncio.create_task(store.run(HERE, work))
    await asyncio.to_thread(begun.wait, 10)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()
    await store.close()  # waits for what has begun
    again = SqlStore(database_url)
    assert await again.read(HERE, names) == ["first half", "second half"]
    await again.close()


async def test_what_was_cancelled_before_it_began_never_runs(sqlite_url: str) -> None:
    store = SqlStore(sqlite_url)
    begun, go_on = Event(), Event()

    def hold(_uow: UnitOfWork) -> None:
        begun.set()
        go_on.wait(10)

    holding = asyncio.create_task(store.run(HERE, hold))
    await asyncio.to_thread(begun.wait, 10)
    queued = asyncio.create_task(store.run(HERE, lambda uow: uow.teams.add(a_team())))
    await asyncio.sleep(0)
    queued.cancel()
    await asyncio.wait([queued])
    await asyncio.sleep(0)  # the thread's job is cancelled in the loop's next turn
    go_on.set()
    await holding
    assert await store.run(HERE, names) == []
    await store.close()


async def test_no_change_is_lost_between_writers_of_sqlite(sqlite_url: str) -> None:
    stores = [SqlStore(sqlite_url), SqlStore(sqlite_url)]  # as two processes have them
    team = a_team()
    counter = a_cadence(team, rrule="0")

    def count(uow: UnitOfWork) -> None:
        found = uow.cadences.get(counter.id)
        uow.cadences.save(replace(found, rrule=str(int(found.rrule) + 1)))

    await stores[0].run(HERE, lambda uow: keep(uow, {"teams": team, "cadences": counter}))
    await asyncio.gather(*(store.run(HERE, count) for store in stores for _ in range(50)))
    found = await stores[0].read(HERE, lambda uow: uow.cadences.get(counter.id))
    assert found.rrule == "100"
    for store in stores:
        await store.close()


async def test_a_closed_store_says_so(store: SqlStore) -> None:
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailable):
        await store.run(HERE, names)
