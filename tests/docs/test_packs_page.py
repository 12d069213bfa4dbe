"""The page of packs is what the packs say, and their load is what they promise."""

import pytest

from coaching.pack import load_packs
from tools.packs_page import PAGE, load, page


def test_the_page_of_packs_is_made_of_the_files() -> None:
    assert PAGE.read_text("utf-8") == page(), "renew it: see tools/packs_page.py"


@pytest.mark.parametrize(
    ("key", "about"), [("gentle_start", 4), ("five_disciplines", 7), ("breakthrough", 8)]
)
def test_the_load_is_what_practices_ask_of_a_busy_leader(key: str, about: int) -> None:
    messages, _ = load(load_packs()[key])
    assert round(messages) == about
