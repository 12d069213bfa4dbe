"""How often somebody was reminded of an invitation, and how often too late."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from coaching.delivery import Delivery, DeliveryKind
from coaching.invite import Invite
from coaching.use_cases.follow_up import Entry, asked_about, asked_of
from coaching.use_cases.remind_of_invite import Told

__all__ = ["reminded", "reminded_after_end"]


def reminded(posts: Iterable[tuple[Delivery, float]]) -> list[tuple[Delivery, float]]:
    """Of posts that stand somewhere, those that ask of an invitation, each with its `ts`.

    That it is not to go out any more is told, not asked.
    """
    return [(post, ts) for post, ts in posts if _asks_of_invite(post)]


def reminded_after_end(
    posts: Iterable[tuple[Delivery, float]], invites: Mapping[str, Invite]
) -> int:
    """How many of them were posted after the answer that ended the invitation, by its id."""
    count = 0
    for post, ts in reminded(posts):
        invite = invites.get(post.subject)
        ended = invite.settled_at if invite and invite.state.ended else None
        count += ended is not None and datetime.fromtimestamp(ts, UTC) > ended
    return count


def _asks_of_invite(post: Delivery) -> bool:
    if post.kind is not DeliveryKind.FOLLOW_UP or asked_of(post)[0] is not Entry.INVITE:
        return False
    return asked_about(post) != Told.OFF
