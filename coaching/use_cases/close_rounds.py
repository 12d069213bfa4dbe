"""Closing what has ended, and the lines in the channel that tell how a round stands."""

from dataclasses import replace
from datetime import datetime

from coaching.delivery import DeliveryKind, DeliveryState
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.practice import Visibility
from coaching.round import Round, RoundState, Sitting, SittingState
from coaching.use_cases.keep_anonymous import is_anonymous, release
from coaching.use_cases.reveal_purpose import offer_to_settle
from coaching.use_cases.saying import say_anew, say_in_channel, say_to

__all__ = [
    "WORDS",
    "close_due",
    "end_late_answers",
    "line_subject",
    "rounds_of_line",
    "say_progress",
]

WORDS = "text"
"""The detail of the summary that brings what was written to lead and coach."""

_NOT_SAID = frozenset({DeliveryState.PENDING, DeliveryState.DROPPED, DeliveryState.FAILED})
_NOT_MET = frozenset({RoundState.SKIPPED, RoundState.WAITING})


def close_due(uow: UnitOfWork, now: datetime) -> None:
    """Close every round whose time has come, and have its summary said."""
    closed = [replace(ending, state=RoundState.CLOSED) for ending in uow.rounds.claim_closing(now)]
    for round_ in closed:
        uow.rounds.save(round_)
        _close_sittings(uow, round_, now)
        if is_anonymous(round_):
            release(uow, round_)
    for round_ in closed:  # the lines after all else, as they are many people's
        team = uow.teams.get(round_.team_id)
        line = say_in_channel(uow, team, DeliveryKind.PROGRESS, line_subject(uow, round_), now)
        say_anew(uow, DeliveryKind.PROGRESS, line.subject, now)
        say_in_channel(uow, team, DeliveryKind.SUMMARY, round_.id, now, beneath=line)
        if round_.practice.visibility is Visibility.AGGREGATED:
            _say_words_beside(uow, round_, now)
        offer_to_settle(uow, round_, now)


def end_late_answers(uow: UnitOfWork, opened: Round, now: datetime) -> None:
    """Have the messages of the practice's earlier round say that it takes no more answers.

    To be asked once `opened`, the next round of the practice, is open. What was answered, or never
    sent, has nothing to say anew.
    """
    closed = uow.rounds.where(
        team_id=opened.team_id, practice_key=opened.practice_key, state=RoundState.CLOSED
    )
    before = [one for one in closed if one.cadence_id is not None]  # nobody was asked in the others
    for round_ in before[-1:]:
        seats = uow.participations.where(round_id=round_.id)
        waiting = [SittingState.CLOSED, SittingState.SKIPPED]
        for sitting in uow.sittings.where(id=[one.sitting_id for one in seats], state=waiting):
            say_anew(uow, DeliveryKind.PROMPT, sitting.id, now)
            say_anew(uow, DeliveryKind.REMINDER, sitting.id, now)


def _say_words_beside(uow: UnitOfWork, closed: Round, now: datetime) -> None:
    """Have what was written said to lead and coach: the team sees figures alone."""
    for member in uow.members.where(team_id=closed.team_id, active=True):
        if allowed(member, Action.READ_WORDS):
            say_to(uow, member, DeliveryKind.SUMMARY, closed.id, now, detail=WORDS)


def rounds_of_line(uow: UnitOfWork, round_: Round) -> list[Round]:
    """The rounds that opened together with this one: they share a line in the channel."""
    together = uow.rounds.where(team_id=round_.team_id, due_at=round_.due_at)
    return [one for one in together if one.state not in _NOT_MET and one.cadence_id]


def say_progress(uow: UnitOfWork, rounds: list[Round], now: datetime) -> None:
    """Have the channel's lines about these rounds said as they now stand."""
    for subject in {line_subject(uow, round_) for round_ in rounds if round_.cadence_id}:
        say_anew(uow, DeliveryKind.PROGRESS, subject, now)


def line_subject(uow: UnitOfWork, round_: Round) -> str:
    """What the channel's line about a round is kept under."""
    return rounds_of_line(uow, round_)[0].id


def _close_sittings(uow: UnitOfWork, closed: Round, now: datetime) -> None:
    """Close the sittings that the round was the last open one of."""
    for participation in uow.participations.where(round_id=closed.id):
        sitting = uow.sittings.get(participation.sitting_id)
        if sitting.closes_at > now:
            continue
        if sitting.state is SittingState.OPEN:
            uow.sittings.save(_ended(uow, sitting))
            uow.deliveries.drop_pending(
                sitting.id, [DeliveryKind.PROMPT, DeliveryKind.REMINDER], "the round has closed"
            )
        say_anew(uow, DeliveryKind.PROMPT, sitting.id, now)
        say_anew(uow, DeliveryKind.REMINDER, sitting.id, now)


def _ended(uow: UnitOfWork, sitting: Sitting) -> Sitting:
    """What was never said is not unanswered: its sitting ends without reproach."""
    prompt = uow.deliveries.one(subject=sitting.id, kind=DeliveryKind.PROMPT, update_of=None)
    if prompt is None or prompt.state not in _NOT_SAID:
        return replace(sitting, state=SittingState.CLOSED)
    return replace(sitting, state=SittingState.SKIPPED, reason="never asked: it closed before")
