"""Making a team's cadences what its plan says: its own, and those of its pack."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.cadence import Cadence
from coaching.catalogue import Catalogue
from coaching.identifiers import new_id
from coaching.occasion import zones_of
from coaching.pack import load_packs
from coaching.ports import UnitOfWork
from coaching.team import Member, Team
from coaching.team_plan import WantedTeam
from coaching.use_cases.ask_if_safe import ON_CLOSE
from coaching.use_cases.cadence_step import Step

__all__ = ["make_cadences", "meet_newcomer", "planned_cadences"]


def planned_cadences(team: Team, plan: WantedTeam, now: datetime) -> Iterator[Cadence]:
    """The cadences of a plan for a team that begins now: the team's own, then those of its pack.

    What the team asks on a rhythm of its own takes the place of what the pack would ask.
    """
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    own = plan.all_cadences()
    for one in own:
        yield Cadence(
            id=new_id(),
            workspace_id=team.workspace_id,
            team_id=team.id,
            practice=one.practice,
            rrule=one.rrule,
            at=one.at,
            starts_on=today,
            next_due_at=None,
            paused=bool(one.paused),
            clock=one.clock,
            asked=one.asked,
        )
    yield from _of_pack(team, {one.practice for one in own})


def _of_pack(team: Team, replaced: Collection[str]) -> Iterator[Cadence]:
    """What its pack asks, but for the practices that are `replaced`."""
    if team.slot is None or team.pack_since is None:
        return
    for place, turn in enumerate(load_packs()[team.pack].cadences(team.pack_since)):
        if turn.practice not in replaced:
            yield Cadence(
                id=new_id(),
                workspace_id=team.workspace_id,
                team_id=team.id,
                practice=turn.practice,
                rrule=turn.rrule,
                at=None,
                starts_on=turn.starts_on,
                next_due_at=None,
                origin=f"{team.pack}/{place}",
            )


def make_cadences(
    uow: UnitOfWork,
    before: Team | None,
    zones_before: frozenset[ZoneInfo],
    team: Team,
    plan: WantedTeam,
    joined: Iterable[Member],
    catalogue: Catalogue,
    now: datetime,
) -> list[str]:
    """Add, change and remove; a sentence for each change, and one for a pack as a whole.

    Who has `joined` a team that was there before is asked after some weeks what they see.
    """
    step = Step(uow, before, zones_before, team, catalogue, now, [])
    there = {(one.practice, one.origin): one for one in uow.cadences.where(team_id=team.id)}
    paused = _paused_in_chat(team, plan, there.values())
    for wanted in planned_cadences(team, plan, now):
        old = there.pop((wanted.practice, wanted.origin), None)
        step.make(replace(wanted, paused=paused(wanted, old)), old)
    gone = (one for one in there.values() if not step.welcomes(one) and one.origin != ON_CLOSE)
    for cadence in gone:
        uow.cadences.remove(cadence.id)
        if not cadence.origin:
            step.tell(f"{step.name(cadence.practice)} is no longer asked.")
    for member in joined:
        step.welcome(member)
    step.tell_pack()
    return step.changes


def set_own(
    uow: UnitOfWork,
    team: Team,
    there: Cadence | None,
    wanted: Cadence | None,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Make one of a team's own cadences what is `wanted`; it goes where nothing is.

    As where a plan is applied, rounds that are open stay so, and the pack gives way to a practice
    that the team asks on its own, and takes it up again.
    """
    zones = zones_of(uow.members.where(team_id=team.id, active=True))
    step = Step(uow, team, zones, team, catalogue, now, [])
    step.own(there, wanted)
    cadences = uow.cadences.where(team_id=team.id)
    of_pack = [one for one in cadences if one.origin.startswith(f"{team.pack}/")]
    old = {one.origin: one for one in of_pack}
    pauses = bool(of_pack) and all(one.paused for one in of_pack)
    for planned in _of_pack(team, {one.practice for one in cadences if not one.origin}):
        before = old.pop(planned.origin, None)
        step.make(replace(planned, paused=before.paused if before else pauses), before)
    for replaced in old.values():
        uow.cadences.remove(replaced.id)


def meet_newcomer(
    uow: UnitOfWork,
    team: Team,
    zones_before: frozenset[ZoneInfo],
    member: Member,
    catalogue: Catalogue,
    now: datetime,
    *,
    new: bool,
) -> None:
    """Somebody came onto a team that asks what it asked before: it does so on their clock, too.

    Who is `new` to it is asked after some weeks what they see.
    """
    step = Step(uow, team, zones_before, team, catalogue, now, [])
    for cadence in uow.cadences.where(team_id=team.id):
        step.make(cadence, cadence)
    if new:
        step.welcome(member)


def _paused_in_chat(
    team: Team, plan: WantedTeam, there: Iterable[Cadence]
) -> Callable[[Cadence, Cadence | None], bool]:
    """Whether a cadence is to be paused: as the plan says; where it does not, as it is.

    What is new in a pack that was paused as one is paused with it.
    """
    said = {one.practice for one in plan.all_cadences() if one.paused is not None}
    of_pack = [one.paused for one in there if one.origin.startswith(f"{team.pack}/")]
    pack_is = bool(of_pack) and all(of_pack)

    def paused(wanted: Cadence, old: Cadence | None) -> bool:
        if wanted.practice in said:
            return wanted.paused
        return old.paused if old else bool(wanted.origin) and pack_is

    return paused
