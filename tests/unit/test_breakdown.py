"""The breakdown register's rules."""

from datetime import UTC, date, datetime

import pytest

from coaching.answer import Value
from coaching.breakdown import Breakdown, missing_from

NOW = datetime(2026, 10, 8, 9, tzinfo=UTC)
LATER = datetime(2026, 10, 9, 9, tzinfo=UTC)
BLANK = Breakdown("b", "slack:T1", "t", "r", "m", NOW, what="Export fails")
NEED: dict[str, Value] = {
    "needed_now": "A second approver",
    "owner": "U1",
    "by": "2026-10-16",
    "what": "Export fails",
}


def test_it_is_settled_once_need_owner_and_day_are_known() -> None:
    settled = BLANK.told(NEED, NOW)
    assert settled.settled_at == NOW
    assert settled.needed_by == date(2026, 10, 16)
    assert settled.as_values() == NEED


def test_the_moment_it_was_settled_stays_when_more_is_told() -> None:
    settled = BLANK.told(NEED, NOW)
    assert settled.told({"happened": "The key had expired"}, LATER).settled_at == NOW
    assert settled.told({"happened": "The key had expired"}, LATER).needed_now == (
        "A second approver"
    )


@pytest.mark.parametrize("absent", ["needed_now", "owner", "by"])
def test_it_stays_open_while_one_of_them_is_missing(absent: str) -> None:
    values = {key: value for key, value in NEED.items() if key != absent}
    assert BLANK.told(values, NOW).settled_at is None
    assert list(missing_from(values)) == [absent]


def test_a_name_alone_is_enough_to_log_one() -> None:
    assert missing_from({"what": "Export fails"}) == {}


def test_nothing_told_lacks_nothing() -> None:
    assert missing_from({}) == {}


def test_words_without_a_name_ask_for_one() -> None:
    nameless = {key: value for key, value in NEED.items() if key != "what"}
    assert list(missing_from(nameless)) == ["what"]
