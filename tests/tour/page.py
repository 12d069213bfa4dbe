"""What was shown, as text: docs/reference/messages.md."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from conversation.events import Keep
from conversation.messages import Block, Field, Form, Home, Message
from conversation.plain import as_plain, wrapped
from tests.tour.people import NAMES, Shown
from tests.tour.sentences import ROOT, refusals, said, unshown

__all__ = ["PAGE", "as_text", "page"]

PAGE = ROOT / "docs" / "reference" / "messages.md"
_CHANNEL = "#leadership"
_CHOICES = 12
"""So many choices of a field are shown; of more, the first and the last."""

_HEAD = """\
# Every message and form

All that the bot shows, as text: what people read in a team's first weeks, chapter by chapter, then
the sentences of rarer cases. It is made by `python -m tests.tour`, which has the bot live through
those weeks, and a test holds the page to it. What differs from something above in a name, a date or
a figure alone is left out; of a home, what stood on one before.

Buttons stand in brackets, `>` begins a field, `=` what is in it at first, `!` what is said under a
field, `|` the words of a person.
"""
_RARER = """
## In rarer cases

Sentences of messages and forms that these weeks did not bring; `…` is what is put in.

"""
_REFUSED = """
## When something can't be done

Said under a field, in a form of its own or to the person alone; what was typed stays.

"""
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_VARIES = re.compile(rf"\d+|{_DAYS}|{_MONTHS}|{'|'.join(NAMES.values())}|\s+")


def page(chapters: Mapping[str, Sequence[Shown]]) -> str:
    """The page of these chapters: each form of words once."""
    parts, seen, on_homes = [_HEAD], set[str](), set[str]()
    for name, shown in chapters.items():
        parts.append(f"\n## {name}\n")
        for one in shown:
            text = as_text(one)
            if isinstance(one.what, Home):
                text = "\n".join(_new_on_homes(text, on_homes))
            if text and (form := _VARIES.sub("_", text)) not in seen:
                seen.add(form)
                parts.append(f"\n{one.place[:1].upper()}{one.place[1:]}:\n\n```text\n{text}\n```\n")
    whole = "".join(parts)
    rarer = [f"- {one}\n" for one in unshown(said(), whole)]
    refused = [f"- {one}\n" for one in unshown(refusals(), whole)]
    return "".join((whole, _RARER, *rarer, _REFUSED, *refused))


def _new_on_homes(text: str, seen: set[str]) -> Iterator[str]:
    """The lines that no home before it had; … for those between."""
    left_out = False
    for one in text.split("\n"):
        form = _VARIES.sub("_", one)
        new = bool(one.strip()) and form not in seen
        if new:
            seen.add(form)
            yield one
        elif not left_out and one.strip():
            yield "…"
        left_out = not new and (left_out or bool(one.strip()))


def as_text(shown: Shown) -> str:
    """One thing that was shown, read from top to bottom."""
    return "\n".join(_lines(shown.what)).rstrip()


def _lines(what: Message | Form | Home | Keep) -> Iterator[str]:
    match what:
        case Message(_, blocks) | Home(blocks):
            yield from _blocks(blocks)
        case Form():
            yield f"== {what.title} =="
            yield from _blocks(what.body)
            send = f"[{what.submit}] " if any(what.fields) else ""
            yield f"{send}[{what.cancel}]"
        case Keep(problems):
            yield from (
                line for problem in problems.values() for line in wrapped(f"! {problem}", "", "  ")
            )


def _blocks(blocks: Iterable[Block | Field]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Field):
            yield from _field(block)
        else:
            yield from as_plain([block], NAMES, _CHANNEL)


def _field(field: Field) -> Iterator[str]:
    yield from wrapped(f"{field.label}{' (optional)' if field.optional else ''}", "> ", "  ")
    if field.initial:
        yield from wrapped(", ".join(map(_name, field.initial.split("\n"))), "    = ")
    if field.low or field.high:
        yield from wrapped(f"1 {field.low} … 5 {field.high}", "    ")
    if field.choices:
        yield from wrapped(_choices(field.choices), "    ")
    for small in filter(None, (field.hint, field.another)):
        yield from wrapped(small, "    ")


def _choices(choices: Sequence[str]) -> str:
    few = choices if len(choices) <= _CHOICES else (*choices[:3], "…", choices[-1])
    return " / ".join(few)


def _name(text: str) -> str:
    return NAMES.get(text, text)
