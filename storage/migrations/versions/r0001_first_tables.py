"""The first tables: teams, their rounds and answers, breakdowns, digests, deliveries, the inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, those that others refer to first."""
    _teams()
    _rounds()
    _what_people_give()
    _deliveries()
    op.create_table(
        "inbox",
        _text("workspace_id"),
        _text("event_id"),
        _moment("taken_at"),
        sa.PrimaryKeyConstraint("workspace_id", "event_id", name="pk_inbox"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_taken_at", "inbox", ["workspace_id", "taken_at"])


def downgrade() -> None:
    """Drop them all."""
    for table in (
        *("inbox", "deliveries", "digests", "breakdowns", "answers"),
        *("participations", "sittings", "rounds", "cadences", "members", "teams"),
    ):
        op.drop_table(table)


def _teams() -> None:
    _create(
        "teams",
        ["channel"],
        _text("name"),
        _text("channel"),
        _text("timezone"),
        _text("country"),
    )
    _create(
        "members",
        ["team_id", "user"],
        _text("team_id"),
        _text("user"),
        _choice("role"),
        sa.Column("active", sa.Boolean(), nullable=False),
        _belongs_to("members", "teams", "team_id"),
    )
    op.create_index("ix_members_user", "members", ["workspace_id", "user"])
    _create(
        "cadences",
        ["team_id", "practice"],
        _text("team_id"),
        _text("practice"),
        _text("rrule"),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        _moment("next_due_at", nullable=True),
        _belongs_to("cadences", "teams", "team_id"),
    )
    op.create_index("ix_cadences_next_due_at", "cadences", ["next_due_at", "workspace_id"])


def _rounds() -> None:
    _create(
        "rounds",
        ["team_id", "practice_key", "occasion"],
        _text("team_id"),
        _text("cadence_id", nullable=True),
        _text("practice_key"),
        _text("occasion"),
        sa.Column("practice", sa.JSON(), nullable=False),
        _choice("state"),
        _moment("due_at"),
        _moment("opened_at", nullable=True),
        _moment("closes_at", nullable=True),
        _text("reason"),
        _belongs_to("rounds", "teams", "team_id"),
    )
    _partial_index("ix_rounds_closing", "rounds", ["workspace_id", "closes_at"], "state = 'open'")
    _partial_index("ix_rounds_closes_at", "rounds", ["closes_at", "workspace_id"], "state = 'open'")
    _create(
        "sittings",
        ["member_id", "due_at"],
        _text("team_id"),
        _text("member_id"),
        _moment("due_at"),
        _moment("closes_at"),
        _choice("state"),
        _belongs_to("sittings", "teams", "team_id"),
        _belongs_to("sittings", "members", "member_id"),
    )
    op.create_index("ix_sittings_team_id", "sittings", ["workspace_id", "team_id", "due_at"])
    _create(
        "participations",
        ["round_id", "member_id"],
        _text("round_id"),
        _text("sitting_id"),
        _text("member_id"),
        _belongs_to("participations", "rounds", "round_id"),
        _belongs_to("participations", "sittings", "sitting_id"),
        _belongs_to("participations", "members", "member_id"),
    )
    op.create_index(
        "ix_participations_sitting_id", "participations", ["workspace_id", "sitting_id"]
    )


def _what_people_give() -> None:
    _create(
        "answers",
        ["round_id", "member_id"],
        _text("round_id"),
        _text("member_id"),
        sa.Column("values", sa.JSON(), nullable=False),
        _moment("answered_at"),
        _moment("edited_at", nullable=True),
        _belongs_to("answers", "rounds", "round_id"),
        _belongs_to("answers", "members", "member_id"),
    )
    _create(
        "breakdowns",
        ["round_id", "logged_by"],
        _text("team_id"),
        _text("round_id"),
        _text("logged_by"),
        _moment("logged_at"),
        _text("what"),
        _text("needed_now"),
        _text("owner", nullable=True),
        sa.Column("needed_by", sa.Date(), nullable=True),
        _moment("settled_at", nullable=True),
        _text("happened"),
        _text("assumed"),
        _text("learning"),
        _belongs_to("breakdowns", "teams", "team_id"),
        _belongs_to("breakdowns", "rounds", "round_id"),
        _belongs_to("breakdowns", "members", "logged_by"),
    )
    op.create_index("ix_breakdowns_team_id", "breakdowns", ["workspace_id", "team_id"])
    _create(
        "digests",
        ["team_id", "occasion"],
        _text("team_id"),
        _text("occasion"),
        _moment("since"),
        _moment("written_at"),
        sa.Column("facts", sa.JSON(), nullable=True),
        _text("reason"),
        _belongs_to("digests", "teams", "team_id"),
    )


def _deliveries() -> None:
    _create(
        "deliveries",
        [],
        _text("team_id"),
        _text("subject"),
        _choice("kind"),
        _choice("addressee"),
        _text("addressee_id"),
        _moment("due_at"),
        _text("detail"),
        _choice("state"),
        _text("update_of", nullable=True),
        _text("thread_of", nullable=True),
        _text("channel", nullable=True),
        _text("message", nullable=True),
        _moment("tried_at", nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("reason"),
        _moment("leased_until", nullable=True),
    )
    of = "deliveries"
    is_pending = "state = 'pending'"
    is_leased = "state IN ('sending', 'unknown')"
    natural_key = ["subject", "kind", "detail", "addressee", "addressee_id"]
    op.create_index("ix_deliveries_subject", of, ["workspace_id", "subject"])
    _partial_index(
        "ix_deliveries_update_of", of, ["workspace_id", "update_of"], "update_of IS NOT NULL"
    )
    _partial_index("ix_deliveries_pending", of, ["workspace_id", "due_at", "position"], is_pending)
    _partial_index("ix_deliveries_due_at", of, ["due_at", "workspace_id"], is_pending)
    _partial_index("ix_deliveries_leased", of, ["workspace_id", "leased_until"], is_leased)
    _partial_index(
        "uq_deliveries_post",
        of,
        ["workspace_id", *natural_key],
        "update_of IS NULL",
        unique=True,
    )
    _partial_index(
        "uq_deliveries_pending_update",
        of,
        ["workspace_id", "update_of"],
        f"{is_pending} AND update_of IS NOT NULL",
        unique=True,
    )


def _create(table: str, natural_key: list[str], *items: sa.schema.SchemaItem) -> None:
    key = [
        sa.UniqueConstraint("workspace_id", *natural_key, name=f"uq_{table}_natural_key")
        for _ in natural_key[:1]
    ]
    op.create_table(
        table,
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        _text("id"),
        _text("workspace_id"),
        *items,
        sa.PrimaryKeyConstraint("position", name=f"pk_{table}"),
        sa.UniqueConstraint("workspace_id", "id", name=f"uq_{table}_id"),
        *key,
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _choice(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.schema.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _belongs_to(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{owner}.workspace_id", f"{owner}.id"],
        name=f"fk_{table}_{column}",
    )


def _partial_index(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )
