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

# Pages that the reference leaves out, taken down from https://docs.slack.dev/reference/methods.
BY_HAND = {
    "reactions.list": {
        "args": dict.fromkeys(
            ("token", "count", "cursor", "full", "limit", "page", "team_id", "user")
        ),
        "required": ["token"],
        "scope": {"bot": ["reactions:read"]},
        "rate_limits": "t2",
        # `invalid_cursor` is what every method with cursors answers to a bad one
        # (https://docs.slack.dev/apis/web-api/pagination).
        "errors": dict.fromkeys(("user_not_found", "invalid_cursor")),
    },
}


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    if not REFERENCE.exists():
        pytest.skip(f"no reference of Slack's methods at {REFERENCE.name}: it is not shipped")
    found: dict[str, Any] = json.loads(REFERENCE.read_text("utf-8"))
    return found | BY_HAND


@pytest.mark.parametrize("name", sorted(METHODS))
def test_arguments_are_slacks(name: str, reference: dict[str, Any]) -> None:
    method, page = METHODS[name], reference[name]
    token = set() if method.token == "client" else {"token"}
    assert {*method.required, *method.optional, *token} == {*page["args"], *page["required"]}
    assert {*method.required, *token} == set(page["required"])


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
        "pins.add", "pins.remove", "pins.list", "team.info", "dnd.info", "dnd.teamInfo",
        "bots.info", "reactions.add", "reactions.remove", "reactions.get", "reactions.list",
        "files.getUploadURLExternal", "files.completeUploadExternal", "files.info",
        "files.delete", "oauth.v2.access", "auth.revoke", "apps.uninstall",
    } == set(METHODS)  # fmt: skip
