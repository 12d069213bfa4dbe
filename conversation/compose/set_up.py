"""The three steps in which a team is set up, and a team that is there in words."""

from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from coaching.draft import Draft, as_reference
from coaching.preview import Coming
from coaching.roster import Profile, Room, Standing
from coaching.slot import WEEKDAYS
from coaching.team import Member, Role, Team
from coaching.use_cases.begin_team import AsItIs
from coaching.use_cases.choose_set_up import DAY_BEFORE, Offer, Readers
from coaching.whereabouts import country_of, country_shown
from conversation.compose.phrases import and_list, day, minutes
from conversation.compose.readers import named, where_words_are_seen
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Field,
    FieldKind,
    Form,
    Line,
    Note,
    Paragraph,
    line,
)
from conversation.routes import SET_UP_PACK, SET_UP_PEOPLE, SET_UP_WEEK

__all__ = ["AS_IT_IS", "as_it_is", "begun", "pack_form", "people_form", "week_form"]

AS_IT_IS = "As it is now"
"""The choice of a team that follows no pack."""

_HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(6, 22) for minute in (0, 30))
_MOST_FILLED_IN = 25
"""A channel of more people than a team has is no list of its members."""


def people_form(draft: Draft, room: Room | None, profiles: Mapping[str, Profile]) -> Form:
    """Step 1: who leads, who coaches, who is on the team."""
    people = draft.people or _in_room(draft, room, profiles)
    begins = people and not draft.team
    hint = "I start with the people of this channel, guests left out." if begins else ""
    return Form(
        "Who is on the team (1/3)",
        (
            Field("lead", "Who leads the team?", FieldKind.PERSON, initial=draft.lead),
            Field(
                "coach",
                "Who coaches it?",
                FieldKind.PERSON,
                "A coach is not asked, and hears from me when something needs a person.",
                optional=True,
                initial=draft.coach,
            ),
            Field(
                "people",
                "Who else is on the team?",
                FieldKind.PEOPLE,
                f"{hint} Each of them is told, and can be left out in one press.".strip(),
                initial="\n".join(people),
            ),
        ),
        route=SET_UP_PEOPLE,
        reference=as_reference(draft),
        submit="Next",
    )


def _in_room(draft: Draft, room: Room | None, profiles: Mapping[str, Profile]) -> Sequence[str]:
    users = room.users if room else ()
    known = [user for user in users if user in profiles]
    people = [user for user in known if profiles[user].standing is Standing.PERSON]
    others = [user for user in people if user not in {draft.lead, draft.coach}]
    return others if len(others) <= _MOST_FILLED_IN else ()


def week_form(draft: Draft, timezone: str) -> Form:
    """Step 2: when the team meets, and so when it is asked. `timezone`: of who fills it in."""
    zone = draft.timezone or timezone
    country = draft.country or country_of(zone)
    there = draft.slot.split(" ") if draft.slot else []
    days = WEEKDAYS if draft.team else (DAY_BEFORE, *WEEKDAYS)
    asks_at = there[1] if there else "09:00"
    return Form(
        "Your week (2/3)",
        (
            *(() if draft.team else _meets()),
            Field(
                "asks_on",
                "When shall I ask?",
                FieldKind.CHOICE,
                initial=there[0] if there else ("" if draft.team else DAY_BEFORE),
                choices=days,
            ),
            Field(
                "asks_at",
                "At what hour, on each person's own clock?",
                FieldKind.CHOICE,
                initial=asks_at,
                choices=tuple(sorted({*_HOURS, asks_at})),
            ),
            Field(
                "timezone",
                "The team's time zone",
                FieldKind.CHOICE,
                "Type a city or a country.",
                initial=zone,
                sought=True,
            ),
            Field(
                "country",
                "The country whose holidays you keep",
                FieldKind.CHOICE,
                "Type its name; for a part of one, a code such as GB-ENG.",
                initial=country_shown(country),
                sought=True,
            ),
            *_quiet(again=bool(draft.team)),
        ),
        route=SET_UP_WEEK,
        reference=as_reference(draft),
        submit="Next",
    )


def _meets() -> tuple[Field, ...]:
    return (
        Field("meets_on", "When does your team meet?", FieldKind.CHOICE, choices=WEEKDAYS),
        Field("meets_at", "At what hour?", FieldKind.CHOICE, initial="10:00", choices=_HOURS),
    )


def _quiet(*, again: bool) -> tuple[Field, ...]:
    label = "More weeks without questions: from" if again else "Weeks without questions: from"
    hint = "The closing of the books, an audit, summer."
    return (
        Field("quiet_from", label, FieldKind.DATE, hint, optional=True),
        Field("quiet_until", "Until", FieldKind.DATE, optional=True),
    )


def pack_form(
    draft: Draft,
    offers: Sequence[Offer],
    name: str,
    there: Team | None,
    readers: Readers | None,
) -> Form:
    """Step 3: the pack, with what each would bring. `there`: the team, where it is one already.

    `readers`: who reads along in the channel, as far as it can be seen.
    """
    pack = there.pack if there else None
    zone = ZoneInfo(draft.timezone)
    body: list[Block | Field] = [
        Field("name", "What is the team called?", FieldKind.SHORT_TEXT, initial=name)
    ]
    for one in offers:
        body += _offered(one, zone)
    names = [one.pack.name for one in offers]
    chosen = next((one.pack.name for one in offers if one.pack.key == pack), "")
    if pack == "":
        names, chosen = [AS_IT_IS, *names], AS_IT_IS
    body.append(
        Field(
            "pack",
            "Which one fits?",
            FieldKind.CHOICE,
            "It can be changed at any time.",
            initial=chosen,
            choices=tuple(names),
        )
    )
    body += where_words_are_seen(there, readers)
    return Form(
        "What comes (3/3)",
        tuple(body),
        route=SET_UP_PACK,
        reference=as_reference(draft),
        submit="Save" if draft.team else "Start",
    )


def _offered(one: Offer, zone: ZoneInfo) -> list[Block | Field]:
    sittings = [coming for coming in one.coming if not coming.reminder]
    takes = sum(coming.minutes for coming in sittings)
    reminders = len(one.coming) - len(sittings)
    return [
        Paragraph(line(Bold(one.pack.name), f": {one.pack.about}")),
        Bullets(tuple(_coming(coming, zone) for coming in sittings)),
        Note(
            line(
                f"For one leader, in the next 28 days: {len(one.coming)} messages at most, of which"
                f" {reminders} remind who has not answered; {minutes(takes)} in all."
            )
        ),
    ]


def _coming(coming: Coming, zone: ZoneInfo) -> Line:
    names = and_list([practice.name for practice in coming.practices])
    return line(f"{day(coming.at.astimezone(zone).date())}: {names}, {minutes(coming.minutes)}")


def begun(team: Team, *, new: bool) -> Form:
    """What follows, to who pressed Start or Save."""
    first = (
        f" The first questions come on {day(team.pack_since)}." if new and team.pack_since else ""
    )
    told = "Everybody gets a direct message now, or when their working day begins." if new else ""
    more = "Who is new on the team is told. Everybody else notices only when they are asked."
    return Form(
        "Set up" if new else "Saved",
        (
            Paragraph(line(Bold(team.name), f" is set up.{first}" if new else " is saved.")),
            Paragraph(line(told or more)),
            Note(line("/widelens setup, in the team's channel, shows and changes this.")),
        ),
    )


def as_it_is(there: AsItIs) -> Form:
    """A team that is there, to somebody who can't change it."""
    team = there.team
    asked = f"Asked on {team.slot}, each on their own clock" if team.slot else "Asked at set hours"
    return Form(
        "This team",
        (
            Paragraph(line(Bold(team.name), " is set up already.")),
            Bullets(
                (
                    *_people(there.members),
                    line(
                        f"{asked}; the team's clock is {team.timezone}, its holidays those of"
                        f" {country_shown(team.country)}"
                    ),
                    line(
                        "What people write stays out of this channel"
                        if team.discreet
                        else "What people write stands in this channel"
                    ),
                )
            ),
            Note(line("Its lead or coach can change this, with /widelens setup in this channel.")),
        ),
    )


def _people(members: Iterable[Member]) -> Iterable[Line]:
    by_role: dict[Role, list[str]] = {}
    for member in members:
        by_role.setdefault(member.role, []).append(member.user)
    for role, label in ((Role.LEAD, "Lead"), (Role.COACH, "Coach"), (Role.LEADER, "On the team")):
        if users := by_role.get(role):
            yield (f"{label}: ", *named(users))
