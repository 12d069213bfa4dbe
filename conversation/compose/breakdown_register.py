"""The register of breakdowns as forms: a page of it, and a card with what one can do."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from coaching.breakdown import Breakdown
from coaching.entry_change import EntryChange
from coaching.use_cases.learn_from_breakdown import BreakdownView
from coaching.use_cases.see_breakdowns import PAGE, BreakdownsView, StillOpen
from conversation.compose.breakdown import need
from conversation.compose.entry_changes import history
from conversation.compose.phrases import day, first_words
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Heading,
    Line,
    Note,
    Paragraph,
    Person,
    Quote,
    line,
)
from conversation.routes import (
    BREAKDOWN_DAY,
    BREAKDOWN_DONE,
    BREAKDOWN_EDIT,
    BREAKDOWN_GIVE,
    BREAKDOWN_HELP,
    BREAKDOWN_NEW,
    BREAKDOWN_OPEN,
    BREAKDOWN_REOPEN,
    BREAKDOWNS_LIST,
)

__all__ = [
    "CARD",
    "FOUND_ON",
    "LIBRARY",
    "OPEN_ONES",
    "WORDS",
    "card_form",
    "listing",
    "page_number",
    "still_open",
]

CARD = ":card"
"""Ends the value of what is pressed on a card: the card comes back after it."""

OPEN_ONES, LIBRARY = "open", "library"
WORDS, FOUND_ON = "words", "page"
"""The fields of a page: what to search for, and which page."""

_EXCERPT = 80
_NAME = 50
_MOST_STILL_OPEN = 5


def listing(view: BreakdownsView) -> Form:
    """A page of the open ones, or of the library: to open each, search, and turn the page."""
    which = LIBRARY if view.library else OPEN_ONES
    other = OPEN_ONES if view.library else LIBRARY
    label = "What is open" if view.library else "Library"
    body: list[Block | Field] = [Heading(f"{view.team.name}: {_headline(view)}")]
    for one in view.shown:
        body.append(Paragraph(_row(one, view)))
        body.append(Buttons((Button(f"Open {_name(one)}", BREAKDOWN_OPEN, one.id),)))
    if not view.found:
        body.append(Paragraph(line(_nothing(view))))
    ways = (
        Button(label, BREAKDOWNS_LIST, f"{view.team.id}:{other}"),
        Button("Log a breakdown", BREAKDOWN_NEW, ""),
    )
    body.append(Buttons(ways))
    body.append(
        Field(
            WORDS,
            "Search",
            FieldKind.SHORT_TEXT,
            hint="A word of what broke down, what happened, or what was learned.",
            optional=True,
            initial=view.words,
        )
    )
    body += _pages(view)
    return Form(
        "Breakdowns",
        tuple(body),
        route=BREAKDOWNS_LIST,
        reference=f"{view.team.id}:{which}",
        submit="Search",
    )


def page_number(chosen: str) -> int:
    """Which page `11 to 20` is, from 0 on; the first where it is none."""
    first = chosen.partition(" ")[0]
    return (int(first) - 1) // PAGE if first.isdecimal() and int(first) > 0 else 0


def card_form(view: BreakdownView, changes: Sequence[EntryChange], told: str = "") -> Form:
    """All of it, what one can do with it, and who changed what; above it what was `told`."""
    one, zone = view.breakdown, ZoneInfo(view.team.timezone)
    logged_on = one.logged_at.astimezone(zone).date()
    body: list[Block] = [Paragraph(line(Bold(told)))] if told else []
    body.append(
        Paragraph(
            (Bold(one.what), " · logged by ", Person(view.logged_by.user), f", {day(logged_on)}")
        )
    )
    body.append(Paragraph(need(one)))
    if one.closed_at is not None:
        on = day(one.closed_at.astimezone(zone).date())
        body.append(Paragraph(line(Bold("Done"), " · ", Person(one.closed_by), f", {on}")))
    body += _story(view)
    body.append(Buttons(tuple(_ways(one))))
    body += history(changes, zone)
    return Form("Breakdown", tuple(body))


def still_open(there: StillOpen) -> Iterator[Block]:
    """The weekly look: what is open, each with its owner and day; theirs can be opened."""
    shown = there.breakdowns[:_MOST_STILL_OPEN]
    if shown:
        yield Paragraph(line(Bold("Still open")))
    for one in shown:
        yield Paragraph((Bold(first_words(one.what, _EXCERPT)), *_owner_and_day(one)))
        if one.id in there.theirs:
            yield Buttons((Button(f"Done, or another day: {_name(one)}", BREAKDOWN_OPEN, one.id),))
    if left := len(there.breakdowns) - len(shown):
        yield Note(line(f"{left} more: /widelens breakdowns shows them all."))


def _headline(view: BreakdownsView) -> str:
    if view.words:
        return f"{view.found} found"
    return f"{view.found} closed" if view.library else f"{view.found} open"


def _nothing(view: BreakdownsView) -> str:
    if view.words:
        return "Nothing is found with these words. Fewer of them find more."
    if view.library:
        return "Nothing is closed yet. What is done comes here, with what was learned."
    return "Nothing is open."


def _row(one: Breakdown, view: BreakdownsView) -> Line:
    if one.closed_at is None:
        return (Bold(first_words(one.what, _EXCERPT)), *_owner_and_day(one))
    zone = ZoneInfo(view.team.timezone)
    on = one.closed_at.astimezone(zone).date()
    learned = f" · {first_words(one.learning, 2 * _EXCERPT)}" if one.learning else ""
    return line(Bold(first_words(one.what, _EXCERPT)), f" · done {on.day} {on:%B %Y}{learned}")


def _owner_and_day(one: Breakdown) -> Line:
    if one.owner is None or one.needed_by is None:
        return line(" · nobody has it yet")
    return line(" · ", Person(one.owner), f", by {day(one.needed_by)}")


def _name(one: Breakdown) -> str:
    return first_words(one.what, _NAME)


def _pages(view: BreakdownsView) -> Iterator[Field]:
    if view.pages == 1:
        return
    names = [
        f"{first + 1} to {min(first + PAGE, view.found)}" for first in range(0, view.found, PAGE)
    ][:100]
    initial = names[view.page] if view.page < len(names) else ""
    yield Field(
        FOUND_ON,
        "Which of them",
        FieldKind.CHOICE,
        initial=initial,
        choices=tuple(names),
        watched=True,
    )


def _story(view: BreakdownView) -> Iterator[Block]:
    one = view.breakdown
    if one.happened:
        yield Quote(one.happened)
    for question in view.practice.questions:
        if question.key in {"assumed", "learning"} and question.key in view.values:
            yield Note(line(f"{question.text} {view.values[question.key]}"))


def _ways(one: Breakdown) -> Iterator[Button]:
    value = f"{one.id}{CARD}"
    if one.closed_at is None:
        if one.settled_at is not None:
            yield Button("Done", BREAKDOWN_DONE, value, primary=True)
            yield Button("New day…", BREAKDOWN_DAY, value)
            yield Button("Give it to somebody…", BREAKDOWN_GIVE, value)
            yield Button("I need help…", BREAKDOWN_HELP, value)
    else:
        yield Button("Open it again…", BREAKDOWN_REOPEN, value)
    yield Button("Edit", BREAKDOWN_EDIT, value)
