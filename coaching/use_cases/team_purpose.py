"""A team's purpose as it stands: its sentence, the ones before it, and what waits to be settled."""

from dataclasses import dataclass
from datetime import datetime

from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Practice, QuestionType
from coaching.purpose import Purpose
from coaching.round import Round, RoundState
from coaching.team import Member, Role, Team
from insights.apart import furthest_first

__all__ = [
    "SENTENCE",
    "PurposeStand",
    "Unsettled",
    "Ways",
    "Words",
    "closed_at",
    "doubts_in",
    "lacking",
    "may_settle",
    "purpose_of",
    "sentence_for",
    "sentences_in",
    "settlers",
    "unsettled_of",
    "versions_of",
]

_NO_PURPOSE = "the team has settled no purpose that it could be asked about"

SENTENCE, _HOLDS = "sentence", "holds"
"""What the practices ask that feed the purpose: see `coaching.practice.Feeds.questions`."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody (a platform id) wrote of the purpose.

    `choice` is what they chose, where they were asked whether the sentence holds.
    """

    user: str
    words: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A round that has closed, and of which no sentence has been settled since.

    `sentences` are a restatement's, the two furthest apart first; `doubts` what a check found.
    """

    round: Round
    sentences: tuple[Words, ...] = ()
    doubts: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """What one of a team's people can do about its purpose: settle it, have it restated."""

    settle: bool = False
    restate: bool = False


@dataclass(frozen=True, slots=True)
class PurposeStand:
    """How a team's purpose stands, for who looks: the sentence, "" where there is none.

    `number` of its versions were settled; `waits`: a round has brought what is not settled yet.
    """

    sentence: str
    number: int
    waits: bool
    ways: Ways


def versions_of(uow: UnitOfWork, team_id: str) -> list[Purpose]:
    """All versions, the newest first."""
    kept = uow.purposes.where(team_id=team_id)
    return sorted(kept, key=lambda one: one.number, reverse=True)


def purpose_of(uow: UnitOfWork, team_id: str) -> Purpose | None:
    """The team's purpose; None where none was settled yet."""
    return next(iter(versions_of(uow, team_id)), None)


def lacking(uow: UnitOfWork, team: Team, practice: Practice) -> str:
    """Why a practice has nothing to ask about in a team; "" where it has."""
    return _NO_PURPOSE if practice.needs_purpose and purpose_of(uow, team.id) is None else ""


def sentence_for(uow: UnitOfWork, team_id: str, practices: list[Practice]) -> str:
    """The sentence that stands above what these practices ask; "" where none does."""
    if not any(practice.shows_purpose for practice in practices):
        return ""
    purpose = purpose_of(uow, team_id)
    return purpose.sentence if purpose else ""


def unsettled_of(uow: UnitOfWork, team_id: str) -> Unsettled | None:
    """What waits to be settled: the latest restatement that has closed since, or else a check."""
    current, doubted = purpose_of(uow, team_id), None
    closed = uow.rounds.where(team_id=team_id, state=RoundState.CLOSED)
    for round_ in sorted(closed, key=closed_at, reverse=True):
        if current is not None and closed_at(round_) <= current.settled_at:
            break
        found = Unsettled(round_, sentences_in(uow, round_), doubts_in(uow, round_))
        if found.sentences:
            return found
        doubted = doubted or (found if found.doubts else None)
    return doubted


def closed_at(round_: Round) -> datetime:
    """When a round that has closed took its last answer in time."""
    return round_.closes_at or round_.due_at


def sentences_in(uow: UnitOfWork, round_: Round) -> tuple[Words, ...]:
    """The sentences of a restatement, the two furthest apart first.

    None where the team keeps the practice, in its own words, from showing who wrote what.
    """
    practice = round_.practice
    if practice.feeds is not Feeds.PURPOSE or not practice.visibility.named:
        return ()
    users = _users(uow, round_)
    answers = [one for one in uow.answers.where(round_id=round_.id) if SENTENCE in one.values]
    said = [Words(users[one.member_id], str(one.values[SENTENCE])) for one in answers]
    return tuple(said[place] for place in furthest_first([one.words for one in said]))


def doubts_in(uow: UnitOfWork, round_: Round) -> tuple[Words, ...]:
    """Who chose anything but the first, that it holds, when asked; with what they wrote of it."""
    practice = round_.practice
    if practice.feeds is not Feeds.PURPOSE_CHECK or not practice.visibility.named:
        return ()
    holds, users = practice.question(_HOLDS).choices[0], _users(uow, round_)
    told = []
    for answer in uow.answers.where(round_id=round_.id):
        choice = answer.values.get(_HOLDS, holds)
        if choice != holds:
            words = [answer.values.get(key) for key in _worded(practice)]
            text = " ".join(str(one) for one in words if one)
            told.append(Words(users[answer.member_id], text, str(choice)))
    return tuple(told)


def settlers(uow: UnitOfWork, team_id: str) -> list[Member]:
    """Who settles the sentence: the leads; where there is none, the coaches."""
    members = [
        one
        for one in uow.members.where(team_id=team_id, active=True)
        if allowed(one, Action.SETTLE_PURPOSE)
    ]
    leads = [one for one in members if one.role is Role.LEAD]
    return leads or members


def may_settle(uow: UnitOfWork, member: Member) -> bool:
    """Whether it is this member's to settle."""
    return member.id in {one.id for one in settlers(uow, member.team_id)}


def _worded(practice: Practice) -> list[str]:
    kinds = (QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT, QuestionType.STATEMENT)
    return [one.key for one in practice.shown if one.type in kinds]


def _users(uow: UnitOfWork, round_: Round) -> dict[str, str]:
    return {one.id: one.user for one in uow.members.where(team_id=round_.team_id)}
