"""Settings: the only reader of the environment. Importing this module reads nothing."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.errors import OperatorError

__all__ = ["SETTINGS", "Setting", "Settings", "SettingsError", "environment", "problems_with"]


class SettingsError(OperatorError):
    """A setting is missing or wrong: its name, what is wrong and an example, in one line."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `check` gives the value as it is used; its ValueError says what is wrong.

    `default` is "" where there is none. The value of a `secret` one is never shown.
    """

    name: str
    meaning: str
    example: str
    check: Callable[[str], str]
    default: str = ""
    secret: bool = False

    def read(self, given: Mapping[str, str]) -> str:
        """The value in `given`, or the default. Raises SettingsError."""
        text = given.get(self.name, "").strip()
        if not text:
            return self.default
        try:
            return self.check(text)
        except ValueError as error:
            raise SettingsError(f"{self.name} {error}; for example {self.example}") from None


_SCHEMES = {"sqlite", "sqlite+pysqlite", "postgres", "postgresql", "postgresql+psycopg"}


def _database_url(text: str) -> str:
    scheme, found, path = text.partition("://")
    if not found:
        raise ValueError("is not the address of a database")
    if scheme not in _SCHEMES:
        raise ValueError("names a kind of database that Widelens can't use: SQLite or PostgreSQL")
    if scheme.startswith("sqlite") and path in {"", "/", "/:memory:"}:
        raise ValueError("would keep everything in memory and forget it: name a file")
    return text


def _starting_with(start: str, hint: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.fullmatch(re.escape(start) + r"[\x21-\x7e]+", text):
            raise ValueError(f"does not begin with {start} ({hint})")
        return text

    return check


def _signing_secret(text: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{32,}", text):
        raise ValueError("is not 32 hexadecimal digits (Basic Information > Signing Secret)")
    return text


def _api_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        right = False
    if not right or re.search(r"\s", text):
        raise ValueError("is not an http(s) address")
    return text if text.endswith("/") else f"{text}/"


def _port(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise ValueError("is not a port from 1 to 65535")
    return str(int(text))


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text):
        raise ValueError("is not an address to listen on")
    return text


def _folder(text: str) -> str:
    if not text.isprintable():
        raise ValueError("is not the name of a folder")
    return text


def _one_of(*choices: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        for choice in choices:
            if text.casefold() == choice.casefold():
                return choice
        raise ValueError(f"is none of {', '.join(choices)}")

    return check


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "Where everything is kept: a SQLite file, or PostgreSQL.",
        "sqlite:///widelens.db",
        _database_url,
        default="sqlite:///widelens.db",
        secret=True,
    ),
    Setting(
        "SLACK_BOT_TOKEN",
        "The bot's token, from OAuth & Permissions of your Slack app.",
        "xoxb-0123-4567-abcdef",
        _starting_with("xoxb-", "OAuth & Permissions > Bot User OAuth Token"),
        secret=True,
    ),
    Setting(
        "SLACK_APP_TOKEN",
        "The app-level token with connections:write; Socket Mode needs it.",
        "xapp-1-A0123-4567-abcdef",
        _starting_with("xapp-", "Basic Information > App-Level Tokens"),
        secret=True,
    ),
    Setting(
        "SLACK_SIGNING_SECRET",
        "What proves that a request comes from Slack; `serve --http` needs it.",
        "0123456789abcdef0123456789abcdef",
        _signing_secret,
        secret=True,
    ),
    Setting(
        "SLACK_API_URL",
        "Slack's Web API, or a stand-in's.",
        "https://slack.com/api/",
        _api_url,
        default="https://slack.com/api/",
    ),
    Setting(
        "WIDELENS_PRACTICES",
        "A folder of practice files of your own, read over those that come with Widelens.",
        "./practices",
        _folder,
    ),
    Setting("PORT", "The port that the HTTP face listens on.", "3000", _port, default="3000"),
    Setting(
        "HOST",
        "The address that the HTTP face listens on; 0.0.0.0 for every one.",
        "127.0.0.1",
        _host,
        default="127.0.0.1",
    ),
    Setting(
        "LOG_LEVEL",
        "How much is logged: DEBUG, INFO, WARNING or ERROR.",
        "INFO",
        _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        default="INFO",
    ),
    Setting(
        "LOG_FORMAT",
        "How it is logged: text for people, json for machines.",
        "text",
        _one_of("text", "json"),
        default="text",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator set; "" where a setting has no default and was not set."""

    database_url: str = field(default="sqlite:///widelens.db", repr=False)
    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    widelens_practices: str = ""
    port: int = 3000
    host: str = "127.0.0.1"
    log_level: str = "INFO"
    log_format: str = "text"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Settings":
        """The settings in `given`, each checked where it is set. Raises SettingsError."""
        values = {setting.name.lower(): setting.read(given) for setting in SETTINGS}
        port = int(values.pop("port"))
        return cls(**values, port=port)

    def demand(self, *names: str) -> None:
        """Go on if these are set. Raises SettingsError for the first that is not."""
        for setting in SETTINGS:
            if setting.name in names and not getattr(self, setting.name.lower()):
                raise SettingsError(
                    f"{setting.name} is not set; set it in the environment or in .env,"
                    f" for example {setting.name}={setting.example}"
                )


def environment(dotenv: Path = Path(".env")) -> dict[str, str]:
    """What the environment says, and beneath it the file `dotenv`, where there is one.

    Raises SettingsError where the file cannot be read.
    """
    try:
        beneath = dotenv_values(dotenv) if dotenv.is_file() else {}
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{dotenv} can't be read; it is a text file in UTF-8") from None
    said = {name: value for name, value in beneath.items() if value}
    return said | {name: value for name, value in os.environ.items() if value}


def problems_with(given: Mapping[str, str]) -> list[str]:
    """A line for every setting in `given` that is wrong."""
    problems = []
    for setting in SETTINGS:
        try:
            setting.read(given)
        except SettingsError as error:
            problems.append(str(error))
    return problems
