"""The small forms about one breakdown: what was learned, another day, whose it is, what helps."""

from dataclasses import replace

from coaching.use_cases.close_breakdown import HELP_FIELD, WHY, questions_of
from coaching.use_cases.learn_from_breakdown import BreakdownView
from conversation.compose.breakdown import need
from conversation.compose.forms import field
from conversation.messages import Field, FieldKind, Form, Note, Paragraph, line
from conversation.routes import (
    BREAKDOWN_DAY,
    BREAKDOWN_EDIT,
    BREAKDOWN_GIVE,
    BREAKDOWN_HELP,
    BREAKDOWN_LEARN,
    BREAKDOWN_REOPEN,
)

__all__ = [
    "day_form",
    "edit_form",
    "give_form",
    "help_form",
    "learn_form",
    "reopen_form",
]

_NEED = ("needed_now", "owner", "by")


def learn_form(view: BreakdownView, reference: str) -> Form:
    """It is done: what was learned, for whoever wants to say."""
    return Form(
        title="Done",
        body=(
            Paragraph(line("Kept as done. If you have another minute, for those who come after:")),
            *_fields(view, "learning"),
            Note(line("It goes into your team's library of breakdowns, where it can be searched.")),
        ),
        route=BREAKDOWN_LEARN,
        reference=reference,
        cancel="Not now",
    )


def day_form(view: BreakdownView, reference: str) -> Form:
    """Another day, and why."""
    why = Field(WHY, "What is in the way?", FieldKind.SHORT_TEXT, optional=True)
    return Form(
        title="Another day",
        body=(Paragraph(need(view.breakdown)), *_fields(view, "by", required=True), why),
        route=BREAKDOWN_DAY,
        reference=reference,
    )


def give_form(view: BreakdownView, reference: str) -> Form:
    """To somebody else, by the same day or another."""
    return Form(
        title="Who takes it?",
        body=(Paragraph(need(view.breakdown)), *_fields(view, "owner", "by", required=True)),
        route=BREAKDOWN_GIVE,
        reference=reference,
    )


def help_form(view: BreakdownView, reference: str, *, lead: bool) -> Form:
    """What would help, in their own words; `lead`: whether it goes to the lead, or to the coach."""
    reader = "lead" if lead else "coach"
    return Form(
        title="What would help?",
        body=(
            Paragraph(need(view.breakdown)),
            Field(
                HELP_FIELD,
                "What would help?",
                FieldKind.LONG_TEXT,
                hint="A decision, a person, time: one line is enough.",
            ),
            Note(line(f"It goes to your team's {reader}, in your words and with your name.")),
        ),
        route=BREAKDOWN_HELP,
        reference=reference,
    )


def edit_form(view: BreakdownView, reference: str) -> Form:
    """All of it, to put in other words."""
    keys = [one.key for one in view.practice.questions]
    return Form("Edit", tuple(_fields(view, *keys)), route=BREAKDOWN_EDIT, reference=reference)


def reopen_form(view: BreakdownView, reference: str) -> Form:
    """It was not done after all: what it needs now."""
    return Form(
        title="What's needed now?",
        body=tuple(_fields(view, *_NEED, required=True, but="by")),
        route=BREAKDOWN_REOPEN,
        reference=reference,
    )


def _fields(view: BreakdownView, *keys: str, required: bool = False, but: str = "") -> list[Field]:
    started = {key: value for key, value in view.values.items() if key != but}
    asked = (
        replace(one, optional=one.optional and not required) for one in questions_of(view, *keys)
    )
    return [field(one.key, one, started) for one in asked]
