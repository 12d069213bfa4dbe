"""A form and a message that hold every block and element that the page draws."""

from __future__ import annotations

from typing import Any

from tests.sandbox.scene import button, plain

Json = dict[str, Any]


def option(label: str, value: str = "", **more: Any) -> Json:
    return {"text": plain(label), "value": value or label.lower(), **more}


def field(block_id: str, label: str, kind: str, *, optional: bool = True, **element: Any) -> Json:
    """An input block; its element's action_id is `v`."""
    hint = element.pop("hint", None)
    block: Json = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "optional": optional,
        "element": {"type": kind, "action_id": "v", **element},
    }
    if hint:
        block["hint"] = plain(hint)
    return block


COLOURS = [option("Red"), option("Green"), option("Blue")]
CITIES = [option(name) for name in ("Bergen", "Kyoto", "Lagos", "Lima", "Oslo", "Porto", "Quito")]
CITIES += [option(name) for name in ("Rome", "Split", "Turin", "Ulm")]
GROUPS = [
    {"label": plain("Warm"), "options": [COLOURS[0]]},
    {"label": plain("Cool"), "options": COLOURS[1:]},
]
SURE: Json = {
    "title": plain("Really?"),
    "text": {"type": "mrkdwn", "text": "It *cannot* be undone."},
    "confirm": plain("Do it"),
    "deny": plain("Leave it"),
    "style": "danger",
}


def fields() -> list[Json]:
    """Every input, each with an id of its own."""
    return [
        field("text", "A line", "plain_text_input", hint="One line.", optional=False),
        field("story", "A story", "plain_text_input", multiline=True, max_length=40),
        field("mail", "An address", "email_text_input"),
        field("link", "A link", "url_text_input"),
        field("number", "A number", "number_input", is_decimal_allowed=False, min_value="1"),
        field("rich", "A rich text", "rich_text_input"),
        field("day", "A day", "datepicker"),
        field("time", "A time", "timepicker"),
        field("moment", "A moment", "datetimepicker"),
        field("colour", "A colour", "radio_buttons", options=COLOURS),
        field("colours", "Some colours", "checkboxes", options=COLOURS),
        field("city", "A city", "static_select", options=CITIES),
        field("tone", "A tone", "static_select", option_groups=GROUPS),
        field("cities", "Some cities", "multi_static_select", options=CITIES),
        field("tones", "Some tones", "multi_static_select", option_groups=GROUPS),
        field("person", "A person", "users_select"),
        field("people", "Some people", "multi_users_select"),
        field("channel", "A channel", "channels_select"),
        field("channels", "Some channels", "multi_channels_select"),
        field("place", "A conversation", "conversations_select"),
        field("places", "Some conversations", "multi_conversations_select"),
        field("found", "Something found", "external_select", min_query_length=1),
        field("finds", "Some things found", "multi_external_select", min_query_length=1),
    ]


def words() -> list[Json]:
    """Every block that is there to be read."""
    mrkdwn = {"type": "mrkdwn", "text": "Words with *weight* and <https://example.org|a link>."}
    picture = {"type": "image", "image_url": PIXEL, "alt_text": "A green square"}
    rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Rich words"}]}
    return [
        {"type": "header", "text": plain("A header")},
        {"type": "section", "text": mrkdwn},
        {"type": "section", "fields": [mrkdwn, plain("Second field"), plain("Third field")]},
        {"type": "section", "text": mrkdwn, "accessory": picture},
        {"type": "context", "elements": [picture, mrkdwn, plain("Plain words")]},
        {"type": "divider"},
        {**picture, "title": plain("A picture")},
        {"type": "rich_text", "elements": [rich]},
        {"type": "alert", "text": mrkdwn, "level": "warning"},
        {"type": "container", "title": plain("A container"), "child_blocks": [{"type": "divider"}]},
        {
            "type": "container",
            "title": plain("One that folds"),
            "is_collapsible": True,
            "child_blocks": [{"type": "section", "text": mrkdwn}],
        },
        {"type": "card", "title": plain("A card"), "body": mrkdwn, "actions": [button("Go", "go")]},
        {"type": "carousel", "elements": [{"type": "card", "title": plain("Another card")}]},
    ]


def message_words() -> list[Json]:
    """Those that stand in messages alone."""
    rows = [
        [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Count"}],
        [{"type": "raw_text", "text": "One"}, {"type": "raw_number", "value": 1, "text": "1"}],
    ]
    segments = [{"label": "This", "value": 3}, {"label": "That", "value": 1}]
    chart = {"type": "pie", "segments": segments}
    return [
        {"type": "markdown", "text": "## Heading\n\n- one\n- **two**\n\n`code`"},
        {"type": "table", "rows": rows},
        {"type": "data_table", "rows": rows, "caption": "A table with a caption"},
        {"type": "data_visualization", "title": "A chart", "chart": chart},
        {
            "type": "context_actions",
            "elements": [
                {"type": "icon_button", "icon": "trash", "text": plain("Bin"), "action_id": "bin"}
            ],
        },
    ]


def pressed() -> list[Json]:
    """Every element that is pressed or chosen where it stands."""
    choices = [option("First", description=plain("Told more")), option("Second")]
    return [
        {
            "type": "actions",
            "block_id": "acts",
            "elements": [
                button("Plain", "plain", value="p"),
                button("Go on", "primary", style="primary"),
                button("Take it away", "danger", style="danger", confirm=SURE),
                button("Read", "url", url="https://example.org/read"),
                {"type": "overflow", "action_id": "more", "options": choices},
                {"type": "static_select", "action_id": "pick", "options": COLOURS},
                {"type": "datepicker", "action_id": "when"},
                {"type": "checkboxes", "action_id": "tick", "options": COLOURS},
                {"type": "radio_buttons", "action_id": "one", "options": COLOURS},
                {"type": "multi_static_select", "action_id": "some", "options": CITIES},
                {"type": "users_select", "action_id": "who", "confirm": SURE},
                {"type": "timepicker", "action_id": "hour"},
            ],
        },
        {
            "type": "section",
            "block_id": "beside",
            "text": {"type": "mrkdwn", "text": "*Beside* these words"},
            "accessory": {"type": "overflow", "action_id": "beside", "options": choices},
        },
    ]


PIXEL = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfz0AEYBxVSF+FAP4DCf1oKqmaAAAA"
    "AElFTkSuQmCC"
)
