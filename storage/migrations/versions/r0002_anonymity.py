"""Anonymous answers: a heap for each round, who has sent a form, what was shown; and a setting."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and give teams a threshold of their own."""
    op.add_column("teams", sa.Column("anonymity", sa.Integer(), nullable=True))
    op.create_table(
        "anonymous_answers",
        *_texts("workspace_id", "round_id"),
        sa.Column("promised", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("leads", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", name="pk_anonymous_answers"),
        _belongs_to("anonymous_answers", "rounds", "round_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "anonymous_senders",
        *_texts("workspace_id", "round_id", "member_id"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "round_id", "member_id", name="pk_anonymous_senders"
        ),
        _belongs_to("anonymous_senders", "rounds", "round_id"),
        _belongs_to("anonymous_senders", "members", "member_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "releases",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        *_texts("id", "workspace_id", "team_id", "round_id"),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_releases"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_releases_id"),
        sa.UniqueConstraint("workspace_id", "round_id", name="uq_releases_natural_key"),
        _belongs_to("releases", "teams", "team_id"),
        _belongs_to("releases", "rounds", "round_id"),
    )
    op.create_index("ix_releases_team_id", "releases", ["workspace_id", "team_id"])


def downgrade() -> None:
    """Drop them; what was anonymous is lost."""
    for table in ("releases", "anonymous_senders", "anonymous_answers"):
        op.drop_table(table)
    with op.batch_alter_table("teams") as teams:
        teams.drop_column("anonymity")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _belongs_to(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{owner}.workspace_id", f"{owner}.id"],
        name=f"fk_{table}_{column}",
    )
