"""Deliveries, and their way from pending to an end.

PostgreSQL runs transactions side by side. Whoever makes an update pending locks its post first, so
that two of them can't meet in the index that allows one pending update of a post.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
    update,
)

from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState
from coaching.errors import NotFound
from storage.columns import StoreTime
from storage.mapper import Mapper
from storage.readiness import (
    awaited,
    could_be_claimed,
    deliveries_and_awaited,
    in_flight,
    lapsed,
    pending,
    pending_update_of,
    unknown_and_free,
)
from storage.repositories.repository import SqlRepository
from storage.tables import deliveries
from storage.transaction import Transaction, in_workspace, locking

__all__ = ["SqlDeliveries"]

_MAPPER = Mapper(Delivery, deliveries)
_of = deliveries.c

# Built once: building a statement takes longer than running it.
_MINE = in_workspace(deliveries)
_POSTS = select(*_MAPPER.columns).where(
    _MINE,
    _of.update_of.is_(None),
    _of.addressee == Addressee.PERSON,
    _of.addressee_id == bindparam("user"),
)
_CHARGED = (
    _POSTS.where(_of.charged_at > bindparam("moment"))
    .where(_of.state.not_in([DeliveryState.PENDING, DeliveryState.DROPPED]))
    .order_by(_of.charged_at, _of.position)
)
_QUEUED = _POSTS.where(pending)
_CLAIMED = _POSTS.where(in_flight, _of.state == DeliveryState.SENDING, _of.charged_at.is_(None))
_POST = locking(select(_of.state).where(_MINE, _of.id == bindparam("post")), deliveries)
_PENDING_UPDATE = locking(
    select(_of.id).where(_MINE, pending, _of.update_of == bindparam("post")), deliveries
)
_LAPSED = select(_of.id, _of.update_of).where(_MINE, lapsed)
_UNKNOWN = locking(
    select(*_MAPPER.columns)
    .where(_MINE, unknown_and_free)
    .order_by(_of.tried_at, _of.position)
    .limit(bindparam("most")),
    deliveries,
    skip_locked=True,
)

_ORPHANED = {"state": DeliveryState.DROPPED, "reason": "what it belongs to was not sent"}
_SUPERSEDED = {"state": DeliveryState.DROPPED, "reason": "a newer update says the same"}


class SqlDeliveries(SqlRepository[Delivery]):
    """Implements `coaching.ports.Deliveries`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, _MAPPER)

    def queue_update(self, post_id: str, update: Delivery) -> None:
        """See `Deliveries.queue_update`.

        Raises:
            NotFound: there is no such post.
            ValueError: `update` is not one of this post.
        """
        if update.update_of != post_id:
            raise ValueError("the update is of another post")
        post = self._transaction.rows_locked(_POST, {"post": post_id})
        if not post:
            raise NotFound(f"no Delivery {post_id}")
        if post[0].state in {DeliveryState.FAILED, DeliveryState.DROPPED}:
            return
        # A pending update is locked until this transaction ends: sent any sooner, it would be
        # composed without what this transaction changes, and nothing would follow it.
        if not self._transaction.rows_locked(_PENDING_UPDATE, {"post": post_id}):
            self.add(update)

    def drop_pending(self, subject: str, kinds: Sequence[DeliveryKind], reason: str) -> int:
        """See `Deliveries.drop_pending`."""
        wanted = (pending, _of.subject == subject, _of.kind.in_(kinds))
        return self._change(*wanted, state=DeliveryState.DROPPED, reason=reason)

    def take_turn(self) -> None:
        """See `Deliveries.take_turn`. On SQLite the transaction has the database to itself."""
        self._transaction.lock_workspace()

    def claim(
        self, now: datetime, most: int, lease: timedelta, resting: Sequence[str] = ()
    ) -> list[Delivery]:
        """See `Deliveries.claim`."""
        due = _due_beside_resting() if resting else _due()
        given = {"now": now, "most": most, **({"resting": list(resting)} if resting else {})}
        ready: list[Delivery] = []
        while not ready:
            found = self._transaction.rows_locked(due, given)
            ready = [_MAPPER.to_record(row[:-1]) for row in found if not row.orphaned]
            orphans = [row.id for row in found if row.orphaned]
            if not orphans:
                break
            self._change(_of.id.in_(orphans), **_ORPHANED)
        return self._lease(ready, lease, now)

    def put_off(self, delivery: Delivery, until: datetime) -> None:
        """See `Deliveries.put_off`. Nobody else has seen the claim, so its token can be reused."""
        self._change(
            _of.id == delivery.id,
            state=DeliveryState.PENDING,
            due_at=until,
            tried_at=None,
            attempts=delivery.attempts - 1,
            leased_until=None,
        )

    def charge(self, delivery: Delivery, now: datetime) -> None:
        """See `Deliveries.charge`."""
        self._change(_of.id == delivery.id, charged_at=now)

    def charged_since(self, user: str, moment: datetime) -> list[Delivery]:
        """See `Deliveries.charged_since`. Failed ones may be there: it can't be looked up."""
        return self._found(_CHARGED, {"user": user, "moment": moment})

    def queued_for(self, user: str) -> list[Delivery]:
        """See `Deliveries.queued_for`. Two statements: each has an index of its own."""
        return self._found(_QUEUED, {"user": user}) + self._found(_CLAIMED, {"user": user})

    def expire(self) -> int:
        """See `Deliveries.expire`. An update that a newer one has overtaken is dropped."""
        found = self._transaction.rows(_LAPSED)
        if not found:
            return 0
        updated = {row.update_of for row in found if row.update_of is not None}
        posts = self._lock_posts(updated) if updated else []
        # What lapses between two statements is left to the next time.
        these = (lapsed, _of.id.in_([row.id for row in found]))
        dropped = self._change(*these, _of.update_of.in_(posts), pending_update_of, **_SUPERSEDED)
        free = _of.update_of.is_(None) | _of.update_of.in_(posts)
        after = case(
            (_of.update_of.is_(None), literal(DeliveryState.UNKNOWN, _of.state.type)),
            else_=literal(DeliveryState.PENDING, _of.state.type),
        )
        return dropped + self._change(*these, free, state=after, leased_until=None)

    def claim_unknown(self, most: int, lease: timedelta) -> list[Delivery]:
        """See `Deliveries.claim_unknown`. What was tried first comes first."""
        found = self._transaction.rows_locked(_UNKNOWN, {"most": most})
        return self._lease([_MAPPER.to_record(row) for row in found], lease)

    def settle(self, delivery: Delivery, rest: timedelta | None = None) -> bool:
        """See `Deliveries.settle`.

        False also where the delivery is no longer in flight. An update that goes back to pending
        is dropped where a newer one is pending.
        """
        outcome: dict[str, Any] = {
            "state": delivery.state,
            "channel": delivery.channel,
            "message": delivery.message,
            "reason": delivery.reason,
            "leased_until": None if rest is None else StoreTime(rest),
        }
        this = (_of.id == delivery.id, _of.attempts == delivery.attempts, in_flight)
        if delivery.update_of is not None and delivery.state is DeliveryState.PENDING:
            self._lock_posts({delivery.update_of}, skip_locked=False)
            if self._change(*this, pending_update_of, **_SUPERSEDED):
                return True
        return self._change(*this, **outcome) == 1

    def _lease(
        self, claimed: list[Delivery], lease: timedelta, sent_at: datetime | None = None
    ) -> list[Delivery]:
        """Count the attempt and lease what is claimed; with `sent_at`, it is sent now."""
        if not claimed:
            return []
        kept: dict[str, Any] = {"attempts": _of.attempts + 1, "leased_until": StoreTime(lease)}
        if sent_at is None:
            after = [replace(each, attempts=each.attempts + 1) for each in claimed]
        else:
            kept |= {
                "state": DeliveryState.SENDING,
                "tried_at": func.coalesce(_of.tried_at, literal(sent_at, _of.tried_at.type)),
                "charged_at": None,
            }
            after = [
                replace(
                    each,
                    attempts=each.attempts + 1,
                    state=DeliveryState.SENDING,
                    tried_at=each.tried_at or sent_at.astimezone(UTC),
                    charged_at=None,
                )
                for each in claimed
            ]
        self._change(_of.id.in_([each.id for each in claimed]), **kept)
        return after

    def _lock_posts(self, ids: set[str], *, skip_locked: bool = True) -> list[str]:
        posts = select(_of.id).where(self._mine, _of.id.in_(ids)).order_by(_of.position)
        locked = locking(posts, deliveries, skip_locked=skip_locked)
        return [row.id for row in self._transaction.rows_locked(locked)]

    def _change(self, *where: ColumnElement[bool], **values: Any) -> int:
        return self._transaction.change(
            update(deliveries).where(self._mine, *where).values(**values)
        )


@cache
def _due() -> Select[Any]:
    return locking(_ready().limit(bindparam("most")), deliveries, skip_locked=True)


@cache
def _due_beside_resting() -> Select[Any]:
    resting: BindParameter[str] = bindparam("resting", expanding=True)
    landed = func.coalesce(_of.channel, awaited.c.channel, "")
    due = _ready().where(_of.addressee_id.not_in(resting), landed.not_in(resting))
    return locking(due.limit(bindparam("most")), deliveries, skip_locked=True)


def _ready() -> Select[Any]:
    orphaned = func.coalesce(_of.update_of, _of.thread_of).is_not(None) & (
        func.coalesce(awaited.c.state, DeliveryState.DROPPED) != DeliveryState.SENT
    )
    return (
        select(*_MAPPER.columns, orphaned.label("orphaned"))
        .select_from(deliveries_and_awaited)
        .where(_MINE, could_be_claimed, _of.due_at <= bindparam("now"))
        .order_by(_of.due_at, _of.position)
    )
