"""Keeping one member's answer to one round: the first time, again, and late."""

from dataclasses import replace
from datetime import datetime

from coaching.answer import Answer, Value, as_text, problems_with
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Visibility
from coaching.round import Round
from coaching.team import Member

__all__ = ["is_late", "last_given", "put_answer"]


def is_late(round_: Round, answer: Answer) -> bool:
    """Whether an answer came after its round's closing time."""
    return round_.closes_at is not None and answer.answered_at > round_.closes_at


def put_answer(
    uow: UnitOfWork, round_: Round, member: Member, values: dict[str, Value], now: datetime
) -> None:
    """Keep `values` as what the member gave to the round, in place of what they gave before."""
    if uow.answers.add(Answer(new_id(), uow.workspace_id, round_.id, member.id, values, now)):
        return
    before = uow.answers.one(round_id=round_.id, member_id=member.id)
    if before is not None and before.values != values:
        uow.answers.save(replace(before, values=values, edited_at=now))


def last_given(uow: UnitOfWork, round_: Round, member: Member) -> dict[str, Value]:
    """What the member gave before to the round's questions that start from that, each the latest.

    Only what would still fit: a choice may be gone, a person may have left.
    """
    practice = round_.practice
    starting = [question for question in practice.questions if question.starts_from_last]
    if not starting or practice.visibility is Visibility.ANONYMOUS:
        return {}
    rounds = uow.rounds.where(team_id=round_.team_id, practice_key=practice.key)
    earlier = [one.id for one in rounds if one.due_at < round_.due_at]
    answers = uow.answers.where(member_id=member.id, round_id=earlier)
    given: dict[str, str | None] = {}
    for answer in sorted(answers, key=lambda one: one.answered_at):
        given |= {key: as_text(value) for key, value in answer.values.items()}
    people = {one.user for one in uow.members.where(team_id=round_.team_id, active=True)}
    still_fitting, _ = problems_with(starting, given, people)
    return still_fitting
