"""Moments as they stand on the viewer's wall.

Two pages of Slack's say what each token shows, the guide and the element's reference:
https://docs.slack.dev/messaging/formatting-message-text#date-formatting
https://docs.slack.dev/reference/block-kit/block-elements/date-element

- The year of `{date}`, `{date_short}` and `{date_long}`: the guide omits it "if the date is less
  than six months in the past or future", the reference says nothing of that. Believed: the guide's
  word, wherever a date stands; and that six months are 183 days.
- `{ago}`: "3 minutes ago", "4 hours ago", "2 days ago" are the examples. Larger units, what is
  still to come, and "now" are believed.
- What stands first begins with a capital: believed, from those who drew it
  (https://metacpan.org/pod/Slack::BlockKit::Block::RichText::Date).
- The fallback is for when "parsing, formatting or displaying fails"; that an unknown token is such
  a failure is believed.

British words and a clock of 24 hours are a preference of the viewer's at Slack; here they are the
page's own.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup, escape

from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.links import link as linked

__all__ = ["clock_of", "day_of", "slack_date"]

_TOKEN = re.compile(r"\{([a-z_]*)\}")
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_HALF_A_YEAR = 183  # Days.
_AGES = (
    (60, 1, "second"),
    (3600, 60, "minute"),
    (86_400, 3600, "hour"),
    (30 * 86_400, 86_400, "day"),
    (365 * 86_400, 30 * 86_400, "month"),
    (float("inf"), 365 * 86_400, "year"),
)


def clock_of(ts: str | float, eyes: Eyes) -> str:
    """The time of day of a `ts` (or Unix seconds): `09:05`."""
    return f"{eyes.local(float(ts)):%H:%M}"


def day_of(ts: str | float, eyes: Eyes) -> str:
    """The day of a `ts` (or Unix seconds): `Today`, `Yesterday`, `Tuesday, 3 November`.

    The year stands there where it is not the workspace's.
    """
    return _capital(_Wall(eyes.local(float(ts)), _now(eyes, None)).told("day_divider_pretty"))


def slack_date(
    seconds: float,
    form: str,
    fallback: str,
    eyes: Eyes,
    *,
    link: str | None = None,
    zone: str | None = None,
) -> Markup:
    """A moment as `<!date^…>` and rich text have it: `form` is `{date_short_pretty} at {time}`.

    What can't be told (an unknown token, a moment beyond the calendar) is `fallback`, else `form`.
    `zone` is another wall than the viewer's.
    """
    try:
        at = (
            eyes.local(seconds) if zone is None else datetime.fromtimestamp(seconds, ZoneInfo(zone))
        )
        words = _fill(form, _Wall(at, _now(eyes, zone)))
        on_the_wall = f"{at:%A}, {at.day} {at:%B %Y} at {at:%H:%M}"
    except (LookupError, ValueError, OverflowError, OSError, ZoneInfoNotFoundError):
        return escape(fallback or form)
    shown = Markup('<time datetime="{}" title="{}">{}</time>').format(
        at.isoformat(), on_the_wall, words
    )
    return shown if link is None else linked(link, shown)


def _now(eyes: Eyes, zone: str | None) -> datetime:
    seconds = eyes.workspace.clock.seconds()
    return eyes.local(seconds) if zone is None else datetime.fromtimestamp(seconds, ZoneInfo(zone))


def _fill(form: str, wall: _Wall) -> str:
    """The form with each token told; LookupError where there is none, or one nobody knows."""
    if not _TOKEN.search(form):
        raise LookupError(form)

    def told(match: re.Match[str]) -> str:
        words = wall.told(match[1])
        return _capital(words) if match.start() == 0 else words

    return _TOKEN.sub(told, form)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class _Wall:
    """One moment, seen from another."""

    def __init__(self, at: datetime, now: datetime) -> None:
        self.at = at
        self.now = now
        self.days = (at.date() - now.date()).days

    def told(self, token: str) -> str:
        """The moment as `token` has it; LookupError where there is no such token."""
        at = self.at
        base, pretty, rest = token.rpartition("_pretty")
        if pretty and not rest and base in {"date", "date_short", "date_long", "day_divider"}:
            return _NEAR.get(self.days) or self._day(base)
        match token:
            case "date_num":
                return f"{at.year:04}-{at.month:02}-{at.day:02}"
            case "date_slash":
                return f"{at.day:02}/{at.month:02}/{at.year:04}"
            case "date_long_full":
                return f"{at.day} {at:%B} {at.year}"
            case "time":
                return f"{at:%H:%M}"
            case "time_secs":
                return f"{at:%H:%M:%S}"
            case "ago":
                # By timestamps: on one wall, datetimes differ by what its hands show.
                return _ago(self.now.timestamp() - at.timestamp())
            case _:
                return self._day(token)

    def _day(self, token: str) -> str:
        at = self.at
        near = abs(self.days) < _HALF_A_YEAR
        days = {
            "date": f"{at.day} {at:%B}",
            "date_short": f"{at.day} {at:%b}",
            "date_long": f"{at:%A}, {at.day} {at:%B}",
            "day_divider": f"{at:%A}, {at.day} {at:%B}",
        }
        same_year = at.year == self.now.year if token == "day_divider" else near
        return days[token] if same_year else f"{days[token]} {at.year}"


def _ago(seconds: float) -> str:
    size = abs(seconds)
    if size < 1:
        return "now"
    unit, name = next((unit, name) for below, unit, name in _AGES if size < below)
    count = int(size // unit)
    words = f"{count} {name}{'' if count == 1 else 's'}"
    return f"{words} ago" if seconds > 0 else f"in {words}"
