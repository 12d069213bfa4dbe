"""People as Slack's API and its events show them.

https://docs.slack.dev/reference/objects/user-object
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.records import Json, User


def user_object(user: User, team_id: str, now: datetime) -> Json:
    """The user object of users.info, users.list and user_change; `now` is the workspace's time."""
    return {
        "id": user.id,
        # Believed, second-hand: somebody from outside (Slack Connect) shows their own workspace.
        "team_id": "T0ELSEWHERE" if user.is_stranger else team_id,
        "name": user.handle,
        "deleted": user.deleted,
        "real_name": user.name,
        "tz": user.tz,
        "tz_offset": _offset(user.tz, now),
        "is_bot": user.app_id is not None,
        "is_app_user": False,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_stranger": user.is_stranger,
        "updated": user.updated,
        "profile": {
            "real_name": user.name,
            "display_name": user.name,
            "status_text": user.status_text,
            "status_emoji": user.status_emoji,
            "status_expiration": user.status_expiration,
        },
    }


def dnd_object(user: User) -> Json:
    """When a person next does not want to be disturbed.

    1 and 1 where they never said, as in the example on the page of dnd.teamInfo.
    """
    start, end = user.dnd or (1, 1)
    return {
        "dnd_enabled": user.dnd is not None,
        "next_dnd_start_ts": start,
        "next_dnd_end_ts": end,
    }


def _offset(tz: str, now: datetime) -> int:
    """The seconds by which a time zone is ahead of UTC."""
    ahead = now.astimezone(ZoneInfo(tz)).utcoffset()
    return int(ahead.total_seconds()) if ahead is not None else 0
