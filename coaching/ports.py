"""What the core needs from outside, each with the guarantees that every implementation keeps.

The contract suites in `tests/contract` hold each implementation to these docstrings.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from coaching.anonymity import Release
from coaching.anonymous import Anonymous
from coaching.answer import Answer
from coaching.breakdown import Breakdown
from coaching.cadence import Cadence
from coaching.delivery import Delivery, DeliveryKind
from coaching.digest import Digest
from coaching.entry_change import EntryChange
from coaching.invite import Invite, Session
from coaching.promise import Promise
from coaching.purpose import Purpose
from coaching.round import Participation, Round, Sitting
from coaching.stakeholder import Rating, Stakeholder
from coaching.team import Member, Team
from coaching.trend import Figures, Period, Standing
from coaching.voice import Voice

__all__ = [
    "Anonymous",
    "Cadences",
    "Clock",
    "Deliveries",
    "DueBoard",
    "Inbox",
    "Repository",
    "Rounds",
    "Store",
    "Trends",
    "UnitOfWork",
    "WorkQueue",
]

T = TypeVar("T")


class Clock(Protocol):
    """The only reader of the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC. Never goes backwards within a process."""
        ...


class Repository(Protocol[T]):
    """The records of one kind in one workspace; another workspace's cannot be reached through it.

    Records are frozen dataclasses with a string `id`; datetimes come back aware and in UTC.
    """

    def add(self, record: T) -> bool:
        """Keep a new record. False, and nothing kept, where its natural key is there already."""
        ...

    def get(self, record_id: str) -> T:
        """The record with this id. Raises NotFound."""
        ...

    def where(self, **equal: object) -> list[T]:
        """The records whose fields equal these (a list or tuple: any of them), oldest first.

        Oldest first is the order in which they were added.
        """
        ...

    def one(self, **equal: object) -> T | None:
        """The first of `where`, or None."""
        ...

    def save(self, record: T) -> None:
        """Keep the record as it now is, whole. Raises NotFound where there is none with its id."""
        ...

    def remove(self, record_id: str) -> None:
        """Forget the record. Quiet where there is none."""
        ...


class Cadences(Repository[Cadence], Protocol):
    """Cadences, and which of them are due."""

    def claim_due(self, now: datetime) -> list[Cadence]:
        """Those with `next_due_at` at or before `now`, oldest first, locked for this transaction.

        A cadence that another transaction has locked is left out, never waited for.
        """
        ...


class Rounds(Repository[Round], Protocol):
    """Rounds, and which of them end or may begin."""

    def claim_closing(self, now: datetime) -> list[Round]:
        """Open ones with `closes_at` at or before `now`, locked as `Cadences.claim_due` locks."""
        ...

    def claim_waiting(self, now: datetime) -> list[Round]:
        """Those that wait, with `waits_until` at or before `now`, oldest first, locked likewise."""
        ...


class Deliveries(Repository[Delivery], Protocol):
    """Deliveries, and their way from pending to an end.

    Leases run on the store's own clock, so that machines need not agree on the time.
    """

    def queue_update(self, post_id: str, update: Delivery) -> None:
        """Queue an update of a post, unless one is pending already (it will say the same).

        Quiet where the post was dropped or failed: there is nothing to say anew.
        """
        ...

    def drop_pending(self, subject: str, kinds: Sequence[DeliveryKind], reason: str) -> int:
        """Drop what is pending about `subject`; how many."""
        ...

    def take_turn(self) -> None:
        """Wait until no other transaction that took its turn in this workspace is under way.

        Called first of all, so that whoever waits holds nothing that another waits for.
        """
        ...

    def claim(
        self, now: datetime, most: int, lease: timedelta, resting: Sequence[str] = ()
    ) -> list[Delivery]:
        """Up to `most` due ones, oldest due first; now `sending`, leased, `attempts` counted up.

        Left out: those to an addressee (or landed in a channel) that is among `resting`; an update
        whose post is not sent, or that has another update in flight; a post whose `thread_of` is
        not sent. An update or thread post whose post failed or was dropped is dropped on the way.
        `tried_at` is set to `now` where it was not set; `charged_at` to None.
        """
        ...

    def put_off(self, delivery: Delivery, until: datetime) -> None:
        """Make a claimed delivery wait, in the transaction of its claim, as if it never happened.

        It is pending, due at `until`, without a lease; the claim does not count as an attempt, and
        the first attempt is yet to come.
        """
        ...

    def charge(self, delivery: Delivery, now: datetime) -> None:
        """Have a claimed delivery take a place in its addressee's budget at `now`."""
        ...

    def charged_since(self, user: str, moment: datetime) -> list[Delivery]:
        """Posts to a person charged later than `moment` that were said or may be, oldest first.

        Those that were put back, or dropped, are surely not there and left out.
        """
        ...

    def queued_for(self, user: str) -> list[Delivery]:
        """Posts to a person that wait, or are claimed and not charged (yet)."""
        ...

    def expire(self) -> int:
        """Posts whose lease ran out become `unknown`, updates `pending`; how many."""
        ...

    def claim_unknown(self, most: int, lease: timedelta) -> list[Delivery]:
        """Up to `most` unknown ones, each leased to the caller; its state stays `unknown`.

        None whose lease (or rest) has not run out. `attempts` is counted up.
        """
        ...

    def settle(self, delivery: Delivery, rest: timedelta | None = None) -> bool:
        """Keep the outcome of an attempt: the delivery's state and where it landed.

        False, and nothing kept, where the stored `attempts` is no longer the delivery's: its lease
        ran out and another took over. With `rest`, it is not claimed (also as unknown) for so long
        on the store's clock.
        """
        ...


class Inbox(Protocol):
    """Which events from a platform were taken in."""

    def take(self, event_id: str, now: datetime) -> bool:
        """Remember the event; False where it was taken in before."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Forget events older than `moment`; how many."""
        ...


class Trends(Protocol):
    """What a team's records come to over time. `coaching.trend` defines each figure."""

    def of(self, team_id: str, periods: Sequence[Period]) -> list[Figures]:
        """The figures of each period, in their order. Periods may overlap."""
        ...

    def standing(self, team_id: str, today: Period) -> Standing:
        """How the map stands at the end of the period's last day, by what is known now."""
        ...


class UnitOfWork(Protocol):
    """One transaction over one workspace's records: everything in it is kept, or nothing is."""

    @property
    def workspace_id(self) -> str:
        """The workspace that all of it belongs to."""
        ...

    @property
    def teams(self) -> Repository[Team]: ...  # noqa: D102

    @property
    def members(self) -> Repository[Member]: ...  # noqa: D102

    @property
    def cadences(self) -> Cadences: ...  # noqa: D102

    @property
    def rounds(self) -> Rounds: ...  # noqa: D102

    @property
    def sittings(self) -> Repository[Sitting]: ...  # noqa: D102

    @property
    def participations(self) -> Repository[Participation]: ...  # noqa: D102

    @property
    def answers(self) -> Repository[Answer]: ...  # noqa: D102

    @property
    def anonymous(self) -> Anonymous: ...  # noqa: D102

    @property
    def releases(self) -> Repository[Release]: ...  # noqa: D102

    @property
    def breakdowns(self) -> Repository[Breakdown]: ...  # noqa: D102

    @property
    def digests(self) -> Repository[Digest]: ...  # noqa: D102

    @property
    def purposes(self) -> Repository[Purpose]: ...  # noqa: D102

    @property
    def stakeholders(self) -> Repository[Stakeholder]: ...  # noqa: D102

    @property
    def ratings(self) -> Repository[Rating]: ...  # noqa: D102

    @property
    def sessions(self) -> Repository[Session]: ...  # noqa: D102

    @property
    def invites(self) -> Repository[Invite]: ...  # noqa: D102

    @property
    def voices(self) -> Repository[Voice]: ...  # noqa: D102

    @property
    def promises(self) -> Repository[Promise]: ...  # noqa: D102

    @property
    def entry_changes(self) -> Repository[EntryChange]: ...  # noqa: D102

    @property
    def trends(self) -> Trends: ...  # noqa: D102

    @property
    def deliveries(self) -> Deliveries: ...  # noqa: D102

    @property
    def inbox(self) -> Inbox: ...  # noqa: D102


class DueBoard(Protocol):
    """Where there is work: the one port across workspaces. It gives out ids and moments only."""

    async def due(self, now: datetime) -> list[str]:
        """The ids of workspaces with something due at or before `now`.

        That is a cadence, a round that ends or may begin, a delivery, a lease that ran out, or an
        unknown delivery.
        """
        ...

    async def workspaces(self) -> list[str]:
        """The ids of all workspaces in which there is a team."""
        ...

    async def next_due(self, now: datetime) -> datetime | None:
        """The earliest moment after `now` at which something falls due; None where nothing will."""
        ...


class Store(Protocol):
    """Runs use cases, each whole in one transaction on a storage thread."""

    async def run(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """What `work` gives, committed. An exception of `work` rolls everything back and comes out.

        The thread never runs two transactions of a SQLite store at a time, and `work` is never run
        twice. Raises StoreUnavailable, with nothing kept, where the store cannot.
        """
        ...

    async def read(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """The same for work that changes nothing: it waits for no writer and keeps nothing."""
        ...


class WorkQueue(Protocol):
    """Hints that a shard has deliveries due. The store is the truth; a lost hint costs time."""

    def submit(self, shard: int) -> None:
        """Have the shard's deliveries sent soon. Quick, never fails, may be called often."""
        ...
