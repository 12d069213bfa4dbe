"""Modals and the App Home."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method
from sandbox.modals import checked_view
from sandbox.records import Json, View

_TRIGGER_ERRORS = (
    "duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id "
    "view_too_large"
)


def _view(call: Call, *, home: bool = False) -> Json:
    return checked_view(call.arguments.structure("view", "invalid_arguments"), home=home)


def _user(call: Call) -> str:
    trigger_id = call.arguments.text("trigger_id") or call.arguments.text("interactivity_pointer")
    if not trigger_id:
        raise SlackError("invalid_arguments", ["invalid `trigger_id` [json-pointer:/trigger_id]"])
    return call.core.modals.exchange(call.app, trigger_id)


def _shown(call: Call, view: View) -> dict[str, Any]:
    return {"view": call.core.modals.shown(view)}


@method(
    "views.open",
    tier="t4",
    required="view",
    optional="trigger_id interactivity_pointer",
    errors=_TRIGGER_ERRORS,
)
def views_open(call: Call) -> dict[str, Any]:
    """Open a modal for whoever caused the trigger. A bad view does not spend the trigger."""
    view = _view(call)
    return _shown(call, call.core.modals.open(call.app, _user(call), view))


@method(
    "views.push",
    tier="t4",
    required="view",
    optional="trigger_id interactivity_pointer",
    errors=f"{_TRIGGER_ERRORS} not_found push_limit_reached",
)
def views_push(call: Call) -> dict[str, Any]:
    """Put a modal on top of the open one."""
    view = _view(call)
    return _shown(call, call.core.modals.push(call.app, _user(call), view))


@method(
    "views.update",
    tier="t4",
    required="view",
    optional="view_id external_id hash",
    errors="duplicate_external_id hash_conflict not_found view_too_large",
)
def views_update(call: Call) -> dict[str, Any]:
    """Change an open view, by its id or the app's own id for it."""
    body = _view_of_either_kind(call)
    modals = call.core.modals
    view = (
        modals.find(call.arguments.text("view_id"))
        if call.arguments.text("view_id")
        else modals.find_external(call.app, call.arguments.text("external_id"))
    )
    if view is None or view.app_id != call.app.id:
        raise SlackError("not_found")
    if call.arguments.text("hash", view.hash) != view.hash:
        raise SlackError("hash_conflict")
    modals.update(view, body)
    return _shown(call, view)


def _view_of_either_kind(call: Call) -> Json:
    view = call.arguments.structure("view", "invalid_arguments")
    home = isinstance(view, dict) and view.get("type") == "home"
    return checked_view(view, home=home)


@method(
    "views.publish",
    tier="t4",
    required="user_id view",
    optional="hash interactivity_pointer",
    errors="duplicate_external_id hash_conflict not_enabled view_too_large",
)
def views_publish(call: Call) -> dict[str, Any]:
    """Set a person's Home tab."""
    if not call.app.home_tab:
        raise SlackError("not_enabled")
    user = call.core.workspace.users.get(call.arguments.text("user_id"))
    if user is None or user.app_id is not None:
        # Its page lists no user_not_found; the common error is the nearest (believed).
        raise SlackError("invalid_arguments", ["invalid `user_id` [json-pointer:/user_id]"])
    view = _view(call, home=True)
    before = call.core.modals.home(call.app, user.id)
    if before is not None and call.arguments.text("hash", before.hash) != before.hash:
        raise SlackError("hash_conflict")
    return _shown(call, call.core.modals.publish(call.app, user.id, view))
