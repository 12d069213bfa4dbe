"""Block elements as HTML: what can be pressed, chosen and typed into.

Native controls where there is one. Each carries `data-block`, `data-action` and `data-type`, and
`data-tells`: whether the app hears of it at once (`press`, `change`) or with the form (`typed`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from sandbox.block_kit import plain_text
from sandbox.block_kit.relations import face_of
from sandbox.block_kit.state import HELD
from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.macros import macro
from sandbox.page.drawing.mrkdwn import text_object
from sandbox.records import Channel, Json

__all__ = ["DRAWN_ELEMENTS", "GROUPED", "Spot", "element", "image_source"]

_MACROS = {
    "button": "button",
    "icon_button": "button",
    "overflow": "overflow",
    "static_select": "menu",
    "users_select": "menu",
    "channels_select": "menu",
    "conversations_select": "menu",
    "multi_static_select": "several",
    "multi_users_select": "several",
    "multi_channels_select": "several",
    "multi_conversations_select": "several",
    "external_select": "sought",
    "multi_external_select": "sought",
    "radio_buttons": "buttons_of_a_choice",
    "checkboxes": "buttons_of_a_choice",
    "datepicker": "picker",
    "timepicker": "picker",
    "datetimepicker": "picker",
    "plain_text_input": "typed",
    "email_text_input": "typed",
    "url_text_input": "typed",
    "number_input": "typed",
    "rich_text_input": "typed",
    "image": "image",
}
DRAWN_ELEMENTS = frozenset(_MACROS)
"""The types of elements that can be drawn."""

GROUPED = frozenset(kind for kind in DRAWN_ELEMENTS if kind.startswith("multi_")) - {
    "multi_external_select"
} | {"radio_buttons", "checkboxes"}
"""Those of several controls, named by a legend rather than by a label."""

_NATIVE = {
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "number",
}
_UNSAID = {
    "datepicker": "A day",
    "timepicker": "A time of day",
    "datetimepicker": "A day and a time",
    "overflow": "More to do here",
}
_OPENED = frozenset({"http", "https", "mailto"})
_LONG = 8  # From so many options on, a list can be narrowed by typing.


@dataclass(frozen=True)
class Spot:
    """Where an element stands.

    `id` is its id on the page. `name` is what it is called where no label names it. `described`
    are the ids of what is said of it. `tells` says when the app hears of it.
    """

    block_id: str
    id: str
    tells: str
    name: str = ""
    described: str = ""
    invalid: bool = False
    required: bool = False


@dataclass(frozen=True)
class Option:
    """One thing to choose. `json` is what is sent for it, as JSON."""

    value: str
    text: Markup
    json: str
    chosen: bool
    description: Markup | str = ""
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Options under a heading, or under none."""

    label: Markup | str
    options: list[Option]


def element(given: Json, spot: Spot, eyes: Eyes, held: Any) -> Markup:
    """An element that holds `held` (the value that its type keeps; see `HELD`)."""
    kind = given.get("type", "")
    if kind not in _MACROS:
        return macro("elements.html", "undrawn")("element", kind)
    drawn = _facts(given, spot, eyes) | _contents(kind, given, eyes, held)
    return macro("elements.html", _MACROS[kind])(drawn)


def _facts(given: Json, spot: Spot, eyes: Eyes) -> Json:
    """What every element says of itself."""
    kind, placeholder = given["type"], given.get("placeholder")
    hint = text_object(placeholder, eyes) if placeholder else Markup("")
    confirm = given.get("confirm")
    asked = (
        {key: text_object(confirm[key], eyes) for key in ("title", "text", "confirm", "deny")}
        if confirm
        else None
    )
    unsaid = hint.striptags() or _UNSAID.get(kind, "Choose")
    return {
        "kind": kind,
        "spot": spot,
        "action": given.get("action_id", ""),
        "hint": hint.striptags(),
        "name": ", ".join(dict.fromkeys([spot.name, unsaid])) if spot.name else unsaid,
        "focus": bool(given.get("focus_on_load")),
        "confirm": asked,
        "dangerous": bool(confirm and confirm.get("style") == "danger"),
        "raw": given,
    }


def _contents(kind: str, given: Json, eyes: Eyes, held: Any) -> Json:
    """What is in the element of this kind."""
    match _MACROS[kind]:
        case "button":
            return {"text": text_object(given["text"], eyes), "url": _opened(given.get("url"))}
        case "image":
            return {"source": image_source(given)}
        case "picker":
            return {"native": _NATIVE[kind], "zone": eyes.viewer.tz, "value": _on_wall(held, eyes)}
        case "typed":
            return _typed(kind, given, held)
        case "sought":
            several = HELD[kind].empty is not None
            chosen = held if isinstance(held, list) else [held] if held else []
            return {"several": several, "chosen": [_option(one, eyes, chosen) for one in chosen]}
    groups = _groups(kind, given, eyes, held)
    chosen_now = [one for group in groups for one in group.options if one.chosen]
    most = sum(len(group.options) for group in groups)
    return {"groups": groups, "chosen": chosen_now, "long": most > _LONG}


def _typed(kind: str, given: Json, held: Any) -> Json:
    rich = kind == "rich_text_input"
    on = given.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    return {
        "native": _NATIVE.get(kind, "text"),
        "lines": given.get("min_lines", 4) if rich else 4,
        "multiline": rich or bool(given.get("multiline")),
        "value": (plain_text([held]) if held else "") if rich else str(held or ""),
        "on": " ".join(one.removeprefix("on_") for one in on),
        "least": given.get("min_length"),
        "most": given.get("max_length", 3000) if kind == "plain_text_input" else None,
    }


def _groups(kind: str, given: Json, eyes: Eyes, held: Any) -> list[Group]:
    """What is on offer; what is held is among it, though it be no longer on offer."""
    chosen = held if isinstance(held, list) else [held] if held else []
    if "options" in given or "option_groups" in given:
        groups = given.get("option_groups") or [{"options": given["options"]}]
        return [
            Group(
                text_object(group["label"], eyes) if group.get("label") else "",
                [_option(option, eyes, chosen) for option in group["options"]],
            )
            for group in groups
        ]
    offered = dict(_ids_on_offer(kind, given, eyes))
    offered |= {one: eyes.channel(one) or eyes.person(one) for one in chosen if one not in offered}
    options = [
        Option(one, Markup("{}").format(name), json.dumps(one), one in chosen)
        for one, name in offered.items()
    ]
    return [Group("", options)]


def _option(option: Json, eyes: Eyes, chosen: Iterable[Json]) -> Option:
    said = option.get("description")
    return Option(
        option.get("value", ""),
        text_object(option["text"], eyes),
        json.dumps(option, ensure_ascii=False),
        face_of(option) in [face_of(one) for one in chosen],
        text_object(said, eyes) if said else "",
        _opened(option.get("url")),
    )


def _ids_on_offer(kind: str, given: Json, eyes: Eyes) -> list[tuple[str, str]]:
    """People, channels or both, by id and name, in the order of their names."""
    found: list[tuple[str, str]] = []
    wanted = given.get("filter", {})
    kinds = set(wanted.get("include", ("im", "public", "private")))
    if "users" in kind:
        found = [(user.id, user.name) for user in eyes.workspace.users.values() if not user.deleted]
    elif "channels" in kind:
        kinds = {"public"}
    if "users" not in kind:
        found = [
            (channel.id, _called(channel, eyes))
            for channel in eyes.workspace.channels.values()
            if _may_choose(channel, kinds, eyes)
            and not (channel.kind == "im" and wanted.get("exclude_bot_users"))
        ]
    return sorted(found, key=lambda one: one[1].casefold())


def _may_choose(channel: Channel, kinds: set[str], eyes: Eyes) -> bool:
    if channel.archived:
        return False
    if channel.kind == "public_channel":
        return "public" in kinds
    inside = eyes.viewer.id in channel.members
    return inside and {"private_channel": "private"}.get(channel.kind, channel.kind) in kinds


def _called(channel: Channel, eyes: Eyes) -> str:
    if channel.kind != "im":
        return f"#{channel.name}"
    others = [one for one in channel.members if one != eyes.viewer.id]
    return eyes.person(others[0]) if others else channel.name


def _on_wall(held: Any, eyes: Eyes) -> str:
    """A day or a time as it is held; a moment as the viewer's wall has it."""
    if isinstance(held, int):
        return f"{eyes.local(held):%Y-%m-%dT%H:%M}"
    return str(held or "")


def _opened(url: Any) -> str:
    """An address that may be opened, else nothing."""
    return str(url) if url and urlsplit(str(url)).scheme.lower() in _OPENED else ""


def image_source(image: Json) -> str:
    """Where an image is fetched from: its own address, or the sandbox's copy of a Slack file."""
    file = image.get("slack_file") or {}
    if file.get("id"):
        return f"/page/files/{file['id']}/image"
    address = str(image.get("image_url") or file.get("url") or "")
    safe = urlsplit(address).scheme in {"http", "https"} or address.startswith("data:image/")
    return address if safe else ""
