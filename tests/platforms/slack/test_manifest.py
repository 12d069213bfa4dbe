"""The manifest: valid, and asking for what is used and nothing else."""

from typing import Any

import jsonschema
import pytest

from platforms.slack.manifest import COMMAND, EVENTS, bot_scopes, manifest
from tests.platforms.slack.reference import reference
from tests.platforms.slack.stage import METHODS

URL = "https://bot.example/slack/events"

NOT_OURS = {"channels:manage", "groups:write", "mpim:write", "mpim:history", "im:read", "mpim:read"}
"""Scopes that would do as well for conversations we never have."""


@pytest.mark.parametrize("url", [None, URL])
def test_it_is_valid(url: str | None) -> None:
    schema = reference("slack-manifest.schema.2.0.0.json")
    jsonschema.Draft7Validator(schema).validate(manifest(url))


def test_every_scope_is_needed_and_every_need_is_met() -> None:
    methods = reference("slack-methods.json")
    needed = {"commands"}
    for method in METHODS:
        needed |= set(methods[method]["scope"].get("bot", ()))
    for scopes in EVENTS.values():
        needed |= set(scopes)
    assert set(bot_scopes()) == needed - NOT_OURS


def test_over_a_socket_no_address_is_asked_for() -> None:
    made = manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "http" not in str(made)


def test_over_http_every_address_is_the_one() -> None:
    made = manifest(URL)
    assert made["settings"]["socket_mode_enabled"] is False
    assert str(made).count(URL) == 4


def test_where_somebody_can_write_to_the_bot_it_hears_them() -> None:
    home: dict[str, Any] = manifest()["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    assert "message.im" in manifest()["settings"]["event_subscriptions"]["bot_events"]


def test_the_command_is_the_one_that_is_spoken_of() -> None:
    assert [one["command"] for one in manifest()["features"]["slash_commands"]] == [COMMAND]
