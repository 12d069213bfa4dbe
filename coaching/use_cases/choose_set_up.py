"""The choices of a set-up, each checked as it is made: who, when, and what that would bring."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from coaching.cadence import DIGEST
from coaching.calendar import Calendar
from coaching.catalogue import Catalogue
from coaching.draft import MOST_PEOPLE, Draft
from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.pack import Pack, load_packs
from coaching.plan_values import slot_from
from coaching.preview import Coming, preview
from coaching.quiet_hours import QuietHours
from coaching.roster import Profile, Room, Standing
from coaching.rule_text import DAYS
from coaching.slot import WEEKDAYS, Slot
from coaching.team import Member, Role, Team
from coaching.team_plan import DEFAULT_DIGEST, WantedCadence, WantedTeam
from coaching.use_cases.changes import member_as_wanted, team_as_wanted
from coaching.use_cases.set_cadences import planned_cadences
from coaching.whereabouts import country_from, zone_from

__all__ = [
    "DAY_BEFORE",
    "FORESEEN",
    "Offer",
    "Readers",
    "choose_people",
    "choose_rhythm",
    "demand_there",
    "digest_for",
    "offer",
    "who_reads_along",
]

DAY_BEFORE = "The working day before"
FORESEEN = timedelta(days=28)

_LEFT_MEANWHILE = (
    "Somebody whom you chose has left the workspace meanwhile, so I changed nothing. Close this,"
    " and begin anew without them."
)
_DAY = timedelta(days=1)
_NOON = time(12)


def choose_people(
    draft: Draft, values: Mapping[str, str], profiles: Mapping[str, Profile]
) -> Draft:
    """The draft with its people. Raises Refused, with the sentence under the field."""
    lead, coach = values.get("lead", ""), values.get("coach", "")
    people = [one for one in values.get("people", "").split("\n") if one]
    if not lead:
        _refuse("lead", "Choose who leads the team.")
    if coach == lead:
        _refuse("coach", "The same person can't lead and coach. Leave this empty for now.")
    others = tuple(one for one in dict.fromkeys(people) if one not in {lead, coach})
    if not others:
        _refuse("people", "Choose at least one more person: a team is more than its lead.")
    if len(others) > MOST_PEOPLE:
        _refuse("people", f"Choose at most {MOST_PEOPLE} people.")
    for field, users in (("lead", [lead]), ("coach", [coach]), ("people", others)):
        _demand_people(field, users, profiles)
    return replace(draft, lead=lead, coach=coach, people=others)


def _demand_people(field: str, users: Collection[str], profiles: Mapping[str, Profile]) -> None:
    standings = [profiles[user].standing for user in users if user in profiles]
    alone = len(users) == 1
    if Standing.APP in standings:
        whom = "This is an app" if alone else "One of these is an app"
        _refuse(field, f"{whom}, and I can only ask people. Choose somebody else.")
    if Standing.GONE in standings:
        whom = "This person has" if alone else "One of these people has"
        _refuse(field, f"{whom} left the workspace. Choose somebody else.")


def choose_rhythm(
    draft: Draft, values: Mapping[str, str], today: date, quiet: QuietHours | None
) -> Draft:
    """The draft with its week. Raises Refused, with the sentences under their fields."""
    problems: dict[str, str] = {}
    timezone = country = ""
    try:
        timezone = zone_from(values.get("timezone", ""))
    except ValueError as wrong:
        problems["timezone"] = str(wrong)
    try:
        country = country_from(values.get("country", ""))
    except ValueError as wrong:
        problems["country"] = str(wrong)
    blackout = _blackout(values, today, problems)
    asks_at = values.get("asks_at", "")
    if quiet is not None and asks_at and slot_from(f"Monday {asks_at}").at in quiet:
        problems["asks_at"] = f"That is in the team's quiet hours, {quiet}. Choose another hour."
    asks_on = values["asks_on"]
    meets = f"{values['meets_on']} {values['meets_at']}" if values.get("meets_on") else ""
    if asks_on == DAY_BEFORE and not meets:
        problems["asks_on"] = "Choose a weekday."
    if problems:
        raise Refused(next(iter(problems.values())), problems)
    if asks_on == DAY_BEFORE:
        asks_on = WEEKDAYS[_working_day_before(slot_from(meets).weekday, country)]
    slot = f"{asks_on} {asks_at}"
    return replace(
        draft, meets=meets, slot=slot, timezone=timezone, country=country, blackout=blackout
    )


def demand_there(draft: Draft, profiles: Mapping[str, Profile]) -> None:
    """Go on if nobody who was chosen has left meanwhile. Raises Refused."""
    gone = [one for one in profiles.values() if one.standing is Standing.GONE]
    if any(one.user in draft.everybody for one in gone):
        raise Refused(_LEFT_MEANWHILE)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who, beside the team, reads what stands in its channel."""

    public: bool
    others: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether there is anybody."""
        return self.public or bool(self.others)


def who_reads_along(draft: Draft, room: Room, profiles: Mapping[str, Profile]) -> Readers:
    """Whether everybody may read the channel, and who of those in it is not on the team."""
    apps = {one.user for one in profiles.values() if one.standing is Standing.APP}
    others = [user for user in room.users if user not in apps and user not in draft.everybody]
    return Readers(room.public, tuple(others))


def _blackout(
    values: Mapping[str, str], today: date, problems: dict[str, str]
) -> tuple[date, date] | None:
    first, last = values.get("quiet_from", ""), values.get("quiet_until", "")
    if not first and not last:
        return None
    if not first or not last:
        missing = "quiet_until" if first else "quiet_from"
        problems[missing] = "Give both days, or none."
        return None
    span = date.fromisoformat(first), date.fromisoformat(last)
    if span[1] < span[0]:
        problems["quiet_until"] = "It ends before it begins. Choose a later day."
    elif span[1] < today:
        problems["quiet_until"] = "Those days have gone by. Choose later ones, or none."
    return span


def digest_for(draft: Draft) -> WantedCadence:
    """The digest that a team reads before it meets: the afternoon before, or the same morning."""
    if not draft.meets:
        return DEFAULT_DIGEST
    meets = slot_from(draft.meets)
    if meets.at < _NOON:
        weekday, at = _working_day_before(meets.weekday, draft.country), time(15)
    else:
        weekday, at = meets.weekday, time(9)
    return WantedCadence(DIGEST, f"FREQ=WEEKLY;BYDAY={DAYS[weekday]}", at)


def _working_day_before(weekday: int, country: str) -> int:
    calendar, before = Calendar(country), (weekday - 1) % 7
    while not _works(calendar, before):
        before = (before - 1) % 7
    return before


def _works(calendar: Calendar, weekday: int) -> bool:
    """Whether people of the country work on that day of the week, holidays aside."""
    first = Slot(weekday, _NOON).day_from(date(2026, 1, 5))
    return any(calendar.is_working(first + weeks * 7 * _DAY) for weeks in range(4))


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack, and what it would bring one leader within `FORESEEN`, in order."""

    pack: Pack
    coming: tuple[Coming, ...]


def offer(
    plan: WantedTeam, workspace_id: str, catalogue: Catalogue, now: datetime
) -> Iterator[Offer]:
    """Each pack for a team that begins now as the plan says, for one who leads without the lead."""
    for pack in load_packs().values():
        wanted = replace(plan, pack=pack.key)
        blank = Team(
            id=new_id(),
            workspace_id=workspace_id,
            name=plan.name,
            channel=plan.channel,
            timezone=plan.timezone,
            country=plan.country,
        )
        team = team_as_wanted(blank, wanted, now)
        members = [
            member_as_wanted(Member(new_id(), workspace_id, team.id, one.user, one.role), one)
            for one in plan.members
        ]
        leader = next((one for one in members if one.role is Role.LEADER), members[0])
        cadences = list(planned_cadences(team, wanted, now))
        coming = preview(team, cadences, members, catalogue, leader, now, now + FORESEEN)
        yield Offer(pack, tuple(coming))


def _refuse(field: str, sentence: str) -> None:
    raise Refused(sentence, {field: sentence})
