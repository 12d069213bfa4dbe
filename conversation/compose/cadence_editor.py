"""The editor of a cadence: few choices, above them what they come to, and what others changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time

from coaching.cadence import DIGEST, Cadence, WallClock
from coaching.cadence_choices import (
    AT,
    CLOCK,
    CLOCKS,
    OFTEN,
    ON,
    PLACE,
    SINCE,
    Often,
    Place,
    as_it_is,
    hours,
    rule_in_words,
)
from coaching.opened_cadence import as_reference
from coaching.rhythm import in_words
from coaching.slot import WEEKDAYS
from coaching.team import Team
from coaching.use_cases.edit_cadence import PRACTICE, Editor, Saved
from coaching.use_cases.stop_cadence import Stopping
from conversation.compose.coming_dates import dates_said, how_many
from conversation.compose.phrases import day_seen_from, minutes
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Line,
    Note,
    Paragraph,
    Person,
    line,
)
from conversation.routes import CADENCE_SAVE, CADENCE_STOP, CADENCE_STOPPED

__all__ = ["MOST_SHOWN", "PAUSE", "STOP", "WHAT", "editor_form", "saved", "stop_form", "stopped"]

WHAT = "what"
STOP = "Stop asking it"
PAUSE = "Pause it, until somebody lets it go on"
"""What can be chosen where somebody is about to stop something."""

MOST_SHOWN = 100
"""Choices of a field; where there are more, they are looked for as one types."""

_LABEL = 75


def editor_form(editor: Editor, *, sent: bool = False) -> Form:
    """The form, with what its choices come to. `sent`: nothing was kept yet, and it says why."""
    body: list[Block | Field] = [*_meanwhile(editor)]
    if sent and editor.unseen:
        body.append(Paragraph(line(Bold("There is one more choice now."), _LOOK)))
    if editor.there is None:
        body.append(_practice(editor))
    body += _about(editor)
    body += _foreseen(editor)
    body += (_field(one, editor) for one in editor.shown)
    if editor.there is not None and editor.there.practice != DIGEST:
        value = f"{editor.team.id}:{editor.there.id}"
        body.append(Buttons((Button(f"Stop asking {editor.name}…"[:_LABEL], CADENCE_STOP, value),)))
    return Form(
        "Change when I ask" if editor.there else "Add a practice",
        tuple(body),
        route=CADENCE_SAVE,
        reference=as_reference(editor.opened),
        submit="Save" if editor.there else "Add",
    )


_LOOK = " Look at the dates once more; then save."


def saved(kept: Saved) -> str:
    """What saving came to, in a sentence or two."""
    if not kept.changed:
        return f"{kept.name} stays as it was."
    verb = "is now asked" if kept.new else "now comes"
    said = f"{kept.name} {verb} {_within(_rhythm(kept.cadence, kept.team))}"
    first = kept.dates.first
    if first is None:
        return f"{said}; none of its next days comes."
    return f"{said}, next on {day_seen_from(kept.today, first.hour.day)}."


def stop_form(stopping: Stopping, value: str) -> Form:
    """Before something is stopped: what stays, and a pause as another way. `value`: its ids."""
    then = "nothing more of it comes"
    if stopping.pack:
        then = f"it has no days of its own; {stopping.pack} asks it again, in its turn"
    stays = "What was answered stays with your team."
    if stopping.open:
        stays = f"The round that is open takes answers until it closes. {stays}"
    choices = (STOP,) if stopping.paused else (STOP, PAUSE)
    return Form(
        "Stop asking this?",
        (
            Paragraph(line(Bold(stopping.name), f", in {stopping.team.name}.")),
            Paragraph(line(f"Once stopped, {then}. {stays}")),
            Field(WHAT, "What shall I do?", FieldKind.CHOICE, choices=choices),
        ),
        route=CADENCE_STOPPED,
        reference=value,
        submit="Do it",
        cancel="Leave it as it is",
    )


def stopped(stopping: Stopping) -> str:
    """What stopping came to."""
    if stopping.pack:
        return f"{stopping.name} has no days of its own any more. {stopping.pack} asks it again."
    if stopping.open:
        return f"{stopping.name} is no longer asked. The round that is open still takes answers."
    return f"{stopping.name} is no longer asked. You can add it again at any time."


def _practice(editor: Editor) -> Field:
    """What can be added: to choose from, or to look for where it is more than a menu holds."""
    names, chosen = tuple(editor.offered.values()), editor.offered.get(editor.key, "")
    field = _choice(PRACTICE, "What shall I ask?", names, chosen)
    return field if len(names) <= MOST_SHOWN else replace(field, choices=(), sought=True)


def _meanwhile(editor: Editor) -> Iterator[Block]:
    """What somebody else has changed since the form opened."""
    there, taken = editor.there, editor.taken
    if editor.overtaken is not None and there is not None:
        who = _who(there, "changed this while your form was open")
        was = _rhythm_of(editor.opened.rrule, editor.opened.at, editor.team)
        said = f": it came {_within(was)}, and now comes " if was else ": it now comes "
        first = editor.overtaken.first
        ahead = f", next on {day_seen_from(editor.today, first.hour.day)}" if first else ""
        now = f"{_within(_rhythm(there, editor.team))}{ahead}"
        yield Paragraph((*who, f"{said}{now}. Save puts yours in its place; or close this."))
    if taken is not None:
        who = _who(taken, "added this while your form was open")
        now = _within(_rhythm(taken, editor.team))
        yield Paragraph((*who, f": it comes {now}. Choose another, or change that on your home."))


def _who(cadence: Cadence, did: str) -> Line:
    if cadence.changed_by:
        return (Person(cadence.changed_by), f" {did}")
    return (f"Somebody {did}",)


def _about(editor: Editor) -> Iterator[Block]:
    practice = editor.practice
    if editor.there is not None:
        yield Paragraph(line(Bold(editor.name), f", in {editor.team.name}"))
    elif practice is not None:
        yield Note(line(f"{minutes(practice.minutes).capitalize()} each time. {practice.why}"))


def _foreseen(editor: Editor) -> Iterator[Block]:
    """The dates; or why there are none."""
    if editor.wanted is None or editor.dates is None:
        yield from (Paragraph(line(Bold(one))) for one in dict.fromkeys(editor.problems.values()))
        return
    rhythm = _rhythm(editor.wanted, editor.team)
    yield Paragraph(line(Bold(f"{rhythm[:1].upper()}{rhythm[1:]}"), how_many(editor.dates)))
    lines = list(dates_said(editor.dates, editor.today))
    if lines:
        yield Bullets(tuple(line(one) for one in lines))
    yield Note(line(" ".join(_notes(editor, editor.wanted))))


def _notes(editor: Editor, wanted: Cadence) -> Iterator[str]:
    yield f"On the team's clock, {editor.team.timezone}."
    if wanted.at is None:
        yield "Where a sitting is full, it moves to the next."
    if editor.team.paused:
        yield f"{editor.team.name} is paused: until it goes on, none of these comes."
    elif wanted.paused:
        yield "It is paused: until it goes on, none of these comes."


def _rhythm(cadence: Cadence, team: Team) -> str:
    clock = ""
    if cadence.at is not None and cadence.clock is WallClock.TEAM and cadence.practice != DIGEST:
        clock = ", on the team's clock"
    return f"{_rhythm_of(cadence.rrule, cadence.at, team)}{clock}"


def _rhythm_of(rule: str, at: time | None, team: Team) -> str:
    """`every second Tuesday at 10:00`; "" where the rule is not known."""
    if not rule:
        return ""
    if at is not None:
        return in_words(rule, at)
    return f"{rule_in_words(rule)}, in the team's sitting ({team.slot})"


def _within(rhythm: str) -> str:
    """A rhythm within a sentence: `on the first Tuesday of each month at 10:00`."""
    return rhythm if rhythm.startswith(("every ", "on ")) else f"on the {rhythm}"


def _field(field: str, editor: Editor) -> Field:
    value, team = editor.values[field], editor.team
    if field == OFTEN:
        mine = as_it_is(editor.there, team) if editor.there else ""
        return _choice(OFTEN, "How often?", (*filter(None, (mine,)), *Often), value)
    if field == AT:
        at = editor.there.at if editor.there else None
        return _choice(AT, "At which hour?", hours(team, editor.key, at), value)
    if field == PLACE:
        return _choice(PLACE, "Which one of the month?", tuple(Place), value)
    if field == ON:
        return _choice(ON, "On which weekday?", WEEKDAYS, value)
    if field == CLOCK:
        hint = f"The team's clock is {team.timezone}."
        return _choice(CLOCK, "By whose clock?", tuple(CLOCKS.values()), value, hint)
    hint = "It comes first on this day, or the next that fits."
    return Field(SINCE, "From which day on?", FieldKind.DATE, hint, initial=value, watched=True)


def _choice(field: str, label: str, choices: Sequence[str], value: str, hint: str = "") -> Field:
    return Field(
        field,
        label,
        FieldKind.CHOICE,
        hint,
        initial=str(value) if value in choices else "",
        choices=tuple(str(one) for one in choices),
        watched=True,
    )
