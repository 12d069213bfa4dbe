"""What a lead is told of the purpose when a round of it has closed, and what the channel is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.purpose import Purpose
from coaching.round import Round
from coaching.team import Team
from coaching.use_cases.be_discreet import is_hidden
from coaching.use_cases.reveal_purpose import AGAIN, TO_COACH
from coaching.use_cases.settle_purpose import KEPT_OUT
from coaching.use_cases.team_purpose import (
    Unsettled,
    closed_at,
    may_settle,
    purpose_of,
    unsettled_of,
)
from conversation.compose.confidence import instead
from conversation.compose.purpose import SETTLE, words_of
from conversation.messages import (
    Block,
    Button,
    Buttons,
    Heading,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    line,
)
from conversation.routes import PURPOSE_SETTLE

__all__ = ["posted", "posted_in_full", "reveal"]

_LOOK = "It stays where you find it: /widelens purpose, or my Home tab."
_SETTLED = "a sentence is settled"
_REPLACED = "a later round took its place"
_NOBODYS = "it is another's to settle now"
_NEWER = "a later version was settled before it was said"


def reveal(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """What waits to be settled; said anew, what became of it."""
    round_ = uow.rounds.get(delivery.subject)
    team, is_new = uow.teams.get(round_.team_id), delivery.update_of is None
    waiting = unsettled_of(uow, team.id)
    if waiting is None or waiting.round.id != round_.id:
        settled = _settled_of(uow, round_)
        if is_new:
            return _SETTLED if settled else _REPLACED
        return _became(uow, settled) if settled else _overtaken(team)
    member = uow.members.one(team_id=team.id, user=delivery.addressee_id, active=True)
    theirs = member is not None and may_settle(uow, member)
    if delivery.detail == TO_COACH:
        return _to_coach(team, waiting, theirs=theirs)
    if not theirs and is_new:
        return _NOBODYS
    return _to_lead(team, waiting, again=delivery.detail == AGAIN, theirs=theirs)


def posted(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """A version of the purpose, in the channel; once there is a later one, until when it held."""
    this = uow.purposes.get(delivery.subject)
    team = uow.teams.get(this.team_id)
    later = _next_after(uow, this)
    if later is not None and delivery.update_of is None:
        return _NEWER
    whole = posted_in_full(uow, this)
    if not _is_hidden(uow, team, this, delivery):
        return whole
    words = "We have settled our purpose." if later is None else "An earlier purpose of ours."
    blocks = (Heading("Our purpose"), Paragraph(line(words)))
    behind = instead(delivery.kind, this.id, delivery.detail)
    return Message(words, (*blocks, *behind), pinned=later is None)


def posted_in_full(uow: UnitOfWork, this: Purpose) -> Message:
    """The same, as the team reads it."""
    team, later = uow.teams.get(this.team_id), _next_after(uow, this)
    user = uow.members.get(this.settled_by).user
    until = f", until {_day(later.settled_at, team)}" if later else ""
    since = f"Version {this.number} · settled on {_day(this.settled_at, team)} by "
    said = "Our purpose" if later is None else "An earlier purpose of ours"
    blocks: tuple[Block, ...] = (
        Heading(f"Our purpose{until}"),
        Quote(this.sentence),
        Note((since, Person(user), ". /widelens purpose has it at any time.")),
    )
    return Message(f"{said}: {this.sentence}", blocks, pinned=later is None)


def _to_lead(team: Team, waiting: Unsettled, *, again: bool, theirs: bool) -> Message:
    if waiting.sentences:
        head = "What each of us says we are for"
        text = "Here they are side by side, the two that lie furthest apart first."
        text = text if len(waiting.sentences) > 1 else "One of you has written a sentence."
        settle = "Which sentence is it? Take one, or write your own; two minutes."
    else:
        head = "Our purpose, looked at again"
        text = "Asked whether our sentence still holds, some of you said:"
        settle = "It is yours to change a word, or to leave it as it is."
    if again:
        text = f"Still open, and I don't bring it up again. {text}"
    blocks: list[Block] = [Heading(head), Paragraph(line(text))]
    blocks += words_of(waiting.sentences or waiting.doubts)
    blocks.append(Paragraph(line(settle)))
    if theirs:
        blocks.append(Buttons((Button(SETTLE, PURPOSE_SETTLE, team.id, primary=True),)))
    blocks.append(Note(line(f"{team.name}. {_LOOK}")))
    return Message(f"{team.name}: {head}. {settle}", tuple(blocks))


def _to_coach(team: Team, waiting: Unsettled, *, theirs: bool) -> Message:
    zone = ZoneInfo(team.timezone)
    since = closed_at(waiting.round).astimezone(zone).date()
    what = "the sentences of the purpose" if waiting.sentences else "the doubts about the purpose"
    told = f"In {team.name} {what} have waited for a lead's word since {since.day} {since:%B}."
    way = "Perhaps a word from you helps. I don't bring it up again; /widelens purpose has it."
    if theirs:
        way = "The team has no lead now, so the sentence is yours to settle."
    blocks: list[Block] = [Paragraph(line(told)), Note(line(way))]
    if theirs:
        blocks.append(Buttons((Button(SETTLE, PURPOSE_SETTLE, team.id),)))
    return Message(told, tuple(blocks))


def _became(uow: UnitOfWork, settled: Purpose) -> Message:
    user = uow.members.get(settled.settled_by).user
    return Message(
        f"Our purpose is settled: {settled.sentence}",
        (
            Paragraph(("Settled by ", Person(user), f", as version {settled.number}:")),
            Quote(settled.sentence),
            Note(line("/widelens purpose has it, and the versions before it.")),
        ),
    )


def _overtaken(team: Team) -> Message:
    words = f"{team.name}: a later round took the place of this one. /widelens purpose has it."
    return Message(words, (Paragraph(line(words)),))


def _settled_of(uow: UnitOfWork, round_: Round) -> Purpose | None:
    """The version that was settled from what the round brought."""
    return uow.purposes.one(team_id=round_.team_id, round_id=round_.id)


def _next_after(uow: UnitOfWork, this: Purpose) -> Purpose | None:
    current = purpose_of(uow, this.team_id)
    if current is None or current.number == this.number:
        return None
    return uow.purposes.one(team_id=this.team_id, number=this.number + 1)


def _is_hidden(uow: UnitOfWork, team: Team, this: Purpose, delivery: Delivery) -> bool:
    """What was settled, or written, in discretion stays so."""
    if team.discreet or delivery.detail == KEPT_OUT:
        return True
    round_ = uow.rounds.one(id=this.round_id) if this.round_id else None
    return round_ is not None and is_hidden(team, round_)


def _day(at: datetime, team: Team) -> str:
    on = at.astimezone(ZoneInfo(team.timezone)).date()
    return f"{on.day} {on:%B %Y}"
