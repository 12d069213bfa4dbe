"""Records to keep: each with what a test does not care about filled in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from coaching.anonymity import Release, Told
from coaching.answer import Answer
from coaching.breakdown import Breakdown
from coaching.cadence import Cadence
from coaching.delivery import Addressee, Delivery, DeliveryKind, post, update_of
from coaching.digest import Digest
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Discipline, Practice, Question, QuestionType, Scale, Visibility
from coaching.round import Participation, Round, RoundState, Sitting, SittingState
from coaching.team import Member, Role, Team
from insights.digest import Facts, Need, Trend, Voice, Win
from tests.contract.registers import one_of_each_register

HERE = "slack:T1"
THERE = "slack:T2"
NOW = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
KATHMANDU = timezone(timedelta(hours=5, minutes=45))
WORDS = "Zwölf 🎈 <!channel> مرحبا \\ ' \" % {}"

PRACTICE = Practice(
    key="early_wins",
    name="Early wins",
    discipline=Discipline.CO_CREATING,
    minutes=2,
    open_days=2,
    visibility=Visibility.ATTRIBUTED,
    why="What moves is worth telling.",
    thanks="Thank you.",
    summary="What moved",
    quiet="Nothing was told.",
    questions=(
        Question("moved", QuestionType.LONG_TEXT, "What moved?", hint="A line"),
        Question("felt", QuestionType.SCALE, "How far?", scale=Scale("little", "far")),
    ),
)

FACTS = Facts(
    voice=Voice("v1", "U1", WORDS, "We call them", date(2026, 11, 20)),
    days_without_voice=None,
    need=Need("b1", "The line stood", date(2026, 11, 19), "", None, None),
    trend=Trend("answered", "Answered", 7, 5),
    voices=(Voice("v2", "U2", "Late", "", date(2026, 11, 21)),),
    wins=(Win("w1", "U1", "It moved"), Win("w2", "U2", "So did this")),
    needs=(),
)


TOLD = (
    Told("felt", ("r1", "r2"), mean=3.4, spread=0.8),
    Told("kind", ("r2",), shares={"norm": 60, "other": 40}),
    Told("moved", ("r2",), words=(WORDS, "It moved")),
)


def a_team(workspace_id: str = HERE, **other: Any) -> Team:
    made = Team(new_id(), workspace_id, "Board", new_id(), "Europe/Berlin", "DE")
    return replace(made, **other)


def a_member(team: Team, **other: Any) -> Member:
    return replace(Member(new_id(), team.workspace_id, team.id, new_id(), Role.LEAD), **other)


def a_cadence(team: Team, **other: Any) -> Cadence:
    made = Cadence(
        id=new_id(),
        workspace_id=team.workspace_id,
        team_id=team.id,
        practice=new_id(),
        rrule="FREQ=WEEKLY;BYDAY=MO",
        at=time(9, 30),
        starts_on=date(2026, 11, 23),
        next_due_at=NOW,
    )
    return replace(made, **other)


def a_round(team: Team, **other: Any) -> Round:
    made = Round(
        id=new_id(),
        workspace_id=team.workspace_id,
        team_id=team.id,
        cadence_id=None,
        practice_key=PRACTICE.key,
        occasion=new_id(),
        practice=PRACTICE,
        state=RoundState.OPEN,
        due_at=NOW,
        opened_at=NOW,
        closes_at=NOW + 48 * HOUR,
    )
    return replace(made, **other)


def a_sitting(member: Member, **other: Any) -> Sitting:
    made = Sitting(
        id=new_id(),
        workspace_id=member.workspace_id,
        team_id=member.team_id,
        member_id=member.id,
        due_at=NOW,
        closes_at=NOW + 48 * HOUR,
        state=SittingState.OPEN,
    )
    return replace(made, **other)


def an_answer(asked: Round, member: Member, **other: Any) -> Answer:
    made = Answer(
        new_id(), asked.workspace_id, asked.id, member.id, {"moved": WORDS, "felt": 4}, NOW
    )
    return replace(made, **other)


def a_post(workspace_id: str = HERE, **other: Any) -> Delivery:
    made = post(
        DeliveryKind.PROMPT,
        workspace_id=workspace_id,
        team_id="team",
        subject=new_id(),
        addressee=Addressee.PERSON,
        addressee_id="U1",
        due_at=NOW,
    )
    return replace(made, **other)


def an_update(original: Delivery, **other: Any) -> Delivery:
    return replace(update_of(original, NOW), **other)


def one_of_each(workspace_id: str = HERE) -> dict[str, Any]:
    """A record for each repository by its name, what is referred to first."""
    team = a_team(workspace_id)
    member = a_member(team)
    cadence = a_cadence(team)
    round_ = a_round(team, cadence_id=cadence.id)
    sitting = a_sitting(member)
    breakdown = Breakdown(
        id=new_id(),
        workspace_id=workspace_id,
        team_id=team.id,
        round_id=round_.id,
        logged_by=member.id,
        logged_at=NOW,
        what=WORDS,
        needed_by=date(2026, 12, 1),
    )
    return {
        "teams": team,
        "members": member,
        "cadences": cadence,
        "rounds": round_,
        "sittings": sitting,
        "participations": Participation(new_id(), workspace_id, round_.id, sitting.id, member.id),
        "answers": an_answer(round_, member),
        "releases": Release(new_id(), workspace_id, team.id, round_.id, TOLD),
        "breakdowns": breakdown,
        "digests": Digest(
            new_id(), workspace_id, team.id, "2026-11-23", NOW - 168 * HOUR, NOW, FACTS
        ),
        "deliveries": a_post(workspace_id),
        **one_of_each_register(member, round_, WORDS),
    }


def keep(uow: UnitOfWork, records: dict[str, Any]) -> None:
    for name, record in records.items():
        assert getattr(uow, name).add(record)
