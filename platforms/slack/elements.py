"""The element in which a field is filled in, one for each kind, starting from what was there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from conversation.messages import Field, FieldKind
from platforms.slack import limits
from platforms.slack.choices import chosen
from platforms.slack.render import plain_text, shortened
from platforms.slack.rich_text import Json

__all__ = ["another_element", "element", "initial_text", "text_of"]

_SEVERAL = frozenset({FieldKind.MULTI_CHOICE, FieldKind.STAKEHOLDERS})

_SEEK = "Type a few letters"
_FEW_WATCHED = 3

_HELD = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_date": "selected_date",
}
"""What an element starts with, and under which key it is held then."""


def element(field: Field, options: Mapping[str, Json]) -> Json:
    """The field's element; `options` are those of its choices that can be offered."""
    match field.kind:
        case FieldKind.LONG_TEXT:
            # Slack takes no more whatever is asked for; said openly, its client counts along.
            return _typed(field.initial, multiline=True) | {"max_length": limits.INPUT_TEXT}
        case FieldKind.SHORT_TEXT | FieldKind.STATEMENT:
            # Without a length: the practice's own sentence says how long it is and keeps the text,
            # where Slack's client would only refuse.
            return _typed(field.initial, multiline=False)
        case FieldKind.SCALE:
            return _scale(field)
        case FieldKind.PERSON:
            return _picked("users_select", "initial_user", field.initial)
        case FieldKind.PEOPLE:
            return _picked("multi_users_select", "initial_users", _lines(field.initial))
        case FieldKind.DATE:
            return _picked("datepicker", "initial_date", _day(field.initial))
        case FieldKind.NUMBER:
            return _number(field)
        case (
            FieldKind.CHOICE | FieldKind.MULTI_CHOICE | FieldKind.STAKEHOLDERS | FieldKind.DECISION
        ):
            if field.sought:
                return _sought(field, options)
            return _choice(field, options) if options else _named(field, field.initial)


def another_element(field: Field, options: Mapping[str, Json]) -> Json:
    """Where another than the options is named: it starts with what is not among them."""
    others = [line for line in _lines(field.initial) if line not in options]
    return _named(field, "\n".join(others))


def text_of(held: Mapping[str, Any], longer: Sequence[str]) -> str:
    """What an element holds, as text: "" where nothing, a line for each where several can be."""
    options = held.get("selected_options") or [held.get("selected_option") or {}]
    lines = [chosen(option["value"], longer) for option in options if option]
    lines += held.get("selected_users") or ()
    for key in ("value", "selected_user", "selected_date"):
        if held.get(key):
            lines.append(str(held[key]))
    return "\n".join(lines)


def initial_text(element: Mapping[str, Any], longer: Sequence[str]) -> str:
    """What an element holds where nobody has touched it, as `text_of` would tell it."""
    held = {now: element[first] for first, now in _HELD.items() if first in element}
    return text_of(held, longer)


def _choice(field: Field, options: Mapping[str, Json]) -> Json:
    """Buttons where they are few; a menu where they are many, or where another can be named."""
    # A form that follows each choice shows what follows at its top: buttons would push it away.
    few = len(options) <= (_FEW_WATCHED if field.watched else limits.OPTIONS_AS_BUTTONS)
    before = [options[line] for line in _lines(field.initial) if line in options]
    found: Json = {"options": list(options.values())}
    if field.kind in _SEVERAL:
        checked = few and field.kind is FieldKind.MULTI_CHOICE
        found["type"] = "checkboxes" if checked else "multi_static_select"
        return found | ({"initial_options": before} if before else {})
    found["type"] = "radio_buttons" if few and field.kind is FieldKind.CHOICE else "static_select"
    return found | ({"initial_option": before[0]} if before else {})


def _sought(field: Field, options: Mapping[str, Json]) -> Json:
    """A menu whose options are asked for as somebody types; `options` are those chosen before."""
    before = list(options.values())
    found: Json = {"min_query_length": 0, "placeholder": plain_text(_SEEK)}
    if field.kind in _SEVERAL:
        found["type"] = "multi_external_select"
        return found | ({"initial_options": before} if before else {})
    found["type"] = "external_select"
    return found | ({"initial_option": before[0]} if before else {})


def _named(field: Field, initial: str) -> Json:
    return _typed(initial, multiline=field.kind in _SEVERAL)


def _typed(initial: str, *, multiline: bool) -> Json:
    typed: Json = {"type": "plain_text_input", "multiline": multiline}
    if initial:
        typed["initial_value"] = shortened(initial, limits.INPUT_TEXT)
    return typed


def _picked(kind: str, key: str, initial: str | list[str]) -> Json:
    return {"type": kind} | ({key: initial} if initial else {})


def _scale(field: Field) -> Json:
    meaning = {1: field.low, 5: field.high}
    options = []
    for figure in range(1, 6):
        label = f"{figure} · {meaning[figure]}" if meaning.get(figure) else str(figure)
        text = plain_text(shortened(label, limits.OPTION_LABEL))
        options.append({"text": text, "value": str(figure)})
    scale: Json = {"type": "radio_buttons", "options": options}
    for option in options:
        if option["value"] == field.initial:
            scale["initial_option"] = option
    return scale


def _number(field: Field) -> Json:
    asked: Json = {"type": "number_input", "is_decimal_allowed": False}
    if field.least is not None:
        asked["min_value"] = str(field.least)
    if field.most is not None:
        asked["max_value"] = str(field.most)
    if _within(field):
        asked["initial_value"] = field.initial
    return asked


def _within(field: Field) -> bool:
    """Whether what was there before is a number that Slack takes: it refuses the form otherwise."""
    if not (field.initial.isascii() and field.initial.removeprefix("-").isdecimal()):
        return False
    if len(field.initial) > limits.DIGITS:
        return False
    before = int(field.initial)
    return not (
        (field.least is not None and before < field.least)
        or (field.most is not None and before > field.most)
    )


def _day(text: str) -> str:
    """A day as Slack takes it; "" for all else."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]
