"""What is logged, and how: to stderr, one record a line, never a token nor a person's words."""

import json
import logging
import sys
import time
from typing import IO

from typing_extensions import override

__all__ = ["configure_logging"]

_ROOMS = (
    "bot",
    "coaching",
    "conversation",
    "handlers",
    "insights",
    "platforms",
    "sandbox",
    "scheduler",
    "storage",
)
"""Ours: they alone may say more than INFO; they are written never to log what is confidential."""


def configure_logging(level: str, style: str, stream: IO[str] | None = None) -> None:
    """Log to `stream` (stderr by default) what is at least `level`, as `style` (text or json).

    Libraries log warnings only, and with DEBUG their INFO too: at DEBUG slack_sdk would log the
    bodies of requests, and websockets every frame.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_JsonFormatter() if style == "json" else _text_formatter())
    handler.setLevel(level_of(level))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.INFO if level == "DEBUG" else max(level_of(level), logging.WARNING))
    for room in _ROOMS:
        logging.getLogger(room).setLevel(level_of(level))
    for library in ("slack_bolt", "slack_sdk"):
        logging.getLogger(library).setLevel(root.level)
    if level != "DEBUG":
        handler.addFilter(_is_no_chatter)


def _is_no_chatter(record: logging.LogRecord) -> bool:
    # What the SDK logs through us goes by the rule for libraries, whatever the level of our rooms.
    return record.name != "platforms.slack.sdk" or record.levelno >= logging.WARNING


def level_of(name: str) -> int:
    """The number of a level's name."""
    return logging.getLevelNamesMapping()[name]


def _text_formatter() -> logging.Formatter:
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    formatter.converter = time.gmtime
    formatter.default_time_format = "%Y-%m-%dT%H:%M:%S"
    formatter.default_msec_format = "%s.%03dZ"
    return formatter


class _JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message; an error with its traceback."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "time": _text_formatter().formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said)
