"""Answering a sitting: once, again, and a little more."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coaching.answer import Answer, Value, problems_with
from coaching.breakdown import missing_from
from coaching.delivery import DeliveryKind
from coaching.errors import NotFound, Refused
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Question
from coaching.round import Round, RoundState, Sitting, SittingState
from coaching.team import Member, Team
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.learn_from_breakdown import keep_in_register
from coaching.use_cases.run_round import say_progress
from coaching.use_cases.saying import say_anew

__all__ = [
    "Asked",
    "SittingView",
    "answer_sitting",
    "field_id",
    "open_sittings",
    "see_sitting",
    "tell_more",
]

_CLOSED = "This round has closed, so I can't take an answer to it any more. The next one will come."
_NOT_YOURS = "These questions were asked of somebody else."
_GONE = "I can't find these questions any more. `/widelens` shows what is open for you."


@dataclass(frozen=True, slots=True)
class Asked:
    """One round within a sitting, and what the member has answered to it so far."""

    round: Round
    answer: Answer | None

    @property
    def now(self) -> tuple[Question, ...]:
        """The questions of the first step."""
        return tuple(question for question in self.round.practice.questions if not question.later)

    @property
    def later(self) -> tuple[Question, ...]:
        """The questions of the second step; none before the first is answered."""
        questions = self.round.practice.questions if self.answer else ()
        return tuple(question for question in questions if question.later)


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting with all that belongs to it. `asked` are its rounds that still take answers."""

    sitting: Sitting
    team: Team
    member: Member
    asked: tuple[Asked, ...]


def field_id(round_id: str, question_key: str) -> str:
    """What names a question's field in a form."""
    return f"{round_id}.{question_key}"


def see_sitting(uow: UnitOfWork, sitting_id: str, user: str) -> SittingView:
    """The sitting, for the person whose it is.

    Raises:
        Refused: it is not theirs, has closed, or is gone.
    """
    try:
        sitting = uow.sittings.get(sitting_id)
    except NotFound:
        raise Refused(_GONE) from None
    member = uow.members.get(sitting.member_id)
    if member.user != user:
        raise Refused(_NOT_YOURS)
    demand(member, Action.ANSWER)
    view = view_of(uow, sitting, member)
    if not view.asked:
        raise Refused(_CLOSED)
    return view


def view_of(uow: UnitOfWork, sitting: Sitting, member: Member) -> SittingView:
    """The sitting with its open rounds, whoever looks."""
    seats = uow.participations.where(sitting_id=sitting.id)
    rounds = uow.rounds.where(id=[seat.round_id for seat in seats], state=RoundState.OPEN)
    answers = {
        answer.round_id: answer
        for answer in uow.answers.where(
            member_id=member.id, round_id=[round_.id for round_ in rounds]
        )
    }
    asked = tuple(Asked(round_, answers.get(round_.id)) for round_ in rounds)
    return SittingView(sitting, uow.teams.get(sitting.team_id), member, asked)


def open_sittings(uow: UnitOfWork, user: str) -> list[SittingView]:
    """What is open for a person, in all their teams, oldest first."""
    return [
        view_of(uow, sitting, member)
        for member in uow.members.where(user=user, active=True)
        for sitting in uow.sittings.where(member_id=member.id, state=SittingState.OPEN)
    ]


def answer_sitting(
    uow: UnitOfWork, sitting_id: str, user: str, given: Mapping[str, str], now: datetime
) -> SittingView:
    """Keep what a person gave, all of it or nothing; the sitting as it then stands.

    `given` is by `field_id`. Answering again replaces what was given before.

    Raises:
        Refused: with a sentence for each field that can't be kept.
    """
    view = see_sitting(uow, sitting_id, user)
    _keep(uow, view, given, now, later=False)
    uow.sittings.save(replace(view.sitting, state=SittingState.ANSWERED))
    uow.deliveries.drop_pending(
        sitting_id, [DeliveryKind.PROMPT, DeliveryKind.REMINDER], "answered already"
    )
    say_progress(uow, [asked.round for asked in view.asked], now)
    say_anew(uow, DeliveryKind.PROMPT, sitting_id, now)
    return see_sitting(uow, sitting_id, user)


def tell_more(
    uow: UnitOfWork, sitting_id: str, user: str, given: Mapping[str, str], now: datetime
) -> None:
    """Keep the second step's answers beside the first's. Raises Refused as `answer_sitting`."""
    _keep(uow, see_sitting(uow, sitting_id, user), given, now, later=True)


def _keep(
    uow: UnitOfWork, view: SittingView, given: Mapping[str, str], now: datetime, *, later: bool
) -> None:
    people = {member.user for member in uow.members.where(team_id=view.team.id, active=True)}
    problems: dict[str, str] = {}
    kept: list[tuple[Asked, dict[str, Value]]] = []
    for asked in view.asked:
        questions = asked.later if later else asked.now
        round_id = asked.round.id
        mine = {question.key: given.get(field_id(round_id, question.key)) for question in questions}
        values, wrong = problems_with(questions, mine, people)
        if asked.round.practice.feeds is Feeds.BREAKDOWNS and not later:
            wrong = missing_from(values) | wrong
        problems |= {field_id(round_id, key): sentence for key, sentence in wrong.items()}
        untouched = asked.later if not later else asked.now
        kept.append((asked, values | _standing(asked.answer, untouched)))
    if problems:
        raise Refused("Some of it needs another look.", problems)
    for asked, values in kept:
        _put(uow, view.member, asked, values, now)


def _standing(answer: Answer | None, questions: tuple[Question, ...]) -> dict[str, Value]:
    """What was answered before to the questions of the other step."""
    before = answer.values if answer else {}
    return {q.key: before[q.key] for q in questions if q.key in before}


def _put(
    uow: UnitOfWork, member: Member, asked: Asked, values: dict[str, Value], now: datetime
) -> None:
    if asked.answer is None and not values:
        return  # nothing to tell is no answer
    put_answer(uow, asked.round, member, values, now)
    if asked.round.practice.feeds is Feeds.BREAKDOWNS:
        keep_in_register(uow, asked.round, member, values, now)
