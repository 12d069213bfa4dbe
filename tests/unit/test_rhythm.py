"""Rhythms in words: from a phrase to its rule and back, and what is said where there is none."""

import re
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.recurrence import check_rule
from coaching.rhythm import Before, Rhythm, from_words, in_words
from coaching.rule_text import DAYS, normal
from tests.unit.rules import rules_and_starts
from tests.unit.walks import walk

NINE = time(9)
NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
ORDINALS = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "twelfth"]
PLACES = ["first", "second", "third", "fourth", "fifth", "last"]


def said(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def some(names: list[str], most: int) -> st.SearchStrategy[str]:
    """Some of them, in their order, as a list in words."""
    chosen = st.sets(st.sampled_from(names), min_size=1, max_size=most)
    return chosen.map(lambda found: said(sorted(found, key=names.index)))


hours = st.builds(time, st.integers(0, 23), st.integers(0, 59))
counted = st.tuples(some(PLACES, 3), st.sampled_from(NAMES)).map(" ".join)
numbered = st.sampled_from(["1st", "2nd", "3rd", "11th", "22nd", "31st", "4th and 15th"])
every = st.sampled_from(ORDINALS)
rhythms = st.one_of(
    st.sampled_from(["every day", "every weekday", "every week", "every month", "every year"]),
    st.builds("every {} {}".format, every, st.sampled_from(["day", "week", "month"])),
    some(NAMES, 4).map("every {}".format),
    st.builds("every {} {}".format, every, some(NAMES, 3)),
    counted.map("{} of each month".format),
    st.builds("{} of every {} month".format, counted, every),
    numbered.map("{} of each month".format),
    st.builds("{} weekday of each {}".format, st.sampled_from(["first", "last"]),
              st.sampled_from(["month", "quarter"])),
    st.sampled_from(["last day of each month", "last day of each quarter"]),
    st.just("first day of each quarter"),
    st.builds("{} {} of each quarter".format, some(PLACES[:4], 2), st.sampled_from(NAMES)),
    st.sampled_from(NAMES).map("last {} of each quarter".format),
    st.builds("{} of {} each year".format, counted, some(MONTHS, 3)),
    st.builds("on {} {} each year".format, st.integers(1, 28), st.sampled_from(MONTHS)),
)  # fmt: skip
endings = st.one_of(
    st.just(""),
    st.just(", once"),
    st.integers(2, 999).map(", {} times".format),
    st.dates(date(2026, 1, 1), date(2099, 12, 31)).map(lambda d: f" until {d.day} {d:%B %Y}"),
)
phrases = st.builds("{} at {:%H:%M}{}".format, rhythms, hours, endings)


@given(phrases)
def test_a_phrase_becomes_a_rule_and_the_same_phrase_again(phrase: str) -> None:
    rhythm = from_words(phrase)
    assert isinstance(rhythm.rule, str)
    check_rule(rhythm.rule)
    assert normal(rhythm.rule) == rhythm.rule
    assert in_words(rhythm.rule, rhythm.at) == phrase
    the = "" if phrase.startswith(("on", "every")) else "The"
    assert from_words(f"  {the} {phrase.upper()}. ") == rhythm


@settings(deadline=None)
@given(rules_and_starts(), hours)
def test_what_is_said_of_a_rule_is_read_as_the_same_rule_or_not_at_all(
    made: tuple[str, date], at: time
) -> None:
    rule, starts_on = made
    words = in_words(rule, at)
    assert f"at {at:%H:%M}" in words
    try:
        found = from_words(words)
    except ValueError:
        return  # a description, not a phrase
    assert found.at == at
    assert isinstance(found.rule, str)
    last = starts_on + timedelta(days=800)
    assert walk(found.rule, starts_on, last) == walk(rule, starts_on, last)


named = st.sampled_from(["session", "strategy session", "offsite", "board meeting"])


@given(st.integers(1, 366), named, hours)
def test_days_before_a_recorded_date_in_words_and_back(days: int, of: str, at: time) -> None:
    rule = Before(days, of)
    assert from_words(in_words(rule, at)) == Rhythm(rule, at)
    assert rule.day(date(2027, 3, 29)) + timedelta(days=days) == date(2027, 3, 29)


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("every second Wednesday at 09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("every other Wednesday at 09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("every 2nd Wednesday at 09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("first Monday of each quarter at 09:00", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO"),
        ("the first Monday of the quarter at 09:00", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO"),
        ("last Friday of each quarter at 09:00", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR"),
        ("every weekday at 09:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("On the last Friday of every month at 09:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("on 1 March every year at 09:00", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"),
        ("each Tuesday at 09:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("ten days before a session at 09:00", Before(10, "session")),
        ("10 days before the session at 09:00", Before(10, "session")),
        ("four weeks before an offsite at 09:00", Before(28, "offsite")),
        ("the day before a session at 09:00", Before(1, "session")),
    ],
)
def test_phrases_that_people_use(phrase: str, rule: str | Before) -> None:
    assert from_words(phrase) == Rhythm(rule, NINE)


def test_the_hour_may_stand_elsewhere() -> None:
    assert from_words("ten days before a session", NINE) == Rhythm(Before(10), NINE)
    assert from_words("every Tuesday at 08:00", NINE).at == time(8)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            "FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO",
            "every year, in the 20th and last weeks of the year, on Monday at 09:00",
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "every month, on the 13th day of the month, on Friday at 09:00",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-2;COUNT=3",
            "every month, on Monday and Tuesday, of these the second to last at 09:00, 3 times",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU",
            "every second week, on Tuesday, weeks from Sunday on at 09:00",
        ),
        ("FREQ=DAILY;INTERVAL=21;UNTIL=20261218", "every 21st day at 09:00 until 18 December 2026"),
    ],
)
def test_a_rule_without_a_phrase_is_described_honestly(rule: str, words: str) -> None:
    assert in_words(rule, NINE) == words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("every secnd Wendesday at 9", 'did you mean "every second Wednesday at 09:00"?'),
        ("Tuesdays at 09:00", 'write it like "every Tuesday at 09:00"'),
        ("every Tuesday", 'at which hour? Write "every Tuesday at 09:00"'),
        ("every Tuesday at 9", '"9" is not an hour; write "every Tuesday at 09:00"'),
        ("every Tuesday at 24:00", '"24:00" is not an hour'),
        ("on 31 February each year at 09:00", "never comes"),
        ("sixth Monday of each month at 09:00", "is no rhythm I know"),
        ("every Tuesday at 09:00 until 31 June 2026", '"31 june 2026" is no day'),
        ("ten days before a session at 09:00, 3 times", "ends by itself"),
        ("400 days before a session at 09:00", "is no rhythm I know"),
        ("", '"" is no rhythm I know; write it like'),
    ],
)
def test_what_is_not_understood_is_told_with_the_nearest(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        from_words(text)


def refusal(text: str) -> str:
    try:
        from_words(text)
    except ValueError as refused:
        return str(refused)
    return ""


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    assert refusal(text).isprintable()


@pytest.mark.parametrize("days", [0, 367])
def test_days_before_lie_within_a_year(days: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 366"):
        Before(days)


def test_the_weekdays_here_are_those_of_the_rules() -> None:
    assert [name[:2].upper() for name in NAMES] == list(DAYS)
