"""Every command that the docs show exists, takes what it is given, and is run or says why not."""

import os
import re
import shlex
import subprocess
import sys

import click
import pytest

from bot.cli import main
from tests.docs.given import context_of
from tests.docs.pages import ROOT, Page, all_pages, page

RUN_HERE = {
    "widelens --help",
    "widelens demo --help",
    "widelens manifest",
    "widelens manifest --url https://widelens.example.com",
    "widelens practices check coaching/practices/early_wins.yaml",
}

FOLLOWED = {"docs/quickstart.md", "docs/how-to/serve-over-http.md", "docs/how-to/use-postgresql.md"}
"""Pages whose commands test_quickstart.py runs as they stand."""

NOT_RUN = {
    "make demo": "goes on until it is stopped",
    'make demo ARGS="--headless --weeks 4 --seed 7 --report r.json"': "test_demo_shown.py runs it",
    "make demo-long": "it takes minutes; tests/e2e/test_demo.py plays a week of it",
    "make test": "it is what runs this",
    'widelens preview "Leadership team" --days 28': "tests/integration/bot/test_cli.py runs it",
    'widelens digest "Leadership team" --week 2026-10-12 --explain': "test_digesting.py runs it",
}
"""By the reason why none of these tests runs it."""


def shown() -> list[tuple[Page, str]]:
    """Every command of every page."""
    return [(page, command) for page in all_pages() for command in page.commands()]


def ids(case: tuple[Page, str]) -> str:
    return f"{case[0].name}: {case[1]}"


def words(command: str) -> list[str]:
    """The words of a command, without variables set before it and without a redirection."""
    parts = shlex.split(re.split(r"\s[|>&]", command)[0])
    while parts and re.fullmatch(r"[A-Z_]+=.*", parts[0]):
        parts.pop(0)
    parts[0] = parts[0].removeprefix(".venv/bin/")
    return parts


def plain(command: str) -> str:
    """The command as it is listed above."""
    return command.removeprefix(".venv/bin/")


def test_every_command_is_run_or_says_why_not() -> None:
    followed = {plain(c) for name in FOLLOWED for c in page(name).commands()}
    listed = RUN_HERE | NOT_RUN.keys()
    everything = {plain(command) for _, command in shown()}
    assert everything - followed - listed == set()
    assert listed - everything == set()


@pytest.mark.parametrize("command", sorted(RUN_HERE))
def test_a_harmless_command_runs(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words(command)[1:]],
        cwd=ROOT,
        env={"PATH": os.defpath},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("case", shown(), ids=ids)
def test_the_command_line_knows_every_command_and_option(case: tuple[Page, str]) -> None:
    given = words(case[1])
    if given[0] == "make":
        check_make(given[1:])
    elif given[0] == "widelens":
        check_widelens(given[1:])


def test_commands_named_in_running_text_exist() -> None:
    for one in all_pages():
        prose = re.sub(r"^```.*?^```", "", one.text, flags=re.DOTALL | re.MULTILINE)
        for code in re.findall(r"`([^`\n]+)`", prose):
            if re.match(r"make [a-z]", code):
                check_make(shlex.split(code)[1:])
            elif re.match(r"widelens( -| [a-z])", code):
                check_widelens(shlex.split(code)[1:])


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z0-9-]+):", makefile, flags=re.MULTILINE))


def check_make(given: list[str]) -> None:
    """Hold a `make` line to the Makefile, and the demo's ARGS to the command line."""
    assert given[0] in targets(), f"make {given[0]}"
    for variable in given[1:]:
        name, _, value = variable.partition("=")
        assert name in {"ARGS", "PYTHON", "UV"}, variable
        if given[0] == "demo" and name == "ARGS":
            check_widelens(["demo", *shlex.split(value)])


def check_widelens(given: list[str]) -> None:
    """Hold a `widelens` line to the click application: its command, options and their values."""
    if not given or given == ["--help"]:
        return
    assert isinstance(main, click.Group)
    command = main.commands.get(given[0])
    assert command is not None, f"widelens {given[0]}"
    arguments = given[1:]
    if isinstance(command, click.Group) and arguments and arguments[0] != "--help":
        within = command.commands.get(arguments[0])
        assert within is not None, f"widelens {given[0]} {arguments[0]}"
        command, arguments = within, arguments[1:]
    if "--help" in arguments:
        return
    _, left, _ = command.make_parser(context_of(command)).parse_args(arguments)
    assert left == [], f"widelens {' '.join(given)} does not take {left}"
