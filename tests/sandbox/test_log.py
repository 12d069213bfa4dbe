"""The log of calls and deliveries: numbered, bounded, and watchable as outcomes come in."""

import asyncio

import pytest

from sandbox import feed
from sandbox.feed import Bell, Log


def _numbers(entries: list[dict[str, object]]) -> list[object]:
    return [entry["number"] for entry in entries]


def test_entries_are_numbered_and_an_entry_that_changes_comes_again() -> None:
    log = Log()
    first = log.add({"outcome": None})
    log.add({"outcome": None})
    seen = log.seq
    assert _numbers(log.after(0)) == [1, 2]
    first["outcome"] = "ok"
    log.changed(first)
    log.changed(first)
    assert log.after(seen) == [{"outcome": "ok", "number": 1}]
    assert log.after(log.seq) == []


def test_earlier_entries_are_paged_from_the_newest() -> None:
    log = Log()
    for _ in range(5):
        log.add({})
    assert _numbers(log.latest(2)) == [4, 5]
    assert _numbers(log.latest(2, before=4)) == [2, 3]
    assert _numbers(log.latest(9, before=2)) == [1]
    assert log.latest(9, before=1) == []
    assert log.entry(3)["number"] == 3
    for missing in (0, 6, -1):
        with pytest.raises(LookupError):
            log.entry(missing)


def test_answers_are_kept_up_to_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "_ANSWERS_SIZE", 10)
    log = Log()
    for _ in range(3):
        log.changed(log.add({}), answer=b"12345")
    assert [log.answer(number) for number in (1, 2, 3)] == [None, b"12345", b"12345"]
    log.changed(log.entry(2), answer=b"x")
    assert log.answer(2) == b"x"
    assert log.answer(3) == b"12345"


def test_an_entry_too_old_to_be_kept_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "_KEPT", 2)
    log = Log()
    for _ in range(3):
        log.add({})
    assert _numbers(list(log)) == [2, 3]
    with pytest.raises(LookupError):
        log.entry(1)
    assert log.entry(2)["number"] == 2


async def test_whoever_waits_is_woken_by_either_log_and_by_its_end() -> None:
    bell = Bell()
    calls, sent = Log(bell), Log(bell)
    for act in (lambda: calls.add({}), lambda: sent.add({}), bell.close):
        waiting = [asyncio.create_task(bell.rung(5)) for _ in range(2)]
        await asyncio.sleep(0)
        act()
        async with asyncio.timeout(1):
            await asyncio.gather(*waiting)
    await bell.rung(5)
    assert bell.closed


async def test_who_waits_in_vain_is_let_go() -> None:
    await Bell().rung(0.001)
