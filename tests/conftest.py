"""Fixtures for every test: databases (see `tests/databases.py`), and which tests are measured."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.acknowledged import ACKNOWLEDGED
from tests.databases import (
    database_url,
    due_board,
    migrated_sqlite,
    postgres,
    postgresql_url,
    sqlite_url,
    store,
)

__all__ = [
    "database_url",
    "due_board",
    "migrated_sqlite",
    "postgres",
    "postgresql_url",
    "sqlite_url",
    "store",
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


UNMEASURED = (
    "tests/e2e/test_demo.py",
    "tests/e2e/test_serve.py",
    "tests/integration/anonymity",
    "tests/integration/coaching/test_complaints_of_hours.py",
    "tests/integration/coaching/test_discretion.py",
    "tests/integration/coaching/test_holidays.py",
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
MEASURED_ONCE = (("tests/integration", "postgresql"), ("tests/e2e", "[http"))
"""Where something is tried twice, and what the second time has in its name."""


def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Spare a test the tracer of coverage, which doubles its time, where it would tell nothing new.

    These are tests of rooms whose coverage is not held, long walks over what other tests cover, and
    the second time that something is tried, on the other database or through the other door.
    """
    here = Path(__file__).parent.parent.relative_to(config.rootpath)
    starts = tuple(str(here / start) for start in UNMEASURED)
    once = [(str(here / start), again) for start, again in MEASURED_ONCE]
    for item in items:
        again = any(item.nodeid.startswith(start) and name in item.nodeid for start, name in once)
        if again or item.nodeid.startswith(starts):
            item.add_marker("no_cover")
