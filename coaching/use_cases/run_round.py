"""Opening what is due, and closing what has ended."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, GRACE, Cadence
from coaching.catalogue import Catalogue
from coaching.delivery import DeliveryKind, DeliveryState
from coaching.identifiers import new_id
from coaching.occasion import Occasion, occasions
from coaching.permissions import Action, allowed, answering
from coaching.ports import UnitOfWork
from coaching.practice import Practice, Visibility
from coaching.round import (
    Participation,
    Round,
    RoundState,
    Sitting,
    SittingState,
    closing_time,
)
from coaching.team import Member, Team
from coaching.use_cases.keep_anonymous import is_anonymous, release
from coaching.use_cases.saying import say_anew, say_in_channel, say_to
from coaching.use_cases.write_digest import skip_digest, write_digest

__all__ = ["REMINDER_AFTER", "WORDS", "close_due", "open_due", "rounds_of_line", "say_progress"]

WORDS = "text"
"""The detail of the summary that brings what was written to lead and coach."""

REMINDER_AFTER = timedelta(hours=24)

_TOO_LATE = "more than six hours late: nothing was running when it was due"
_MOVED_TOO_LATE = "and the working day before had gone by"
_NOBODY = "nobody to ask"
_NOT_SAID = frozenset({DeliveryState.PENDING, DeliveryState.DROPPED, DeliveryState.FAILED})
_GONE = "its practice file is gone"


def open_due(uow: UnitOfWork, catalogue: Catalogue, now: datetime) -> None:
    """Open every round and write every digest that is due; set each cadence's next due time.

    After a stop of any length an occurrence up to six hours late opens; older ones are recorded as
    skipped, with why. So is one that a holiday keeps from coming.
    """
    for cadence in uow.cadences.claim_due(now):
        team = uow.teams.get(cadence.team_id)
        next_due_at = None
        just_before = (cadence.next_due_at or now) - timedelta(microseconds=1)
        for occasion in occasions(cadence, team, just_before):
            if occasion.due_at > now:
                next_due_at = occasion.due_at
                break
            _meet_occasion(uow, catalogue, team, cadence, occasion, now)
        uow.cadences.save(replace(cadence, next_due_at=next_due_at))


def close_due(uow: UnitOfWork, now: datetime) -> None:
    """Close every round whose time has come, and have its summary said."""
    for ending in uow.rounds.claim_closing(now):
        closed = replace(ending, state=RoundState.CLOSED)
        uow.rounds.save(closed)
        _close_sittings(uow, closed, now)
        if is_anonymous(closed):
            release(uow, closed)
        team = uow.teams.get(closed.team_id)
        line = say_in_channel(uow, team, DeliveryKind.PROGRESS, _line_subject(uow, closed), now)
        say_anew(uow, DeliveryKind.PROGRESS, line.subject, now)
        say_in_channel(uow, team, DeliveryKind.SUMMARY, closed.id, now, beneath=line)
        if closed.practice.visibility is Visibility.AGGREGATED:
            _say_words_beside(uow, closed, now)


def _say_words_beside(uow: UnitOfWork, closed: Round, now: datetime) -> None:
    """Have what was written said to lead and coach: the team sees figures alone."""
    for member in uow.members.where(team_id=closed.team_id, active=True):
        if allowed(member, Action.READ_WORDS):
            say_to(uow, member, DeliveryKind.SUMMARY, closed.id, now, detail=WORDS)


def rounds_of_line(uow: UnitOfWork, round_: Round) -> list[Round]:
    """The rounds that opened together with this one: they share a line in the channel."""
    together = uow.rounds.where(team_id=round_.team_id, due_at=round_.due_at)
    return [one for one in together if one.state is not RoundState.SKIPPED and one.cadence_id]


def say_progress(uow: UnitOfWork, rounds: list[Round], now: datetime) -> None:
    """Have the channel's lines about these rounds said as they now stand."""
    for subject in {_line_subject(uow, round_) for round_ in rounds if round_.cadence_id}:
        say_anew(uow, DeliveryKind.PROGRESS, subject, now)


def _line_subject(uow: UnitOfWork, round_: Round) -> str:
    return rounds_of_line(uow, round_)[0].id


def _meet_occasion(
    uow: UnitOfWork,
    catalogue: Catalogue,
    team: Team,
    cadence: Cadence,
    occasion: Occasion,
    now: datetime,
) -> None:
    reason = _paused(team, cadence) or _why_not(occasion, now)
    if cadence.practice == DIGEST:
        if reason:
            skip_digest(uow, team, occasion.day.isoformat(), now, reason)
        else:
            write_digest(uow, team, occasion.day.isoformat(), now)
        return
    practice = catalogue.get(cadence.practice) or _as_last_asked(uow, cadence)
    if practice is None:
        return  # never asked, and its file is gone: there is nothing to put on record
    practice = practice.opened_in(occasion.day.year)
    answer = answering(practice.audience)
    asked = [one for one in uow.members.where(team_id=team.id) if allowed(one, answer)]
    gone = "" if cadence.practice in catalogue else _GONE
    reason = gone or reason or ("" if asked else _NOBODY)
    round_ = Round(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=team.id,
        cadence_id=cadence.id,
        practice_key=practice.key,
        occasion=occasion.day.isoformat(),
        practice=practice,
        state=RoundState.SKIPPED if reason else RoundState.OPEN,
        due_at=occasion.due_at,
        opened_at=None if reason else now,
        closes_at=None if reason else _closes_at(team, practice, now),
        reason=reason,
    )
    if uow.rounds.add(round_) and not reason:
        for member in asked:
            _seat(uow, round_, member, now)
        say_in_channel(uow, team, DeliveryKind.PROGRESS, _line_subject(uow, round_), now)


def _as_last_asked(uow: UnitOfWork, cadence: Cadence) -> Practice | None:
    rounds = uow.rounds.where(team_id=cadence.team_id, practice_key=cadence.practice)
    return rounds[-1].practice if rounds else None


def _paused(team: Team, cadence: Cadence) -> str:
    """Why nothing of the cadence comes at the moment; "" where it does."""
    return "the team is paused" if team.paused else "paused" if cadence.paused else ""


def _why_not(occasion: Occasion, now: datetime) -> str:
    """Why the occasion does not come; "" where it does."""
    if not occasion.comes:
        return occasion.reason
    if now - occasion.due_at > GRACE:
        return f"{occasion.reason}, {_MOVED_TOO_LATE}" if occasion.reason else _TOO_LATE
    return ""


def _closes_at(team: Team, practice: Practice, now: datetime) -> datetime:
    return closing_time(now, practice.open_days, ZoneInfo(team.timezone))


def _seat(uow: UnitOfWork, round_: Round, member: Member, now: datetime) -> None:
    """Give the round a place in the member's sitting of that time; its first round opens it."""
    closes_at = round_.closes_at or now
    sitting = Sitting(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=member.team_id,
        member_id=member.id,
        due_at=round_.due_at,
        closes_at=closes_at,
        state=SittingState.OPEN,
    )
    there = uow.sittings.one(member_id=member.id, due_at=round_.due_at)
    if there is None:
        uow.sittings.add(sitting)
        say_to(uow, member, DeliveryKind.PROMPT, sitting.id, now)
        if now + REMINDER_AFTER < closes_at:
            say_to(uow, member, DeliveryKind.REMINDER, sitting.id, now + REMINDER_AFTER)
    else:
        sitting = replace(there, closes_at=max(there.closes_at, closes_at), state=SittingState.OPEN)
        uow.sittings.save(sitting)
        say_anew(uow, DeliveryKind.PROMPT, sitting.id, now)
    uow.participations.add(
        Participation(new_id(), uow.workspace_id, round_.id, sitting.id, member.id)
    )


def _close_sittings(uow: UnitOfWork, closed: Round, now: datetime) -> None:
    """Close the sittings that the round was the last open one of."""
    for participation in uow.participations.where(round_id=closed.id):
        sitting = uow.sittings.get(participation.sitting_id)
        if sitting.closes_at > now:
            continue
        if sitting.state is SittingState.OPEN:
            uow.sittings.save(_ended(uow, sitting))
            uow.deliveries.drop_pending(
                sitting.id, [DeliveryKind.PROMPT, DeliveryKind.REMINDER], "the round has closed"
            )
        say_anew(uow, DeliveryKind.PROMPT, sitting.id, now)
        say_anew(uow, DeliveryKind.REMINDER, sitting.id, now)


def _ended(uow: UnitOfWork, sitting: Sitting) -> Sitting:
    """What was never said is not unanswered: its sitting ends without reproach."""
    prompt = uow.deliveries.one(subject=sitting.id, kind=DeliveryKind.PROMPT, update_of=None)
    if prompt is None or prompt.state not in _NOT_SAID:
        return replace(sitting, state=SittingState.CLOSED)
    return replace(sitting, state=SittingState.SKIPPED, reason="never asked: it closed before")
