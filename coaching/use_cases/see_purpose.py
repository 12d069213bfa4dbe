"""What the people of a team last said that it is for, seen by one of them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.catalogue import Catalogue
from coaching.ports import UnitOfWork
from coaching.practice import Practice, QuestionType
from coaching.round import Round, RoundState
from coaching.use_cases.asked_next import AskedNext, asked_next
from coaching.use_cases.choose_team import Place

__all__ = ["PurposeView", "see_purpose"]

_WHOLE = "purpose_whole"
_PRACTICES = (_WHOLE, "purpose")
"""What asks for the sentence, and what asks whether it still holds."""


@dataclass(frozen=True, slots=True)
class PurposeView:
    """The sentences of the last round that has closed, by who wrote them (platform ids).

    `on` is the day on which it closed, None where nobody has written a sentence yet.
    """

    place: Place
    on: date | None
    sentences: tuple[tuple[str, str], ...]
    next: AskedNext


def see_purpose(uow: UnitOfWork, catalogue: Catalogue, place: Place, now: datetime) -> PurposeView:
    """The purpose of a team of the person's own; of a round that is open nothing."""
    team, on = place.team, None
    sentences: tuple[tuple[str, str], ...] = ()
    closed = uow.rounds.where(team_id=team.id, practice_key=_WHOLE, state=RoundState.CLOSED)
    for round_ in sorted(closed, key=_closed_at, reverse=True):
        if sentences := tuple(_sentences(uow, round_)):
            on = _closed_at(round_).astimezone(ZoneInfo(team.timezone)).date()
            break
    coming = asked_next(uow, catalogue, team, place.member, _PRACTICES, now)
    return PurposeView(place, on, sentences, coming)


def _closed_at(round_: Round) -> datetime:
    return round_.closes_at or round_.due_at


def _sentences(uow: UnitOfWork, round_: Round) -> list[tuple[str, str]]:
    """None where the team keeps the practice, in its own words, from showing who wrote what."""
    key = _sentence_of(round_.practice)
    if key is None or not round_.practice.visibility.named:
        return []
    users = {one.id: one.user for one in uow.members.where(team_id=round_.team_id)}
    answers = uow.answers.where(round_id=round_.id)
    return [(users[one.member_id], str(one.values[key])) for one in answers if key in one.values]


def _sentence_of(practice: Practice) -> str | None:
    asked = (one.key for one in practice.shown if one.type is QuestionType.STATEMENT)
    return next(asked, None)
