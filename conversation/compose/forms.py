"""The form of a sitting, step by step, and a form that only says something."""

from collections.abc import Mapping, Sequence

from coaching.answer import MOST_CHARACTERS, Value, as_text
from coaching.practice import Feeds, Question, QuestionType, Visibility
from coaching.use_cases.see_sitting import Asked, SittingView, field_id
from conversation.compose.phrases import bold_list
from conversation.compose.who_sees import in_form
from conversation.messages import (
    Block,
    Bold,
    Field,
    FieldKind,
    Form,
    Heading,
    Note,
    Paragraph,
    line,
)
from conversation.routes import SITTING_ANSWER, SITTING_MORE

__all__ = [
    "Known",
    "field",
    "more_fields",
    "more_form",
    "our_purpose",
    "sitting_form",
    "word_form",
]

_LONGEST_TITLE = 24

Known = Mapping[QuestionType, Sequence[str]]
"""The names that a team has so far, of stakeholders and of decisions."""

_NOTHING_KNOWN: Known = {}
_NOTHING_ABOVE: Mapping[Feeds, Sequence[Block]] = {}

_ANOTHER = {
    QuestionType.STAKEHOLDERS: "Somebody else? One name a line",
    QuestionType.DECISION: "Or a new one",
}
"""Asks for a name that is not among the known ones."""

_FOR_YOU_ALONE = "Kept for you alone."


def sitting_form(
    view: SittingView,
    known: Known = _NOTHING_KNOWN,
    above: Mapping[Feeds, Sequence[Block]] = _NOTHING_ABOVE,
) -> Form:
    """The questions of a sitting, with what was answered before.

    `above`: what stands above the questions of what feeds this.
    """
    names = [asked.round.practice.name for asked in view.asked]
    title = names[0] if len(names) == 1 and len(names[0]) <= _LONGEST_TITLE else "Your questions"
    body: list[Block | Field] = []
    for asked, following in zip(view.asked, (*view.asked[1:], None), strict=True):
        practice = asked.round.practice
        if len(names) > 1:
            body.append(Heading(practice.name))
        if view.purpose and practice.shows_purpose:
            body.append(our_purpose(view.purpose))
        body += above.get(practice.feeds, ()) if practice.feeds else ()
        body += _fields(asked, asked.now, known)
        if following is None or _seen_by(following) != _seen_by(asked):
            told = in_form(view.team.name, practice, view.threshold, late=asked.late)
            body += [Note(one) for one in told]
    return Form(title, tuple(body), route=SITTING_ANSWER, reference=view.sitting.id)


def _seen_by(asked: Asked) -> tuple[Visibility, bool]:
    return asked.round.practice.visibility, asked.late


def more_form(view: SittingView, known: Known = _NOTHING_KNOWN) -> Form | None:
    """The second step, where what was answered has one."""
    fields = more_fields(view, known)
    if not fields:
        return None
    names = bold_list([asked.round.practice.name for asked in view.asked if asked.later])
    return Form(
        title="A little more",
        body=(Paragraph(("Kept. If you have another minute for ", *names, ":")), *fields),
        route=SITTING_MORE,
        reference=view.sitting.id,
        cancel="Not now",
    )


def more_fields(view: SittingView, known: Known = _NOTHING_KNOWN) -> list[Field]:
    """What the second step asks, given what was answered; nothing where there is none."""
    return [part for asked in view.asked for part in _fields(asked, asked.later, known)]


def our_purpose(sentence: str) -> Block:
    """The team's purpose, above what leans on it."""
    return Note(line(Bold("Our purpose: "), sentence))


def word_form(title: str, sentence: str) -> Form:
    """A form with nothing to fill in: a sentence that must be seen."""
    return Form(title=title, body=(Paragraph(line(sentence)),))


def field(
    field_id: str,
    question: Question,
    values: Mapping[str, Value],
    known: Known = _NOTHING_KNOWN,
) -> Field:
    """The field that asks a question, starting from a value where there is one.

    `known`: a name that the team has can be chosen, where the question is for names.
    """
    names = _one_line_each(known.get(question.type, ()))
    return Field(
        id=field_id,
        label=question.text,
        kind=FieldKind(question.type.value),
        hint=_hint(question, names),
        optional=question.optional,
        initial=as_text(values.get(question.key, "")),
        low=question.scale.low if question.scale else "",
        high=question.scale.high if question.scale else "",
        choices=question.choices or names,
        another=_ANOTHER.get(question.type, "") if names else "",
        least=question.least if question.type is QuestionType.NUMBER else None,
        most=question.most if question.type is QuestionType.NUMBER else None,
    )


def _fields(asked: Asked, questions: tuple[Question, ...], known: Known) -> list[Field]:
    start = asked.starting
    return [field(field_id(asked.round.id, one.key), one, start, known) for one in questions]


def _one_line_each(names: Sequence[str]) -> tuple[str, ...]:
    """The names, none empty, none twice: a value is a line for each."""
    lines = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line))


def _hint(question: Question, names: Sequence[str]) -> str:
    """The question's own small print, and what its field does not say by itself."""
    alone = _FOR_YOU_ALONE if question.private else ""
    return " ".join(filter(None, (question.hint, _manner(question, names), alone)))


def _manner(question: Question, names: Sequence[str]) -> str:
    match question.type:
        case QuestionType.STATEMENT:
            return f"One sentence, at most {MOST_CHARACTERS[question.type]} characters."
        case QuestionType.STAKEHOLDERS if not names:
            return "One name a line."
        case QuestionType.STAKEHOLDERS | QuestionType.DECISION if names and not question.optional:
            return "Choose here or write below; one of the two is enough."
        case _:
            return ""
