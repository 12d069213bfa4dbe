"""*Ask me less* for somebody in two teams: all of them, or the one that it is about."""

from dataclasses import replace
from datetime import date

from coaching.team import Chosen, Member, Role, Team
from coaching.use_cases.wish import Seat
from conversation.compose.wishes import EVERYWHERE, WHERE, less_form, team_meant
from conversation.messages import Buttons, Form, Note

TODAY = date(2026, 11, 18)
NORTH = Seat(
    Team("north", "w", "North", "C1", "Europe/Oslo", "NO"),
    Member("m1", "w", "north", "U1", Role.LEADER),
)
SOUTH = Seat(
    Team("south", "w", "South", "C2", "Europe/Oslo", "NO"),
    Member("m2", "w", "south", "U1", Role.LEADER, chosen=Chosen(every_second=True)),
)


def presses(form: Form) -> dict[str, str]:
    rows = [part.buttons for part in form.body if isinstance(part, Buttons)]
    return {button.label: button.value for row in rows for button in row}


def test_each_choice_is_for_all_teams_or_for_the_one_that_it_was_opened_from() -> None:
    form = less_form([NORTH, SOUTH], "north", TODAY)
    assert presses(form) == {
        "No reminders in all my teams": "no_reminders:on::north",
        "No reminders in North": "no_reminders:on:north:north",
        "Only every second in all my teams": "every_second:on::north",
        "Only every second in North": "every_second:on:north:north",
        "Every one again": "every_second:off::north",
        "Stop asking me in all my teams": "opted_out:on::north",
        "Stop asking me in North": "opted_out:on:north:north",
    }
    (where,) = (field for field in form.fields if field.id == WHERE)
    assert where.choices == (EVERYWHERE, "Only in North")


def test_opened_from_no_team_it_offers_each() -> None:
    form = less_form([NORTH, SOUTH], "", TODAY)
    assert {"No reminders in North", "No reminders in South"} <= presses(form).keys()
    (where,) = (field for field in form.fields if field.id == WHERE)
    assert [team_meant([NORTH, SOUTH], one) for one in where.choices] == [None, "north", "south"]


def test_what_is_read_is_a_choice_only_where_a_channel_is_read() -> None:
    north = Seat(replace(NORTH.team, listening=True), NORTH.member)
    said = presses(less_form([north, SOUTH], "", TODAY))
    assert said["Don't read what I write"] == "no_offers:on::"
    south = Seat(SOUTH.team, replace(SOUTH.member, chosen=Chosen(no_offers=True)))
    said = presses(less_form([north, south], "", TODAY))
    assert said["Don't read what I write in North"] == "no_offers:on:north:"
    assert said["Read it again"] == "no_offers:off::"


def test_what_the_plan_says_is_told_where_it_holds() -> None:
    by_plan = Seat(NORTH.team, replace(NORTH.member, opted_out=True))
    notes = [part for part in less_form([by_plan], "", TODAY).body if isinstance(part, Note)]
    assert "You are not asked in any case." in str(notes)
