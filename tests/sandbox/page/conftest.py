"""What the tests of the page share."""

from tests.sandbox.page.browser import chromium, tab
from tests.sandbox.page.staging import stage

__all__ = ["chromium", "stage", "tab"]
