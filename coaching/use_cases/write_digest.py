"""Writing a team's digest: the week's facts, chosen by rule, and what is to be posted of them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.answer import Answer
from coaching.breakdown import Breakdown
from coaching.delivery import DeliveryKind
from coaching.digest import Digest
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.team import Team
from coaching.use_cases.saying import say_in_channel
from insights.digest import Facts, Need, Voice, Win, choose

__all__ = ["SECTIONS", "skip_digest", "write_digest"]

SECTIONS = ("voices", "wins", "needs")
"""The replies beneath a digest, in order; each is said only where there is something in it."""

_WEEK = timedelta(days=7)
_NOT_AGAIN_FOR = timedelta(weeks=4)
_NOTHING_CHANGED = "nothing changed"


def write_digest(uow: UnitOfWork, team: Team, occasion: str, now: datetime) -> None:
    """Write the digest of the time since the last one and queue it, if anything changed."""
    earlier = uow.digests.where(team_id=team.id)
    since = max(earlier[-1].written_at if earlier else now - _WEEK, now - 2 * _WEEK)
    told = _told_lately(earlier, now)
    facts = _facts(uow, team, since, now, told)
    digest = _digest(uow, team, occasion, since, now, facts, "" if facts else _NOTHING_CHANGED)
    if not uow.digests.add(digest) or facts is None:
        return
    parent = say_in_channel(uow, team, DeliveryKind.DIGEST, digest.id, now)
    for section in SECTIONS:
        if getattr(facts, section):
            kind = DeliveryKind.DIGEST_SECTION
            say_in_channel(uow, team, kind, digest.id, now, detail=section, beneath=parent)


def skip_digest(uow: UnitOfWork, team: Team, occasion: str, now: datetime, reason: str) -> None:
    """Put on record that this digest was not written, and why."""
    earlier = uow.digests.where(team_id=team.id)
    since = earlier[-1].since if earlier else now - _WEEK
    uow.digests.add(_digest(uow, team, occasion, since, now, None, reason))


def _digest(
    uow: UnitOfWork,
    team: Team,
    occasion: str,
    since: datetime,
    now: datetime,
    facts: Facts | None,
    reason: str,
) -> Digest:
    return Digest(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=team.id,
        occasion=occasion,
        since=since,
        written_at=now,
        facts=facts,
        reason=reason,
    )


def _told_lately(digests: Iterable[Digest], now: datetime) -> frozenset[str]:
    recent = [digest for digest in digests if digest.written_at > now - _NOT_AGAIN_FOR]
    return frozenset().union(*(digest.facts.told for digest in recent if digest.facts))


def _facts(
    uow: UnitOfWork, team: Team, since: datetime, now: datetime, told: frozenset[str]
) -> Facts | None:
    zone = ZoneInfo(team.timezone)
    today = now.astimezone(zone).date()
    users = {member.id: member.user for member in uow.members.where(team_id=team.id)}
    heard = [answer for answer in _answers(uow, team, Feeds.VOICES) if "heard" in answer.values]
    moved = [answer for answer in _answers(uow, team, Feeds.WINS) if "moved" in answer.values]
    voices = [
        Voice(
            key=f"voice:{answer.id}",
            said_by=users[answer.member_id],
            words=str(answer.values["heard"]),
            decision=str(answer.values.get("decision", "")),
            on=answer.answered_at.astimezone(zone).date(),
        )
        for answer in heard
    ]
    in_week = [voice for voice, answer in zip(voices, heard, strict=True) if _since(answer, since)]
    wins = [
        Win(f"win:{answer.id}", users[answer.member_id], str(answer.values["moved"]))
        for answer in moved
        if _since(answer, since)
    ]
    return choose(
        today=today,
        voices=in_week,
        wins=wins,
        needs=[_need(one, zone) for one in _open(uow.breakdowns.where(team_id=team.id), today)],
        last_voice_on=voices[-1].on if voices else None,
        weekly=[("voices_weekly", "Voices heard", _by_week(heard, now))],
        told=told,
    )


def _answers(uow: UnitOfWork, team: Team, feeds: Feeds) -> list[Answer]:
    """The answers that feed this, oldest first."""
    rounds = [r.id for r in uow.rounds.where(team_id=team.id) if r.practice.feeds is feeds]
    return sorted(uow.answers.where(round_id=rounds), key=lambda answer: answer.answered_at)


def _since(answer: Answer, since: datetime) -> bool:
    return answer.answered_at > since


def _open(breakdowns: Iterable[Breakdown], today: date) -> list[Breakdown]:
    """Unsettled, or promised for a day not more than a week past."""
    return [
        one
        for one in breakdowns
        if one.settled_at is None or one.needed_by is None or one.needed_by > today - _WEEK
    ]


def _need(breakdown: Breakdown, zone: ZoneInfo) -> Need:
    return Need(
        key=f"need:{breakdown.id}:{'settled' if breakdown.settled_at else 'open'}",
        what=breakdown.what,
        logged_on=breakdown.logged_at.astimezone(zone).date(),
        needed_now=breakdown.needed_now,
        owner=breakdown.owner,
        by=breakdown.needed_by,
    )


def _by_week(answers: Iterable[Answer], now: datetime) -> list[int]:
    """How many answers came in each week since the first with one, oldest week first."""
    ages = [(now - answer.answered_at) // _WEEK for answer in answers]
    return [ages.count(age) for age in range(max(ages, default=-1), -1, -1)]
