"""A cadence changed in chat: what was shown beforehand comes, and what stays, stays."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching.cadence import DIGEST, Cadence
from coaching.cadence_choices import IN_SLOT
from coaching.calendar import Span
from coaching.ports import UnitOfWork
from coaching.round import RoundState
from coaching.slot import Slot
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.edit_cadence import PRACTICE, Editor, Saved, begin_edit, save_cadence
from coaching.use_cases.stop_cadence import Stopping, before_stop, stop_cadence
from storage import SqlStore
from tests.integration.coaching.test_homes import HOUR, IN_PACK, MONDAY, PLAN, TUESDAY_NINE
from tests.integration.coaching.weeks import Weeks

NOVEMBER = datetime(2026, 11, 9, 7, tzinfo=UTC)
EVERYWHERE = replace(
    PLAN,
    country="GB-ENG",
    slot=Slot(1, time(9)),
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER, timezone="Pacific/Auckland"),
        WantedMember("U3", Role.LEADER, timezone="America/Los_Angeles"),
    ),
    blackout=(Span(date(2026, 12, 7), date(2026, 12, 9)),),
)


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


async def own(weeks: Weeks, practice: str) -> Cadence | None:
    return await weeks.do(lambda uow: uow.cadences.one(practice=practice, origin=""))


async def edits(weeks: Weeks, practice: str, given: Mapping[str, str]) -> Saved:
    """The lead changes a cadence, or adds one by the name of its practice, and saves it."""
    there = await own(weeks, practice)
    team_id = (await weeks.member("U1")).team_id

    def edit(uow: UnitOfWork) -> Saved | Editor:
        key = there.id if there else ""
        editor = begin_edit(uow, weeks.catalogue, "U1", team_id, key, weeks.now)
        name = {} if there else {PRACTICE: weeks.catalogue[practice].name}
        values = {**editor.values, **name, **given}
        return save_cadence(uow, weeks.catalogue, "U1", editor.opened, values, weeks.now)

    kept = await weeks.do(edit)
    assert isinstance(kept, Saved)
    return kept


async def stops(weeks: Weeks, practice: str) -> Stopping:
    there = await own(weeks, practice)
    assert there is not None

    def stop(uow: UnitOfWork) -> Stopping:
        said = before_stop(uow, weeks.catalogue, "U9", there.team_id, there.id)
        done = stop_cadence(uow, weeks.catalogue, "U9", there.team_id, there.id, weeks.now)
        assert said == done
        return done

    return await weeks.do(stop)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"often": "Every week", "on": "Friday", "at": "09:00"}, id="over Christmas"),
        pytest.param(
            {"often": "Every two weeks", "on": "Tuesday", "at": "17:30"},
            id="at once, in a blackout",
        ),
        pytest.param({"often": "Every week", "at": f"{IN_SLOT}, Tuesday 09:00"}, id="in the slot"),
        pytest.param(
            {"often": "Every month", "place": "Last", "on": "Friday", "at": "10:00"}, id="monthly"
        ),
    ],
)
async def test_the_dates_that_were_shown_are_those_that_come(
    sqlite_store: SqlStore, given: dict[str, str]
) -> None:
    weeks = Weeks(sqlite_store, NOVEMBER)
    await weeks.apply(EVERYWHERE)
    kept = await edits(weeks, "early_wins", {**given, "since": "2026-11-16"})
    last = kept.dates.occasions[-1]
    await weeks.run_until(last.hour.due_at + HOUR)
    rounds = await weeks.do(lambda uow: uow.rounds.where(practice_key="early_wins"))
    opened = [one.occasion for one in rounds if one.state is not RoundState.SKIPPED]
    skipped = [one.occasion for one in rounds if one.state is RoundState.SKIPPED]
    shown = kept.dates.occasions
    assert len(opened) == 5
    assert opened == [one.day.isoformat() for one in shown if one.comes]
    assert skipped == [one.day.isoformat() for one in shown if not one.comes]
    moments = [one.due_at for one in rounds if one.state is not RoundState.SKIPPED]
    assert moments == [one.hour.due_at for one in shown if one.comes]


async def test_a_digest_comes_on_the_dates_that_were_shown(sqlite_store: SqlStore) -> None:
    weeks = Weeks(sqlite_store, NOVEMBER)
    await weeks.apply(EVERYWHERE)
    kept = await edits(weeks, DIGEST, {"at": "08:00", "since": "2026-12-10"})
    await weeks.run_until(kept.dates.occasions[-1].hour.due_at + HOUR)
    digests = await weeks.do(lambda uow: uow.digests.where())
    shown = kept.dates.occasions
    assert [one.occasion for one in digests] == [one.day.isoformat() for one in shown]
    assert [one.written_at for one in digests] == [one.hour.due_at for one in shown]


async def test_what_is_open_stays_open_and_a_later_hour_of_that_day_asks_nobody_twice(
    weeks: Weeks,
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    (round_,) = await weeks.do(lambda uow: uow.rounds.where(practice_key="early_wins"))
    kept = await edits(weeks, "early_wins", {"at": "16:00", "since": "2026-10-06"})
    first = kept.dates.first
    assert first is not None
    assert first.day == date(2026, 10, 13)
    await weeks.run_until(TUESDAY_NINE + 9 * HOUR)
    assert await weeks.do(lambda uow: uow.rounds.where(practice_key="early_wins")) == [round_]
    await weeks.answers("U2")
    assert (await weeks.do(lambda uow: uow.answers.where()))[0].round_id == round_.id


async def test_a_change_moves_what_is_due_as_a_plan_would(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await edits(weeks, "early_wins", {"on": "Thursday", "at": "10:00"})
    changed = await own(weeks, "early_wins")
    thursday = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TH", time(10))
    assert await weeks.apply(replace(PLAN, cadences=(thursday,))) == []
    assert await own(weeks, "early_wins") == changed
    said = await weeks.apply(PLAN)
    assert said == [
        "Northwind leadership: Visible progress is now every Tuesday at 09:00, next on Tuesday 6"
        " October 2026."
    ], "a plan puts back what it says"
    back = await own(weeks, "early_wins")
    assert back is not None
    assert (back.next_due_at, back.changed_by) == (TUESDAY_NINE, "")


async def test_weeks_go_on_being_counted_as_they_were_where_that_changes_nothing(
    weeks: Weeks,
) -> None:
    second = WantedCadence("early_wins", "INTERVAL=2;FREQ=WEEKLY;BYDAY=TU", time(9))
    plan: WantedTeam = replace(PLAN, cadences=(second,))
    await weeks.apply(plan)
    before = await own(weeks, "early_wins")
    assert before is not None
    weeks.world.clock.move_to(MONDAY + timedelta(days=2))
    kept = await edits(weeks, "early_wins", {"at": "10:00"})
    assert (kept.cadence.starts_on, kept.cadence.rrule) == (before.starts_on, before.rrule)
    assert kept.dates.occasions[0].day == date(2026, 10, 20)
    kept = await edits(weeks, "early_wins", {"since": "2026-10-13"})
    assert kept.cadence.starts_on == date(2026, 10, 13)
    assert await weeks.apply(replace(plan, cadences=(replace(second, at=time(10)),))) == []
    kept_on = await own(weeks, "early_wins")
    assert kept_on is not None
    assert kept_on.starts_on == date(2026, 10, 13), "a plan says nothing of a start"


async def test_a_pack_gives_way_to_a_practice_and_takes_it_up_again(weeks: Weeks) -> None:
    await weeks.apply(IN_PACK)
    pack = await weeks.do(lambda uow: uow.cadences.where(practice="early_wins"))
    assert pack
    kept = await edits(weeks, "early_wins", {"often": "Every month"})
    assert kept.new
    (there,) = await weeks.do(lambda uow: uow.cadences.where(practice="early_wins"))
    assert (there.origin, there.changed_by) == ("", "U1")
    stopped = await stops(weeks, "early_wins")
    assert (stopped.pack, stopped.open) == ("Gentle start", False)
    again = await weeks.do(lambda uow: uow.cadences.where(practice="early_wins"))
    assert [(one.origin, one.rrule, one.next_due_at) for one in again] == [
        (one.origin, one.rrule, one.next_due_at) for one in pack
    ]
    assert await weeks.apply(IN_PACK) == []


async def test_what_was_stopped_lets_its_open_round_end_and_a_plan_asks_it_again(
    weeks: Weeks,
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert (await stops(weeks, "early_wins")).open
    await weeks.answers("U2")
    await weeks.run_until(MONDAY + timedelta(weeks=2))
    (round_,) = await weeks.do(lambda uow: uow.rounds.where(practice_key="early_wins"))
    assert round_.state is RoundState.CLOSED
    (said,) = await weeks.apply(PLAN)
    assert said.startswith("Northwind leadership: Visible progress every Tuesday at 09:00")
