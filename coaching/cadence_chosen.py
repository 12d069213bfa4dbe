"""What somebody chose of a cadence, as the cadence that it makes; what can't be kept, refused."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence
from coaching.cadence_choices import (
    AS_IT_IS,
    AT,
    CLOCK,
    CLOCKS,
    IN_SLOT,
    OFTEN,
    ON,
    PLACE,
    SINCE,
    Often,
    Place,
    Rule,
    next_day,
)
from coaching.errors import Refused
from coaching.occasion import coming_occasions
from coaching.plan_values import time_from
from coaching.rule_text import normal
from coaching.slot import WEEKDAYS
from coaching.team import Team

__all__ = ["chosen"]

_AGO, _AHEAD = timedelta(days=7), timedelta(days=3 * 366)
_ENOUGH = 5

_WHICH = "Choose how often."
_NO_HOUR = "Choose an hour."
_NO_DAY = "Choose a weekday."
_NO_PLACE = "Choose which one of the month."
_NO_CLOCK = "Choose by whose clock."
_NO_START = "I can't read that as a day. Choose one."
_GONE_BY = "That day has gone by. Choose today, or a later one."
_TOO_FAR = "That is more than three years ahead. Choose an earlier day."


def chosen(
    values: Mapping[str, str], cadence: Cadence, team: Team, now: datetime, *, new: bool = False
) -> Cadence:
    """The cadence as it was chosen to be; what is no longer to come counts nowhere.

    It comes first on the first day of its rule that is still to come, from the day chosen on.
    Where that changes nothing of what comes, its weeks are counted as they were.

    Raises:
        Refused: a choice can't be kept, said under its field.
    """
    problems: dict[str, str] = {}
    at = _hour(values[AT], cadence, team, problems)
    rule = _rule(values, cadence, team, problems, slotted=at is None)
    clock = next((one for one, label in CLOCKS.items() if label == values[CLOCK]), None)
    if clock is None:
        problems[CLOCK] = _NO_CLOCK
    since = _start(values[SINCE], cadence, team, now, problems, new=new)
    if problems or since is None or clock is None:
        raise Refused(next(iter(problems.values())), problems)
    text = rule.text() if rule else cadence.rrule
    same = not new and normal(text) == normal(cadence.rrule)
    text = cadence.rrule if same else text
    wanted = replace(cadence, rrule=text, at=at, clock=clock, starts_on=since)
    if same and _comes_the_same(cadence, since, team, now):
        return replace(wanted, starts_on=cadence.starts_on)
    if rule is not None:
        often = replace(wanted, rrule=rule.text(every=False))
        first = next((one.ruled for one in coming_occasions(often, team, now)), since)
        return replace(wanted, starts_on=first)
    return wanted


def _comes_the_same(cadence: Cadence, since: date, team: Team, now: datetime) -> bool:
    """Whether its next days would be the same, were it to start then."""
    if since == next_day(cadence, team, now):
        return True
    here, then = (
        [one.ruled for one in islice(coming_occasions(one, team, now), _ENOUGH)]
        for one in (cadence, replace(cadence, starts_on=since))
    )
    return here == then


def _hour(given: str, cadence: Cadence, team: Team, problems: dict[str, str]) -> time | None:
    if given.startswith(IN_SLOT) and team.slot and cadence.practice != DIGEST:
        return None
    try:
        at = time_from(given)
    except ValueError:
        problems[AT] = _NO_HOUR
        return None
    quiet = team.quiet_hours
    if cadence.practice != DIGEST and quiet is not None and at in quiet:
        problems[AT] = f"That is in the team's quiet hours, {quiet}. Choose another hour."
    return at


def _rule(
    values: Mapping[str, str],
    cadence: Cadence,
    team: Team,
    problems: dict[str, str],
    *,
    slotted: bool,
) -> Rule | None:
    """What was chosen; None where the rule is to stay, or nothing can be made of it."""
    if values[OFTEN].startswith(AS_IT_IS) and cadence.rrule:
        return None
    often = next((one for one in Often if one == values[OFTEN]), None)
    place = next((one for one in Place if one == values[PLACE]), None)
    weekday = WEEKDAYS[team.slot.weekday] if slotted and team.slot else values[ON]
    if often is None:
        problems[OFTEN] = _WHICH
    if weekday not in WEEKDAYS:
        problems[ON] = _NO_DAY
    if place is None:
        problems[PLACE] = _NO_PLACE
    if often is None or place is None or weekday not in WEEKDAYS:
        return None
    return Rule(often, weekday, place)


def _start(
    given: str, cadence: Cadence, team: Team, now: datetime, problems: dict[str, str], *, new: bool
) -> date | None:
    try:
        since = date.fromisoformat(given)
    except ValueError:
        problems[SINCE] = _NO_START
        return None
    if not new and since == next_day(cadence, team, now):
        return since
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    if since < today - _AGO:
        problems[SINCE] = _GONE_BY
    elif since > today + _AHEAD:
        problems[SINCE] = _TOO_FAR
    return since
