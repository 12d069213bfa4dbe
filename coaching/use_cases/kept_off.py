"""Who is not on a team, by the word of its lead or coach: they are not asked about again.

A note that there is no need to say, dropped as it is made, is what keeps this on record.
"""

from dataclasses import replace
from datetime import datetime

from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState, post
from coaching.ports import UnitOfWork

__all__ = ["forget_kept_off", "is_kept_off", "keep_off", "place_of"]

_DETAIL = "kept off"
_WHY = "kept, so that nobody is asked about them again"


def place_of(team_id: str, user: str) -> str:
    """What notes about somebody's coming to a team are about; they may have no record there."""
    return f"{team_id}:{user}"


def keep_off(uow: UnitOfWork, team_id: str, user: str, by: str, now: datetime) -> None:
    """`by` says that this person is not on the team. Said twice is the same as once."""
    memo = post(
        DeliveryKind.COACH_NOTE,
        workspace_id=uow.workspace_id,
        team_id=team_id,
        subject=place_of(team_id, user),
        addressee=Addressee.PERSON,
        addressee_id=by,
        due_at=now,
        detail=_DETAIL,
    )
    uow.deliveries.add(replace(memo, state=DeliveryState.DROPPED, reason=_WHY))


def is_kept_off(uow: UnitOfWork, team_id: str, user: str) -> bool:
    """Whether somebody said so, and nothing has changed since."""
    return bool(_memos(uow, team_id, user))


def forget_kept_off(uow: UnitOfWork, team_id: str, user: str) -> None:
    """They are on the team after all, or have left it by themselves."""
    for memo in _memos(uow, team_id, user):
        uow.deliveries.remove(memo.id)


def _memos(uow: UnitOfWork, team_id: str, user: str) -> list[Delivery]:
    return uow.deliveries.where(subject=place_of(team_id, user), detail=_DETAIL)
