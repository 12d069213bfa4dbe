"""Changing the stakeholder map. Who changed what is kept with each entry.

Lead and coach may do all of it. Whoever is on the team adds to it, rates who is on it, and says
when they met them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from coaching.answer import MOST_CHARACTERS
from coaching.errors import NotFound, Refused
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import QuestionType
from coaching.stakeholder import FOCUS, MOST_ON_MAP, Kind, Stakeholder, folded
from coaching.team import Member
from coaching.use_cases.entry_changes import OWNER, day_in_words, record_change
from coaching.use_cases.follow_invite import call_off
from coaching.use_cases.keep_map import count_on_map, known_as, put_on_map, rate
from coaching.use_cases.remind_of_invite import today_of

__all__ = [
    "INSIDE",
    "OUTSIDE",
    "add_to_map",
    "demand_entry",
    "demand_member",
    "edit_entry",
    "put_back",
    "rate_entry",
    "say_met",
    "take_off",
]

OUTSIDE, INSIDE = "Outside", "Inside"
"""What a form offers for where somebody stands."""

_NOT_YOURS = "You are not on this team, so its map is for others to keep."
_GONE = "I can't find them any more. /widelens stakeholders shows who is on the map."
_NO_NAME = "A name is needed, such as “Northern hospitals”."
_ONE_NAME = "One name, at most {most} characters."
_THERE = "{name} is on the map already."
_TAKEN = "{name} is known to the map under that name. *Same as…* makes the two one."
_FULL = "The map has its {most}. Take somebody off, and there is room for {name}."
_FOCUS_FULL = "Two are in focus: {names}. Choose who steps back for {name}."
_TO_COME = "That day is still to come. When did you last meet them?"
_NO_DAY = "Choose the day on which you last met them."
_NO_FIGURES = "Choose a figure for one of the two at least."
_REGISTER = "register"


def demand_member(uow: UnitOfWork, team_id: str, user: str, action: Action) -> Member:
    """The person's place in the team, if they may do that. Raises Refused."""
    member = uow.members.one(team_id=team_id, user=user)
    if member is None:
        raise Refused(_NOT_YOURS)
    demand(member, action)
    return member


def demand_entry(
    uow: UnitOfWork, entry_id: str, user: str, action: Action
) -> tuple[Stakeholder, Member]:
    """The stakeholder, if the person may do that with them; of who was merged, the one they are.

    Raises Refused.
    """
    try:
        found = uow.stakeholders.get(entry_id)
        while found.merged_into is not None:
            found = uow.stakeholders.get(found.merged_into)
    except NotFound:
        raise Refused(_GONE) from None
    return found, demand_member(uow, found.team_id, user, action)


def add_to_map(
    uow: UnitOfWork, team_id: str, user: str, given: Mapping[str, str], now: datetime
) -> Stakeholder:
    """Add somebody; where the map is full they are suggested. Raises Refused."""
    member = demand_member(uow, team_id, user, Action.ADD_TO_MAP)
    name = _name(given.get("name", ""))
    there = known_as(uow, team_id, name)
    if there is not None and there.on_map:
        sentence = _THERE.format(name=there.name)
        raise Refused(sentence, {"name": sentence})
    added = put_on_map(uow, member, name, now, outside=_outside(given))
    kept = replace(added, kind=_kind(given) or added.kind)
    uow.stakeholders.save(kept)
    record_change(uow, team_id, kept.id, user, "added" if kept.on_map else "suggested", now)
    return kept


def edit_entry(
    uow: UnitOfWork, entry_id: str, user: str, given: Mapping[str, str], now: datetime
) -> Stakeholder:
    """Change name, kind, side, focus and owner. Raises Refused.

    Where two are in focus already, `steps_back` names who makes room.
    """
    before, _ = demand_entry(uow, entry_id, user, Action.KEEP_MAP)
    name = _name(given.get("name", before.name))
    other = uow.stakeholders.one(team_id=before.team_id, key=folded(name))
    if other is not None and other.id != before.id:
        sentence = _TAKEN.format(name=other.name)
        raise Refused(sentence, {"name": sentence})
    in_focus = bool(given.get("in_focus")) and before.on_map
    if in_focus and not before.in_focus:
        _make_room(uow, before, given.get("steps_back", ""), user, now)
    after = replace(
        before,
        key=folded(name),
        name=name,
        kind=_kind(given) or before.kind,
        outside=_outside(given),
        in_focus=in_focus,
        owner=(given.get("owner") or None) if in_focus else None,
    )
    _save(uow, before, after, user, now)
    return after


def rate_entry(
    uow: UnitOfWork, entry_id: str, user: str, given: Mapping[str, str], now: datetime
) -> Stakeholder:
    """Keep how a person rates a relationship today; a second time that day takes its place.

    Raises Refused.
    """
    rated, member = demand_entry(uow, entry_id, user, Action.ADD_TO_MAP)
    figures = [int(text) for key in _FIGURES if (text := given.get(key, "")) in _SCALE]
    if not figures:
        raise Refused(_NO_FIGURES, {_FIGURES[0]: _NO_FIGURES})
    relationship, engagement = (
        int(text) if (text := given.get(key, "")) in _SCALE else None for key in _FIGURES
    )
    today = today_of(uow.teams.get(rated.team_id), now)
    where = f"{_REGISTER}/{today.isoformat()}"
    rate(uow, rated, member, where, relationship, engagement, now)
    return rated


def say_met(
    uow: UnitOfWork, entry_id: str, user: str, given: Mapping[str, str], now: datetime
) -> Stakeholder:
    """Keep the day on which somebody of the team last met them. Raises Refused."""
    before, _ = demand_entry(uow, entry_id, user, Action.ADD_TO_MAP)
    if not given.get("met_on"):
        raise Refused(_NO_DAY, {"met_on": _NO_DAY})
    on = date.fromisoformat(given["met_on"])
    if on > today_of(uow.teams.get(before.team_id), now):
        raise Refused(_TO_COME, {"met_on": _TO_COME})
    after = replace(before, met_on=on)
    _save(uow, before, after, user, now)
    return after


def take_off(uow: UnitOfWork, entry_id: str, user: str, now: datetime) -> Stakeholder:
    """Take somebody off the map: what is known of them stays, what was planned ends.

    Raises Refused. Twice is as once.
    """
    before, _ = demand_entry(uow, entry_id, user, Action.KEEP_MAP)
    if not before.on_map:
        return before
    gone = max(now, before.added_at + timedelta(microseconds=1))
    after = replace(before, removed_at=gone, in_focus=False, owner=None)
    _save(uow, before, after, user, now)
    for invite in uow.invites.where(stakeholder_id=before.id):
        call_off(uow, invite, user, now)
    return after


def put_back(uow: UnitOfWork, entry_id: str, user: str, now: datetime) -> Stakeholder:
    """Put on the map who is off it, or was suggested. Raises Refused: it is full."""
    before, _ = demand_entry(uow, entry_id, user, Action.KEEP_MAP)
    if before.on_map:
        return before
    if count_on_map(uow, before.team_id) >= MOST_ON_MAP:
        raise Refused(_FULL.format(most=MOST_ON_MAP, name=before.name))
    after = replace(before, removed_at=None)
    _save(uow, before, after, user, now)
    return after


_FIGURES = ("relationship", "engagement")
_SCALE = frozenset("12345")


def _make_room(
    uow: UnitOfWork, comer: Stakeholder, steps_back: str, user: str, now: datetime
) -> None:
    """Have who was chosen step back from the focus, where both places are taken."""
    there = [one for one in uow.stakeholders.where(team_id=comer.team_id) if one.in_focus]
    if len(there) < FOCUS:
        return
    chosen = next((one for one in there if one.name == steps_back), None)
    if chosen is None:
        names = " and ".join(one.name for one in there)
        sentence = _FOCUS_FULL.format(names=names, name=comer.name)
        raise Refused(sentence, {"steps_back": sentence})
    _save(uow, chosen, replace(chosen, in_focus=False, owner=None), user, now)


def _save(uow: UnitOfWork, before: Stakeholder, after: Stakeholder, by: str, now: datetime) -> None:
    if before == after:
        return
    uow.stakeholders.save(after)
    for what in _changes(before, after):
        record_change(uow, after.team_id, after.id, by, what, now)


def _changes(before: Stakeholder, after: Stakeholder) -> Iterator[str]:
    """What is different, a sentence each."""
    if before.name != after.name:
        yield f"name: {after.name}, was {before.name}"
    if before.kind is not after.kind:
        yield f"kind: {after.kind}, was {before.kind}"
    if before.outside is not after.outside:
        yield {True: "outside", False: "inside", None: "neither outside nor inside"}[after.outside]
    if before.in_focus is not after.in_focus:
        yield "in focus" if after.in_focus else "not in focus any more"
    if after.owner and before.owner != after.owner:
        yield f"{OWNER}{after.owner}"
    if before.met_on != after.met_on and after.met_on:
        yield f"met on {day_in_words(after.met_on)}"
    if before.on_map is not after.on_map:
        yield "on the map" if after.on_map else "off the map"


def _name(given: str) -> str:
    name = " ".join(given.replace("\0", "").split())
    most = MOST_CHARACTERS[QuestionType.STAKEHOLDERS]
    if not name or len(name) > most:
        sentence = _ONE_NAME.format(most=most) if name else _NO_NAME
        raise Refused(sentence, {"name": sentence})
    return name


def _kind(given: Mapping[str, str]) -> Kind | None:
    said = given.get("kind", "").casefold()
    return Kind(said) if said in set(Kind) else None


def _outside(given: Mapping[str, str]) -> bool | None:
    return {OUTSIDE: True, INSIDE: False}.get(given.get("side", ""))
