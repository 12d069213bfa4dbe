"""What passed between an app and the sandbox: each entry of the two logs, in a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sandbox.page.masking import masked, secrets_of
from sandbox.records import Json
from sandbox.workspace import Workspace

__all__ = ["KINDS", "Line", "line_of_call", "line_of_delivery", "readable"]

Kind = Literal["event", "interaction", "command", "call"]
Tone = Literal["good", "bad", "open"]

KINDS: dict[Kind, str] = {
    "event": "Events",
    "interaction": "Interactions",
    "command": "Commands",
    "call": "API calls",
}
_SENT: dict[str, Kind] = {
    "events_api": "event",
    "interactive": "interaction",
    "slash_commands": "command",
}
_GIST = 120


@dataclass(frozen=True)
class Line:
    """One row of the inspector, closed. `tone` says how it went, `state` says it in words."""

    id: str
    kind: Kind
    name: str
    gist: str
    at: datetime
    state: str
    tone: Tone
    took: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_problem(self) -> bool:
        """Whether something about it is not as it should be."""
        return self.tone == "bad" or bool(self.notes)

    @property
    def words(self) -> str:
        """What it is found by, in lower case."""
        return " ".join((self.name, self.gist, self.state, *self.notes)).lower()


def line_of_call(call: Json, workspace: Workspace) -> Line:
    """A call of a Web API method."""
    notes = []
    if call["fault"]:
        notes.append(f"fault: {call['fault']}")
    if call.get("asked_for"):
        notes.append("refused on request")
    if call["unknown_arguments"]:
        notes.append("unknown: " + ", ".join(call["unknown_arguments"]))
    state, tone = _answered(call)
    line = Line(
        id=f"call-{call['number']}",
        kind="call",
        name=call["method"],
        gist=_gist_of(call["arguments"], workspace),
        at=_local(call["at"]),
        state=state,
        tone=tone,
        took=_took(call["latency_ms"]),
        notes=tuple(notes),
    )
    return _showable(line, workspace)


def line_of_delivery(sent: Json, workspace: Workspace) -> Line:
    """An event, an interaction or a command that was sent to an app."""
    attempts = sent["attempts"]
    kind = _SENT[sent["kind"]]
    payload = sent["payload"]
    if kind == "event":
        gist = _gist_of(payload["event"], workspace)
    elif kind == "command":
        gist = _joined(_named(payload["user_id"], workspace), payload["text"])
    else:
        gist = _gist_of_interaction(payload, workspace)
    notes = []
    if len(attempts) > 1:
        notes.append(f"{len(attempts)} attempts")
    faults = {attempt["fault"] for attempt in attempts} - {None}
    if faults:
        notes.append("fault: " + ", ".join(sorted(faults)))
    state, tone = _acknowledged(sent)
    line = Line(
        id=f"sent-{sent['number']}",
        kind=kind,
        name=sent["type"] or sent["kind"],
        gist=gist,
        at=_local(sent["at"]),
        state=state,
        tone=tone,
        took=_took(attempts[-1]["latency_ms"] if attempts else None),
        notes=tuple(notes),
    )
    return _showable(line, workspace)


def readable(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments with the JSON that some of them carry as text unpacked."""
    return {name: _unpacked(value) for name, value in arguments.items()}


def _unpacked(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except (json.JSONDecodeError, RecursionError):
            return value
    return value


def _showable(line: Line, workspace: Workspace) -> Line:
    """The line without credentials, and not too long."""
    name, gist, state, *notes = masked(
        [line.name, line.gist, line.state, *line.notes], secrets_of(workspace)
    )
    gist = gist if len(gist) <= _GIST else gist[: _GIST - 1] + "…"
    return replace(line, name=name, gist=gist, state=state, notes=tuple(notes))


def _local(at: float) -> datetime:
    """On the wall of the machine that it runs on: the person who reads it sits there."""
    return datetime.fromtimestamp(at).astimezone()


def _answered(call: Json) -> tuple[str, Tone]:
    if call["latency_ms"] is None:
        return "under way", "open"
    if call["status"] is None:
        return ("cut off" if call["fault"] else "defect"), "bad"
    if call["outcome"] != "ok":
        return call["outcome"], "bad"
    # Done, and yet not answered so.
    return ("ok", "good") if call["status"] == 200 else (f"HTTP {call['status']}", "bad")


def _acknowledged(sent: Json) -> tuple[str, Tone]:
    if sent["acked"]:
        return "acknowledged", "good"
    if not sent["attempts"]:
        return "under way", "open"
    problem = sent["attempts"][-1]["problem"].replace("_", " ")
    if sent["status"]:
        problem += f" {sent['status']}"
    return (problem if sent["finished"] else f"{problem}, to be sent again"), "bad"


def _gist_of(what: Mapping[str, Any], workspace: Workspace) -> str:
    """Whom and what an event, or a call's arguments, are about: names rather than ids."""
    view = _unpacked(what.get("view"))
    return _joined(
        _named(_id(what.get("user") or what.get("user_id") or what.get("users")), workspace),
        _placed(_id(what.get("channel") or what.get("channel_id")), workspace),
        _placed(_id(_within(what.get("item"), "channel")), workspace),
        str(what.get("subtype") or what.get("tab") or ""),
        _view(view) if isinstance(view, dict) else "",
        str(what.get("text") or _within(what.get("message"), "text") or what.get("name") or ""),
    )


def _gist_of_interaction(payload: Json, workspace: Workspace) -> str:
    view = payload.get("view")
    actions = payload.get("actions")
    channel = workspace.channels.get(_id(payload.get("channel")))
    return _joined(
        _named(_id(payload.get("user")), workspace),
        # In the direct message, there is nobody else.
        _placed(channel.id, workspace) if channel and channel.kind != "im" else "",
        ", ".join(str(action.get("action_id")) for action in actions) if actions else "",
        str(payload.get("callback_id") or payload.get("action_id") or ""),
        _view(view) if isinstance(view, dict) else "",
    )


def _joined(*parts: str) -> str:
    """What there is of the parts, in one line, and as it was typed: Slack escapes three signs."""
    text = " · ".join(" ".join(part.split()) for part in parts if part.strip())
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _within(given: Any, name: str) -> Any:
    return given.get(name) if isinstance(given, dict) else None


def _id(given: Any) -> str:
    given = _within(given, "id") or given
    return given if isinstance(given, str) else ""


def _named(id_: str, workspace: Workspace) -> str:
    user = workspace.users.get(id_)
    return user.name if user else id_


def _placed(id_: str, workspace: Workspace) -> str:
    channel = workspace.channels.get(id_)
    if channel is None:
        user = workspace.users.get(id_)
        return f"to {user.name}" if user else id_
    if channel.kind == "im":
        return f"with {_named(channel.user or '', workspace)}"
    return f"#{channel.name}"


def _view(view: Json) -> str:
    return str(view.get("callback_id") or _within(view.get("title"), "text") or view.get("type"))


def _took(milliseconds: float | None) -> str:
    if milliseconds is None:
        return ""
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.2f} s"
    return f"{milliseconds:.1f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"
