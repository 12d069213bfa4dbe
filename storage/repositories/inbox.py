"""Which events from a platform were taken in."""

from datetime import datetime

from sqlalchemy import delete

from storage.tables import inbox
from storage.transaction import Transaction

__all__ = ["SqlInbox"]


class SqlInbox:
    """Implements `coaching.ports.Inbox`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def take(self, event_id: str, now: datetime) -> bool:
        """See `Inbox.take`."""
        row = {
            "workspace_id": self._transaction.workspace_id,
            "event_id": event_id,
            "taken_at": now,
        }
        return self._transaction.add(inbox, row)

    def forget_before(self, moment: datetime) -> int:
        """See `Inbox.forget_before`."""
        mine = inbox.c.workspace_id == self._transaction.workspace_id
        return self._transaction.change(delete(inbox).where(mine, inbox.c.taken_at < moment))
