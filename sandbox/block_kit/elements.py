"""Block elements: what each needs, what it may have, and where it may be.

https://docs.slack.dev/reference/block-kit/block-elements
"""

from sandbox.block_kit.objects import (
    CHOICE,
    CONFIRM,
    DISPATCH,
    FILTER,
    GROUP,
    ID,
    IMAGE_ELEMENT,
    LABEL,
    MENU_ITEM,
    OPTION,
    RICH_TEXT_BLOCK,
    STYLE,
    URL,
    plain,
)
from sandbox.block_kit.relations import (
    CLOCK,
    NUMERIC,
    TEN_DIGITS,
    calendar_date,
    in_order,
    initial_length,
    initial_number,
    initial_on_offer,
    no_more_than_selectable,
)
from sandbox.block_kit.rules import (
    EVERYWHERE,
    MESSAGES,
    MODALS,
    Rule,
    Shape,
    anything,
    either,
    flag,
    kind,
    many,
    not_both,
    number,
    one_of,
    text,
)

_ACT: dict[str, Rule] = {"action_id": ID}
_FOCUS: dict[str, Rule] = {"focus_on_load": flag}
_CONFIRM: dict[str, Rule] = {"confirm": CONFIRM}
_HINT: dict[str, Rule] = {"placeholder": plain(150)}
_TYPED: dict[str, Rule] = _ACT | _FOCUS | _HINT | {"dispatch_action_config": DISPATCH}
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
    {"customizable_input_parameters": many(Shape({"name": text(), "value": anything}))},
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
    "datepicker": Shape(may=_MENU | {"initial_date": calendar_date}),
    "timepicker": Shape(may={"initial_time": CLOCK, "timezone": text()} | _MENU),
    "datetimepicker": Shape(
        may={"initial_date_time": TEN_DIGITS} | _PICKED, on=EVERYWHERE - {"home"}
    ),
    "static_select": Shape(may={"initial_option": OPTION} | _OPTIONS | _MENU, also=_ON_OFFER),
    "external_select": Shape(may={"initial_option": OPTION} | _QUERY | _MENU),
    "users_select": Shape(may={"initial_user": text()} | _MENU),
    "channels_select": Shape(may={"initial_channel": text(), "response_url_enabled": flag} | _MENU),
    "conversations_select": Shape(
        may=_MENU
        | {
            "initial_conversation": text(),
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": FILTER,
        }
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
        may=_MENU
        | _MOST
        | {
            "initial_conversations": _IDS,
            "default_to_current_conversation": flag,
            "filter": FILTER,
        },
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
