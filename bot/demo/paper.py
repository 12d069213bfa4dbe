"""Messages and forms as people meet them: how they read, which field asks what, what is in it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

__all__ = ["Block", "Input", "View", "as_text", "buttons", "inputs", "read", "sent", "spread"]

View = Mapping[str, Any]
Block = Mapping[str, Any]

_SEVERAL = frozenset({"checkboxes", "multi_static_select", "multi_users_select"})
_TOKEN = re.compile(r"<[^|>]*\|([^>]*)>")
"""A date, or a link to a message: what stands behind the bar is read."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a form. `question` is the key of the practice's question.

    What is in it is text; where several can be chosen, each stands on a line of its own.
    """

    block_id: str
    question: str
    label: str
    hint: str
    optional: bool
    kind: str
    initial: str
    options: tuple[tuple[str, str], ...]
    """Value and words of each choice."""
    least: str
    most: str
    """What a number may be."""
    multiline: bool

    @property
    def several(self) -> bool:
        """Whether more than one can be chosen."""
        return self.kind in _SEVERAL

    @property
    def field(self) -> str:
        """The id of the field that this is an input of, the second one perhaps."""
        return self.block_id.removesuffix("+")

    def takes(self, text: str) -> bool:
        """Whether this text can stand in it, as far as there are choices."""
        return not (text and self.options) or any(text in option for option in self.options)

    def typed(self, text: str) -> str | list[str] | None:
        """The text as a person of the sandbox enters it: lines as a list, None for nothing."""
        return (text.split("\n") if self.several else text) if text else None


def inputs(view: View) -> list[Input]:
    """The inputs of a form, in reading order; none where it only says something."""
    return [_input(block) for block in view["blocks"] if block["type"] == "input"]


def buttons(blocks: Sequence[Block]) -> Iterator[Block]:
    """The buttons of a message, in reading order."""
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]


def sent(view: View, given: Mapping[str, str]) -> dict[str, str]:
    """What every input holds once `given` (by block id) is filled in."""
    return {one.block_id: given.get(one.block_id, one.initial) for one in inputs(view)}


def spread(
    view: View,
    words: Mapping[str, str],
    named: Callable[[Input], str] = attrgetter("question"),
) -> dict[str, str]:
    """`words` (by question) as inputs hold them (by block id): chosen if they can be, else typed.

    `named`: by what else than their questions the words are told apart.

    Raises:
        ValueError: for words that no input of their question takes.
    """
    left = {question: text.split("\n") for question, text in words.items()}
    given: dict[str, str] = {}
    for one in inputs(view):
        if (key := named(one)) in left:
            lines = left[key]
            given[one.block_id] = "\n".join(line for line in lines if one.takes(line))
            left[key] = [line for line in lines if not one.takes(line)]
    if astray := [line for lines in left.values() for line in lines if line]:
        raise ValueError(f"no input takes {astray}")
    return given


def as_text(view: View) -> str:
    """A form read from top to bottom."""
    lines = [view["title"]["text"]]
    for block in view["blocks"]:
        lines += _read_input(_input(block)) if block["type"] == "input" else [read([block])]
    buttons = [view[key]["text"] for key in ("close", "submit") if view.get(key)]
    return "\n".join([*lines, " ".join(f"[{label}]" for label in buttons)])


def read(blocks: Sequence[Block]) -> str:
    """What a message says, line by line: quotations behind a bar, buttons in brackets."""
    return "\n".join(line for block in blocks for line in _READ[block["type"]](block))


def _input(block: Block) -> Input:
    element = block["element"]
    options = element.get("options", [])
    return Input(
        block_id=block["block_id"],
        question=block["block_id"].rpartition(".")[2].removesuffix("+"),
        label=block["label"]["text"],
        hint=block.get("hint", {}).get("text", ""),
        optional=block.get("optional", False),
        kind=element["type"],
        initial=_initial(element),
        options=tuple((option["value"], option["text"]["text"]) for option in options),
        least=element.get("min_value", ""),
        most=element.get("max_value", ""),
        multiline=element.get("multiline", False),
    )


def _initial(element: Mapping[str, Any]) -> str:
    before = element.get("initial_options") or [element.get("initial_option")]
    lines = [option["value"] for option in before if option]
    lines += element.get("initial_users", ())
    lines += [element.get(f"initial_{what}") for what in ("value", "user", "date")]
    return "\n".join(filter(None, lines))


def _read_input(one: Input) -> Iterator[str]:
    yield f"{one.label}{' (optional)' if one.optional else ''}"
    if one.options:
        mark = "[ ]" if one.several else "( )"
        yield "  " + "   ".join(f"{mark} {words}" for _, words in one.options)
    if one.hint:
        yield f"  {one.hint}"


def _read_rich_text(block: Block) -> Iterator[str]:
    for part in block["elements"]:
        match part["type"]:
            case "rich_text_list":
                yield from (f"• {_words(item)}" for item in part["elements"])
            case "rich_text_quote":
                yield from (f"│ {line}" for line in _words(part).splitlines())
            case _:
                yield _words(part)


def _words(section: Block) -> str:
    return "".join(one.get("text") or one.get("fallback", "") for one in section["elements"])


def _read_header(block: Block) -> Iterator[str]:
    yield f"— {block['text']['text']} —"


def _read_small_print(block: Block) -> Iterator[str]:
    yield _TOKEN.sub(r"\1", "".join(element["text"] for element in block["elements"]))


def _read_buttons(block: Block) -> Iterator[str]:
    yield " ".join(f"[{element['text']['text']}]" for element in block["elements"])


def _read_chart(block: Block) -> Iterator[str]:
    yield block["title"]
    for series in block["chart"]["series"]:
        for point in series["data"]:
            bar = "▇" * round(point["value"])
            yield f"  {point['label']:>7}  {bar} {point['value']}".rstrip()


_READ: dict[str, Callable[[Block], Iterator[str]]] = {
    "rich_text": _read_rich_text,
    "header": _read_header,
    "context": _read_small_print,
    "actions": _read_buttons,
    "data_visualization": _read_chart,
}
"""How each kind of block reads that the bot makes."""
