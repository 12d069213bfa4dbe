"""The catalogue: every practice that can be put on a cadence, read from its file."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from coaching.documents import read_document
from coaching.practice import Feeds, Practice

__all__ = ["Catalogue", "load_catalogue", "practice_that_feeds"]

Catalogue = Mapping[str, Practice]


@cache
def load_catalogue() -> Catalogue:
    """The packaged practices by key. Raises DocumentError where a file is not a practice."""
    folder = files("coaching.practices")
    practices = [
        read_document(entry.read_text("utf-8"), Practice, entry.name)
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml")
    ]
    return {practice.key: practice for practice in practices}


def practice_that_feeds(catalogue: Catalogue, feeds: Feeds) -> Practice:
    """The first practice that feeds this. Raises LookupError where none does."""
    for practice in catalogue.values():
        if practice.feeds is feeds:
            return practice
    raise LookupError(f"no practice feeds {feeds}")
