"""Modals and home views: who may open one, how they stack, and what has been typed into them."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from sandbox.block_kit import initial_state, problems_of_view, with_generated_ids
from sandbox.errors import SlackError
from sandbox.records import App, Json, Trigger, View
from sandbox.workspace import Workspace

# Believed: the errors are documented (`expired_trigger_id`, `push_limit_reached`); the numbers are
# those of Slack's guides, which give three seconds for every answer to an interaction, and speak of
# up to three views at a time (https://docs.slack.dev/surfaces/modals).
TRIGGER_SECONDS = 3.0
STACK_LIMIT = 3


class Modals:
    """The view stacks of everybody, their home views, and the triggers issued."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._triggers: dict[str, Trigger] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[tuple[str, str], View] = {}

    # Triggers

    def issue_trigger(self, app: App, user: str) -> str:
        """A ticket with which `app` may open or push one view for `user` within three seconds."""
        # Slack's documentation gives the shape "132456.7890123.abcdef".
        digits = "".join(c for c in self._workspace.new_id("") if c.isdigit())
        trigger_id = f"{digits}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(app.id, user, self._workspace.wall())
        return trigger_id

    def exchange(self, app: App, trigger_id: str) -> str:
        """The user behind a trigger, spending it."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None or trigger.app_id != app.id:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._workspace.wall() - trigger.issued > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    # Opening and changing

    def open(self, app: App, user: str, body: Json) -> View:
        """Start a new stack. One that was open is replaced (believed; not documented)."""
        view = self._new(app, user, body)
        self._stacks[user] = [view]
        self._note("view_opened", view)
        return view

    def push(self, app: App, user: str, body: Json) -> View:
        """Put a view on top of the person's stack."""
        stack = self._stacks.get(user, [])
        if not stack or stack[0].app_id != app.id:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        view = self._new(app, user, body)
        view.root_id, view.previous_id = stack[0].root_id, stack[-1].id
        stack.append(view)
        self._note("view_pushed", view)
        return view

    def update(self, view: View, body: Json) -> None:
        """Give an open view new content. What was typed stays where ids stay the same."""
        self._check_external_id(body, view)
        typed = view.state
        view.body = self._kept(body)
        view.state = initial_state(view.body)
        for block_id, actions in typed.items():
            for action_id, value in actions.items():
                now = view.state.get(block_id, {})
                if action_id in now and now[action_id].get("type") == value.get("type"):
                    now[action_id] = value
        view.hash = self._new_hash()
        self._note("view_updated", view)

    def publish(self, app: App, user: str, body: Json) -> View:
        """Set a person's home view."""
        view = self._homes.get((app.id, user))
        if view is None:
            view = self._new(app, user, body)
            self._homes[app.id, user] = view
            self._note("home_published", view)
        else:
            self.update(view, body)
        return view

    def close(self, view: View) -> list[View]:
        """Close a view and what lies on it; returns what was closed, top first."""
        stack = self._stacks.get(view.user, [])
        if view not in stack:
            raise LookupError(f"view {view.id} is not open")
        at = stack.index(view)
        closed = stack[at:][::-1]
        del stack[at:]
        self._note("view_closed", view)
        return closed

    # Finding

    def stack(self, user: str) -> list[View]:
        """The person's open modals, the one on top last."""
        return list(self._stacks.get(user, []))

    def top(self, user: str) -> View | None:
        """The modal the person looks at."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def home(self, app: App, user: str) -> View | None:
        """The home view last published for the person."""
        return self._homes.get((app.id, user))

    def find(self, view_id: str) -> View | None:
        """The open modal or published home view with that id."""
        for view in self._all():
            if view.id == view_id:
                return view
        return None

    def find_external(self, app: App, external_id: str) -> View | None:
        """The app's view with that `external_id`."""
        for view in self._all():
            if view.app_id == app.id and view.body.get("external_id") == external_id:
                return view
        return None

    # Showing

    def shown(self, view: View) -> Json:
        """The view object of answers and payloads."""
        app = self._workspace.apps[view.app_id]
        body = view.body
        return {
            "id": view.id,
            "team_id": self._workspace.id,
            "type": body["type"],
            "blocks": body["blocks"],
            "private_metadata": body.get("private_metadata", ""),
            "callback_id": body.get("callback_id", ""),
            "state": {"values": copy.deepcopy(view.state)},
            "hash": view.hash,
            "title": body.get("title") or {"type": "plain_text", "text": "View Title"},
            "clear_on_close": body.get("clear_on_close", False),
            "notify_on_close": body.get("notify_on_close", False),
            "close": body.get("close"),
            "submit": body.get("submit"),
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            "app_id": app.id,
            "external_id": body.get("external_id", ""),
            "app_installed_team_id": self._workspace.id,
            "bot_id": app.installation.bot_id,
        }

    # Within

    def _all(self) -> list[View]:
        return [view for stack in self._stacks.values() for view in stack] + list(
            self._homes.values()
        )

    def _new(self, app: App, user: str, body: Json) -> View:
        self._check_external_id(body, None)
        kept = self._kept(body)
        view_id = self._workspace.new_id("V")
        return View(
            id=view_id,
            app_id=app.id,
            user=user,
            body=kept,
            state=initial_state(kept),
            hash=self._new_hash(),
            root_id=view_id,
        )

    def _kept(self, body: Json) -> Json:
        return {**body, "blocks": with_generated_ids(body["blocks"], self._workspace.block_id)}

    def _new_hash(self) -> str:
        return f"{int(self._workspace.wall())}.{secrets.token_hex(4)}"

    def _check_external_id(self, body: Json, itself: View | None) -> None:
        external_id = body.get("external_id")
        if not external_id:
            return
        for view in self._all():
            if view is not itself and view.body.get("external_id") == external_id:
                raise SlackError("duplicate_external_id")

    def _note(self, kind: str, view: View) -> None:
        title = (view.body.get("title") or {}).get("text", "")
        self._workspace.feed.add(
            kind,
            user=view.user,
            view=view.id,
            type=view.body["type"],
            callback_id=view.body.get("callback_id", ""),
            title=title,
        )


def checked_view(view: Any, *, home: bool = False) -> Json:
    """`view` if Slack would take it; SlackError with the pointer paths where not."""
    problems = problems_of_view(view)
    if any(problem.startswith("view_too_large") for problem in problems):
        raise SlackError("view_too_large")
    if not problems and (view.get("type") == "home") != home:
        wanted = "home" if home else "modal"
        problems = [f"view type must be `{wanted}` [json-pointer:/view/type]"]
    if problems:
        raise SlackError("invalid_arguments", problems)
    checked: Json = view
    return checked
