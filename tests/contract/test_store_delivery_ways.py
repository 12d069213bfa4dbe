"""Whatever happens in whatever order, deliveries move only along the allowed ways."""

from collections import Counter
from dataclasses import replace
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.ports import Deliveries, UnitOfWork
from storage import SqlStore
from tests.contract.desk import AT_ONCE
from tests.contract.records import HOUR, NOW, a_post, an_update

PENDING = DeliveryState.PENDING
SENDING = DeliveryState.SENDING
UNKNOWN = DeliveryState.UNKNOWN
SENT = DeliveryState.SENT
FAILED = DeliveryState.FAILED
DROPPED = DeliveryState.DROPPED

IN_FLIGHT = {SENDING, UNKNOWN}
ENDED = {SENT, FAILED, DROPPED}
WAYS: dict[DeliveryState, set[DeliveryState]] = {
    PENDING: {SENDING, DROPPED},
    SENDING: {PENDING, UNKNOWN, *ENDED},
    UNKNOWN: {PENDING, *ENDED},
    SENT: set(),
    FAILED: set(),
    DROPPED: set(),
}


def check(before: dict[str, Delivery], after: dict[str, Delivery]) -> None:
    for each in after.values():
        was = before.get(each.id)
        if was is None:
            assert each.state is PENDING
        elif was.state is not each.state:
            assert each.state in WAYS[was.state], (was.state, each.state)
        assert was is None or 0 <= each.attempts - was.attempts <= 1
    updates = [each for each in after.values() if each.update_of is not None]
    for states in ({PENDING}, IN_FLIGHT):
        count = Counter(each.update_of for each in updates if each.state in states)
        assert not count or max(count.values()) == 1


class Life:
    """The deliveries of one workspace, and what was claimed of them so far."""

    deliveries: Deliveries

    def __init__(self, store: SqlStore, workspace_id: str) -> None:
        self.store = store
        self.workspace_id = workspace_id
        self.claimed: list[Delivery] = []

    async def step(self, name: str, at: int) -> None:
        """Take a step in a transaction, and check what it did."""

        def work(uow: UnitOfWork) -> None:
            self.deliveries = uow.deliveries
            before = {each.id: each for each in self.deliveries.where()}
            if name in set(DeliveryState):
                self.settle(at, DeliveryState(name))
            else:
                getattr(self, name)(at)
            check(before, {each.id: each for each in self.deliveries.where()})

        await self.store.run(self.workspace_id, work)

    def pick(self, at: int) -> Delivery | None:
        posts = self.deliveries.where(update_of=None)
        return posts[at % len(posts)] if posts else None

    def add(self, at: int) -> None:
        self.deliveries.add(a_post(self.workspace_id, due_at=NOW - at * HOUR))

    def add_beneath(self, at: int) -> None:
        if parent := self.pick(at):
            self.deliveries.add(a_post(self.workspace_id, thread_of=parent.id))

    def say_anew(self, at: int) -> None:
        if post := self.pick(at):
            self.deliveries.queue_update(post.id, an_update(post))

    def claim(self, at: int) -> None:
        lease = HOUR if at % 2 else AT_ONCE
        found = self.deliveries.claim(NOW, at + 1, lease)
        for each in found:
            self.check_claimed(each)
        self.claimed += found

    def check_claimed(self, claimed: Delivery) -> None:
        assert claimed.state is SENDING
        awaited = claimed.update_of or claimed.thread_of
        assert awaited is None or self.deliveries.get(awaited).state is SENT

    def look_up(self, at: int) -> None:
        found = self.deliveries.claim_unknown(at + 1, HOUR if at % 2 else AT_ONCE)
        assert all(each.state is UNKNOWN for each in found)
        self.claimed += found

    def settle(self, at: int, state: DeliveryState) -> None:
        if not self.claimed:
            return
        told = self.claimed[at % len(self.claimed)]
        before = self.deliveries.get(told.id)
        settled = self.deliveries.settle(replace(told, state=state), AT_ONCE if at % 3 else None)
        after = self.deliveries.get(told.id)
        if settled:
            assert before.attempts == told.attempts
            assert after.state in {state, DROPPED}
        else:
            assert after == before

    def expire(self, _at: int) -> None:
        sending = len(self.deliveries.where(state=SENDING))
        lapsed = self.deliveries.expire()
        assert len(self.deliveries.where(state=SENDING)) == sending - lapsed

    def drop(self, at: int) -> None:
        if post := self.pick(at):
            self.deliveries.drop_pending(post.subject, [DeliveryKind.PROMPT], "no longer asked")


STEPS = ["add", "add_beneath", "say_anew", "claim", "claim", "look_up", "expire", "drop"]
OUTCOMES = [PENDING, UNKNOWN, SENT, SENT, FAILED, DROPPED]


@settings(
    max_examples=25,
    deadline=None,
    # Each example has a workspace of its own in the one store.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from([*STEPS, *map(str, OUTCOMES)]), st.integers(0, 5)),
        min_size=12,
        max_size=30,
    )
)
async def test_states_move_only_along_the_allowed_ways(
    store: SqlStore, steps: list[tuple[str, int]]
) -> None:
    life = Life(store, f"slack:{uuid4().hex}")
    for name, at in [("add", 0), ("claim", 0), *steps]:
        await life.step(name, at)
