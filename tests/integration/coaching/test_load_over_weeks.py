"""Whatever teams, absences and hours there are, whoever does what: nobody bears too much."""

import asyncio
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coaching.calendar import Span
from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.quiet_hours import EVENING_TO_MORNING, QuietHours
from coaching.round import SittingState
from coaching.slot import Slot
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks
from tests.integration.scheduler.platform import Posted

STARTS = datetime(2026, 10, 23, 5, tzinfo=UTC)
"""A Friday. The clocks go back on the Sunday after it in London, on the next Friday in Cairo and on
the Sunday after that in New York; then, on a Tuesday, Japan rests."""
DAYS = 15
WEEK = timedelta(days=7)
USERS = ("U1", "U2", "U3")
WEEKENDS = {"GB": {5, 6}, "JP": {5, 6}, "EG": {4, 5}}
"""By country, Monday being 0."""
HOLIDAYS = {"JP": {date(2026, 11, 3)}}
"""Of those weeks."""
MINUTES = timedelta(minutes=10)
"""What comes so late still comes at its hour."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

spans = st.lists(
    st.tuples(st.integers(0, DAYS), st.integers(0, 6)).map(
        lambda pair: Span(*(STARTS.date() + timedelta(days=n) for n in (pair[0], sum(pair))))
    ),
    max_size=1,
).map(tuple)
members = st.builds(
    WantedMember,
    user=st.just(""),
    role=st.just(Role.LEADER),
    timezone=st.sampled_from([None, "Asia/Tokyo", "America/New_York", "Africa/Cairo"]),
    away=spans,
    paused_until=st.none() | st.integers(0, DAYS).map(lambda n: STARTS.date() + timedelta(days=n)),
    opted_out=st.sampled_from([False, False, False, True]),
)
cadences = st.builds(
    WantedCadence,
    practice=st.sampled_from(["early_wins", "voices_heard", "breakdown"]),
    rrule=st.sampled_from(
        ["FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=WE,FR", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU"]
    ),
    at=st.sampled_from([None, time(6), time(9), time(16), time(23, 30)]),
    paused=st.sampled_from([False, False, False, True]),
)


@st.composite
def teams(draw: st.DrawFn) -> list[WantedTeam]:
    people = draw(st.lists(members, min_size=3, max_size=3))
    people = [replace(one, user=user) for one, user in zip(people, USERS, strict=True)]
    people[0] = replace(people[0], role=Role.LEAD)
    count = draw(st.integers(1, 2))
    return [
        WantedTeam(
            name=f"Team {number}",
            channel=f"C{number}",
            timezone=draw(st.sampled_from(["Europe/London", "Asia/Tokyo"])),
            country=draw(st.sampled_from(sorted(WEEKENDS))),
            members=tuple(people),
            cadences=tuple(
                draw(st.lists(cadences, max_size=3, unique_by=lambda one: one.practice))
            ),
            budget=draw(st.integers(3, 5)),
            quiet_hours=draw(
                st.sampled_from([None, EVENING_TO_MORNING, QuietHours(time(1), time(9))])
            ),
            blackout=draw(spans),
            slot=Slot(draw(st.integers(0, 6)), draw(st.sampled_from([time(8), time(23)]))),
        )
        for number in range(count)
    ]


class Life:
    """What people do in those weeks, at random, from a seed; and when each ended what was asked."""

    def __init__(self, weeks: Weeks, seed: int) -> None:
        self.weeks = weeks
        self.random = Random(seed)
        self.ended: dict[str, datetime] = {}
        self.authors: dict[str, str] = {}

    async def go_by(self) -> None:
        for _ in range(DAYS * 24 // 11):
            await self.weeks.run_until(self.weeks.now + timedelta(hours=self.random.randint(1, 22)))
            await self.do_something(self.random.choice(USERS))

    async def do_something(self, user: str) -> None:
        sitting = await self.weeks.sitting(user)
        match self.random.choice(["answer", "skip", "log", "log for", "nothing"]):
            case "answer" if sitting is not None:
                await self.weeks.answers(user)
                self.ended[sitting.id] = self.weeks.now
            case "skip" if sitting is not None:
                await self.weeks.skips(user)
                self.ended[sitting.id] = self.weeks.now
            case "log":
                self.authors[await self.weeks.logs_breakdown(user)] = user
            case "log for":
                owner = self.random.choice(USERS)
                self.authors[await self.weeks.logs_breakdown(user, owner)] = user


def unasked(life: Life, delivery: Delivery) -> bool:
    card = delivery.kind is DeliveryKind.BREAKDOWN
    return not (card and life.authors[delivery.subject] == delivery.addressee_id)


def check_said(life: Life, plan: WantedTeam, delivery: Delivery, posted: Posted) -> None:
    person = next(one for one in plan.members if one.user == delivery.addressee_id)
    wall = posted.posted_at.astimezone(ZoneInfo(person.timezone or plan.timezone))
    assert plan.quiet_hours is None or not _within(plan.quiet_hours, wall.time())
    for span in (*person.away, *plan.blackout):
        assert not span.first <= wall.date() <= span.last
    assert not person.paused_until or wall.date() >= person.paused_until
    assert not person.opted_out
    ended = life.ended.get(delivery.subject)
    assert ended is None or posted.posted_at <= ended
    assert wall.date() not in HOLIDAYS.get(plan.country, ())
    meant = _days_meant(plan) if delivery.kind is DeliveryKind.PROMPT else ()
    assert wall.weekday() not in WEEKENDS[plan.country] or wall.weekday() in meant
    if delivery.kind in {DeliveryKind.PROMPT, DeliveryKind.REMINDER}:
        assert any(
            timedelta()
            <= wall.replace(tzinfo=None) - datetime.combine(wall.date(), hour)
            <= MINUTES
            for hour in _hours_meant(plan, ZoneInfo(person.timezone or plan.timezone))
        ), f"at a wrong hour: {wall}"


def _days_meant(plan: WantedTeam) -> set[int]:
    """The weekdays on which somebody wants something asked."""
    assert plan.slot is not None
    days = {plan.slot.weekday} if any(one.at is None for one in plan.cadences) else set()
    for rule in (one.rrule for one in plan.cadences if one.at is not None):
        _, _, named = rule.partition("BYDAY=")
        days |= {WEEKDAYS.index(name) for name in named.split(",")} if named else set(range(7))
    return days


def _hours_meant(plan: WantedTeam, zone: ZoneInfo) -> set[time]:
    """The hours of what is asked; where they are quiet, the end of the quiet hours.

    On the day of its set-up a team is asked at once where the hour has just gone by.
    """
    assert plan.slot is not None
    hours = {STARTS.astimezone(zone).time(), *(one.at or plan.slot.at for one in plan.cadences)}
    quiet = plan.quiet_hours
    return {quiet.end if quiet and _within(quiet, hour) else hour for hour in hours}


def _within(quiet: QuietHours, at: time) -> bool:
    minutes = [one.hour * 60 + one.minute for one in (quiet.start, quiet.end, at)]
    start, end, now = minutes
    return (now - start) % 1440 < (end - start) % 1440


def check_budget(plans: dict[str, WantedTeam], said: list[tuple[Delivery, Posted]]) -> None:
    for user in USERS:
        mine = [(one, post.posted_at) for one, post in said if one.addressee_id == user]
        for place, (delivery, at) in enumerate(mine):
            # Each team keeps to its own figure: another with a larger one may say more after it,
            # at the same moment too.
            in_week = sum(at - WEEK < other for _, other in mine[: place + 1])
            assert in_week <= plans[delivery.team_id].budget


async def check_nothing_is_lost(life: Life, known: dict[str, Delivery]) -> None:
    times = Counter(one.delivery_id for one in life.weeks.world.platform.posted)
    for delivery in known.values():
        if delivery.state is DeliveryState.SENT:
            assert delivery.update_of or times[delivery.id] == 1
        elif delivery.kind is not DeliveryKind.FOLLOW_UP or delivery.reason:
            assert delivery.state is DeliveryState.DROPPED
            assert delivery.reason
        else:  # a promise waits as long as its team is paused
            assert delivery.state is DeliveryState.PENDING
    sittings = await life.weeks.do(lambda uow: uow.sittings.where())
    asked = {
        one.subject
        for one in known.values()
        if one.kind is DeliveryKind.PROMPT and one.state is DeliveryState.SENT
    }
    for sitting in sittings:
        assert sitting.state is not SittingState.OPEN
        assert (sitting.state is SittingState.SKIPPED) == bool(sitting.reason)
        assert sitting.id in asked or sitting.state is not SittingState.CLOSED


async def live_through(weeks: Weeks, wanted: list[WantedTeam], seed: int) -> None:
    await weeks.apply(*wanted)
    life = Life(weeks, seed)
    await life.go_by()
    await weeks.apply(*(replace(plan, paused=True) for plan in wanted))
    await weeks.run_until(weeks.now + 3 * WEEK)
    by_channel = {plan.channel: plan for plan in wanted}
    there = await weeks.do(lambda uow: uow.teams.where())
    plans = {team.id: by_channel[team.channel] for team in there}
    known = await weeks.deliveries()
    said = [
        (known[one.delivery_id], one)
        for one in weeks.world.platform.posted
        if one.to.id in USERS and unasked(life, known[one.delivery_id])
    ]
    for delivery, posted in said:
        check_said(life, plans[delivery.team_id], delivery, posted)
    check_budget(plans, said)
    await check_nothing_is_lost(life, known)


@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(teams(), st.integers(0, 2**32))
def test_over_weeks_nobody_bears_too_much_and_nothing_is_lost_silently(
    migrated_sqlite: Path, wanted: list[WantedTeam], seed: int
) -> None:
    async def scenario(file: Path) -> None:
        store = SqlStore.open(f"sqlite:///{file}")
        try:
            await live_through(Weeks(store, STARTS), wanted, seed)
        finally:
            await store.close()

    with TemporaryDirectory() as folder:
        asyncio.run(scenario(Path(shutil.copy(migrated_sqlite, folder))))


def test_the_weeks_cross_clock_changes_and_a_holiday() -> None:
    for day in (date(2026, 10, 25), date(2026, 10, 30), date(2026, 11, 1), date(2026, 11, 3)):
        assert STARTS.date() < day < STARTS.date() + timedelta(days=DAYS)
