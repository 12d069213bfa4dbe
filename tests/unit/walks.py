"""Recurrence the slow way: walk over the days, and ask of each whether it is one of the rule's.

Written from RFC 5545, section 3.3.10, and sharing nothing with the code that it is held against.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAY = timedelta(days=1)


def walk(rule: str, starts_on: date, last: date) -> list[date]:
    """The days of a rule up to `last`."""
    parts = dict(part.split("=") for part in rule.split(";"))
    week_start = DAYS.index(parts.get("WKST", "MO"))
    interval = int(parts.get("INTERVAL", "1"))
    first_period = _period(parts["FREQ"], starts_on, week_start)
    day = _period_start(parts["FREQ"], starts_on, week_start)
    sets: dict[int, list[date]] = {}
    while day <= last + 366 * DAY:
        number = _period(parts["FREQ"], day, week_start) - first_period
        if number % interval == 0 and _fits(day, parts, starts_on, week_start):
            sets.setdefault(number, []).append(day)
        day += DAY
    found = [day for one in sets.values() for day in _placed(one, parts.get("BYSETPOS"))]
    until = parts.get("UNTIL", "99991231")
    kept = [day for day in found if day >= starts_on and f"{day:%Y%m%d}" <= until]
    return [day for day in kept[: int(parts.get("COUNT", len(kept)))] if day <= last]


def _period(frequency: str, day: date, week_start: int) -> int:
    match frequency:
        case "DAILY":
            return day.toordinal()
        case "WEEKLY":
            return (day.toordinal() - 1 - week_start) // 7  # ordinal 1 was a Monday
        case "MONTHLY":
            return day.year * 12 + day.month
        case _:
            return day.year


def _period_start(frequency: str, day: date, week_start: int) -> date:
    while _period(frequency, day - DAY, week_start) == _period(frequency, day, week_start):
        day -= DAY
    return day


def _fits(day: date, parts: dict[str, str], starts_on: date, week_start: int) -> bool:
    checks = {
        "BYMONTH": lambda value: day.month == int(value),
        "BYMONTHDAY": lambda value: int(value) in (day.day, day.day - _month_length(day) - 1),
        "BYYEARDAY": lambda value: int(value) in _numbers(day, date(day.year, 1, 1)),
        "BYWEEKNO": lambda value: int(value) in _week_numbers(day, week_start),
        "BYDAY": lambda value: _is_weekday(day, value, parts),
    }
    named = {part: parts[part] for part in checks if part in parts}
    named |= _derived(parts, starts_on)
    return all(any(map(checks[part], value.split(","))) for part, value in named.items())


def _derived(parts: dict[str, str], starts_on: date) -> dict[str, str]:
    """What a rule leaves out, it takes from its first day."""
    days_named = parts.keys() & {"BYMONTHDAY", "BYYEARDAY", "BYDAY"}
    if days_named or parts["FREQ"] == "DAILY":
        return {}
    if parts["FREQ"] == "WEEKLY" or "BYWEEKNO" in parts:
        return {"BYDAY": DAYS[starts_on.weekday()]}
    month = {"BYMONTH": str(starts_on.month)}
    whole_year = parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts
    return {"BYMONTHDAY": str(starts_on.day)} | (month if whole_year else {})


def _is_weekday(day: date, value: str, parts: dict[str, str]) -> bool:
    if value[-2:] != DAYS[day.weekday()]:
        return False
    if len(value) == 2:
        return True
    in_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    same = [
        one
        for one in (day + 7 * n * DAY for n in range(-53, 54))
        if one.year == day.year and (not in_month or one.month == day.month)
    ]
    return int(value[:-2]) in (same.index(day) + 1, same.index(day) - len(same))


def _placed(days: list[date], places: str | None) -> list[date]:
    if places is None:
        return days
    wanted = [int(place) for place in places.split(",")]
    return [
        day for index, day in enumerate(days) if index + 1 in wanted or index - len(days) in wanted
    ]


def _month_length(day: date) -> int:
    return ((day.replace(day=28) + 4 * DAY).replace(day=1) - DAY).day


def _numbers(day: date, first: date) -> tuple[int, int]:
    number = (day - first).days + 1
    return number, number - (date(day.year + 1, 1, 1) - first).days - 1


def _week_numbers(day: date, week_start: int) -> tuple[int, int]:
    """The number of a day's week in the year that has most of it, from the front and the end."""
    middle = day - (day.weekday() - week_start) % 7 * DAY + 3 * DAY
    number = (middle - date(middle.year, 1, 1)).days // 7 + 1
    last = date(middle.year, 12, 31)
    return number, -((last - middle).days // 7 + 1)


def walk_zone(zone: ZoneInfo, first: date, last: date) -> list[tuple[datetime, timedelta]]:
    """When the zone's offset changes, and to what: found by walking from hour to hour."""
    moment = datetime.combine(first - 2 * DAY, time(), UTC)
    found = [(moment, _offset(zone, moment))]
    while moment.date() <= last + 2 * DAY:
        later = moment + DAY
        if _offset(zone, later) != found[-1][1]:
            low, high = moment, later
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                if _offset(zone, middle) == found[-1][1]:
                    low = middle
                else:
                    high = middle
            found.append((high.replace(microsecond=0), _offset(zone, high)))
            continue
        moment = later
    return found


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def first_moment_showing(wall: datetime, changes: list[tuple[datetime, timedelta]]) -> datetime:
    """The first moment at which a clock with these offsets shows `wall`, or has gone past it."""
    for index, (since, offset) in enumerate(changes):
        shown_at = wall.replace(tzinfo=UTC) - offset
        until = changes[index + 1][0] if index + 1 < len(changes) else None
        if until is not None and shown_at >= until:
            continue
        return max(shown_at, since)
    raise AssertionError(wall)
