"""A team's channel that takes nothing any more: archived, or the bot was removed from it.

From the platform's first refusal on, or once it tells that the bot was removed or the channel shut,
nobody is asked or reminded for the team, for what they answer could not be brought back to it; what
was asked before still takes answers. The coach is told once.
A line that waits for the channel is what keeps this on record. It is tried again every hour: once
it stands there, or anything else does, things go on.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState
from coaching.digest import Digest
from coaching.load import SAY, Drop, Verdict, Wait
from coaching.ports import UnitOfWork
from coaching.round import RoundState
from coaching.team import Team
from coaching.use_cases.saying import say_anew, say_in_channel
from coaching.use_cases.tell_coach import note_out_of_reach

__all__ = [
    "BACK",
    "REMOVED",
    "SHUT",
    "asks_for_team",
    "channel_reached",
    "channel_refused",
    "is_out_of_reach",
    "lose_channel",
    "reopen_channel",
    "try_channel_again",
    "wait_for_channel",
]

BACK = "back"
"""Begins the detail of the line that waits for the channel; the id of what was refused follows, or
the moment at which the channel was lost."""
REMOVED = "removed"
SHUT = "shut"
"""Why a channel was lost, where the platform tells it before anything is refused."""

_AGAIN = timedelta(hours=1)
_SOON = timedelta(minutes=1)
_OUT_OF_REACH = "the team's channel can't be reached"
_THERE_AGAIN = "the channel takes messages again"
_UNDER_WAY = [DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN]
_ASKING = (DeliveryKind.PROMPT, DeliveryKind.REMINDER)
_DIGEST = (DeliveryKind.DIGEST, DeliveryKind.DIGEST_SECTION)


def channel_refused(uow: UnitOfWork, refused: Delivery, now: datetime) -> None:
    """A team's channel took nothing: keep it on record, and tell the coach the first time."""
    team = uow.teams.one(id=refused.team_id)
    if team is None or refused.addressee_id != team.channel:
        return
    if _waits_for_channel(refused):
        again = replace(refused, state=DeliveryState.PENDING, due_at=now + _AGAIN, tried_at=None)
        uow.deliveries.save(again)
    else:
        _be_lost(uow, team, refused.id, refused.reason, now)


def lose_channel(uow: UnitOfWork, channel: str, reason: str, now: datetime) -> None:
    """The bot was taken out of a channel (`REMOVED`), or the channel was archived or deleted."""
    for team in uow.teams.where(channel=channel):
        _be_lost(uow, team, now.isoformat(), reason, now)


def reopen_channel(uow: UnitOfWork, channel: str, now: datetime) -> None:
    """A channel takes messages again: if it is a team's, it is tried at once."""
    for team in uow.teams.where(channel=channel):
        try_channel_again(uow, team, now)


def is_out_of_reach(uow: UnitOfWork, team_id: str) -> bool:
    """Whether something waits for the team's channel."""
    return _outage(uow, team_id) is not None


def _be_lost(uow: UnitOfWork, team: Team, since: str, reason: str, now: datetime) -> None:
    if _outage(uow, team.id) is None:
        kind, detail = DeliveryKind.COACH_NOTE, f"{BACK}:{since}"
        waiting = say_in_channel(uow, team, kind, team.id, now + _AGAIN, detail=detail)
        note_out_of_reach(uow, waiting, reason, now)


def channel_reached(uow: UnitOfWork, sent: Iterable[Delivery], now: datetime) -> None:
    """Have things go on in teams whose channel took a post: what it missed is said now.

    An update tells nothing: a message can be said anew where no other may be posted.
    """
    in_channel = [one for one in sent if one.addressee is Addressee.CHANNEL and not one.update_of]
    for team_id in {one.team_id for one in in_channel}:
        itself = (one for one in in_channel if one.team_id == team_id and _waits_for_channel(one))
        outage = next(itself, None) or _outage(uow, team_id)
        if outage is not None:
            uow.deliveries.drop_pending(team_id, [DeliveryKind.COACH_NOTE], _THERE_AGAIN)
            _catch_up(uow, uow.teams.get(team_id), outage, now)


def try_channel_again(uow: UnitOfWork, team: Team, now: datetime) -> None:
    """Have a channel that was out of reach tried at once: somebody says that it is mended."""
    outage = _outage(uow, team.id)
    if outage is not None and outage.state is DeliveryState.PENDING:
        uow.deliveries.save(replace(outage, due_at=now))


def wait_for_channel(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Verdict:
    """Whether a claimed delivery may go, as far as its team's channel matters to it.

    What asks something of a person waits, and is dropped where its sitting closes before the
    channel is tried again.
    """
    if not asks_for_team(delivery) or delivery.state is not DeliveryState.SENDING:
        return SAY
    outage = _outage(uow, delivery.team_id)
    if outage is None:
        return SAY
    until = outage.due_at if outage.due_at > now else now + _SOON
    if until >= uow.sittings.get(delivery.subject).closes_at:
        return Drop(_OUT_OF_REACH)
    return Wait(until, _OUT_OF_REACH)


def asks_for_team(delivery: Delivery) -> bool:
    """Whether it asks something of a person that is to be brought back to their team's channel."""
    return delivery.kind in _ASKING and delivery.update_of is None


def _outage(uow: UnitOfWork, team_id: str) -> Delivery | None:
    """The line that waits for the team's channel, where it is out of reach."""
    notes = uow.deliveries.where(
        subject=team_id, kind=DeliveryKind.COACH_NOTE, addressee=Addressee.CHANNEL, state=_UNDER_WAY
    )
    return next(filter(_waits_for_channel, notes), None)


def _waits_for_channel(delivery: Delivery) -> bool:
    in_channel = delivery.addressee is Addressee.CHANNEL
    return in_channel and delivery.kind is DeliveryKind.COACH_NOTE


def _catch_up(uow: UnitOfWork, team: Team, outage: Delivery, now: datetime) -> None:
    """Have said what the channel missed and still matters.

    That is the summaries of rounds that brought something, with the lines above them, and the lines
    of rounds that are open; and the digest of the present week: that of another is past.
    """
    since = _lost_at(uow, outage)
    missed = uow.deliveries.where(
        team_id=team.id,
        addressee=Addressee.CHANNEL,
        kind=[DeliveryKind.PROGRESS, DeliveryKind.SUMMARY, *_DIGEST],
        state=DeliveryState.DROPPED,
        update_of=None,
    )
    missed = [one for one in missed if one.addressee_id == team.channel and one.due_at >= since]
    summaries = [
        one
        for one in missed
        if one.kind is DeliveryKind.SUMMARY and _brought_something(uow, one.subject)
    ]
    above = {one.thread_of for one in summaries}
    lines = [
        one
        for one in missed
        if one.kind is DeliveryKind.PROGRESS
        and (one.id in above or uow.rounds.get(one.subject).state is RoundState.OPEN)
    ]
    digests = [
        one for one in missed if one.kind in _DIGEST and _is_of_this_week(uow, team, one, now)
    ]
    for one in (*lines, *summaries, *digests):
        fresh = replace(one, state=DeliveryState.PENDING, due_at=now, tried_at=None, reason="")
        uow.deliveries.save(fresh)
    for line in uow.deliveries.where(id=[one for one in above if one]):
        say_anew(uow, DeliveryKind.PROGRESS, line.subject, now)


def _lost_at(uow: UnitOfWork, outage: Delivery) -> datetime:
    given = outage.detail.removeprefix(f"{BACK}:")
    refused = uow.deliveries.one(id=given)
    return refused.due_at if refused else datetime.fromisoformat(given)


def _brought_something(uow: UnitOfWork, round_id: str) -> bool:
    release = uow.releases.one(round_id=round_id)
    return bool(release and release.told) or uow.answers.one(round_id=round_id) is not None


def _is_of_this_week(uow: UnitOfWork, team: Team, digest: Delivery, now: datetime) -> bool:
    zone = ZoneInfo(team.timezone)
    written: Digest = uow.digests.get(digest.subject)
    weeks = [at.astimezone(zone).isocalendar()[:2] for at in (written.written_at, now)]
    return weeks[0] == weeks[1]
