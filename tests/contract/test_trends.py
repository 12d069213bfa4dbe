"""Every trend is what one would count by hand from the records themselves."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from statistics import fmean

import pytest
from hypothesis import HealthCheck, given, settings

from coaching.answer import Answer
from coaching.breakdown import Breakdown
from coaching.invite import Invite, InviteState, Session
from coaching.ports import UnitOfWork
from coaching.promise import Outcome, Promise
from coaching.round import Round, RoundState
from coaching.stakeholder import Stakeholder
from coaching.team import Team
from coaching.trend import Figures, Period, Standing, days_up_to, weeks_up_to
from coaching.voice import Voice, VoiceState
from storage import SqlStore
from tests.contract.histories import LONDON, ORDER, TODAY, History, worlds
from tests.contract.records import HERE, THERE, one_of_each
from tests.contract.records import keep as put_in


def figures(kept: History, period: Period) -> Figures:
    """The same by hand."""

    def within(moment: datetime | None) -> bool:
        return moment is not None and period.since <= moment < period.until

    def on(day: date) -> bool:
        return period.first <= day <= period.last

    voices = [one for one in kept.get("voices", []) if isinstance(one, Voice)]
    heard = [one for one in voices if within(one.heard_at)]
    sessions = {one.id: one for one in kept.get("sessions", []) if isinstance(one, Session)}
    invites = [
        one
        for one in kept.get("invites", [])
        if isinstance(one, Invite)
        and one.state is not InviteState.CANCELLED
        and sessions[one.session_id].cancelled_at is None
        and on(sessions[one.session_id].on)
    ]
    broken = [one for one in kept.get("breakdowns", []) if isinstance(one, Breakdown)]
    waits = [
        (one.settled_at - one.logged_at) / timedelta(days=1)
        for one in broken
        if one.settled_at is not None and within(one.settled_at)
    ]
    due = [
        one.outcome
        for one in kept.get("promises", [])
        if isinstance(one, Promise) and one.withdrawn_at is None and on(one.by)
    ]
    return Figures(
        voices_heard=len(heard),
        voices_outside=sum(one.outside for one in heard),
        voices_changed=sum(
            one.state is VoiceState.CHANGED and within(one.settled_at) for one in voices
        ),
        invites_made=len(invites),
        invites_kept=sum(one.state is InviteState.CAME for one in invites),
        breakdowns_logged=sum(within(one.logged_at) for one in broken),
        breakdowns_settled=len(waits),
        breakdowns_closed=sum(within(one.closed_at) for one in broken),
        days_to_need=fmean(waits) if waits else None,
        promises_due=len(due),
        promises_done=due.count(Outcome.DONE),
        promises_partly=due.count(Outcome.PARTLY),
        promises_not_yet=due.count(Outcome.NOT_YET),
        outside_share=outside_share(kept, within),
    )


def outside_share(kept: History, within: Callable[[datetime | None], bool]) -> float | None:
    shares: list[int] = []
    for audit in kept.get("rounds", []):
        assert isinstance(audit, Round)
        if audit.practice_key == "focus_audit" and audit.state is RoundState.CLOSED:
            chosen = [
                int(str(one.values["outside"])[:-1])
                for one in kept.get("answers", [])
                if isinstance(one, Answer) and one.round_id == audit.id and "outside" in one.values
            ]
            if len(chosen) >= 3 and within(audit.closes_at):
                shares += chosen
    return fmean(shares) if shares else None


def standing(kept: History, today: Period) -> Standing:
    there = [
        one
        for one in kept.get("stakeholders", [])
        if isinstance(one, Stakeholder)
        and one.merged_into is None
        and (one.removed_at is None or one.removed_at >= today.until)
        and one.added_at < today.until
    ]
    stale = 0
    for one in there:
        if one.met_on is None:
            stale += one.added_at < today.until - timedelta(days=120)
        else:
            stale += (today.last - one.met_on).days >= 120
    return Standing(len(there), sum(one.in_focus for one in there), stale)


def assert_same(counted: Sequence[Figures], by_hand: Sequence[Figures]) -> None:
    for one, other in zip(counted, by_hand, strict=True):
        for field in fields(Figures):
            wanted = getattr(other, field.name)
            near = wanted if wanted is None else pytest.approx(wanted, abs=1e-4)
            assert getattr(one, field.name) == near, field.name


@settings(
    max_examples=25,
    deadline=None,
    # Each example has a workspace of its own in the one store.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds())
async def test_every_trend_is_what_the_raw_records_come_to(
    store: SqlStore, world: tuple[History, History]
) -> None:
    apart = weeks_up_to(TODAY, LONDON, 5)
    overlapping = (*apart[:2], *days_up_to(TODAY, LONDON, 2))
    first = world[0]["teams"][0]
    assert isinstance(first, Team)

    def keep(uow: UnitOfWork) -> None:
        for kept in world:
            _put(uow, kept)

    def look(uow: UnitOfWork) -> None:
        for kept in world:
            (team,) = kept["teams"]
            assert isinstance(team, Team)
            for periods in (apart, overlapping):
                by_hand = [figures(kept, one) for one in periods]
                assert_same(uow.trends.of(team.id, periods), by_hand)
            stood = [uow.trends.standing(team.id, one) for one in apart]
            assert stood == [standing(kept, one) for one in apart]

    await store.run(first.workspace_id, keep)
    await store.read(first.workspace_id, look)


async def test_another_workspace_has_no_part_in_it(store: SqlStore) -> None:
    records = one_of_each()
    await store.run(HERE, lambda uow: put_in(uow, records))
    (week,) = weeks_up_to(records["voices"].heard_at.date(), LONDON, 1)
    team_id = records["teams"].id

    def look(uow: UnitOfWork) -> tuple[list[Figures], Standing]:
        return uow.trends.of(team_id, [week]), uow.trends.standing(team_id, week)

    ours, stood = await store.read(HERE, look)
    assert (ours[0].voices_heard, stood.on_map) == (1, 1)
    assert await store.read(THERE, look) == ([Figures()], Standing(0, 0, 0))


def _put(uow: UnitOfWork, history: History) -> None:
    for name in ORDER:
        for record in history.get(name, []):
            assert getattr(uow, name).add(record), name


def test_a_week_lasts_an_hour_longer_when_the_clocks_go_back() -> None:
    before, with_change, _ = weeks_up_to(date(2026, 10, 28), LONDON, 3)
    assert (with_change.first, with_change.last) == (date(2026, 10, 19), date(2026, 10, 25))
    assert with_change.until - with_change.since.astimezone(UTC) == timedelta(days=7, hours=1)
    assert before.until == with_change.since
