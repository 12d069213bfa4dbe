"""The tables: one for each kind of record, every row with its workspace.

Ids are unique within a workspace, and so is every natural key; a foreign key includes the
workspace, so no row can belong to another tenant's. `position` is the order of adding.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Time,
    and_,
    literal_column,
)

from coaching.anonymity import Threshold, Told
from coaching.answer import Value
from coaching.cadence import WallClock
from coaching.delivery import Addressee, DeliveryKind, DeliveryState
from coaching.practice import Practice
from coaching.quiet_hours import QuietHours
from coaching.round import RoundState, SittingState
from coaching.slot import Slot
from coaching.team import Chosen, Role
from insights.digest import Facts
from storage.columns import JsonOf, UtcDateTime, enum_of
from storage.schema import (
    belongs_to,
    metadata,
    natural_key,
    partial,
    records,
    spans,
    switch,
    text,
)

__all__ = [
    "anonymous_answers",
    "anonymous_senders",
    "answers",
    "breakdowns",
    "cadences",
    "deliveries",
    "delivery_is",
    "digests",
    "inbox",
    "members",
    "metadata",
    "participations",
    "releases",
    "round_is_open",
    "round_waits",
    "rounds",
    "sittings",
    "teams",
]

teams = records(
    "teams",
    text("name"),
    text("channel"),
    text("timezone"),
    text("country"),
    natural_key("teams", "channel"),
    Column("anonymity", Integer),
    Column("budget", Integer, nullable=False, server_default="3"),
    Column("quiet_hours", JsonOf(QuietHours)),
    spans("blackout"),
    switch("paused"),
    Column("slot", JsonOf(Slot)),
    Column("pack", String, nullable=False, server_default=""),
    Column("pack_since", Date),
    switch("listening"),
    switch("discreet"),
)

members = records(
    "members",
    text("team_id"),
    text("user"),
    Column("role", enum_of(Role), nullable=False),
    Column("active", Boolean, nullable=False),
    belongs_to("teams", "team_id"),
    natural_key("members", "team_id", "user"),
    Index("ix_members_user", "workspace_id", "user"),
    Column("timezone", String),
    spans("away"),
    Column("paused_until", Date),
    switch("opted_out"),
    Column("chosen", JsonOf(Chosen), nullable=False, server_default="{}"),
)

cadences = records(
    "cadences",
    text("team_id"),
    text("practice"),
    text("rrule"),
    Column("at", Time),
    Column("starts_on", Date, nullable=False),
    Column("next_due_at", UtcDateTime),
    belongs_to("teams", "team_id"),
    Index("ix_cadences_next_due_at", "next_due_at", "workspace_id"),
    switch("paused"),
    Column("clock", enum_of(WallClock), nullable=False, server_default=WallClock.OWN),
    Column("origin", String, nullable=False, server_default=""),
    Column("asked", JsonOf(tuple[str, ...]), nullable=False, server_default="[]"),
    natural_key("cadences", "team_id", "practice", "origin"),
    Column("changed_by", String, nullable=False, server_default=""),
)

rounds = records(
    "rounds",
    text("team_id"),
    Column("cadence_id", String),  # not a foreign key: a round outlives its cadence
    text("practice_key"),
    text("occasion"),
    Column("practice", JsonOf(Practice), nullable=False),
    Column("state", enum_of(RoundState), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("closes_at", UtcDateTime),
    text("reason"),
    belongs_to("teams", "team_id"),
    natural_key("rounds", "team_id", "practice_key", "occasion"),
    Column("waits_until", UtcDateTime),
)

sittings = records(
    "sittings",
    text("team_id"),
    text("member_id"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("closes_at", UtcDateTime, nullable=False),
    Column("state", enum_of(SittingState), nullable=False),
    Column("reason", String, nullable=False, server_default=""),
    belongs_to("teams", "team_id"),
    belongs_to("members", "member_id"),
    natural_key("sittings", "member_id", "due_at"),
    Index("ix_sittings_team_id", "workspace_id", "team_id", "due_at"),
)

participations = records(
    "participations",
    text("round_id"),
    text("sitting_id"),
    text("member_id"),
    belongs_to("rounds", "round_id"),
    belongs_to("sittings", "sitting_id"),
    belongs_to("members", "member_id"),
    natural_key("participations", "round_id", "member_id"),
    Index("ix_participations_sitting_id", "workspace_id", "sitting_id"),
)

answers = records(
    "answers",
    text("round_id"),
    text("member_id"),
    Column("values", JsonOf(dict[str, Value]), nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    belongs_to("rounds", "round_id"),
    belongs_to("members", "member_id"),
    natural_key("answers", "round_id", "member_id"),
)

anonymous_answers = Table(  # one row a round: there is no row, number or time for each answer
    "anonymous_answers",
    metadata,
    Column("workspace_id", String, primary_key=True),
    Column("round_id", String, primary_key=True),
    Column("promised", JsonOf(Threshold), nullable=False),
    Column("values", JsonOf(dict[str, list[Value]]), nullable=False),
    Column("leads", Integer, nullable=False),
    belongs_to("rounds", "round_id"),
    sqlite_with_rowid=False,
)

anonymous_senders = Table(  # who has sent the form of a round that is open, whatever was in it
    "anonymous_senders",
    metadata,
    Column("workspace_id", String, primary_key=True),
    Column("round_id", String, primary_key=True),
    Column("member_id", String, primary_key=True),
    belongs_to("rounds", "round_id"),
    belongs_to("members", "member_id"),
    sqlite_with_rowid=False,
)

releases = records(
    "releases",
    text("team_id"),
    text("round_id"),
    Column("told", JsonOf(tuple[Told, ...]), nullable=False),
    belongs_to("teams", "team_id"),
    belongs_to("rounds", "round_id"),
    natural_key("releases", "round_id"),
    Index("ix_releases_team_id", "workspace_id", "team_id"),
)

breakdowns = records(
    "breakdowns",
    text("team_id"),
    text("round_id"),
    text("logged_by"),
    Column("logged_at", UtcDateTime, nullable=False),
    text("what"),
    text("needed_now"),
    Column("owner", String),
    Column("needed_by", Date),
    Column("settled_at", UtcDateTime),
    text("happened"),
    text("assumed"),
    text("learning"),
    belongs_to("teams", "team_id"),
    belongs_to("rounds", "round_id"),
    belongs_to("members", "logged_by"),
    natural_key("breakdowns", "round_id", "logged_by"),
    Index("ix_breakdowns_team_id", "workspace_id", "team_id"),
    Column("closed_at", UtcDateTime),
    Column("closed_by", String, nullable=False, server_default=""),
)

digests = records(
    "digests",
    text("team_id"),
    text("occasion"),
    Column("since", UtcDateTime, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("facts", JsonOf(Facts)),
    text("reason"),
    belongs_to("teams", "team_id"),
    natural_key("digests", "team_id", "occasion"),
)

deliveries = records(  # no foreign keys: a subject is of many kinds, and this is the busiest table
    "deliveries",
    text("team_id"),
    text("subject"),
    Column("kind", enum_of(DeliveryKind), nullable=False),
    Column("addressee", enum_of(Addressee), nullable=False),
    text("addressee_id"),
    Column("due_at", UtcDateTime, nullable=False),
    text("detail"),
    Column("state", enum_of(DeliveryState), nullable=False),
    Column("update_of", String),
    Column("thread_of", String),
    Column("channel", String),
    Column("message", String),
    Column("tried_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    text("reason"),
    Column("leased_until", UtcDateTime),  # the end of a lease or of a rest, on the store's clock
    Column("charged_at", UtcDateTime),
)

inbox = Table(
    "inbox",
    metadata,
    Column("workspace_id", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("taken_at", UtcDateTime, nullable=False),
    Index("ix_inbox_taken_at", "workspace_id", "taken_at"),
    sqlite_with_rowid=False,
)

round_is_open: ColumnElement[bool] = rounds.c.state == literal_column(f"'{RoundState.OPEN}'")
round_waits: ColumnElement[bool] = rounds.c.state == literal_column(f"'{RoundState.WAITING}'")


def delivery_is(*states: DeliveryState, table: FromClause = deliveries) -> ColumnElement[bool]:
    """Whether a delivery's state is one of these, in the words of the partial indexes below.

    A planner uses a partial index only where it reads the index's condition in the statement
    itself, so the states stand there as literals and not as parameters.
    """
    written: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    return table.c.state == written[0] if len(written) == 1 else table.c.state.in_(written)


# What is finished stays in the tables, but not in the indexes in which work is looked for. Those
# that start with the workspace serve its claims, those that start with the time the due board.
_PENDING = delivery_is(DeliveryState.PENDING)
_LEASED = delivery_is(DeliveryState.SENDING, DeliveryState.UNKNOWN)
_of = deliveries.c

partial("ix_rounds_closing", round_is_open, rounds.c.workspace_id, rounds.c.closes_at)
partial("ix_rounds_closes_at", round_is_open, rounds.c.closes_at, rounds.c.workspace_id)
partial("ix_rounds_waiting", round_waits, rounds.c.waits_until, rounds.c.workspace_id)
partial(
    "uq_deliveries_post",
    _of.update_of.is_(None),
    *(_of.workspace_id, _of.subject, _of.kind, _of.detail, _of.addressee, _of.addressee_id),
    unique=True,
)
partial(
    "uq_deliveries_pending_update",
    and_(_PENDING, _of.update_of.is_not(None)),
    *(_of.workspace_id, _of.update_of),
    unique=True,
)
partial("ix_deliveries_update_of", _of.update_of.is_not(None), _of.workspace_id, _of.update_of)
partial("ix_deliveries_pending", _PENDING, _of.workspace_id, _of.due_at, _of.position)
partial("ix_deliveries_due_at", _PENDING, _of.due_at, _of.workspace_id)
partial("ix_deliveries_leased", _LEASED, _of.workspace_id, _of.leased_until)
_charged = (_of.workspace_id, _of.addressee_id, _of.charged_at)
partial("ix_deliveries_charged", _of.charged_at.is_not(None), *_charged)
Index("ix_deliveries_subject", _of.workspace_id, _of.subject)
