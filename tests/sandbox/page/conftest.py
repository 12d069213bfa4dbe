"""What the tests of the page share."""

from tests.sandbox.page.browser import chromium, tab

__all__ = ["chromium", "tab"]
