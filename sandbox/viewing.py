"""People in modals and the Home tab: pressing, submitting, closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sandbox.acting import TROUBLE, Acts, Outcome, outcome_of
from sandbox.block_kit import interactive_elements, problems_of_values
from sandbox.block_kit.state import HELD
from sandbox.core import Core
from sandbox.errors import NotPossible, SlackError
from sandbox.filling import Key, entry_for, fill, held_in, named
from sandbox.modals import checked_view
from sandbox.pressing import find_pressed, press
from sandbox.records import App, Json, User, View
from sandbox.seeking import Seeking


class Viewing(Acts):
    """Acts in views."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        self._seeking = Seeking(core)

    async def press_in_view(
        self,
        user_id: str,
        view_id: str,
        label: str | None = None,
        action_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        values: Mapping[str, Any] | None = None,
        wait: float = 0.0,
    ) -> Json:
        """Press a button, or choose, in a modal or the Home tab; `values` are typed first."""
        user = self.acting(user_id)
        view = self._view(user, view_id)
        app = self._core.workspace.apps[view.app_id]
        if values:
            chosen = await self._seeking.chosen(user, view, values)
            view.state = fill(view.body, view.state, chosen)
        block, element, choice = find_pressed(
            view.body["blocks"], label, action_id, block_id, value
        )
        action_ts = self._core.workspace.clock.next_ts()
        action, view.state = press(block, element, choice, view.state, action_ts)
        self.note("pressed", user, label or element["action_id"], view=view.id)
        payload = self._payloads.press_in_view(app, user, view, action)
        return await self.interact(app, user, payload, None, wait)

    def typed(self, user_id: str, view_id: str, block_id: str, action_id: str, value: Any) -> None:
        """Keep what is typed or chosen so far (nothing for `None`, "" and []); tells no app.

        LookupError where the view has no such input, ValueError for what is not on offer.
        """
        view = self._view(self.acting(user_id), view_id)
        for block, element in interactive_elements(view.body["blocks"]):
            if (block["block_id"], element["action_id"]) != (block_id, action_id):
                continue
            if element["type"] in HELD:
                entry = entry_for(element, None if value in ("", []) else value)
                now = view.state.get(block_id, {}) | {action_id: entry}
                view.state = view.state | {block_id: now}
                return
        raise LookupError(f"there is no input {action_id!r} in {block_id!r}")

    async def change(
        self, user_id: str, view_id: str, key: Key, value: Any, wait: float = 0.0
    ) -> Json:
        """Fill one input in: the app is told where the input says `dispatch_action`."""
        user = self.acting(user_id)
        view = self._view(user, view_id)
        block, element = named(view.body, key)
        filled_in = fill(
            view.body, view.state, await self._seeking.chosen(user, view, {key: value})
        )
        if block["type"] != "input" or not block.get("dispatch_action"):
            view.state = filled_in
            return asdict(Outcome())
        choice = held_in(filled_in, block, element)
        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
        return await self.press_in_view(user_id, view_id, **ids, value=choice, wait=wait)

    async def seek(self, user_id: str, view_id: str, key: str, typed: str) -> list[str]:
        """The words of the options that an input offers as somebody types."""
        options = await self.offers(user_id, view_id, key, typed)
        return [option["text"]["text"] for option in options]

    async def offers(self, user_id: str, view_id: str, key: Key, typed: str) -> list[Json]:
        """The options themselves that an input offers as somebody types."""
        user = self.acting(user_id)
        return await self._seeking.offered(user, self._view(user, view_id), key, typed)

    async def submit(
        self, user_id: str, view_id: str, values: Mapping[str, Any], wait: float = 0.0
    ) -> Json:
        """Type `values` into the modal on top and submit it."""
        user = self.acting(user_id)
        view = self._view(user, view_id)
        if view is not self._core.modals.top(user.id):
            raise NotPossible("only the view on top can be submitted")
        if not view.body.get("submit"):
            raise NotPossible("the view has no submit button")
        view.state = fill(view.body, view.state, await self._seeking.chosen(user, view, values))
        refused = problems_of_values(view.body, view.state)
        if refused:
            self.note("submission_refused", user, view.id, problems=refused)
            return asdict(Outcome(accepted=False, refused=refused))
        app = self._core.workspace.apps[view.app_id]
        before = self.top(user)
        sent = view.body.get("callback_id", "")  # the answer may put another form in its place
        payload = self._payloads.submission(app, user, view)
        receipt, milliseconds = await self._core.delivery.interact(app, "interactive", payload)
        outcome = outcome_of(receipt, milliseconds)
        if receipt.accepted:
            self._respond(app, user, view, receipt.body, outcome)
        self.note(
            "submitted" if not (outcome.errors or outcome.problem) else "submission_refused",
            user,
            sent,
            problems=outcome.errors or outcome.problem,
        )
        return await self.finished(outcome, user, before, None, wait)

    async def close(self, user_id: str, view_id: str) -> Json:
        """Close a modal with its cross; all of them where it says `clear_on_close`."""
        user = self.acting(user_id)
        view = self._view(user, view_id)
        if view.body["type"] != "modal":
            raise NotPossible("only a modal can be closed")
        before = self.top(user)
        app = self._core.workspace.apps[view.app_id]
        clears = bool(view.body.get("clear_on_close"))
        closed = self._core.modals.close(self._core.modals.stack(user.id)[0] if clears else view)
        outcome = Outcome()
        for gone in closed:
            if gone.body.get("notify_on_close"):
                payload = self._payloads.closing(app, user, gone, is_cleared=clears)
                receipt, taken = await self._core.delivery.interact(app, "interactive", payload)
                outcome = outcome_of(receipt, taken)
        return await self.finished(outcome, user, before, None, 0.0)

    def _respond(self, app: App, user: User, view: View, body: Any, outcome: Outcome) -> None:
        """Do what the acknowledgement of a submission asks for."""
        modals, sent = self._core.modals, view.body.get("callback_id", "")
        answer = body if isinstance(body, dict) else {}
        action = answer.get("response_action")
        try:
            match action:
                case None if body in (None, "", {}):
                    if view in modals.stack(user.id):
                        modals.close(view)
                case "errors":
                    inputs = {b["block_id"] for b in view.body["blocks"] if b["type"] == "input"}
                    outcome.errors = answer.get("errors", {})
                    if not outcome.errors or not set(outcome.errors) <= inputs:
                        outcome.errors, outcome.problem = {}, TROUBLE
                        self._core.workspace.mistakes.note(f"answer to {sent}", "errors")
                case "update":
                    modals.update(view, checked_view(answer.get("view")))
                case "push":
                    modals.push(app, user.id, checked_view(answer.get("view")))
                case "clear":
                    stack = modals.stack(user.id)
                    if stack:
                        modals.close(stack[0])
                case _:
                    outcome.problem = TROUBLE
                    self._core.workspace.mistakes.note(f"answer to {sent}", "no such action")
        except SlackError as refusal:
            # A person only sees that it did not work; the log keeps the reason for the developer.
            outcome.problem = TROUBLE
            why = "; ".join([refusal.code, *refusal.messages])
            self.note("response_refused", user, view.id, problems=why)
            self._core.workspace.mistakes.note_refusal(f"answer to {sent}", refusal)

    def _view(self, user: User, view_id: str) -> View:
        view = self._core.modals.find(view_id)
        if view is None or view.user != user.id:
            raise LookupError(f"{user.name} has no view {view_id} open")
        return view
