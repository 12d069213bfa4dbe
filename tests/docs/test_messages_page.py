"""The page of messages shows all that the bot can say, as it says it."""

from storage import SqlStore
from tests.tour.page import PAGE, page
from tests.tour.story import told


async def test_the_page_of_messages_is_what_is_shown(sqlite_url: str) -> None:
    store = SqlStore(sqlite_url)
    try:
        assert PAGE.read_text("utf-8") == page(await told(store)), "renew it: python -m tests.tour"
    finally:
        await store.close()
