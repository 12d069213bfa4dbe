"""Promises: made by an answer with a day to it, asked about on that day, settled by who made them.

Nobody but who promised settles, moves or takes back a promise; what came of it is theirs to share.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from coaching.answer import Value
from coaching.errors import NotFound, Refused
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.promise import Outcome, Promise, PromiseKind
from coaching.round import Round
from coaching.team import Member, Team
from coaching.use_cases.follow_through import ask_only_on
from coaching.use_cases.follow_up import Entry, say_follow_ups_anew, stop_following_up
from coaching.use_cases.keep_answer import put_answer

__all__ = [
    "BY",
    "LEARNED",
    "MINE",
    "OUTCOME",
    "SHARED",
    "PromiseView",
    "keep_commitment",
    "keep_experiment",
    "leave_promises",
    "mark_promise",
    "see_promise",
    "settle_promise",
    "take_back",
    "take_up",
]

OUTCOME, LEARNED, BY, SHARED = "outcome", "learned", "by", "shared"
"""The fields in which somebody says what came of it."""

MINE = "Only I see what came of it"
"""The choice that keeps an outcome from the team."""

_MOST = 3000
_GONE = "I can't find this promise any more."
_NOT_YOURS = "This is somebody else's promise, and theirs to settle."
_LEFT = "You have left this team, so nothing is asked of you there any more."
_WITHDRAWN = "You took this back. Take it up again first."
_NO_OUTCOME = "Choose one."
_NO_DAY = "I can't read that as a day. Choose one."
_PAST = "That day has gone by. Choose one that is still to come."
_TOO_LONG = "That is more than I can keep: 3,000 characters fit."
_WHY_ENDED = "settled or taken back"


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise with its team, for who made it."""

    promise: Promise
    team: Team
    member: Member


def keep_commitment(
    uow: UnitOfWork, round_: Round, member: Member, values: dict[str, Value], now: datetime
) -> None:
    """An act with a day is a promise; emptied, it is taken back."""
    _keep(uow, round_, member, PromiseKind.COMMITMENT, (values.get("act"), values.get("by")), now)


def keep_experiment(
    uow: UnitOfWork, round_: Round, member: Member, values: dict[str, Value], now: datetime
) -> None:
    """An experiment with a day is a promise; emptied, it is taken back."""
    told = (values.get("experiment"), values.get("look_on"))
    sign = str(values.get("sign", ""))
    _keep(uow, round_, member, PromiseKind.EXPERIMENT, told, now, sign)


def see_promise(uow: UnitOfWork, promise_id: str, user: str) -> PromiseView:
    """A promise, for who made it. Raises Refused."""
    try:
        promise = uow.promises.get(promise_id)
    except NotFound:
        raise Refused(_GONE) from None
    member = uow.members.get(promise.member_id)
    if member.user != user:
        raise Refused(_NOT_YOURS)
    if not member.active:
        raise Refused(_LEFT)
    return PromiseView(promise, uow.teams.get(promise.team_id), member)


def mark_promise(
    uow: UnitOfWork, promise_id: str, user: str, outcome: str, now: datetime
) -> PromiseView:
    """What came of it in a word, where nothing is told yet. *Not yet* is kept once it is sent.

    Raises:
        Refused: it is not theirs, or taken back.
    """
    view = see_promise(uow, promise_id, user)
    if view.promise.withdrawn_at is not None:
        raise Refused(_WITHDRAWN)
    if view.promise.outcome is None and outcome in {Outcome.DONE, Outcome.PARTLY}:
        settled = replace(view.promise, outcome=Outcome(outcome), settled_at=now)
        _save(uow, view, settled, now)
    return see_promise(uow, promise_id, user)


def settle_promise(
    uow: UnitOfWork,
    promise_id: str,
    user: str,
    given: Mapping[str, str],
    today: date,
    now: datetime,
) -> PromiseView:
    """What came of it, what was learned, and whether the team may see that; or another day.

    *Not yet* with another day leaves it open, and it is asked about on that day.

    Raises:
        Refused: with a sentence for each field that can't be kept; it is not theirs, or taken back.
    """
    view = see_promise(uow, promise_id, user)
    promise = view.promise
    if promise.withdrawn_at is not None:
        raise Refused(_WITHDRAWN)
    outcome, learned, by = _told(given, promise, today)
    moved = outcome is Outcome.NOT_YET and by != promise.by
    changed = replace(
        promise,
        outcome=None if moved else outcome,
        settled_at=None if moved else promise.settled_at or now,
        by=by if moved else promise.by,
        learned=learned,
        shared=given.get(SHARED, MINE) != MINE,
    )
    _save(uow, view, changed, now)
    return see_promise(uow, promise_id, user)


def take_back(uow: UnitOfWork, promise_id: str, user: str, now: datetime) -> PromiseView:
    """It holds no longer: nobody is asked about it. Raises Refused."""
    view = see_promise(uow, promise_id, user)
    if view.promise.withdrawn_at is None:
        _save(uow, view, replace(view.promise, withdrawn_at=now), now)
    return see_promise(uow, promise_id, user)


def take_up(uow: UnitOfWork, promise_id: str, user: str, now: datetime) -> PromiseView:
    """It holds again, or is open again. Raises Refused."""
    view = see_promise(uow, promise_id, user)
    again = replace(view.promise, withdrawn_at=None, outcome=None, settled_at=None)
    _save(uow, view, again, now)
    return see_promise(uow, promise_id, user)


def leave_promises(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """Somebody has left the team: what they promised there ends without a word."""
    if member.active:
        return  # they are on it in another role
    for one in uow.promises.where(member_id=member.id, outcome=None, withdrawn_at=None):
        uow.promises.save(replace(one, withdrawn_at=now))
        stop_following_up(uow, one.id, _WHY_ENDED)
        say_follow_ups_anew(uow, one.id, now)


def _keep(
    uow: UnitOfWork,
    round_: Round,
    member: Member,
    kind: PromiseKind,
    told: tuple[Value | None, Value | None],
    now: datetime,
    sign: str = "",
) -> None:
    words, on = (str(one or "") for one in told)
    there = uow.promises.one(round_id=round_.id, member_id=member.id, kind=kind)
    if not (words and on):
        if there is not None and there.outcome is None:
            ended = replace(there, words="", withdrawn_at=there.withdrawn_at or now)
            _follow(uow, there, ended, member, now)
        return
    if there is not None and (there.words, there.by.isoformat()) == (words, on):
        uow.promises.save(replace(there, sign=sign))
        return
    made = there or Promise(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=round_.team_id,
        round_id=round_.id,
        member_id=member.id,
        kind=kind,
        words=words,
        by=date.fromisoformat(on),
        made_at=now,
    )
    kept = replace(made, words=words, by=date.fromisoformat(on), sign=sign, withdrawn_at=None)
    if there is None:
        uow.promises.add(kept)
    else:  # what became of the former words is no answer to these
        kept = replace(kept, outcome=None, settled_at=None, learned="", shared=False)
    _follow(uow, there, kept, member, now)


def _save(uow: UnitOfWork, view: PromiseView, changed: Promise, now: datetime) -> None:
    """Keep it; a new day also in what was answered, as an edit there starts from it."""
    _follow(uow, view.promise, changed, view.member, now)
    answer = uow.answers.one(round_id=changed.round_id, member_id=changed.member_id)
    if answer is not None and changed.by != view.promise.by:
        key = "by" if changed.kind is PromiseKind.COMMITMENT else "look_on"
        values = {**answer.values, key: changed.by.isoformat()}
        put_answer(uow, uow.rounds.get(changed.round_id), view.member, values, now)


def _follow(
    uow: UnitOfWork, before: Promise | None, kept: Promise, member: Member, now: datetime
) -> None:
    uow.promises.save(kept)
    if before is None or _asked(before) != _asked(kept):
        if kept.outcome is None and kept.withdrawn_at is None:
            team = uow.teams.get(kept.team_id)
            ask_only_on(uow, team, member.user, Entry.PROMISE, kept.id, kept.by, now)
        else:
            stop_following_up(uow, kept.id, _WHY_ENDED)
    say_follow_ups_anew(uow, kept.id, now)


def _asked(one: Promise) -> tuple[object, ...]:
    return (one.by, one.outcome is None, one.withdrawn_at is None)


def _told(given: Mapping[str, str], promise: Promise, today: date) -> tuple[Outcome, str, date]:
    wrong: dict[str, str] = {}
    said, day = given.get(OUTCOME, "").casefold(), given.get(BY, "").strip()
    learned = given.get(LEARNED, "").replace("\0", "").strip()
    if said not in set(Outcome):
        wrong[OUTCOME] = _NO_OUTCOME
    if len(learned) > _MOST:
        wrong[LEARNED] = _TOO_LONG
    by = promise.by
    try:
        by = date.fromisoformat(day) if day else by
    except ValueError:
        wrong[BY] = _NO_DAY
    if by != promise.by and by < today and said == Outcome.NOT_YET:
        wrong[BY] = _PAST
    if wrong:
        raise Refused(next(iter(wrong.values())), wrong)
    return Outcome(said), learned, by
