"""The home: what each person sees on theirs, and what of a team its lead and coach may steer."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching.calendar import Span
from coaching.slot import Slot
from coaching.team import Chosen, Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.see_home import HomeView, see_home
from coaching.use_cases.see_rhythm import Rhythm
from conversation.compose.home import home
from conversation.messages import Bold, Bullets, Buttons, Home, Note, Paragraph
from platforms.slack.limits import BLOCKS_IN_VIEW
from platforms.slack.render import render_home
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
"""09:00 in London, in summer."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
WINS = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU", time(9))
DOUBTS = WantedCadence("doubts", "FREQ=WEEKLY;BYDAY=TU", time(9))

PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER),
        WantedMember("U3", Role.LEADER),
        WantedMember("U9", Role.COACH),
    ),
    cadences=(WINS,),
)
IN_PACK = replace(PLAN, cadences=(), slot=Slot(1, time(9)), pack="gentle_start")


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


async def view_of(weeks: Weeks, user: str) -> HomeView:
    return await weeks.do(lambda uow: see_home(uow, weeks.catalogue, user, weeks.now))


async def rhythm(weeks: Weeks, name: str) -> Rhythm:
    (team,) = (await view_of(weeks, "U1")).teams
    return next(one for one in team.rhythms if one.name == name)


def words(page: Home) -> str:
    """What the page says, buttons in brackets."""
    said: list[str] = []
    for block in page.blocks:
        if isinstance(block, Buttons):
            said += [f"[{one.label}]" for one in block.buttons]
        lines = block.lines if isinstance(block, Bullets) else ()
        lines = (block.line,) if isinstance(block, Paragraph | Note) else lines
        for spans in lines:
            texts = [one.text if isinstance(one, Bold) else one for one in spans]
            said.append("".join(one for one in texts if isinstance(one, str)))
    return "\n".join(said)


async def test_each_sees_what_is_open_and_what_they_gave_themselves(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.answers("U2")
    ben, chiara = await view_of(weeks, "U2"), await view_of(weeks, "U3")
    assert (len(ben.open), len(chiara.open)) == (0, 1)
    assert [one.changes for one in ben.answered] == [True]
    assert not chiara.answered
    assert "A call was returned" in str(home(ben))
    assert "A call was returned" not in str(home(await view_of(weeks, "U1")))
    assert not ben.teams
    assert not chiara.teams

    await weeks.run_until(TUESDAY_NINE + 3 * DAY)
    ben, chiara = await view_of(weeks, "U2"), await view_of(weeks, "U3")
    assert [one.changes for one in ben.answered] == [False]
    assert (len(chiara.open), len(chiara.late)) == (0, 1)
    assert "[Answer late: Visible progress]" in words(home(chiara))
    await weeks.run_until(TUESDAY_NINE + WEEK)
    assert (len(chiara.open), len((await view_of(weeks, "U3")).late)) == (0, 0)
    await weeks.run_until(TUESDAY_NINE + 3 * WEEK - DAY)
    assert not (await view_of(weeks, "U2")).answered


async def test_promises_stand_with_their_day_on_the_page_of_who_took_them(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.logs_breakdown("U2", owner="U3")
    said = words(home(await view_of(weeks, "U3")))
    assert "The export fails: A second approver, by Thursday 8 October" in said
    assert "The export fails" not in words(home(await view_of(weeks, "U2")))


async def test_how_a_person_is_asked_stands_on_their_page(weeks: Weeks) -> None:
    first, second, *others = PLAN.members
    second = replace(second, away=(Span(date(2026, 10, 12), date(2026, 10, 16)),))
    await weeks.apply(replace(PLAN, members=(first, second, *others), quiet_hours=None))
    member = await weeks.member("U2")
    chosen = Chosen(paused_until=date(2027, 1, 4), no_reminders=True, every_second=True)
    await weeks.do(lambda uow: uow.members.save(replace(member, chosen=chosen)))
    assert (
        "Northwind leadership: no quiet hours · away from Monday 12 October to Friday 16 October"
        " · paused until Monday 4 January 2027 · no reminders · every second sitting"
    ) in words(home(await view_of(weeks, "U2")))
    gone = replace(member, chosen=Chosen(opted_out=True))
    await weeks.do(lambda uow: uow.members.save(gone))
    said = words(home(await view_of(weeks, "U2")))
    assert "Northwind leadership: I ask you nothing" in said
    assert "[I'm away]\n[Ask me less]" in said


async def test_who_is_on_no_team_reads_what_this_is(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    said = words(home(await view_of(weeks, "U7")))
    assert "You are on no team that I work with" in said
    assert "[" not in said


@pytest.mark.parametrize("user", ["U1", "U9"])
async def test_lead_and_coach_see_when_each_comes_and_how_it_was_met(
    weeks: Weeks, user: str
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.answers("U2")
    open_now = words(home(await view_of(weeks, user)))
    assert (
        "Visible progress · next Tuesday 13 October, 09:00 · open, 1 of 3 have answered" in open_now
    )
    assert "Digest · next Friday 9 October, 15:00" in open_now
    await weeks.skips("U3")
    await weeks.run_until(TUESDAY_NINE + 3 * DAY)
    said = words(home(await view_of(weeks, user)))
    assert "answered" not in said.partition("Digest")[0].partition("next Tuesday")[2], (
        "one let it pass: of the two others a figure would tell who"
    )
    await weeks.run_until(TUESDAY_NINE + WEEK + 3 * DAY)
    assert "· last time 0 of 3 answered" in words(home(await view_of(weeks, user)))


async def test_a_form_that_was_sent_empty_counts_as_in_the_channel(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, cadences=(replace(WINS, practice="breakdown"),)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.answers("U2")
    assert "open, 1 of 3 have answered" in words(home(await view_of(weeks, "U1")))


async def test_of_what_is_anonymous_nothing_is_told(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, cadences=(DOUBTS,)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.answers("U2")
    assert not (await view_of(weeks, "U2")).answered
    for moment in (weeks.now, TUESDAY_NINE + 3 * DAY):
        await weeks.run_until(moment)
        for one in (await view_of(weeks, "U1")).teams[0].rhythms:
            assert one.responses == ()


@pytest.mark.parametrize("count", [1, 2, 10, 60])
async def test_many_teams_have_room_on_one_page(weeks: Weeks, count: int) -> None:
    keys = ["voices_heard", "reflection", "doubts", "commitment"]
    cadences = tuple(replace(WINS, practice=key) for key in keys)
    plans = [
        replace(IN_PACK, name=f"Team {n:02}", channel=f"C{n}", cadences=cadences)
        for n in range(count)
    ]
    await weeks.apply(*plans)
    view = await view_of(weeks, "U9")
    for in_full in (None, view.teams[-1].team.id):
        page = home(view, "Told.", in_full)
        assert len(render_home(page, {})["blocks"]) <= BLOCKS_IN_VIEW
        said = words(page)
        assert "More was said" not in str(render_home(page, {}))
        assert ("in short" in said) is (count > 4)
        assert ("There is no room here for" in said) is (count > 40)
        whole = count <= 4 or in_full
        assert ("[Pause Voices heard]" in said) is bool(whole)
