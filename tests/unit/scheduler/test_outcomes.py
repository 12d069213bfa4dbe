from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState, post
from conversation.platform import (
    Dropped,
    MessageRef,
    Outcome,
    Resting,
    Retry,
    Sent,
    Unknown,
)
from scheduler.outcomes import NotBegun, Rules
from scheduler.patience import Patience, backoff

NOW = datetime(2026, 9, 7, 12, tzinfo=UTC)
AT = MessageRef("D1", "1.2")
REST = timedelta(seconds=30)
RULES = Rules(Patience(), lambda: 0.0)


def sending(tried_at: datetime = NOW, update_of: str | None = None) -> Delivery:
    fresh = post(
        DeliveryKind.PROMPT,
        workspace_id="W1",
        team_id="T1",
        subject="S1",
        addressee=Addressee.PERSON,
        addressee_id="U1",
        due_at=NOW - timedelta(days=3),
    )
    state = DeliveryState.SENDING
    return replace(fresh, state=state, attempts=1, update_of=update_of, tried_at=tried_at)


def test_the_durations_fit_each_other() -> None:
    patience = Patience()
    assert patience.lease > 3 * patience.send_timeout
    assert patience.begin_within + patience.send_timeout < patience.lease
    assert patience.look_after > patience.send_timeout


@pytest.mark.parametrize(
    ("outcome", "state", "rest", "reason"),
    [
        (Sent(AT), DeliveryState.SENT, None, ""),
        (Retry("internal_error"), DeliveryState.PENDING, timedelta(seconds=1), "internal_error"),
        (Resting(REST, everywhere=False), DeliveryState.PENDING, REST, "rate limited"),
        (NotBegun(REST), DeliveryState.PENDING, REST, ""),
        (NotBegun(), DeliveryState.PENDING, None, ""),
        (Dropped("is_archived"), DeliveryState.DROPPED, None, "is_archived"),
        (Unknown("timed out"), DeliveryState.UNKNOWN, timedelta(seconds=12), "timed out"),
    ],
)
def test_after_sending(
    outcome: Outcome | NotBegun, state: DeliveryState, rest: timedelta | None, reason: str
) -> None:
    kept = RULES.sent(sending(), outcome, NOW)
    assert (kept.delivery.state, kept.rest, kept.delivery.reason) == (state, rest, reason)
    assert kept.tell_coach is False


def test_what_is_sent_says_where_it_stands() -> None:
    sent = RULES.sent(sending(), Sent(AT), NOW).delivery
    assert (sent.channel, sent.message) == ("D1", "1.2")


def test_the_coach_is_told_where_a_person_should_mend_something() -> None:
    assert RULES.sent(sending(), Dropped("is_archived", tell_coach=True), NOW).tell_coach
    assert RULES.looked(sending(), Dropped("missing_scope", tell_coach=True), NOW).tell_coach


def test_that_a_conversation_is_shut_is_handed_on() -> None:
    shut = Dropped("is_archived", tell_coach=True, shut=True)
    assert RULES.sent(sending(), shut, NOW).shut
    assert RULES.looked(sending(), shut, NOW).shut
    assert not RULES.sent(sending(), Dropped("msg_too_long", tell_coach=True), NOW).shut


def test_an_update_is_never_unknown() -> None:
    kept = RULES.sent(sending(update_of="other"), Unknown("timed out"), NOW)
    assert (kept.delivery.state, kept.rest) == (DeliveryState.PENDING, timedelta(seconds=1))


def test_after_looking() -> None:
    unknown = replace(sending(), state=DeliveryState.UNKNOWN)
    found = RULES.looked(unknown, {unknown.id: AT}, NOW)
    assert (found.delivery.state, found.delivery.channel) == (DeliveryState.SENT, "D1")
    absent = RULES.looked(unknown, {"another": AT}, NOW)
    assert (absent.delivery.state, absent.rest) == (DeliveryState.PENDING, timedelta(seconds=1))
    for answer, rest in (
        (Retry("internal_error"), timedelta(seconds=1)),
        (Resting(REST, everywhere=True), REST),
    ):
        still = RULES.looked(unknown, answer, NOW)
        assert (still.delivery.state, still.rest) == (DeliveryState.UNKNOWN, rest)
    never = RULES.looked(unknown, Dropped("missing_scope"), NOW)
    assert (never.delivery.state, never.rest) == (DeliveryState.FAILED, None)


@pytest.mark.parametrize(
    "outcome", [Retry("internal_error"), Resting(REST, everywhere=True)], ids=["retry", "resting"]
)
def test_a_day_after_the_first_the_attempt_that_fails_is_the_last(outcome: Retry | Resting) -> None:
    old = sending(tried_at=NOW - timedelta(hours=24))
    unknown = replace(old, state=DeliveryState.UNKNOWN)
    for kept in (RULES.sent(old, outcome, NOW), RULES.looked(unknown, outcome, NOW)):
        assert kept.delivery.state is DeliveryState.FAILED
        assert kept.delivery.reason.startswith("given up: ")
    assert RULES.looked(unknown, {}, NOW).delivery.state is DeliveryState.FAILED
    assert RULES.sent(old, Unknown("timed out"), NOW).delivery.state is DeliveryState.UNKNOWN
    assert RULES.sent(old, Sent(AT), NOW).delivery.state is DeliveryState.SENT


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_rests_double_up_to_the_longest_and_are_shortened_by_half_at_most(
    attempts: int, chance: float
) -> None:
    patience = Patience()
    full = min(patience.first_rest * 2 ** min(attempts - 1, 30), patience.longest_rest)
    rest = backoff(attempts, patience, lambda: chance)
    assert full / 2 <= rest <= full
