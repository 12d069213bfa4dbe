"""Changing a sentence right after it was kept, when its check has said what it misses."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from coaching.answer import problems_with
from coaching.delivery import DeliveryKind
from coaching.errors import NotFound, Refused
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.use_cases.answer_prompt import tell_more
from coaching.use_cases.feed import feed
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.saying import say_anew
from coaching.use_cases.see_sitting import Asked, SittingView, field_id, see_sitting
from coaching.use_cases.team_purpose import SENTENCE

__all__ = ["change_sentence", "fresh_sentences", "sentences_before"]


def sentences_before(uow: UnitOfWork, sitting_id: str) -> dict[str, str]:
    """The sentences of purpose that a sitting was answered with so far, by round."""
    try:
        sitting = uow.sittings.get(sitting_id)
    except NotFound:
        return {}
    seats = uow.participations.where(sitting_id=sitting_id)
    ids = [one.round_id for one in seats]
    answers = uow.answers.where(member_id=sitting.member_id, round_id=ids)
    return {one.round_id: str(one.values[SENTENCE]) for one in answers if SENTENCE in one.values}


def fresh_sentences(view: SittingView, before: Mapping[str, str]) -> Iterator[tuple[Asked, str]]:
    """The sentences of purpose that were kept just now, and are not what was `before`."""
    for asked in view.asked:
        if asked.round.practice.feeds is Feeds.PURPOSE and asked.answer is not None:
            sentence = str(asked.answer.values.get(SENTENCE, ""))
            if sentence and before.get(asked.round.id) != sentence:
                yield asked, sentence


def change_sentence(
    uow: UnitOfWork, sitting_id: str, user: str, given: Mapping[str, str], now: datetime
) -> None:
    """Keep a sentence in other words, and beside it what else a second step asked.

    Raises:
        Refused: as `answer_sitting`; the round has closed since it was answered in time.
    """
    view = see_sitting(uow, sitting_id, user, second=True)
    rest = dict(given)
    for asked in view.asked:
        name = field_id(asked.round.id, SENTENCE)
        if asked.round.practice.feeds is Feeds.PURPOSE and asked.answer and name in rest:
            _keep(uow, view, asked, rest.pop(name), now)
    if rest:
        tell_more(uow, sitting_id, user, rest, now)


def _keep(uow: UnitOfWork, view: SittingView, asked: Asked, text: str, now: datetime) -> None:
    assert asked.answer is not None
    round_ = asked.round
    question = round_.practice.question(SENTENCE)
    values, wrong = problems_with([question], {SENTENCE: text}, ())
    if wrong:
        raise Refused(wrong[SENTENCE], {field_id(round_.id, SENTENCE): wrong[SENTENCE]})
    changed = asked.answer.values | values
    put_answer(uow, round_, view.member, changed, now)
    feed(uow, round_, view.member, changed, now)
    if asked.late:
        say_anew(uow, DeliveryKind.SUMMARY, round_.id, now)
