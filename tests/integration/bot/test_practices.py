"""Practice files of the operator's own, as the commands meet them."""

import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import configure_logging
from bot.settings import SETTINGS
from tests.integration.bot.test_cli import GOOD as TEAMS
from tests.integration.bot.test_cli import widelens
from tests.unit.test_practice import GOOD

WRONG = GOOD.replace("minutes: 2", "minutes: 20").replace("why:", "wy:")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder and no settings; logging as it was afterwards."""
    monkeypatch.chdir(tmp_path)
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    Path("own").mkdir()
    yield
    configure_logging("WARNING", "text")


def test_a_right_file_is_well() -> None:
    Path("own/sample.yaml").write_text(GOOD)
    checked = widelens("practices", "check", "own/sample.yaml")
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, "well\n", "")


def test_a_packaged_practice_in_other_words_is_well() -> None:
    text = GOOD.replace("key: sample", "key: agreements")
    Path("own/agreements.yaml").write_text(text)
    assert widelens("practices", "check", "own/agreements.yaml").stdout == "well\n"


def test_each_problem_is_a_line_with_file_line_and_reason() -> None:
    Path("own/sample.yaml").write_text(WRONG)
    checked = widelens("practices", "check", "own/sample.yaml")
    assert checked.exit_code == 1
    assert checked.stdout.splitlines() == [
        "own/sample.yaml:1: why: missing; add it, as in `why: …`",
        'own/sample.yaml:4: minutes: "20" is too high; 10 is the most',
        "own/sample.yaml:7: wy: not known here; did you mean `why`?",
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, "own/sample.yaml can't be read: No such file or directory"),
        (b"\xff", "own/sample.yaml is not text in UTF-8; save it as such"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(written: bytes | None, told: str) -> None:
    if written is not None:
        Path("own/sample.yaml").write_bytes(written)
    checked = widelens("practices", "check", "own/sample.yaml")
    assert (checked.exit_code, checked.stdout) == (2, "")
    assert checked.stderr == f"widelens: {told}\n"


def test_help_names_what_there_is() -> None:
    assert "check" in widelens("practices", "--help").stdout
    assert "FILE" in widelens("practices", "check", "-h").stdout


def test_a_team_may_have_a_practice_of_ones_own() -> None:
    Path("own/sample.yml").write_text(GOOD)
    Path("own/notes.txt").write_text("not a practice")
    Path("teams.yaml").write_text(TEAMS.replace("voices_heard", "sample"))
    refused = widelens("apply", "teams.yaml")
    assert '"sample" is not a practice' in refused.stderr
    applied = widelens("apply", "teams.yaml", WIDELENS_PRACTICES="own")
    assert "Northern: Sample " in applied.stdout
    with sqlite3.connect("widelens.db") as database:
        assert ("sample",) in database.execute("SELECT practice FROM cadences").fetchall()
    database.close()


def test_a_wrong_file_stops_apply_with_one_line() -> None:
    Path("own/sample.yaml").write_text(WRONG)
    Path("teams.yaml").write_text(TEAMS)
    refused = widelens("apply", "teams.yaml", WIDELENS_PRACTICES="own")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == (
        "widelens: own/sample.yaml:1: why: missing; add it, as in `why: …`"
        " (and 2 more: widelens practices check FILE lists all)\n"
    )
    assert not Path("widelens.db").exists()


def test_a_wrong_file_stops_the_start_with_one_line() -> None:
    Path("own/sample.yaml").write_text(GOOD.replace("key: sample", "key: alignment"))
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    refused = widelens("serve", WIDELENS_PRACTICES="own", PORT=port, **tokens)
    assert refused.exit_code == 2
    (line,) = refused.stderr.splitlines()
    assert line.startswith("widelens: own/sample.yaml:6: visibility: `alignment` is anonymous")
    assert not Path("widelens.db").exists()


def test_a_folder_that_is_none_is_told() -> None:
    Path("teams.yaml").write_text(TEAMS)
    refused = widelens("apply", "teams.yaml", WIDELENS_PRACTICES="nowhere")
    assert refused.stderr == (
        "widelens: WIDELENS_PRACTICES is nowhere, which is not a folder; for example ./practices\n"
    )


@pytest.mark.parametrize(("text", "found"), [(GOOD, "well   practices"), (WRONG, "wrong  practi")])
def test_the_doctor_looks_at_them(text: str, found: str) -> None:
    Path("own/sample.yaml").write_text(text)
    examined = widelens(
        "doctor", WIDELENS_PRACTICES="own", SLACK_API_URL="http://127.0.0.1:9/"
    ).stdout
    assert [line for line in examined.splitlines() if line.startswith(found)]


@pytest.mark.parametrize(
    ("practice", "told"),
    [
        ("onboarding", "is for somebody who joins, when they do; say whom it asks"),
        ("stakeholder_invite", "is for who took something on, when it is time; say whom it"),
    ],
)
def test_what_is_asked_when_it_happens_names_whom_it_asks(practice: str, told: str) -> None:
    Path("teams.yaml").write_text(TEAMS.replace("voices_heard", practice))
    refused = widelens("apply", "teams.yaml")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("widelens: teams.yaml:8: teams[0].cadences[0].practice: ")
    assert told in refused.stderr
