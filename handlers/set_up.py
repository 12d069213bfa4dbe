"""Arriving in a channel, and setting its team up there: three steps, and the way out."""

from coaching.draft import Draft, from_reference
from coaching.errors import Refused
from coaching.pack import load_packs
from coaching.ports import UnitOfWork
from coaching.quiet_hours import EVENING_TO_MORNING, QuietHours
from coaching.roster import Room
from coaching.team import Team
from coaching.use_cases.arrive import arrive
from coaching.use_cases.be_discreet import keep_discreet
from coaching.use_cases.begin_team import (
    AsItIs,
    begin_team,
    draft_of,
    look_at,
    plan_of,
    set_left_out,
)
from coaching.use_cases.choose_set_up import (
    Readers,
    choose_people,
    choose_rhythm,
    demand_there,
    offer,
    who_reads_along,
)
from conversation.compose.arrival import what_i_keep
from conversation.compose.readers import KEEP_OUT, WORDS
from conversation.compose.set_up import (
    AS_IT_IS,
    as_it_is,
    begun,
    pack_form,
    people_form,
    week_form,
)
from conversation.events import (
    BotCameToChannel,
    CommandGiven,
    FormSubmitted,
    Nothing,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
)
from handlers.services import Services

__all__ = [
    "came_to_channel",
    "choose_pack",
    "command",
    "leave_out",
    "open_form",
    "read_what_i_keep",
    "say_people",
    "say_week",
    "take_in",
]

_UNSEEN = (
    "I can't see who is in this channel at the moment. Am I in it? If so, try again in a minute:"
    " nothing is lost."
)
_NOT_IN_IT = "Only somebody who is in the team's channel can set the team up."
_NAMELESS = "Give the team a name, of at most 80 characters."
_NO_PACK = "Choose one of these."
_LONGEST_NAME = 80
_FEW = 60


async def came_to_channel(services: Services, event: BotCameToChannel) -> Reply:
    """The bot was added to a channel: it says once who it is."""
    now = services.clock.now()
    await services.take_in(
        event.workspace_id, event.id, lambda uow: arrive(uow, event.channel, now)
    )
    return Nothing()


async def read_what_i_keep(_services: Services, _event: Pressed) -> Reply:
    """*What I keep, and who sees it* was pressed."""
    return OpenForm(what_i_keep())


async def open_form(services: Services, event: Pressed) -> Reply:
    """*Set this team up* was pressed: the first step, or what is set up already."""
    return await _open(services, event.workspace_id, event.user, event.value)


async def command(services: Services, event: CommandGiven) -> Reply:
    """`/widelens setup` was given in a channel."""
    return await _open(services, event.workspace_id, event.user, event.channel)


async def _open(services: Services, workspace_id: str, user: str, channel: str) -> Reply:
    def look(uow: UnitOfWork) -> tuple[AsItIs | None, Draft]:
        there = look_at(uow, channel, user)
        return there, draft_of(uow, there) if there else Draft(channel, lead=user)

    there, draft = await services.store.read(workspace_id, look)
    if there is not None:
        return OpenForm(people_form(draft, None, {}) if there.changes else as_it_is(there))
    room = await services.roster.room(channel)
    if room is None:
        raise Refused(_UNSEEN)
    if user not in room.users:
        raise Refused(_NOT_IN_IT)
    return OpenForm(people_form(draft, room, await services.roster.profiles(_few(room))))


async def say_people(services: Services, event: FormSubmitted) -> Reply:
    """Step 1 was sent."""
    chosen = [event.values.get(key, "") for key in ("lead", "coach", "people")]
    users = {user for one in chosen for user in one.split("\n") if user}
    profiles = await services.roster.profiles({*users, event.user})
    draft = choose_people(from_reference(event.reference), event.values, profiles)
    own = profiles.get(event.user)
    return ReplaceForm(week_form(draft, own.timezone if own else ""))


async def say_week(services: Services, event: FormSubmitted) -> Reply:
    """Step 2 was sent: what each pack would bring such a team."""
    now = services.clock.now()
    before = from_reference(event.reference)
    there = await services.store.read(
        event.workspace_id, lambda uow: uow.teams.one(id=before.team) if before.team else None
    )
    draft = choose_rhythm(before, event.values, now.date(), _quiet_of(there))
    room = await services.roster.room(draft.channel)
    profiles = await services.roster.profiles({*draft.everybody, *_few(room)})
    name = there.name if there else _called(room)
    plan = await services.store.read(
        event.workspace_id, lambda uow: plan_of(uow, draft, name, "", profiles)
    )
    offers = list(offer(plan, event.workspace_id, services.catalogue, now))
    readers = who_reads_along(draft, room, profiles) if room else None
    return ReplaceForm(pack_form(draft, offers, name, there, readers))


async def choose_pack(services: Services, event: FormSubmitted) -> Reply:
    """*Start* (or *Save*) was pressed."""
    now = services.clock.now()
    draft = from_reference(event.reference)
    name, pack = _name_of(event), _pack_of(event)
    room = await services.roster.room(draft.channel)
    if room is None and not draft.team:
        raise Refused(_UNSEEN)
    profiles = await services.roster.profiles({*draft.everybody, *_few(room)})
    demand_there(draft, profiles)
    here = room.users if room else ()
    readers = who_reads_along(draft, room, profiles) if room and not draft.team else None
    discreet = _discreet(event.values.get(WORDS), readers)

    def begin(uow: UnitOfWork) -> Team:
        plan = plan_of(uow, draft, name, pack, profiles)
        team = begin_team(uow, plan, draft, event.user, here, services.catalogue, now)
        return team if discreet is None else keep_discreet(uow, team, on=discreet)

    team = await services.keep(event.workspace_id, begin)
    return ReplaceForm(begun(team, new=not draft.team))


async def leave_out(services: Services, event: Pressed) -> Reply:
    """*Leave me out* was pressed: the message itself says that it holds."""
    return await _set_left_out(services, event, out=True)


async def take_in(services: Services, event: Pressed) -> Reply:
    """*Ask me again* was pressed."""
    return await _set_left_out(services, event, out=False)


async def _set_left_out(services: Services, event: Pressed, *, out: bool) -> Reply:
    now = services.clock.now()
    await services.keep(
        event.workspace_id, lambda uow: set_left_out(uow, event.value, event.user, now, out=out)
    )
    return Nothing()


def _few(room: Room | None) -> tuple[str, ...]:
    """Those in a channel, where they are few enough to be looked up while somebody waits."""
    return room.users if room and len(room.users) <= _FEW else ()


def _quiet_of(team: Team | None) -> QuietHours | None:
    return team.quiet_hours if team else EVENING_TO_MORNING


def _called(room: Room | None) -> str:
    name = " ".join((room.name if room else "").replace("-", " ").replace("_", " ").split())
    return (name[:1].upper() + name[1:])[:_LONGEST_NAME] or "Our team"


def _discreet(chosen: str | None, readers: Readers | None) -> bool | None:
    """Whether words stay out of the channel; None where that stays as it is.

    Where it was not asked, they do if others read along. `readers`: of a new team.
    """
    if chosen:
        return chosen == KEEP_OUT
    return readers.any if readers else None


def _name_of(event: FormSubmitted) -> str:
    name = " ".join(event.values.get("name", "").split())
    if not name or len(name) > _LONGEST_NAME:
        raise Refused(_NAMELESS, {"name": _NAMELESS})
    return name


def _pack_of(event: FormSubmitted) -> str:
    chosen = event.values.get("pack", "")
    keys = {pack.name: key for key, pack in load_packs().items()} | {AS_IT_IS: ""}
    if chosen not in keys:
        raise Refused(_NO_PACK, {"pack": _NO_PACK})
    return keys[chosen]
