"""A sitting as its person meets it: what of it takes answers, and why the rest does not.

A round that has closed takes late answers until the team's next round of the practice opens. They
are marked by their time alone: one given after `closes_at` came late. Once given they stay as they
are. What is anonymous can't come late: alone, it could be told apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from coaching.anonymity import Threshold
from coaching.answer import Answer, Value, second_step
from coaching.errors import NotFound, Refused
from coaching.permissions import Action, allowed, answering, demand
from coaching.ports import UnitOfWork
from coaching.practice import Question
from coaching.round import Round, RoundState, Sitting, SittingState
from coaching.team import Member, Team
from coaching.use_cases.keep_anonymous import SENT_ONCE, is_anonymous, sent, threshold_of
from coaching.use_cases.keep_answer import is_late, last_given
from coaching.use_cases.team_purpose import sentence_for

__all__ = [
    "LEFT_TEAM",
    "Asked",
    "SittingView",
    "field_id",
    "rounds_in",
    "see_sitting",
    "takes_late",
    "view_of",
]

LEFT_TEAM = "left the team"
"""Why a sitting passes that was open for somebody who left."""

_NOT_YOURS = "These questions were asked of somebody else."
_GONE = "I can't find these questions any more. `/widelens` shows what is open for you."
_ENDED = (
    "These questions ended for you, as you were no longer asked in this team. What is asked of you"
    " next comes in its time."
)
_CLOSED = "This round has closed, so I can't take an answer to it any more. The next one will come."
_KEPT = "This round has closed, and what you wrote is kept as it is. The next one will come."
_NOT_LATE = (
    "This round has closed. What is anonymous can't come late: alone, it could be told apart from"
    " the rest. The next one will come."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One round within a sitting, and what the member has answered to it so far.

    `last`: what they gave the last time, for the questions that start from it. `late`: the round
    has closed, and what is given now is marked as having come later.
    """

    round: Round
    answer: Answer | None
    last: Mapping[str, Value] = field(default_factory=dict)
    late: bool = False

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
        untouched = [one for step in steps if not _any_of(step, given) for one in step]
        from_last = {one.key: self.last[one.key] for one in untouched if one.key in self.last}
        return {**from_last, **given}


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting with all that belongs to it. `asked` are its rounds that still take answers.

    `threshold`: from how many answers on the team is shown what is anonymous, where something is.
    `quiet_until`: until when the person wanted to hear no more of it.
    """

    sitting: Sitting
    team: Team
    member: Member
    asked: tuple[Asked, ...]
    threshold: Threshold | None = None
    quiet_until: datetime | None = None
    purpose: str = ""
    """The team's purpose, where something that is asked leans on it."""


def field_id(round_id: str, question_key: str) -> str:
    """What names a question's field in a form."""
    return f"{round_id}.{question_key}"


def rounds_in(uow: UnitOfWork, sitting: Sitting) -> list[Round]:
    """The rounds of a sitting, in the order in which they opened."""
    seats = uow.participations.where(sitting_id=sitting.id)
    return uow.rounds.where(id=[seat.round_id for seat in seats])


def takes_late(uow: UnitOfWork, round_: Round) -> bool:
    """Whether a round that has closed still takes answers from who gave none."""
    closed = round_.state is RoundState.CLOSED and round_.cadence_id is not None
    return closed and not is_anonymous(round_) and _newest_after(uow, round_) is None


def see_sitting(
    uow: UnitOfWork, sitting_id: str, user: str, *, second: bool = False
) -> SittingView:
    """The sitting, for the person whose it is; with `second`, as the second step is about it.

    Raises:
        Refused: it is not theirs, takes no more answers, or is gone.
    """
    try:
        sitting = uow.sittings.get(sitting_id)
    except NotFound:
        raise Refused(_GONE) from None
    member = uow.members.get(sitting.member_id)
    if member.user != user:
        raise Refused(_NOT_YOURS)
    if not member.active:
        demand(member, Action.ANSWER)
    view = view_of(uow, sitting, member, second=second)
    if not view.asked or sitting.reason == LEFT_TEAM:
        raise Refused(_why_over(uow, sitting, member))
    audiences = [asked.round.practice.audience for asked in view.asked]
    theirs = [allowed(member, answering(audience)) for audience in audiences]
    if not any(theirs):
        demand(member, answering(audiences[0]))
    asked = tuple(one for one, may in zip(view.asked, theirs, strict=True) if may)
    return replace(view, asked=asked)


def view_of(
    uow: UnitOfWork, sitting: Sitting, member: Member, *, second: bool = False
) -> SittingView:
    """The sitting with the rounds that take answers, whoever looks.

    Left out is what is anonymous, once sent. `second`: also late answers whose second step is yet
    to come.
    """
    asked = tuple(_taking(uow, sitting, member, second=second))
    team = uow.teams.get(sitting.team_id)
    anonymous = any(is_anonymous(one.round) for one in asked)
    threshold = threshold_of(uow, team) if anonymous else None
    purpose = sentence_for(uow, team.id, [one.round.practice for one in asked])
    return SittingView(sitting, team, member, asked, threshold, purpose=purpose)


def _taking(uow: UnitOfWork, sitting: Sitting, member: Member, *, second: bool) -> Iterator[Asked]:
    rounds = rounds_in(uow, sitting)
    done = sent(uow, member, _open(rounds))
    given = _given(uow, member, rounds)
    done_with = sitting.state is SittingState.ANSWERED  # also what was left empty then
    for round_ in rounds:
        answer = given.get(round_.id)
        late = round_.state is RoundState.CLOSED
        if late:
            wanted = (second and _is_half(round_, answer)) if answer else not done_with
            takes = wanted and takes_late(uow, round_)
        else:
            takes = round_.state is RoundState.OPEN and round_.id not in done
        if takes:
            yield Asked(round_, answer, last_given(uow, round_, member), late)


def _given(uow: UnitOfWork, member: Member, rounds: Iterable[Round]) -> dict[str, Answer]:
    answers = uow.answers.where(member_id=member.id, round_id=[round_.id for round_ in rounds])
    return {answer.round_id: answer for answer in answers}


def _open(rounds: Iterable[Round]) -> list[Round]:
    return [round_ for round_ in rounds if round_.state is RoundState.OPEN]


def _is_half(round_: Round, answer: Answer) -> bool:
    """Whether it came late, and nothing of its second step is told yet."""
    following = second_step(round_.practice.questions, answer.values)
    return is_late(round_, answer) and not _any_of(following, answer.values)


def _any_of(questions: Iterable[Question], values: Mapping[str, Value]) -> bool:
    return any(question.key in values for question in questions)


def _newest_after(uow: UnitOfWork, round_: Round) -> Round | None:
    """The newest round of the team's practice that has opened since this one did."""
    met = uow.rounds.where(
        team_id=round_.team_id,
        practice_key=round_.practice_key,
        state=[RoundState.OPEN, RoundState.CLOSED],
    )
    since = [one for one in met if one.cadence_id and _opened(one) > _opened(round_)]
    return max(since, key=_opened, default=None)


def _opened(round_: Round) -> datetime:
    return round_.opened_at or round_.due_at


def _why_over(uow: UnitOfWork, sitting: Sitting, member: Member) -> str:
    """Why nothing of the sitting takes an answer, in a sentence for the person."""
    if sitting.reason == LEFT_TEAM:
        return _ENDED
    rounds = rounds_in(uow, sitting)
    if sent(uow, member, _open(rounds)):
        return SENT_ONCE
    if sitting.state is SittingState.ANSWERED:
        return _KEPT
    named = [round_ for round_ in rounds if not is_anonymous(round_)]
    for round_ in named:
        if (newest := _newest_after(uow, round_)) is not None:
            return _overtaken(uow, newest, member)
    return _CLOSED if named else _NOT_LATE


def _overtaken(uow: UnitOfWork, newest: Round, member: Member) -> str:
    name = newest.practice.name
    opening = f"This round has closed, and the next one of {name} has opened since."
    seat = uow.participations.one(round_id=newest.id, member_id=member.id)
    state = uow.sittings.get(seat.sitting_id).state if seat else None
    if uow.answers.one(round_id=newest.id, member_id=member.id):
        return f"{opening} You have answered that one already."
    if newest.state is RoundState.OPEN and state in {SittingState.OPEN, SittingState.SKIPPED}:
        return f"{opening} {name} is open for you now: `/widelens` shows it, with its button."
    return f"{opening} The one after it comes in its time."
