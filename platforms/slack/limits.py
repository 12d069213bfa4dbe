"""Slack's limits, in characters or items, and where each is written.

https://docs.slack.dev/reference/block-kit unless another source is named.
"""

__all__ = [
    "BLOCKS_IN_MESSAGE",
    "BLOCKS_IN_VIEW",
    "BUTTONS_IN_BLOCK",
    "BUTTON_LABEL",
    "CHARTS_IN_MESSAGE",
    "CHART_LABEL",
    "CHART_POINTS",
    "CHART_SERIES",
    "CHART_TITLE",
    "DIGITS",
    "FALLBACK_TEXT",
    "FIELD_LABEL",
    "HEADER",
    "INPUT_TEXT",
    "MESSAGE_SIZE",
    "NOTE",
    "NOTE_ELEMENTS",
    "OPTIONS",
    "OPTIONS_AS_BUTTONS",
    "OPTION_LABEL",
    "OPTION_VALUE",
    "PRIVATE_METADATA",
    "RUN",
    "TABLES_IN_MESSAGE",
    "TABLE_ROWS",
    "VIEW_SIZE",
    "VIEW_TITLE",
]

BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100
BUTTONS_IN_BLOCK = 25
BUTTON_LABEL = 75
CHARTS_IN_MESSAGE = 2
CHART_LABEL = 20
CHART_POINTS = 20
CHART_TITLE = 50
FIELD_LABEL = 2000
HEADER = 150
INPUT_TEXT = 3000
NOTE = 3000
NOTE_ELEMENTS = 10
OPTIONS = 100
OPTIONS_AS_BUTTONS = 10
OPTION_LABEL = 75
OPTION_VALUE = 150
PRIVATE_METADATA = 3000
TABLES_IN_MESSAGE = 1
TABLE_ROWS = 100
VIEW_TITLE = 24

VIEW_SIZE = 250_000
"""All of a view, as compact JSON in UTF-8: https://docs.slack.dev/surfaces/modals"""

CHART_SERIES = 6
"""Believed: other copies of the reference say twelve."""

DIGITS = 15
"""Of a number that somebody types; believed, of what the API takes as one."""

FALLBACK_TEXT = 4000
"""Of `text`, as sent: chat.update refuses more (`msg_too_long`), chat.postMessage advises it."""

RUN = 3000
"""How much of one text goes into one block. Rich text has no limit of its own that is written down;
a section's is taken."""

MESSAGE_SIZE = 11_000
"""All blocks of a message, as compact JSON. Slack answers `msg_blocks_too_long` from some 12,000
characters on, and counts in a way it does not tell: 11,341 of bare text were refused. That these
are characters and not bytes is believed, not known.
https://github.com/slackapi/bolt-js/issues/2509, https://github.com/slackapi/bolt-js/issues/2867"""
