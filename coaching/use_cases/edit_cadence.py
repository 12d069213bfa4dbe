"""Changing in chat when a team is asked what, or what it is asked: its lead's and coach's.

Through the same core as an operator's plan. Nobody overwrites unawares what another has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence
from coaching.cadence_choices import (
    AS_IT_IS,
    AT,
    IN_SLOT,
    OFTEN,
    as_it_is,
    first_choices,
    in_slot,
    shown_fields,
)
from coaching.cadence_chosen import chosen
from coaching.catalogue import Catalogue
from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.opened_cadence import Opened, opened, stamp_of
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.team import Team
from coaching.use_cases.coming_dates import Dates, coming_dates
from coaching.use_cases.set_cadences import set_own
from coaching.use_cases.steer_cadence import steered_team

__all__ = [
    "PRACTICE",
    "Editor",
    "Saved",
    "begin_edit",
    "look_again",
    "named",
    "own_cadence",
    "save_cadence",
]

PRACTICE = "practice"
"""The field in which a practice is chosen; the others are those of `coaching.cadence_choices`."""

_GONE = "This is no longer asked in your team: somebody stopped it meanwhile. Nothing was changed."
_NO_FILE = "I no longer know this practice, so nothing of it comes. You can stop asking it."
_WHAT = "Choose what to ask."
_NONE_LEFT = "Your team is asked everything that I know of already. Change one of those instead."
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Editor:
    """A cadence while somebody changes it, or chooses one to add.

    `key` and `name` are those of its practice, "" before one is chosen; `today` is the team's.
    `there` is how it stands in the records, None for a new one. `offered` are what can be added, by
    key and name. `values` are what is chosen, by field, of those that are `shown`. `wanted` is what
    that makes of it, with its `dates`; where it can't be kept, `problems` say why, by field.

    `overtaken`: it stands otherwise than when the form opened. `taken`: somebody else has added the
    chosen practice meanwhile.
    """

    opened: Opened
    team: Team
    today: date
    key: str
    name: str
    practice: Practice | None
    there: Cadence | None
    offered: Mapping[str, str]
    values: Mapping[str, str]
    shown: tuple[str, ...]
    wanted: Cadence | None = None
    dates: Dates | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    overtaken: Dates | None = None
    taken: Cadence | None = None
    unseen: bool = False
    """Whether a field matters that the person has not been shown."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A cadence as it was kept, and what comes of it; `changed`: whether it is any other."""

    team: Team
    today: date
    name: str
    cadence: Cadence
    dates: Dates
    new: bool
    changed: bool = True


def begin_edit(
    uow: UnitOfWork, catalogue: Catalogue, user: str, team_id: str, cadence_id: str, now: datetime
) -> Editor:
    """A cadence as it stands, to be changed; one to be added where `cadence_id` is "".

    Raises:
        Refused: it is not theirs to decide, or there is nothing to change or add.
    """
    team = steered_team(uow, user, team_id)
    if not cadence_id and not _addable(uow, catalogue, team):
        raise Refused(_NONE_LEFT)
    begun = opened(own_cadence(uow, team, cadence_id)) if cadence_id else Opened(team.id)
    return look_again(uow, catalogue, user, begun, _NOTHING, now)


def look_again(
    uow: UnitOfWork,
    catalogue: Catalogue,
    user: str,
    begun: Opened,
    given: Mapping[str, str],
    now: datetime,
) -> Editor:
    """What the choices that are `given` so far would come to. Nothing is kept.

    Raises:
        Refused: it is not theirs to decide any more, or the cadence is gone.
    """
    team = steered_team(uow, user, begun.team)
    there = own_cadence(uow, team, begun.cadence) if begun.cadence else None
    offered = {} if there else _addable(uow, catalogue, team)
    keys = {name: key for key, name in offered.items()}
    key = there.practice if there else keys.get(given.get(PRACTICE, ""), "")
    values = _values(there, key, team, given, now)
    editor = Editor(
        opened=begun,
        team=team,
        today=now.astimezone(ZoneInfo(team.timezone)).date(),
        key=key,
        name=named(catalogue, key) if key else "",
        practice=catalogue.get(key),
        there=there,
        offered=offered,
        values=values,
        shown=shown_fields(values, key),
    )
    editor = replace(editor, unseen=bool(given) and not given.keys() >= set(editor.shown))
    if there is not None and stamp_of(there) != begun.seen:
        told = replace(begun, told=stamp_of(there))
        overtaken = coming_dates(uow, team, there, now)
        editor = replace(editor, opened=told, overtaken=overtaken)
    if there is None and not key:
        taken = _taken(uow, catalogue, team, given.get(PRACTICE, ""))
        return replace(editor, taken=taken, problems={PRACTICE: _WHAT})
    return _foreseen(uow, catalogue, editor, there or _blank(team, key, now), now)


def save_cadence(
    uow: UnitOfWork,
    catalogue: Catalogue,
    user: str,
    begun: Opened,
    given: Mapping[str, str],
    now: datetime,
) -> Saved | Editor:
    """Keep what was chosen. Where something must be seen first, nothing is kept but said there.

    That is: somebody has changed it meanwhile, and the person was not told; or the choices bring up
    a field that they were not shown.

    Raises:
        Refused: as `look_again`; or what was chosen can't be kept, said under its fields.
    """
    uow.deliveries.take_turn()
    editor = look_again(uow, catalogue, user, begun, given, now)
    there, wanted = editor.there, editor.wanted
    overtaken = there is not None and not begun.knows(there)
    if overtaken or editor.taken or editor.unseen:
        return editor
    if wanted is None or editor.dates is None:
        raise Refused(next(iter(editor.problems.values())), editor.problems)
    if wanted != there:
        signed = replace(wanted, changed_by=user)
        set_own(uow, editor.team, there, signed, catalogue, now)
    return Saved(
        editor.team,
        editor.today,
        editor.name,
        wanted,
        editor.dates,
        new=there is None,
        changed=wanted != there,
    )


def own_cadence(uow: UnitOfWork, team: Team, cadence_id: str) -> Cadence:
    """A cadence of a team's own. Raises Refused where it is gone."""
    there = uow.cadences.one(id=cadence_id, team_id=team.id, origin="")
    if there is None:
        raise Refused(_GONE)
    return there


def named(catalogue: Catalogue, key: str) -> str:
    """What people call a practice, or the digest."""
    known = catalogue.get(key)
    return known.name if known else key.replace("_", " ").capitalize()


def _addable(uow: UnitOfWork, catalogue: Catalogue, team: Team) -> dict[str, str]:
    """What can be asked on a cadence and is not on one of the team's own, by key and name."""
    own = {one.practice for one in uow.cadences.where(team_id=team.id, origin="")}
    keys = [key for key, one in catalogue.items() if one.audience.on_cadence and key not in own]
    names = _names(catalogue, keys)
    return names if DIGEST in own else {**names, DIGEST: named(catalogue, DIGEST)}


def _names(catalogue: Catalogue, keys: list[str]) -> dict[str, str]:
    """In the order of their names; two of one name are told apart by their keys."""
    names = [catalogue[key].name for key in keys]
    said = {
        key: name if names.count(name) == 1 else f"{name} ({key})"
        for key, name in zip(keys, names, strict=True)
    }
    return dict(sorted(said.items(), key=lambda one: one[1].casefold()))


def _taken(uow: UnitOfWork, catalogue: Catalogue, team: Team, name: str) -> Cadence | None:
    """The team's own cadence of a practice that was still to be added as the form opened."""
    own = uow.cadences.where(team_id=team.id, origin="")
    return next((one for one in own if name and named(catalogue, one.practice) == name), None)


def _blank(team: Team, key: str, now: datetime) -> Cadence:
    return Cadence(
        id=new_id(),
        workspace_id=team.workspace_id,
        team_id=team.id,
        practice=key,
        rrule="",
        at=None,
        starts_on=now.astimezone(ZoneInfo(team.timezone)).date(),
        next_due_at=None,
    )


def _values(
    there: Cadence | None, key: str, team: Team, given: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """What is chosen; what was not asked, as it is. What has another name now goes by that."""
    first = first_choices(there, key, team, now)
    values = first | {one: given[one] for one in first if one in given}
    if values[AT].startswith(IN_SLOT):
        values[AT] = first[AT] if key == DIGEST else in_slot(team)
    if values[OFTEN].startswith(AS_IT_IS) and there is not None:
        values[OFTEN] = as_it_is(there, team) or first[OFTEN]
    return values


def _foreseen(
    uow: UnitOfWork, catalogue: Catalogue, editor: Editor, cadence: Cadence, now: datetime
) -> Editor:
    if cadence.practice != DIGEST and cadence.practice not in catalogue:
        return replace(editor, problems={OFTEN: _NO_FILE})
    new = editor.there is None
    try:
        wanted = chosen(editor.values, cadence, editor.team, now, new=new)
    except Refused as refused:
        return replace(editor, problems=refused.fields)
    return replace(editor, wanted=wanted, dates=coming_dates(uow, editor.team, wanted, now))
