"""What a person bears: budgets, quiet hours, absences, pauses, and what was charged when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give what is there the values that ask least of people; quiet hours come with a file."""
    _add("teams", sa.Column("budget", sa.Integer(), nullable=False, server_default="3"))
    _add("teams", sa.Column("quiet_hours", sa.JSON(), nullable=True))
    _add("teams", _spans("blackout"))
    _add("teams", _switch("paused"))
    _add("members", sa.Column("timezone", sa.String(), nullable=True))
    _add("members", _spans("away"))
    _add("members", sa.Column("paused_until", sa.Date(), nullable=True))
    _add("members", _switch("opted_out"))
    _add("cadences", _switch("paused"))
    _add("sittings", sa.Column("reason", sa.String(), nullable=False, server_default=""))
    _add("deliveries", sa.Column("charged_at", sa.DateTime(timezone=True), nullable=True))
    # What was handed over lately counts from its first attempt.
    op.execute(
        "UPDATE deliveries SET charged_at = tried_at WHERE update_of IS NULL"
        " AND state IN ('sending', 'unknown', 'sent') AND kind IN ('prompt', 'reminder')"
    )
    is_charged = sa.text("charged_at IS NOT NULL")
    op.create_index(
        "ix_deliveries_charged",
        "deliveries",
        ["workspace_id", "addressee_id", "charged_at"],
        sqlite_where=is_charged,
        postgresql_where=is_charged,
    )


def downgrade() -> None:
    """Drop them; what was skipped counts as closed again."""
    op.execute("UPDATE sittings SET state = 'closed' WHERE state = 'skipped'")
    op.drop_index("ix_deliveries_charged", "deliveries")
    for table, columns in (
        ("deliveries", ["charged_at"]),
        ("sittings", ["reason"]),
        ("cadences", ["paused"]),
        ("members", ["opted_out", "paused_until", "away", "timezone"]),
        ("teams", ["paused", "blackout", "quiet_hours", "budget"]),
    ):
        for column in columns:
            op.drop_column(table, column)


def _add(table: str, column: sa.schema.Column[object]) -> None:
    op.add_column(table, column)


def _switch(name: str) -> sa.schema.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _spans(name: str) -> sa.schema.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default="[]")
