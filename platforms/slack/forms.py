"""A Form as a modal view, and what a sent view holds, as text.

A field is one input, whose block_id is the field's id; where another than its choices can be named,
a second one stands beneath, and what the two hold is one value.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from conversation.messages import Field, Form, Message
from platforms.slack import limits
from platforms.slack.choices import carried_by, choices_of, longer_choices, metadata, offered
from platforms.slack.elements import another_element, element, text_of
from platforms.slack.render import plain_text, render_block, shortened, size_of
from platforms.slack.rich_text import Json, merged

__all__ = [
    "VALUE",
    "TooLarge",
    "block_to_mend",
    "field_of",
    "form_of",
    "held_in",
    "input_blocks",
    "inputs_of",
    "render_form",
    "values_of",
]

VALUE = "value"
"""The action_id of every field's element; in a form that was drawn anew, what some begin with."""

_ANOTHER = "+"
"""Ends the block_id of a field's second input. No field's id ends with it."""

_TYPED = frozenset({"plain_text_input", "number_input"})

_CUT = "Shortened here to {most:,} characters, which is what Slack carries in a field."


class TooLarge(ValueError):
    """A form is more than Slack takes. Says which limit it is, and nothing of the form."""


def render_form(form: Form, names: Mapping[str, str], site: str = "") -> Json:
    """The form as a modal view; `names` and `site` as of a message.

    Raises TooLarge where it has over 100 parts, a reference of over 3,000 characters, or is over
    250 KB as a whole.
    """
    blocks: list[Json] = []
    longer = longer_choices(form)
    for part in form.body:
        if isinstance(part, Field):
            blocks.extend(_inputs(part, longer))
        else:
            blocks.extend(render_block(part, names, site))
    if len(blocks) > limits.BLOCKS_IN_VIEW:
        blocks = merged(blocks)
    if len(blocks) > limits.BLOCKS_IN_VIEW:
        raise TooLarge("A form holds at most 100 parts.")
    if len(form.reference) > limits.PRIVATE_METADATA:
        raise TooLarge("A form's reference holds at most 3,000 characters.")
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
    if size_of(view) > limits.VIEW_SIZE:
        raise TooLarge("A form holds at most 250 KB.")
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
        field = field_of(block_id)
        given = (values.get(field), text_of(held_in(view, block_id), longer))
        values[field] = "\n".join(filter(None, given))
    return values


def block_to_mend(view: Mapping[str, Any], field: str) -> str:
    """The block_id under which to say what is wrong with a field: where its words are.

    A field that the view hasn't is spoken of under its first one.
    """
    inputs = inputs_of(view)
    place = field if field in inputs else inputs[0]
    another = place + _ANOTHER
    if another in _block_ids(view) and text_of(held_in(view, another), ()):
        return place if text_of(held_in(view, place), carried_by(view)) else another
    return place


def field_of(block_id: str) -> str:
    """The id of the field that an input belongs to."""
    return block_id.removesuffix(_ANOTHER)


def input_blocks(view: Mapping[str, Any]) -> list[Json]:
    """The inputs of a view, in reading order."""
    return [block for block in view["blocks"] if block["type"] == "input"]


def held_in(view: Mapping[str, Any], block_id: str) -> Mapping[str, Any]:
    """What an input of an open view holds, as Slack says it; nothing where it has none such."""
    elements: Mapping[str, Mapping[str, Any]] = view["state"]["values"].get(block_id, {})
    return next(iter(elements.values()), {})


def _block_ids(view: Mapping[str, Any]) -> list[str]:
    return [block["block_id"] for block in input_blocks(view)]


def _inputs(field: Field, longer: Sequence[str]) -> list[Json]:
    hint = field.hint
    if len(field.initial) > limits.INPUT_TEXT:
        hint = f"{hint} {_CUT.format(most=limits.INPUT_TEXT)}".strip()
    options = offered(choices_of(field), longer)
    main = _input(field.id, field.label, element(field, options), hint, optional=field.optional)
    inputs = [main]
    if field.another and (options or field.sought):
        # Either is enough, and Slack would ask for both.
        another = another_element(field, options)
        beneath = _input(field.id + _ANOTHER, field.another, another, optional=True)
        inputs = [main | {"optional": True}, beneath]
    return [_watched(one) for one in inputs] if field.watched else inputs


def _watched(block: Json) -> Json:
    """The input, its changes told at once; of typed words, when somebody ends with Enter."""
    filled_in = block["element"]
    if filled_in["type"] in _TYPED:
        on_enter = {"trigger_actions_on": ["on_enter_pressed"]}
        filled_in = filled_in | {"dispatch_action_config": on_enter}
    return block | {"dispatch_action": True, "element": filled_in}


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
