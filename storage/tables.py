"""The tables: one for each kind of record, every row with its workspace.

Ids are unique within a workspace, and so is every natural key; a foreign key includes the
workspace, so no row can belong to another tenant's. `position` is the order of adding.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKeyConstraint,
    FromClause,
    Identity,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Time,
    UniqueConstraint,
    and_,
    false,
    literal_column,
)
from sqlalchemy.sql.schema import SchemaItem

from coaching.anonymity import Threshold, Told
from coaching.answer import Value
from coaching.calendar import Span
from coaching.delivery import Addressee, DeliveryKind, DeliveryState
from coaching.practice import Practice
from coaching.quiet_hours import QuietHours
from coaching.round import RoundState, SittingState
from coaching.team import Role
from insights.digest import Facts
from storage.columns import JsonOf, UtcDateTime, enum_of

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
    "rounds",
    "sittings",
    "teams",
]

metadata = MetaData(
    naming_convention={  # SQLite's batch migrations find a constraint by its name
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_1_name)s",
        "uq": "uq_%(table_name)s_%(column_1_name)s",
    }
)


def _records(name: str, *items: SchemaItem) -> Table:
    return Table(
        name,
        metadata,
        Column(
            "position",
            BigInteger().with_variant(Integer, "sqlite"),  # SQLite numbers only an INTEGER key
            Identity(),
            primary_key=True,
        ),
        Column("id", String, nullable=False),
        Column("workspace_id", String, nullable=False),
        *items,
        UniqueConstraint("workspace_id", "id"),
    )


def _text(name: str) -> Column[str]:
    return Column(name, String, nullable=False)


def _switch(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


def _spans(name: str) -> Column[Any]:
    return Column(name, JsonOf(tuple[Span, ...]), nullable=False, server_default="[]")


def _belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def _natural_key(table: str, *columns: str) -> UniqueConstraint:
    return UniqueConstraint("workspace_id", *columns, name=f"uq_{table}_natural_key")


teams = _records(
    "teams",
    _text("name"),
    _text("channel"),
    _text("timezone"),
    _text("country"),
    _natural_key("teams", "channel"),
    Column("anonymity", Integer),
    Column("budget", Integer, nullable=False, server_default="3"),
    Column("quiet_hours", JsonOf(QuietHours)),
    _spans("blackout"),
    _switch("paused"),
)

members = _records(
    "members",
    _text("team_id"),
    _text("user"),
    Column("role", enum_of(Role), nullable=False),
    Column("active", Boolean, nullable=False),
    _belongs_to("teams", "team_id"),
    _natural_key("members", "team_id", "user"),
    Index("ix_members_user", "workspace_id", "user"),
    Column("timezone", String),
    _spans("away"),
    Column("paused_until", Date),
    _switch("opted_out"),
)

cadences = _records(
    "cadences",
    _text("team_id"),
    _text("practice"),
    _text("rrule"),
    Column("at", Time, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("next_due_at", UtcDateTime),
    _belongs_to("teams", "team_id"),
    _natural_key("cadences", "team_id", "practice"),
    Index("ix_cadences_next_due_at", "next_due_at", "workspace_id"),
    _switch("paused"),
)

rounds = _records(
    "rounds",
    _text("team_id"),
    Column("cadence_id", String),  # not a foreign key: a round outlives its cadence
    _text("practice_key"),
    _text("occasion"),
    Column("practice", JsonOf(Practice), nullable=False),
    Column("state", enum_of(RoundState), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("closes_at", UtcDateTime),
    _text("reason"),
    _belongs_to("teams", "team_id"),
    _natural_key("rounds", "team_id", "practice_key", "occasion"),
)

sittings = _records(
    "sittings",
    _text("team_id"),
    _text("member_id"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("closes_at", UtcDateTime, nullable=False),
    Column("state", enum_of(SittingState), nullable=False),
    Column("reason", String, nullable=False, server_default=""),
    _belongs_to("teams", "team_id"),
    _belongs_to("members", "member_id"),
    _natural_key("sittings", "member_id", "due_at"),
    Index("ix_sittings_team_id", "workspace_id", "team_id", "due_at"),
)

participations = _records(
    "participations",
    _text("round_id"),
    _text("sitting_id"),
    _text("member_id"),
    _belongs_to("rounds", "round_id"),
    _belongs_to("sittings", "sitting_id"),
    _belongs_to("members", "member_id"),
    _natural_key("participations", "round_id", "member_id"),
    Index("ix_participations_sitting_id", "workspace_id", "sitting_id"),
)

answers = _records(
    "answers",
    _text("round_id"),
    _text("member_id"),
    Column("values", JsonOf(dict[str, Value]), nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    _belongs_to("rounds", "round_id"),
    _belongs_to("members", "member_id"),
    _natural_key("answers", "round_id", "member_id"),
)

anonymous_answers = Table(  # one row a round: there is no row, number or time for each answer
    "anonymous_answers",
    metadata,
    Column("workspace_id", String, primary_key=True),
    Column("round_id", String, primary_key=True),
    Column("promised", JsonOf(Threshold), nullable=False),
    Column("values", JsonOf(dict[str, list[Value]]), nullable=False),
    Column("leads", Integer, nullable=False),
    _belongs_to("rounds", "round_id"),
    sqlite_with_rowid=False,
)

anonymous_senders = Table(  # who has sent the form of a round that is open, whatever was in it
    "anonymous_senders",
    metadata,
    Column("workspace_id", String, primary_key=True),
    Column("round_id", String, primary_key=True),
    Column("member_id", String, primary_key=True),
    _belongs_to("rounds", "round_id"),
    _belongs_to("members", "member_id"),
    sqlite_with_rowid=False,
)

releases = _records(
    "releases",
    _text("team_id"),
    _text("round_id"),
    Column("told", JsonOf(tuple[Told, ...]), nullable=False),
    _belongs_to("teams", "team_id"),
    _belongs_to("rounds", "round_id"),
    _natural_key("releases", "round_id"),
    Index("ix_releases_team_id", "workspace_id", "team_id"),
)

breakdowns = _records(
    "breakdowns",
    _text("team_id"),
    _text("round_id"),
    _text("logged_by"),
    Column("logged_at", UtcDateTime, nullable=False),
    _text("what"),
    _text("needed_now"),
    Column("owner", String),
    Column("needed_by", Date),
    Column("settled_at", UtcDateTime),
    _text("happened"),
    _text("assumed"),
    _text("learning"),
    _belongs_to("teams", "team_id"),
    _belongs_to("rounds", "round_id"),
    _belongs_to("members", "logged_by"),
    _natural_key("breakdowns", "round_id", "logged_by"),
    Index("ix_breakdowns_team_id", "workspace_id", "team_id"),
)

digests = _records(
    "digests",
    _text("team_id"),
    _text("occasion"),
    Column("since", UtcDateTime, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("facts", JsonOf(Facts)),
    _text("reason"),
    _belongs_to("teams", "team_id"),
    _natural_key("digests", "team_id", "occasion"),
)

deliveries = _records(  # no foreign keys: a subject is of many kinds, and this is the busiest table
    "deliveries",
    _text("team_id"),
    _text("subject"),
    Column("kind", enum_of(DeliveryKind), nullable=False),
    Column("addressee", enum_of(Addressee), nullable=False),
    _text("addressee_id"),
    Column("due_at", UtcDateTime, nullable=False),
    _text("detail"),
    Column("state", enum_of(DeliveryState), nullable=False),
    Column("update_of", String),
    Column("thread_of", String),
    Column("channel", String),
    Column("message", String),
    Column("tried_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    _text("reason"),
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


def delivery_is(*states: DeliveryState, table: FromClause = deliveries) -> ColumnElement[bool]:
    """Whether a delivery's state is one of these, in the words of the partial indexes below.

    A planner uses a partial index only where it reads the index's condition in the statement
    itself, so the states stand there as literals and not as parameters.
    """
    written: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    return table.c.state == written[0] if len(written) == 1 else table.c.state.in_(written)


def _partial(name: str, where: ColumnElement[bool], *columns: object, unique: bool = False) -> None:
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)  # type: ignore[arg-type]


# What is finished stays in the tables, but not in the indexes in which work is looked for. Those
# that start with the workspace serve its claims, those that start with the time the due board.
_PENDING = delivery_is(DeliveryState.PENDING)
_LEASED = delivery_is(DeliveryState.SENDING, DeliveryState.UNKNOWN)
_of = deliveries.c

_partial("ix_rounds_closing", round_is_open, rounds.c.workspace_id, rounds.c.closes_at)
_partial("ix_rounds_closes_at", round_is_open, rounds.c.closes_at, rounds.c.workspace_id)
_partial(
    "uq_deliveries_post",
    _of.update_of.is_(None),
    *(_of.workspace_id, _of.subject, _of.kind, _of.detail, _of.addressee, _of.addressee_id),
    unique=True,
)
_partial(
    "uq_deliveries_pending_update",
    and_(_PENDING, _of.update_of.is_not(None)),
    *(_of.workspace_id, _of.update_of),
    unique=True,
)
_partial("ix_deliveries_update_of", _of.update_of.is_not(None), _of.workspace_id, _of.update_of)
_partial("ix_deliveries_pending", _PENDING, _of.workspace_id, _of.due_at, _of.position)
_partial("ix_deliveries_due_at", _PENDING, _of.due_at, _of.workspace_id)
_partial("ix_deliveries_leased", _LEASED, _of.workspace_id, _of.leased_until)
_charged = (_of.workspace_id, _of.addressee_id, _of.charged_at)
_partial("ix_deliveries_charged", _of.charged_at.is_not(None), *_charged)
Index("ix_deliveries_subject", _of.workspace_id, _of.subject)
