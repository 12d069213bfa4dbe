"""What people say in chat."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has said anything in chat yet."""
    op.add_column("members", sa.Column("chosen", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Drop what people chose in chat: what an operator's plan says of them stays."""
    op.drop_column("members", "chosen")
