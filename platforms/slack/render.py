"""What the bot says, as Slack's JSON: `{"text", "blocks"}` for a message, blocks for anything.

Nothing a person wrote can ping, link or format: it stands in rich text and plain text only, and in
the notification text with Slack's three special characters escaped.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Channel,
    Chart,
    Divider,
    Heading,
    Home,
    Italic,
    Line,
    Message,
    MessageLink,
    Moment,
    Note,
    Paragraph,
    Person,
    Quote,
    Span,
)
from platforms.slack import limits
from platforms.slack.charts import Drawing, chart_blocks
from platforms.slack.links import address_of, is_channel
from platforms.slack.mrkdwn import escaped
from platforms.slack.people_shown import people_shown_in
from platforms.slack.rich_text import (
    A_CHANNEL,
    DATE_FORMAT,
    Json,
    bullets,
    merged,
    name_of,
    paragraph,
    quote,
    split,
)

__all__ = [
    "TOO_MUCH",
    "people_shown_in",
    "plain_text",
    "render_block",
    "render_home",
    "render_message",
    "route_of",
    "shortened",
    "size_of",
]

_HOME_SIZE = limits.VIEW_SIZE - 1000
"""With room for the sentence that says that there was more."""

TOO_MUCH = "More was said than one message can hold; the rest is not shown here."


def render_message(
    message: Message,
    names: Mapping[str, str],
    site: str = "",
    drawing: Drawing = Drawing.WORDS,
) -> Json:
    """The message as `{"text", "blocks"}`; `names` are people's display names by id.

    `site` is the workspace's own address: without it, links to messages are plain words.

    A message too long for Slack ends with a sentence that says so; its last buttons stay.
    """
    blocks: list[Json] = []
    charts = 0
    for block in message.blocks:
        if isinstance(block, Chart):
            blocks += chart_blocks(block, drawing, charts)
            charts += 1
        else:
            blocks += render_block(block, names, site)
    return {"text": fallback_text(message.text), "blocks": _fitted(blocks)}


def render_home(home: Home, names: Mapping[str, str], site: str = "") -> Json:
    """The page as a home view; `names` and `site` as of a message.

    One too long for Slack ends with a sentence that says so.
    """
    blocks = [part for block in home.blocks for part in render_block(block, names, site)]
    if len(blocks) > limits.BLOCKS_IN_VIEW:
        blocks = merged(blocks)
    if len(blocks) > limits.BLOCKS_IN_VIEW or size_of(blocks) > _HOME_SIZE:
        end = paragraph((Italic(TOO_MUCH),), {})
        kept = blocks[: limits.BLOCKS_IN_VIEW - len(end)]
        while size_of(kept) > _HOME_SIZE:
            kept.pop()
        blocks = [*kept, *end]
    return {"type": "home", "blocks": blocks}


def size_of(view: Json | Sequence[Json]) -> int:
    """How many bytes it is as compact JSON."""
    return len(
        json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    )


def render_block(block: Block, names: Mapping[str, str], site: str = "") -> list[Json]:
    """One block as Slack's: none where it holds nothing, several where it is long."""
    match block:
        case Heading(text):
            return _heading(text)
        case Paragraph(line):
            return paragraph(line, names, site)
        case Bullets(lines):
            return bullets(lines, names, site)
        case Quote():
            return quote(block, names)
        case Note(line):
            return _note(line, names, site)
        case Divider():
            return [{"type": "divider"}]
        case Buttons(buttons):
            return _buttons(buttons)
        case Chart():
            return chart_blocks(block, Drawing.WORDS, 0)


def route_of(action_id: str) -> str:
    """The route that a button's action_id was made of."""
    return action_id.partition("#")[0]


def plain_text(text: str) -> Json:
    """A text object in which `:smile:` stays as it was typed."""
    return {"type": "plain_text", "text": text, "emoji": False}


def shortened(text: str, most: int) -> str:
    """The text, visibly cut where it is too long for its place."""
    return text if len(text) <= most else text[: most - 1] + "…"


def fallback_text(text: str) -> str:
    """The notification text: escaped, and within what chat.update takes."""
    kept = text
    while (excess := len(escaped(kept)) - limits.FALLBACK_TEXT) > 0:
        # An escaped character has at most five, so this never takes away more than it must.
        kept = shortened(text, len(kept) - max(1, excess // 5))
    return escaped(kept)


def _heading(text: str) -> list[Json]:
    if not text.strip():
        return []
    if len(text) > limits.HEADER:
        return paragraph((Bold(text),), {})
    return [{"type": "header", "text": plain_text(text)}]


def _note(line: Line, names: Mapping[str, str], site: str) -> list[Json]:
    """Small print, as a context block.

    A context block knows no literal rich text, and markup would read a person's stars and ticks as
    formatting: so words are plain, and markup holds nothing but a date, a channel or a link that
    we build ourselves.
    """
    elements = list(_note_elements(line, names, site))
    if len(elements) > limits.NOTE_ELEMENTS:
        words = "".join(_as_words(span, names) for span in line)
        elements = [plain_text(part) for part in split(words, limits.NOTE)]
    return [
        {"type": "context", "elements": elements[start : start + limits.NOTE_ELEMENTS]}
        for start in range(0, len(elements), limits.NOTE_ELEMENTS)
    ]


def _note_elements(line: Line, names: Mapping[str, str], site: str) -> Iterator[Json]:
    words = ""
    for span in line:
        if token := _token(span, site):
            yield from (plain_text(part) for part in split(words, limits.NOTE))
            words = ""
            yield {"type": "mrkdwn", "text": token}
        else:
            words += _as_words(span, names)
    yield from (plain_text(part) for part in split(words, limits.NOTE))


def _token(span: Span, site: str) -> str:
    """The span as markup of our own making; "" where words do, or where they would be read as some.

    Within a link's words stars and ticks are formatting, and a bar or bracket would end them.
    """
    match span:
        case Moment():
            return _date_token(span)
        case Channel(channel) if is_channel(channel):
            return f"<#{channel}>"
        case MessageLink(text) if text and not set(text) & set("*_~`|<>\n"):
            url = address_of(span, site)
            return f"<{url}|{escaped(text)}>" if url else ""
        case _:
            return ""


def _date_token(moment: Moment) -> str:
    fallback = escaped(moment.fallback).replace("|", "/").replace("^", "")
    return f"<!date^{int(moment.at.timestamp())}^{DATE_FORMAT}|{fallback}>"


def _as_words(span: Span, names: Mapping[str, str]) -> str:
    match span:
        case str():
            return span
        case Bold(text) | Italic(text):
            return text
        case Person(user):
            return name_of(user, names)
        case Moment():
            return span.fallback
        case Channel():
            return A_CHANNEL
        case MessageLink(text):
            return text


def _buttons(buttons: Sequence[Button]) -> list[Json]:
    most = limits.BUTTONS_IN_BLOCK
    return [
        {"type": "actions", "elements": _elements(buttons[start : start + most])}
        for start in range(0, len(buttons), most)
    ]


def _elements(buttons: Sequence[Button]) -> list[Json]:
    seen: dict[str, int] = {}
    elements = []
    for button in buttons:
        seen[button.route] = count = seen.get(button.route, 0) + 1
        # An action_id may stand only once in a block.
        action_id = button.route if count == 1 else f"{button.route}#{count}"
        element: Json = {
            "type": "button",
            "action_id": action_id,
            "text": plain_text(shortened(button.label, limits.BUTTON_LABEL)),
        }
        if button.value:
            element["value"] = button.value
        if button.primary:
            element["style"] = "primary"
        elements.append(element)
    return elements


def _fitted(blocks: list[Json]) -> list[Json]:
    """The blocks within a message's limits; what does not fit gives way to a sentence."""
    for candidate in (blocks, merged(blocks)):
        if _fits(candidate):
            return candidate
    tail = blocks[-1:] if blocks[-1]["type"] == "actions" else []
    head = blocks[: len(blocks) - len(tail)]
    end = [*paragraph((Italic(TOO_MUCH),), {}), *tail]
    kept = end
    for count in range(1, len(head) + 1):
        candidate = merged([*head[:count], *end])
        if not _fits(candidate):
            break
        kept = candidate
    return kept


def _fits(blocks: list[Json]) -> bool:
    if len(blocks) > limits.BLOCKS_IN_MESSAGE:
        return False
    size = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    return size <= limits.MESSAGE_SIZE
