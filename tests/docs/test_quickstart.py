"""The quickstart, done as it is written, with the sandbox as Slack."""

import asyncio
import json
import os
import shlex
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from pathlib import Path

import pytest

from sandbox import Control, Sandbox
from tests.docs.pages import ROOT, page

QUICKSTART = page("docs/quickstart.md")
WIDELENS = ".venv/bin/widelens "
PATIENCE = 60.0
"""Seconds. Two tests at a time share the machine."""
ROLES = ["U0000000001", "U0000000002", "U0000000003", "U0000000004"]


async def start(folder: Path, command: str) -> Process:
    """`widelens` with nothing in its environment, in the folder where .env is."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *shlex.split(command.removeprefix(WIDELENS))),
        cwd=folder,
        env={"PATH": os.defpath},
        stdout=PIPE,
        stderr=PIPE,
    )


async def said(folder: Path, command: str) -> str:
    """What a command prints that ends well."""
    process = await start(folder, command)
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


async def serves_until_stopped(folder: Path, command: str) -> None:
    """`serve` comes up, and Ctrl-C ends it well."""
    process = await start(folder, command)
    assert process.stderr is not None
    log = ""
    async with asyncio.timeout(PATIENCE):
        while " serving " not in log:
            line = await process.stderr.readline()
            assert line, log
            log += line.decode()
        process.send_signal(signal.SIGINT)
        _, rest = await process.communicate()
    assert process.returncode == 0, log + rest.decode()


def fill_in(folder: Path, values: Mapping[str, str]) -> None:
    """Write .env from .env.example, with values in their places."""
    lines = []
    for line in (ROOT / ".env.example").read_text("utf-8").splitlines():
        name = line.lstrip("#").partition("=")[0]
        lines.append(f"{name}={values[name]}" if name in values else line)
    (folder / ".env").write_text("\n".join(lines), "utf-8")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def teams_yaml(control: Control) -> str:
    """The page's teams.yaml with this workspace's ids."""
    block = next(block for block in QUICKSTART.blocks() if block.language == "yaml")
    people = [await control.add_person(f"Person {number}") for number in ROLES]
    channel = await control.add_channel("leadership", people, with_app=True)
    ids = dict(zip(ROLES, (person.id for person in people), strict=True))
    ids |= {"T0123456789": "T0SANDBOX", "C0123456789": channel}
    text = block.text
    for shown, real in ids.items():
        assert shown in text
        text = text.replace(shown, real)
    return text


async def test_the_quickstart_works_as_it_is_written(tmp_path: Path) -> None:
    commands = [command for command in QUICKSTART.commands() if command != "make demo"]
    sandbox = Sandbox()
    async with sandbox.serve(), Control(sandbox.url, sandbox.control_token) as control:
        assert commands.pop(0) == f"{WIDELENS}manifest"
        installed = await control.install(json.loads(await said(tmp_path, "manifest")))
        assert commands.pop(0) == "cp .env.example .env"
        values = {
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_APP_TOKEN": installed.app_token,
            "SLACK_API_URL": sandbox.api_url,
            "PORT": str(free_port()),
        }
        fill_in(tmp_path, values)
        doctor, apply, serve = commands
        assert "wrong" not in await said(tmp_path, doctor)
        (tmp_path / "teams.yaml").write_text(await teams_yaml(control), "utf-8")
        assert "Leadership team" in await said(tmp_path, apply)
        assert await said(tmp_path, apply) == "Nothing to change.\n"
        await serves_until_stopped(tmp_path, serve)


@pytest.mark.parametrize("name", ["serve-over-http", "use-postgresql"])
async def test_the_commands_of_a_how_to_work(name: str, tmp_path: Path) -> None:
    sandbox = Sandbox()
    async with sandbox.serve(), Control(sandbox.url, sandbox.control_token) as control:
        manifest = json.loads(await said(tmp_path, "manifest --url https://widelens.example.com"))
        installed = await control.install(manifest)
        values = {
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_SIGNING_SECRET": installed.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
            "PORT": str(free_port()),
        }
        fill_in(tmp_path, values)
        for command in page(f"docs/how-to/{name}.md").commands():
            if " serve" in command:
                await serves_until_stopped(tmp_path, command)
            else:
                assert await said(tmp_path, command)
