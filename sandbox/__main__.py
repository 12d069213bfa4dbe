"""`python -m sandbox`: serve a workspace until Ctrl-C and print how to connect to it."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sandbox import Control, Installation, NotPossible, Person, Sandbox

_PEOPLE = ("Amara Osei", "Béla Kovács")
_CHANNELS = ("general",)
_AFTERWARDS = """\
What is printed can be a .env file: the addresses and credentials that the app needs, and, as
comments, the page's address and everybody's ids. Without --person and --channel there are two
people and #general; --empty leaves the workspace without either.

Example: python -m sandbox --manifest manifest.json --person "Amara Osei" --channel leadership
"""


def main() -> None:
    """Read the command line and serve."""
    options = _parser().parse_args()
    with contextlib.suppress(KeyboardInterrupt):  # before they are asked for, or after
        asyncio.run(_serve(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="Serve a Slack workspace on loopback until Ctrl-C.",
        epilog=_AFTERWARDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 takes a free one")
    add("--name", default="Northwind", help="the workspace's name (%(default)s)")
    add("--person", action="append", metavar="NAME", help="somebody in it; may be repeated")
    add("--tz", default="UTC", metavar="ZONE", help="where they are, such as Europe/London")
    add("--channel", action="append", metavar="NAME", help="with all of them; may be repeated")
    add("--empty", action="store_true", help="nobody and no channel but those named")
    add("--manifest", type=_manifest, metavar="FILE", help="an app's manifest, in JSON: install it")
    add("--not-installed", action="store_true", help="leave installing to a person, by OAuth")
    add("--request-url", metavar="URL", help="in place of the URLs in the manifest")
    add("--tiers", action="store_true", help="keep to Slack's rate limits")
    return parser


def _manifest(path: str) -> dict[str, Any]:
    try:
        manifest = json.loads(Path(path).read_text("utf-8"))
    except OSError as problem:
        raise argparse.ArgumentTypeError(f"{path}: {problem.strerror}") from None
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{path} is not JSON: {problem}") from None
    about = manifest.get("display_information") if isinstance(manifest, dict) else None
    if not isinstance(about, dict) or "name" not in about:
        raise argparse.ArgumentTypeError(f"{path} is no manifest: it has no name to display")
    checked: dict[str, Any] = manifest
    return checked


async def _serve(options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    # Asked for by name: a shell that starts this in the background has Ctrl-C ignored.
    for asked in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(asked, stopped.set)
    sandbox = Sandbox(name=options.name, tiers=options.tiers)
    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(sandbox.serve(options.port))
        except (OSError, OverflowError) as problem:
            sys.exit(f"Port {options.port} can't be had ({problem}). Another one? 0 takes any.")
        control = await stack.enter_async_context(Control(sandbox.url, sandbox.control_token))
        try:
            printed = await _set(options, sandbox, control)
        except (LookupError, NotPossible, ValueError) as problem:
            sys.exit(f"That workspace can't be: {problem}")
        print(*printed, sep="\n", flush=True)
        await stopped.wait()


async def _set(options: argparse.Namespace, sandbox: Sandbox, control: Control) -> list[str]:
    """Set the scene; the lines to print."""
    lines = [
        f"# The workspace in a browser: {sandbox.url}/",
        f"# What passes between it and the app: {sandbox.url}/inspector",
        f"SLACK_API_URL={sandbox.api_url}",
        f"SANDBOX_URL={sandbox.url}",
        f"SANDBOX_CONTROL_TOKEN={sandbox.control_token}",
    ]
    names: Sequence[str] = options.person or (() if options.empty else _PEOPLE)
    people = [await control.add_person(name, tz=options.tz) for name in names]
    if options.manifest is not None:
        make = control.register if options.not_installed else control.install
        lines += _credentials(await make(options.manifest, options.request_url))
    channels: Sequence[str] = options.channel or (() if options.empty else _CHANNELS)
    installed = options.manifest is not None and not options.not_installed
    return [*lines, *await _places(control, people, channels, with_app=installed)]


async def _places(
    control: Control, people: Sequence[Person], channels: Sequence[str], *, with_app: bool
) -> list[str]:
    """Make the channels; who and what there is, as comments."""
    lines = [f"# {person.name}: {person.id}" for person in people]
    for name in (given.removeprefix("#") for given in channels):
        channel = await control.add_channel(name, people, with_app=with_app)
        lines.append(f"# #{name}: {channel}")
    return lines


def _credentials(app: Installation) -> list[str]:
    """Those that the app has: its bot's token comes only with installing it."""
    known = {
        "SLACK_CLIENT_ID": app.client_id,
        "SLACK_CLIENT_SECRET": app.client_secret,
        "SLACK_SIGNING_SECRET": app.signing_secret,
        "SLACK_APP_TOKEN": app.app_token,
        "SLACK_BOT_TOKEN": app.bot_token,
    }
    return [f"{name}={value}" for name, value in known.items() if value]


if __name__ == "__main__":
    main()
