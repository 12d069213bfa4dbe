"""A team whose channel is archived, or from which the bot was removed, in mid-round."""

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from typing_extensions import override

from coaching.cadence import DIGEST
from coaching.delivery import Addressee, DeliveryKind, DeliveryState
from coaching.round import SittingState
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.arrive import arrive
from coaching.use_cases.reach_channel import (
    REMOVED,
    SHUT,
    lose_channel,
    reopen_channel,
    try_channel_again,
)
from conversation.messages import Message
from conversation.platform import ConversationRef, Dropped, MessageRef, Outcome
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks
from tests.integration.scheduler.platform import ScriptedPlatform

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
THURSDAY_FIVE = datetime(2026, 10, 8, 16, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
DROPPED = DeliveryState.DROPPED
WINS = WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU", time(9))

PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER),
        WantedMember("U3", Role.LEADER),
        WantedMember("U9", Role.COACH),
    ),
    cadences=(WINS,),
)
_IN_NEW_YORK = WantedMember("U2", Role.LEADER, timezone="America/New_York")
"""Asked five hours after the others."""


class ClosingPlatform(ScriptedPlatform):
    """A platform on which channels can be closed to the bot, and opened again."""

    closed: Collection[str] = ()
    code = "is_archived"

    @override
    async def post(
        self, to: ConversationRef, message: Message, delivery_id: str, thread: MessageRef | None
    ) -> Outcome:
        if to.id in self.closed:
            return Dropped(self.code, tell_coach=True, shut=True)
        return await super().post(to, message, delivery_id, thread)

    @override
    async def update(self, at: MessageRef, message: Message, delivery_id: str) -> Outcome:
        if at.channel.removeprefix("D-") in self.closed:
            return Dropped(self.code, tell_coach=True, shut=True)
        return await super().update(at, message, delivery_id)


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    weeks = Weeks(sqlite_store, MONDAY)
    weeks.world.platform = ClosingPlatform(weeks.world.clock)
    return weeks


def close(weeks: Weeks, *channels: str, code: str = "is_archived") -> None:
    platform = weeks.world.platform
    assert isinstance(platform, ClosingPlatform)
    platform.closed, platform.code = channels, code


async def asked(weeks: Weeks, user: str) -> list[datetime]:
    kinds = (DeliveryKind.PROMPT, DeliveryKind.REMINDER)
    return [one.posted_at for one in await weeks.said_to(user, *kinds)]


async def notes(weeks: Weeks, user: str = "U9") -> list[str]:
    return [one.text for one in await weeks.said_to(user, DeliveryKind.COACH_NOTE)]


def in_channel(weeks: Weeks, channel: str = "C1") -> list[str]:
    return [one.text for one in weeks.world.platform.posted if one.to.id == channel]


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "channel_not_found"])
async def test_from_the_first_refusal_on_nobody_is_asked_or_reminded(
    weeks: Weeks, code: str
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    close(weeks, "C1", code=code)
    await weeks.answers("U1")  # still taken; the line in the channel can't say so
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR)
    (note,) = await notes(weeks)
    assert note.startswith("I can't write in Northwind leadership's channel any more")
    await weeks.answers("U2")
    await weeks.run_until(TUESDAY_NINE + DAY + HOUR)
    assert await asked(weeks, "U3") == [TUESDAY_NINE], "no reminder"
    assert len(await weeks.do(lambda uow: uow.answers.where())) == 2
    assert await notes(weeks) == [note], "told once"


async def test_who_could_not_be_asked_counts_as_neither_asked_nor_silent(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, members=(PLAN.members[0], _IN_NEW_YORK, PLAN.members[-1])))
    close(weeks, "C1")
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    assert await asked(weeks, "U2") == []
    member = await weeks.member("U2")
    (sitting,) = await weeks.do(lambda uow: uow.sittings.where(member_id=member.id))
    assert sitting.state is SittingState.SKIPPED
    assert sitting.reason == "never asked: the team's channel can't be reached"
    dropped = [one for one in (await weeks.deliveries()).values() if one.state is DROPPED]
    assert all(one.reason for one in dropped), "nothing is lost silently"
    assert {one.kind for one in dropped} >= {DeliveryKind.PROGRESS, DeliveryKind.SUMMARY}


async def test_once_it_is_back_things_go_on_and_what_it_missed_is_said(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    close(weeks, "C1")
    await weeks.answers("U1")
    await weeks.run_until(THURSDAY_FIVE + DAY)
    before = in_channel(weeks)
    assert len(before) == 1
    close(weeks)
    await weeks.run_until(THURSDAY_FIVE + DAY + HOUR + 5 * MINUTE)
    _, back, summary, digest, *_ = in_channel(weeks)
    assert digest.startswith("What stands out this week")
    assert back.startswith("I couldn't write here for a while")
    assert summary.startswith("Visible progress: ")
    line = [text for at, text in weeks.world.platform.updated if at.channel == "D-C1"][-1]
    assert "closed: 1 of 3 have answered" in line
    await weeks.run_until(TUESDAY_NINE + WEEK + HOUR)
    assert await asked(weeks, "U2") == [TUESDAY_NINE, TUESDAY_NINE + WEEK]
    assert len(await notes(weeks)) == 1


async def test_it_is_found_lost_at_the_opening_and_people_are_asked_once_it_is_back(
    weeks: Weeks,
) -> None:
    await weeks.apply(replace(PLAN, members=(PLAN.members[0], _IN_NEW_YORK, PLAN.members[-1])))
    close(weeks, "C1")
    await weeks.run_until(TUESDAY_NINE + 6 * HOUR)
    assert await asked(weeks, "U2") == []
    close(weeks)
    await weeks.run_until(TUESDAY_NINE + 8 * HOUR)
    (moment,) = await asked(weeks, "U2")
    assert TUESDAY_NINE + 6 * HOUR < moment <= TUESDAY_NINE + 7 * HOUR + MINUTE
    assert [text.split()[0] for text in in_channel(weeks)] == ["I", "Visible"]


async def test_who_would_be_asked_together_with_the_first_refusal_is_not(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    close(weeks, "C1")
    await weeks.run_until(TUESDAY_NINE + HOUR / 2)
    assert [await asked(weeks, user) for user in ("U1", "U2", "U3")] == [[], [], []]
    assert len(await notes(weeks)) == 1
    close(weeks)
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR)
    for user in ("U1", "U2", "U3"):
        assert len(await asked(weeks, user)) == 1


@pytest.mark.parametrize(("back_after", "comes"), [(HOUR, True), (4 * DAY, False)])
async def test_the_digest_of_the_present_week_is_said_once_it_is_back(
    weeks: Weeks, back_after: timedelta, comes: bool
) -> None:
    digest = WantedCadence(DIGEST, "FREQ=WEEKLY;BYDAY=FR", time(15))
    await weeks.apply(replace(PLAN, cadences=(WINS, digest)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.answers("U1")
    friday = TUESDAY_NINE + 3 * DAY + 6 * HOUR
    await weeks.run_until(friday - HOUR)
    close(weeks, "C1")
    await weeks.run_until(friday + back_after)
    close(weeks)
    before = len(in_channel(weeks))
    await weeks.run_until(friday + back_after + 2 * HOUR)
    missed = in_channel(weeks)[before:]
    assert any("What stands out" in text or "moved" in text for text in missed) is comes


async def test_whatever_stands_there_again_shows_that_it_is_back(weeks: Weeks) -> None:
    digest = WantedCadence(DIGEST, "FREQ=WEEKLY;BYDAY=TU", time(14))
    await weeks.apply(replace(PLAN, cadences=(WINS, digest)))
    await weeks.run_until(TUESDAY_NINE + HOUR / 2)
    close(weeks, "C1")
    await weeks.answers("U1")
    await weeks.run_until(TUESDAY_NINE + 5 * HOUR - MINUTE)
    close(weeks)
    await weeks.run_until(TUESDAY_NINE + 5 * HOUR)  # 14:00, and between two tries
    assert len(in_channel(weeks)) > 1
    (waited,) = [
        one
        for one in (await weeks.deliveries()).values()
        if one.addressee is Addressee.CHANNEL and one.kind is DeliveryKind.COACH_NOTE
    ]
    assert (waited.state, waited.reason) == (DROPPED, "the channel takes messages again")


async def test_who_says_that_it_is_mended_need_not_wait(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    close(weeks, "C1")
    await weeks.answers("U1")
    await weeks.run_until(TUESDAY_NINE + HOUR + MINUTE)
    close(weeks)
    team = (await weeks.do(lambda uow: uow.teams.where()))[0]
    await weeks.do(lambda uow: try_channel_again(uow, team, weeks.now))
    await weeks.run_until(weeks.now)
    assert in_channel(weeks)[-1].startswith("I couldn't write here for a while")
    await weeks.do(lambda uow: try_channel_again(uow, team, weeks.now))
    await weeks.run_until(TUESDAY_NINE + DAY)
    assert len(await asked(weeks, "U2")) == 2


async def test_lost_a_second_time_the_coach_is_told_a_second_time(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    for week in range(2):
        await weeks.run_until(TUESDAY_NINE + week * WEEK + HOUR)
        close(weeks, "C1")
        await weeks.answers("U1")
        await weeks.run_until(TUESDAY_NINE + week * WEEK + 2 * HOUR)
        close(weeks)
        await weeks.run_until(TUESDAY_NINE + week * WEEK + 6 * HOUR)
    assert len(await notes(weeks)) == 2


async def test_another_team_of_the_same_people_goes_on(weeks: Weeks) -> None:
    await weeks.apply(PLAN, replace(PLAN, name="Board", channel="C2"))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    close(weeks, "C1")
    sittings = await weeks.do(lambda uow: uow.sittings.where())
    assert len(sittings) == 6
    await weeks.answers("U1")
    await weeks.answers("U1")
    await weeks.run_until(TUESDAY_NINE + 2 * DAY)
    assert len(await asked(weeks, "U2")) == 3, "two prompts, and the reminder of one team"
    assert len(await notes(weeks)) == 1


async def test_without_a_coach_the_lead_is_told(weeks: Weeks) -> None:
    await weeks.apply(replace(PLAN, members=PLAN.members[:3]))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    close(weeks, "C1")
    await weeks.answers("U2")
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR)
    assert len(await notes(weeks, "U1")) == 1


async def test_a_person_out_of_reach_is_no_channel(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    close(weeks, "U2", code="channel_not_found")
    await weeks.run_until(TUESDAY_NINE + DAY)
    assert len(await asked(weeks, "U1")) == 2
    assert [note[:21] for note in await notes(weeks)] == ["I can't write to some"]


async def test_what_is_dropped_is_said_in_the_log_with_its_reason_and_no_words(
    weeks: Weeks, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="scheduler")
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    close(weeks, "C1")
    await weeks.answers("U1")
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    lines = [record.getMessage() for record in caplog.records]
    said = {line.partition(" (delivery")[0] for line in lines}
    assert "dropped, update of a progress: is_archived" in said
    assert "dropped, reminder: the team's channel can't be reached" in said
    assert "A call was returned" not in caplog.text


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (REMOVED, "I was taken out of Northwind leadership's channel, so I ask nobody there"),
        (SHUT, "Northwind leadership's channel was archived or deleted, so I ask nobody there"),
    ],
)
async def test_what_the_platform_tells_holds_before_anything_is_refused(
    weeks: Weeks, reason: str, sentence: str
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE - HOUR)
    close(weeks, "C1")
    for _ in range(2):  # told in two events
        await weeks.do(lambda uow: lose_channel(uow, "C1", reason, weeks.now))
    await weeks.do(lambda uow: lose_channel(uow, "C7", reason, weeks.now))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    (note,) = await notes(weeks)
    assert note.startswith(sentence)
    assert await asked(weeks, "U2") == []
    close(weeks)
    await weeks.do(lambda uow: arrive(uow, "C1", weeks.now))
    await weeks.run_until(TUESDAY_NINE + HOUR + 2 * MINUTE)
    assert [text.split()[0] for text in in_channel(weeks)] == ["I", "Visible"], "what it missed"
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR + MINUTE)
    assert len(await asked(weeks, "U2")) == 1
    assert len(await notes(weeks)) == 1


async def test_a_channel_that_is_opened_again_is_tried_at_once(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(MONDAY + 14 * HOUR)  # in quiet hours: the coach's note waits
    await weeks.do(lambda uow: lose_channel(uow, "C1", SHUT, weeks.now))
    await weeks.do(lambda uow: reopen_channel(uow, "C7", weeks.now))
    await weeks.run_until(MONDAY + 14 * HOUR + MINUTE)
    assert in_channel(weeks) == []
    await weeks.do(lambda uow: reopen_channel(uow, "C1", weeks.now))
    await weeks.run_until(MONDAY + 14 * HOUR + 2 * MINUTE)
    (back,) = in_channel(weeks)
    assert back.startswith("I couldn't write here for a while")
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert len(await asked(weeks, "U2")) == 1
    assert await notes(weeks) == [], "what is mended needs nobody"
    assert await weeks.reasons("U9", DeliveryKind.COACH_NOTE) == [
        "the channel takes messages again"
    ]
