"""A person's own page: what is theirs, and of the teams that they lead or coach how these stand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coaching.answer import Answer
from coaching.breakdown import Breakdown
from coaching.catalogue import Catalogue
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.promise import Promise
from coaching.round import Round, Sitting, SittingState
from coaching.team import Member, Team
from coaching.use_cases.answer_prompt import open_sittings
from coaching.use_cases.follow_invite import InviteView, open_invites
from coaching.use_cases.keep_anonymous import is_anonymous
from coaching.use_cases.learn_from_breakdown import needs_of
from coaching.use_cases.see_promises import open_promises
from coaching.use_cases.see_purpose import purpose_stand
from coaching.use_cases.see_rhythm import TeamView, see_team
from coaching.use_cases.see_sitting import LEFT_TEAM, SittingView, rounds_in, view_of
from coaching.use_cases.see_voices import voices_of
from coaching.use_cases.wish import Seat, wishes_of
from coaching.voice import Voice

__all__ = ["Answered", "HomeView", "see_home"]

_LATELY = timedelta(days=14)
_LATEST = 8
"""How many of a person's closed sittings are looked at for what still takes answers."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A sitting that the person answered: its rounds with what they gave to each.

    Nothing of what is anonymous is in it. `changes`: whether it can still be changed.
    """

    sitting: Sitting
    team: Team
    given: tuple[tuple[Round, Answer], ...]
    changes: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    """What a person sees on their page.

    `open` can be answered in time, `late` still takes answers; `promises` are the breakdowns whose
    next thing they took, `promised` what they promised otherwise; `answered` is what they gave
    lately, newest first. `seats` are their places in teams, none where they are in no team; `teams`
    those that they lead or coach.
    """

    now: datetime
    seats: tuple[Seat, ...]
    open: tuple[SittingView, ...]
    late: tuple[SittingView, ...]
    promises: tuple[Breakdown, ...]
    promised: tuple[Promise, ...]
    answered: tuple[Answered, ...]
    teams: tuple[TeamView, ...]
    voices: tuple[Voice, ...] = ()
    """Whose decisions they are to bring about."""
    invites: tuple[InviteView, ...] = ()
    """Whom they are to invite."""


def see_home(uow: UnitOfWork, catalogue: Catalogue, user: str, now: datetime) -> HomeView:
    """The page of a person, whoever they are: each sees their own."""
    seats = wishes_of(uow, user)
    here = open_sittings(uow, user, now)
    known = {view.sitting.id for view in here}
    closed = [view for seat in seats for view in _late(uow, seat.member)]
    answered = [one for seat in seats for one in _answered(uow, seat, now)]
    steered = [seat for seat in seats if allowed(seat.member, Action.STEER)]
    return HomeView(
        now=now,
        seats=tuple(seats),
        open=tuple(here),
        late=tuple(view for view in closed if view.sitting.id not in known),
        promises=tuple(needs_of(uow, user)),
        promised=tuple(open_promises(uow, user)),
        voices=tuple(voices_of(uow, user)),
        invites=tuple(open_invites(uow, user)),
        answered=tuple(sorted(answered, key=_answered_at, reverse=True)),
        teams=tuple(
            replace(
                see_team(uow, catalogue, seat.team, now),
                purpose=purpose_stand(uow, catalogue, seat.member),
            )
            for seat in sorted(steered, key=lambda seat: (seat.team.name.casefold(), seat.team.id))
        ),
    )


def _late(uow: UnitOfWork, member: Member) -> Iterator[SittingView]:
    """What has closed and still takes an answer, the newest first."""
    ended = uow.sittings.where(
        member_id=member.id, state=[SittingState.CLOSED, SittingState.SKIPPED]
    )
    newest = sorted(ended, key=lambda one: one.closes_at, reverse=True)[:_LATEST]
    views = (view_of(uow, one, member) for one in newest if one.reason != LEFT_TEAM)
    return (view for view in views if any(asked.late for asked in view.asked))


def _answered(uow: UnitOfWork, seat: Seat, now: datetime) -> Iterator[Answered]:
    sent = uow.sittings.where(member_id=seat.member.id, state=SittingState.ANSWERED)
    for sitting in sent:
        if sitting.closes_at < now - _LATELY:
            continue
        rounds = {one.id: one for one in rounds_in(uow, sitting) if not is_anonymous(one)}
        answers = uow.answers.where(member_id=seat.member.id, round_id=list(rounds))
        if answers:
            asked = view_of(uow, sitting, seat.member).asked
            changes = any(one.answer is not None and not one.late for one in asked)
            given = tuple((rounds[one.round_id], one) for one in answers)
            yield Answered(sitting, seat.team, given, changes)


def _answered_at(one: Answered) -> datetime:
    return max(answer.edited_at or answer.answered_at for _, answer in one.given)
