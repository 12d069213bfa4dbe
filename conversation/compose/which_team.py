"""Asking which of their teams something is for, of people who are on several."""

from collections.abc import Sequence

from coaching.use_cases.choose_team import Place, by_name, place_in
from conversation.messages import Field, FieldKind, Form

__all__ = ["TEAM", "team_fields", "which_team"]

TEAM = "for.team"
"""The field that asks for it. No question's key has a full stop."""


def team_fields(places: Sequence[Place], channel: str) -> tuple[Field, ...]:
    """The question, where there is one: it starts from the team whose channel it is."""
    named = by_name(places)
    if len(named) == 1:
        return ()
    here = place_in(places, channel)
    initial = next((name for name, place in named.items() if place is here), "")
    label = "Which team is it for?"
    return (Field(TEAM, label, FieldKind.CHOICE, initial=initial, choices=tuple(named)),)


def which_team(title: str, route: str, places: Sequence[Place]) -> Form:
    """A form that asks for the team and nothing else."""
    return Form(title, team_fields(places, ""), route=route, submit="Show")
