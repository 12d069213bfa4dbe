"""Menus whose options the app is asked for as somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.acting import Acts
from sandbox.block_kit import problems_of_options
from sandbox.block_kit.state import HELD
from sandbox.filling import Key, held_in, named
from sandbox.records import Json, User, View

EXTERNAL = ("external_select", "multi_external_select")
_SHORTEST = 3  # https://docs.slack.dev/reference/block-kit/block-elements: of min_query_length


class Seeking(Acts):
    """Typing in such menus, and choosing what they offer."""

    async def offered(self, user: User, view: View, key: Key, typed: str) -> list[Json]:
        """The options that come up as somebody has typed so far; none for too few letters.

        What is no answer, or no right one, shows as no options at all.
        """
        block, element = named(view.body, key)
        if len(typed) < element.get("min_query_length", _SHORTEST):
            return []
        app = self._core.workspace.apps[view.app_id]
        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
        payload = self._payloads.suggestion(app, user, view, ids, typed)
        receipt, _ = await self._core.delivery.interact(app, "interactive", payload)
        body = receipt.body if receipt.accepted and isinstance(receipt.body, dict) else {}
        options: list[Json] = body.get("options", [])
        problems = problems_of_options(options)
        if problems:
            self.note("response_refused", user, view.id, problems="; ".join(problems))
            self._core.workspace.mistakes.note(f"options of {key}", "; ".join(problems))
            return []
        return options

    async def chosen(self, user: User, view: View, values: Mapping[Any, Any]) -> dict[Any, Any]:
        """`values`, with the options themselves in place of words typed in such menus.

        An option stays as it is: somebody has found it by typing already.
        ValueError for what is not offered to somebody who types it.
        """
        found = dict(values)
        for key, value in values.items():
            block, element = named(view.body, key)
            if element["type"] not in EXTERNAL or value is None:
                continue
            several = HELD[element["type"]].empty is not None
            given = value if isinstance(value, list | tuple) else [value]
            options = [await self._one(user, view, key, block, element, one) for one in given]
            found[key] = options if several else options[0]
        return found

    async def _one(
        self, user: User, view: View, key: Key, block: Json, element: Json, wanted: Any
    ) -> Json:
        if isinstance(wanted, dict):
            return wanted
        held = held_in(view.state, block, element)
        there: list[Json] = held if isinstance(held, list) else [held] if held else []
        options = [option for option in there if _is(option, wanted)]
        options = options or await self.offered(user, view, key, str(wanted))
        for option in options:
            if _is(option, wanted):
                return option
        shown = ", ".join(repr(option["text"]["text"]) for option in options[:5])
        raise ValueError(f"typing {wanted!r} offers {shown or 'nothing'}")


def _is(option: Json, wanted: Any) -> bool:
    return wanted in (option, option["text"]["text"], option["value"])
