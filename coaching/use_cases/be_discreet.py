"""Keeping what people write out of a team's channel, and who reads it all the same.

What was asked in discretion stays in discretion: a round carries the promise under which it was
opened, so a team that shows words again does so with what is asked from then on.
"""

from collections.abc import Iterable
from dataclasses import replace

from coaching.errors import Refused
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.round import Round, RoundState
from coaching.team import Team
from insights.digest import Facts

__all__ = ["demand_reader", "hidden_facts", "is_hidden", "keep_discreet", "set_discreet"]

_NO_TEAM = "You are not on this team, so this is for others to decide."
_NOT_YOURS = (
    "What was written here is for those on the team, and you are not on it. Its lead can add you."
)


def set_discreet(uow: UnitOfWork, user: str, team_id: str, *, on: bool) -> Team:
    """Keep what people write out of the channel, or show it from now on. Twice is as once.

    Raises:
        Refused: it is not theirs to decide.
    """
    member = uow.members.one(team_id=team_id, user=user)
    if member is None:
        raise Refused(_NO_TEAM)
    demand(member, Action.STEER)
    return keep_discreet(uow, uow.teams.get(team_id), on=on)


def keep_discreet(uow: UnitOfWork, team: Team, *, on: bool) -> Team:
    """The same, once it is decided; the team as it then is.

    What the team has been asked so far becomes discreet with it: a word that is added while the
    promise stands must not become public when it ends.
    """
    if team.discreet is on:
        return team
    changed = replace(team, discreet=on)
    uow.teams.save(changed)
    if on:
        for round_ in uow.rounds.where(team_id=team.id):
            if round_.state is not RoundState.SKIPPED and not round_.practice.discreet:
                discreet = replace(round_.practice, discreet=True)
                uow.rounds.save(replace(round_, practice=discreet))
    return changed


def is_hidden(team: Team, round_: Round) -> bool:
    """Whether what was written to a round stays out of the channel."""
    return team.discreet or round_.practice.discreet


def hidden_facts(uow: UnitOfWork, team: Team, facts: Facts) -> frozenset[str]:
    """The keys of those of a digest's facts whose words stay out of the channel.

    A fact whose record is gone is among them: nobody knows any more what was promised of it.
    """
    keys = {one.key for one in (*facts.voices, *facts.followed)}
    keys |= {one.key for one in facts.wins} | {one.key for one in facts.needs}
    keys |= {one.key for one in (facts.voice, facts.need, facts.replay) if one is not None}
    if team.discreet:
        return frozenset(keys)
    rounds = _rounds_behind(uow, keys)
    shown = {
        one.id
        for one in uow.rounds.where(id=list(set(rounds.values())))
        if not one.practice.discreet
    }
    return frozenset(key for key in keys if rounds.get(key) not in shown)


def _rounds_behind(uow: UnitOfWork, keys: Iterable[str]) -> dict[str, str]:
    """By the key of a fact (`voice:…`, `win:…`, `need:…:…`, `replay:…:…`) the id of its round."""
    records = {key: key.split(":")[1] for key in keys}
    ids = list(records.values())
    of_record = {one.id: one.round_id for one in uow.answers.where(id=ids)}
    of_record |= {one.id: one.round_id for one in uow.breakdowns.where(id=ids)}
    of_record |= {one.id: one.round_id for one in uow.voices.where(id=ids)}
    return {key: of_record[record] for key, record in records.items() if record in of_record}


def demand_reader(uow: UnitOfWork, team_id: str, user: str) -> Team:
    """The team, if the person is on it and so may read what it wrote. Raises Refused."""
    member = uow.members.one(team_id=team_id, user=user, active=True)
    if member is None:
        raise Refused(_NOT_YOURS)
    demand(member, Action.READ_TEAM)
    return uow.teams.get(team_id)
