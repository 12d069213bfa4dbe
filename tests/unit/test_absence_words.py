"""Days of absence in words: read where they are plain, left to the form where they are not."""

from datetime import date

import pytest

from coaching.absence_words import absence_from_words
from coaching.calendar import Span

TODAY = date(2026, 11, 18)
"""A Wednesday."""


def days(first: tuple[int, int, int], last: tuple[int, int, int]) -> Span:
    return Span(date(*first), date(*last))


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("until Friday", days((2026, 11, 18), (2026, 11, 20))),
        ("until Wednesday", days((2026, 11, 18), (2026, 11, 18))),
        ("till fri", days((2026, 11, 18), (2026, 11, 20))),
        ("until tomorrow", days((2026, 11, 18), (2026, 11, 19))),
        ("until 21st December", days((2026, 11, 18), (2026, 12, 21))),
        ("21 Dec - 3 Jan", days((2026, 12, 21), (2027, 1, 3))),
        ("21 Dec \u2013 3 Jan", days((2026, 12, 21), (2027, 1, 3))),
        ("from Dec 21 to Jan 3", days((2026, 12, 21), (2027, 1, 3))),
        ("21-23 Dec", days((2026, 12, 21), (2026, 12, 23))),
        ("1 Sept 2027 until 4 Sept 2027", days((2027, 9, 1), (2027, 9, 4))),
        ("2026-12-21 - 2027-01-03", days((2026, 12, 21), (2027, 1, 3))),
        ("Friday - Monday", days((2026, 11, 20), (2026, 11, 23))),
        ("Monday-Wednesday", days((2026, 11, 23), (2026, 11, 25))),
        ("from tomorrow until Monday", days((2026, 11, 19), (2026, 11, 23))),
        ("today", days((2026, 11, 18), (2026, 11, 18))),
        ("Tomorrow", days((2026, 11, 19), (2026, 11, 19))),
        ("2026-12-21", days((2026, 12, 21), (2026, 12, 21))),
        ("this week", days((2026, 11, 18), (2026, 11, 22))),
        ("next week", days((2026, 11, 23), (2026, 11, 29))),
        ("for two weeks", days((2026, 11, 18), (2026, 12, 1))),
        ("for a day", days((2026, 11, 18), (2026, 11, 18))),
        ("for 3 days", days((2026, 11, 18), (2026, 11, 20))),
    ],
)
def test_plain_days_are_read(words: str, span: Span) -> None:
    assert absence_from_words(words, TODAY) == span


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "next Friday",
        "until Friday please",
        "30 Feb",
        "until 30 Feb",
        "from 30 Feb to 3 Mar",
        "12/11",
        "1.12. - 4.12.",
        "for a while",
        "for 0 days",
        "from Friday until tomorrow",
        "2026-12-21 - 2026-12-03",
        "21 Foo - 3 Bar",
        " - ",
    ],
)
def test_what_could_mean_another_day_is_left_to_the_form(words: str) -> None:
    assert absence_from_words(words, TODAY) is None
