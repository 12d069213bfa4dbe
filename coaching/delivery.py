"""Deliveries: one thing to be said once, to one conversation; composed as it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coaching.identifiers import new_id

__all__ = ["Addressee", "Delivery", "DeliveryKind", "DeliveryState", "post", "update_of"]


class Addressee(StrEnum):
    """Whom a delivery goes to: a person (in their direct messages with the bot) or a channel."""

    PERSON = "person"
    CHANNEL = "channel"


class DeliveryKind(StrEnum):
    """What is said. The subject is the id of the record that it is about."""

    PROMPT = "prompt"  # subject: sitting
    REMINDER = "reminder"  # subject: sitting
    PROGRESS = "progress"  # subject: the first round opened at that time
    SUMMARY = "summary"  # subject: round
    DIGEST = "digest"  # subject: digest
    DIGEST_SECTION = "digest_section"  # subject: digest; detail: the section
    BREAKDOWN = "breakdown"  # subject: breakdown
    FOLLOW_UP = "follow_up"  # subject: an entry; detail: of which register, and for which day
    REVEAL = "reveal"  # subject: a round of the purpose; detail: again, or to the coach
    PURPOSE = "purpose"  # subject: a version of the purpose; detail: kept out of the channel
    HINT = "hint"  # subject: a person who wrote to the bot; detail: why, and about when
    ARRIVAL = "arrival"  # subject: the channel; of no team where there is none yet
    WELCOME = "welcome"  # subject: member, in the channel the team; detail: by whom
    LISTENING = "listening"  # subject: team; detail: switched on or off, by whom and when
    OFFER = "offer"  # subject and detail: a message that was overheard, and when
    COACH_NOTE = "coach_note"  # subject: what it is about; detail: the note's key


class DeliveryState(StrEnum):
    """`pending -> sending -> sent | failed | dropped`, and `unknown` until it is looked up."""

    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing to be said once.

    A *post* is new; its natural key is subject, kind, detail, addressee and addressee's id. An
    *update* (`update_of`: the post's id) says a post anew, as its records then stand; at most one
    update of a post is pending. A post with `thread_of` waits for that post and goes beneath it.

    `channel` and `message` say where it landed (platform ids) once it is sent. `tried_at` is when
    it was first handed to the platform: what is unknown is looked for from then on. `attempts`
    counts the claims, and is the token by which a late worker is told from the present one.
    `charged_at` is when it took a place in the person's budget: the moment of the claim under which
    it was, or may have been, said.
    `reason` says why it was dropped or failed: an error's code or a short sentence, never words of
    a person. Times are UTC.
    """

    id: str
    workspace_id: str
    team_id: str
    subject: str
    kind: DeliveryKind
    addressee: Addressee
    addressee_id: str
    due_at: datetime
    detail: str = ""
    state: DeliveryState = DeliveryState.PENDING
    update_of: str | None = None
    thread_of: str | None = None
    channel: str | None = None
    message: str | None = None
    tried_at: datetime | None = None
    attempts: int = 0
    reason: str = ""
    charged_at: datetime | None = None


def post(
    kind: DeliveryKind,
    *,
    workspace_id: str,
    team_id: str,
    subject: str,
    addressee: Addressee,
    addressee_id: str,
    due_at: datetime,
    detail: str = "",
    thread_of: str | None = None,
) -> Delivery:
    """A new post."""
    return Delivery(
        id=new_id(),
        workspace_id=workspace_id,
        team_id=team_id,
        subject=subject,
        kind=kind,
        addressee=addressee,
        addressee_id=addressee_id,
        due_at=due_at,
        detail=detail,
        thread_of=thread_of,
    )


def update_of(original: Delivery, due_at: datetime) -> Delivery:
    """An update of a post: the same thing, said anew."""
    return Delivery(
        id=new_id(),
        workspace_id=original.workspace_id,
        team_id=original.team_id,
        subject=original.subject,
        kind=original.kind,
        addressee=original.addressee,
        addressee_id=original.addressee_id,
        due_at=due_at,
        detail=original.detail,
        update_of=original.id,
        thread_of=original.thread_of,
    )
