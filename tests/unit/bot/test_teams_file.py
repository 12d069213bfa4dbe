from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams_file import TeamsFile, read_teams_file
from coaching.cadence import WallClock
from coaching.calendar import Span
from coaching.catalogue import load_catalogue
from coaching.documents import DocumentError
from coaching.quiet_hours import EVENING_TO_MORNING, QuietHours
from coaching.slot import Slot
from coaching.team import Role
from coaching.team_plan import DEFAULT_DIGEST, WantedCadence, WantedMember, WantedTeam

GOOD = """\
workspace:
  platform: slack
  id: T0123ABCD
teams:
  - name: Northern
    channel: C0123ABCD
    timezone: Europe/Oslo
    country: NO
    members:
      - {user: U0123ABCD, role: lead}
      - {user: W0123ABCE, role: leader}
    cadences:
      - practice: voices_heard
        rrule: FREQ=WEEKLY;BYDAY=TU
        at: 09:00
"""


def read(text: str) -> TeamsFile:
    return read_teams_file(text, "teams.yaml", load_catalogue())


def problems(text: str) -> tuple[str, ...]:
    try:
        read(text)
    except DocumentError as refused:
        return refused.problems
    return ()


def test_a_file_becomes_a_plan() -> None:
    plan = read(GOOD)
    assert plan.workspace_id == "slack:T0123ABCD"
    assert plan.teams == (
        WantedTeam(
            name="Northern",
            channel="C0123ABCD",
            timezone="Europe/Oslo",
            country="NO",
            members=(WantedMember("U0123ABCD", Role.LEAD), WantedMember("W0123ABCE", Role.LEADER)),
            cadences=(WantedCadence("voices_heard", "FREQ=WEEKLY;BYDAY=TU", time(9)),),
        ),
    )
    assert plan.teams[0].all_cadences()[-1] is DEFAULT_DIGEST


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_an_hour_needs_no_quotes(quote: str) -> None:
    written = GOOD.replace("09:00", f"{quote}17:30{quote}")
    assert read(written).teams[0].cadences[0].at == time(17, 30)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("slack", "teams", '2: workspace.platform: "teams" is not known; choose slack'),
        (
            "T0123ABCD",
            "C0123ABCD",
            '3: workspace.id: "C0123ABCD" is not the id of a Slack workspace',
        ),
        ("C0123ABCD", '"#north"', '6: teams[0].channel: "#north" is not the id of a Slack channel'),
        (
            "U0123ABCD",
            "amara",
            '10: teams[0].members[0].user: "amara" is not the id of a Slack person',
        ),
        (
            "W0123ABCE",
            "U0123ABCD",
            "11: teams[0].members[1].user: U0123ABCD stands here a second time",
        ),
        (
            "role: lead}",
            "role: chief}",
            '10: teams[0].members[0].role: "chief" is not known; choose',
        ),
        (
            ", role: lead}",
            "}",
            "10: teams[0].members[0].role: missing; add it, as in `role: leader`",
        ),
        ("role: lead}", "role: coach}", "9: teams[0].members: nobody leads this team; give one of"),
        (
            "Europe/Oslo",
            "Oslo",
            '7: teams[0].timezone: "Oslo" is not an IANA time zone; did you mean',
        ),
        ("Europe/Oslo", "../etc", '7: teams[0].timezone: "../etc" is not an IANA time zone; write'),
        (
            "country: NO",
            "country: no",
            '8: teams[0].country: "no" does not have the right form; write',
        ),
        ("country: NO", "country: ", "8: teams[0].country: no value is given; write one"),
        (
            "voices_heard",
            "voices_herd",
            '13: teams[0].cadences[0].practice: "voices_herd" is not a',
        ),
        (
            "country: NO",
            "country: UK",
            '8: teams[0].country: no holidays are known for "UK"; did you mean GB?',
        ),
        (
            "country: NO",
            "country: XX",
            '8: teams[0].country: no holidays are known for "XX"; write the ISO 3166 code',
        ),
        (
            "country: NO",
            "country: GB-LON",
            '8: teams[0].country: GB has no part "LON" with holidays of its own; write one of ENG',
        ),
        (
            "WEEKLY",
            "HOURLY",
            "14: teams[0].cadences[0].rrule: HOURLY is too often: FREQ=DAILY is the most",
        ),
        (
            "BYDAY=TU",
            "INTERVAL=0",
            "14: teams[0].cadences[0].rrule: `INTERVAL=0` can't be kept",
        ),
        (
            "BYDAY=TU",
            "BYHOUR=9",
            "14: teams[0].cadences[0].rrule: BYHOUR does not belong in the rule",
        ),
        ("09:00", "9", '15: teams[0].cadences[0].at: "9" is not a time; write it as "09:00"'),
        ("09:00", "9:30", '15: teams[0].cadences[0].at: "9:30" is not a time; write it as "09:30"'),
        (
            "09:00",
            "24:00",
            '15: teams[0].cadences[0].at: "24:00" is not a time; write it as "09:00"',
        ),
        ("09:00", "[9]", '15: teams[0].cadences[0].at: this is not a time; write it as "09:00"'),
    ],
)
def test_each_mistake_has_a_line_and_a_mend(written: str, instead: str, told: str) -> None:
    assert GOOD.count(written) == 1
    (line,) = problems(GOOD.replace(written, instead))
    assert line.startswith(f"teams.yaml:{told}")


@pytest.mark.parametrize("country", ["NO", "GB", "GB-ENG", "DE-BY", "US-CA", "JP"])
def test_a_country_may_be_a_part_of_one(country: str) -> None:
    assert read(GOOD.replace("country: NO", f"country: {country}")).teams[0].country == country


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=2",
        "freq=monthly;byday=1mo",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=5",
    ],
)
def test_any_rule_over_days_is_taken(rule: str) -> None:
    cadences = read(GOOD.replace("FREQ=WEEKLY;BYDAY=TU", rule)).teams[0].cadences
    assert cadences[0].rrule == rule.upper()


WISHES = """\
workspace: {platform: slack, id: T0123ABCD}
teams:
  - name: Northern
    channel: C0123ABCD
    timezone: Europe/Oslo
    country: NO
    budget: 4
    quiet_hours: "20:00-08:00"
    blackout: [{from: 2026-12-14, until: 2026-12-31}]
    paused: false
    members:
      - user: U0123ABCD
        role: lead
        timezone: Asia/Tokyo
        away: [{from: 2026-11-02, until: 2026-11-06}]
        paused_until: 2026-12-01
        opted_out: true
    cadences:
      - {practice: voices_heard, rrule: FREQ=WEEKLY;BYDAY=TU, at: "09:00", paused: true}
"""


def test_load_and_wishes_are_read() -> None:
    team = read(WISHES).teams[0]
    assert (team.budget, team.paused, team.cadences[0].paused) == (4, False, True)
    assert team.quiet_hours == QuietHours(time(20), time(8))
    assert team.blackout == (Span(date(2026, 12, 14), date(2026, 12, 31)),)
    assert team.members[0] == WantedMember(
        "U0123ABCD",
        Role.LEAD,
        timezone="Asia/Tokyo",
        away=(Span(date(2026, 11, 2), date(2026, 11, 6)),),
        paused_until=date(2026, 12, 1),
        opted_out=True,
    )
    assert read(WISHES.replace('"20:00-08:00"', "none")).teams[0].quiet_hours is None
    assert read(GOOD).teams[0].quiet_hours == EVENING_TO_MORNING


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("budget: 4", "budget: 6", '7: teams[0].budget: "6" is too high; 5 is the most'),
        ("budget: 4", "budget: 2", '7: teams[0].budget: "2" is too low; 3 is the least'),
        ("budget: 4", "budget: few", '7: teams[0].budget: "few" is not a whole number; write one'),
        ("20:00-08:00", "late", '8: teams[0].quiet_hours: "late" are not quiet hours; write them'),
        ("20:00-08:00", "8:00-9:00", '8: teams[0].quiet_hours: "8:00" is not a time; write it as'),
        ("20:00-08:00", "09:00-09:00", "8: teams[0].quiet_hours: they end as they begin; write"),
        (
            "20:00-08:00",
            "08:30-09:30",
            "19: teams[0].cadences[0].at: 09:00 is in the quiet hours, 08:30-09:30; choose",
        ),
        ("{from: 2026-12-14, ", "{", "9: teams[0].blackout[0]: this is not a span of days; write"),
        ("2026-12-14", "14.12.2026", '9: teams[0].blackout[0]: "14.12.2026" is not a day; write'),
        ("2026-12-14", "2027-12-14", "9: teams[0].blackout[0]: it ends on 2026-12-31, before it"),
        ("paused: false", "paused: perhaps", '10: teams[0].paused: "perhaps" is neither true nor'),
        ("Asia/Tokyo", "Tokio", '14: teams[0].members[0].timezone: "Tokio" is not an IANA time'),
        ("2026-11-06", "2026-11-32", '15: teams[0].members[0].away[0]: "2026-11-32" is not a day'),
        ("2026-12-01", "soon", '16: teams[0].members[0].paused_until: "soon" is not a day; write'),
        ("out: true", "out: maybe", '17: teams[0].members[0].opted_out: "maybe" is neither true'),
        ("paused: true", "paused: 7", '19: teams[0].cadences[0].paused: "7" is neither true nor'),
    ],
)
def test_each_mistake_about_load_has_a_line_and_a_mend(
    written: str, instead: str, told: str
) -> None:
    assert WISHES.count(written) == 1
    (line,) = problems(WISHES.replace(written, instead))
    assert line.startswith(f"teams.yaml:{told}")


def test_the_threshold_of_what_is_anonymous_has_a_floor() -> None:
    assert read(WISHES).teams[0].anonymity is None
    assert read(WISHES.replace("budget: 4", "anonymity: 4")).teams[0].anonymity == 4
    (line,) = problems(WISHES.replace("budget: 4", "anonymity: 2"))
    assert line == 'teams.yaml:7: teams[0].anonymity: "2" is too low; 3 is the least'


def test_a_city_is_enough_to_be_told_its_zone() -> None:
    with pytest.raises(DocumentError, match="did you mean Europe/Oslo"):
        read(GOOD.replace("Europe/Oslo", "oslo"))


def test_a_channel_has_one_team_and_a_practice_one_cadence() -> None:
    team = GOOD.partition("teams:\n")[2]
    with pytest.raises(DocumentError, match=r"^teams\.yaml:17: teams\[1\]\.channel: C0123ABCD is"):
        read(GOOD + team)
    cadence = GOOD.partition("    cadences:\n")[2]
    with pytest.raises(DocumentError, match=r"^teams\.yaml:16: .*practice: voices_heard stands"):
        read(GOOD + cadence)


def test_the_digest_may_have_a_cadence_of_its_own() -> None:
    team = read(GOOD.replace("voices_heard", "digest")).teams[0]
    assert team.all_cadences() == team.cadences


@given(st.data())
def test_a_file_with_any_line_spoilt_is_read_or_refused_in_words(data: st.DataObject) -> None:
    lines = GOOD.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(st.one_of(st.text(), st.just(lines[at] + " x"), st.just("")))
    assert all(line.startswith("teams.yaml:") for line in problems("\n".join(lines)))


IN_SLOT = """\
    slot: Tuesday 09:00
    pack: gentle_start
"""


def with_slot(slot: str = IN_SLOT, cadence: str = "") -> str:
    people, _, cadences = GOOD.partition("    cadences:\n")
    return people + slot + "    cadences:\n" + (cadence or cadences)


def test_a_slot_and_a_pack_are_read() -> None:
    (team,) = read(with_slot()).teams
    assert (team.slot, team.pack) == (Slot(1, time(9)), "gentle_start")
    (team,) = read(with_slot("    slot: friday\n")).teams
    assert team.slot == Slot(4, time(9))


def test_a_cadence_may_come_in_the_slot_or_on_the_teams_clock() -> None:
    in_slot = "      - {practice: early_wins, rrule: FREQ=WEEKLY}\n"
    at_once = '      - {practice: alignment, rrule: FREQ=WEEKLY, at: "14:00", clock: team}\n'
    (team,) = read(with_slot(cadence=in_slot + at_once)).teams
    first, second, _ = team.all_cadences()
    assert (first.at, first.clock) == (None, WallClock.OWN)
    assert (second.at, second.clock) == (time(14), WallClock.TEAM)


@pytest.mark.parametrize(
    ("slot", "told"),
    [
        ("    slot: Tueday 09:00\n", 'is not a slot; write it as "Tuesday 09:00"'),
        ("    slot: Tuesday 9:00\n", 'write it as "09:00"'),
        ("    slot: Tuesday 20:00\n", "20:00 is in the quiet hours"),
        ("    slot: 12\n", "is not a slot"),
        ("    pack: gentle_start\n", "add `slot"),
        ("    slot: Tuesday\n    pack: gentlestart\n", "did you mean gentle_start?"),
    ],
)
def test_each_mistake_about_sittings_has_a_mend(slot: str, told: str) -> None:
    (problem,) = problems(with_slot(slot))
    assert told in problem


@pytest.mark.parametrize(
    ("cadence", "told"),
    [
        ("{practice: early_wins, rrule: FREQ=WEEKLY}", "it needs an hour"),
        ("{practice: digest, rrule: FREQ=WEEKLY}", "a digest needs an hour of its own"),
        ("{practice: early_wins, rrule: FREQ=WEEKLY, at: '09:00', clock: mine}", "clock"),
    ],
)
def test_without_a_slot_a_cadence_needs_its_hour(cadence: str, told: str) -> None:
    (problem,) = problems(with_slot("", f"      - {cadence}\n"))
    assert told in problem


def test_some_alone_can_be_asked_who_are_on_the_team() -> None:
    invite = "      - {practice: stakeholder_invite, rrule: FREQ=WEEKLY, asked: [U0123ABCD]}\n"
    (team,) = read(with_slot(cadence=invite)).teams
    assert team.cadences[0].asked == ("U0123ABCD",)
    (stranger,) = problems(with_slot(cadence=invite.replace("U0123ABCD", "U0123ABCZ")))
    assert "U0123ABCZ is not one of the team's `members`: U0123ABCD, W0123ABCE" in stranger
    (anonymous,) = problems(with_slot(cadence=invite.replace("stakeholder_invite", "alignment")))
    assert "asked of everybody" in anonymous
    (whom,) = problems(with_slot(cadence=invite.replace(", asked: [U0123ABCD]", "")))
    assert "say whom it asks" in whom
