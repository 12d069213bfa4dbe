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
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.saying import say_anew, say_to

__all__ = [
    "BreakdownView",
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
    values = _checked(uow, member.team_id, questions, given)
    if not values:
        raise Refused("Nothing is written yet.", {"what": "A few words on what broke down."})
    team = uow.teams.get(member.team_id)
    round_ = Round(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=member.team_id,
        cadence_id=None,
        practice_key=practice.key,
        occasion=occasion,
        practice=practice.opened_in(now.year, discreet=team.discreet),
        state=RoundState.OPEN,
        due_at=now,
        opened_at=now,
        closes_at=None,
    )
    if not uow.rounds.add(round_):
        there = uow.rounds.one(team_id=member.team_id, practice_key=practice.key, occasion=occasion)
        round_ = there or round_
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
    values = _checked(uow, view.team.id, questions, given, standing=standing)
    told = view.breakdown.told(values, now)
    _keep(uow, view.breakdown, told, now)
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
    _keep(uow, there or blank, told, now)
    if told.settled_at is None:
        _show(uow, told, member, now)
    return told


def needs_of(uow: UnitOfWork, user: str, today: date) -> list[Breakdown]:
    """What a person promised to take, its day not past, the nearest first."""
    teams = [member.team_id for member in uow.members.where(user=user, active=True)]
    promised = [
        breakdown
        for breakdown in uow.breakdowns.where(team_id=teams, owner=user)
        if breakdown.needed_by is not None and breakdown.needed_by >= today
    ]
    return sorted(promised, key=lambda breakdown: breakdown.needed_by or today)


def _keep(uow: UnitOfWork, before: Breakdown, told: Breakdown, now: datetime) -> None:
    uow.breakdowns.save(told)
    round_ = uow.rounds.get(told.round_id)
    if told.settled_at and round_.cadence_id is None and round_.state is RoundState.OPEN:
        uow.rounds.save(replace(round_, state=RoundState.CLOSED, closes_at=now))
    if told.owner and told.owner != before.owner:
        owner = uow.members.one(team_id=told.team_id, user=told.owner)
        author = uow.members.get(told.logged_by)
        if owner is not None and owner.id != author.id:
            say_to(uow, owner, DeliveryKind.BREAKDOWN, told.id, now)
    say_anew(uow, DeliveryKind.BREAKDOWN, told.id, now)


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


def _checked(
    uow: UnitOfWork,
    team_id: str,
    questions: tuple[Question, ...],
    given: Mapping[str, str],
    standing: Mapping[str, Value] | None = None,
) -> dict[str, Value]:
    people = {member.user for member in uow.members.where(team_id=team_id, active=True)}
    values, wrong = problems_with(questions, given, people)
    asked = {question.key for question in questions}
    if "what" in asked:
        wrong = missing_from({**(standing or {}), **values}) | wrong
    if wrong:
        raise Refused("Some of it needs another look.", wrong)
    return values
