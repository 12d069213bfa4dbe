"""Composition objects and block elements: what each needs, what it may have, and where it may be.

https://docs.slack.dev/reference/block-kit/composition-objects and .../block-elements
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sandbox.block_kit.rules import (
    EVERYWHERE,
    MESSAGES,
    MODALS,
    Place,
    Rule,
    Shape,
    either,
    flag,
    kind,
    many,
    not_both,
    number,
    one_of,
    pattern,
    text,
)

# -- composition objects ---------------------------------------------------------------------------


def plain(longest: int) -> Rule:
    """Return the rule for a plain_text object; only it may have `emoji`."""
    return kind({"plain_text": Shape({"text": text(longest, 1)}, {"emoji": flag})})


def words(longest: int) -> Rule:
    """Return the rule for a text object of either type."""
    return kind(
        {
            "plain_text": Shape({"text": text(longest, 1)}, {"emoji": flag}),
            "mrkdwn": Shape({"text": text(longest, 1)}, {"verbatim": flag}),
        }
    )


ID = text(255)
URL = text(3000)
STYLE = one_of("primary", "danger")
LABEL = text(75)

# Believed: the reference has plain_text only for the dialog's text, yet Slack's own types and its
# older reference take mrkdwn.
CONFIRM = Shape(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": STYLE},
)
DISPATCH = Shape(
    {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
)
FILTER = Shape(
    may={
        "include": many(one_of("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    also=(either("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
SLACK_FILE = Shape(
    may={"id": text(), "url": URL}, also=(either("id", "url"), not_both("id", "url"))
)

# Believed: an empty value is refused, as empty texts are.
VALUE = text(150, 1)
OPTION = Shape({"text": plain(75), "value": VALUE}, {"description": plain(75)})
CHOICE = Shape({"text": words(75), "value": VALUE}, {"description": words(75)})
MENU_ITEM = Shape({"text": plain(75), "value": VALUE}, {"description": plain(75), "url": URL})
GROUP = Shape({"label": plain(75), "options": many(OPTION, 1, 100)})


def image_source(value: dict[str, Any], place: Place) -> Iterator[str]:
    """Check that an image is by URL or by Slack file, and not both; the sentence is Slack's."""
    if "image_url" not in value and "slack_file" not in value:
        yield place.says("missing required field: image_url")
    yield from not_both("image_url", "slack_file")(value, place)


IMAGE = {"image_url": text(3000, 1), "slack_file": SLACK_FILE}
# Believed: an empty alt_text is refused, as reported of Block Kit Builder.
ALT = {"alt_text": text(2000, 1)}
IMAGE_ELEMENT = Shape(ALT, IMAGE, also=(image_source,))

# -- what holds between an element's keys ----------------------------------------------------------


def options_of(element: dict[str, Any]) -> list[Any]:
    """Return the options on offer, those in groups included; of a malformed element, what there is."""
    groups = element.get("option_groups")
    held = [group.get("options") for group in _dicts(groups)]
    lists = [element.get("options"), *held]
    return [option for options in lists if isinstance(options, list) for option in options]


def face_of(option: object) -> tuple[object, object]:
    """Return what makes two options the same: text and value (believed; Slack says "exactly")."""
    if not isinstance(option, dict):
        return (None, None)
    label = option.get("text")
    return (label.get("text") if isinstance(label, dict) else label, option.get("value"))


def _dicts(value: object) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def initial_on_offer(value: dict[str, Any], place: Place) -> Iterator[str]:
    """Check that what is chosen at first is one of the options (believed wording)."""
    faces = [face_of(option) for option in options_of(value)]
    if (
        isinstance(value.get("initial_option"), dict)
        and face_of(value["initial_option"]) not in faces
    ):
        yield (place / "initial_option").says("must match one of the options")
    for index, option in enumerate(_dicts(value.get("initial_options"))):
        if face_of(option) not in faces:
            yield (place / "initial_options" / index).says("must match one of the options")


def in_order(low: str, high: str) -> Rule:
    """Return the rule that the number under `low` is no more than the one under `high`."""

    def rule(value: dict[str, Any], place: Place) -> Iterator[str]:
        lowest, highest = to_number(value.get(low)), to_number(value.get(high))
        if lowest is not None and highest is not None and lowest > highest:
            yield (place / low).says(f"must be no more than `{high}`")

    return rule


def to_number(value: object) -> float | None:
    """Return a number, or a string that Slack takes for one, as a float; None for all else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    is_number = not isinstance(value, str) or not list(NUMERIC(value, Place("", "modal")))
    return float(value) if is_number else None


def initial_length(value: dict[str, Any], place: Place) -> Iterator[str]:
    """Check that the first value of a text input keeps to the input's own bounds."""
    low, high = value.get("min_length"), value.get("max_length")
    bounds = text(high if isinstance(high, int) else None, low if isinstance(low, int) else 0)
    if isinstance(value.get("initial_value"), str) and value["initial_value"]:
        yield from bounds(value["initial_value"], place / "initial_value")


def initial_number(value: dict[str, Any], place: Place) -> Iterator[str]:
    """Check that the first value of a number input keeps to the input's own bounds."""
    first = to_number(value.get("initial_value"))
    low, high = to_number(value.get("min_value")), to_number(value.get("max_value"))
    if first is not None:
        if (low is not None and first < low) or (high is not None and first > high):
            yield (place / "initial_value").says("must be between `min_value` and `max_value`")
        if value.get("is_decimal_allowed") is False and first != int(first):
            yield (place / "initial_value").says("must be a whole number")


def no_more_than_selectable(key: str) -> Rule:
    """Return the rule that a menu starts with no more items than may be selected."""

    def rule(value: dict[str, Any], place: Place) -> Iterator[str]:
        most, first = value.get("max_selected_items"), value.get(key)
        if isinstance(most, int) and isinstance(first, list) and len(first) > most:
            yield (place / key).says(f"no more than {most} items allowed")

    return rule


def calendar_date(value: object, place: Place) -> Iterator[str]:
    """Check a day of the calendar, YYYY-MM-DD."""
    wrong = list(pattern(r"\d{4}-\d\d-\d\d", "must be a date as YYYY-MM-DD")(value, place))
    try:
        date.fromisoformat(value if isinstance(value, str) and not wrong else "2000-01-01")
    except ValueError:
        wrong = [place.says("must be a date as YYYY-MM-DD")]
    yield from wrong


CLOCK = pattern(r"([01]\d|2[0-3]):[0-5]\d", "must be a time as HH:MM")
NUMERIC = pattern(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})", "must be a number")
TEN_DIGITS = number(1_000_000_000, 9_999_999_999, whole=True)

# -- rich text -------------------------------------------------------------------------------------

_LOOKS = (
    "bold",
    "italic",
    "strike",
    "code",
    "underline",
    "highlight",
    "client_highlight",
    "unlink",
)
_LOOK = {"style": Shape(may=dict.fromkeys(_LOOKS, flag))}
_WORDS = text(None, 1)  # Believed: an empty run of text is refused, as empty texts are.
INLINE: dict[str, Shape] = {
    "text": Shape({"text": _WORDS}, _LOOK),
    "link": Shape({"url": _WORDS}, {"text": text(), "unsafe": flag} | _LOOK),
    "emoji": Shape(
        {"name": _WORDS},
        {"unicode": text(), "url": text(), "skin_tone": number(1, 6, whole=True)} | _LOOK,
    ),
    "user": Shape({"user_id": _WORDS}, _LOOK),
    "channel": Shape({"channel_id": _WORDS}, _LOOK),
    "usergroup": Shape({"usergroup_id": _WORDS}, _LOOK),
    "team": Shape({"team_id": _WORDS}, _LOOK),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, _LOOK),
    "date": Shape(
        {"timestamp": number(whole=True), "format": _WORDS},
        {"url": text(), "fallback": text()} | _LOOK,
    ),
    "color": Shape({"value": pattern(r"#[0-9a-fA-F]{6}", "must be a hex color")}, _LOOK),
}
_BORDER: dict[str, Rule] = {"border": one_of(0, 1)}
RICH_TEXT: dict[str, Shape] = {
    "rich_text_section": Shape({"elements": many(kind(INLINE))}),
    "rich_text_quote": Shape({"elements": many(kind(INLINE))}, _BORDER),
    # Believed: `language` is taken, as in what Slack sends for a code block with one.
    "rich_text_preformatted": Shape(
        {"elements": many(kind(INLINE, {"text", "link"}))}, {"language": text()} | _BORDER
    ),
}
RICH_TEXT["rich_text_list"] = Shape(
    {
        "elements": many(kind(RICH_TEXT, {"rich_text_section"})),
        "style": one_of("bullet", "ordered"),
    },
    {"indent": number(0, 8, whole=True), "offset": number(0, whole=True)} | _BORDER,
)
RICH_TEXT_BLOCK = Shape({"elements": many(kind(RICH_TEXT))}, {"block_id": ID})

# -- elements --------------------------------------------------------------------------------------

_ACT: dict[str, Rule] = {"action_id": ID}
_FOCUS: dict[str, Rule] = {"focus_on_load": flag}
_CONFIRM: dict[str, Rule] = {"confirm": CONFIRM}
_HINT: dict[str, Rule] = {"placeholder": plain(150)}
_TYPED = _ACT | _FOCUS | _HINT | {"dispatch_action_config": DISPATCH}
_PICKED = _ACT | _FOCUS | _CONFIRM
_MENU = _PICKED | _HINT
_MOST: dict[str, Rule] = {"max_selected_items": number(1, whole=True)}
_OPTIONS: dict[str, Rule] = {
    "options": many(OPTION, 1, 100),
    "option_groups": many(GROUP, 1, 100),
}
_ON_OFFER = (
    either("options", "option_groups"),
    not_both("options", "option_groups"),
    initial_on_offer,
)
_QUERY: dict[str, Rule] = {"min_query_length": number(0, whole=True)}
_IDS = many(text(None, 1))
_FEEDBACK = Shape({"text": plain(75), "value": text(2000)}, {"accessibility_label": LABEL})
_TRIGGER = Shape(
    {"url": URL},
    {"customizable_input_parameters": many(Shape({"name": text(), "value": lambda *_: iter(())}))},
)

ELEMENTS: dict[str, Shape] = {
    "image": IMAGE_ELEMENT,
    "button": Shape(
        {"text": plain(75)},
        {
            "url": URL,
            "value": text(2000),
            "style": STYLE,
            "accessibility_label": LABEL,
            "agent_prompt": text(4000),
            "agent_prompt_display": text(),
            "visible_to_user_ids": _IDS,
        }
        | _ACT
        | _CONFIRM,
    ),
    "workflow_button": Shape(
        {"text": plain(75), "workflow": Shape({"trigger": _TRIGGER})},
        {"style": STYLE, "accessibility_label": LABEL} | _ACT | _CONFIRM,
        on=MESSAGES,
    ),
    "overflow": Shape({"options": many(MENU_ITEM, 1, 5)}, _ACT | _CONFIRM),
    "checkboxes": Shape(
        {"options": many(CHOICE, 1, 10)},
        {"initial_options": many(CHOICE, 1, 10)} | _PICKED,
        also=(initial_on_offer,),
    ),
    "radio_buttons": Shape(
        {"options": many(CHOICE, 1, 10)},
        {"initial_option": CHOICE} | _PICKED,
        also=(initial_on_offer,),
    ),
    "datepicker": Shape(may={"initial_date": calendar_date} | _MENU),
    "timepicker": Shape(may={"initial_time": CLOCK, "timezone": text()} | _MENU),
    "datetimepicker": Shape(
        may={"initial_date_time": TEN_DIGITS} | _PICKED, on=EVERYWHERE - {"home"}
    ),
    "static_select": Shape(may={"initial_option": OPTION} | _OPTIONS | _MENU, also=_ON_OFFER),
    "external_select": Shape(may={"initial_option": OPTION} | _QUERY | _MENU),
    "users_select": Shape(may={"initial_user": text()} | _MENU),
    "channels_select": Shape(may={"initial_channel": text(), "response_url_enabled": flag} | _MENU),
    "conversations_select": Shape(
        may={
            "initial_conversation": text(),
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": FILTER,
        }
        | _MENU
    ),
    "multi_static_select": Shape(
        may={"initial_options": many(OPTION, 1, 100)} | _OPTIONS | _MOST | _MENU,
        also=(*_ON_OFFER, no_more_than_selectable("initial_options")),
    ),
    "multi_external_select": Shape(
        may={"initial_options": many(OPTION, 1, 100)} | _QUERY | _MOST | _MENU,
        also=(no_more_than_selectable("initial_options"),),
    ),
    "multi_users_select": Shape(
        may={"initial_users": _IDS} | _MOST | _MENU,
        also=(no_more_than_selectable("initial_users"),),
    ),
    "multi_channels_select": Shape(
        may={"initial_channels": _IDS} | _MOST | _MENU,
        also=(no_more_than_selectable("initial_channels"),),
    ),
    "multi_conversations_select": Shape(
        may={
            "initial_conversations": _IDS,
            "default_to_current_conversation": flag,
            "filter": FILTER,
        }
        | _MOST
        | _MENU,
        also=(no_more_than_selectable("initial_conversations"),),
    ),
    "plain_text_input": Shape(
        may={
            "initial_value": text(3000),
            "multiline": flag,
            "min_length": number(0, 3000, whole=True),
            "max_length": number(1, 3000, whole=True),
        }
        | _TYPED,
        also=(in_order("min_length", "max_length"), initial_length),
    ),
    # The reference lists these four for modals alone, though input blocks are let in everywhere.
    "email_text_input": Shape(may={"initial_value": text()} | _TYPED, on=MODALS),
    "url_text_input": Shape(may={"initial_value": text()} | _TYPED, on=MODALS),
    "number_input": Shape(
        {"is_decimal_allowed": flag},
        {"initial_value": NUMERIC, "min_value": NUMERIC, "max_value": NUMERIC} | _TYPED,
        also=(in_order("min_value", "max_value"), initial_number),
        on=MODALS,
    ),
    "file_input": Shape(
        may={"filetypes": many(text(None, 1)), "max_files": number(1, 10, whole=True)} | _ACT,
        on=MODALS,
    ),
    "rich_text_input": Shape(
        may={
            "initial_value": kind({"rich_text": RICH_TEXT_BLOCK}),
            "min_lines": number(1, 100, whole=True),
            "max_lines": number(1, 100, whole=True),
        }
        | _TYPED,
        on=EVERYWHERE - {"message"},
    ),
    "feedback_buttons": Shape(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACT, on=MESSAGES
    ),
    "icon_button": Shape(
        {"icon": one_of("trash"), "text": plain(75)},
        {"accessibility_label": LABEL, "value": text(2000), "visible_to_user_ids": _IDS}
        | _ACT
        | _CONFIRM,
        on=MESSAGES,
    ),
}

SELECTS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker", "checkboxes", "radio_buttons"}) | SELECTS
# Where each may stand. Rich text inputs are in an actions block by Slack's types for Node only.
IN_SECTION = PICKERS | {"button", "overflow", "workflow_button", "image"}
IN_ACTIONS = PICKERS | {
    "button",
    "overflow",
    "workflow_button",
    "datetimepicker",
    "rich_text_input",
}
IN_INPUT = PICKERS | {
    "datetimepicker",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
    "rich_text_input",
}
