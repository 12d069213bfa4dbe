"""`widelens doctor`: what is wrong with an installation, and how to mend it."""

import asyncio
from collections.abc import Mapping

from bot.errors import OperatorError
from bot.practice_files import catalogue_with
from bot.settings import Settings, SettingsError, problems_with
from coaching.errors import WidelensError
from platforms.slack import Finding, check_token, create_client
from storage import migration_state, parse_url

__all__ = ["as_line", "examine"]


async def examine(given: Mapping[str, str]) -> list[Finding]:
    """What was looked at: the settings in `given`, the database, the tokens and their scopes."""
    wrong = problems_with(given)
    if wrong:
        return [Finding("settings", ok=False, mend=problem) for problem in wrong]
    settings = Settings.read(given)
    findings = [
        *_missing(settings),
        *_practices(settings.widelens_practices),
        await asyncio.to_thread(_database, settings.database_url),
    ]
    if settings.slack_bot_token:
        client = create_client(settings.slack_bot_token, settings.slack_api_url)
        findings += await check_token(client, settings.slack_app_token or None)
    return findings


def as_line(finding: Finding) -> str:
    """A finding for printing."""
    if finding.ok:
        return f"well   {finding.what}"
    return f"wrong  {finding.what}: {finding.mend}"


def _missing(settings: Settings) -> list[Finding]:
    findings = []
    names = ["SLACK_BOT_TOKEN"]
    if not settings.slack_signing_secret:  # else it may be meant for `serve --http`
        names.append("SLACK_APP_TOKEN")
    for name in names:
        try:
            settings.demand(name)
        except SettingsError as error:
            findings.append(Finding("settings", ok=False, mend=str(error)))
    return findings or [Finding("settings", ok=True)]


def _practices(folder: str) -> list[Finding]:
    """What there is to say of the operator's own practice files; nothing where there are none."""
    if not folder:
        return []
    try:
        catalogue_with(folder)
    except OperatorError as error:
        return [Finding("practices", ok=False, mend=str(error))]
    return [Finding("practices", ok=True)]


def _database(url: str) -> Finding:
    try:
        is_sqlite = parse_url(url).get_backend_name() == "sqlite"
        state = migration_state(url)
    except WidelensError as error:
        return Finding("database", ok=False, mend=str(error))
    if state.is_current:
        return Finding("database", ok=True)
    if is_sqlite:
        return Finding("database, which the start will bring up to date", ok=True)
    return Finding("database", ok=False, mend=state.sentence)
