"""Steps by which a team's cadences become what is wanted: what is due moves, and is told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence, WallClock
from coaching.catalogue import Catalogue
from coaching.identifiers import new_id
from coaching.occasion import Occasion, coming_occasions, occasions, zones_of
from coaching.pack import Pack, load_packs
from coaching.ports import UnitOfWork
from coaching.practice import Audience
from coaching.rhythm import in_words
from coaching.team import Member, Team

__all__ = ["Step"]

_LONGER_THAN_ANY_WEEK = timedelta(days=9)
_SEEN_ENOUGH = timedelta(days=30)
_JOINED = "joined/"


@dataclass(frozen=True, slots=True)
class Step:
    """What is done for the cadences of one team.

    `before` is the team as it was, if it was; `zones_before` are those of its people.
    """

    uow: UnitOfWork
    before: Team | None
    zones_before: frozenset[ZoneInfo]
    team: Team
    catalogue: Catalogue
    now: datetime
    changes: list[str]

    def make(self, wanted: Cadence, there: Cadence | None) -> None:
        """Add it, or change what is there, with a sentence for each change."""
        if there is None:
            cadence = self._due(wanted, date.min)
            self.uow.cadences.add(cadence)
            if not cadence.origin:
                self.tell(f"{self.name(cadence.practice)} {self._rhythm(cadence)}.")
            return
        if there.paused != wanted.paused:
            there = replace(there, paused=wanted.paused)
            self.uow.cadences.save(there)
            paused = "is paused: nothing of it comes" if there.paused else "goes on"
            self.tell(f"{self.name(there.practice)} {paused}.")
        if there.asked != wanted.asked:
            there = replace(there, asked=wanted.asked)
            self.uow.cadences.save(there)
            self.tell(f"{self.name(there.practice)} is now asked of {_whom(there)}.")
        if not self._comes_otherwise(there, wanted):
            return
        # A new rule counts its weeks from today; a new hour keeps the weeks as they were.
        keeps = there.rrule == wanted.rrule and not wanted.origin
        starts_on = there.starts_on if keeps else wanted.starts_on
        changed = replace(
            there,
            rrule=wanted.rrule,
            at=wanted.at,
            clock=wanted.clock,
            starts_on=starts_on,
            changed_by="" if _rhythm_of(there) != _rhythm_of(wanted) else there.changed_by,
        )
        cadence = self._due(changed, self._met_until(there, changed))
        if cadence != there:
            self.uow.cadences.save(cadence)
            if not cadence.origin:
                self.tell(f"{self.name(cadence.practice)} is now {self._rhythm(cadence)}.")

    def own(self, there: Cadence | None, wanted: Cadence | None) -> None:
        """Add, change or remove one that somebody chose in chat, day of its start and all."""
        if wanted is None and there is not None:
            self.uow.cadences.remove(there.id)
        elif wanted is not None and there is not None:
            self.uow.cadences.save(self._due(wanted, self._met_until(there, wanted)))
        elif wanted is not None:
            self.uow.cadences.add(self._due(wanted, date.min))

    def welcome(self, member: Member) -> None:
        """Have somebody who joined asked what they see, once they have seen something."""
        today = self.now.astimezone(ZoneInfo(self.team.timezone)).date()
        for practice in self.catalogue.values():
            if practice.audience is Audience.NEWCOMER and self.team.slot and member.is_asked:
                cadence = Cadence(
                    id=new_id(),
                    workspace_id=self.team.workspace_id,
                    team_id=self.team.id,
                    practice=practice.key,
                    rrule="FREQ=DAILY;COUNT=1",
                    at=None,
                    starts_on=today + _SEEN_ENOUGH,
                    next_due_at=None,
                    origin=f"{_JOINED}{member.user}",
                    asked=(member.user,),
                )
                self.uow.cadences.add(self._due(cadence, date.min))

    def welcomes(self, cadence: Cadence) -> bool:
        """Whether it is asked of somebody who has joined and is still there."""
        there = {one.user for one in self.uow.members.where(team_id=self.team.id, active=True)}
        return cadence.origin.startswith(_JOINED) and not there.isdisjoint(cadence.asked)

    def _comes_otherwise(self, there: Cadence, wanted: Cadence) -> bool:
        """Whether it comes at other moments than before. What is due and not opened stays due."""
        if _rhythm_of(there) != _rhythm_of(wanted):
            return True
        if wanted.origin and there.starts_on != wanted.starts_on:
            return True
        was, now = self.before or self.team, self.team
        moved = was.timezone != now.timezone or self.zones_before != self._zones
        moved = moved or (wanted.at is None and was.slot != now.slot)
        other_days = (was.country, was.blackout) != (now.country, now.blackout)
        return moved or (other_days and not self._is_due(there))

    @property
    def _zones(self) -> frozenset[ZoneInfo]:
        return zones_of(self.uow.members.where(team_id=self.team.id, active=True))

    def _is_due(self, cadence: Cadence) -> bool:
        return cadence.next_due_at is not None and cadence.next_due_at <= self.now

    def _met_until(self, there: Cadence, changed: Cadence) -> date:
        """The last day of the rule that was met in the slot as it was: it is not met again."""
        was = self.before
        same_rule = (there.rrule, there.starts_on) == (changed.rrule, changed.starts_on)
        if was is None or not same_rule or there.at is not None or changed.at is not None:
            return date.min
        earlier = occasions(there, was, self.now - _LONGER_THAN_ANY_WEEK, self.zones_before)
        met = takewhile(lambda one: one.hour.begins_at <= self.now, earlier)
        return max((one.ruled for one in met), default=date.min)

    def _due(self, cadence: Cadence, met_until: date) -> Cadence:
        coming = (one for one in self._coming(cadence) if one.ruled > met_until)
        first = next(coming, None)
        return replace(cadence, next_due_at=first.hour.begins_at if first else None)

    def _coming(self, cadence: Cadence) -> Iterator[Occasion]:
        return coming_occasions(cadence, self.team, self.now, self._zones)

    def _rhythm(self, cadence: Cadence) -> str:
        at = cadence.at or (self.team.slot.at if self.team.slot else time())
        said = in_words(cadence.rrule, at)
        first = next((one for one in self._coming(cadence) if one.comes), None)
        if first is None:
            return f"{said}, which never comes again"
        local = first.hour.due_at.astimezone(ZoneInfo(self.team.timezone))
        return f"{said}, next on {local:%A} {local.day} {local:%B %Y}"

    def tell_pack(self) -> None:
        """Say that a pack ends, or begins."""
        was, now = self.before.pack if self.before else "", self.team.pack
        if was != now and was:
            self.tell(f"the pack {_pack(was).name} ends.")
        if was != now and self.team.slot and self.team.pack_since:
            first = self.team.pack_since
            self.tell(
                f"the pack {_pack(now).name} begins with the sitting on"
                f" {first:%A} {first.day} {first:%B %Y}."
            )

    def name(self, practice: str) -> str:
        """What people call it."""
        known = self.catalogue.get(practice)
        return known.name if known else practice.capitalize()

    def tell(self, sentence: str) -> None:
        """Add a sentence."""
        self.changes.append(f"{self.team.name}: {sentence}")


def _rhythm_of(cadence: Cadence) -> tuple[str, time | None, WallClock]:
    # A digest is always on the team's clock: what the plan says of its clock changes nothing.
    clock = WallClock.TEAM if cadence.practice == DIGEST else cadence.clock
    return cadence.rrule, cadence.at, clock


def _whom(cadence: Cadence) -> str:
    return ", ".join(cadence.asked) or "everybody whom it is for"


def _pack(key: str) -> Pack:
    return load_packs()[key]
