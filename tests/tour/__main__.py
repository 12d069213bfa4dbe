"""Write docs/reference/messages.md: python -m tests.tour."""

import asyncio
import tempfile
from pathlib import Path

from storage import SqlStore, migrate
from tests.tour.page import PAGE, page
from tests.tour.story import told


async def main() -> None:
    """Live through the story on a database of its own, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'tour.db'}"
        migrate(url)
        store = SqlStore(url)
        try:
            PAGE.write_text(page(await told(store)), "utf-8")
        finally:
            await store.close()


asyncio.run(main())
