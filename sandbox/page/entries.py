"""What a line of the inspector opens to: payload, answer, attempts, and the way to do it again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from sandbox.core import Core
from sandbox.methods import METHODS
from sandbox.page import curl
from sandbox.page.drawing.json_text import json_text
from sandbox.page.masking import masked, secrets_of
from sandbox.page.passing import line_of_call, line_of_delivery, readable
from sandbox.page.rendering import template
from sandbox.records import App, Json
from sandbox.signed_http import request_url

__all__ = ["Entries"]


@dataclass(frozen=True)
class _Part:
    """A titled piece: JSON, or a sentence in its place."""

    title: str
    json: Markup | None = None
    note: str = ""


class Entries:
    """Draws single entries of the two logs."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def draw(self, line_id: str) -> str:
        """The inside of the line with that id; LookupError where it is not kept (any more)."""
        kind, _, number = line_id.partition("-")
        if not number.isdecimal() or kind not in ("call", "sent"):
            raise LookupError(f"no entry {line_id}")
        if kind == "call":
            return self._call(self._core.calls.entry(int(number)))
        return self._delivery(self._core.delivery.log.entry(int(number)))

    def _call(self, call: Json) -> str:
        as_sent = self._masked(call["arguments"])
        unpacked = readable(as_sent)
        # What JSON a text carries may hold credentials under their names.
        shown = self._masked(unpacked)
        method = METHODS.get(call["method"])
        again = curl.api_call(
            self._core.url,
            call["method"],
            {
                name: as_sent[name] if shown[name] == unpacked[name] else shown[name]
                for name in shown
            },
            method.token if method else "bot",
        )
        return template("inspector_entry.html").render(
            line=line_of_call(call, self._core.workspace),
            facts=self._facts(
                call, ("Answered with", f"HTTP {call['status']}" if call["status"] else "")
            ),
            given=_Part("Arguments", json_text(shown)),
            answer=self._answer(call),
            attempts=[],
            curl=again,
            curl_note="",
        )

    def _answer(self, call: Json) -> _Part:
        if call["latency_ms"] is None:
            return _Part("Answer", note="Not answered yet.")
        if call["status"] is None:
            because = (
                "as the fault plan has it" if call["fault"] else "for the sandbox has a defect"
            )
            return _Part("Answer", note=f"None: the connection was cut, {because}.")
        answer = self._core.calls.answer(call["number"])
        if answer is None:
            return _Part("Answer", note="No longer kept: only the newest answers are.")
        return _Part("Answer", json_text(self._masked(json.loads(answer))))

    def _delivery(self, sent: Json) -> str:
        payload = self._masked(sent["payload"])
        app = self._core.workspace.apps.get(sent["app"])
        again, note = self._again(app, sent, payload)
        return template("inspector_entry.html").render(
            line=line_of_delivery(sent, self._core.workspace),
            facts=self._facts(sent, ("Sent over", _door(app))),
            given=_Part("Payload", json_text(payload)),
            answer=self._reply(sent),
            attempts=sent["attempts"],
            curl=again,
            curl_note=note,
        )

    def _reply(self, sent: Json) -> _Part | None:
        """The app's last answer that said more than that it had come."""
        replies = [one["answer"] for one in sent["attempts"] if one["answer"] not in (None, "", {})]
        if replies:
            return _Part("Answer", json_text(self._masked(replies[-1])))
        return _Part("Answer", note="Acknowledged, with nothing in it.") if sent["acked"] else None

    def _again(self, app: App | None, sent: Json, payload: Json) -> tuple[str, str]:
        """The command that sends it again, or why there is none."""
        if app is None or not app.active:
            return "", "The app is no longer installed."
        if not app.socket_mode:
            url = request_url(app, sent["kind"], sent["payload"])
            if url is None:
                return "", "The app has no request URL for this."
            return curl.signed_post(self._masked(url), sent["kind"], payload), ""
        if sent["kind"] == "events_api":
            return curl.redelivery(self._core.url, sent["id"]), ""
        return "", "Only events can be sent again on a socket. Do it again on the page."

    def _masked(self, value: Any) -> Any:
        return masked(value, secrets_of(self._core.workspace))

    def _facts(self, entry: Json, how: tuple[str, str]) -> list[tuple[str, str]]:
        app = self._core.workspace.apps.get(entry["app"] or "")
        facts = [("App", app.name if app else "unknown"), how]
        if entry.get("id"):
            facts.append(("Id", str(entry["id"])))
        return [(name, self._masked(value)) for name, value in facts if value]


def _door(app: App | None) -> str:
    if app is None:
        return ""
    return "Socket Mode" if app.socket_mode else "HTTP"
