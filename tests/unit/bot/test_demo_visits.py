"""What leaders do of their own accord in the demo."""

from datetime import date
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.demo.deeds import (
    Act,
    AskLess,
    FollowUp,
    PauseAndGoOn,
    Reply,
    SayAway,
    ShareDoubt,
    TellVoice,
    VisitHome,
)
from bot.demo.group import group
from bot.demo.group_plan import GroupPlan
from bot.demo.plan import Plan
from bot.demo.visits import Visits, of_suppliers
from bot.demo.vocabulary import Sentences

MONDAY = date(2026, 10, 5)
ZONE = ZoneInfo("Europe/London")
WAYS = {AskLess, FollowUp, PauseAndGoOn, Reply, SayAway, ShareDoubt, TellVoice, VisitHome}


def weeks(seed: int) -> list[Act]:
    visits = Visits(seed, of_suppliers)
    return [act for _ in range(12) for act in visits.week(MONDAY, ZONE, ["tom", "priya", "ingrid"])]


def test_within_some_weeks_everything_is_used_by_day() -> None:
    acts = weeks(7)
    assert {type(act.deed) for act in acts} == WAYS
    assert {one.by_shortcut for act in acts if isinstance(one := act.deed, TellVoice)} == {
        True,
        False,
    }
    assert all(10 <= act.at.hour < 16 for act in acts)


def test_a_seed_decides_it() -> None:
    assert weeks(7) == weeks(7) != weeks(8)


@pytest.mark.parametrize("question", ["heard", "decision"])
@pytest.mark.parametrize("team", ["london", "new_york"])
def test_teams_tell_of_those_whom_they_know(team: str, question: str) -> None:
    assert Sentences(team).draw("voices_heard", question, Random(7)) is not None


def test_both_plans_have_them() -> None:
    company = [act.deed for act in Plan(7, 4).week(0)]
    gentle = [act.deed for act in GroupPlan(group("gentle_start"), 7).week(3)]
    for deeds in (company, gentle):
        assert {type(one) for one in deeds} & WAYS
