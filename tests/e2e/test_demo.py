"""The demo as an operator starts it: headless to its report, and live until Ctrl-C."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.demo import DemoOptions, run
from bot.demo.headless import run_headless
from bot.errors import OperatorError

pytestmark = pytest.mark.demo

FIGURES = [
    "weeks",
    "seed",
    "rounds_opened",
    "rounds_closed",
    "rounds_skipped",
    "deliveries_sent",
    "deliveries_duplicated",
    "deliveries_lost",
    "answers_submitted",
    "answers_stored",
    "reminders_sent",
    "reminders_after_answer",
    "breakdowns_logged",
    "breakdowns_settled",
    "digests_posted",
    "invites_reminded",
    "invites_reminded_after_end",
    "voices_logged",
    "voices_changed_decision",
    "purpose_versions",
    "errors",
    "per_person_week_max",
    "in_quiet_hours",
    "on_holiday",
    "while_away",
    "wrong_local_time",
]
COMMANDS = """\
answer
The chair wrote to the wards herself.

A night sister said: "Ring before you build."

Release times
4


say The portal was down again at seven.
log 9
log 3
One look at it, together


Portal down again
Tom
2026-11-20
It fell over at seven.


open
next
nonsense
quit
"""


def start(options: Sequence[str], folder: Path, stdin: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *options],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PATH": os.defpath, "TMPDIR": str(folder)},
    )


async def test_four_weeks_lose_nothing_and_say_nothing_twice(tmp_path: Path) -> None:
    file, transcript = tmp_path / "report.json", tmp_path / "transcript.txt"
    code = await run_headless(
        DemoOptions(headless=True, weeks=4, seed=3, report=file, transcript=transcript)
    )
    report = json.loads(file.read_text())
    assert code == 0
    assert list(report) == FIGURES
    assert report["deliveries_duplicated"] == report["deliveries_lost"] == report["errors"] == 0
    assert report["reminders_sent"] > report["reminders_after_answer"] == 0
    assert report["answers_submitted"] == report["answers_stored"] > 60
    # Three a week, and one that asks whether it was safe to raise what is closed by now.
    assert report["rounds_opened"] == 13
    assert report["rounds_closed"] == 12  # Thursday's has two working days, and goes on on Monday
    assert report["breakdowns_logged"] >= report["breakdowns_settled"] > 0
    assert report["digests_posted"] == 4
    assert report["in_quiet_hours"] == report["on_holiday"] == report["wrong_local_time"] == 0
    assert 0 < report["per_person_week_max"] <= 3
    assert "[Answer] opens this form" in transcript.read_text()
    assert "For the agenda:" in transcript.read_text()


async def test_the_groups_weeks_end_in_one_line_of_json_and_the_same_with_parts_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, packs = tmp_path / "report.json", ("breakthrough", "five_disciplines")
    assert await run_headless(DemoOptions(headless=True, weeks=1, report=file, packs=packs)) == 0
    total = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(total) == FIGURES
    written = json.loads(file.read_text())
    parts = written.pop("packs")
    assert written == total
    assert tuple(parts) == packs
    assert total["rounds_opened"] == sum(part["rounds_opened"] for part in parts.values()) == 8
    for part in parts.values():
        assert len(part["teams"]) == 4
        opened = [team["rounds_opened"] for team in part["teams"].values()]
        assert opened == [1, 1, 1, 1]
    assert total["answers_submitted"] == total["answers_stored"] > 30


def test_the_page_is_there_until_ctrl_c(tmp_path: Path) -> None:
    playing = start(["--weeks", "1", "--port", "0"], tmp_path, subprocess.DEVNULL)
    assert playing.stdout is not None
    address = next(re.search(r"http://\S+", line) for line in playing.stdout if "Open " in line)
    assert address is not None
    with urlopen(address[0]) as answer:
        page = answer.read().decode()
    for there in ("Amara Osei", "To the next thing due", "Log a breakdown", "October"):
        assert there in page
    playing.send_signal(signal.SIGINT)
    _, errors = playing.communicate(timeout=30)
    assert playing.returncode == 0
    assert errors == ""
    assert list(tmp_path.iterdir()) == []


def test_a_second_demo_says_which_port_is_free(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        second = start(["--port", str(port)], tmp_path, subprocess.DEVNULL)
        _, errors = second.communicate(timeout=30)
    assert second.returncode == 2
    assert re.fullmatch(
        rf"widelens: Port {port} is taken, perhaps by another demo\."
        r" The next that is free: widelens demo --port \d+\n",
        errors,
    )


def test_ctrl_c_stops_it_and_leaves_nothing_behind(tmp_path: Path) -> None:
    playing = start(["--weeks", "1", "--terminal"], tmp_path, subprocess.DEVNULL)
    assert playing.stdout is not None
    for line in playing.stdout:
        if "Ctrl-C stops." in line:
            break
    playing.send_signal(signal.SIGINT)
    _, errors = playing.communicate(timeout=30)
    assert playing.returncode == 0
    assert errors == ""
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_in_the_midst_of_its_history_stops_it_too(tmp_path: Path) -> None:
    playing = start(["--terminal"], tmp_path, subprocess.DEVNULL)
    assert playing.stdout is not None
    for line in playing.stdout:
        if "Wednesday 7 October" in line:
            break
    playing.send_signal(signal.SIGINT)
    _, errors = playing.communicate(timeout=30)
    assert playing.returncode == 0
    assert errors == ""
    assert list(tmp_path.iterdir()) == []


def test_somebody_in_the_leads_chair_answers_and_logs_a_breakdown(tmp_path: Path) -> None:
    playing = start(["--weeks", "1", "--seed", "1", "--terminal"], tmp_path, subprocess.PIPE)
    said, errors = playing.communicate(COMMANDS, timeout=60)
    assert playing.returncode == 0
    assert errors == ""
    assert "Amara Osei sends their answers" in said
    assert "None of them, then." in said
    assert "Who takes it? A name makes it real." in said
    assert "Portal down again. Needed now: One look at it, together" in said
    assert "I don't know “nonsense”." in said
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_said_before_the_weeks_go_by(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="no such folder"):
        run(DemoOptions(headless=True, report=tmp_path / "nowhere" / "r.json"))
    with pytest.raises(OperatorError, match="add --headless"):
        run(DemoOptions(report=tmp_path / "r.json"))
    with pytest.raises(OperatorError, match="add --headless"):
        run(DemoOptions(packs=("breakthrough",)))
    with pytest.raises(OperatorError, match="9 --weeks or more"):
        run(DemoOptions(headless=True, digests=tmp_path / "d.txt"))
    with pytest.raises(OperatorError, match="at most 8 --weeks"):
        run(DemoOptions(headless=True, weeks=9, transcript=tmp_path / "t.txt"))


async def test_a_port_that_is_taken_is_said_in_a_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OperatorError, match=f"port {port} can't be had"):
            await run_headless(DemoOptions(headless=True, weeks=1, port=port))
