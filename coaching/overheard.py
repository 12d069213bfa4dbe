"""A message that read like a breakdown: where it stands and when it was read, never its words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coaching.delivery import Delivery

__all__ = ["Overheard"]

_FRESH = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Overheard:
    """A message by the platform's ids of its channel and of itself; `at` (UTC): when it was read.

    A delivery that offers help with it carries this and nothing else.
    """

    channel: str
    message: str
    at: datetime

    @classmethod
    def of(cls, delivery: Delivery) -> "Overheard":
        """What a delivery is about."""
        channel, _, message = delivery.subject.partition(" ")
        return cls(channel, message, datetime.fromisoformat(delivery.detail))

    @property
    def subject(self) -> str:
        """What the delivery is about: ids have no blanks."""
        return f"{self.channel} {self.message}"

    @property
    def detail(self) -> str:
        """The rest of what the delivery carries."""
        return self.at.isoformat()

    @property
    def until(self) -> datetime:
        """From when on an offer comes too late to be of help."""
        return self.at + _FRESH
