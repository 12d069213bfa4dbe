"""A Form as a modal view, and what a sent view holds, as text."""

from collections.abc import Mapping
from typing import Any

from conversation.messages import Field, FieldKind, Form, Message
from platforms.slack import limits
from platforms.slack.render import plain_text, render_block, shortened
from platforms.slack.rich_text import Json, merged

__all__ = ["VALUE", "first_input", "form_of", "inputs_of", "render_form", "values_of"]

VALUE = "value"
"""The action_id of every field's element; its block_id is the field's id."""

_CUT = "Shortened here to {most:,} characters, which is what Slack carries in a field."


def render_form(form: Form, names: Mapping[str, str]) -> Json:
    """The form as a modal view; `names` are people's display names by id.

    Raises ValueError where it has over 100 parts, or a reference of over 3,000 characters.
    """
    blocks: list[Json] = []
    for part in form.body:
        if isinstance(part, Field):
            blocks.append(_input(part))
        else:
            blocks.extend(render_block(part, names))
    if len(blocks) > limits.BLOCKS_IN_VIEW:
        blocks = merged(blocks)
    if len(blocks) > limits.BLOCKS_IN_VIEW:
        raise ValueError("A form holds at most 100 parts.")
    if len(form.reference) > limits.PRIVATE_METADATA:
        raise ValueError("A form's reference holds at most 3,000 characters.")
    view: Json = {
        "type": "modal",
        "title": plain_text(shortened(form.title, limits.VIEW_TITLE)),
        "close": plain_text(shortened(form.cancel, limits.VIEW_TITLE)),
        "callback_id": form.route,
        "private_metadata": form.reference,
        "notify_on_close": False,
        "blocks": blocks,
    }
    if any(form.fields):
        view["submit"] = plain_text(shortened(form.submit, limits.VIEW_TITLE))
    return view


def form_of(message: Message) -> Form:
    """A message as a form to read, for where Slack has no other way to say it."""
    return Form(title="Widelens", body=message.blocks)


def inputs_of(view: Mapping[str, Any]) -> list[str]:
    """The block ids of a view's inputs, in reading order."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def first_input(view: Mapping[str, Any]) -> str | None:
    """The block id of a view's first input; None where there is none."""
    return next(iter(inputs_of(view)), None)


def values_of(view: Mapping[str, Any]) -> dict[str, str]:
    """What each input of a sent view holds, in reading order: "" where nothing."""
    held = view["state"]["values"]
    return {block_id: _value(held.get(block_id, {})) for block_id in inputs_of(view)}


def _value(elements: Mapping[str, Mapping[str, Any]]) -> str:
    element = next(iter(elements.values()), {})
    chosen = element.get("selected_option") or {}
    for value in (
        element.get("value"),
        chosen.get("value"),
        element.get("selected_user"),
        element.get("selected_date"),
    ):
        if value:
            return str(value)
    return ""


def _input(field: Field) -> Json:
    hint = field.hint
    if len(field.initial) > limits.INPUT_TEXT:
        hint = f"{hint} {_CUT.format(most=limits.INPUT_TEXT)}".strip()
    block: Json = {
        "type": "input",
        "block_id": field.id,
        "label": plain_text(shortened(field.label, limits.FIELD_LABEL)),
        "element": {"action_id": VALUE, **_element(field)},
        "optional": field.optional,
    }
    if hint:
        block["hint"] = plain_text(shortened(hint, limits.FIELD_LABEL))
    return block


def _element(field: Field) -> Json:
    match field.kind:
        case FieldKind.LONG_TEXT:
            # Slack takes no more whatever is asked for; said openly, its client counts along.
            return _typed(field, multiline=True) | {"max_length": limits.INPUT_TEXT}
        case FieldKind.SHORT_TEXT:
            # Without a length: the practice's own sentence says how long it is and keeps the text,
            # where Slack's client would only refuse.
            return _typed(field, multiline=False)
        case FieldKind.SCALE:
            return _scale(field)
        case FieldKind.PERSON:
            return _picked("users_select", "initial_user", field.initial)
        case FieldKind.DATE:
            return _picked("datepicker", "initial_date", field.initial)


def _typed(field: Field, *, multiline: bool) -> Json:
    element: Json = {"type": "plain_text_input", "multiline": multiline}
    if field.initial:
        element["initial_value"] = shortened(field.initial, limits.INPUT_TEXT)
    return element


def _picked(kind: str, key: str, initial: str) -> Json:
    return {"type": kind} | ({key: initial} if initial else {})


def _scale(field: Field) -> Json:
    meaning = {1: field.low, 5: field.high}
    options = []
    for figure in range(1, 6):
        label = f"{figure} · {meaning[figure]}" if meaning.get(figure) else str(figure)
        text = plain_text(shortened(label, limits.OPTION_LABEL))
        options.append({"text": text, "value": str(figure)})
    element: Json = {"type": "radio_buttons", "options": options}
    for option in options:
        if option["value"] == field.initial:
            element["initial_option"] = option
    return element
