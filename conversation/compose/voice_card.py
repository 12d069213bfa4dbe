"""One voice of the register: what was said, what it is to change, what came of it; its forms."""

from collections.abc import Iterator
from datetime import date

from coaching.entry_change import EntryChange
from coaching.practice import QuestionType
from coaching.use_cases.edit_voice import VoiceEdit
from coaching.use_cases.entry_changes import OWNER
from coaching.use_cases.see_voices import VoiceView
from coaching.use_cases.settle_voice import DAY, WHY
from coaching.voice import VoiceState
from conversation.compose.forms import field, word_form
from conversation.compose.phrases import day, day_seen_from, first_words
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Line,
    Note,
    Paragraph,
    Person,
    Quote,
    Span,
    line,
)
from conversation.routes import (
    VOICE_CHANGED,
    VOICE_DAY,
    VOICE_EDIT,
    VOICE_REOPEN,
    VOICE_STANDS,
    VOICE_TOLD,
)

__all__ = [
    "TAKEN_BACK",
    "card_form",
    "day_form",
    "edit_form",
    "how_it_stands",
    "settling",
    "stands_form",
    "taken_back_form",
    "telling",
    "who_heard",
]

TAKEN_BACK = "This voice was taken back by who told it. There is nothing more to do."
_TITLE = "A voice heard"
_MOST_CHANGES = 8
_EXCERPT = 120
_CARD = "card"


def card_form(view: VoiceView) -> Form:
    """The voice to read, with a button for all that its reader may do about it."""
    voice = view.voice
    body: list[Block] = [Paragraph(who_heard(view)), Quote(voice.words)]
    if voice.decision:
        body.append(Paragraph(line(Bold("It is to change: "), voice.decision)))
        body.append(Paragraph(how_it_stands(view)))
        if voice.why:
            body.append(Note(line("Why it stands: ", voice.why)))
    if buttons := tuple(_buttons(view)):
        body.append(Buttons(buttons))
    body += [Note(_change(one)) for one in view.changes[:_MOST_CHANGES]]
    return Form(_TITLE, tuple(body))


def edit_form(edit: VoiceEdit) -> Form:
    """The voice as it stands, to be told anew."""
    known = {QuestionType.STAKEHOLDERS: edit.known}
    fields = (field(one.key, one, edit.values, known) for one in edit.questions)
    mine = "Without words the voice is taken back: it is then in no register."
    theirs = "The words stay as they are: they are changed by who heard them."
    return Form(
        _TITLE,
        (*fields, Note(line(mine if edit.view.is_theirs else theirs))),
        route=VOICE_EDIT,
        reference=edit.view.voice.id,
    )


def stands_form(view: VoiceView) -> Form:
    """Why does the decision stand?"""
    ask = Field(
        WHY,
        "Why does it stand?",
        FieldKind.SHORT_TEXT,
        hint="What would you tell them? Your team reads it with the voice.",
        initial=view.voice.why,
    )
    return Form("It stands", (_about(view), ask), route=VOICE_STANDS, reference=view.voice.id)


def day_form(view: VoiceView) -> Form:
    """Until when does it need?"""
    ask = Field(DAY, "By when?", FieldKind.DATE, hint="I ask on that day, and not before.")
    return Form("Another day", (_about(view), ask), route=VOICE_DAY, reference=view.voice.id)


def taken_back_form() -> Form:
    """That nothing of it is left."""
    return word_form(_TITLE, "Taken back: it is in no register any more, and I ask nothing of it.")


def who_heard(view: VoiceView) -> Line:
    """`Ward nurses, heard by Ben, Tuesday 13 October`."""
    whom: tuple[Span, ...] = (Bold(view.whom), ", heard by ") if view.whom else ("Heard by ",)
    by: Span = "you" if view.is_theirs else Person(view.heard_by.user)
    return (*whom, by, f", {day(view.heard_on)}")


def how_it_stands(view: VoiceView) -> Line:
    """Whose it is and by when; or what came of it, and whether they know."""
    voice = view.voice
    if voice.state is VoiceState.OPEN:
        owner: Span = Person(voice.owner) if voice.owner else "nobody has it yet"
        by = f", by {day_seen_from(view.heard_on, voice.by)}" if voice.by else ", without a day"
        return line("Open · ", owner, by)
    became = "It changed" if voice.state is VoiceState.CHANGED else "It stands"
    if voice.told:
        return line(f"{became} · they were told")
    again = f"; I ask once more on {day(view.asked_next_on)}" if view.asked_next_on else ""
    return line(f"{became} · they were not told yet{again}")


def settling(view: VoiceView, where: str = "") -> tuple[Button, ...]:
    """What may have come of an open decision."""
    voice = view.voice.id
    return (
        Button("It changed", VOICE_CHANGED, f"{voice}{where}", primary=True),
        Button("It stands…", VOICE_STANDS, voice),
        Button("New day…", VOICE_DAY, voice),
    )


def telling(view: VoiceView, where: str = "") -> tuple[Button, ...]:
    """Whether they know what came of it."""
    voice = view.voice
    yes = Button("They were told", VOICE_TOLD, f"{voice.id}:yes{where}", primary=True)
    no = Button("Not yet", VOICE_TOLD, f"{voice.id}:no{where}")
    return (yes, no) if voice.told is None else (yes,)


def _buttons(view: VoiceView) -> Iterator[Button]:
    where = f":{_CARD}"
    if view.may_settle:
        if view.voice.state is VoiceState.OPEN:
            yield from settling(view, where)
        else:
            if not view.voice.told:
                yield from telling(view, where)
            yield Button("Open again", VOICE_REOPEN, f"{view.voice.id}{where}")
    if view.may_edit:
        yield Button("Edit", VOICE_EDIT, view.voice.id)


def _about(view: VoiceView) -> Paragraph:
    return Paragraph(line(Bold(first_words(view.voice.decision, _EXCERPT))))


def _change(change: EntryChange) -> Line:
    on: date = change.at.date()
    if change.what.startswith(OWNER):
        owner = Person(change.what.removeprefix(OWNER))
        return line(f"{day(on)} · ", Person(change.by), " · who brings it about: ", owner)
    return line(f"{day(on)} · ", Person(change.by), f" · {change.what}")
