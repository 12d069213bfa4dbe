"""Eyes to draw for, and HTML read as a browser reads it."""

from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from markupsafe import Markup
from typing_extensions import override

from sandbox.page.drawing.eyes import Eyes
from sandbox.records import Channel, User
from sandbox.workspace import Workspace

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=ZoneInfo("Europe/London"))
VOID = {"br", "img", "hr"}


@dataclass(frozen=True)
class Sight:
    """Amara, who looks, on Tuesday the 3rd at 9:05 in London; and who and what is there."""

    eyes: Eyes
    amara: User
    ben: User
    leadership: Channel
    boards: Channel


def sight() -> Sight:
    """A frozen workspace: two people, a channel of Amara's, and a private one she is not in."""
    workspace = Workspace("T0000001", "Northwind")
    workspace.clock.set(NOW, frozen=True)
    amara = workspace.add_person("Amara Osei", tz="Europe/London")
    ben = workspace.add_person("Ben <Castell>")
    leadership = workspace.add_channel("leadership", [amara.id])
    boards = workspace.add_channel("boards", [ben.id], private=True)
    return Sight(Eyes(workspace, amara), amara, ben, leadership, boards)


@dataclass
class Seen:
    """What was drawn: its text (a line break for `<br>`), its tags in order, their attributes."""

    text: str = ""
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)

    def values(self, tag: str, attribute: str) -> list[str]:
        """All values of one attribute of one tag."""
        return [value for a, b, value in self.attributes if (a, b) == (tag, attribute)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self.open: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.tags.append(tag)
        self.seen.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "br":
            self.seen.text += "\n"
        if tag not in VOID:
            self.open.append(tag)

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, "tags are nested"

    @override
    def handle_data(self, data: str) -> None:
        self.seen.text += data

    @override
    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @override
    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")


def seen(drawn: Markup) -> Seen:
    """What a browser would make of it; AssertionError where a tag is open or closes nothing."""
    assert isinstance(drawn, Markup)
    reader = _Reader()
    reader.feed(str(drawn))
    reader.close()
    assert not reader.open, f"left open: {reader.open}"
    return reader.seen
