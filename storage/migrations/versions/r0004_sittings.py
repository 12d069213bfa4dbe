"""Sittings in a team's slot, packs, and rounds that wait for room."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every cadence that is there is the team's own, at an hour of its own."""
    op.add_column("teams", sa.Column("slot", sa.JSON(), nullable=True))
    op.add_column("teams", sa.Column("pack", sa.String(), nullable=False, server_default=""))
    op.add_column("teams", sa.Column("pack_since", sa.Date(), nullable=True))
    op.add_column("rounds", sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("cadences") as cadences:
        cadences.alter_column("at", existing_type=sa.Time(), nullable=True)
        cadences.add_column(sa.Column("clock", sa.String(32), nullable=False, server_default="own"))
        cadences.add_column(sa.Column("origin", sa.String(), nullable=False, server_default=""))
        cadences.add_column(sa.Column("asked", sa.JSON(), nullable=False, server_default="[]"))
        cadences.drop_constraint("uq_cadences_natural_key", type_="unique")
        cadences.create_unique_constraint(
            "uq_cadences_natural_key", ["workspace_id", "team_id", "practice", "origin"]
        )
    waits = sa.text("state = 'waiting'")
    op.create_index(
        "ix_rounds_waiting",
        "rounds",
        ["waits_until", "workspace_id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )


def downgrade() -> None:
    """Drop them; what came of a pack or in a slot is no longer asked, what waits is skipped."""
    op.execute("UPDATE rounds SET state = 'skipped' WHERE state = 'waiting'")
    op.execute("DELETE FROM cadences WHERE at IS NULL OR origin <> ''")
    op.drop_index("ix_rounds_waiting", "rounds")
    with op.batch_alter_table("cadences") as cadences:
        cadences.drop_constraint("uq_cadences_natural_key", type_="unique")
        cadences.create_unique_constraint(
            "uq_cadences_natural_key", ["workspace_id", "team_id", "practice"]
        )
        cadences.drop_column("asked")
        cadences.drop_column("origin")
        cadences.drop_column("clock")
        cadences.alter_column("at", existing_type=sa.Time(), nullable=False)
    op.drop_column("rounds", "waits_until")
    for column in ("pack_since", "pack", "slot"):
        op.drop_column("teams", column)
