"""The recurrences that the reference shows mean what it says."""

import re
from datetime import time

import pytest

from coaching.recurrence import check_rule
from coaching.rhythm import from_words, in_words
from tests.docs.pages import page

SECTION = page("docs/reference/teams-yaml.md").section("Recurrences")
ROWS = re.findall(r"^\| `(FREQ=[^`]+)` \| (.+) \|$", SECTION, flags=re.MULTILINE)


@pytest.mark.parametrize(("rule", "meaning"), ROWS)
def test_every_rule_shown_means_what_is_said(rule: str, meaning: str) -> None:
    check_rule(rule)
    assert in_words(rule, time(9)) == f"{meaning} at 09:00"
    assert from_words(f"{meaning} at 09:00").rule == rule


def test_the_table_is_read() -> None:
    assert len(ROWS) > 5
