"""Rhythms as people say them: "every second Wednesday at 09:00", to a rule and back."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from coaching.document_sentences import quoted
from coaching.recurrence import check_rule
from coaching.rhythm_plainly import in_plain_words
from coaching.rhythm_words import LISTS, MONTHS, NUMBERS, ORDINALS, SLOTS, WEEKDAYS
from coaching.rule_text import normal, parts_of, text_of

__all__ = ["Before", "Rhythm", "from_words", "in_words"]

_WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"
_OPENS, _ENDS = "BYMONTH=1,4,7,10", "BYMONTH=3,6,9,12"
_PHRASES = (
    ("every day", "FREQ=DAILY"),
    ("every {nth} day", "FREQ=DAILY;INTERVAL={nth}"),
    ("every weekday", f"FREQ=WEEKLY;{_WORKDAYS}"),
    ("every week", "FREQ=WEEKLY"),
    ("every {nth} week", "FREQ=WEEKLY;INTERVAL={nth}"),
    ("every {days}", "FREQ=WEEKLY;BYDAY={days}"),
    ("every {nth} {days}", "FREQ=WEEKLY;INTERVAL={nth};BYDAY={days}"),
    ("every month", "FREQ=MONTHLY"),
    ("every {nth} month", "FREQ=MONTHLY;INTERVAL={nth}"),
    ("{end} weekday of each month", f"FREQ=MONTHLY;{_WORKDAYS};BYSETPOS={{end}}"),
    ("{counted} of each month", "FREQ=MONTHLY;BYDAY={counted}"),
    ("{counted} of every {nth} month", "FREQ=MONTHLY;INTERVAL={nth};BYDAY={counted}"),
    ("last day of each month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("{dates} of each month", "FREQ=MONTHLY;BYMONTHDAY={dates}"),
    ("{dates} of every {nth} month", "FREQ=MONTHLY;INTERVAL={nth};BYMONTHDAY={dates}"),
    ("first weekday of each quarter", f"FREQ=MONTHLY;{_OPENS};{_WORKDAYS};BYSETPOS=1"),
    ("last weekday of each quarter", f"FREQ=MONTHLY;{_ENDS};{_WORKDAYS};BYSETPOS=-1"),
    ("{early} of each quarter", f"FREQ=MONTHLY;{_OPENS};BYDAY={{early}}"),
    ("last {day} of each quarter", f"FREQ=MONTHLY;{_ENDS};BYDAY=-1{{day}}"),
    ("first day of each quarter", f"FREQ=MONTHLY;{_OPENS};BYMONTHDAY=1"),
    ("last day of each quarter", f"FREQ=MONTHLY;{_ENDS};BYMONTHDAY=-1"),
    ("every year", "FREQ=YEARLY"),
    ("on {date} {month} each year", "FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={date}"),
    ("{counted} of {months} each year", "FREQ=YEARLY;BYMONTH={months};BYDAY={counted}"),
)
"""A phrase and its rule: read from left to right, and from right to left."""

_MEANT = {
    r"\bevery other\b": "every second",
    r"\b(of|in) (every|the) (month|quarter)\b": r"of each \3",
    r"\bevery year$": "each year",
    r"^each\b": "every",
    r"^(on )?(the )?": "",
    r"^each year$": "every year",
}
"""Other ways to say the same, and how it is said here."""

_COUNTED = re.compile(r"\b(\d{1,2})(st|nd|rd|th)(?= (\w+day|week|month)\b)")

_EXAMPLES = (
    "every Tuesday at 09:00",
    "every second Wednesday at 09:00",
    "every weekday at 08:30",
    "first Monday of each month at 09:00",
    "last Friday of each month at 16:00",
    "first Monday of each quarter at 09:00",
    "1st and 15th of each month at 09:00",
    "on 1 March each year at 09:00",
    "ten days before a session at 09:00",
)
_WHOLE = re.compile(
    r"(?P<what>.+?)(?: at (?P<at>[^ ,]+))?"
    r"(?:,? until (?P<until>\d{1,2} \w+ \d{4})|, (?P<count>once|\d{1,3} times))?"
)
_BEFORE = re.compile(
    r"(?:the|(?P<number>\w+)) (?P<unit>day|week)s? before (?:an?|the) (?P<of>[a-z]+( [a-z]+)*)"
)


@dataclass(frozen=True, slots=True)
class Before:
    """So many days before a date that the team records, such as that of its next session."""

    days: int
    of: str = "session"

    def __post_init__(self) -> None:
        named = re.fullmatch("[a-z]+( [a-z]+)*", self.of) and " at " not in f" {self.of} "
        if not 1 <= self.days <= 366 or not named or " until " in f" {self.of} ":
            raise ValueError("from 1 to 366 days before something named in small letters")

    def day(self, recorded: date) -> date:
        """The day it comes on, where the recorded date is this one."""
        return recorded - timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When something comes: an RFC 5545 rule, or days before a recorded date; and the hour."""

    rule: str | Before
    at: time


def in_words(rule: str | Before, at: time) -> str:
    """The rhythm as people say it.

    What a phrase says, `from_words` reads. A rule without one is described part by part.
    """
    hour = f"at {at:%H:%M}"
    if isinstance(rule, Before):
        return f"{_before_in_words(rule)} {hour}"
    parts = parts_of(normal(rule))
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    said = f"{_phrase_of(text_of(parts)) or in_plain_words(parts)} {hour}"
    if count:
        return f"{said}, {'once' if count == '1' else f'{count} times'}"
    if until:
        last = datetime.strptime(until, "%Y%m%d")
        return f"{said} until {last.day} {last:%B %Y}"
    return said


def from_words(text: str, at: time | None = None) -> Rhythm:
    """The rhythm that a phrase names, in any case, with or without "the".

    `at` is the hour where the phrase names none.

    Raises:
        ValueError: says what was not understood, and the nearest that would be.
    """
    said = " ".join(text.lower().split()).strip(" .")
    found = _WHOLE.fullmatch(said)
    rule = _rule_of(found["what"]) if found else None
    if found is None or rule is None:
        raise ValueError(f"{quoted(text)} is no rhythm I know; {_nearest(said)}")
    if not isinstance(rule, Before):
        rule = normal(rule + _limit(found["until"] or "", found["count"] or ""))
        check_rule(rule)
    elif found["until"] or found["count"]:
        raise ValueError(f"{quoted(text)} ends by itself; leave out how often or until when")
    return Rhythm(rule, at if at and not found["at"] else _hour(rule, found["at"]))


def _phrase_of(rule: str) -> str | None:
    for phrase, shape in _PHRASES:
        found = re.fullmatch(_with_groups(shape, lambda _: "[^;]+"), rule)
        words = found and {name: SLOTS[name].say(part) for name, part in found.groupdict().items()}
        if words is not None and None not in words.values():
            return phrase.format(**words)
    return None


def _rule_of(what: str) -> str | Before | None:
    if found := _BEFORE.fullmatch(what):
        return _before(found["number"] or "one", found["unit"], found["of"])
    for other, here in _MEANT.items():
        what = re.sub(other, here, what)
    what = _COUNTED.sub(lambda found: _ordinal(found[1]), what)
    for phrase, shape in _PHRASES:
        said = re.fullmatch(_with_groups(phrase.removeprefix("on "), _words_of), what)
        parts = said and {name: SLOTS[name].read(words) for name, words in said.groupdict().items()}
        if parts is not None and None not in parts.values():
            return shape.format(**parts)
    return None


def _with_groups(template: str, within: Callable[[str], str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: f"(?P<{found[1]}>{within(found[1])})", template)


def _words_of(slot: str) -> str:
    return ".+" if slot in LISTS else r"\S+"


def _limit(until: str, count: str) -> str:
    if count:
        return f";COUNT={'1' if count == 'once' else count.split()[0]}"
    if not until:
        return ""
    try:
        return f";UNTIL={datetime.strptime(until, '%d %B %Y'):%Y%m%d}"
    except ValueError:
        raise ValueError(f'{quoted(until)} is no day; write it as "18 December 2026"') from None


def _hour(rule: str | Before, given: str | None) -> time:
    if given is None:
        raise ValueError(f'at which hour? Write "{in_words(rule, time(9))}"')
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", given):
        raise ValueError(f'{quoted(given)} is not an hour; write "{in_words(rule, time(9))}"')
    return time.fromisoformat(given)


def _before(number: str, unit: str, of: str) -> Before | None:
    count = NUMBERS.get(number, number)
    days = int(count) * (7 if unit == "week" else 1) if count.isdecimal() else 0
    return Before(days, of) if 1 <= days <= 366 else None


def _before_in_words(rule: Before) -> str:
    article = "an" if rule.of[0] in "aeiou" else "a"
    if rule.days == 1:
        return f"the day before {article} {rule.of}"
    weeks, odd = divmod(rule.days, 7)
    number, unit = (rule.days, "days") if odd or weeks == 1 else (weeks, "weeks")
    named = {value: name for name, value in NUMBERS.items()}.get(str(number), str(number))
    return f"{named} {unit} before {article} {rule.of}"


def _ordinal(number: str) -> str:
    return {value: name for name, value in ORDINALS.items()}.get(str(int(number)), number)


def _nearest(said: str) -> str:
    """The phrase with its words put right, where that is one; else the example most like it."""
    mended = " ".join(_word(word) for word in said.split())
    found = _WHOLE.fullmatch(mended)
    rule = _rule_of(found["what"]) if found else None
    if found is not None and rule is not None:
        right = re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", found["at"] or "")
        at = time.fromisoformat(found["at"]) if right else time(9)
        return f'did you mean "{in_words(rule, at)}"?'
    (close,) = get_close_matches(said, _EXAMPLES, n=1, cutoff=0)
    return f'write it like "{close}"'


def _word(given: str) -> str:
    end = "," if given.endswith(",") else ""
    close = get_close_matches(given.removesuffix(","), list(_vocabulary()), n=1, cutoff=0.7)
    return f"{close[0]}{end}" if close and given[:1].isalpha() else given


def _vocabulary() -> Iterator[str]:
    yield from (name.lower() for names in (WEEKDAYS, MONTHS, ORDINALS, NUMBERS) for name in names)
    for phrase in (*(phrase for phrase, _ in _PHRASES), *_EXAMPLES):
        yield from (word for word in phrase.lower().split() if word.isalpha())
