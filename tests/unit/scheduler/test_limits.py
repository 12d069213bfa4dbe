from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.limits import SLACK_PACE, UNPACED, Limits, Method, Pace, Rate

MINUTE = timedelta(minutes=1)


class Seconds:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def unpaced(seconds: Seconds) -> Limits:
    return Limits(UNPACED, seconds)


def test_a_conversation_rests_until_its_time_and_no_other_does(
    unpaced: Limits, seconds: Seconds
) -> None:
    unpaced.rest("W1", "C1", Method.POST, MINUTE)
    assert unpaced.resting("W1") == ["C1"]
    assert unpaced.resting("W2") == []
    assert unpaced.take("W1", "C1", Method.POST) == 60
    assert unpaced.take("W1", "C1", Method.UPDATE) == 60
    assert unpaced.take("W1", "C2", Method.POST) == 0
    assert unpaced.take("W2", "C1", Method.POST) == 0
    assert not unpaced.rests("W1", Method.POST)
    seconds.now += 60
    assert unpaced.resting("W1") == []
    assert unpaced.take("W1", "C1", Method.POST) == 0


def test_a_method_rests_in_its_workspace_and_no_other_does(
    unpaced: Limits, seconds: Seconds
) -> None:
    unpaced.rest("W1", None, Method.UPDATE, MINUTE)
    assert unpaced.rests("W1", Method.UPDATE)
    assert not unpaced.rests("W1", Method.POST)
    assert not unpaced.rests("W2", Method.UPDATE)
    assert unpaced.resting("W1") == []
    assert unpaced.take("W1", "C1", Method.UPDATE) == 60
    assert unpaced.take("W1", "C1", Method.POST) == 0
    seconds.now += 60
    assert not unpaced.rests("W1", Method.UPDATE)


def test_a_longer_rest_is_not_cut_short(unpaced: Limits) -> None:
    for method, conversation in ((Method.POST, "C1"), (Method.FIND, None)):
        unpaced.rest("W1", conversation, method, MINUTE)
        unpaced.rest("W1", conversation, method, MINUTE / 2)
    assert unpaced.take("W1", "C1", Method.POST) == 60
    assert unpaced.take("W1", "C2", Method.FIND) == 60


def test_it_tells_when_the_next_rest_ends(unpaced: Limits, seconds: Seconds) -> None:
    assert unpaced.frees_in("W1") is None
    unpaced.rest("W1", "C1", Method.POST, MINUTE)
    unpaced.rest("W1", None, Method.FIND, MINUTE / 2)
    assert unpaced.frees_in("W1") == 30
    seconds.now += 45
    assert unpaced.frees_in("W1") == 15
    seconds.now += 15
    assert unpaced.frees_in("W1") is None


def test_slack_hears_one_post_a_second_in_a_channel_after_a_short_burst(seconds: Seconds) -> None:
    limits = Limits(SLACK_PACE, seconds)
    said = [limits.take("W1", "C1", Method.POST) for _ in range(3)]
    assert said == [0, 0, 0]
    assert limits.take("W1", "C1", Method.POST) == pytest.approx(1)
    assert limits.resting("W1") == ["C1"]
    assert limits.frees_in("W1") == pytest.approx(1)
    assert limits.take("W1", "C2", Method.POST) == 0
    seconds.now += 1
    assert limits.take("W1", "C1", Method.POST) == 0
    assert limits.take("W1", "C1", Method.POST) > 0


def test_slack_hears_fifty_updates_a_minute_in_a_workspace(seconds: Seconds) -> None:
    limits = Limits(SLACK_PACE, seconds)
    minute_by_minute = []
    for _ in range(3):
        heard = 0
        for _ in range(600):
            heard += limits.take("W1", f"C{heard}", Method.UPDATE) == 0
            seconds.now += 0.1
        minute_by_minute.append(heard)
    assert minute_by_minute[0] <= 60
    assert all(49 <= heard <= 51 for heard in minute_by_minute[1:])


def test_what_is_refused_comes_back_one_after_the_other(seconds: Seconds) -> None:
    limits = Limits(Pace(posts=None, updates=Rate(every=2.0, burst=1)), seconds)
    assert limits.take("W1", "C1", Method.UPDATE) == 0
    waits = [limits.take("W1", "C1", Method.UPDATE) for _ in range(4)]
    assert waits == [2, 4, 6, 8]
    for _ in waits:
        seconds.now += 2
        assert limits.take("W1", "C1", Method.UPDATE) == 0
    assert limits.take("W1", "C1", Method.UPDATE) == 2, "nobody is queued any more"


@given(st.floats(0.1, 10), st.integers(1, 8), st.lists(st.floats(0, 20), min_size=1, max_size=60))
def test_a_rate_is_never_exceeded(every: float, burst: int, pauses: list[float]) -> None:
    seconds = Seconds()
    limits = Limits(Pace(posts=Rate(every, burst), updates=None), seconds)
    heard = []
    for pause in pauses:
        seconds.now += pause
        if limits.take("W1", "C1", Method.POST) == 0:
            heard.append(seconds.now)
    for first in range(len(heard)):
        for last in range(first, len(heard)):
            window = heard[last] - heard[first]
            assert last - first + 1 <= burst + window / every + 1e-6
