"""Answering a sitting: once, again, and a little more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from coaching.anonymity import Threshold
from coaching.answer import Answer, Value, problems_with, second_step
from coaching.breakdown import missing_from
from coaching.delivery import DeliveryKind
from coaching.errors import NotFound, Refused
from coaching.permissions import allowed, answering, demand
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Question
from coaching.round import Round, RoundState, Sitting, SittingState
from coaching.team import Member, Team
from coaching.use_cases.keep_anonymous import (
    SENT_ONCE,
    give_anonymously,
    is_anonymous,
    sent,
    threshold_of,
)
from coaching.use_cases.keep_answer import last_given, put_answer
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
    """One round within a sitting, and what the member has answered to it so far.

    `last`: what they gave the last time, for the questions that start from it.
    """

    round: Round
    answer: Answer | None
    last: Mapping[str, Value] = field(default_factory=dict)

    @property
    def now(self) -> tuple[Question, ...]:
        """The questions of the first step.

        An anonymous round has no second one, and demands nothing: a form that was sent does not
        tell whether anything was in it.
        """
        questions = self.round.practice.questions
        if is_anonymous(self.round):
            return tuple(replace(question, optional=True) for question in questions)
        return tuple(question for question in questions if not question.later)

    @property
    def later(self) -> tuple[Question, ...]:
        """The questions of the second step that this member is asked, given their first.

        None before the first is answered.
        """
        questions = self.round.practice.questions
        return second_step(questions, self.answer.values) if self.answer else ()

    @property
    def starting(self) -> Mapping[str, Value]:
        """What the fields start from: what was answered, or the last time's where nothing was.

        Each step for itself: what somebody took out of a step stays out.
        """
        given = self.answer.values if self.answer else {}
        steps = (self.now, self.later)
        untouched = [one for step in steps if not _of(step, given) for one in step]
        return {**_of(untouched, self.last), **given}


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting with all that belongs to it. `asked` are its rounds that still take answers.

    `threshold`: from how many answers on the team is shown what is anonymous, where something is.
    """

    sitting: Sitting
    team: Team
    member: Member
    asked: tuple[Asked, ...]
    threshold: Threshold | None = None


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
    view = view_of(uow, sitting, member)
    if not view.asked:
        raise Refused(SENT_ONCE if sent(uow, member, _open_rounds(uow, sitting)) else _CLOSED)
    audiences = [asked.round.practice.audience for asked in view.asked]
    theirs = [allowed(member, answering(audience)) for audience in audiences]
    if not any(theirs):
        demand(member, answering(audiences[0]))
    asked = tuple(one for one, may in zip(view.asked, theirs, strict=True) if may)
    return replace(view, asked=asked)


def view_of(uow: UnitOfWork, sitting: Sitting, member: Member) -> SittingView:
    """The sitting with its open rounds, whoever looks; without the anonymous ones once sent."""
    rounds = _open_rounds(uow, sitting)
    done = sent(uow, member, rounds)
    rounds = [round_ for round_ in rounds if round_.id not in done]
    answers = {
        answer.round_id: answer
        for answer in uow.answers.where(
            member_id=member.id, round_id=[round_.id for round_ in rounds]
        )
    }
    asked = tuple(
        Asked(round_, answers.get(round_.id), last_given(uow, round_, member)) for round_ in rounds
    )
    team = uow.teams.get(sitting.team_id)
    threshold = threshold_of(uow, team) if any(map(is_anonymous, rounds)) else None
    return SittingView(sitting, team, member, asked, threshold)


def _open_rounds(uow: UnitOfWork, sitting: Sitting) -> list[Round]:
    seats = uow.participations.where(sitting_id=sitting.id)
    return uow.rounds.where(id=[seat.round_id for seat in seats], state=RoundState.OPEN)


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

    `given` is by `field_id`. Answering again replaces what was given before, but for what is
    anonymous: that is taken once, and is no part of what comes back.

    Raises:
        Refused: with a sentence for each field that can't be kept.
    """
    view = see_sitting(uow, sitting_id, user)
    _refuse_second(uow, view, given)
    _keep(uow, view, given, now, later=False)
    uow.sittings.save(replace(view.sitting, state=SittingState.ANSWERED, reason=""))
    uow.deliveries.drop_pending(
        sitting_id, [DeliveryKind.PROMPT, DeliveryKind.REMINDER], "answered already"
    )
    counted = [asked.round for asked in view.asked if not is_anonymous(asked.round)]
    say_progress(uow, counted, now)
    say_anew(uow, DeliveryKind.PROMPT, sitting_id, now)
    say_anew(uow, DeliveryKind.REMINDER, sitting_id, now)
    now_asked = view_of(uow, view.sitting, view.member).asked
    still = {asked.round.id for asked in view.asked}
    return replace(view, asked=tuple(one for one in now_asked if one.round.id in still))


def tell_more(
    uow: UnitOfWork, sitting_id: str, user: str, given: Mapping[str, str], now: datetime
) -> None:
    """Keep the second step's answers beside the first's. Raises Refused as `answer_sitting`."""
    _keep(uow, see_sitting(uow, sitting_id, user), given, now, later=True)


def _refuse_second(uow: UnitOfWork, view: SittingView, given: Mapping[str, str]) -> None:
    """Refuse a form with something anonymous in it that was sent already: from a form left open."""
    done = sent(uow, view.member, _open_rounds(uow, view.sitting))
    again = [name for name, text in given.items() if text and name.partition(".")[0] in done]
    if again:
        raise Refused(SENT_ONCE, {again[0]: SENT_ONCE})


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
        untouched = asked.now if later else second_step(asked.round.practice.questions, values)
        kept.append((asked, values | _of(untouched, asked.answer.values if asked.answer else {})))
    if problems:
        raise Refused("Some of it needs another look.", problems)
    for asked, values in kept:
        if not is_anonymous(asked.round):
            _put(uow, view.member, asked, values, now)
        elif not later:
            give_anonymously(uow, asked.round, view.team, view.member, values)


def _of(questions: Iterable[Question], values: Mapping[str, Value]) -> dict[str, Value]:
    """What `values` say to these questions."""
    return {one.key: values[one.key] for one in questions if one.key in values}


def _put(
    uow: UnitOfWork, member: Member, asked: Asked, values: dict[str, Value], now: datetime
) -> None:
    if asked.answer is None and not values:
        return  # nothing to tell is no answer
    put_answer(uow, asked.round, member, values, now)
    if asked.round.practice.feeds is Feeds.BREAKDOWNS:
        keep_in_register(uow, asked.round, member, values, now)
