"""The table of methods against Slack's own pages, as data from outside the project.

The file is not ours, so that our beliefs cannot agree with themselves.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.methods import COMMON_ERRORS, METHODS

REFERENCE = Path(__file__).parents[2].parent / "shared" / "data" / "slack-methods.json"

# Errors that the sandbox answers though the method's own page leaves them out, and why.
UNLISTED = {
    "chat.postMessage": {
        # On the pages of chat.update, chat.postEphemeral and chat.scheduleMessage, with the same
        # meaning; this page only says that texts over 40,000 characters are cut.
        "msg_too_long",
    },
}


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    if not REFERENCE.exists():
        pytest.skip(f"no reference of Slack's methods at {REFERENCE.name}: it is not shipped")
    found: dict[str, Any] = json.loads(REFERENCE.read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", sorted(METHODS))
def test_arguments_are_slacks(name: str, reference: dict[str, Any]) -> None:
    method, page = METHODS[name], reference[name]
    assert {*method.required, *method.optional, "token"} == {*page["args"], *page["required"]}
    assert {*method.required, "token"} == set(page["required"])


@pytest.mark.parametrize("name", sorted(METHODS))
def test_scopes_and_tier_are_slacks(name: str, reference: dict[str, Any]) -> None:
    method, page = METHODS[name], reference[name]
    assert set(method.scopes) == set(page["scope"].get("bot", ()))
    assert method.tier == page["rate_limits"]


@pytest.mark.parametrize("name", sorted(METHODS))
def test_errors_are_slacks(name: str, reference: dict[str, Any]) -> None:
    method, page = METHODS[name], reference[name]
    known = set(page["errors"]) | COMMON_ERRORS | UNLISTED.get(name, set())
    assert method.errors <= known
    assert set(method.missing.values()) <= method.errors
    assert not UNLISTED.get(name, set()) & set(page["errors"]), "it is listed by now"


def test_the_methods_that_a_bot_needs_are_there() -> None:
    assert {
        "auth.test", "apps.connections.open", "chat.postMessage", "chat.update",
        "chat.postEphemeral", "chat.delete", "chat.getPermalink", "conversations.open",
        "conversations.info", "conversations.list", "conversations.members",
        "conversations.history", "conversations.replies", "users.info", "users.list",
        "users.conversations", "views.open", "views.push", "views.update", "views.publish",
        "pins.add", "pins.remove", "pins.list", "team.info", "dnd.info", "bots.info",
    } == set(METHODS)  # fmt: skip
