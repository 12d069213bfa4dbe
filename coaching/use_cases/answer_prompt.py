"""Answering a sitting: once, again, late, and a little more."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from coaching.answer import Value, as_text, problems_with, second_step
from coaching.breakdown import missing_from
from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Question
from coaching.round import RoundState, SittingState
from coaching.team import Member
from coaching.use_cases.close_rounds import say_progress
from coaching.use_cases.feed import feed
from coaching.use_cases.keep_anonymous import SENT_ONCE, give_anonymously, is_anonymous
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.keep_map import problems_of_map
from coaching.use_cases.saying import say_anew
from coaching.use_cases.see_sitting import (
    LEFT_TEAM,
    Asked,
    SittingView,
    field_id,
    rounds_in,
    see_sitting,
    view_of,
)
from coaching.use_cases.snooze import quiet_until

__all__ = [
    "Asked",
    "SittingView",
    "answer_sitting",
    "field_id",
    "open_sittings",
    "see_sitting",
    "tell_more",
]

_CLOSED_MEANWHILE = (
    "This round has closed, so I can't keep what stands here. Copy it if you need it, close this"
    " form and open it anew for the rest."
)


def open_sittings(uow: UnitOfWork, user: str, now: datetime) -> list[SittingView]:
    """What a person can answer in rounds that are open, in all their teams, oldest first.

    Also what they let pass, and what they do not want to hear of before some moment.
    """
    waiting = [SittingState.OPEN, SittingState.SKIPPED]
    views = [
        view_of(uow, sitting, member)
        for member in uow.members.where(user=user, active=True)
        for sitting in uow.sittings.where(member_id=member.id, state=waiting)
        if sitting.closes_at > now and sitting.reason != LEFT_TEAM
    ]
    return [
        replace(view, quiet_until=quiet_until(uow, view.sitting.id, now))
        for view in views
        if any(not one.late for one in view.asked)
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
    _refuse_what_is_over(uow, view, given)
    _keep(uow, view, given, now, later=False)
    uow.sittings.save(replace(view.sitting, state=SittingState.ANSWERED, reason=""))
    uow.deliveries.drop_pending(
        sitting_id, [DeliveryKind.PROMPT, DeliveryKind.REMINDER], "answered already"
    )
    say_anew(uow, DeliveryKind.PROMPT, sitting_id, now)
    say_anew(uow, DeliveryKind.REMINDER, sitting_id, now)
    say_progress(uow, [one.round for one in view.asked if not is_anonymous(one.round)], now)
    _say_late(uow, view, now)
    now_asked = view_of(uow, view.sitting, view.member, second=True).asked
    still = {asked.round.id for asked in view.asked}
    return replace(view, asked=tuple(one for one in now_asked if one.round.id in still))


def tell_more(
    uow: UnitOfWork, sitting_id: str, user: str, given: Mapping[str, str], now: datetime
) -> None:
    """Keep the second step's answers beside the first's. Raises Refused as `answer_sitting`."""
    view = see_sitting(uow, sitting_id, user, second=True)
    _refuse_what_is_over(uow, view, given)
    _keep(uow, view, given, now, later=True)
    _say_late(uow, view, now)


def _say_late(uow: UnitOfWork, view: SittingView, now: datetime) -> None:
    """Have summaries said anew that show answers with their names: what came late is marked.

    Those in figures stay as they were told: whoever compared them before and after would know what
    one person gave, and the words beside them would stand alone.
    """
    for asked in view.asked:
        if asked.late and asked.round.practice.visibility.named:
            say_anew(uow, DeliveryKind.SUMMARY, asked.round.id, now)


def _refuse_what_is_over(uow: UnitOfWork, view: SittingView, given: Mapping[str, str]) -> None:
    """Refuse what can't be taken any more, rather than lose it: from a form that was left open.

    That is what is anonymous and was sent already, and what belongs to a round that has closed; not
    what stands there as it was kept.
    """
    taken = {asked.round.id for asked in view.asked}
    over = {one.id: one for one in rounds_in(uow, view.sitting) if one.id not in taken}
    answers = uow.answers.where(member_id=view.member.id, round_id=list(over))
    kept = {
        field_id(answer.round_id, key): as_text(value)
        for answer in answers
        for key, value in answer.values.items()
    }
    for name, text in given.items():
        round_ = over.get(name.partition(".")[0])
        if round_ is not None and text.strip() and text.strip() != kept.get(name):
            sentence = SENT_ONCE if round_.state is RoundState.OPEN else _CLOSED_MEANWHILE
            raise Refused(sentence, {name: sentence})


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
        wrong |= problems_of_map(uow, view.member, asked.round, values, now)
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
    feed(uow, asked.round, member, values, now)
