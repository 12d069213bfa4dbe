"""What a store keeps of people's budgets, and how deliveries are made to wait."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from coaching.delivery import Addressee, Delivery, DeliveryState
from coaching.ports import Deliveries, Store, UnitOfWork
from storage import SqlStore
from tests.contract.desk import Desk, held_open, ids
from tests.contract.records import HERE, HOUR, NOW, a_post, an_update


async def test_what_waits_is_as_if_it_had_not_been_claimed(desk: Desk) -> None:
    post = a_post()
    await desk.add(post)
    (claimed,) = await desk.claim()
    until = NOW + HOUR
    await desk.run(lambda deliveries: deliveries.put_off(claimed, until))
    assert await desk.get(post) == replace(post, due_at=until)
    assert await desk.claim() == []
    (again,) = await desk.run(lambda deliveries: deliveries.claim(until, 9, HOUR))
    assert (again.attempts, again.tried_at) == (1, until)


async def test_waiting_forgets_that_it_was_tried_and_keeps_its_attempts(desk: Desk) -> None:
    post = a_post()
    await desk.add(post)
    (claimed,) = await desk.claim()
    await desk.settle(claimed, DeliveryState.PENDING)
    (claimed,) = await desk.claim()
    await desk.run(lambda deliveries: deliveries.put_off(claimed, NOW + HOUR))
    kept = await desk.get(post)
    assert (kept.attempts, kept.tried_at) == (1, None)


async def test_a_charge_counts_for_what_is_or_may_be_there(desk: Desk) -> None:
    posts = [a_post() for _ in range(6)]
    await desk.add(*posts, a_post(addressee_id="U2"))
    claimed = {one.id: one for one in await desk.claim()}

    async def charged(moment: timedelta = -HOUR) -> list[str]:
        return ids(await desk.run(lambda all_: all_.charged_since("U1", NOW + moment)))

    assert await charged() == []
    for number, post in enumerate(posts):
        at = NOW + number * HOUR
        await desk.run(partial(_charge, claimed[post.id], at))
    assert await charged() == ids(posts)
    assert await charged(2 * HOUR) == ids(posts[3:])
    ends = ["sent", "unknown", "failed", "dropped", "pending"]
    for post, end in zip(posts, ends, strict=False):
        await desk.settle(claimed[post.id], DeliveryState(end))
    assert await charged() == ids([*posts[:3], posts[5]])


async def test_a_new_claim_begins_without_a_charge(desk: Desk) -> None:
    post = a_post()
    await desk.add(post)
    (claimed,) = await desk.claim()
    await desk.run(lambda deliveries: deliveries.charge(claimed, NOW))
    await desk.settle(claimed, DeliveryState.PENDING)
    (again,) = await desk.claim()
    assert (again.charged_at, (await desk.get(post)).charged_at) == (None, None)


async def test_what_is_queued_for_a_person(desk: Desk) -> None:
    waiting, undecided, decided, sent = (a_post() for _ in range(4))
    others = a_post(addressee_id="U2"), a_post(addressee=Addressee.CHANNEL)
    await desk.add(undecided, decided, sent, *others)
    claimed = {one.id: one for one in await desk.claim()}
    await desk.add(waiting)
    await desk.run(lambda deliveries: deliveries.charge(claimed[decided.id], NOW))
    await desk.settle(claimed[sent.id], DeliveryState.SENT, channel="D1", message="1")
    await desk.queue(an_update(sent))
    found = await desk.run(lambda deliveries: deliveries.queued_for("U1"))
    assert sorted(ids(found)) == sorted(ids([waiting, undecided]))


def _charge(claimed: Delivery, at: datetime, deliveries: Deliveries) -> None:
    deliveries.charge(claimed, at)


def spend_one(uow: UnitOfWork) -> list[Delivery]:
    """Charge one delivery, if fewer than three are charged: as a batch does."""
    uow.deliveries.take_turn()
    (claimed,) = uow.deliveries.claim(NOW, 1, HOUR)
    if len(uow.deliveries.charged_since("U1", NOW - HOUR)) >= 3:
        return []
    uow.deliveries.charge(claimed, NOW)
    return [claimed]


async def test_batches_side_by_side_see_what_each_other_charged(store: Store, desk: Desk) -> None:
    await desk.add(*(a_post() for _ in range(12)))
    charged = await asyncio.gather(*(store.run(HERE, spend_one) for _ in range(12)))
    assert sum(len(one) for one in charged) == 3


async def test_turns_of_two_stores_exclude_each_other(postgresql_url: str) -> None:
    """Two processes: the second batch waits for the end of the first, and sees its charge."""
    one, other = SqlStore.open(postgresql_url), SqlStore.open(postgresql_url)
    posts = [a_post() for _ in range(4)]
    await Desk(one).add(*posts)
    try:
        async with held_open(one, spend_one):
            waiting = asyncio.create_task(other.run(HERE, spend_one))
            elsewhere = asyncio.create_task(
                other.run("slack:T9", lambda uow: uow.deliveries.take_turn())
            )
            await elsewhere
            assert not waiting.done()
        assert len(await waiting) == 1
        assert len(await Desk(one).run(lambda all_: all_.charged_since("U1", NOW - HOUR))) == 2
    finally:
        await one.close()
        await other.close()
