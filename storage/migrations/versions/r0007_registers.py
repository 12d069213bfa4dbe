"""The registers: purposes, the stakeholder map, sessions and invitations, voices, promises.

Voices that were told before come from the answers in which they were.
"""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = (
    "purposes",
    "stakeholders",
    "ratings",
    "sessions",
    "invites",
    "voices",
    "promises",
    "entry_changes",
)


def upgrade() -> None:
    """Make the tables, let breakdowns be closed, and take over the voices that are known."""
    op.add_column("breakdowns", _moment("closed_at", nullable=True))
    op.add_column(
        "breakdowns", sa.Column("closed_by", sa.String(), nullable=False, server_default="")
    )
    _purposes_and_map()
    _sessions()
    _voices_and_promises()
    _take_over_voices()


def downgrade() -> None:
    """Drop them; what stood in the registers alone is lost."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    with op.batch_alter_table("breakdowns") as breakdowns:
        breakdowns.drop_column("closed_by")
        breakdowns.drop_column("closed_at")


def _purposes_and_map() -> None:
    _create(
        "purposes",
        ["team_id", "number"],
        {"teams": "team_id", "members": "settled_by"},
        *_texts("team_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("sentence", "settled_by"),
        _moment("settled_at"),
        *_texts("round_id"),
    )
    _create(
        "stakeholders",
        ["team_id", "key"],
        {"teams": "team_id", "members": "added_by"},
        *_texts("team_id", "key", "name", "added_by"),
        _moment("added_at"),
        _choice("kind"),
        sa.Column("outside", sa.Boolean()),
        _switch("in_focus"),
        sa.Column("owner", sa.String()),
        sa.Column("met_on", sa.Date()),
        sa.Column("merged_into", sa.String()),
        _moment("removed_at", nullable=True),
    )
    _create(
        "ratings",
        ["stakeholder_id", "round_id", "member_id", "theirs"],
        {"teams": "team_id", "stakeholders": "stakeholder_id", "members": "member_id"},
        *_texts("team_id", "stakeholder_id", "round_id", "member_id"),
        _moment("rated_at"),
        sa.Column("relationship", sa.Integer()),
        sa.Column("engagement", sa.Integer()),
        _switch("theirs"),
    )
    op.create_index("ix_ratings_team_id", "ratings", ["workspace_id", "team_id"])


def _sessions() -> None:
    _create(
        "sessions",
        ["team_id", "on"],
        {"teams": "team_id", "members": "planned_by"},
        *_texts("team_id"),
        sa.Column("on", sa.Date(), nullable=False),
        *_texts("planned_by"),
        _moment("planned_at"),
        _moment("cancelled_at", nullable=True),
    )
    _create(
        "invites",
        ["session_id", "stakeholder_id"],
        {"teams": "team_id", "sessions": "session_id", "stakeholders": "stakeholder_id"},
        *_texts("team_id", "session_id", "stakeholder_id", "owner"),
        _choice("state"),
        _moment("made_at"),
        _moment("settled_at", nullable=True),
        *_texts("reason"),
    )
    op.create_index("ix_invites_team_id", "invites", ["workspace_id", "team_id"])


def _voices_and_promises() -> None:
    _create(
        "voices",
        ["round_id", "heard_by"],
        {"teams": "team_id", "rounds": "round_id", "members": "heard_by"},
        *_texts("team_id", "round_id", "heard_by"),
        _moment("heard_at"),
        *_texts("words"),
        sa.Column("stakeholder_id", sa.String()),
        sa.Column("outside", sa.Boolean(), nullable=False),
        *_texts("decision"),
        sa.Column("owner", sa.String()),
        sa.Column("by", sa.Date()),
        _choice("state"),
        sa.Column("told", sa.Boolean()),
        _moment("settled_at", nullable=True),
        *_texts("why"),
    )
    op.create_index("ix_voices_team_id", "voices", ["workspace_id", "team_id"])
    _create(
        "promises",
        ["round_id", "member_id", "kind"],
        {"teams": "team_id", "rounds": "round_id", "members": "member_id"},
        *_texts("team_id", "round_id", "member_id"),
        _choice("kind"),
        *_texts("words"),
        sa.Column("by", sa.Date(), nullable=False),
        _moment("made_at"),
        *_texts("sign"),
        sa.Column("outcome", sa.String(32)),
        *_texts("learned"),
        _switch("shared"),
        _moment("settled_at", nullable=True),
        _moment("withdrawn_at", nullable=True),
    )
    op.create_index("ix_promises_team_id", "promises", ["workspace_id", "team_id"])
    _create(
        "entry_changes",
        [],
        {"teams": "team_id"},
        *_texts("team_id", "entry_id", "by"),
        _moment("at"),
        *_texts("what"),
    )
    op.create_index("ix_entry_changes_entry_id", "entry_changes", ["workspace_id", "entry_id"])


def _take_over_voices() -> None:
    """An entry for each answer that told of a voice: which decision it asks for, none other."""
    answers, rounds, voices = (_known(name, columns) for name, columns in _KNOWN.items())
    told = sa.select(answers, rounds.c.team_id, rounds.c.practice).join_from(
        answers,
        rounds,
        sa.and_(rounds.c.workspace_id == answers.c.workspace_id, rounds.c.id == answers.c.round_id),
    )
    entries = [
        {
            "id": uuid4().hex,
            "workspace_id": one.workspace_id,
            "team_id": one.team_id,
            "round_id": one.round_id,
            "heard_by": one.member_id,
            "heard_at": one.answered_at,
            "words": one.values["heard"],
            "outside": True,
            "decision": one.values.get("decision", ""),
            "state": "open" if one.values.get("decision") else "heard",
            "why": "",
        }
        for one in op.get_bind().execute(told.order_by(answers.c.position))
        if one.practice.get("feeds") == "voices" and one.values.get("heard")
    ]
    if entries:
        op.bulk_insert(voices, entries)


_KNOWN: dict[str, tuple[str, ...]] = {
    "answers": ("position", "workspace_id", "round_id", "member_id", "values", "answered_at"),
    "rounds": ("workspace_id", "id", "team_id", "practice"),
    "voices": (
        "id",
        "workspace_id",
        "team_id",
        "round_id",
        "heard_by",
        "heard_at",
        "words",
        "outside",
        "decision",
        "state",
        "why",
    ),
}
_TYPES: dict[str, Any] = {
    "values": sa.JSON(),
    "practice": sa.JSON(),
    "answered_at": sa.DateTime(timezone=True),
    "heard_at": sa.DateTime(timezone=True),
    "outside": sa.Boolean(),
}


def _known(table: str, columns: tuple[str, ...]) -> sa.TableClause:
    return sa.table(table, *(sa.column(name, _TYPES.get(name, sa.String())) for name in columns))


def _create(
    table: str, natural_key: list[str], owners: dict[str, str], *items: sa.schema.SchemaItem
) -> None:
    key = [
        sa.UniqueConstraint("workspace_id", *natural_key, name=f"uq_{table}_natural_key")
        for _ in natural_key[:1]
    ]
    owned = [
        sa.ForeignKeyConstraint(
            ["workspace_id", column],
            [f"{owner}.workspace_id", f"{owner}.id"],
            name=f"fk_{table}_{column}",
        )
        for owner, column in owners.items()
    ]
    op.create_table(
        table,
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        *_texts("id", "workspace_id"),
        *items,
        sa.PrimaryKeyConstraint("position", name=f"pk_{table}"),
        sa.UniqueConstraint("workspace_id", "id", name=f"uq_{table}_id"),
        *owned,
        *key,
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _choice(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=False)


def _switch(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _moment(name: str, *, nullable: bool = False) -> sa.schema.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
