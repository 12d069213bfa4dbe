"""The commands, as an operator gives them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.logs import configure_logging
from bot.settings import SETTINGS

GOOD = """\
workspace: {platform: slack, id: T0123ABCD}
teams:
  - name: Northern
    channel: C0123ABCD
    timezone: Europe/Oslo
    country: NO
    members: [{user: U0123ABCD, role: lead}]
    cadences: [{practice: voices_heard, rrule: FREQ=WEEKLY;BYDAY=TU, at: 09:00}]
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder and no settings; logging as it was afterwards."""
    monkeypatch.chdir(tmp_path)
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    yield
    configure_logging("WARNING", "text")


def widelens(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment, prog_name="widelens")


def test_help_names_every_command() -> None:
    said = widelens("--help").output
    for command in ("demo", "serve", "migrate", "doctor", "manifest", "apply", "preview", "digest"):
        assert f"  {command} " in said
        assert widelens(command, "-h").exit_code == 0
    assert "..." not in said.partition("Commands:")[2]
    assert widelens("--version").output.startswith("widelens 0.")


def test_apply_prints_what_it_changes_and_changes_it_once() -> None:
    Path("teams.yaml").write_text(GOOD)
    first = widelens("apply", "teams.yaml")
    assert first.exit_code == 0
    assert first.stdout.splitlines()[:2] == [
        "Northern: new, in C0123ABCD, Europe/Oslo, NO.",
        "Northern: U0123ABCD joins as lead.",
    ]
    assert Path("widelens.db").exists()
    assert widelens("apply", "teams.yaml").stdout == "Nothing to change.\n"
    Path("teams.yaml").write_text(GOOD.replace("C0123ABCD", "C0123ABCE").replace("ern", "west"))
    assert widelens("apply", "teams.yaml").stdout.endswith(
        "Northern (C0123ABCD) is not in the file and stays as it is.\n"
    )


def test_whom_apply_adds_is_to_be_told_once() -> None:
    Path("teams.yaml").write_text(GOOD)
    for _ in range(2):
        widelens("apply", "teams.yaml")
    with closing(sqlite3.connect("widelens.db")) as there:
        queued = there.execute("SELECT kind, addressee_id, state FROM deliveries").fetchall()
    assert queued == [("welcome", "U0123ABCD", "pending")]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (GOOD.replace("Oslo", "Olso"), "teams.yaml:5: teams[0].timezone"),
        ("", "teams.yaml:1: there is nothing in it"),
        (None, "teams.yaml can't be read: No such file or directory"),
        ("\ud800", "teams.yaml is not text in UTF-8"),
    ],
)
def test_a_file_that_is_wrong_changes_nothing(written: str | None, told: str) -> None:
    if written is not None:
        Path("teams.yaml").write_bytes(written.encode("utf-8", "surrogatepass"))
    refused = widelens("apply", "teams.yaml")
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith(f"widelens: {told}")
    assert len(refused.stderr.splitlines()) == 1
    assert not Path("widelens.db").exists()


def test_a_preview_says_what_comes_and_when_and_how_long_it_takes() -> None:
    Path("teams.yaml").write_text(GOOD.replace("WEEKLY;BYDAY=TU", "DAILY"))
    widelens("apply", "teams.yaml")
    first, *days, last = widelens("preview", "Northern", "--days", "7").stdout.splitlines()
    assert first == "Northern: what U0123ABCD gets in 7 days, on the clock of Europe/Oslo"
    assert any(line.endswith("09:00  Voices heard (2 min)") for line in days)
    assert last.endswith("Never more than 3 in seven days.")
    of_lead = widelens("preview", "C0123ABCD", "--member", "U0123ABCD").stdout
    assert of_lead.startswith("Northern: what U0123ABCD gets in 28 days")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["Southern"], "there is no team 'Southern'"),
        (["Northern", "--member", "U0"], "U0 is not in Northern; there are U0123ABCD"),
    ],
)
def test_a_preview_of_nobody_says_who_there_is(given: list[str], told: str) -> None:
    Path("teams.yaml").write_text(GOOD)
    widelens("apply", "teams.yaml")
    refused = widelens("preview", *given)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"widelens: {told}")


def test_migrate_says_what_it_did() -> None:
    assert widelens("migrate").stdout.startswith("Migrated from nothing to ")
    assert widelens("migrate").stdout.startswith("The database is up to date")


def test_settings_come_from_the_file_beneath_the_environment() -> None:
    Path(".env").write_text("DATABASE_URL=sqlite:///mine.db\nPORT=none\n")
    refused = widelens("migrate")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "widelens: PORT is not a port from 1 to 65535; for example 3000\n",
    )
    assert widelens("migrate", PORT="80").exit_code == 0
    assert Path("mine.db").exists()


def test_a_database_out_of_reach_is_told_in_one_line() -> None:
    refused = widelens("migrate", DATABASE_URL="sqlite:////nowhere/widelens.db")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("widelens: The database can't be used at the moment")


def test_the_manifest_is_json_for_either_door() -> None:
    socket = json.loads(widelens("manifest").stdout)
    assert socket["settings"]["socket_mode_enabled"] is True
    for url in ("https://bot.example.com", "https://bot.example.com/slack/events"):
        http = json.loads(widelens("manifest", "--url", url).stdout)
        assert http["settings"]["socket_mode_enabled"] is False
        asked = http["settings"]["event_subscriptions"]["request_url"]
        assert asked == "https://bot.example.com/slack/events"


@pytest.mark.parametrize(
    "url", ["http://bot.example.com", "bot.example.com", "https://", "https://a b"]
)
def test_an_address_that_slack_cannot_use_is_refused(url: str) -> None:
    refused = widelens("manifest", "--url", url)
    assert refused.exit_code == 2
    assert "--url is not a public https address; for example" in refused.stderr


def test_the_doctor_names_everything_at_once() -> None:
    examined = widelens("doctor", SLACK_API_URL="http://127.0.0.1:9/")
    assert examined.exit_code == 1
    assert [line.split(" is ")[0] for line in examined.stdout.splitlines()] == [
        "wrong  settings: SLACK_BOT_TOKEN",
        "wrong  settings: SLACK_APP_TOKEN",
        "well   database, which the start will bring up to date",
    ]
    assert not Path("widelens.db").exists()
    wrong = widelens("doctor", PORT="x", LOG_FORMAT="y")
    assert [line.split(" is ")[0] for line in wrong.stdout.splitlines()] == [
        "wrong  settings: PORT",
        "wrong  settings: LOG_FORMAT",
    ]


def test_digest_names_what_is_wrong() -> None:
    Path("teams.yaml").write_text(GOOD)
    widelens("apply", "teams.yaml")
    for given in (("digest", "Northern"), ("digest", "Northern", "--week", "2026-10-12")):
        none_yet = widelens(*given)
        assert none_yet.exit_code == 2
        assert none_yet.stderr == "widelens: Northern has had no digest yet\n"
