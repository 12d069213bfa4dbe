"""A breakdown's follow-through and its register, as people press and send."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coaching.breakdown import Breakdown
from coaching.catalogue import practice_that_feeds
from coaching.delivery import Delivery, DeliveryKind
from coaching.practice import Feeds
from coaching.use_cases.entry_changes import changes_of
from coaching.use_cases.learn_from_breakdown import log_breakdown
from coaching.use_cases.membership import leave_channel
from conversation.compose.which_team import TEAM
from conversation.events import FormChanged, HomeOpened, Nothing, Pressed, Reply, ShowHome
from conversation.messages import Buttons, Form, Message
from conversation.routes import BREAKDOWN_DONE, BREAKDOWN_OPEN, BREAKDOWNS_LIST
from storage import SqlStore
from tests.integration.coaching.week import MONDAY, PLAN, WORKSPACE, Week
from tests.integration.handlers.answering import BOARD, Answering, form, problems, whispered

NEED = {
    "what": "Export to the regulator fails",
    "needed_now": "A second approver",
    "owner": "U3",
    "by": "2026-10-09",
}
FRIDAY_NINE = datetime(2026, 10, 9, 8, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture
async def answering(store: SqlStore) -> Answering:
    week = Week(store)
    await week.set_up(replace(PLAN, cadences=()))
    return Answering(week)


async def log(answering: Answering, user: str = "U2", **given: str) -> Breakdown:
    week = answering.week
    practice = practice_that_feeds(week.catalogue, Feeds.BREAKDOWNS)
    member = await week.member(user)
    told = {**NEED, **given}
    view = await week.do(
        lambda uow: log_breakdown(uow, practice, member.id, user, f"{told['what']}", told, week.now)
    )
    await week.sends_all()
    return view.breakdown


async def presses(answering: Answering, user: str, shown: Message | Form, label: str) -> Reply:
    blocks = shown.blocks if isinstance(shown, Message) else shown.body
    found = [
        button
        for block in blocks
        if isinstance(block, Buttons)
        for button in block.buttons
        if button.label.startswith(label)
    ]
    return await answering.does(Pressed(WORKSPACE, user, found[0].route, found[0].value))


async def asked(answering: Answering, moment: datetime) -> list[tuple[Delivery, Message]]:
    """The follow-ups that are said when time has come to `moment`."""
    week = answering.week
    week.now = moment
    all_sent = [one for one in await week.sends_all() if one.update_of is None]
    sent = [one for one in all_sent if one.kind is DeliveryKind.FOLLOW_UP]
    said = [(one, await week.says(one)) for one in sent]
    return [(one, message) for one, message in said if isinstance(message, Message)]


async def anew(answering: Answering, delivery: Delivery) -> Message:
    """How a message that was said stands by now."""
    said = await answering.week.says(replace(delivery, update_of=delivery.id))
    assert isinstance(said, Message)
    return said


async def the_one(answering: Answering) -> Breakdown:
    (kept,) = await answering.week.do(lambda uow: uow.breakdowns.where())
    return kept


async def test_its_owner_says_done_and_what_was_learned(answering: Answering) -> None:
    kept = await log(answering)
    assert await asked(answering, FRIDAY_NINE - timedelta(hours=1)) == []
    ((delivery, message),) = await asked(answering, FRIDAY_NINE)
    assert delivery.addressee_id == "U3"
    assert "You took it for today. Is it done?" in str(message)
    opened = form(await presses(answering, "U3", message, "Done"))
    closed = await the_one(answering)
    assert (closed.closed_at, closed.closed_by) == (FRIDAY_NINE, "U3")
    assert await answering.sends("U3", opened, learning="Keys need owners") == Nothing()
    assert (await the_one(answering)).learning == "Keys need owners"
    assert "Done" in str(await anew(answering, delivery))
    assert await asked(answering, FRIDAY_NINE + 2 * WEEK) == [], "nothing is asked any more"
    changes = await answering.week.do(lambda uow: changes_of(uow, kept.id))
    assert [(one.by, one.what) for one in changes] == [
        ("U3", "done"),
        ("U3", "said what we are learning"),
    ]
    card = form(await presses(answering, "U2", await anew(answering, delivery), "Open"))
    assert "said what we are learning" in str(card)


async def test_an_owner_who_never_answers_is_asked_once_more_a_week_later(
    answering: Answering,
) -> None:
    await log(answering)
    assert len(await asked(answering, FRIDAY_NINE)) == 1
    assert await asked(answering, FRIDAY_NINE + WEEK - timedelta(hours=1)) == []
    ((_, message),) = await asked(answering, FRIDAY_NINE + WEEK)
    assert "I ask this once more" in str(message)
    assert await asked(answering, FRIDAY_NINE + 8 * WEEK) == []


async def test_after_a_long_absence_the_second_comes_a_week_after_the_first(
    answering: Answering,
) -> None:
    await answering.week.set_up(replace(PLAN, cadences=(), paused=True))
    await log(answering)
    assert await asked(answering, FRIDAY_NINE + 2 * WEEK) == [], "while the team is paused it waits"
    await answering.week.set_up(replace(PLAN, cadences=(), paused=False))
    back = FRIDAY_NINE + 3 * WEEK + timedelta(hours=1)  # the clocks went back
    assert len(await asked(answering, back)) == 1
    assert await asked(answering, back + timedelta(days=4)) == []
    assert len(await asked(answering, back + WEEK)) == 1


async def test_another_day_moves_the_question(answering: Answering) -> None:
    await log(answering)
    ((delivery, message),) = await asked(answering, FRIDAY_NINE)
    opened = form(await presses(answering, "U3", message, "New day"))
    assert "by" in problems(await answering.sends("U3", opened, by=""))
    assert await answering.sends("U3", opened, by="2026-10-14", why="The bank is slow") == Nothing()
    moved = await anew(answering, delivery)
    assert "I ask you again on" in str(moved)
    assert "Wednesday 14 October" in str(moved)
    ((_, again),) = await asked(answering, FRIDAY_NINE + timedelta(days=5))
    assert "Is it done?" in str(again)
    kept = await the_one(answering)
    card = form(await answering.does(Pressed(WORKSPACE, "U2", BREAKDOWN_OPEN, kept.id)))
    assert "date: Wednesday 14 October, was Friday 9 October" in str(card)
    assert "what is in the way: “The bank is slow”" in str(card)
    (answer,) = await answering.week.do(lambda uow: uow.answers.where())
    assert answer.values["by"] == "2026-10-14"


async def test_help_goes_to_the_lead_who_gives_it_to_somebody_else(answering: Answering) -> None:
    await log(answering)
    ((delivery, message),) = await asked(answering, FRIDAY_NINE)
    opened = form(await presses(answering, "U3", message, "I need help"))
    assert "your team's lead" in str(opened)
    assert "help" in problems(await answering.sends("U3", opened, help=" "))
    assert "help" in problems(await answering.sends("U3", opened, help="x" * 3001))
    assert "on their way" in str(
        form(await answering.sends("U3", opened, help="The CFO does not call back"))
    )
    assert "passed on" in str(await anew(answering, delivery))
    ((to_lead, helping),) = await asked(answering, FRIDAY_NINE)
    assert to_lead.addressee_id == "U1"
    assert "The CFO does not call back" in str(helping)
    assert await presses(answering, "U1", helping, "I'll talk") == Nothing()
    assert await presses(answering, "U1", helping, "I'll talk") == Nothing()
    assert "will talk about it" in str(await anew(answering, delivery))
    assert "will talk about it" in str(await anew(answering, to_lead))
    give = form(await presses(answering, "U1", helping, "Give it"))
    assert await answering.sends("U1", give, owner="U2", by="2026-10-13") == Nothing()
    assert (await the_one(answering)).owner == "U2"
    assert "somebody else has it now" in (await anew(answering, delivery)).text
    (later,) = await asked(answering, FRIDAY_NINE + timedelta(days=4))
    assert later[0].addressee_id == "U2"
    await presses(answering, "U2", later[1], "Done")
    assert "Done" in str(await anew(answering, to_lead))


async def test_the_leads_own_help_is_the_coach(answering: Answering) -> None:
    await log(answering, owner="U1")
    ((_, message),) = await asked(answering, FRIDAY_NINE)
    opened = form(await presses(answering, "U1", message, "I need help"))
    assert "your team's coach" in str(opened)
    await answering.sends("U1", opened, help="Somebody to think with")
    ((delivery, _),) = await asked(answering, FRIDAY_NINE)
    assert delivery.addressee_id == "U9"
    await answering.week.do(lambda uow: leave_channel(uow, "U2", "C1", MONDAY))
    coach = await answering.week.member("U9")
    await answering.week.do(lambda uow: uow.members.save(replace(coach, active=False)))
    refused = problems(await answering.sends("U1", opened, help="Anybody?"))
    assert "nobody else" in refused["help"]


@pytest.mark.parametrize("logger_left", [False, True])
async def test_an_owner_who_leaves_leaves_it_to_another(
    answering: Answering, *, logger_left: bool
) -> None:
    await log(answering)
    week = answering.week
    if logger_left:
        await week.do(lambda uow: leave_channel(uow, "U2", "C1", week.now))
    await week.do(lambda uow: leave_channel(uow, "U3", "C1", week.now))
    ((delivery, message),) = await asked(answering, MONDAY + timedelta(hours=3))
    assert delivery.addressee_id == ("U1" if logger_left else "U2")
    assert "has left the team" in str(message)
    assert await asked(answering, FRIDAY_NINE) == [], "who left is not asked, others only once"
    reader = delivery.addressee_id
    give = form(await presses(answering, reader, message, "Give it"))
    assert "owner" in problems(await answering.sends(reader, give, owner="U3", by="2026-10-14"))
    assert await answering.sends(reader, give, owner="U1", by="2026-10-14") == Nothing()
    assert "somebody else has it now" in (await anew(answering, delivery)).text
    ((to, _),) = await asked(answering, FRIDAY_NINE + timedelta(days=5))
    assert to.addressee_id == "U1"


async def test_the_register_opens_edits_and_closes(answering: Answering) -> None:
    await log(answering)
    await log(answering, what="The portal is down", owner="U2", by="2026-10-07")
    shown = form(await answering.commands("U9", "breakdowns"))
    assert "2 open" in str(shown)
    assert str(shown).index("The portal is down") < str(shown).index("Export to the regulator")
    card = form(await presses(answering, "U9", shown, "Open The portal"))
    edit = form(await presses(answering, "U9", card, "Edit"))
    assert "what" in problems(await answering.sends("U9", edit, what=""))
    card = form(
        await answering.sends("U9", edit, what="The patient portal is down", happened="A disk")
    )
    assert "its name, in other words" in str(card)
    assert "said what happened" in str(card)
    edit = form(await presses(answering, "U9", card, "Edit"))
    card = form(await answering.sends("U9", edit, happened=""))
    assert "took out what happened" in str(card)
    learn = form(await presses(answering, "U9", card, "Done"))
    card = form(await answering.sends("U9", learn, learning="Watch the disks"))
    assert "Watch the disks" in str(card)
    library = form(await presses(answering, "U2", shown, "Library"))
    assert "1 closed" in str(library)
    found = form(await answering.sends("U2", library, words="DISKS portal"))
    assert "1 found" in str(found)
    none = form(await answering.sends("U2", library, words="ward"))
    assert "Nothing is found" in str(none)
    again = form(await presses(answering, "U2", card, "Open it again"))
    assert "by" in problems(await answering.sends("U2", again, by=""))
    card = form(await answering.sends("U2", again, by="2026-10-12"))
    assert "open again" in str(card)
    said = await asked(answering, FRIDAY_NINE + timedelta(days=3))
    assert sorted(one.addressee_id for one, _ in said) == ["U2", "U3"]


async def test_the_register_has_pages(answering: Answering) -> None:
    for number in range(12):
        await log(answering, what=f"Breakdown number {number:02}", by=f"2026-11-{number + 1:02}")
    shown = form(await answering.commands("U2", "breakdowns"))
    assert "number 09" in str(shown)
    assert "number 10" not in str(shown)
    values = {one.id: one.initial for one in shown.fields} | {"page": "11 to 12"}
    turned = FormChanged(WORKSPACE, "U2", BREAKDOWNS_LIST, shown.reference, values, "page")
    second = form(await answering.does(turned))
    assert "number 11" in str(second)
    assert "number 09" not in str(second)
    assert "number 03" in str(form(await answering.sends("U2", second, words="03")))
    empty = form(await presses(answering, "U2", second, "Library"))
    assert "Nothing is closed yet" in str(empty)
    assert "number 00" in str(form(await presses(answering, "U2", empty, "What is open")))


async def test_a_register_with_nothing_in_it_offers_to_log(answering: Answering) -> None:
    shown = form(await answering.commands("U2", "breakdowns"))
    assert "Nothing is open." in str(shown)
    opened = form(await presses(answering, "U2", shown, "Log a breakdown"))
    assert opened.title == "Log a breakdown"


async def test_who_is_on_several_teams_chooses_whose(answering: Answering) -> None:
    await answering.week.set_up(BOARD)
    which = form(await answering.commands("U2", "breakdowns", "C9"))
    shown = form(await answering.sends("U2", which, **{TEAM.replace(".", "_"): "The board"}))
    assert "The board: 0 open" in str(shown)


async def test_strangers_and_who_has_left_see_and_change_nothing(answering: Answering) -> None:
    kept = await log(answering)
    assert "You are on no team" in whispered(await answering.commands("U7", "breakdowns")).text
    shown = form(await answering.commands("U2", "breakdowns"))
    for route, value in (
        (BREAKDOWN_OPEN, kept.id),
        (BREAKDOWN_DONE, kept.id),
        (BREAKDOWNS_LIST, shown.reference),
    ):
        refused = form(await answering.does(Pressed(WORKSPACE, "U7", route, value)))
        assert "Only this team's members" in str(refused)
    gone = form(await answering.does(Pressed(WORKSPACE, "U2", "breakdown.talk.v1", "gone")))
    assert "can't find" in str(gone)
    assert (await the_one(answering)).closed_at is None


async def test_nothing_is_moved_that_nobody_has_settled(answering: Answering) -> None:
    week = answering.week
    practice = practice_that_feeds(week.catalogue, Feeds.BREAKDOWNS)
    member = await week.member("U2")
    view = await week.do(
        lambda uow: log_breakdown(
            uow, practice, member.id, "U2", "one", {"what": "The export"}, week.now
        )
    )
    moving = form(
        await answering.does(Pressed(WORKSPACE, "U2", "breakdown.day.v1", view.breakdown.id))
    )
    assert "what's needed now" in str(
        problems(await answering.sends("U2", moving, by="2026-10-09"))
    )
    shown = form(await answering.commands("U2", "breakdowns"))
    assert "nobody has it yet" in str(shown)


async def test_the_weekly_look_stands_above_the_retro(answering: Answering) -> None:
    week = answering.week
    for number in range(6):
        await log(answering, what=f"Breakdown number {number}", by=f"2026-11-0{number + 1}")
    await week.set_up(PLAN)
    await week.until(MONDAY.replace(day=8, hour=8))
    seen: dict[str, Form] = {}
    for user in ("U1", "U3"):
        sitting = await week.sitting(user)
        seen[user] = form(
            await answering.does(Pressed(WORKSPACE, user, "sitting.answer.v1", sitting.id))
        )
        assert "Still open" in str(seen[user])
        assert "1 more: /widelens breakdowns shows them all." in str(seen[user])
        assert "A second approver" not in str(seen[user]), "names only"
    card = form(await presses(answering, "U3", seen["U3"], "Done, or another day"))
    form(await presses(answering, "U3", card, "Done"))
    (closed,) = [one for one in await week.do(lambda uow: uow.breakdowns.where()) if one.closed_at]
    assert closed.what == "Breakdown number 0"


async def test_whom_it_does_not_concern_has_nothing_to_press_there(answering: Answering) -> None:
    await log(answering, owner="U1")
    week = answering.week
    await week.set_up(PLAN)
    await week.until(MONDAY.replace(day=8, hour=8))
    sitting = await week.sitting("U3")
    shown = form(await answering.does(Pressed(WORKSPACE, "U3", "sitting.answer.v1", sitting.id)))
    assert "Still open" in str(shown)
    assert not [one for one in shown.body if isinstance(one, Buttons)]


async def test_home_has_them_and_says_how_many_are_open(answering: Answering) -> None:
    for number in range(8):
        await log(answering, what=f"Breakdown number {number}", by=f"2026-11-0{number + 1}")
    home = await answering.does(HomeOpened(WORKSPACE, "U3"))
    assert isinstance(home, ShowHome)
    assert "2 more, of later days: /widelens breakdowns shows them." in str(home)
    page = Message("", home.home.blocks)
    day = form(await presses(answering, "U3", page, "New day for Breakdown number 0"))
    assert await answering.sends("U3", day, by="2026-11-20") == Nothing()
    form(await presses(answering, "U3", page, "Done: Breakdown number 1"))
    lead = await answering.does(HomeOpened(WORKSPACE, "U1"))
    assert isinstance(lead, ShowHome)
    assert "7 breakdowns are open." in str(lead)
    shown = form(await presses(answering, "U1", Message("", lead.home.blocks), "Open breakdowns"))
    assert "7 open" in str(shown)
