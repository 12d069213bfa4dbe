"""What the benchmarks share: a sandbox in a process of its own, and one line of JSON."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sandbox import Control

__all__ = ["report", "sandbox_process"]

_LAST = "SLACK_SIGNING_SECRET"


@asynccontextmanager
async def sandbox_process(
    manifest: dict[str, Any], folder: Path
) -> AsyncIterator[tuple[Control, dict[str, str]]]:
    """A sandbox with the app installed: its control, and what it printed (`SLACK_API_URL` ...)."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest), "utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--manifest",
        str(path),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    printed: dict[str, str] = {}
    try:
        while _LAST not in printed:
            line = await process.stdout.readline()
            if not line:
                raise RuntimeError("the sandbox did not start")
            name, _, value = line.decode().strip().partition("=")
            printed[name] = value
        url, token = printed["SANDBOX_URL"], printed["SANDBOX_CONTROL_TOKEN"]
        async with Control(url, token) as control:
            yield control, printed
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def report(**figures: object) -> None:
    """Print a benchmark's one line."""
    print(json.dumps(figures), flush=True)
