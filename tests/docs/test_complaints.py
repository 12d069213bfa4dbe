"""The page on what holds a message back names a test for each complaint; each is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "what-holds-a-message-back.md"
OF_TIME_OR_LOAD = [*range(1, 15), 17, 18]


def test_each_complaint_has_tests_of_its_number_that_are_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| .* \| (.*) \|$", page, re.MULTILINE)
    assert [int(number) for number, _ in rows] == OF_TIME_OR_LOAD
    files = (ROOT / "tests").rglob("test_*.py")
    there = set(re.findall(r"def (test_\w+)\(", "".join(map(Path.read_text, files))))
    for number, cell in rows:
        names = re.findall(r"`(\w+)`", cell)
        assert names
        for name in names:
            assert name.startswith(f"test_{number}_")
            assert name in there
