"""Every trend is documented, and nothing else is."""

import re
from dataclasses import fields

from coaching.trend import Figures, Standing
from coaching.use_cases.digest_facts import WEEKLY
from conversation.compose.digest_facts import GAPS
from tests.docs.pages import page

PAGE = page("docs/reference/trends.md")


def keys(heading: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)`", PAGE.section(heading), flags=re.MULTILINE)


def test_every_figure_is_defined() -> None:
    assert keys("Of a period") == [one.name for one in fields(Figures)]
    assert keys("On a day") == [one.name for one in fields(Standing)]


def test_every_gap_and_change_that_may_lead_a_digest_is_told() -> None:
    assert keys("Said and done") == list(GAPS)
    assert keys("Changes") == list(WEEKLY)
    told = re.findall(r"\| `(\w+)` \|$", PAGE.section("Changes"), flags=re.MULTILINE)
    assert told == [figure for _, figure in WEEKLY.values()]
