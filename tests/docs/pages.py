"""The project's Markdown: its pages, their links and headings, and the commands they show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Shown:
    """A fenced block of a page."""

    page: "Page"
    language: str
    text: str


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @property
    def name(self) -> str:
        """Its path from the root."""
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def _tokens(self) -> list[Token]:
        return MarkdownIt("commonmark").enable("table").parse(self.text)

    def links(self) -> Iterator[str]:
        """Where links and pictures lead."""
        for token in self._tokens:
            for child in token.children or []:
                target = child.attrGet("href") or child.attrGet("src")
                if target is not None:
                    yield str(target)

    def headings(self) -> list[str]:
        """The words of the headings, in order."""
        return [
            _words(self._tokens[place + 1])
            for place, token in enumerate(self._tokens)
            if token.type == "heading_open"
        ]

    def anchors(self) -> set[str]:
        """What a link's `#…` may name here: headings as GitHub turns them into ids."""
        seen: dict[str, int] = {}
        found = set()
        for heading in self.headings():
            slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            number = seen.get(slug, 0)
            seen[slug] = number + 1
            found.add(f"{slug}-{number}" if number else slug)
        return found

    def section(self, heading: str) -> str:
        """The text beneath a heading, up to the next one."""
        lines = self.text.splitlines()
        start = next(n for n, line in enumerate(lines) if _is_heading(line, heading))
        depth = len(lines[start]) - len(lines[start].lstrip("#"))
        body = []
        for line in lines[start + 1 :]:
            if re.match(rf"#{{1,{depth}}} ", line):
                break
            body.append(line)
        return "\n".join(body)

    def blocks(self) -> Iterator[Shown]:
        """The fenced blocks."""
        for token in self._tokens:
            if token.type == "fence":
                yield Shown(self, token.info.strip(), token.content)

    def commands(self) -> Iterator[str]:
        """What a reader is told to type: the lines of console blocks that begin with "$ "."""
        for block in self.blocks():
            if block.language == "console":
                joined = block.text.replace("\\\n", " ")
                for line in joined.splitlines():
                    if line.startswith("$ "):
                        yield " ".join(line.removeprefix("$ ").split())


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])


def _is_heading(line: str, heading: str) -> bool:
    return line.startswith("#") and line.lstrip("#").strip().replace("`", "") == heading


def all_pages() -> list[Page]:
    """Every page of the repository."""
    top = ROOT.glob("*.md")
    folders = (child for child in ROOT.iterdir() if child.is_dir() and child.name[0] != ".")
    below = (path for folder in folders for path in folder.rglob("*.md"))
    return [Page(path) for path in sorted([*top, *below])]


def page(name: str) -> Page:
    """One page by its path from the root."""
    return Page(ROOT / name)
