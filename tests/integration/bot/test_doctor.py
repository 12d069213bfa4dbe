"""The doctor, with the sandbox as Slack."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.databases import migrate
from bot.doctor import as_line, examine
from platforms.slack import manifest
from sandbox import Control, Sandbox
from storage.migrate import downgrade


@dataclass
class Slack:
    control: Control
    given: dict[str, str]

    async def installs(self, made_from: dict[str, Any]) -> None:
        app = await self.control.install(made_from)
        self.given["SLACK_BOT_TOKEN"] = app.bot_token
        self.given["SLACK_APP_TOKEN"] = app.app_token


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[Slack]:
    sandbox = Sandbox()
    async with sandbox.serve(), Control(sandbox.url, sandbox.control_token) as control:
        url = f"sqlite:///{tmp_path}/widelens.db"
        yield Slack(control, {"SLACK_API_URL": sandbox.api_url, "DATABASE_URL": url})


async def lines(given: dict[str, str]) -> list[str]:
    return [as_line(finding) for finding in await examine(given)]


async def test_a_right_installation_is_well(slack: Slack) -> None:
    await slack.installs(manifest())
    migrate(slack.given["DATABASE_URL"])
    assert await lines(slack.given) == [
        "well   settings",
        "well   database",
        "well   bot token of workspace T0SANDBOX",
        "well   scopes",
        "well   app token opens a socket",
    ]


async def test_a_missing_scope_has_its_mend(slack: Slack) -> None:
    lacking = manifest()
    lacking["oauth_config"]["scopes"]["bot"].remove("users:read")
    lacking["settings"]["event_subscriptions"]["bot_events"].remove("user_change")
    await slack.installs(lacking)
    (wrong,) = [line for line in await lines(slack.given) if line.startswith("wrong")]
    assert wrong.startswith("wrong  scopes missing: users:read: Paste the output of `widelens")


async def test_a_wrong_token_has_its_mend_and_is_never_shown(slack: Slack) -> None:
    await slack.installs(manifest())
    slack.given["SLACK_BOT_TOKEN"] = "xoxb-hidden"
    wrong = [line for line in await lines(slack.given) if line.startswith("wrong")]
    assert wrong[0].startswith("wrong  bot token: Slack says invalid_auth: Copy the Bot User OAuth")
    assert "hidden" not in str(wrong)


async def test_for_http_no_app_token_is_wanted(slack: Slack) -> None:
    await slack.installs(manifest("https://bot.example.com/slack/events"))
    del slack.given["SLACK_APP_TOKEN"]
    slack.given["SLACK_SIGNING_SECRET"] = "0" * 32
    assert not [line for line in await lines(slack.given) if line.startswith("wrong")]


async def test_the_database_has_its_mends(slack: Slack, postgresql_url: str) -> None:
    await slack.installs(manifest())
    downgrade(postgresql_url, "base")
    slack.given["DATABASE_URL"] = postgresql_url
    (wrong,) = [line for line in await lines(slack.given) if line.startswith("wrong")]
    assert "run `widelens migrate`" in wrong
    migrate(postgresql_url)
    slack.given["DATABASE_URL"] = "sqlite:////nowhere/widelens.db"
    assert "well   database, which the start will bring up to date" in await lines(slack.given)
