import pytest

from scheduler.alarm import Alarm


class Seconds:
    now = 50.0

    def __call__(self) -> float:
        return self.now


def test_it_rings_for_each_rest_in_turn() -> None:
    seconds = Seconds()
    alarm = Alarm(seconds)
    assert alarm.rings_in() is None
    alarm.set_in(5)
    alarm.set_in(2)
    assert alarm.rings_in() == pytest.approx(2, abs=0.03)
    seconds.now += 3
    assert alarm.rings_in() == 0
    alarm.clear_past()
    assert alarm.rings_in() == pytest.approx(2, abs=0.03)
    seconds.now += 3
    alarm.clear_past()
    assert alarm.rings_in() is None


def test_it_never_rings_before_a_rest_is_over() -> None:
    seconds = Seconds()
    alarm = Alarm(seconds)
    for rest in (0.0, 0.001, 0.0149, 1.999):
        seconds.now += 10
        alarm.clear_past()
        alarm.set_in(rest)
        rings_in = alarm.rings_in()
        assert rings_in is not None
        assert rings_in > rest
