from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from bot.demo.company import CAST, LEAD, STARTS_AT, Manner
from bot.demo.deeds import (
    Act,
    AnswerSitting,
    BringBreakdown,
    LeaveTeam,
    LogFromMessage,
    Mention,
)
from bot.demo.plan import Plan
from bot.demo.stories import read_words

KEYS = {one.key for one in CAST}


def acts(seed: int, weeks: int) -> list[Act]:
    plan = Plan(seed, weeks)
    return [act for index in range(weeks) for act in plan.week(index)]


def words(act: Act) -> Iterator[str]:
    match act.deed:
        case AnswerSitting(win, voice):
            yield win.moved
            if voice is not None:
                yield voice.heard
        case BringBreakdown(trouble) | LogFromMessage(trouble):
            yield trouble.what
        case Mention(said):
            yield said


def answers(act: Act) -> int:
    match act.deed:
        case AnswerSitting(voice=voice):
            return 2 if voice is not None else 1
        case BringBreakdown() | LogFromMessage():
            return 1
    return 0


@pytest.mark.parametrize("seed", range(12))
def test_four_weeks_bring_over_sixty_answers_and_some_breakdowns(seed: int) -> None:
    planned = acts(seed, 4)
    assert sum(map(answers, planned)) > 60
    assert any(isinstance(act.deed, BringBreakdown) and not act.deed.open for act in planned)


@pytest.mark.parametrize("weeks", [1, 4, 12])
def test_nothing_is_said_twice(weeks: int) -> None:
    said = Counter(word for act in acts(7, weeks) for word in words(act))
    assert said.most_common(1)[0][1] == 1


def test_the_same_seed_is_the_same_plan() -> None:
    assert acts(7, 4) == acts(7, 4)
    assert acts(7, 4) != acts(8, 4)


def test_a_week_is_in_order_and_within_itself() -> None:
    plan = Plan(7, 4)
    for index in range(4):
        week = plan.week(index)
        assert all(before.at <= after.at for before, after in pairwise(week))
        assert all(0 <= (act.at - STARTS_AT).days - 7 * index < 7 for act in week)


def test_who_has_left_does_nothing_more_and_takes_nothing_on() -> None:
    planned = acts(7, 4)
    (left,) = [act for act in planned if isinstance(act.deed, LeaveTeam)]
    assert not [act for act in planned if act.who == left.who and act.at > left.at]
    taken = [
        act.deed.trouble.owner
        for act in planned
        if isinstance(act.deed, BringBreakdown | LogFromMessage) and act.at > left.at
    ]
    assert left.who not in taken


def test_every_manner_of_its_plan_is_on_the_team_and_one_leads_it() -> None:
    of_the_group = {Manner.JOINING, Manner.SKIPPING, Manner.PUTTING_OFF}
    assert {one.manner for one in CAST} == set(Manner) - of_the_group
    assert LEAD in CAST
    assert len(CAST) == 8


def test_the_words_of_all_leaders_differ_and_their_owners_are_on_the_team() -> None:
    everything = Counter[str]()
    for one in CAST:
        told = read_words(one)
        everything.update(win.moved for win in told.wins)
        everything.update(voice.heard for voice in told.voices)
        everything.update(trouble.what for trouble in told.breakdowns)
        assert {trouble.owner for trouble in told.breakdowns} <= KEYS
        # A digest shows 200 characters of what leads it.
        assert all(len(voice.heard) <= 200 for voice in told.voices)
    assert everything.most_common(1)[0][1] == 1
