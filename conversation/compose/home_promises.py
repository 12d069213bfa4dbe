"""The part of a home that has what its person took on: of breakdowns, and by promises."""

from collections.abc import Iterator

from coaching.breakdown import Breakdown
from coaching.promise import Promise
from coaching.use_cases.see_home import HomeView
from conversation.compose.phrases import day, first_words
from conversation.compose.voice_register import promised
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Heading,
    Note,
    Paragraph,
    line,
)
from conversation.routes import BREAKDOWN_DAY, BREAKDOWN_DONE, BREAKDOWN_OPEN, PROMISE_SETTLE

__all__ = ["taken_on"]

_MOST = 6
"""Of each of the two."""
_EXCERPT = 80
_NAME = 40


def taken_on(view: HomeView) -> Iterator[Block]:
    """Each with its day and what can be said of it; nothing where nothing was taken on."""
    if not (view.promises or view.promised or view.voices):
        return
    yield Heading("What you took on")
    for need in view.promises[:_MOST]:
        yield from _need(need)
    for promise in view.promised[:_MOST]:
        yield from _promise(promise)
    lines, buttons = promised(view.voices, _MOST)
    if lines:
        yield Bullets(tuple(lines))
        yield Buttons(tuple(buttons))
    if left := len(view.promises[_MOST:]):
        yield Note(line(f"{left} more, of later days: /widelens breakdowns shows them."))
    if left := len(view.promised[_MOST:]):
        yield Note(line(f"{left} more, of later days: /widelens promises shows them."))
    if left := len(view.voices[_MOST:]):
        yield Note(line(f"{left} more: /widelens voices shows them."))


def _need(need: Breakdown) -> Iterator[Block]:
    by = f", by {day(need.needed_by)}" if need.needed_by else ""
    words = first_words(need.needed_now, 2 * _EXCERPT).removesuffix(".")
    name = first_words(need.what, _NAME)
    yield Paragraph(line(Bold(first_words(need.what, _EXCERPT)), f": {words}{by}"))
    yield Buttons(
        (
            Button(f"Done: {name}", BREAKDOWN_DONE, need.id),
            Button(f"New day for {name}…", BREAKDOWN_DAY, need.id),
            Button("Open", BREAKDOWN_OPEN, need.id),
        )
    )


def _promise(promise: Promise) -> Iterator[Block]:
    words = first_words(promise.words, 2 * _EXCERPT).removesuffix(".")
    yield Paragraph(line(Bold(words), f" · by {day(promise.by)}"))
    label = f"What came of it: {first_words(promise.words, _NAME)}"
    yield Buttons((Button(label, PROMISE_SETTLE, f"{promise.id}:"),))
