"""What `coaching.ports.Deliveries` keeps to. A lease of no time has run out at once."""

from dataclasses import replace
from typing import Any

import pytest

from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.errors import NotFound
from coaching.ports import Deliveries, Store
from tests.contract.desk import AT_ONCE, Desk, ids
from tests.contract.records import HERE, HOUR, KATHMANDU, NOW, THERE, a_post, an_update

SENT = DeliveryState.SENT
FAILED = DeliveryState.FAILED
DROPPED = DeliveryState.DROPPED
PENDING = DeliveryState.PENDING
SENDING = DeliveryState.SENDING
UNKNOWN = DeliveryState.UNKNOWN


async def test_what_is_due_is_claimed_oldest_first(desk: Desk) -> None:
    later, first, second, third = (a_post(due_at=NOW + hours * HOUR) for hours in (1, -3, -2, 0))
    await desk.add(later, third, first, second)

    claimed = await desk.claim(most=2)

    def taken(record: Delivery) -> Delivery:
        return replace(record, state=SENDING, attempts=1, tried_at=NOW)

    assert claimed == [taken(first), taken(second)]
    assert [await desk.get(each) for each in claimed] == claimed
    assert await desk.claim(most=2) == [taken(third)]
    assert await desk.claim(most=2) == []
    assert await desk.get(later) == later


async def test_when_it_was_first_tried_stays(desk: Desk) -> None:
    await desk.add(a_post(tried_at=NOW - HOUR, attempts=3))
    zoned = NOW.astimezone(KATHMANDU)
    (claimed,) = await desk.run(lambda deliveries: deliveries.claim(zoned, 1, HOUR))
    assert (claimed.tried_at, claimed.attempts) == (NOW - HOUR, 4)


async def test_nobody_claims_what_is_leased(desk: Desk) -> None:
    await desk.add(a_post())
    assert len(await desk.claim()) == 1
    assert await desk.claim() == []
    assert await desk.expire() == 0


async def test_an_outcome_is_kept(desk: Desk) -> None:
    await desk.add(post := a_post())
    (claimed,) = await desk.claim()
    assert await desk.settle(claimed, SENT, channel="D1", message="17.4", reason="found")
    found = await desk.get(post)
    assert (found.state, found.channel, found.message) == (SENT, "D1", "17.4")
    assert (found.reason, found.attempts) == ("found", 1)
    assert await desk.claim() == []
    assert await desk.claim_unknown() == []


async def test_a_delivery_goes_back_and_is_claimed_again(desk: Desk) -> None:
    await desk.add(a_post())
    (claimed,) = await desk.claim()
    assert await desk.settle(claimed, PENDING)
    (again,) = await desk.claim()
    assert (again.id, again.attempts, again.tried_at) == (claimed.id, 2, NOW)


async def test_a_rest_keeps_a_delivery_back(desk: Desk) -> None:
    await desk.add(a_post())
    (claimed,) = await desk.claim()
    assert await desk.settle(claimed, PENDING, rest=HOUR)
    assert await desk.claim() == []


async def test_a_rest_ends(desk: Desk) -> None:
    await desk.add(a_post())
    (claimed,) = await desk.claim()
    assert await desk.settle(claimed, PENDING, rest=AT_ONCE)
    assert ids(await desk.claim()) == [claimed.id]


async def test_a_post_whose_lease_ran_out_is_unknown(desk: Desk) -> None:
    await desk.add(post := a_post())
    await desk.claim(lease=AT_ONCE)
    assert await desk.claim() == []
    assert await desk.expire() == 1
    assert (await desk.get(post)).state is UNKNOWN
    assert await desk.expire() == 0
    assert await desk.claim() == []
    (claimed,) = await desk.claim_unknown()
    assert (claimed.state, claimed.attempts) == (UNKNOWN, 2)
    assert await desk.get(post) == claimed
    assert await desk.claim_unknown() == []


async def test_unknown_ones_come_first_tried_first_and_a_few_at_a_time(desk: Desk) -> None:
    posts = [a_post(tried_at=NOW - hours * HOUR) for hours in (1, 3, 2)]
    await desk.add(*posts)
    await desk.claim(lease=AT_ONCE)
    await desk.expire()
    assert ids(await desk.claim_unknown(most=2)) == [posts[1].id, posts[2].id]
    assert ids(await desk.claim_unknown(most=2)) == [posts[0].id]


async def test_an_unknown_one_is_leased_and_rests(desk: Desk) -> None:
    await desk.add(a_post())
    (claimed,) = await desk.claim()
    assert await desk.settle(claimed, UNKNOWN, rest=HOUR)
    assert await desk.claim_unknown() == []
    assert await desk.settle(claimed, UNKNOWN)
    (looked_up,) = await desk.claim_unknown(lease=AT_ONCE)
    (again,) = await desk.claim_unknown()
    assert again.attempts == looked_up.attempts + 1


async def test_a_late_worker_is_turned_away(desk: Desk) -> None:
    await desk.add(post := a_post())
    (late,) = await desk.claim(lease=AT_ONCE)
    await desk.expire()
    (present,) = await desk.claim_unknown()
    assert not await desk.settle(late, FAILED, reason="late")
    assert await desk.get(post) == present
    assert await desk.settle(present, SENT, channel="D1", message="1.2")


async def test_a_late_worker_that_nobody_replaced_is_heard(desk: Desk) -> None:
    await desk.add(post := a_post())
    (late,) = await desk.claim(lease=AT_ONCE)
    await desk.expire()
    assert await desk.settle(late, SENT, channel="D1", message="1.2")
    assert (await desk.get(post)).state is SENT


async def test_what_has_ended_stays_as_it_is(desk: Desk) -> None:
    await desk.add(post := a_post())
    (claimed,) = await desk.claim()
    assert await desk.settle(claimed, SENT, channel="D1", message="1.2")
    for state in DeliveryState:
        assert not await desk.settle(claimed, state)
    assert (await desk.get(post)).state is SENT


@pytest.mark.parametrize("resting", [("U1",), ["C9", "U1"]])
async def test_who_rests_is_left_out(desk: Desk, resting: tuple[str, ...]) -> None:
    await desk.add(a_post(addressee_id="U1"), awake := a_post(addressee_id="U2"))
    assert ids(await desk.claim(resting=resting)) == [awake.id]


async def test_a_channel_that_rests_is_left_out(desk: Desk) -> None:
    landed = [a_post(state=SENT, channel=channel, message="1.2") for channel in ("D1", "D2")]
    tried_before = a_post(channel="D1")
    update, thread = an_update(landed[0]), a_post(thread_of=landed[0].id)
    elsewhere = an_update(landed[1])
    await desk.add(*landed, tried_before, update, thread, elsewhere)
    assert ids(await desk.claim(resting=("D1",))) == [elsewhere.id]
    assert ids(await desk.claim()) == [tried_before.id, update.id, thread.id]


@pytest.mark.parametrize("state", [PENDING, SENDING, UNKNOWN])
async def test_what_waits_for_a_post_waits(desk: Desk, state: DeliveryState) -> None:
    post = a_post(state=state, due_at=NOW + HOUR)
    update, thread = an_update(post), a_post(thread_of=post.id)
    await desk.add(post, update, thread)
    assert await desk.claim() == []
    assert (await desk.get(update)).state is PENDING
    assert (await desk.get(thread)).state is PENDING


async def test_what_waited_for_a_post_goes_after_it(desk: Desk) -> None:
    await desk.add(post := a_post())
    update, thread = an_update(post), a_post(thread_of=post.id)
    await desk.add(update, thread)
    (claimed,) = await desk.claim()
    assert await desk.settle(claimed, SENT, channel="D1", message="1.2")
    assert ids(await desk.claim()) == [update.id, thread.id]


@pytest.mark.parametrize("state", [FAILED, DROPPED])
async def test_what_waits_for_nothing_is_dropped(desk: Desk, state: DeliveryState) -> None:
    post = a_post(state=state)
    update, thread = an_update(post), a_post(thread_of=post.id)
    update_of_thread = an_update(thread)
    free = a_post(due_at=NOW)
    await desk.add(post, update, thread, update_of_thread, free)
    # One at a time, so that what can go lies behind what can't.
    assert ids(await desk.claim(most=1)) == [free.id]
    assert await desk.claim() == []
    for orphan in (update, thread, update_of_thread):
        found = await desk.get(orphan)
        assert (found.state, bool(found.reason)) == (DROPPED, True)


async def test_what_waits_for_a_forgotten_post_is_dropped(desk: Desk) -> None:
    await desk.add(orphan := a_post(thread_of="nothing"))
    assert await desk.claim() == []
    assert (await desk.get(orphan)).state is DROPPED


async def test_one_update_of_a_post_is_in_flight(desk: Desk) -> None:
    await desk.add(post := a_post(state=SENT), first := an_update(post))
    (claimed,) = await desk.claim()
    await desk.queue(second := an_update(post))
    assert await desk.claim() == []
    assert await desk.settle(claimed, SENT)
    assert ids(await desk.claim()) == [second.id]
    assert ids(await desk.updates_of(post)) == [first.id, second.id]


async def test_one_update_of_a_post_is_pending(desk: Desk) -> None:
    await desk.add(post := a_post())
    await desk.queue(first := an_update(post))
    await desk.queue(an_update(post))
    assert await desk.updates_of(post) == [first]
    assert not await desk.run(lambda deliveries: deliveries.add(an_update(post)))


@pytest.mark.parametrize("state", [FAILED, DROPPED])
async def test_nothing_is_said_anew_of_what_was_not_said(desk: Desk, state: DeliveryState) -> None:
    await desk.add(post := a_post(state=state))
    await desk.queue(an_update(post))
    assert await desk.updates_of(post) == []


async def test_an_update_is_of_a_post(desk: Desk) -> None:
    with pytest.raises(NotFound):
        await desk.queue(an_update(a_post()))
    await desk.add(post := a_post())
    with pytest.raises(ValueError, match="another post"):
        await desk.run(lambda deliveries: deliveries.queue_update(post.id, an_update(a_post())))


async def test_an_update_whose_lease_ran_out_is_pending_again(desk: Desk) -> None:
    await desk.add(post := a_post(state=SENT), update := an_update(post))
    (late,) = await desk.claim(lease=AT_ONCE)
    assert await desk.expire() == 1
    assert (await desk.get(update)).state is PENDING
    assert not await desk.settle(late, SENT)
    (again,) = await desk.claim()
    assert (again.id, again.attempts) == (update.id, 2)


async def test_a_newer_update_replaces_one_whose_lease_ran_out(desk: Desk) -> None:
    await desk.add(post := a_post(state=SENT), older := an_update(post), other := a_post())
    await desk.claim(lease=AT_ONCE)
    await desk.queue(newer := an_update(post))
    assert await desk.expire() == 2
    states = [(await desk.get(each)).state for each in (older, newer, other)]
    assert states == [DROPPED, PENDING, UNKNOWN]


async def test_a_newer_update_replaces_one_that_goes_back(desk: Desk) -> None:
    await desk.add(post := a_post(state=SENT), older := an_update(post))
    (claimed,) = await desk.claim()
    await desk.queue(newer := an_update(post))
    assert await desk.settle(claimed, PENDING, rest=HOUR)
    assert (await desk.get(older)).state is DROPPED
    assert ids(await desk.claim()) == [newer.id]


async def test_what_is_pending_about_a_subject_is_dropped(desk: Desk) -> None:
    def about(kind: DeliveryKind, **other: Any) -> Delivery:
        return a_post(kind=kind, subject="sitting", **other)

    reminder = about(DeliveryKind.REMINDER)
    prompt = about(DeliveryKind.PROMPT)
    in_flight = about(DeliveryKind.REMINDER, addressee_id="U2", state=SENDING)
    elsewhere = a_post(kind=DeliveryKind.REMINDER)
    await desk.add(reminder, prompt, in_flight, elsewhere)

    def drop(deliveries: Deliveries) -> int:
        return deliveries.drop_pending("sitting", [DeliveryKind.REMINDER], "answered")

    assert await desk.run(drop) == 1
    assert await desk.run(drop) == 0
    assert await desk.get(reminder) == replace(reminder, state=DROPPED, reason="answered")
    for left in (prompt, in_flight, elsewhere):
        assert await desk.get(left) == left


async def test_another_workspace_has_no_part_in_it(store: Store) -> None:
    here, there = Desk(store, HERE), Desk(store, THERE)
    post = a_post(state=SENT, subject="the same")
    theirs = [a_post(THERE, due_at=NOW - HOUR), a_post(THERE)]
    await here.add(post)
    await there.add(replace(post, workspace_id=THERE, state=FAILED), *theirs)
    await here.add(update := an_update(post))

    assert ids(await here.claim()) == [update.id]
    assert ids(await there.claim(most=1, lease=AT_ONCE)) == [theirs[0].id]
    assert await here.expire() == 0
    assert await here.claim_unknown() == []
    claimed = replace(theirs[0], attempts=1)
    assert not await here.settle(claimed, SENT)
    assert await there.expire() == 1
    assert await here.claim_unknown() == []
    kinds = list(DeliveryKind)
    subject = theirs[1].subject
    assert await here.run(lambda deliveries: deliveries.drop_pending(subject, kinds, "")) == 0
    with pytest.raises(NotFound):
        await here.queue(replace(an_update(theirs[0]), workspace_id=HERE))
