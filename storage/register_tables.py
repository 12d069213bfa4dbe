"""The tables of the registers: purposes, the stakeholder map, sessions, voices and promises.

They belong to those of `storage.tables`; `metadata`, imported from here, has all of them.
"""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String

from coaching.invite import InviteState
from coaching.promise import Outcome, PromiseKind
from coaching.stakeholder import Kind
from coaching.voice import VoiceState
from storage.columns import UtcDateTime, enum_of
from storage.schema import belongs_to, natural_key, records, switch, text
from storage.tables import metadata

__all__ = [
    "entry_changes",
    "invites",
    "metadata",
    "promises",
    "purposes",
    "ratings",
    "sessions",
    "stakeholders",
    "voices",
]

purposes = records(
    "purposes",
    text("team_id"),
    Column("number", Integer, nullable=False),
    text("sentence"),
    text("settled_by"),
    Column("settled_at", UtcDateTime, nullable=False),
    text("round_id"),  # not a foreign key: "" where it was settled without one
    belongs_to("teams", "team_id"),
    belongs_to("members", "settled_by"),
    natural_key("purposes", "team_id", "number"),
)

stakeholders = records(
    "stakeholders",
    text("team_id"),
    text("key"),
    text("name"),
    text("added_by"),
    Column("added_at", UtcDateTime, nullable=False),
    Column("kind", enum_of(Kind), nullable=False),
    Column("outside", Boolean),
    switch("in_focus"),
    Column("owner", String),
    Column("met_on", Date),
    Column("merged_into", String),
    Column("removed_at", UtcDateTime),
    belongs_to("teams", "team_id"),
    belongs_to("members", "added_by"),
    natural_key("stakeholders", "team_id", "key"),
)

ratings = records(
    "ratings",
    text("team_id"),
    text("stakeholder_id"),
    text("round_id"),
    text("member_id"),
    Column("rated_at", UtcDateTime, nullable=False),
    Column("relationship", Integer),
    Column("engagement", Integer),
    switch("theirs"),
    belongs_to("teams", "team_id"),
    belongs_to("stakeholders", "stakeholder_id"),
    belongs_to("members", "member_id"),
    natural_key("ratings", "stakeholder_id", "round_id", "member_id", "theirs"),
    Index("ix_ratings_team_id", "workspace_id", "team_id"),
)

sessions = records(
    "sessions",
    text("team_id"),
    Column("on", Date, nullable=False),
    text("planned_by"),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("cancelled_at", UtcDateTime),
    belongs_to("teams", "team_id"),
    belongs_to("members", "planned_by"),
    natural_key("sessions", "team_id", "on"),
)

invites = records(
    "invites",
    text("team_id"),
    text("session_id"),
    text("stakeholder_id"),
    text("owner"),
    Column("state", enum_of(InviteState), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    text("reason"),
    belongs_to("teams", "team_id"),
    belongs_to("sessions", "session_id"),
    belongs_to("stakeholders", "stakeholder_id"),
    natural_key("invites", "session_id", "stakeholder_id"),
    Index("ix_invites_team_id", "workspace_id", "team_id"),
)

voices = records(
    "voices",
    text("team_id"),
    text("round_id"),
    text("heard_by"),
    Column("heard_at", UtcDateTime, nullable=False),
    text("words"),
    Column("stakeholder_id", String),
    Column("outside", Boolean, nullable=False),
    text("decision"),
    Column("owner", String),
    Column("by", Date),
    Column("state", enum_of(VoiceState), nullable=False),
    Column("told", Boolean),
    Column("settled_at", UtcDateTime),
    text("why"),
    belongs_to("teams", "team_id"),
    belongs_to("rounds", "round_id"),
    belongs_to("members", "heard_by"),
    natural_key("voices", "round_id", "heard_by"),
    Index("ix_voices_team_id", "workspace_id", "team_id"),
)

promises = records(
    "promises",
    text("team_id"),
    text("round_id"),
    text("member_id"),
    Column("kind", enum_of(PromiseKind), nullable=False),
    text("words"),
    Column("by", Date, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    text("sign"),
    Column("outcome", enum_of(Outcome)),
    text("learned"),
    switch("shared"),
    Column("settled_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    belongs_to("teams", "team_id"),
    belongs_to("rounds", "round_id"),
    belongs_to("members", "member_id"),
    natural_key("promises", "round_id", "member_id", "kind"),
    Index("ix_promises_team_id", "workspace_id", "team_id"),
)

entry_changes = records(
    "entry_changes",
    text("team_id"),
    text("entry_id"),  # of whichever register
    text("by"),
    Column("at", UtcDateTime, nullable=False),
    text("what"),
    belongs_to("teams", "team_id"),
    Index("ix_entry_changes_entry_id", "workspace_id", "entry_id"),
)
