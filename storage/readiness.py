"""Which deliveries could go: conditions that the claims and the due board share.

They are about `deliveries`, joined with the post that a delivery waits for, if it waits for one:
an update for what it updates, a post in a thread for the thread's parent.
"""

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, or_

from coaching.delivery import DeliveryState
from storage.columns import StoreTime
from storage.tables import deliveries, delivery_is

__all__ = [
    "awaited",
    "could_be_claimed",
    "could_go",
    "deliveries_and_awaited",
    "in_flight",
    "lapsed",
    "lease_is_over",
    "pending",
    "pending_update_of",
    "unknown_and_free",
]

_of = deliveries.c
_other = deliveries.alias("other")

awaited = deliveries.alias("awaited")
"""The post that a delivery waits for; a row of NULLs where it waits for none."""

deliveries_and_awaited: FromClause = deliveries.outerjoin(
    awaited,
    and_(
        awaited.c.workspace_id == _of.workspace_id,
        awaited.c.id == func.coalesce(_of.update_of, _of.thread_of),
    ),
)

pending = delivery_is(DeliveryState.PENDING)
in_flight = delivery_is(DeliveryState.SENDING, DeliveryState.UNKNOWN)

lease_is_over: ColumnElement[bool] = or_(
    _of.leased_until.is_(None), _of.leased_until <= StoreTime()
)
lapsed: ColumnElement[bool] = and_(
    in_flight, _of.state == DeliveryState.SENDING, _of.leased_until <= StoreTime()
)
unknown_and_free: ColumnElement[bool] = and_(
    in_flight, _of.state == DeliveryState.UNKNOWN, lease_is_over
)

_alone: ColumnElement[bool] = or_(
    _of.update_of.is_(None),
    ~exists().where(
        _other.c.workspace_id == _of.workspace_id,
        _other.c.update_of == _of.update_of,
        delivery_is(DeliveryState.SENDING, DeliveryState.UNKNOWN, table=_other),
    ),
)

could_go: ColumnElement[bool] = and_(
    pending,
    or_(
        func.coalesce(_of.update_of, _of.thread_of).is_(None),
        awaited.c.state == DeliveryState.SENT,
    ),
    _alone,
)
"""Pending, and nothing but its time keeps it back."""

could_be_claimed: ColumnElement[bool] = and_(
    pending,
    lease_is_over,
    or_(
        awaited.c.state.is_(None),
        awaited.c.state.in_([DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DROPPED]),
    ),
    _alone,
)
"""Pending, and a claim would send it or, where what it waits for will never be sent, drop it."""

pending_update_of: ColumnElement[bool] = exists().where(
    _other.c.workspace_id == _of.workspace_id,
    _other.c.update_of == _of.update_of,
    _other.c.position != _of.position,
    delivery_is(DeliveryState.PENDING, table=_other),
)
"""Whether another update of the same post is pending."""
