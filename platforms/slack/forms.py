"""A Form as a modal view, and what a sent view holds, as text.

A field is one input, whose block_id is the field's id; where another than its choices can be named,
a second one stands beneath, and what the two hold is one value.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from conversation.messages import Field, Form, Message
from platforms.slack import limits
from platforms.slack.choices import carried_by, longer_choices, metadata, offered
from platforms.slack.elements import another_element, element, text_of
from platforms.slack.render import plain_text, render_block, shortened
from platforms.slack.rich_text import Json, merged

__all__ = ["VALUE", "block_to_mend", "form_of", "inputs_of", "render_form", "values_of"]

VALUE = "value"
"""The action_id of every field's element."""

_ANOTHER = "+"
"""Ends the block_id of a field's second input. No field's id ends with it."""

_CUT = "Shortened here to {most:,} characters, which is what Slack carries in a field."


def render_form(form: Form, names: Mapping[str, str]) -> Json:
    """The form as a modal view; `names` are people's display names by id.

    Raises ValueError where it has over 100 parts, or a reference of over 3,000 characters.
    """
    blocks: list[Json] = []
    longer = longer_choices(form)
    for part in form.body:
        if isinstance(part, Field):
            blocks.extend(_inputs(part, longer))
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
        "private_metadata": metadata(form),
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
    """The ids of a view's fields, in reading order: each is its (first) input's block_id."""
    return [block_id for block_id in _block_ids(view) if not block_id.endswith(_ANOTHER)]


def values_of(view: Mapping[str, Any]) -> dict[str, str]:
    """What each field of a sent view holds, in reading order: "" where nothing."""
    longer = carried_by(view)
    values: dict[str, str] = {}
    for block_id in _block_ids(view):
        field = block_id.removesuffix(_ANOTHER)
        given = (values.get(field), text_of(_held(view, block_id), longer))
        values[field] = "\n".join(filter(None, given))
    return values


def block_to_mend(view: Mapping[str, Any], field: str) -> str:
    """The block_id under which to say what is wrong with a field: where its words are.

    A field that the view hasn't is spoken of under its first one.
    """
    inputs = inputs_of(view)
    place = field if field in inputs else inputs[0]
    another = place + _ANOTHER
    if another in _block_ids(view) and text_of(_held(view, another), ()):
        return place if text_of(_held(view, place), carried_by(view)) else another
    return place


def _block_ids(view: Mapping[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def _held(view: Mapping[str, Any], block_id: str) -> Mapping[str, Any]:
    elements: Mapping[str, Mapping[str, Any]] = view["state"]["values"].get(block_id, {})
    return next(iter(elements.values()), {})


def _inputs(field: Field, longer: Sequence[str]) -> list[Json]:
    hint = field.hint
    if len(field.initial) > limits.INPUT_TEXT:
        hint = f"{hint} {_CUT.format(most=limits.INPUT_TEXT)}".strip()
    options = offered(field.choices, longer)
    main = _input(field.id, field.label, element(field, options), hint, optional=field.optional)
    if not (options and field.another):
        return [main]
    # Either is enough, and Slack would ask for both.
    another = another_element(field, options)
    beneath = _input(field.id + _ANOTHER, field.another, another, optional=True)
    return [main | {"optional": True}, beneath]


def _input(block_id: str, label: str, filled_in: Json, hint: str = "", *, optional: bool) -> Json:
    block: Json = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(shortened(label, limits.FIELD_LABEL)),
        "element": {"action_id": VALUE, **filled_in},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain_text(shortened(hint, limits.FIELD_LABEL))
    return block
