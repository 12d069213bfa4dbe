"""Opening what is due: rounds with the sittings in which people meet them, and digests."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.agenda import agenda
from coaching.cadence import DIGEST, GRACE, Cadence
from coaching.calendar import Calendar
from coaching.catalogue import Catalogue
from coaching.delivery import DeliveryKind
from coaching.identifiers import new_id
from coaching.occasion import Hour, Occasion, occasions, slot_after, zones_of
from coaching.permissions import allowed, answering
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.reminding import reminder_at
from coaching.round import (
    Participation,
    Round,
    RoundState,
    Sitting,
    SittingState,
    closing_time,
)
from coaching.team import Member, Team
from coaching.use_cases.close_rounds import end_late_answers, line_subject
from coaching.use_cases.saying import say_anew, say_in_channel, say_to
from coaching.use_cases.team_purpose import lacking
from coaching.use_cases.write_digest import skip_digest, write_digest

__all__ = ["open_due", "open_round", "whom"]

_TOO_LATE = "more than six hours late: nothing was running when it was due"
_MOVED_TOO_LATE = "and the working day before had gone by"
_NOBODY = "nobody to ask"
_GONE = "its practice file is gone"
_NO_ROOM = "there was no room in the sitting"
_OVERTAKEN = "the next one came before there was room"
_OF_SOME = "/"
_NO_SLOT = "the team has no slot any more"


@dataclass(frozen=True, slots=True)
class _Due:
    """A round that nothing keeps from opening at `hour`. `in_slot`: if the sitting has room."""

    round: Round
    hour: Hour
    in_slot: bool
    asked: Sequence[Member]

    @property
    def key(self) -> str:
        """What tells it from what else comes at the hour: one asked of some alone is another."""
        _, _, some = self.round.occasion.partition(_OF_SOME)
        return f"{self.round.practice_key}{_OF_SOME}{some}" if some else self.round.practice_key


def open_due(uow: UnitOfWork, catalogue: Catalogue, now: datetime) -> None:
    """Open every round and write every digest that is due; set each cadence's next due time.

    A sitting has room for so many questions: the rounds that find none wait for the next one.
    After a stop of any length an occurrence up to six hours late opens; older ones are recorded as
    skipped, with why. So is one that a holiday keeps from coming.
    """
    due: dict[tuple[str, datetime], list[_Due]] = defaultdict(list)
    for one in [*_waited(uow, now), *_fallen_due(uow, catalogue, now)]:
        due[one.round.team_id, one.hour.due_at].append(one)
    for (team_id, _), together in due.items():
        _open(uow, uow.teams.get(team_id), together, now)


def _waited(uow: UnitOfWork, now: datetime) -> Iterable[_Due]:
    """The rounds that had no room and may have it now."""
    for round_ in uow.rounds.claim_waiting(now):
        team = uow.teams.get(round_.team_id)
        cadence = uow.cadences.one(id=round_.cadence_id)
        asked = whom(uow, team, round_.practice, cadence)
        late = _TOO_LATE if now - round_.due_at > GRACE else ""
        reason = late or (_paused(team, cadence) if cadence else "paused")
        reason = reason or lacking(uow, team, round_.practice)
        if team.slot is None or reason or not asked:
            ended = replace(round_, state=RoundState.SKIPPED, waits_until=None)
            uow.rounds.save(replace(ended, reason=reason or (_NOBODY if team.slot else _NO_SLOT)))
            continue
        zone = ZoneInfo(team.timezone)
        day = round_.due_at.astimezone(zone).date()
        hour = Hour(day, team.slot.at, zone, _zones(uow, team))
        due = _Due(round_, hour, in_slot=True, asked=asked)
        if hour.day.weekday() == team.slot.weekday:
            yield due
        else:  # the slot was moved in the meantime
            _let_wait(uow, team, due)


def _fallen_due(uow: UnitOfWork, catalogue: Catalogue, now: datetime) -> Iterable[_Due]:
    """The occurrences that open now; the others are put on record, and digests written."""
    for cadence in uow.cadences.claim_due(now):
        team = uow.teams.get(cadence.team_id)
        next_due_at = None
        just_before = (cadence.next_due_at or now) - timedelta(microseconds=1)
        for occasion in occasions(cadence, team, just_before, _zones(uow, team)):
            if occasion.hour.begins_at > now:
                next_due_at = occasion.hour.begins_at
                break
            if cadence.practice == DIGEST:
                _meet_digest(uow, catalogue, team, cadence, occasion, now)
            elif (due := _meet(uow, catalogue, team, cadence, occasion, now)) is not None:
                yield due
        uow.cadences.save(replace(cadence, next_due_at=next_due_at))


def _meet_digest(
    uow: UnitOfWork,
    catalogue: Catalogue,
    team: Team,
    cadence: Cadence,
    occasion: Occasion,
    now: datetime,
) -> None:
    reason = _paused(team, cadence) or _why_not(occasion, now)
    if reason:
        skip_digest(uow, team, occasion.day.isoformat(), now, reason)
    else:
        write_digest(uow, team, catalogue, occasion.day.isoformat(), now)


def _meet(
    uow: UnitOfWork,
    catalogue: Catalogue,
    team: Team,
    cadence: Cadence,
    occasion: Occasion,
    now: datetime,
) -> _Due | None:
    """What is to open; None where it does not, which is put on record."""
    practice = catalogue.get(cadence.practice) or _as_last_asked(uow, cadence)
    if practice is None:
        return None  # never asked, and its file is gone: there is nothing to put on record
    practice = practice.opened_in(occasion.day.year, discreet=team.discreet)
    asked = whom(uow, team, practice, cadence)
    gone = "" if cadence.practice in catalogue else _GONE
    why_not = gone or _paused(team, cadence) or _why_not(occasion, now)
    why_not = why_not or lacking(uow, team, practice) or ("" if asked else _NOBODY)
    round_ = Round(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=team.id,
        cadence_id=cadence.id,
        practice_key=practice.key,
        occasion=occasion.day.isoformat() + (f"{_OF_SOME}{cadence.id}" if cadence.asked else ""),
        practice=practice,
        state=RoundState.SKIPPED if why_not else RoundState.WAITING,
        due_at=occasion.hour.due_at,
        opened_at=None,
        closes_at=None,
        reason=why_not or occasion.reason,
    )
    if not uow.rounds.add(round_) or why_not:
        return None
    return _Due(round_, occasion.hour, in_slot=cadence.at is None, asked=asked)


def _zones(uow: UnitOfWork, team: Team) -> frozenset[ZoneInfo]:
    return zones_of(uow.members.where(team_id=team.id, active=True))


def whom(uow: UnitOfWork, team: Team, practice: Practice, cadence: Cadence | None) -> list[Member]:
    """Whom a practice is for in a team, as far as the cadence asks them."""
    answer = answering(practice.audience)
    members = [one for one in uow.members.where(team_id=team.id) if allowed(one, answer)]
    return [one for one in members if cadence is None or cadence.asks(one)]


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
    if now - occasion.hour.due_at > GRACE:
        return f"{occasion.reason}, {_MOVED_TOO_LATE}" if occasion.reason else _TOO_LATE
    return ""


def _open(uow: UnitOfWork, team: Team, together: Sequence[_Due], now: datetime) -> None:
    """Open what comes at one hour, as far as the sitting has room."""
    here = _newest(uow, together)
    waited = {one.key for one in together if one.round.waits_until}
    in_slot = {key: one for key, one in here.items() if one.in_slot}
    in_order = sorted(in_slot, key=lambda key: key not in waited)
    plan = agenda(
        {key: in_slot[key].round.practice for key in in_order},
        {key: [member.id for member in one.asked] for key, one in in_slot.items()},
    )
    for key, due in here.items():
        if key in plan.moves:
            _let_wait(uow, team, due)
    for key in [*(key for key in here if key not in in_slot), *plan.asked]:
        _open_one(uow, team, here[key], now)


def _newest(uow: UnitOfWork, together: Iterable[_Due]) -> dict[str, _Due]:
    """By key. One that still waited when its next one came does not come any more."""
    newest: dict[str, _Due] = {}
    for one in together:  # those that waited come first
        overtaken = newest.get(one.key)
        newest[one.key] = one
        if overtaken is not None:
            skipped = replace(overtaken.round, state=RoundState.SKIPPED, waits_until=None)
            uow.rounds.save(replace(skipped, reason=_OVERTAKEN))
    return newest


def _let_wait(uow: UnitOfWork, team: Team, due: _Due) -> None:
    hour = slot_after(team, due.hour.day, _zones(uow, team))
    if hour is None:
        skipped = replace(due.round, state=RoundState.SKIPPED, waits_until=None)
        uow.rounds.save(replace(skipped, reason=_NO_ROOM))
        return
    waits = replace(due.round, due_at=hour.due_at, waits_until=hour.begins_at, reason=_NO_ROOM)
    uow.rounds.save(waits)


def _open_one(uow: UnitOfWork, team: Team, due: _Due, now: datetime) -> None:
    seats = [(member, due.hour.moment_for(member)) for member in due.asked]
    open_round(uow, team, due.round, seats, max(now, due.hour.due_at), now)


def open_round(
    uow: UnitOfWork,
    team: Team,
    round_: Round,
    seats: Iterable[tuple[Member, datetime]],
    since: datetime,
    now: datetime,
) -> None:
    """Open a round for these members, each from a moment of their own; its days run from `since`.

    The round is kept already.
    """
    zone, calendar = ZoneInfo(team.timezone), Calendar(team.country, team.blackout)
    opened = replace(
        round_,
        state=RoundState.OPEN,
        opened_at=now,
        closes_at=closing_time(since, round_.practice.open_days, zone, calendar),
        waits_until=None,
    )
    uow.rounds.save(opened)
    for member, moment in seats:
        _seat(uow, team, opened, member, moment, now)
    say_in_channel(uow, team, DeliveryKind.PROGRESS, line_subject(uow, opened), since)
    end_late_answers(uow, opened, now)


def _seat(
    uow: UnitOfWork, team: Team, round_: Round, member: Member, moment: datetime, now: datetime
) -> None:
    """Give the round a place in the member's sitting of that moment; its first round opens it."""
    closes_at = round_.closes_at or now
    sitting = Sitting(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=member.team_id,
        member_id=member.id,
        due_at=moment,
        closes_at=closes_at,
        state=SittingState.OPEN,
    )
    there = uow.sittings.one(member_id=member.id, due_at=moment)
    if there is None:
        uow.sittings.add(sitting)
        say_to(uow, member, DeliveryKind.PROMPT, sitting.id, max(now, moment))
    else:
        sitting = replace(there, closes_at=max(there.closes_at, closes_at), state=SittingState.OPEN)
        uow.sittings.save(sitting)
        say_anew(uow, DeliveryKind.PROMPT, sitting.id, now)
    uow.participations.add(
        Participation(new_id(), uow.workspace_id, round_.id, sitting.id, member.id)
    )
    zone = ZoneInfo(member.timezone or team.timezone)
    reminded_at = reminder_at(max(now, moment), zone, Calendar(team.country, team.blackout))
    if reminded_at < sitting.closes_at:
        say_to(uow, member, DeliveryKind.REMINDER, sitting.id, reminded_at)
