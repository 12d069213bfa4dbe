from itertools import pairwise

import click
import pytest

from bot.cli import demo
from bot.demo.deeds import Act, JoinTeam, LeaveTeam, LogFromMessage, Mention, PressInPrompt
from bot.demo.group import GROUP, PACKS, group
from bot.demo.group_plan import GroupPlan
from bot.demo.people import Manner
from coaching.pack import load_packs

SCENE = group("gentle_start")
WEEKS = 26


def acts(seed: int) -> list[Act]:
    plan = GroupPlan(SCENE, seed)
    return [act for index in range(WEEKS) for act in plan.week(index)]


def test_the_packs_are_those_that_are_offered_and_can_be_chosen() -> None:
    assert set(PACKS) == set(load_packs())
    chosen = next(one for one in demo.params if one.name == "packs")
    assert isinstance(chosen.type, click.Choice)
    assert tuple(chosen.type.choices) == PACKS
    assert group(PACKS[0]).workspace == GROUP


def test_each_team_has_five_to_seven_leaders_and_one_is_in_two_teams() -> None:
    assert all(5 <= len(team.cast) <= 7 for team in SCENE.teams)
    seats = [one.key for team in SCENE.teams for one in team.cast]
    assert len(seats) == len(set(seats)) + 1
    assert {one.manner for team in SCENE.teams for one in team.cast} == set(Manner)


def test_who_is_in_two_teams_lives_in_one_zone_and_country() -> None:
    for one in SCENE.everybody:
        teams = [team for team in SCENE.teams if one in team.cast]
        assert len({(team.zone_of(one), team.country) for team in teams}) <= 1


def test_whoever_is_on_leave_is_away_for_a_fortnight_within_the_weeks() -> None:
    for team in SCENE.teams:
        away = {one.key for one in team.cast if one.manner is Manner.AWAY}
        assert away == {who for who, _ in team.away}
        assert all((absence.last - absence.first).days == 13 for _, absence in team.away)


def test_the_same_seed_is_the_same_plan() -> None:
    assert acts(7) == acts(7)
    assert acts(7) != acts(8)


@pytest.mark.parametrize("seed", range(5))
def test_people_act_in_order_by_day_and_while_they_are_there(seed: int) -> None:
    planned = acts(seed)
    assert all(before.at <= after.at for before, after in pairwise(GroupPlan(SCENE, seed).week(0)))
    joined = {act.who: act.at for act in planned if isinstance(act.deed, JoinTeam)}
    left = {act.who: act.at for act in planned if isinstance(act.deed, LeaveTeam)}
    assert len(joined) == 1
    assert len(left) == 2
    for act in planned:
        team = SCENE.team(act.team)
        assert act.at >= joined.get(act.who, act.at)
        assert act.at <= left.get(act.who, act.at)
        assert not team.is_away(act.who, act.at.date())
        assert 8 <= act.at.hour < 18


@pytest.mark.parametrize("seed", range(5))
def test_what_breaks_down_is_said_before_it_is_logged_and_not_too_often(seed: int) -> None:
    planned = acts(seed)
    said = {act.deed.words: act for act in planned if isinstance(act.deed, Mention)}
    logged = [act for act in planned if isinstance(act.deed, LogFromMessage)]
    assert 10 <= len(logged) <= 24
    for act in logged:
        assert isinstance(act.deed, LogFromMessage)
        first = said[act.deed.trouble.said]
        assert first.at < act.at
        assert first.team == act.team
        assert act.deed.trouble.owner in {one.key for one in SCENE.team(act.team).cast}


def test_some_skip_and_some_put_it_off() -> None:
    pressed = {act.deed.label for act in acts(7) if isinstance(act.deed, PressInPrompt)}
    assert pressed == {"Skip this time", "Ask me tomorrow"}
