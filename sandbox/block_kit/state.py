"""What a view's inputs hold: at first, and whether the Slack client would let it be submitted."""

import copy
import re
from typing import Any, NamedTuple

from sandbox.block_kit.reading import interactive_elements
from sandbox.block_kit.relations import face_of, options_of, to_number

Values = dict[str, dict[str, dict[str, Any]]]


class Held(NamedTuple):
    """How an element's value is kept: its key in the state, its first value's key, and empty."""

    key: str
    first: str
    empty: list[Any] | None = None


# Shapes: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload.
# Believed: null in an empty rich text input; the others are as Slack sends them.
HELD: dict[str, Held] = {
    "plain_text_input": Held("value", "initial_value"),
    "email_text_input": Held("value", "initial_value"),
    "url_text_input": Held("value", "initial_value"),
    "number_input": Held("value", "initial_value"),
    "rich_text_input": Held("rich_text_value", "initial_value"),
    "file_input": Held("files", "", []),
    "datepicker": Held("selected_date", "initial_date"),
    "timepicker": Held("selected_time", "initial_time"),
    "datetimepicker": Held("selected_date_time", "initial_date_time"),
    "radio_buttons": Held("selected_option", "initial_option"),
    "checkboxes": Held("selected_options", "initial_options", []),
    "static_select": Held("selected_option", "initial_option"),
    "external_select": Held("selected_option", "initial_option"),
    "users_select": Held("selected_user", "initial_user"),
    "channels_select": Held("selected_channel", "initial_channel"),
    "conversations_select": Held("selected_conversation", "initial_conversation"),
    "multi_static_select": Held("selected_options", "initial_options", []),
    "multi_external_select": Held("selected_options", "initial_options", []),
    "multi_users_select": Held("selected_users", "initial_users", []),
    "multi_channels_select": Held("selected_channels", "initial_channels", []),
    "multi_conversations_select": Held("selected_conversations", "initial_conversations", []),
}


def initial_state(view: dict[str, Any]) -> Values:
    """Return `state.values` of a view just opened: block_id to action_id to type and value.

    Every input is there, and every element with a state in actions and section blocks; an empty
    one holds null, or [] where several may be chosen. The view's ids must have been generated.
    `default_to_current_conversation` is left to whoever knows the conversation.
    """
    values: Values = {}
    for block, element in interactive_elements(view.get("blocks", [])):
        held = HELD.get(element["type"])
        if held:
            # An empty first text is no text (Believed).
            first = element.get(held.first) or held.empty
            entry = {"type": element["type"], held.key: copy.deepcopy(first)}
            values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def problems_of_values(view: dict[str, Any], state: Values) -> dict[str, str]:
    """Return what the client refuses to send, as block_id to the sentence under the input.

    An input is refused when it is required and empty (text of spaces is not empty), too long, too
    short, not on offer, no number. The sentences are Believed: the client's own change at times.
    """
    problems: dict[str, str] = {}
    for block, element in interactive_elements(view.get("blocks", [])):
        held = HELD.get(element["type"])
        if not held:
            continue
        entry = state.get(block["block_id"], {}).get(element["action_id"], {})
        value = entry.get(held.key)
        if value in (None, "", []):
            required = block["type"] == "input" and not block.get("optional", False)
            problem = "Please complete this required field." if required else None
        else:
            problem = _problem(element, value)
        if problem:
            problems.setdefault(block["block_id"], problem)
    return problems


def _problem(element: dict[str, Any], value: Any) -> str | None:
    """Return what is wrong with a value that is not empty."""
    match element["type"]:
        case "plain_text_input":
            return _text_problem(element, value)
        case "number_input":
            return _number_problem(element, value)
        case "email_text_input" if not re.fullmatch(r"[^@\s]+@[^@\s]+", str(value)):
            return "Please enter a valid email address."
        case "url_text_input" if not re.match(r"https?://\S", str(value)):
            return "Please enter a valid URL."
        case "file_input" if len(value) > element.get("max_files", 10):
            return f"Please add no more than {element.get('max_files', 10)} files."
    return _choice_problem(element, value if isinstance(value, list) else [value])


def _text_problem(element: dict[str, Any], value: Any) -> str | None:
    longest, shortest = element.get("max_length", 3000), element.get("min_length", 0)
    if not isinstance(value, str):
        return "Please enter text."
    if len(value) > longest:
        return f"Please enter no more than {longest} characters."
    return f"Please enter at least {shortest} characters." if len(value) < shortest else None


def _number_problem(element: dict[str, Any], value: Any) -> str | None:
    given = to_number(value) if isinstance(value, str) else None
    if given is None:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and given % 1:
        return "Please enter a whole number."
    low, high = to_number(element.get("min_value")), to_number(element.get("max_value"))
    if low is not None and given < low:
        return f"Please enter a number no less than {element['min_value']}."
    if high is not None and given > high:
        return f"Please enter a number no greater than {element['max_value']}."
    return None


def _choice_problem(element: dict[str, Any], chosen: list[Any]) -> str | None:
    offered = [face_of(option) for option in options_of(element)]
    if offered and any(face_of(option) not in offered for option in chosen):
        return "Please choose one of the options."
    most = element.get("max_selected_items", len(chosen))
    return f"Please choose no more than {most}." if len(chosen) > most else None
