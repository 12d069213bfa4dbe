"""What the docs show of the demo is what it does."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT, page
from tools import two_digests
from tools.readme_transcript import excerpt, shown_in

PATIENCE = 120.0
"""Seconds."""


def test_the_headless_demo_runs_as_shown_and_the_readme_quotes_it(tmp_path: Path) -> None:
    commands = page("docs/reference/commands.md").commands()
    line = next(command for command in commands if command.startswith("make demo ARGS="))
    arguments = shlex.split(shlex.split(line)[2].removeprefix("ARGS="))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", *arguments, "--transcript", "transcript.txt"],
        cwd=tmp_path,
        env={"PATH": os.defpath},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert (report["weeks"], report["errors"]) == (4, 0)
    fresh = excerpt((tmp_path / "transcript.txt").read_text("utf-8"))
    quoted = shown_in((ROOT / "README.md").read_text("utf-8"))
    assert quoted == fresh, "renew it: see tools/readme_transcript.py"


def test_the_readme_and_the_docs_show_the_same_two_digests() -> None:
    readme = two_digests.shown_in(two_digests.README.read_text("utf-8"))
    in_full = two_digests.shown_in(two_digests.PAGE.read_text("utf-8"))
    headings = [heading for _, heading in two_digests.CHOSEN]
    parents = re.findall(r"```text\n(# What stands out .*?)\n```", readme, flags=re.DOTALL)
    assert re.findall(r"^\*\*(.*)\*\*$", readme, flags=re.MULTILINE) == headings
    assert re.findall(r"^## (.*)$", in_full, flags=re.MULTILINE) == headings
    assert len(parents) == len(headings) == 2
    assert all(f"```text\n{parent}\n```" in in_full for parent in parents)
