"""`python -m sandbox`, as a process of its own."""

import asyncio
import contextlib
import json
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Control
from tests.sandbox.scene import manifest

ROOT = Path(__file__).parents[2]


async def _started(*options: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *options, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


@contextlib.asynccontextmanager
async def printed(*options: str, last: str) -> AsyncIterator[dict[str, str]]:
    """What it prints, by name, up to `last`; it is stopped as by Ctrl-C, and says nothing more."""
    process = await _started(*options)
    assert process.stdout is not None
    found: dict[str, str] = {}
    try:
        async with asyncio.timeout(20):
            while last not in found:
                line = (await process.stdout.readline()).decode().strip()
                assert line, await _complaint(process)
                name, _, value = line.partition(": " if line.startswith("# ") else "=")
                found[name.removeprefix("# ")] = value
        yield found
    finally:
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(10):
            _, complaint = await process.communicate()
    assert (process.returncode, complaint) == (0, b"")


async def _complaint(process: asyncio.subprocess.Process) -> str:
    async with asyncio.timeout(20):
        _, complaint = await process.communicate()
    return complaint.decode()


async def _refused(*options: str) -> str:
    """What it says where it does not start."""
    process = await _started(*options)
    complaint = await _complaint(process)
    assert process.returncode not in (0, None)
    assert "Traceback" not in complaint
    return complaint


async def test_an_app_its_people_and_its_channels(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(manifest(events=())), "utf-8")
    people = ("--person", "Amara Osei", "--person", "Cy", "--tz", "Europe/London")
    places = ("--channel", "#leadership", "--channel", "random", "--name", "Southwind")
    async with printed("--manifest", str(file), *people, *places, last="#random") as found:
        client = AsyncWebClient(token=found["SLACK_BOT_TOKEN"], base_url=found["SLACK_API_URL"])
        assert (await client.auth_test())["team"] == "Southwind"
        members = (await client.conversations_members(channel=found["#leadership"]))["members"]
        assert {found["Amara Osei"], found["Cy"]} < set(members)
        who = (await client.users_info(user=found["Amara Osei"]))["user"]
        assert (who["real_name"], who["tz"]) == ("Amara Osei", "Europe/London")
        await client.chat_postMessage(channel=found["#random"], text="Here I am")
        async with Control(found["SANDBOX_URL"], found["SANDBOX_CONTROL_TOKEN"]) as control:
            assert [one.text for one in await control.sees(found["Cy"], "random")] == ["Here I am"]


async def test_without_options_the_page_is_not_empty() -> None:
    async with printed(last="#general") as found, aiohttp.ClientSession() as web:
        assert "SLACK_BOT_TOKEN" not in found
        async with web.get(found["The workspace in a browser"]) as answer:
            page = await answer.text()
        assert answer.status == 200
        assert "Béla Kovács" in page
        assert "general" in page
        inspector = found["What passes between it and the app"]
        async with web.get(inspector) as answer:
            assert answer.status == 200


async def test_an_app_that_somebody_is_still_to_install(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(manifest(events=())), "utf-8")
    options = ("--manifest", str(file), "--not-installed", "--empty")
    async with printed(*options, last="SLACK_APP_TOKEN") as found:
        assert found["SLACK_CLIENT_SECRET"]
        async with Control(found["SANDBOX_URL"], found["SANDBOX_CONTROL_TOKEN"]) as control:
            assert await control.offers() == []


async def test_the_readme_tells_of_every_option() -> None:
    process = await _started("--help")
    said, _ = await process.communicate()
    options = set(re.findall(r"--[a-z-]+", said.decode())) - {"--help"}
    readme = (ROOT / "sandbox" / "README.md").read_text("utf-8")
    rows = "".join(line.partition(" | ")[0] for line in readme.splitlines() if line[:5] == "| `--")
    assert set(re.findall(r"--[a-z-]+", rows)) == options


async def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = await _refused("--port", str(taken.getsockname()[1]))
    assert "can't be had" in said
    assert "0 takes any" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--tz", "Nowhere/Else"), "there is no time zone 'Nowhere/Else'"),
        (("--channel", "a", "--channel", "#a"), "a channel named a exists"),
        (("--manifest", "nothing.json"), "nothing.json: No such file"),
        (("--manifest", "pyproject.toml"), "pyproject.toml is not JSON"),
    ],
)
async def test_what_cannot_be_is_said_in_a_sentence(options: tuple[str, ...], said: str) -> None:
    assert said in await _refused(*options)
