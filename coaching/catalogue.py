"""The catalogue: every practice that can be asked, read from its file; a team's own over ours."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from coaching.documents import read_document
from coaching.practice import Feeds, Practice
from coaching.practice_rules import problems_in, problems_over
from coaching.yaml_text import Path

__all__ = ["Catalogue", "load_catalogue", "practice_that_feeds", "read_practice"]

Catalogue = Mapping[str, Practice]

_NOTHING: Catalogue = {}


def load_catalogue(own: Mapping[str, str] | None = None) -> Catalogue:
    """The packaged practices by key, and over them `own`: the texts of files by their names.

    A file of `own` with the key of a packaged practice is that practice in other words.

    Raises:
        DocumentError: a file is not a practice; the first such file's problems.
    """
    return {**_packaged(), **_read_all(own or {}, over=_packaged())}


def read_practice(text: str, source: str, over: Catalogue = _NOTHING) -> Practice:
    """The practice that a file's `text` says; `over`: the practices that it may put in other words.

    Raises:
        DocumentError: with `source`, line and mend of every problem.
    """
    return read_document(text, Practice, source, _checked_over(over))


def practice_that_feeds(catalogue: Catalogue, feeds: Feeds) -> Practice:
    """The first practice that feeds this. Raises LookupError where none does."""
    for practice in catalogue.values():
        if practice.feeds is feeds:
            return practice
    raise LookupError(f"no practice feeds {feeds}")


@cache
def _packaged() -> Catalogue:
    folder = files("coaching.practices")
    entries = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return _read_all({entry.name: entry.read_text("utf-8") for entry in entries})


def _read_all(texts: Mapping[str, str], over: Catalogue = _NOTHING) -> dict[str, Practice]:
    read: dict[str, Practice] = {}
    sources: dict[str, str] = {}
    for source in sorted(texts):
        check = _checked_over(over, sources)
        practice = read_document(texts[source], Practice, source, check)
        read[practice.key] = practice
        sources[practice.key] = source
    return read


def _checked_over(
    over: Catalogue, sources: Mapping[str, str] | None = None
) -> Callable[[Practice], Iterator[tuple[Path, str]]]:
    """All the rules. `sources`: which file said a key before."""

    def check(practice: Practice) -> Iterator[tuple[Path, str]]:
        yield from problems_in(practice)
        if practice.key in over:
            yield from problems_over(over[practice.key], practice)
        if sources and practice.key in sources:
            yield ("key",), f"`{practice.key}` stands in {sources[practice.key]} already; keep one"

    return check
