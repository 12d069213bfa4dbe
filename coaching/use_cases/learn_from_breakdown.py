"""Logging a breakdown, settling *What's needed now?*, and telling what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from coaching.answer import Value, problems_with, second_step
from coaching.breakdown import Breakdown, missing_from
from coaching.delivery import DeliveryKind
from coaching.errors import NotFound, Refused
from coaching.identifiers import new_id
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import Practice, Question
from coaching.round import Round, RoundState
from coaching.team import Member, Role, Team
from coaching.use_cases.entry_changes import breakdown_changes, record_change
from coaching.use_cases.follow_breakdown import follow_breakdown, say_breakdown_anew
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.rounds_of_their_own import begin_round
from coaching.use_cases.saying import say_to

__all__ = [
    "BreakdownView",
    "checked",
    "keep_breakdown",
    "keep_in_register",
    "log_breakdown",
    "needs_of",
    "see_breakdown",
    "tell_of_breakdown",
]

_NOT_MEMBER = "Only this team's members can log its breakdowns. Its lead can add you."
_GONE = "I can't find this breakdown any more."


@dataclass(frozen=True, slots=True)
class BreakdownView:
    """A breakdown with all that belongs to it. `values`: what was told so far, by question key."""

    breakdown: Breakdown
    team: Team
    practice: Practice
    logged_by: Member
    values: dict[str, Value]

    @property
    def now(self) -> tuple[Question, ...]:
        """The questions of the first step."""
        return tuple(one for one in self.practice.questions if not one.later)

    @property
    def later(self) -> tuple[Question, ...]:
        """The questions of the second step that are asked, given the first."""
        return second_step(self.practice.questions, self.values)


def log_breakdown(
    uow: UnitOfWork,
    practice: Practice,
    member_id: str,
    user: str,
    occasion: str,
    given: Mapping[str, str],
    now: datetime,
) -> BreakdownView:
    """Log a breakdown from what was given in the first step, by question key.

    `occasion` names this one log: the same sent twice is one breakdown.

    Raises:
        Refused: with a sentence for each question that can't be kept.
    """
    member = _still_allowed(uow, member_id, user, Action.LOG_BREAKDOWN)
    questions = tuple(question for question in practice.questions if not question.later)
    values = checked(uow, member.team_id, questions, given)
    if not values:
        raise Refused("Nothing is written yet.", {"what": "A few words on what broke down."})
    round_ = begin_round(uow, practice, member, occasion, now, ends=False)
    put_answer(uow, round_, member, values, now)
    breakdown = keep_in_register(uow, round_, member, values, now)
    _show(uow, breakdown, member, now)
    return see_breakdown(uow, breakdown.id, user)


def see_breakdown(uow: UnitOfWork, breakdown_id: str, user: str) -> BreakdownView:
    """The breakdown, for a member of its team. Raises Refused."""
    try:
        breakdown = uow.breakdowns.get(breakdown_id)
    except NotFound:
        raise Refused(_GONE) from None
    reader = uow.members.one(team_id=breakdown.team_id, user=user)
    if reader is None:
        raise Refused(_NOT_MEMBER)
    demand(reader, Action.SETTLE_BREAKDOWN)
    return view_of(uow, breakdown)


def view_of(uow: UnitOfWork, breakdown: Breakdown) -> BreakdownView:
    """The breakdown with what belongs to it, whoever looks."""
    answer = uow.answers.one(round_id=breakdown.round_id, member_id=breakdown.logged_by)
    return BreakdownView(
        breakdown=breakdown,
        team=uow.teams.get(breakdown.team_id),
        practice=uow.rounds.get(breakdown.round_id).practice,
        logged_by=uow.members.get(breakdown.logged_by),
        values={**(answer.values if answer else {}), **breakdown.as_values()},
    )


def tell_of_breakdown(
    uow: UnitOfWork,
    breakdown_id: str,
    user: str,
    given: Mapping[str, str],
    now: datetime,
    *,
    later: bool,
) -> BreakdownView:
    """Keep more of a breakdown: what's needed now, or (`later`) what happened. Raises Refused."""
    view = see_breakdown(uow, breakdown_id, user)
    standing = {} if later else view.values
    questions = view.later if later else view.now
    values = checked(uow, view.team.id, questions, given, standing=standing)
    told = view.breakdown.told(values, now)
    keep_breakdown(uow, view.breakdown, told, user, now)
    round_ = uow.rounds.get(told.round_id)
    others = view.now if later else second_step(view.practice.questions, values)
    untouched = {one.key: view.values[one.key] for one in others if one.key in view.values}
    put_answer(uow, round_, view.logged_by, {**untouched, **values, **told.as_values()}, now)
    return see_breakdown(uow, breakdown_id, user)


def keep_in_register(
    uow: UnitOfWork, round_: Round, member: Member, values: dict[str, Value], now: datetime
) -> Breakdown:
    """The register's entry for what a member told in a round: a new one, or the old one changed."""
    there = uow.breakdowns.one(round_id=round_.id, logged_by=member.id)
    blank = Breakdown(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=member.team_id,
        round_id=round_.id,
        logged_by=member.id,
        logged_at=now,
        what="",
    )
    told = (there or blank).told(values, now)
    if there is None:
        uow.breakdowns.add(told)
    keep_breakdown(uow, there or blank, told, member.user if there else "", now)
    if told.settled_at is None:
        _show(uow, told, member, now)
    return told


def needs_of(uow: UnitOfWork, user: str) -> list[Breakdown]:
    """What a person took on and has not said to be done, the nearest day first."""
    teams = [member.team_id for member in uow.members.where(user=user, active=True)]
    promised = [
        breakdown
        for breakdown in uow.breakdowns.where(team_id=teams, owner=user, closed_at=None)
        if breakdown.needed_by is not None
    ]
    return sorted(promised, key=lambda breakdown: breakdown.needed_by or date.max)


def keep_breakdown(
    uow: UnitOfWork, before: Breakdown, told: Breakdown, by: str, now: datetime
) -> None:
    """Keep what was told, with what follows: its round, its owner, its day, and who changed it.

    `by` is the platform's id of who did, "" where it is told for the first time.
    """
    uow.breakdowns.save(told)
    round_ = uow.rounds.get(told.round_id)
    if told.settled_at and round_.cadence_id is None and round_.state is RoundState.OPEN:
        uow.rounds.save(replace(round_, state=RoundState.CLOSED, closes_at=now))
    for what in breakdown_changes(before, told) if by else ():
        record_change(uow, told.team_id, told.id, by, what, now)
    if told.owner and told.owner != before.owner:
        owner = uow.members.one(team_id=told.team_id, user=told.owner)
        author = uow.members.get(told.logged_by)
        if owner is not None and owner.id != author.id:
            say_to(uow, owner, DeliveryKind.BREAKDOWN, told.id, now)
    follow_breakdown(uow, before, told, now)
    say_breakdown_anew(uow, told.id, now)


def _show(uow: UnitOfWork, breakdown: Breakdown, author: Member, now: datetime) -> None:
    """Have its card said to who told of it and to the lead: either can say what's needed now."""
    leads = uow.members.where(team_id=author.team_id, role=Role.LEAD, active=True)
    for reader in (author, *(lead for lead in leads if lead.id != author.id)):
        say_to(uow, reader, DeliveryKind.BREAKDOWN, breakdown.id, now)


def _still_allowed(uow: UnitOfWork, member_id: str, user: str, action: Action) -> Member:
    try:
        member = uow.members.get(member_id)
    except NotFound:
        raise Refused(_NOT_MEMBER) from None
    if member.user != user:
        raise Refused(_NOT_MEMBER)
    demand(member, action)
    return member


def checked(
    uow: UnitOfWork,
    team_id: str,
    questions: tuple[Question, ...],
    given: Mapping[str, str],
    standing: Mapping[str, Value] | None = None,
) -> dict[str, Value]:
    """What was given to these questions, as values. Raises Refused."""
    people = {member.user for member in uow.members.where(team_id=team_id, active=True)}
    values, wrong = problems_with(questions, given, people)
    asked = {question.key for question in questions}
    if "what" in asked:
        wrong = missing_from({**(standing or {}), **values}) | wrong
    if wrong:
        raise Refused("Some of it needs another look.", wrong)
    return values
