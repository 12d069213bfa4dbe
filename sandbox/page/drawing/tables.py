"""The `table` block, and `data_table`, which differs by a caption, figures and a heading column.

https://docs.slack.dev/reference/block-kit/blocks/table-block
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.mrkdwn import plain
from sandbox.page.drawing.rich_text import rich_text
from sandbox.page.drawing.scrolling import scrolling
from sandbox.records import Json

__all__ = ["table"]


_ALIGNED = {"center": "align-centre", "right": "align-right"}
_LONGEST_LINE = 60  # Characters: a cell of more is wrapped even where its column isn't.


def table(block: Json, eyes: Eyes) -> Markup:
    """A table whose first row names the columns; it scrolls sideways where the place is narrow."""
    rows: list[list[Json]] = block.get("rows") or []
    width = max((len(row) for row in rows), default=0)
    settings = [*(block.get("column_settings") or []), *[None] * width]
    column = block.get("row_header_column_index")
    drawn = [
        Markup("").join(
            _cell(row[at] if at < len(row) else {}, settings[at] or {}, eyes, scope)
            for at, scope in enumerate(_scopes(number == 0, width, column))
        )
        for number, row in enumerate(rows)
    ]
    head, body = drawn[:1], drawn[1:]
    caption = str(block.get("caption") or "")
    label = caption or "Table: " + ", ".join(_heads(rows))
    return scrolling(
        label,
        Markup("<table>{}<thead>{}</thead><tbody>{}</tbody></table>").format(
            Markup("<caption>{}</caption>").format(caption) if caption else "",
            _rows(head),
            _rows(body),
        ),
    )


def _scopes(first: bool, width: int, column: object) -> list[str]:
    """For each cell of a row what it heads: `col`, `row`, or nothing."""
    return ["col" if first else "row" if at == column else "" for at in range(width)]


def _cell(cell: Json, setting: Json, eyes: Eyes, scope: str) -> Markup:
    shown, length = _content(cell, eyes)
    classes = [_ALIGNED.get(str(setting.get("align")), "")]
    if cell.get("type") == "raw_number" and "align" not in setting:
        classes = ["align-right"]
    if length > _LONGEST_LINE:
        classes.append("long")
    elif not setting.get("is_wrapped"):
        classes.append("unwrapped")
    if scope and length:
        tag, heads = Markup("th"), Markup(' scope="{}"').format(scope)
    else:
        tag, heads = Markup("td"), Markup("")  # A heading without words heads nothing.
    return Markup('<{0}{1} class="{2}">{3}</{0}>').format(
        tag, heads, " ".join(filter(None, classes)), shown
    )


def _content(cell: Json, eyes: Eyes) -> tuple[Markup, int]:
    """What a cell holds, and how many characters of it a reader sees."""
    match cell.get("type"):
        case "rich_text":
            shown = rich_text(cell, eyes)
        case "raw_number":
            shown = escape(str(cell.get("text") or cell.get("value", "")))
        case _:
            shown = plain(str(cell.get("text", "")), eyes)
    return shown, len(shown.striptags())


def _heads(rows: Sequence[Sequence[Json]]) -> list[str]:
    words = (str(cell.get("text", "")) for cell in (rows[0] if rows else []))
    return [word for word in words if word.strip()]


def _rows(rows: Sequence[Markup]) -> Markup:
    return Markup("").join(Markup("<tr>{}</tr>").format(row) for row in rows)
