"""What is wrong with a value in a document, as a sentence for the person who wrote it."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from coaching.yaml_text import Path

__all__ = ["dotted", "quoted", "sentence_for"]

_LONGEST = 60


def sentence_for(error: ErrorDetails, example: str) -> str:
    """What is wrong, and what to write instead. `example` is a right value, or ""."""
    kind = error["type"]
    if kind == "missing":
        key = error["loc"][-1] if error["loc"] else ""
        return f"missing; add it, as in `{key}: {example or '…'}`"
    if error["input"] is None:
        return f"no value is given; write one{_as_in(example)}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    tell = _SENTENCES.get(kind)
    if tell is not None:
        return tell(error["input"], error.get("ctx", {}), example)
    wanted = error["msg"].removeprefix("Input ").removeprefix("String ")
    return f"{quoted(error['input'])} {wanted}{_as_in(example)}"


def dotted(path: Path) -> str:
    """A path as people write it: `teams[0].cadences[1].at`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_printable(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def quoted(value: Any) -> str:
    """A value in quotation marks, shortened, fit for one line of any terminal."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f'"{_printable(str(value))}"'


def _printable(text: str) -> str:
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    line = short.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


def _as_in(example: str) -> str:
    return f', as in "{example}"' if example else ""


def _choice(value: Any, ctx: dict[str, Any], _example: str) -> str:
    known = re.findall(r"'([^']*)'", str(ctx["expected"]))
    close = get_close_matches(str(value), known, n=1)
    mend = f"did you mean {close[0]}?" if close else f"choose {' or '.join(known)}"
    return f"{quoted(value)} is not known; {mend}"


def _mapping(value: Any, _ctx: dict[str, Any], _example: str) -> str:
    return f"{quoted(value)} stands where a mapping belongs; write `key: value` lines beneath it"


def _list(value: Any, _ctx: dict[str, Any], _example: str) -> str:
    return f'{quoted(value)} stands where a list belongs; write lines that begin with "- "'


def _text(value: Any, _ctx: dict[str, Any], example: str) -> str:
    return f"{quoted(value)} stands where one line of text belongs{_as_in(example)}"


def _number(value: Any, _ctx: dict[str, Any], example: str) -> str:
    return f"{quoted(value)} is not a whole number; write one{_as_in(example)}"


def _yes_or_no(value: Any, _ctx: dict[str, Any], _example: str) -> str:
    return f"{quoted(value)} is neither true nor false; write one of the two"


def _at_least(value: Any, ctx: dict[str, Any], _example: str) -> str:
    return f"{quoted(value)} is too low; {ctx['ge']} is the least"


def _at_most(value: Any, ctx: dict[str, Any], _example: str) -> str:
    return f"{quoted(value)} is too high; {ctx['le']} is the most"


def _empty(_value: Any, ctx: dict[str, Any], example: str) -> str:
    return f"too short; write at least {_count(ctx['min_length'], 'character')}{_as_in(example)}"


def _long(value: Any, ctx: dict[str, Any], _example: str) -> str:
    return f"{len(value):,} characters; shorten it to {ctx['max_length']:,}"


def _form(value: Any, ctx: dict[str, Any], example: str) -> str:
    mend = f"write it like {example}" if example else f"it must match {ctx['pattern']}"
    return f"{quoted(value)} does not have the right form; {mend}"


def _few(_value: Any, ctx: dict[str, Any], _example: str) -> str:
    return f"too few entries; write at least {_count(ctx['min_length'], 'entry')}"


def _many(_value: Any, ctx: dict[str, Any], _example: str) -> str:
    return f"too many entries; {ctx['max_length']} are the most"


def _count(number: int, noun: str) -> str:
    plural = {"character": "characters", "entry": "entries"}
    return f"{number} {noun if number == 1 else plural[noun]}"


_SENTENCES: dict[str, Callable[[Any, dict[str, Any], str], str]] = {
    "enum": _choice,
    "literal_error": _choice,
    "dataclass_type": _mapping,
    "dict_type": _mapping,
    "list_type": _list,
    "tuple_type": _list,
    "string_type": _text,
    "int_type": _number,
    "int_parsing": _number,
    "bool_type": _yes_or_no,
    "bool_parsing": _yes_or_no,
    "greater_than_equal": _at_least,
    "less_than_equal": _at_most,
    "string_too_short": _empty,
    "string_too_long": _long,
    "string_pattern_mismatch": _form,
    "too_short": _few,
    "too_long": _many,
}
"""By pydantic's error types: https://docs.pydantic.dev/latest/errors/validation_errors/"""
