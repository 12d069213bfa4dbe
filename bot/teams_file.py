"""The shape of teams.yaml, and what of it only the catalogue and the calendar can tell."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import ConfigDict, Field

from coaching.cadence import DIGEST
from coaching.catalogue import Catalogue
from coaching.document_sentences import quoted
from coaching.documents import read_document
from coaching.pack import load_packs
from coaching.practice import Audience, Visibility
from coaching.team import Role, Workspace
from coaching.team_plan import WantedCadence, WantedTeam
from coaching.yaml_text import Path

__all__ = ["TeamsFile", "read_teams_file"]

_STRICT = ConfigDict(extra="forbid")

Problem = tuple[Path, str]

_ASKED_WHEN_IT_HAPPENS = {
    Audience.NEWCOMER: "somebody who joins, when they do",
    Audience.OWNER: "who took something on, when it is time",
}


@dataclass(frozen=True, slots=True)
class _WorkspaceEntry:
    __pydantic_config__ = _STRICT
    platform: Annotated[Literal["slack"], Field(examples=["slack"])]
    id: Annotated[str, Field(examples=["T0123ABCD"])]


@dataclass(frozen=True, slots=True)
class TeamsFile:
    """One workspace and its teams."""

    __pydantic_config__ = _STRICT
    workspace: _WorkspaceEntry
    teams: Annotated[tuple[WantedTeam, ...], Field(min_length=1)]

    @property
    def workspace_id(self) -> str:
        """The workspace's id in the records: `slack:T0123ABCD`."""
        return Workspace.of(self.workspace.platform, self.workspace.id).id


def read_teams_file(text: str, source: str, catalogue: Catalogue) -> TeamsFile:
    """The teams that `text` asks for. Raises DocumentError, with line and mend of each problem."""
    return read_document(text, TeamsFile, source, partial(_check, catalogue))


def _check(catalogue: Catalogue, wanted: TeamsFile) -> Iterator[Problem]:
    yield from _id(("workspace", "id"), wanted.workspace.id, "T", "a Slack workspace")
    channels = [team.channel for team in wanted.teams]
    for at in _repeated(channels):
        yield ("teams", at, "channel"), f"{channels[at]} is another team's; one team a channel"
    for index, team in enumerate(wanted.teams):
        yield from _check_team(("teams", index), team, catalogue)


def _check_team(
    path: tuple[str | int, ...], team: WantedTeam, catalogue: Catalogue
) -> Iterator[Problem]:
    yield from _id((*path, "channel"), team.channel, "CG", "a Slack channel")
    yield from _timezone((*path, "timezone"), team.timezone)
    yield from _members((*path, "members"), team)
    yield from _slot(path, team)
    for index, cadence in enumerate(team.cadences):
        here = (*path, "cadences", index)
        yield from _hour(here, team, cadence)
        yield from _loud((*here, "at"), team, cadence)
        yield from _practice((*here, "practice"), cadence, catalogue)
        yield from _asked((*here, "asked"), team, cadence, catalogue)
    practices = [cadence.practice for cadence in team.cadences]
    for at in _repeated(practices):
        sentence = f"{practices[at]} stands here a second time; one cadence a practice"
        yield (*path, "cadences", at, "practice"), sentence


def _members(path: tuple[str | int, ...], team: WantedTeam) -> Iterator[Problem]:
    users = [member.user for member in team.members]
    for index, member in enumerate(team.members):
        if member.timezone is not None:
            yield from _timezone((*path, index, "timezone"), member.timezone)
    for index, user in enumerate(users):
        yield from _id((*path, index, "user"), user, "UW", "a Slack person")
    for at in _repeated(users):
        yield (*path, at, "user"), f"{users[at]} stands here a second time; keep one"
    if not any(member.role is Role.LEAD for member in team.members):
        yield path, "nobody leads this team; give one of them `role: lead`"


def _slot(path: Path, team: WantedTeam) -> Iterator[Problem]:
    """Whether the slot can be kept, and the pack that comes in it."""
    quiet = team.quiet_hours
    if team.slot is not None and quiet is not None and team.slot.at in quiet:
        yield (
            (*path, "slot"),
            f"{team.slot.at:%H:%M} is in the quiet hours, {quiet}; choose another time, or change"
            " `quiet_hours`",
        )
    packs = load_packs()
    if team.pack and team.pack not in packs:
        mend = _nearest(team.pack, packs, ", ".join(packs))
        yield (*path, "pack"), f"{quoted(team.pack)} is not a pack; {mend}"
    elif team.pack and team.slot is None:
        yield (*path, "pack"), 'a pack comes in the team\'s sittings; add `slot: "Tuesday 09:00"`'


def _hour(path: Path, team: WantedTeam, cadence: WantedCadence) -> Iterator[Problem]:
    """Whether it is known when in the day a cadence comes."""
    if cadence.at is None and cadence.practice == DIGEST:
        yield path, 'a digest needs an hour of its own; add `at: "15:00"`'
    elif cadence.at is None and team.slot is None:
        yield path, 'it needs an hour: `at: "09:00"`, or a `slot` of the team to come in'


def _loud(path: Path, team: WantedTeam, cadence: WantedCadence) -> Iterator[Problem]:
    """Whether people are asked at an hour in which they are to be left in peace."""
    quiet = team.quiet_hours
    if quiet is not None and cadence.practice != DIGEST and cadence.at and cadence.at in quiet:
        yield (
            path,
            f"{cadence.at:%H:%M} is in the quiet hours, {quiet}; choose another time, or change"
            " `quiet_hours`",
        )


def _id(path: Path, given: str, letters: str, kind: str) -> Iterator[Problem]:
    if not re.fullmatch(f"[{letters}][A-Z0-9]{{4,}}", given, re.ASCII):
        example = f"{letters[0]}0123ABCD"
        yield path, f"{quoted(given)} is not the id of {kind}; it looks like {example}"


def _timezone(path: Path, given: str) -> Iterator[Problem]:
    zones = available_timezones()
    if given not in zones:
        yield (
            path,
            f"{quoted(given)} is not an IANA time zone; {_nearest(given, zones, 'Europe/Oslo')}",
        )


def _practice(path: Path, cadence: WantedCadence, catalogue: Catalogue) -> Iterator[Problem]:
    known, given = [*catalogue, DIGEST], cadence.practice
    if given not in known:
        yield path, f"{quoted(given)} is not a practice; {_nearest(given, known, ', '.join(known))}"
        return
    audience = catalogue[given].audience if given != DIGEST else Audience.EVERYONE
    if not audience.on_cadence and not cadence.asked:
        whom = _ASKED_WHEN_IT_HAPPENS[audience]
        yield path, f"{quoted(given)} is for {whom}; say whom it asks, `asked: [U0123ABCD]`"


def _asked(
    path: Path, team: WantedTeam, cadence: WantedCadence, catalogue: Catalogue
) -> Iterator[Problem]:
    """Whether it can be asked of some alone."""
    practice = catalogue.get(cadence.practice)
    if cadence.asked and cadence.practice == DIGEST:
        yield path, "a digest asks nobody; take `asked` out"
    elif cadence.asked and practice and practice.visibility is Visibility.ANONYMOUS:
        yield (
            path,
            "what is anonymous is asked of everybody, that nobody stands out; take it out",
        )
    members = [member.user for member in team.members]
    for index, user in enumerate(cadence.asked):
        if user not in members:
            there = ", ".join(members)
            yield (*path, index), f"{user} is not one of the team's `members`: {there}"


def _nearest(given: str, known: Iterable[str], example: str) -> str:
    """What to write instead. A city is enough to find its zone."""
    names = {name.casefold(): name for name in known}
    names |= {name.rpartition("/")[2]: names[name] for name in names}
    close = get_close_matches(given.casefold().replace(" ", "_"), names, n=1, cutoff=0.7)
    return f"did you mean {names[close[0]]}?" if close else f"write, for example, {example}"


def _repeated(values: list[str]) -> Iterator[int]:
    """The positions of values that stood before."""
    return (at for at, value in enumerate(values) if value in values[:at])
