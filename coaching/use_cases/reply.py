"""Words written to the bot with no form: kept where it is beyond doubt what they answer.

That is so where one sitting is open for them, was shown to them, and asks for words alone. In every
other case nothing is kept, and they are told what to press.
"""

from datetime import datetime

from coaching.answer import MOST_CHARACTERS
from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState, post
from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Practice, Question, QuestionType, Visibility
from coaching.round import SittingState
from coaching.use_cases.answer_prompt import answer_sitting, open_sittings
from coaching.use_cases.see_sitting import SittingView, field_id

__all__ = ["TOO_LONG", "open_question", "take_words"]

TOO_LONG = "too long"
"""Begins the detail of what is said where the words were more than their question takes."""

_WORDS = frozenset({QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT})
_MINUTES = 10
"""Who writes several lines in a row is told what to press once in so many minutes."""


def open_question(practice: Practice) -> Question | None:
    """The one open question that a practice asks; None where words alone can't answer it.

    Beside it may stand a short optional one, which *Edit* still offers. What is answered is shown
    with the name: words to an anonymous practice never come this way.
    """
    if practice.visibility is not Visibility.ATTRIBUTED or practice.feeds is Feeds.BREAKDOWNS:
        return None
    questions = practice.questions
    wanted = questions if len(questions) == 1 else [one for one in questions if not _is_aside(one)]
    alone = len(wanted) == 1 and not wanted[0].later and wanted[0].type in _WORDS
    return wanted[0] if alone else None


def _is_aside(question: Question) -> bool:
    return question.optional and not question.later and question.type is QuestionType.SHORT_TEXT


def take_words(uow: UnitOfWork, user: str, words: str, beneath: str, now: datetime) -> None:
    """Keep the words as an answer, or have it said what to press instead.

    `beneath` is the message to which they were written as a reply, "" where they stand alone.
    """
    waiting = [
        view for view in open_sittings(uow, user, now) if view.sitting.state is SittingState.OPEN
    ]
    view = waiting[0] if len(waiting) == 1 else None
    question = _question_of(view) if view else None
    if not view or not question or not words or not _was_shown(uow, view, beneath):
        _say_what_to_press(uow, user, "", now)
    elif len(words) > MOST_CHARACTERS[question.type]:
        _say_what_to_press(uow, user, TOO_LONG, now)
    else:
        field = field_id(view.asked[0].round.id, question.key)
        try:
            answer_sitting(uow, view.sitting.id, user, {field: words}, now)
        except Refused:  # before anything was kept
            _say_what_to_press(uow, user, "", now)


def _question_of(view: SittingView) -> Question | None:
    asked = view.asked[0]
    return open_question(asked.round.practice) if len(view.asked) == 1 and not asked.late else None


def _was_shown(uow: UnitOfWork, view: SittingView, beneath: str) -> bool:
    """Whether the person has it before them; a reply beneath something else is about that."""
    said: list[Delivery] = uow.deliveries.where(
        subject=view.sitting.id,
        kind=[DeliveryKind.PROMPT, DeliveryKind.REMINDER],
        state=DeliveryState.SENT,
        update_of=None,
    )
    return any(one.message == beneath for one in said) if beneath else bool(said)


def _say_what_to_press(uow: UnitOfWork, user: str, why: str, now: datetime) -> None:
    """Queue it. Of no team, as it goes to strangers too."""
    uow.deliveries.add(
        post(
            DeliveryKind.HINT,
            workspace_id=uow.workspace_id,
            team_id="",
            subject=user,
            addressee=Addressee.PERSON,
            addressee_id=user,
            due_at=now,
            detail=f"{why}:{now:%Y-%m-%dT%H}{now.minute // _MINUTES}",
        )
    )
