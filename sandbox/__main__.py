"""`python -m sandbox`: serve a workspace until Ctrl-C and print how to connect to it."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
from pathlib import Path

from sandbox import Control, Sandbox


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--manifest", type=Path, help="install this app (a manifest in JSON)")
    parser.add_argument(
        "--not-installed", action="store_true", help="leave installing to a person, by OAuth"
    )
    parser.add_argument("--request-url", help="in place of the URLs in the manifest")
    parser.add_argument("--tiers", action="store_true", help="keep to Slack's rate limits")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(options))


async def _serve(options: argparse.Namespace) -> None:
    manifest = json.loads(options.manifest.read_text("utf-8")) if options.manifest else None
    sandbox = Sandbox(tiers=options.tiers)
    async with sandbox.serve(options.port):
        print(f"The workspace in a browser: {sandbox.url}/")
        print(f"SLACK_API_URL={sandbox.api_url}")
        print(f"SANDBOX_URL={sandbox.url}")
        print(f"SANDBOX_CONTROL_TOKEN={sandbox.control_token}")
        if manifest is not None:
            async with Control(sandbox.url, sandbox.control_token) as control:
                make = control.register if options.not_installed else control.install
                installation = await make(manifest, options.request_url)
            print(f"SLACK_CLIENT_ID={installation.client_id}")
            print(f"SLACK_CLIENT_SECRET={installation.client_secret}")
            print(f"SLACK_BOT_TOKEN={installation.bot_token}")
            print(f"SLACK_APP_TOKEN={installation.app_token}")
            print(f"SLACK_SIGNING_SECRET={installation.signing_secret}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
