import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.logs import configure_logging


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Logging is the process's: put it back."""
    root = logging.getLogger()
    names = [
        name
        for name, one in logging.root.manager.loggerDict.items()
        if isinstance(one, logging.Logger)
    ]
    levels = {name: logging.getLogger(name).level for name in names}
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


def said(level: str, style: str = "text") -> StringIO:
    stream = StringIO()
    configure_logging(level, style, stream)
    for name in ("bot.serving", "scheduler.mishaps", "slack_sdk.web", "slack_bolt.App", "other"):
        for number in (logging.DEBUG, logging.INFO, logging.WARNING):
            logging.getLogger(name).log(number, "%s of %s", logging.getLevelName(number), name)
    return stream


def test_at_info_libraries_only_warn() -> None:
    lines = [line.split(" ", 1)[1] for line in said("INFO").getvalue().splitlines()]
    assert lines == [
        "INFO bot.serving: INFO of bot.serving",
        "WARNING bot.serving: WARNING of bot.serving",
        "INFO scheduler.mishaps: INFO of scheduler.mishaps",
        "WARNING scheduler.mishaps: WARNING of scheduler.mishaps",
        "WARNING slack_sdk.web: WARNING of slack_sdk.web",
        "WARNING slack_bolt.App: WARNING of slack_bolt.App",
        "WARNING other: WARNING of other",
    ]


def test_at_debug_no_library_says_what_it_carries() -> None:
    lines = said("DEBUG").getvalue().splitlines()
    debugging = [line.split()[2].rstrip(":") for line in lines if " DEBUG " in line]
    assert debugging == ["bot.serving", "scheduler.mishaps"]
    assert any("INFO of slack_sdk.web" in line for line in lines)


def test_at_error_there_is_nothing_less() -> None:
    assert said("ERROR").getvalue() == ""


def test_what_the_sdk_logs_through_us_goes_by_the_rule_for_libraries() -> None:
    for level, expected in (("INFO", 1), ("DEBUG", 2)):
        stream = StringIO()
        configure_logging(level, "text", stream)
        logging.getLogger("platforms.slack.sdk").info("a session")
        logging.getLogger("platforms.slack.sdk").warning("a session is lost")
        assert len(stream.getvalue().splitlines()) == expected


def test_as_json_each_record_is_one_object_a_line() -> None:
    stream = StringIO()
    configure_logging("INFO", "json", stream)
    try:
        raise LookupError("gone\nfor good")
    except LookupError:
        logging.getLogger("bot").exception("it broke:\n%s", "ﬁn \ud800")
    (line,) = stream.getvalue().splitlines()
    record = json.loads(line)
    assert record.pop("traceback").startswith("Traceback")
    assert record.pop("time").endswith("Z")
    assert record == {
        "level": "ERROR",
        "logger": "bot",
        "message": "it broke:\nﬁn \ud800",
        "error": "LookupError",
    }
