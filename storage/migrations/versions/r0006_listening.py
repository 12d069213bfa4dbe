"""What a team switched on in chat, and who changed a cadence there."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SWITCHES = ("listening", "discreet")


def upgrade() -> None:
    """Nothing is read, and words are shown where they were."""
    for name in _SWITCHES:
        op.add_column(
            "teams", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.add_column(
        "cadences", sa.Column("changed_by", sa.String(), nullable=False, server_default="")
    )


def downgrade() -> None:
    """Drop the switches, and who changed what."""
    op.drop_column("cadences", "changed_by")
    for name in reversed(_SWITCHES):
        op.drop_column("teams", name)
