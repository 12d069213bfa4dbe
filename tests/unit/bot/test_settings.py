from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import SETTINGS, Settings, SettingsError, environment, problems_with

EXAMPLES = {setting.name: setting.example for setting in SETTINGS}


def test_nothing_needs_to_be_set_to_read_the_settings() -> None:
    assert Settings.read({}) == Settings()


def test_defaults_of_the_table_are_those_of_the_dataclass() -> None:
    defaults = {setting.name: setting.default for setting in SETTINGS}
    assert Settings.read(defaults) == Settings()


def test_every_example_is_right() -> None:
    settings = Settings.read(EXAMPLES)
    assert {name: str(getattr(settings, name.lower())) for name in EXAMPLES} == EXAMPLES


@pytest.mark.parametrize(
    ("name", "given_", "told"),
    [
        ("DATABASE_URL", "widelens.db", "is not the address of a database"),
        (
            "DATABASE_URL",
            "mysql://u:hidden@h/d",
            "names a kind of database that Widelens can't use",
        ),
        ("DATABASE_URL", "sqlite://", "would keep everything in memory and forget it: name a file"),
        ("SLACK_BOT_TOKEN", "xoxp-hidden", "does not begin with xoxb- (OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", "xoxb-two words", "does not begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-hidden", "does not begin with xapp- (Basic Information"),
        ("SLACK_SIGNING_SECRET", "hidden", "is not 32 hexadecimal digits"),
        ("SLACK_API_URL", "slack.com/api", "is not an http(s) address"),
        ("SLACK_API_URL", "http://[broken", "is not an http(s) address"),
        ("PORT", "3000x", "is not a port from 1 to 65535"),
        ("PORT", "٣٠٠٠", "is not a port from 1 to 65535"),
        ("PORT", "65536", "is not a port from 1 to 65535"),
        ("HOST", "http://localhost", "is not an address to listen on"),
        ("LOG_LEVEL", "LOUD", "is none of DEBUG, INFO, WARNING, ERROR"),
        ("LOG_FORMAT", "xml", "is none of text, json"),
    ],
)
def test_a_wrong_setting_is_told_by_name_in_one_line_with_an_example(
    name: str, given_: str, told: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read({name: given_})
    line = str(refused.value)
    assert line.startswith(f"{name} {told}")
    assert line.endswith(f"for example {EXAMPLES[name]}")
    assert "\n" not in line
    assert "hidden" not in line


def test_all_wrong_settings_are_told_at_once_where_somebody_asks() -> None:
    assert [line.split()[0] for line in problems_with({"PORT": "x", "LOG_FORMAT": "y"})] == [
        "PORT",
        "LOG_FORMAT",
    ]


def test_a_missing_setting_is_demanded_only_by_who_needs_it() -> None:
    settings = Settings.read({"SLACK_BOT_TOKEN": "xoxb-1"})
    settings.demand("SLACK_BOT_TOKEN")
    with pytest.raises(SettingsError, match=r"^SLACK_APP_TOKEN is not set; .*=xapp-1-A0123"):
        settings.demand("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")


def test_small_things_are_put_right() -> None:
    settings = Settings.read(
        {"LOG_LEVEL": " debug", "SLACK_API_URL": "http://localhost:1/api", "PORT": "0080 "}
    )
    assert (settings.log_level, settings.port) == ("DEBUG", 80)
    assert settings.slack_api_url == "http://localhost:1/api/"


def test_secrets_stay_out_of_the_repr() -> None:
    secrets = [setting for setting in SETTINGS if setting.secret]
    shown = repr(Settings.read(EXAMPLES))
    assert not [setting.name for setting in secrets if setting.name.lower() in shown]
    assert not [setting.name for setting in secrets if setting.example in shown]


@given(st.dictionaries(st.sampled_from(sorted(EXAMPLES)), st.text()))
def test_any_value_is_read_or_refused_in_one_line(values: dict[str, str]) -> None:
    told = problems_with(values)
    assert all(len(line.splitlines()) == 1 for line in told)
    if told:
        with pytest.raises(SettingsError):
            Settings.read(values)
    else:
        Settings.read(values)


@given(st.integers(1, 65535))
def test_every_port_is_read(port: int) -> None:
    assert Settings.read({"PORT": str(port)}).port == port


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("# mine\nPORT=4000\nHOST='127.0.0.2'\nLOG_LEVEL=\nexport LOG_FORMAT=json\n")
    monkeypatch.setenv("PORT", "5000")
    monkeypatch.setenv("HOST", "")
    settings = Settings.read(environment(file))
    assert settings == Settings(port=5000, host="127.0.0.2", log_format="json")


def test_a_file_is_not_needed_but_must_be_text(tmp_path: Path) -> None:
    environment(tmp_path / ".env")
    (tmp_path / ".env").write_bytes(b"PORT=\xff\xfe")
    with pytest.raises(SettingsError, match="can't be read"):
        environment(tmp_path / ".env")
