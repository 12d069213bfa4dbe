"""The command line: what each command takes, and how its errors are told."""

import asyncio
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from typing_extensions import override

from bot import applying, databases, digesting, doctor, previewing, serving
from bot.errors import OperatorError
from bot.logs import configure_logging
from bot.practice_files import problems_with_file
from bot.settings import Settings, environment
from coaching.errors import WidelensError
from platforms.slack import manifest as slack_manifest
from scheduler.clock import SystemClock

__all__ = ["main"]


class _Mistake(click.ClickException):
    """What the operator can mend: its lines on stderr, exit code 2, no traceback."""

    exit_code = 2

    @override
    def show(self, file: Any = None) -> None:
        for line in self.message.splitlines():
            click.echo(f"widelens: {line}", err=True)


class _Widelens(click.Group):
    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except WidelensError as error:
            raise _Mistake(str(error)) from error


_PACKS = ("gentle_start", "five_disciplines", "breakthrough")

_DAY = click.DateTime(["%Y-%m-%d"])

_HELP = """Ask a leadership team, in its chat, what it does for those beyond it.

\b
Watch it without Slack:   widelens demo
Put it into your Slack:   widelens manifest, then doctor, apply and serve

Settings come from the environment, and from a file .env beneath it.
"""


@click.group(cls=_Widelens, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="widelens", message="widelens %(version)s")
def main() -> None:
    """`widelens`."""


@main.command()
@click.option("--headless", is_flag=True, help="Simulated leaders act, the clock is moved.")
@click.option("--weeks", type=click.IntRange(1, 52), default=4, show_default=True, help="How long.")
@click.option("--seed", type=int, default=7, show_default=True, help="Who does what, when.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write what happened into this file, as one JSON object.",
)
@click.option(
    "--transcript",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write a prompt, its form, a summary and a digest into this file, to be read.",
)
@click.option(
    "--digests",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write every digest of the four teams into this file, to be read.",
)
@click.option("--port", type=click.IntRange(0, 65535), help="The page's port.  [default: 8321]")
@click.option("--terminal", is_flag=True, help="Take the lead's chair here, without the page.")
@click.option(
    "--no-browser",
    "browser",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Print the page's address, and open nothing.",
)
@click.option(
    "--pack",
    "packs",
    multiple=True,
    type=click.Choice(_PACKS),
    help="Four teams on three clocks, on this pack. [default: every pack, from 9 --weeks on]",
)
def demo(**chosen: Any) -> None:
    """Try it: a team of eight in a Slack of its own.

    You take the lead's chair after some weeks. With --headless nobody does, and it ends by itself:
    for 9 weeks or more with four teams on three clocks, on one pack after another.
    """
    from bot.demo import DemoOptions, run  # it brings a whole Slack along: only when it is wanted

    raise SystemExit(run(DemoOptions(**chosen)))


@main.command()
@click.option("--http", is_flag=True, help="Take Slack's signed requests instead of Socket Mode.")
def serve(http: bool) -> None:
    """Run the bot, everything in one process, until Ctrl-C."""
    asyncio.run(serving.serve(_settings(), http=http))


@main.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    click.echo(databases.migrate(_settings().database_url))


@main.command("doctor")
def examine() -> None:
    """Say what is wrong with an installation, and the mend.

    It looks at the settings, the database, the token and its scopes.
    """
    findings = asyncio.run(doctor.examine(environment()))
    for finding in findings:
        click.echo(doctor.as_line(finding))
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)


@main.command()
@click.option("--url", help="Your bot's public https:// address, to serve over HTTP.")
def manifest(url: str | None) -> None:
    """Print the Slack app's manifest, as JSON."""
    request_url = None if url is None else _request_url(url)
    click.echo(json.dumps(slack_manifest(request_url), indent=2))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def apply(file: Path) -> None:
    """Make the teams what FILE (YAML) says.

    It prints what that changes. A wrong FILE changes nothing.
    """
    settings = _settings()
    applied = applying.apply(
        settings.database_url,
        file,
        SystemClock(),
        settings.widelens_practices,
        welcomes=True,
    )
    for line in asyncio.run(applied):
        click.echo(line)


@main.command()
@click.argument("team")
@click.option("--days", type=click.IntRange(1, 366), default=28, show_default=True)
@click.option("--member", help="The id of one of the team's people.  [default: a leader]")
def preview(team: str, days: int, member: str | None) -> None:
    """Say what one person of TEAM would get, message by message.

    TEAM is its name, or its channel's id.
    """
    settings = _settings()
    looking = previewing.look_ahead(
        settings.database_url,
        team,
        days,
        SystemClock(),
        user=member,
        practices=settings.widelens_practices,
    )
    for line in asyncio.run(looking):
        click.echo(line)


@main.command()
@click.argument("team")
@click.option(
    "--week", type=click.DateTime(["%Y-%m-%d"]), help="A day of it.  [default: the latest]"
)
@click.option("--explain", is_flag=True, help="Say rule by rule how its facts were chosen.")
def digest(team: str, week: datetime | None, explain: bool) -> None:
    """Print a digest of TEAM as it stands in its channel.

    TEAM is its name, or its channel's id.
    """
    day = week.date() if week else None
    shown = digesting.show_digest(_settings().database_url, team, day, explain=explain)
    for line in asyncio.run(shown):
        click.echo(line)


@main.group()
def practices() -> None:
    """Look after practice files of your own."""


@practices.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say what is wrong with the practice file FILE, line by line.

    It needs no settings.
    """
    problems = problems_with_file(file)
    for line in problems or ("well",):
        click.echo(line)
    if problems:
        raise SystemExit(1)


def _settings() -> Settings:
    settings = Settings.read(environment())
    configure_logging(settings.log_level, settings.log_format)
    return settings


def _request_url(url: str) -> str:
    """The address of /slack/events. Raises OperatorError where `url` is no address for Slack."""
    if not re.fullmatch(r"https://[^\s/?#]+(/[^\s?#]*)?", url):
        raise OperatorError(
            "--url is not a public https address; for example --url https://widelens.example.com"
        )
    return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/slack/events"
