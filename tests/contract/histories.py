"""Histories of a team, drawn at random: the raw records behind its trends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from coaching.answer import Answer
from coaching.breakdown import Breakdown
from coaching.identifiers import new_id
from coaching.invite import Invite, InviteState, Session
from coaching.promise import Outcome, Promise, PromiseKind
from coaching.round import Round, RoundState
from coaching.stakeholder import Stakeholder
from coaching.voice import Voice, VoiceState
from tests.contract.records import a_member, a_round, a_team

__all__ = ["LONDON", "ORDER", "TODAY", "History", "worlds"]

History = dict[str, list[object]]

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 4)
START = datetime(2026, 10, 5, tzinfo=UTC)
"""Five weeks before the last week's end; summer time ends between."""
MOMENTS = st.integers(0, 36 * 24).map(lambda hours: START + timedelta(hours=hours))
DAYS = st.integers(0, 35).map(lambda days: START.date() + timedelta(days=days))
SHARES = ("0%", "25%", "50%", "75%", "100%")


def some(draw: st.DrawFn, most: int) -> range:
    return range(draw(st.integers(0, most)))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[History, History]:
    """The records of two teams of a workspace of their own."""
    workspace_id = f"slack:{uuid4().hex}"
    return draw(histories(workspace_id)), draw(histories(workspace_id))


@st.composite
def histories(draw: st.DrawFn, workspace_id: str) -> History:
    """The records of one team, by the repository's name."""
    team = a_team(workspace_id)
    member = a_member(team)
    whose = (team.workspace_id, team.id)
    kept: History = {"teams": [team], "members": [member]}

    def put(name: str, record: object) -> None:
        kept.setdefault(name, []).append(record)

    def around() -> Round:
        made = a_round(team)
        put("rounds", made)
        return made

    for _ in some(draw, 6):
        settled = draw(st.none() | MOMENTS)
        state = draw(st.sampled_from(VoiceState))
        put(
            "voices",
            Voice(
                new_id(),
                *whose,
                around().id,
                member.id,
                draw(MOMENTS),
                "words",
                outside=draw(st.booleans()),
                state=state,
                settled_at=settled,
            ),
        )
    for index in some(draw, 5):
        who = Stakeholder(
            new_id(),
            *whose,
            f"s{index}",
            "Somebody",
            member.id,
            draw(MOMENTS) - timedelta(days=draw(st.sampled_from([0, 119, 120, 121]))),
            in_focus=draw(st.booleans()),
            met_on=draw(st.none() | DAYS.map(lambda day: day - timedelta(days=110))),
            merged_into=draw(st.sampled_from([None, None, "another"])),
            removed_at=draw(st.none() | MOMENTS),
        )
        put("stakeholders", who)
    days = draw(st.lists(DAYS, unique=True, max_size=3))
    for on in days:
        session = Session(
            new_id(), *whose, on, member.id, START, draw(st.sampled_from([None, START]))
        )
        put("sessions", session)
        for guest in kept.get("stakeholders", [])[:3]:
            assert isinstance(guest, Stakeholder)
            stands = draw(st.sampled_from(InviteState))
            put("invites", Invite(new_id(), *whose, session.id, guest.id, "U1", stands, START))
    for _ in some(draw, 5):
        logged = draw(MOMENTS)
        wait = draw(st.none() | st.floats(0, 20))
        settled = None if wait is None else logged + timedelta(days=wait)
        put(
            "breakdowns",
            Breakdown(
                new_id(),
                *whose,
                around().id,
                member.id,
                logged,
                "It broke",
                settled_at=settled,
                closed_at=draw(st.none() | MOMENTS),
            ),
        )
    for _ in some(draw, 6):
        promise = Promise(
            new_id(),
            *whose,
            around().id,
            member.id,
            draw(st.sampled_from(PromiseKind)),
            "words",
            draw(DAYS),
            START,
            outcome=draw(st.none() | st.sampled_from(Outcome)),
            withdrawn_at=draw(st.sampled_from([None, None, START])),
        )
        put("promises", promise)
    for _ in some(draw, 3):
        audit = replace(
            a_round(team),
            practice_key=draw(st.sampled_from(["focus_audit", "focus_audit", "baseline"])),
            occasion=new_id(),
            state=draw(st.sampled_from([RoundState.CLOSED, RoundState.CLOSED, RoundState.OPEN])),
            closes_at=draw(MOMENTS),
        )
        put("rounds", audit)
        for _ in some(draw, 4):
            answering = a_member(team)
            put("members", answering)
            chosen = draw(st.sampled_from([*SHARES, ""]))
            values = {"outside": chosen} if chosen else {"horizon": 3}
            put(
                "answers",
                Answer(new_id(), team.workspace_id, audit.id, answering.id, values, START),  # type: ignore[arg-type]
            )
    return kept


ORDER = (
    *("teams", "members", "rounds", "answers", "voices", "stakeholders", "sessions", "invites"),
    *("breakdowns", "promises"),
)
