"""The packs: what they would ask of whom over two years, on every weekday, from any week on."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise, takewhile

import pytest

from coaching.catalogue import load_catalogue
from coaching.documents import DocumentError
from coaching.pack import Pack, load_packs, read_pack
from coaching.practice import Audience
from coaching.recurrence import check_rule, days_of

MONDAY = date(2026, 10, 5)
STARTS = [MONDAY + timedelta(days=22 * n) for n in range(17)]
"""Every weekday, in every part of a quarter, over a year."""

TWO_YEARS = timedelta(days=2 * 365)
CATALOGUE = load_catalogue()
QUARTERLY = {
    *("purpose", "purpose_whole", "challenge", "declaration", "agreements", "ownership"),
    *("stakeholder_map", "focus_audit", "future_back", "five_disciplines"),
}
"""And rarer."""

GOOD = """\
key: sample
name: Sample
about: What it is.
every: 2
opening:
  - [baseline]
rotation:
  - {practice: early_wins, rrule: "FREQ=MONTHLY;BYDAY=1{day}"}
"""

packs = pytest.mark.parametrize("pack", load_packs().values(), ids=lambda pack: pack.key)


def sittings(pack: Pack, first: date) -> Mapping[date, list[str]]:
    """What is asked on which day, for two years."""
    asked: dict[date, list[str]] = defaultdict(list)
    for cadence in pack.cadences(first):
        days = days_of(cadence.rrule, cadence.starts_on, cadence.starts_on)
        for day in takewhile(lambda day: day < first + TWO_YEARS, days):
            asked[day].append(cadence.practice)
    return dict(sorted(asked.items()))


def required(keys: list[str]) -> int:
    """For the lead, of whom most is asked."""
    return sum(not question.optional for key in keys for question in CATALOGUE[key].questions)


def test_there_are_three_packs_each_in_the_file_of_its_key() -> None:
    assert list(load_packs()) == ["breakthrough", "five_disciplines", "gentle_start"]


@packs
def test_a_sitting_has_at_most_three_required_questions_and_three_minutes(pack: Pack) -> None:
    for first in STARTS:
        for day, keys in sittings(pack, first).items():
            assert len(set(keys)) == len(keys), day
            assert required(keys) <= 3, (day, keys)
            assert sum(CATALOGUE[key].minutes for key in keys) <= 3, (day, keys)
            assert sum(CATALOGUE[key].audience is Audience.LEAD_AND_COACH for key in keys) <= 1


@packs
def test_sittings_keep_to_the_weekday_and_their_distance(pack: Pack) -> None:
    for first in STARTS:
        days = list(sittings(pack, first))
        assert days[0] == first
        assert {day.weekday() for day in days} == {first.weekday()}
        apart = {(later - earlier).days // 7 for earlier, later in pairwise(days)}
        assert min(apart) >= pack.every
        assert max(apart) <= 3, "nobody is forgotten"


@packs
def test_the_opening_comes_first_one_sitting_after_another(pack: Pack) -> None:
    for first in STARTS:
        asked = list(sittings(pack, first).items())
        for place, practices in enumerate(pack.opening):
            day, keys = asked[place]
            assert day == first + timedelta(weeks=place * pack.every)
            assert keys == list(practices)


@packs
def test_the_quarterly_ones_come_in_weeks_4_to_9_of_a_quarter(pack: Pack) -> None:
    for first in STARTS:
        begun = first + timedelta(weeks=len(pack.opening) * pack.every)
        for day, keys in sittings(pack, first).items():
            if day >= begun and QUARTERLY & set(keys):
                quarter = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
                assert 4 <= (day - quarter).days // 7 + 1 <= 9, (day, keys)


@packs
def test_what_the_opening_asked_is_not_asked_again_in_the_same_quarter(pack: Pack) -> None:
    opened = {key for practices in pack.opening for key in practices} & QUARTERLY
    for first in STARTS:
        begun = first + timedelta(weeks=len(pack.opening) * pack.every)
        again = {
            day - first
            for day, keys in sittings(pack, first).items()
            if day >= begun and opened & set(keys)
        }
        assert min(again, default=TWO_YEARS) >= timedelta(weeks=13)


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [("gentle_start", 3.9, 4.2), ("five_disciplines", 7.0, 7.6), ("breakthrough", 7.4, 8.2)],
)
def test_the_load_is_about_4_7_and_8_messages_in_28_days(
    key: str, least: float, most: float
) -> None:
    """Each sitting is a prompt and, for who has not answered after a day, a reminder."""
    for first in STARTS:
        messages = 2 * len(sittings(load_packs()[key], first))
        assert least <= messages * 28 / TWO_YEARS.days <= most


@packs
def test_every_rule_can_be_kept(pack: Pack) -> None:
    for first in STARTS[:7]:
        for cadence in pack.cadences(first):
            check_rule(cadence.rrule)


@pytest.mark.parametrize(
    ("change", "to", "line", "mend"),
    [
        ("[baseline]", "[baseline, basline]", 6, "`basline` is not a practice"),
        ("early_wins", "onboarding", 8, "when it happens"),
        ("1{day}", "1TU", 8, "BYDAY=2{day}"),
        ("MONTHLY", "HOURLY", 8, "FREQ=DAILY is the most"),
        ("every: 2", "every: 0", 4, "1 is the least"),
        ("  - [baseline]", "  - []", 6, "1 entry"),
    ],
)
def test_a_wrong_file_names_line_and_mend(change: str, to: str, line: int, mend: str) -> None:
    assert read_pack(GOOD, "sample.yaml", CATALOGUE).key == "sample"
    with pytest.raises(DocumentError) as wrong:
        read_pack(GOOD.replace(change, to), "sample.yaml", CATALOGUE)
    assert f"sample.yaml:{line}:" in str(wrong.value)
    assert mend in str(wrong.value)


def test_a_turn_waits_for_its_week_and_for_the_end_of_the_opening() -> None:
    text = GOOD.replace('1{day}"}', '1{day}", from_week: 14}')
    soon, late = (read_pack(one, "sample.yaml", CATALOGUE) for one in (GOOD, text))
    assert [cadence.starts_on for cadence in soon.cadences(MONDAY)] == [MONDAY, date(2026, 10, 19)]
    assert [cadence.starts_on for cadence in late.cadences(MONDAY)] == [MONDAY, date(2027, 1, 4)]
    assert [cadence.rrule for cadence in soon.cadences(MONDAY)][1] == "FREQ=MONTHLY;BYDAY=1MO"
