"""Whom a message shows by name: their names are looked up before it is rendered."""

from collections.abc import Iterable, Iterator

from conversation.messages import Bullets, Line, Note, Paragraph, Person, Quote

__all__ = ["people_shown_in"]


def people_shown_in(blocks: Iterable[object]) -> set[str]:
    """The ids of the people whom blocks show by name."""
    return set(_people(blocks))


def _people(parts: Iterable[object]) -> Iterator[str]:
    for part in parts:
        match part:
            case Quote(by=str(user)):
                yield user
            case Paragraph(line) | Note(line):
                yield from _people_in(line)
            case Bullets(lines):
                for line in lines:
                    yield from _people_in(line)
            case _:
                pass


def _people_in(line: Line) -> Iterator[str]:
    return (span.user for span in line if isinstance(span, Person))
