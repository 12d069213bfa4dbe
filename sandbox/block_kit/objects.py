"""Composition objects and rich text: the parts that blocks and elements are made of.

https://docs.slack.dev/reference/block-kit/composition-objects
"""

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit.rules import (
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


IMAGE: dict[str, Rule] = {"image_url": text(3000, 1), "slack_file": SLACK_FILE}
# Believed: an empty alt_text is refused, as reported of Block Kit Builder.
ALT: dict[str, Rule] = {"alt_text": text(2000, 1)}
IMAGE_ELEMENT = Shape(ALT, IMAGE, also=(image_source,))

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
_LOOK: dict[str, Rule] = {"style": Shape(may=dict.fromkeys(_LOOKS, flag))}
_WORDS = text(None, 1)  # Believed: an empty run of text is refused, as empty texts are.
# Believed: what could never be opened is refused.
_ADDRESS = pattern(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+", "must be a valid url")
_CHANNEL = pattern(r"[CDG][A-Z0-9]+", "must be a channel's id")
INLINE: dict[str, Shape] = {
    "text": Shape({"text": _WORDS}, _LOOK),
    "link": Shape({"url": _ADDRESS}, {"text": text(), "unsafe": flag} | _LOOK),
    "emoji": Shape(
        {"name": _WORDS},
        {"unicode": text(), "url": text(), "skin_tone": number(1, 6, whole=True)} | _LOOK,
    ),
    "user": Shape({"user_id": _WORDS}, _LOOK),
    "channel": Shape({"channel_id": _CHANNEL}, _LOOK),
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
