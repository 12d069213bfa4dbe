"""What `coaching.ports.DueBoard` keeps to."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from coaching.delivery import Delivery, DeliveryState
from coaching.ports import DueBoard, Store
from coaching.round import RoundState
from tests.contract.desk import AT_ONCE, Desk
from tests.contract.records import (
    HERE,
    HOUR,
    NOW,
    THERE,
    a_cadence,
    a_post,
    a_round,
    a_team,
    an_update,
    keep,
)

INSTANT = timedelta(microseconds=1)


async def keep_cadence(store: Store, workspace_id: str, **other: Any) -> None:
    team = a_team(workspace_id)
    cadence = a_cadence(team, **other)
    await store.run(workspace_id, partial(keep, records={"teams": team, "cadences": cadence}))


async def keep_round(store: Store, **other: Any) -> None:
    team = a_team()
    await store.run(HERE, partial(keep, records={"teams": team, "rounds": a_round(team, **other)}))


async def test_where_nothing_is_kept_nothing_is_due(due_board: DueBoard) -> None:
    assert await due_board.due(NOW) == []
    assert await due_board.next_due(NOW) is None


async def test_a_cadence(store: Store, due_board: DueBoard) -> None:
    await keep_cadence(store, HERE, next_due_at=NOW)
    await keep_cadence(store, THERE, next_due_at=None)
    assert await due_board.due(NOW - INSTANT) == []
    assert await due_board.next_due(NOW - INSTANT) == NOW
    assert await due_board.due(NOW) == [HERE]
    assert await due_board.next_due(NOW) is None


async def test_a_round_to_close(store: Store, due_board: DueBoard) -> None:
    await keep_round(store, closes_at=NOW)
    assert await due_board.due(NOW - INSTANT) == []
    assert await due_board.next_due(NOW - INSTANT) == NOW
    assert await due_board.due(NOW) == [HERE]


async def test_a_round_that_waits(store: Store, due_board: DueBoard) -> None:
    await keep_round(store, state=RoundState.WAITING, closes_at=None, waits_until=NOW)
    assert await due_board.due(NOW - INSTANT) == []
    assert await due_board.next_due(NOW - INSTANT) == NOW
    assert await due_board.due(NOW) == [HERE]
    assert await store.run(HERE, lambda uow: uow.rounds.claim_waiting(NOW - INSTANT)) == []
    assert len(await store.run(HERE, lambda uow: uow.rounds.claim_waiting(NOW))) == 1
    assert await store.run(THERE, lambda uow: uow.rounds.claim_waiting(NOW)) == []


async def test_workspaces_are_those_with_a_team(store: Store, due_board: DueBoard) -> None:
    assert await due_board.workspaces() == []
    for workspace in (THERE, HERE):
        team = a_team(workspace)
        await store.run(workspace, partial(keep, records={"teams": team}))
    assert await due_board.workspaces() == sorted([HERE, THERE])


@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.SKIPPED])
async def test_a_round_that_has_ended(store: Store, due_board: DueBoard, state: RoundState) -> None:
    await keep_round(store, state=state, closes_at=NOW)
    assert await due_board.due(NOW) == []
    assert await due_board.next_due(NOW - HOUR) is None


async def test_a_delivery(desk: Desk, due_board: DueBoard) -> None:
    await desk.add(a_post(due_at=NOW))
    assert await due_board.due(NOW - INSTANT) == []
    assert await due_board.next_due(NOW - INSTANT) == NOW
    assert await due_board.due(NOW) == [HERE]


async def test_each_workspace_once_and_the_earliest_moment(
    store: Store, due_board: DueBoard
) -> None:
    await keep_cadence(store, THERE)
    await keep_cadence(store, HERE)
    await keep_cadence(store, HERE, next_due_at=NOW + 3 * HOUR)
    await keep_round(store, closes_at=NOW + 2 * HOUR)
    await Desk(store).add(a_post(), a_post(), a_post(due_at=NOW + 4 * HOUR))
    assert await due_board.due(NOW) == [HERE, THERE]
    assert await due_board.next_due(NOW) == NOW + 2 * HOUR
    assert await due_board.next_due(NOW + 2 * HOUR) == NOW + 3 * HOUR
    assert await due_board.next_due(NOW + 3 * HOUR) == NOW + 4 * HOUR
    assert await due_board.next_due(NOW + 4 * HOUR) is None


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.SENDING])
async def test_what_waits_for_a_post_is_not_due(
    desk: Desk, due_board: DueBoard, state: DeliveryState
) -> None:
    post = a_post(state=state, due_at=NOW + HOUR)
    await desk.add(post, an_update(post), a_post(thread_of=post.id))
    assert await due_board.due(NOW) == []
    assert await due_board.next_due(NOW - HOUR) == (
        post.due_at if state is DeliveryState.PENDING else None
    )


async def test_what_may_follow_its_post_is_due(desk: Desk, due_board: DueBoard) -> None:
    post = a_post(state=DeliveryState.SENT)
    await desk.add(post, a_post(thread_of=post.id, due_at=NOW + HOUR), an_update(post))
    assert await due_board.due(NOW) == [HERE]
    assert await due_board.next_due(NOW) == NOW + HOUR


async def test_what_is_to_be_dropped_is_due_but_nobody_waits_for_it(
    desk: Desk, due_board: DueBoard
) -> None:
    post = a_post(state=DeliveryState.FAILED)
    await desk.add(post, a_post(thread_of=post.id))
    assert await due_board.due(NOW) == [HERE]
    assert await due_board.next_due(NOW - HOUR) is None
    assert await desk.claim() == []
    assert await due_board.due(NOW) == []


async def test_an_update_behind_another_is_not_due(desk: Desk, due_board: DueBoard) -> None:
    await desk.add(post := a_post(state=DeliveryState.SENT), an_update(post))
    (claimed,) = await desk.claim()
    await desk.queue(an_update(post))
    assert await due_board.due(NOW) == []
    await desk.settle(claimed, DeliveryState.SENT)
    assert await due_board.due(NOW) == [HERE]


async def test_a_lease_that_ran_out(desk: Desk, due_board: DueBoard) -> None:
    await desk.add(a_post(), a_post())
    await desk.claim(most=1)
    await desk.claim(most=1, lease=AT_ONCE)
    assert await due_board.due(NOW) == [HERE]
    # Leases run on another clock: no moment of this one stands for them.
    assert await due_board.next_due(NOW - HOUR) is None
    await desk.expire()
    assert await due_board.due(NOW) == [HERE]
    await desk.claim_unknown()
    assert await due_board.due(NOW) == []


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.UNKNOWN])
async def test_what_rests_is_not_due(desk: Desk, due_board: DueBoard, state: DeliveryState) -> None:
    await desk.add(a_post())
    (claimed,) = await desk.claim()
    await desk.settle(claimed, state, rest=HOUR)
    assert await due_board.due(NOW) == []


async def test_a_rest_that_is_over(desk: Desk, due_board: DueBoard) -> None:
    await desk.add(a_post())
    (claimed,) = await desk.claim()
    await desk.settle(claimed, DeliveryState.PENDING, rest=AT_ONCE)
    assert await due_board.due(NOW) == [HERE]


async def test_what_has_ended_is_not_due(desk: Desk, due_board: DueBoard) -> None:
    ended = [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DROPPED]
    await desk.add(*(a_post(state=state) for state in ended))
    assert await due_board.due(NOW) == []
    assert await due_board.next_due(NOW - HOUR) is None


async def test_a_post_of_another_workspace_keeps_nothing_back(
    store: Store, due_board: DueBoard
) -> None:
    theirs: Delivery = a_post(THERE, state=DeliveryState.SENDING)
    await Desk(store, THERE).add(theirs)
    ours = replace(theirs, workspace_id=HERE, state=DeliveryState.SENT)
    await Desk(store, HERE).add(ours, an_update(ours))
    assert await due_board.due(NOW) == [HERE]
