"""Block Kit's blocks as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from jinja2 import TemplateError
from markupsafe import Markup

from sandbox.block_kit.state import HELD, Values
from sandbox.page.drawing.charts import chart
from sandbox.page.drawing.elements import DRAWN_ELEMENTS, GROUPED, Spot, element, image_source
from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.macros import macro
from sandbox.page.drawing.markdown import markdown
from sandbox.page.drawing.mrkdwn import mrkdwn, text_object
from sandbox.page.drawing.rich_text import rich_text
from sandbox.page.drawing.tables import table
from sandbox.records import Json

__all__ = ["DRAWN_BLOCKS", "DRAWN_ELEMENTS", "blocks"]

_OWN = frozenset(
    {"section", "header", "divider", "image", "context", "actions", "context_actions", "input"}
    | {"alert", "card", "carousel", "container"}
)
DRAWN_BLOCKS = _OWN | {"rich_text", "markdown", "table", "data_table", "data_visualization"}
"""The types of blocks that can be drawn."""

_FAILURES = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, TemplateError)
"""What the drawing of a block raises that is not as the page takes it to be."""


def blocks(
    blocks: list[Json],
    eyes: Eyes,
    state: Values | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    within: str = "",
    text: str = "",
    level: int = 3,
) -> Markup:
    """These blocks as HTML.

    `state` is what the elements hold; without it they hold what they start with. `errors` are
    sentences by block_id, said under the inputs. `within` (a view's id, a message's ts) keeps the
    ids of one holder apart from those of another. `text` is what a message says in place of its
    blocks: it stands above them where the drawing of one of them fails, which is then named.
    `level` is that of their headings.
    """
    drawing = _Drawing(eyes, state, errors or {}, within, level)
    drawn = drawing.blocks(blocks)
    if drawing.failed and text:
        drawn = Markup('<div class="text">{}</div>\n{}').format(mrkdwn(text, eyes), drawn)
    return Markup('<div class="blocks">\n{}\n</div>').format(drawn)


@dataclass(frozen=True)
class _Drawing:
    """One drawing of blocks; its methods are what the templates call."""

    eyes: Eyes
    state: Values | None
    errors: Mapping[str, str]
    within: str
    level: int
    failed: list[str] = field(default_factory=list)

    def block(self, block: Json) -> Markup:
        """One block, of whatever type; or what kept it from being drawn."""
        kind = str(block.get("type", ""))
        try:
            return self._block(kind, block)
        except _FAILURES as failure:
            self.failed.append(kind)
            return macro("elements.html", "failed")(kind, type(failure).__name__)

    def _block(self, kind: str, block: Json) -> Markup:
        match kind:
            case "rich_text":
                return rich_text(block, self.eyes)
            case "markdown":
                return markdown(str(block["text"]))
            case "table" | "data_table":
                return table(block, self.eyes)
            case "data_visualization":
                return chart(block)
        if kind not in _OWN:
            return macro("elements.html", "undrawn")("block", kind)
        return macro("blocks.html", kind)(block, self)

    def blocks(self, blocks: list[Json]) -> Markup:
        """The blocks within another."""
        return Markup("\n").join(map(self.block, blocks))

    def text(self, obj: Json) -> Markup:
        """A text object."""
        return text_object(obj, self.eyes)

    def rich(self, block: Json) -> Markup:
        """A rich text within another block."""
        return rich_text(block, self.eyes)

    def source(self, image: Json) -> str:
        """Where an image comes from."""
        return image_source(image)

    def element(self, block: Json, given: Json, name: str = "") -> Markup:
        """An element that is pressed or chosen where it stands."""
        spot = Spot(block.get("block_id", ""), self.id(block, given), "press", name)
        return element(given, spot, self.eyes, self._held(block, given))

    def input(self, block: Json) -> Json:
        """What the template needs of an input: its element drawn, and the ids around it."""
        given, where = block["element"], self.id(block, block["element"])
        error = self.errors.get(block.get("block_id", ""), "")
        told_by = _keys_that_tell(block)
        parts = {"hint": block.get("hint"), "keys": told_by, "error": error}
        described = [f"{where}-{part}" for part, said in parts.items() if said]
        spot = Spot(
            block.get("block_id", ""),
            where,
            "change" if block.get("dispatch_action") else "typed",
            described=" ".join(described),
            invalid=bool(error),
            required=not block.get("optional", False),
        )
        return {
            "id": where,
            "described": spot.described,
            "error": error,
            "told_by": told_by,
            "group": given["type"] in GROUPED,
            "one_of": given["type"] == "radio_buttons",
            "required": spot.required,
            "drawn": element(given, spot, self.eyes, self._held(block, given)),
        }

    def id(self, block: Json, given: Json) -> str:
        """The id on the page of an element in a block."""
        parts = (self.within, block.get("block_id", ""), given.get("action_id", ""))
        return "e-" + "-".join(quote(str(part), safe="") for part in parts)

    def _held(self, block: Json, given: Json) -> Any:
        held = HELD.get(given.get("type", ""))
        if held is None:
            return None
        entry = (
            (self.state or {}).get(block.get("block_id", ""), {}).get(given.get("action_id", ""))
        )
        if entry is not None and held.key in entry:
            return entry[held.key]
        return given.get(held.first) or held.empty


def _keys_that_tell(block: Json) -> str:
    """With which keys the app is told of what is typed, where it wants to be."""
    typed = block["element"]
    if not block.get("dispatch_action") or not typed["type"].endswith("_input"):
        return ""
    config = typed.get("dispatch_action_config", {})
    if "on_enter_pressed" not in config.get("trigger_actions_on", ["on_enter_pressed"]):
        return ""
    return "Ctrl + Enter" if typed.get("multiline") else "Enter"
