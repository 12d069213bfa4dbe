"""Every token of Slack's dates, on the viewer's wall."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox.page.drawing.dates import clock_of, day_of, slack_date
from tests.sandbox.page.looking import NOW, seen, sight

EYES = sight().eyes
DAY = 86_400.0


def at(*moment: int) -> float:
    return datetime(*moment, tzinfo=ZoneInfo("Europe/London")).timestamp()  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("date_num", "2026-10-05"),
        ("date_slash", "05/10/2026"),
        ("date_long", "Monday, 5 October"),
        ("date_long_full", "5 October 2026"),
        ("date_long_pretty", "Monday, 5 October"),
        ("date", "5 October"),
        ("date_pretty", "5 October"),
        ("date_short", "5 Oct"),
        ("date_short_pretty", "5 Oct"),
        ("day_divider_pretty", "Monday, 5 October"),
        ("time", "14:03"),
        ("time_secs", "14:03:09"),
        ("ago", "28 days ago"),
    ],
)
def test_tokens(token: str, told: str) -> None:
    shown = slack_date(at(2026, 10, 5, 14, 3, 9), f"on {{{token}}}.", "fallback", EYES)
    assert seen(shown).text == f"on {told}."
    assert seen(shown).values("time", "datetime") == ["2026-10-05T14:03:09+01:00"]
    assert seen(shown).values("time", "title") == ["Monday, 5 October 2026 at 14:03"]


@pytest.mark.parametrize(("days", "told"), [(-1, "yesterday"), (0, "today"), (1, "tomorrow")])
@pytest.mark.parametrize("token", ["date", "date_short", "date_long", "day_divider"])
def test_near_days_have_names_and_begin_large(days: int, told: str, token: str) -> None:
    moment = NOW.timestamp() + days * DAY
    assert seen(slack_date(moment, f"by {{{token}_pretty}}", "", EYES)).text == f"by {told}"
    assert seen(slack_date(moment, f"{{{token}_pretty}}", "", EYES)).text == told.capitalize()


def test_a_year_is_told_where_it_is_not_plain() -> None:
    long_ago = at(2014, 2, 18, 6, 39)
    assert seen(slack_date(long_ago, "{date_short}", "", EYES)).text == "18 Feb 2014"
    assert seen(slack_date(long_ago, "{date_long}", "", EYES)).text == "Tuesday, 18 February 2014"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "now"),
        (1, "1 second ago"),
        (59, "59 seconds ago"),
        (60, "1 minute ago"),
        (3 * 3600, "3 hours ago"),
        (2 * DAY, "2 days ago"),
        (90 * DAY, "3 months ago"),
        (800 * DAY, "2 years ago"),
        (-120, "in 2 minutes"),
    ],
)
def test_ago(seconds: float, told: str) -> None:
    shown = seen(slack_date(NOW.timestamp() - seconds, "({ago})", "", EYES))
    assert shown.text == f"({told})"


@pytest.mark.parametrize(
    ("seconds", "form", "zone"),
    [
        (0, "{_}", None),
        (0, "no token", None),
        (0, "{date_long_full_pretty}", None),
        (1e14, "{date}", None),
        (float("nan"), "{date}", None),
        (0, "{date}", "Nowhere/At_all"),
        (0, "{date}", "../etc/passwd"),
    ],
)
def test_what_cannot_be_told_is_the_fallback(seconds: float, form: str, zone: str | None) -> None:
    assert slack_date(seconds, form, "<some> day", EYES, zone=zone) == "&lt;some&gt; day"


def test_another_wall_and_a_link() -> None:
    moment = NOW.timestamp()
    shown = seen(slack_date(moment, "{time}", "", EYES, zone="Asia/Tokyo", link="https://a.org"))
    assert shown.text == "18:05"
    assert shown.values("a", "href") == ["https://a.org"]
    assert "a" not in seen(slack_date(moment, "{time}", "", EYES, link="javascript:x")).tags


def test_the_time_and_the_day_of_a_message() -> None:
    ts = f"{NOW.timestamp():.6f}"
    assert (clock_of(ts, EYES), day_of(ts, EYES)) == ("09:05", "Today")
    assert day_of(at(2026, 10, 5), EYES) == "Monday, 5 October"
    assert day_of(at(2025, 12, 31), EYES) == "Wednesday, 31 December 2025"
