"""Fixtures of the contract suites."""

import pytest

from coaching.ports import Store
from tests.contract.desk import Desk


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)
