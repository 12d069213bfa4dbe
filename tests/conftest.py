"""Fixtures for every test: databases (see `tests/databases.py`), and which tests run and how.

What storage does is held on both databases, by tests/contract and by whatever is about storage
itself. The tests in `TAKING_TURNS` are of use cases, which see nothing of a database but its port:
each runs on the one that a hash of its id picks, always the same, and about half of them on each.
With `--every-database` (`make test ARGS=--every-database`) they run on both.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.acknowledged import ACKNOWLEDGED
from tests.databases import (
    KINDS,
    database_url,
    due_board,
    known_engines,
    migrated_sqlite,
    postgres,
    postgresql_url,
    sqlite_files,
    sqlite_store,
    sqlite_url,
    store,
    used_sqlite_url,
)

__all__ = [
    "database_url",
    "due_board",
    "known_engines",
    "migrated_sqlite",
    "postgres",
    "postgresql_url",
    "sqlite_files",
    "sqlite_store",
    "sqlite_url",
    "store",
    "used_sqlite_url",
]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of xdist has ended: what it has measured comes with it."""
    measured = getattr(node, "workeroutput", {}).get("acknowledged")
    if measured:
        ACKNOWLEDGED.merge(measured)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was measured, where this is a worker of xdist."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["acknowledged"] = vars(ACKNOWLEDGED)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long people waited at most."""
    if ACKNOWLEDGED.count:
        terminalreporter.write_line(ACKNOWLEDGED.sentence)


HERE = Path(__file__).parent.parent
TAKING_TURNS = ("tests/integration/coaching",)

UNMEASURED = (
    "tests/e2e/test_anonymous.py",
    "tests/e2e/test_any_time.py",
    "tests/e2e/test_bad_input.py",
    "tests/e2e/test_breakdown_story.py",
    "tests/e2e/test_cadence_editor.py",
    "tests/e2e/test_demo",
    "tests/e2e/test_last_version.py",
    "tests/e2e/test_listening.py",
    "tests/e2e/test_promises.py",
    "tests/e2e/test_purpose.py",
    "tests/e2e/test_serve.py",
    "tests/e2e/test_voice_story.py",
    "tests/e2e/test_week.py",
    "tests/integration/anonymity",
    "tests/integration/coaching/test_comings_and_goings.py",
    "tests/integration/coaching/test_complaints_of_hours.py",
    "tests/integration/coaching/test_complaints_of_load.py",
    "tests/integration/coaching/test_discretion.py",
    "tests/integration/coaching/test_editing_cadences.py",
    "tests/integration/coaching/test_follow_ups_a_week.py",
    "tests/integration/coaching/test_holidays.py",
    "tests/integration/coaching/test_homes.py",
    "tests/integration/coaching/test_late_answers.py",
    "tests/integration/coaching/test_load_over_weeks.py",
    "tests/integration/coaching/test_lost_channel.py",
    "tests/integration/coaching/test_preview.py",
    "tests/integration/scheduler/test_exactly_once.py",
    "tests/platforms",
    "tests/sandbox",
    "tests/unit/bot",
    "tests/unit/test_packs.py",
    "tests/unit/test_recurrence.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that CONTRIBUTING.md tells of."""
    parser.addoption(
        "--every-database",
        action="store_true",
        help="run the tests of use cases on both databases, not each on one of them",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave each test of a use case one database, and measure what tells something new."""
    turns = not config.getoption("--every-database")
    if turns:
        left_out = {item for item in items if _is_the_others_turn(item)}
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        if not _tells_something_new(item, turns=turns):
            item.add_marker("no_cover")


def _is_the_others_turn(item: pytest.Item) -> bool:
    """Whether the other database has been picked for a test."""
    kind = _database(item)
    if not kind or not _is_under(item, TAKING_TURNS):
        return False
    # But for the database, its id is the same on both. hash() would differ from worker to worker.
    name = item.name.replace(kind, "")
    return kind != KINDS[crc32(name.encode()) % len(KINDS)]


def _tells_something_new(item: pytest.Item, *, turns: bool) -> bool:
    """Whether to measure what a test covers: the tracer of coverage doubles its time.

    Not so are tests of rooms whose coverage is not held, long walks over what other tests cover,
    and the second time that something is tried, on the other database or through the other door.
    """
    if _is_under(item, UNMEASURED) or (_is_under(item, ("tests/e2e",)) and "[http" in item.name):
        return False
    alone = turns and _is_under(item, TAKING_TURNS)
    return alone or not _is_under(item, ("tests/integration",)) or _database(item) != "postgresql"


def _database(item: pytest.Item) -> str:
    """The database that a test was given of the two; empty where it runs once."""
    given = getattr(item, "callspec", None)
    return str(given.params.get("database_url", "")) if given else ""


def _is_under(item: pytest.Item, places: Sequence[str]) -> bool:
    return item.path.relative_to(HERE).as_posix().startswith(tuple(places))
