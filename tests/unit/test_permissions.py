"""One table of role and action."""

import pytest

from coaching.errors import Refused
from coaching.permissions import Action, allowed, answering, demand
from coaching.practice import Audience
from coaching.team import Member, Role

MAY = {
    Role.LEADER: {
        Action.ANSWER,
        Action.LOG_BREAKDOWN,
        Action.SETTLE_BREAKDOWN,
        Action.TELL_VOICE,
        Action.READ_TEAM,
        Action.ADD_TO_MAP,
    },
    Role.LEAD: set(Action),
    Role.COACH: set(Action) - {Action.ANSWER},
}


def member(role: Role, *, active: bool = True) -> Member:
    return Member("m", "slack:T1", "t", "U1", role, active)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_the_table(role: Role, action: Action) -> None:
    assert allowed(member(role), action) is (action in MAY[role])


@pytest.mark.parametrize("action", Action)
def test_who_has_left_may_do_nothing(action: Action) -> None:
    assert not allowed(member(Role.LEAD, active=False), action)
    with pytest.raises(Refused, match="left this team"):
        demand(member(Role.LEAD, active=False), action)


@pytest.mark.parametrize(
    ("audience", "asked"),
    [
        (Audience.EVERYONE, {Role.LEADER, Role.LEAD}),
        (Audience.LEAD_AND_COACH, {Role.LEAD, Role.COACH}),
        (Audience.NEWCOMER, {Role.LEADER, Role.LEAD}),
    ],
)
def test_who_answers_what_is_asked_of_an_audience(audience: Audience, asked: set[Role]) -> None:
    assert {role for role in Role if allowed(member(role), answering(audience))} == asked


def test_a_refusal_names_role_and_action() -> None:
    with pytest.raises(Refused, match=r"\(coach\) can't answer a prompt"):
        demand(member(Role.COACH), Action.ANSWER)
