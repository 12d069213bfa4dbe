"""A team's register of voices, page by page; and what of it stands on a home."""

from collections.abc import Iterator, Sequence

from coaching.team import Team
from coaching.use_cases.see_voices import ON_A_PAGE, VoicesView, VoiceView
from coaching.voice import Voice, VoiceState
from conversation.compose.phrases import day, first_words
from conversation.compose.voice_card import how_it_stands
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Italic,
    Line,
    Note,
    Paragraph,
    Person,
    Span,
    line,
)
from conversation.routes import VOICE_OPEN, VOICES_PAGE, VOICES_SHOW

__all__ = ["SOUGHT", "TITLE", "promised", "register_form", "voices_part"]

TITLE = "Voices heard"
SOUGHT = "sought"
"""The field for what is looked for."""

_EXCERPT = 160
_LABEL = 75
_NAMED = 40
_LONGEST_SOUGHT = 60


def register_form(view: VoicesView) -> Form:
    """A page: what is open first, then the latest heard; and a field to look for one."""
    body: list[Block | Field] = [Paragraph(line(_count(view)))]
    for one in view.voices:
        body += [Paragraph(_entry(one)), Buttons((_open(one),))]
    if buttons := tuple(_paging(view)):
        body.append(Buttons(buttons))
    body.append(
        Field(
            SOUGHT,
            "Look for",
            FieldKind.SHORT_TEXT,
            hint="Words of a voice, of whom it was, or of what it is to change. Empty: all.",
            optional=True,
            initial=view.sought,
        )
    )
    body.append(Note(line("/widelens heard tells of another one.")))
    return Form(TITLE, tuple(body), route=VOICES_SHOW, reference=view.team.id, submit="Look")


def promised(voices: Sequence[Voice], most: int) -> tuple[list[Line], list[Button]]:
    """For a home: what somebody is to bring about, a line and a button each."""
    lines = [
        line(
            Bold(first_words(one.decision, _EXCERPT)),
            f": somebody beyond you asked for it{f', by {day(one.by)}' if one.by else ''}",
        )
        for one in voices[:most]
    ]
    buttons = [
        Button(f"Open {first_words(one.decision, _NAMED)}"[:_LABEL], VOICE_OPEN, one.id)
        for one in voices[:most]
    ]
    return lines, buttons


def voices_part(team: Team, count: int) -> Iterator[Block]:
    """For the home of lead and coach: how many are open, and the way to them."""
    if not count:
        return
    one = "1 voice asks for a decision that is open."
    many = f"{count} voices ask for decisions that are open."
    yield Paragraph(line(one if count == 1 else many))
    label = f"Open the voices of {team.name}"[:_LABEL]
    yield Buttons((Button(label, VOICES_PAGE, f"{team.id}:home:"),))


def _count(view: VoicesView) -> str:
    if view.sought:
        these = "1 voice has" if view.found == 1 else f"{view.found} voices have"
        return f"{view.team.name}: {these} “{first_words(view.sought, _LONGEST_SOUGHT)}”."
    if not view.found:
        return f"{view.team.name} has told of no voice yet. What did a customer say last?"
    voices = "1 voice" if view.found == 1 else f"{view.found} voices"
    opened = f", {view.all_open} to change a decision" if view.all_open else ""
    return f"{view.team.name}: {voices}{opened}."


def _entry(view: VoiceView) -> Line:
    voice = view.voice
    words = first_words(voice.words, _EXCERPT)
    whom = f"{view.whom}: " if view.whom else ""
    by: tuple[Span, ...] = (
        " · ",
        Person(view.heard_by.user),
        f", {day(view.heard_on)} {view.heard_on.year}",
    )
    if not voice.decision:
        return (Italic(f"{whom}{words}"), *by)
    decision = Bold(first_words(voice.decision, _EXCERPT))
    if voice.state is VoiceState.OPEN:
        return (decision, " · ", *how_it_stands(view)[1:], " · ", Italic(f"{whom}{words}"))
    return (decision, " · ", *how_it_stands(view), " · ", Italic(f"{whom}{words}"), *by)


def _open(view: VoiceView) -> Button:
    about = first_words(view.voice.decision or view.voice.words, _NAMED)
    return Button(f"Open {about}"[:_LABEL], VOICE_OPEN, view.voice.id)


def _paging(view: VoicesView) -> Iterator[Button]:
    sought = view.sought[:_LONGEST_SOUGHT]
    if view.start > 0:
        first = max(0, view.start - ON_A_PAGE)
        yield Button("Back", VOICES_PAGE, f"{view.team.id}:{first}:{sought}")
    if (after := view.start + ON_A_PAGE) < view.found:
        label = f"More ({view.found - after} left)"
        yield Button(label, VOICES_PAGE, f"{view.team.id}:{after}:{sought}")
