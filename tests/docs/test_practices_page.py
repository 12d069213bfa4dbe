"""The page of practices is what the files say."""

from tools.practices_page import PAGE, page


def test_the_page_of_practices_is_made_of_the_files() -> None:
    assert PAGE.read_text("utf-8") == page(), "renew it: see tools/practices_page.py"
