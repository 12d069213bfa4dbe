"""The cadence editor: the dates before it is saved, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from coaching.cadence import DIGEST, WallClock
from coaching.cadence_choices import IN_SLOT
from coaching.calendar import Span
from coaching.slot import Slot
from coaching.team_plan import WantedCadence
from conversation.events import (
    ReplaceForm,
)
from storage import SqlStore
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, Week
from tests.integration.handlers.answering import problems
from tests.integration.handlers.editing import Editing, fields, reads, told

WINS = "Change Visible progress…"
ADD = "Add a practice to Northwind leadership…"
SITTING = f"{IN_SLOT}, Tuesday 09:00"
IN_SITTINGS = replace(PLAN, slot=Slot(1, time(9)))


@pytest.fixture
async def editing(store: SqlStore) -> Editing:
    week = Week(store)
    await week.set_up()
    return Editing(week)


async def test_the_dates_follow_each_choice_before_anything_is_kept(editing: Editing) -> None:
    before = await editing.cadence("early_wins")
    shown = await editing.opens("U1", WINS)
    assert reads(shown.body).splitlines()[:4] == [
        "Visible progress, in Northwind leadership",
        "Every Tuesday at 09:00 · the next five dates:",
        "Tuesday 6 October, 09:00",
        "Tuesday 13 October, 09:00",
    ]
    assert list(fields(shown)) == ["often", "at", "on", "since", "clock"]
    assert all(one.watched for one in shown.fields)
    shown = await editing.changes("U1", shown, "often", often="Every month")
    assert list(fields(shown)) == ["often", "at", "place", "on", "since", "clock"]
    shown = await editing.changes("U1", shown, "place", place="Last", at="10:00")
    assert reads(shown.body).splitlines()[1:7] == [
        "Last Tuesday of each month at 10:00 · the next five dates:",
        "Tuesday 27 October, 10:00",
        "Tuesday 24 November, 10:00",
        "Tuesday 29 December, 10:00",
        "Tuesday 26 January 2027, 10:00",
        "Tuesday 23 February 2027, 10:00",
    ]
    assert await editing.cadence("early_wins") == before
    assert told(await editing.sends("U1", shown)) == (
        "Visible progress now comes on the last Tuesday of each month at 10:00, next on Tuesday 27"
        " October."
    )
    kept = await editing.cadence("early_wins")
    assert kept is not None
    assert (kept.rrule, kept.at, kept.changed_by) == ("FREQ=MONTHLY;BYDAY=-1TU", time(10), "U1")
    assert kept.next_due_at == datetime(2026, 10, 27, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("often", "rrule", "second"),
    [
        ("Every week", "FREQ=WEEKLY;BYDAY=MO", "Monday 16 November"),
        ("Every two weeks", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "Monday 23 November"),
        ("Every month", "FREQ=MONTHLY;BYDAY=2MO", "Monday 14 December"),
        ("Every second month", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2MO", "Monday 11 January 2027"),
        ("Every quarter", "FREQ=MONTHLY;INTERVAL=3;BYDAY=2MO", "Monday 8 February 2027"),
        ("Twice a year", "FREQ=MONTHLY;INTERVAL=6;BYDAY=2MO", "Monday 10 May 2027"),
        ("Once a year", "FREQ=MONTHLY;INTERVAL=12;BYDAY=2MO", "Monday 8 November 2027"),
    ],
)
async def test_it_comes_first_on_the_day_chosen_or_the_next_that_fits(
    editing: Editing, often: str, rrule: str, second: str
) -> None:
    shown = await editing.opens("U9", ADD)
    assert "Choose what to ask." in reads(shown.body)
    shown = await editing.changes("U9", shown, "practice", practice="Purpose check", often=often)
    chosen = {"often": often, "on": "Monday", "place": "Second", "since": "2026-11-05"}
    shown = await editing.changes("U9", shown, "since", **chosen)
    dates = reads(shown.body).splitlines()
    assert dates[0].startswith("About ")
    assert dates[2] == "Monday 9 November, 09:00"
    assert dates[3] == f"{second}, 09:00"
    said = told(await editing.sends("U9", shown))
    assert said.startswith("Purpose check is now asked ")
    kept = await editing.cadence("purpose")
    assert kept is not None
    assert (kept.rrule, kept.starts_on) == (rrule, date(2026, 11, 9))


async def test_holidays_and_days_without_questions_are_said(editing: Editing) -> None:
    shown = await editing.opens("U1", "Change Digest…")
    assert "clock" not in fields(shown)
    shown = await editing.changes("U1", shown, "since", since="2026-12-20")
    assert reads(shown.body).splitlines()[2:4] == [
        "Thursday 24 December, 15:00, instead of Friday 25 December: a holiday (Christmas Day)",
        "Thursday 31 December, 15:00, instead of Friday 1 January 2027: a holiday (New Year's Day)",
    ]
    closed = Span(date(2026, 12, 18), date(2027, 2, 5))
    await editing.week.set_up(replace(PLAN, blackout=(closed,)))
    shown = await editing.opens("U1", WINS)
    shown = await editing.changes("U1", shown, "on", on="Friday", since="2026-12-08")
    assert reads(shown.body).splitlines()[2:5] == [
        "Friday 11 December, 09:00",
        "8 dates until Friday 5 February 2027: skipped, your team is asked nothing then",
        "Friday 12 February 2027, 09:00",
    ]
    closed = Span(date(2026, 12, 24), date(2027, 1, 20))
    await editing.week.set_up(replace(PLAN, blackout=(closed,)))
    shown = await editing.opens("U1", "Change Digest…")
    shown = await editing.changes("U1", shown, "on", since="2027-03-20", often="Every two weeks")
    assert "Thursday 25 March 2027, 15:00, instead of Friday 26 March 2027" in reads(shown.body)
    shown = await editing.changes("U1", shown, "often", often="Every month", since="2026-12-20")
    shown = await editing.changes("U1", shown, "place", place="Last")
    assert "Friday 25 December: skipped, your team is asked nothing then" in reads(shown.body)


async def test_a_weekly_holiday_is_skipped_and_what_has_been_asked_does_not_come_twice(
    editing: Editing,
) -> None:
    shown = await editing.opens("U1", WINS)
    shown = await editing.changes("U1", shown, "on", on="Friday", since="2026-12-20")
    assert reads(shown.body).splitlines()[2:5] == [
        "Friday 25 December: skipped, a holiday (Christmas Day)",
        "Friday 1 January 2027: skipped, a holiday (New Year's Day)",
        "Friday 8 January 2027, 09:00",
    ]
    await editing.week.until(TUESDAY_NINE)
    shown = await editing.opens("U1", WINS)
    shown = await editing.changes("U1", shown, "at", at="16:00", since="2026-10-06")
    assert reads(shown.body).splitlines()[2:4] == [
        "Tuesday 6 October: it had its turn that day already",
        "Tuesday 13 October, 16:00",
    ]
    await editing.week.until(datetime(2026, 10, 9, 14, tzinfo=UTC))
    shown = await editing.opens("U1", "Change Digest…")
    shown = await editing.changes("U1", shown, "at", at="20:00", since="2026-10-09")
    assert "Friday 9 October: it had its turn that day already" in reads(shown.body)


async def test_why_a_date_moves_or_not_is_said_as_the_calendar_has_it(editing: Editing) -> None:
    eve = Span(date(2026, 12, 24), date(2026, 12, 24))
    digest = WantedCadence(DIGEST, "FREQ=WEEKLY;BYDAY=FR", time(15))
    monthly = WantedCadence("early_wins", "FREQ=MONTHLY;BYMONTHDAY=15", time(9))
    await editing.week.set_up(replace(PLAN, cadences=(digest, monthly), blackout=(eve,)))
    shown = await editing.opens("U1", "Change Digest…")
    shown = await editing.changes("U1", shown, "since", since="2026-12-20")
    assert (
        "Friday 25 December: skipped, a holiday (Christmas Day), and your team is asked nothing on"
        " the working day before"
    ) in reads(shown.body)
    shown = await editing.opens("U1", WINS)
    assert fields(shown)["often"] == "As it is: 15th of each month"
    assert "Friday 13 November, 09:00, instead of Sunday 15 November: a day off" in reads(
        shown.body
    )
    daily = WantedCadence(DIGEST, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", time(15))
    await editing.week.set_up(replace(PLAN, cadences=(daily,)))
    shown = await editing.opens("U1", "Change Digest…")
    shown = await editing.changes("U1", shown, "since", since="2026-12-23")
    assert (
        "Friday 25 December: skipped, a holiday (Christmas Day), and it comes on the working day"
        " before anyway"
    ) in reads(shown.body)


async def test_where_none_or_few_are_left_it_says_so(editing: Editing) -> None:
    rare = (
        WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU;COUNT=2", time(9)),
        WantedCadence("voices_heard", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261006", time(9)),
        WantedCadence("breakdown", "FREQ=WEEKLY;BYDAY=FR;COUNT=1", time(9)),
    )
    year = Span(date(2026, 10, 7), date(2028, 1, 1))
    await editing.week.set_up(replace(PLAN, cadences=rare))
    shown = await editing.opens("U1", WINS)
    assert fields(shown)["often"] == "As it is: every Tuesday, 2 times"
    assert "on" not in fields(shown)
    assert "Every Tuesday at 09:00, 2 times · 2 dates are left:" in reads(shown.body)
    same = await editing.sends("U1", shown)
    assert told(same) == "Visible progress stays as it was."
    shown = await editing.opens("U1", "Change Voices heard…")
    assert "until 6 October 2026 · one date is left:" in reads(shown.body)
    shown = await editing.changes("U1", shown, "since", since="2026-10-20")
    assert "never comes from that day on" in reads(shown.body)
    assert "none of its next days comes" in told(await editing.sends("U1", shown))
    await editing.week.set_up(replace(PLAN, cadences=rare, blackout=(year,)))
    shown = await editing.opens("U1", "Change Breakdown retro…")
    shown = await editing.changes("U1", shown, "often", often="Every week", since="2026-10-08")
    assert "none of its next 60 dates comes" in reads(shown.body)
    shown = await editing.changes("U1", shown, "since", since="2026-10-05", on="Monday")
    assert "of its next 60 dates, 1 come" in reads(shown.body)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"since": "2026-08-01"}, "since", "That day has gone by."),
        ({"since": "2031-08-01"}, "since", "more than three years ahead"),
        ({"since": "soon"}, "since", "I can't read that as a day."),
        ({"at": "9 o'clock"}, "at", "Choose an hour."),
        ({"at": "22:00"}, "at", "quiet hours, 19:00-07:30"),
        ({"on": ""}, "on", "Choose a weekday."),
        ({"often": "At times"}, "often", "Choose how often."),
        ({"clock": ""}, "clock", "Choose by whose clock."),
        ({"often": "Every month", "place": ""}, "place", "Choose which one of the month."),
    ],
)
async def test_a_wrong_choice_is_said_in_place_of_the_dates_and_under_its_field(
    editing: Editing, given: dict[str, str], field: str, said: str
) -> None:
    before = await editing.cadence("early_wins")
    shown = await editing.opens("U1", WINS)
    shown = await editing.changes("U1", shown, "often", often=given.get("often", "Every week"))
    drawn = await editing.changes("U1", shown, field, **given)
    assert said in reads(drawn.body)
    assert "the next five dates" not in reads(drawn.body)
    refused = problems(await editing.sends("U1", shown, **given))
    assert said in refused[field]
    assert await editing.cadence("early_wins") == before


async def test_a_field_that_nobody_saw_is_shown_before_it_is_kept(editing: Editing) -> None:
    before = await editing.cadence("early_wins")
    shown = await editing.opens("U1", WINS)
    reply = await editing.sends("U1", shown, often="Every month")
    assert isinstance(reply, ReplaceForm)
    assert reads(reply.form.body).startswith("There is one more choice now.")
    assert "place" in fields(reply.form)
    assert await editing.cadence("early_wins") == before
    assert "on the first Tuesday" in told(await editing.sends("U1", reply.form))


async def test_in_the_teams_sitting_there_is_neither_weekday_nor_clock(editing: Editing) -> None:
    await editing.week.set_up(IN_SITTINGS)
    shown = await editing.opens("U1", WINS)
    shown = await editing.changes("U1", shown, "clock", clock="The team's, all at one moment")
    assert "Every Tuesday at 09:00, on the team's clock · the next" in reads(shown.body)
    shown = await editing.changes("U1", shown, "at", at=SITTING)
    assert list(fields(shown)) == ["often", "at", "since"]
    assert "Every Tuesday, in the team's sitting (Tuesday 09:00)" in reads(shown.body)
    assert "Where a sitting is full" in reads(shown.body)
    assert "in the team's sitting (Tuesday 09:00)" in told(await editing.sends("U1", shown))
    kept = await editing.cadence("early_wins")
    assert kept is not None
    assert (kept.at, kept.clock) == (None, WallClock.OWN)

    shown = await editing.opens("U1", WINS)
    assert fields(shown)["at"] == SITTING
    await editing.week.set_up(replace(IN_SITTINGS, slot=Slot(2, time(10))))
    shown = await editing.changes("U1", shown, "often", often="Every two weeks")
    assert fields(shown)["at"] == f"{IN_SLOT}, Wednesday 10:00"


async def test_a_rule_that_counts_from_another_day_than_the_sittings_stays_as_it_is(
    editing: Editing,
) -> None:
    monday = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=MO")
    await editing.week.set_up(replace(IN_SITTINGS, cadences=(monday,)))
    shown = await editing.opens("U1", WINS)
    assert fields(shown)["often"] == "As it is: every Monday"
    assert "Tuesday 6 October, 09:00" in reads(shown.body)
    later = await editing.changes("U1", shown, "since", since="2026-10-14")
    assert "Tuesday 20 October, 09:00" in reads(later.body).splitlines()[2]
    own = await editing.changes("U1", shown, "at", at="10:00")
    assert "Every Monday at 10:00" in reads(own.body)
    weekly = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU")
    await editing.week.set_up(replace(IN_SITTINGS, cadences=(weekly,)))
    again = await editing.changes("U1", shown, "since")
    assert fields(again)["often"] == "Every week", "it is one of those to choose by now"
