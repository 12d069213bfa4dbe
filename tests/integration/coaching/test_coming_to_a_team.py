"""Who comes to a team's channel: on the team at once, or once its lead says so; and who is told."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.delivery import DeliveryKind, DeliveryState
from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.roster import Profile, Standing
from coaching.slot import Slot
from coaching.team import Role, Team
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.answer_prompt import open_sittings
from coaching.use_cases.membership import leave_channel, leave_workspace
from coaching.use_cases.set_up_team import apply_teams
from coaching.use_cases.take_on import come_to_channel, let_go, take_on
from coaching.use_cases.wish import Wish, set_pace
from conversation.compose import compose
from conversation.messages import Button, Buttons, Message
from conversation.platform import Later
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)

PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER),
        WantedMember("U9", Role.COACH),
    ),
    cadences=(WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU", time(9)),),
)
VERA = Profile("U7", Standing.PERSON, "Europe/London")
NOTE, WELCOME = DeliveryKind.COACH_NOTE, DeliveryKind.WELCOME


@pytest.fixture
async def weeks(sqlite_store: SqlStore) -> Weeks:
    weeks = Weeks(sqlite_store, MONDAY)
    await weeks.apply(PLAN)
    return weeks


async def comes(
    weeks: Weeks, profile: Profile | None = VERA, *, private: bool = True, channel: str = "C1"
) -> None:
    user = profile.user if profile else VERA.user
    await weeks.do(
        lambda uow: come_to_channel(
            uow,
            user,
            channel,
            profile,
            private=private,
            catalogue=weeks.catalogue,
            now=weeks.now,
        )
    )
    await weeks.run_until(weeks.now)


async def leaves(weeks: Weeks, user: str = "U7") -> None:
    await weeks.do(lambda uow: leave_channel(uow, user, "C1", weeks.now))
    await weeks.run_until(weeks.now)


async def team(weeks: Weeks) -> Team:
    return (await weeks.do(lambda uow: uow.teams.where(channel="C1")))[0]


async def takes_on(
    weeks: Weeks,
    by: str = "U1",
    profile: Profile | None = VERA,
    here: tuple[str, ...] | None = None,
) -> None:
    team_id = (await team(weeks)).id
    await weeks.do(
        lambda uow: take_on(uow, team_id, "U7", by, profile, here, weeks.catalogue, weeks.now)
    )
    await weeks.run_until(weeks.now)


async def lets_go(weeks: Weeks, user: str = "U7", by: str = "U1") -> None:
    team_id = (await team(weeks)).id
    await weeks.do(lambda uow: let_go(uow, team_id, user, by, weeks.now))
    await weeks.run_until(weeks.now)


async def is_on_it(weeks: Weeks, user: str = "U7") -> bool:
    found = await weeks.do(lambda uow: uow.members.where(user=user))
    assert len(found) <= 1, "nobody is there twice"
    return bool(found) and found[0].active


async def told(weeks: Weeks, user: str, kind: DeliveryKind) -> list[str]:
    """What stands in somebody's direct messages, as it stands now: blocks and buttons."""
    known = await weeks.deliveries()
    posts = [one for one in known.values() if (one.kind, one.addressee_id) == (kind, user)]
    sent = [one for one in posts if not one.update_of and one.state is DeliveryState.SENT]

    def now_say(uow: UnitOfWork) -> list[Message | str | Later]:
        return [compose(uow, replace(one, update_of=one.id), weeks.now) for one in sent]

    return [_shown(one) for one in await weeks.do(now_say) if isinstance(one, Message)]


def _shown(message: Message) -> str:
    labels = [one.label for one in _buttons(message)]
    return f"{message.blocks} {' '.join(f'[{label}]' for label in labels)}"


def _buttons(message: Message) -> list[Button]:
    return [one for block in message.blocks if isinstance(block, Buttons) for one in block.buttons]


async def test_who_comes_to_a_private_channel_is_on_the_team_and_is_told(weeks: Weeks) -> None:
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await comes(weeks)
    assert (await weeks.member("U7")).role is Role.LEADER
    (welcome,) = await told(weeks, "U7", WELCOME)
    assert "You came to " in welcome
    assert "[Leave me out]" in welcome
    (note,) = await told(weeks, "U1", NOTE)
    assert "I have told them what comes" in note
    assert "[Not on the team]" in note
    assert await told(weeks, "U9", NOTE) == [], "the lead is told, and nobody else"
    assert await weeks.do(lambda uow: open_sittings(uow, "U7", weeks.now)) == []
    await comes(weeks)
    assert len(await told(weeks, "U7", WELCOME)) == 1
    await weeks.run_until(TUESDAY_NINE + WEEK)
    prompts = await weeks.said_to("U7", DeliveryKind.PROMPT)
    assert [one.posted_at for one in prompts] == [TUESDAY_NINE + WEEK]


async def test_they_are_asked_on_their_own_clock(weeks: Weeks) -> None:
    await comes(weeks, replace(VERA, timezone="Asia/Tokyo"))
    await weeks.run_until(TUESDAY_NINE + WEEK)
    prompts = await weeks.said_to("U7", DeliveryKind.PROMPT)
    tokyo_nine = datetime(2026, 10, 6, tzinfo=UTC)
    assert [one.posted_at for one in prompts] == [tokyo_nine, tokyo_nine + WEEK]
    others = await weeks.said_to("U2", DeliveryKind.PROMPT)
    assert [one.posted_at for one in others] == [TUESDAY_NINE, TUESDAY_NINE + WEEK]


async def test_who_is_new_is_asked_later_what_they_see(sqlite_store: SqlStore) -> None:
    weeks = Weeks(sqlite_store, MONDAY)
    await weeks.apply(replace(PLAN, slot=Slot(1, time(9))))
    await comes(weeks)
    asked = await weeks.do(lambda uow: [one for one in uow.cadences.where() if one.asked])
    assert [(one.practice, one.asked) for one in asked] == [("onboarding", ("U7",))]
    await leaves(weeks)
    await comes(weeks)
    again = await weeks.do(lambda uow: [one for one in uow.cadences.where() if one.asked])
    assert len(again) == 1


@pytest.mark.parametrize(
    ("profile", "private"),
    [
        (VERA, False),
        (replace(VERA, standing=Standing.GUEST), True),
        (replace(VERA, standing=Standing.GUEST), False),
        (None, True),
        (None, False),
    ],
)
async def test_of_everybody_else_the_lead_is_asked_once_and_they_are_not(
    weeks: Weeks, profile: Profile | None, private: bool
) -> None:
    for _ in range(2):
        await comes(weeks, profile, private=private)
    assert not await is_on_it(weeks)
    assert await weeks.said_to("U7") == []
    (note,) = await told(weeks, "U1", NOTE)
    assert "I ask them nothing" in note
    assert "[Take them onto the team]" in note
    await takes_on(weeks)
    await takes_on(weeks, by="U9")
    assert await is_on_it(weeks)
    (welcome,) = await told(weeks, "U7", WELCOME)
    assert "Person(user='U1')" in welcome
    assert "has put you on" in welcome
    (now_it_says,) = await told(weeks, "U1", NOTE)
    assert "[Not on the team]" in now_it_says


@pytest.mark.parametrize("standing", [Standing.APP, Standing.GONE])
async def test_apps_and_closed_accounts_are_nobody(weeks: Weeks, standing: Standing) -> None:
    await comes(weeks, replace(VERA, standing=standing))
    assert not await is_on_it(weeks)
    assert await told(weeks, "U1", NOTE) == []


async def test_before_a_team_is_there_and_who_is_on_it_already_is_nothing(weeks: Weeks) -> None:
    await comes(weeks, channel="C7")
    for user in ("U1", "U2", "U9"):
        await comes(weeks, replace(VERA, user=user))
    assert await weeks.do(lambda uow: uow.deliveries.where()) == []
    assert (await weeks.member("U9")).role is Role.COACH


async def test_who_left_and_comes_back_has_their_place_again(weeks: Weeks) -> None:
    await comes(weeks)
    first = await weeks.member("U7")
    await weeks.do(lambda uow: set_pace(uow, "U7", Wish.OPTED_OUT, weeks.now, on=True))
    await leaves(weeks)
    assert not await is_on_it(weeks)
    (note,) = await told(weeks, "U1", NOTE)
    assert "has left the team since" in note
    await comes(weeks)
    again = await weeks.member("U7")
    assert (again.id, again.active, again.chosen.opted_out) == (first.id, True, True)
    assert len(await told(weeks, "U1", NOTE)) == 2
    await leaves(weeks)
    left = [one for one in await told(weeks, "U9", NOTE) if "has left Northwind" in one]
    assert len(left) == 2, "each time they leave"


async def test_a_lead_who_comes_back_leads_unless_somebody_else_does(weeks: Weeks) -> None:
    lead = replace(VERA, user="U1")
    await leaves(weeks, "U1")
    (note,) = await told(weeks, "U9", NOTE)
    assert "Nobody leads the team now." in note
    await comes(weeks, lead)
    assert (await weeks.member("U1")).role is Role.LEAD
    await leaves(weeks, "U1")
    successor = WantedMember("U2", Role.LEAD)
    await weeks.apply(replace(PLAN, members=(successor, PLAN.members[-1])))
    await comes(weeks, lead)
    assert (await weeks.member("U1")).role is Role.LEADER


async def test_without_a_lead_the_coach_is_asked_and_a_former_coach_is_not_taken_on(
    weeks: Weeks,
) -> None:
    await leaves(weeks, "U1")
    await comes(weeks, private=False)
    assert "[Take them onto the team]" in (await told(weeks, "U9", NOTE))[-1]
    await takes_on(weeks, by="U9")
    await weeks.do(lambda uow: leave_workspace(uow, "U9", weeks.now))
    await comes(weeks, replace(VERA, user="U9"))
    assert not await is_on_it(weeks, "U9")


async def test_who_is_not_on_the_team_is_not_brought_up_again(weeks: Weeks) -> None:
    await comes(weeks)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting = await weeks.sitting("U7")
    assert sitting is not None
    await lets_go(weeks)
    await lets_go(weeks, by="U9")
    assert not await is_on_it(weeks)
    assert (await weeks.do(lambda uow: uow.sittings.get(sitting.id))).reason == "left the team"
    (welcome,) = await told(weeks, "U7", WELCOME)
    assert "You are not on Northwind leadership with me any more" in welcome
    (note,) = await told(weeks, "U1", NOTE)
    assert "as its lead or coach said" in note
    for private in (True, False):
        await leaves(weeks)
        await comes(weeks, private=private)
    assert not await is_on_it(weeks)
    assert len(await told(weeks, "U1", NOTE)) == 1
    await takes_on(weeks)
    assert len(await told(weeks, "U7", WELCOME)) == 2
    await leaves(weeks)
    await comes(weeks)
    assert await is_on_it(weeks)


async def test_an_undone_welcome_that_waits_is_never_said(weeks: Weeks) -> None:
    await weeks.run_until(MONDAY.replace(hour=22))
    await comes(weeks)
    await lets_go(weeks)
    await takes_on(weeks)
    await leaves(weeks)
    await comes(weeks)
    await weeks.run_until(TUESDAY_NINE)
    assert len(await told(weeks, "U7", WELCOME)) == 1
    reasons = set(await weeks.reasons("U7", WELCOME))
    assert reasons == {"not on the team any more", "welcomed anew"}


async def test_a_note_about_who_left_before_it_was_said_is_never_said(weeks: Weeks) -> None:
    await weeks.run_until(MONDAY.replace(hour=22))
    await comes(weeks, private=False)
    await leaves(weeks)
    await weeks.run_until(TUESDAY_NINE)
    assert await told(weeks, "U1", NOTE) == []
    assert await weeks.reasons("U1", NOTE) == ["left the channel again"]


@pytest.mark.parametrize("act", [takes_on, lets_go])
async def test_only_lead_and_coach_say_who_is_on_it(weeks: Weeks, act: object) -> None:
    await comes(weeks)
    assert callable(act)
    with pytest.raises(Refused, match="Only the team's lead or coach"):
        await act(weeks, by="U2")
    with pytest.raises(Refused, match="You are not on this team any more"):
        await act(weeks, by="U5")

    def on_no_team(uow: UnitOfWork) -> None:
        let_go(uow, "gone", "U7", "U1", weeks.now)

    with pytest.raises(Refused, match="This team is no longer here"):
        await weeks.do(on_no_team)


@pytest.mark.parametrize(
    ("profile", "here", "sentence"),
    [
        (replace(VERA, standing=Standing.APP), None, "I can only ask people"),
        (replace(VERA, standing=Standing.GONE), None, "They have left the workspace"),
        (VERA, ("U1", "U2"), "not in the team's channel any more"),
    ],
)
async def test_whom_it_cannot_ask_is_not_taken_on(
    weeks: Weeks, profile: Profile, here: tuple[str, ...] | None, sentence: str
) -> None:
    await comes(weeks, private=False)
    with pytest.raises(Refused, match=sentence):
        await takes_on(weeks, profile=profile, here=here)
    assert not await is_on_it(weeks)


async def test_a_stale_note_lets_nobody_go(weeks: Weeks) -> None:
    await comes(weeks)
    await leaves(weeks)
    with pytest.raises(Refused, match="They have left the team meanwhile"):
        await lets_go(weeks)
    await comes(weeks)
    lead = WantedMember("U7", Role.LEAD)
    await weeks.apply(replace(PLAN, members=(*PLAN.members, lead)))
    assert "leads" in (await told(weeks, "U1", NOTE))[-1]
    with pytest.raises(Refused, match="They lead or coach the team by now"):
        await lets_go(weeks)


async def test_whom_a_plan_adds_is_told_once_and_reads_well_without_a_name(weeks: Weeks) -> None:
    plan = replace(PLAN, members=(*PLAN.members, WantedMember("U7", Role.LEADER)))

    async def applied(wanted: WantedTeam) -> None:
        await weeks.do(
            lambda uow: apply_teams(uow, [wanted], weeks.catalogue, weeks.now, welcomes=True)
        )
        await weeks.run_until(weeks.now)

    for _ in range(2):
        await applied(plan)
    (welcome,) = await told(weeks, "U7", WELCOME)
    assert "Whoever runs me here added you to " in welcome
    assert await told(weeks, "U2", WELCOME) == [], "who was on it knows"
    await applied(PLAN)
    await applied(plan)
    assert len(await told(weeks, "U7", WELCOME)) == 2
    assert await told(weeks, "U1", NOTE) == []
