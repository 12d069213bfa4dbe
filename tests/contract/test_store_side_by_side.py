"""Several at once, on one store and on several, as several processes have them."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import chain
from multiprocessing import get_context

import pytest

from coaching.delivery import DeliveryState
from coaching.ports import Store, UnitOfWork
from storage import SqlStore
from tests.contract.claiming import claim_everything, keep_and_be_killed
from tests.contract.desk import AT_ONCE, Desk, held_open
from tests.contract.records import (
    HERE,
    HOUR,
    NOW,
    a_cadence,
    a_post,
    a_round,
    a_team,
    an_update,
    keep,
    one_of_each,
)


@pytest.fixture
async def postgresql(postgresql_url: str) -> AsyncIterator[SqlStore]:
    """A store that runs transactions side by side: SQLite's writers take turns."""
    store = SqlStore(postgresql_url)
    yield store
    await store.close()


async def test_a_natural_key_is_kept_once_of_many_at_once(store: Store) -> None:
    post = a_post()

    def add(uow: UnitOfWork, name: str) -> bool:
        return uow.deliveries.add(replace(post, id=name))

    added = await asyncio.gather(
        *(store.run(HERE, lambda uow, at=at: add(uow, f"{at}")) for at in range(12))  # type: ignore[misc]
    )
    assert sorted(added) == [False] * 11 + [True]


async def test_an_event_is_taken_in_once_of_eleven_times(store: Store) -> None:
    taken = await asyncio.gather(
        *(store.run(HERE, lambda uow: uow.inbox.take("Ev1", NOW)) for _ in range(11))
    )
    assert sorted(taken) == [False] * 10 + [True]


async def test_many_ask_for_one_update(desk: Desk) -> None:
    await desk.add(post := a_post(state=DeliveryState.SENT))
    await asyncio.gather(*(desk.queue(an_update(post)) for _ in range(12)))
    assert len(await desk.updates_of(post)) == 1


async def test_nobody_waits_for_what_another_has_claimed(postgresql: SqlStore) -> None:
    team = a_team()
    cadence, ending, post = a_cadence(team), a_round(team, closes_at=NOW), a_post()
    unknown = a_post(state=DeliveryState.UNKNOWN)
    await postgresql.run(
        HERE, lambda uow: keep(uow, {"teams": team, "cadences": cadence, "rounds": ending})
    )
    await Desk(postgresql).add(post, unknown)

    def claim_all(uow: UnitOfWork) -> list[str]:
        return [
            *(each.id for each in uow.cadences.claim_due(NOW)),
            *(each.id for each in uow.rounds.claim_closing(NOW)),
            *(each.id for each in uow.deliveries.claim(NOW, 9, HOUR)),
            *(each.id for each in uow.deliveries.claim_unknown(9, HOUR)),
        ]

    async with held_open(postgresql, claim_all) as claimed:
        assert claimed == [cadence.id, ending.id, post.id, unknown.id]
        assert await postgresql.run(HERE, claim_all) == []


async def test_a_round_being_closed_still_takes_what_refers_to_it(postgresql: SqlStore) -> None:
    records = one_of_each()
    closing = records["rounds"] = replace(records["rounds"], closes_at=NOW)
    answer = records.pop("answers")
    await postgresql.run(HERE, lambda uow: keep(uow, records))
    async with held_open(postgresql, lambda uow: uow.rounds.claim_closing(NOW)) as claimed:
        assert claimed == [closing]
        assert await postgresql.run(HERE, lambda uow: uow.answers.add(answer))


async def test_an_update_is_not_sent_before_what_it_tells_is_kept(postgresql: SqlStore) -> None:
    desk = Desk(postgresql)
    post = a_post(state=DeliveryState.SENT)
    await desk.add(post, update := an_update(post))

    def say_anew(uow: UnitOfWork) -> None:
        uow.deliveries.queue_update(post.id, an_update(post))

    async with held_open(postgresql, say_anew):
        assert await desk.claim() == []
    assert [each.id for each in await desk.claim()] == [update.id]


async def test_an_update_overtaken_while_its_lease_runs_out(postgresql: SqlStore) -> None:
    # Both would make an update of the post pending: one of them has to see the other.
    desk = Desk(postgresql)
    post = a_post(state=DeliveryState.SENT)
    await desk.add(post, an_update(post))
    (claimed,) = await desk.claim(lease=AT_ONCE)

    async with held_open(
        postgresql, lambda uow: uow.deliveries.queue_update(post.id, an_update(post))
    ):
        assert await desk.expire() == 0  # left to the next time
        settling = asyncio.create_task(desk.settle(claimed, DeliveryState.PENDING))
    assert await settling
    states = [each.state for each in await desk.updates_of(post)]
    assert states == [DeliveryState.DROPPED, DeliveryState.PENDING]


async def test_no_two_claim_one_delivery(database_url: str) -> None:
    stores = [SqlStore(database_url) for _ in range(4)]
    desks = [Desk(store) for store in stores]
    posts = [a_post() for _ in range(200)]
    await desks[0].add(*posts)

    async def drain(desk: Desk) -> list[str]:
        claimed: list[str] = []
        while found := await desk.claim(most=7):
            claimed += [each.id for each in found]
        return claimed

    claimed = list(chain(*await asyncio.gather(*(drain(desk) for desk in desks * 2))))
    assert sorted(claimed) == sorted(post.id for post in posts)
    for store in stores:
        await store.close()


async def test_no_two_processes_claim_one_delivery(store: Store, database_url: str) -> None:
    posts = [a_post() for _ in range(150)]
    await Desk(store).add(*posts)
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as processes:
        claimed = list(chain(*processes.map(claim_everything, [database_url] * 3)))
    assert sorted(claimed) == sorted(post.id for post in posts)


async def test_what_was_committed_survives_a_kill(store: Store, database_url: str) -> None:
    process = get_context("spawn").Process(target=keep_and_be_killed, args=(database_url,))
    process.start()
    await asyncio.to_thread(process.join, 30)
    assert process.exitcode == -9
    found = await store.read(HERE, lambda uow: uow.teams.where())
    assert [team.name for team in found] == ["kept"]
    assert await store.run(HERE, lambda uow: uow.teams.add(a_team()))
