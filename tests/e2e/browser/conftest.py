"""The browser of these tests, and a tab of its own for each."""

from tests.sandbox.page.browser import chromium, tab

__all__ = ["chromium", "tab"]
