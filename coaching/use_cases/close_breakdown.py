"""A breakdown after it is settled: done, another day, somebody else's, in other words, help."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from coaching.breakdown import Breakdown
from coaching.catalogue import Catalogue
from coaching.delivery import DeliveryKind
from coaching.errors import NotFound, Refused
from coaching.ports import UnitOfWork
from coaching.practice import Question
from coaching.use_cases.ask_if_safe import ask_if_safe
from coaching.use_cases.entry_changes import HELP, record_change
from coaching.use_cases.follow_breakdown import helpers_of, say_breakdown_anew
from coaching.use_cases.follow_up import Entry
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.learn_from_breakdown import (
    BreakdownView,
    checked,
    keep_breakdown,
    see_breakdown,
)
from coaching.use_cases.saying import say_to

__all__ = [
    "HELP_FIELD",
    "WHY",
    "ask_for_help",
    "close_breakdown",
    "edit_breakdown",
    "learn",
    "questions_of",
    "reopen_breakdown",
    "set_need",
    "talk_about_it",
]

WHY = "why"
"""The field that asks why it takes longer."""

HELP_FIELD = "help"
"""The field that asks what help is needed."""

_WORDS_WANTED = "A few words on what would help."
_NOBODY = "There is nobody else on this team whom I could ask: give it a lead or a coach first."
_MOST = 3000
_TOO_LONG = "That is more than I can pass on: 3,000 characters fit."
_NOT_SETTLED = "Nobody has said yet what's needed now. That comes first: Edit says it."
_GONE = "I can't find this any more."
_WILL_TALK = "will talk about it"


def close_breakdown(
    uow: UnitOfWork, catalogue: Catalogue, breakdown_id: str, user: str, now: datetime
) -> BreakdownView:
    """What was needed is done: nothing more is asked about it. Said twice is as once.

    Raises:
        Refused: it is not theirs to say.
    """
    view = see_breakdown(uow, breakdown_id, user)
    if view.breakdown.closed_at is None:
        closed = replace(view.breakdown, closed_at=now, closed_by=user)
        keep_breakdown(uow, view.breakdown, closed, user, now)
        ask_if_safe(uow, catalogue, view.team, now)
    return see_breakdown(uow, breakdown_id, user)


def learn(
    uow: UnitOfWork, breakdown_id: str, user: str, given: Mapping[str, str], now: datetime
) -> BreakdownView:
    """Keep what was learned. Raises Refused."""
    view = see_breakdown(uow, breakdown_id, user)
    values = checked(uow, view.team.id, questions_of(view, "learning"), given)
    told = replace(view.breakdown, learning=str(values.get("learning", "")))
    return _keep(uow, view, told, user, now)


def set_need(
    uow: UnitOfWork, breakdown_id: str, user: str, given: Mapping[str, str], now: datetime
) -> BreakdownView:
    """Another day, another owner, or both, with why; what was not asked stays.

    Raises:
        Refused: with a sentence for each field that can't be kept; or nothing is needed yet.
    """
    view = see_breakdown(uow, breakdown_id, user)
    if view.breakdown.settled_at is None:
        raise Refused(_NOT_SETTLED)
    asked = _required(questions_of(view, *(key for key in ("owner", "by") if key in given)))
    values = checked(uow, view.team.id, asked, given)
    kept = _keep(uow, view, view.breakdown.told(values, now), user, now)
    if why := given.get(WHY, "").strip()[:_MOST]:
        record_change(uow, view.team.id, breakdown_id, user, f"what is in the way: “{why}”", now)
    return kept


def edit_breakdown(
    uow: UnitOfWork, breakdown_id: str, user: str, given: Mapping[str, str], now: datetime
) -> BreakdownView:
    """Any of it in other words; what was emptied is gone. Raises Refused."""
    view = see_breakdown(uow, breakdown_id, user)
    asked = tuple(
        replace(one, optional=one.optional and one.key != "what") for one in view.practice.questions
    )
    values = checked(uow, view.team.id, asked, given)
    told = replace(
        view.breakdown.told(values, now),
        happened=str(values.get("happened", "")),
        assumed=str(values.get("assumed", "")),
        learning=str(values.get("learning", "")),
    )
    return _keep(uow, view, told, user, now)


def reopen_breakdown(
    uow: UnitOfWork, breakdown_id: str, user: str, given: Mapping[str, str], now: datetime
) -> BreakdownView:
    """It was not done after all: what's needed now, by whom and when. Raises Refused."""
    view = see_breakdown(uow, breakdown_id, user)
    asked = _required(questions_of(view, "needed_now", "owner", "by"))
    values = checked(uow, view.team.id, asked, given)
    told = replace(view.breakdown.told(values, now), closed_at=None, closed_by="")
    return _keep(uow, view, told, user, now)


def ask_for_help(
    uow: UnitOfWork, breakdown_id: str, user: str, words: str, now: datetime
) -> BreakdownView:
    """Bring the words to the lead; to the coach where the lead asks. Raises Refused."""
    view = see_breakdown(uow, breakdown_id, user)
    words = words.replace("\0", "").strip()
    if not words or len(words) > _MOST:
        sentence = _TOO_LONG if words else _WORDS_WANTED
        raise Refused(sentence, {HELP_FIELD: sentence})
    helpers = helpers_of(uow, view.team.id, user)
    if not helpers:
        raise Refused(_NOBODY, {HELP_FIELD: _NOBODY})
    asked = record_change(uow, view.team.id, breakdown_id, user, f"{HELP}{words}", now)
    for helper in helpers:
        detail = f"{Entry.HELP}:{now.date().isoformat()}"
        say_to(uow, helper, DeliveryKind.FOLLOW_UP, asked.id, now, detail=detail)
    say_breakdown_anew(uow, breakdown_id, now)
    return view


def talk_about_it(uow: UnitOfWork, change_id: str, user: str, now: datetime) -> BreakdownView:
    """Who was asked for help says that they will talk: who asked sees it. Raises Refused."""
    try:
        asked = uow.entry_changes.get(change_id)
    except NotFound:
        raise Refused(_GONE) from None
    view = see_breakdown(uow, asked.entry_id, user)
    if not uow.entry_changes.one(entry_id=asked.entry_id, by=user, what=_WILL_TALK):
        record_change(uow, view.team.id, asked.entry_id, user, _WILL_TALK, now)
    say_breakdown_anew(uow, asked.entry_id, now)
    return view


def questions_of(view: BreakdownView, *keys: str) -> tuple[Question, ...]:
    """These of the practice's questions, in its order."""
    return tuple(one for one in view.practice.questions if one.key in keys)


def _required(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    return tuple(replace(one, optional=False) for one in questions)


def _keep(
    uow: UnitOfWork, view: BreakdownView, told: Breakdown, user: str, now: datetime
) -> BreakdownView:
    """Keep it in the register and in what was answered: an edit there starts from it."""
    keep_breakdown(uow, view.breakdown, told, user, now)
    round_ = uow.rounds.get(told.round_id)
    emptied = {key for key in view.breakdown.as_values() if key not in told.as_values()}
    untouched = {key: value for key, value in view.values.items() if key not in emptied}
    put_answer(uow, round_, view.logged_by, {**untouched, **told.as_values()}, now)
    return see_breakdown(uow, told.id, user)
