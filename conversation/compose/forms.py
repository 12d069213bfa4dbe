"""The form of a sitting, step by step, and a form that only says something."""

from collections.abc import Mapping

from coaching.answer import Value
from coaching.practice import Question
from coaching.use_cases.answer_prompt import Asked, SittingView, field_id
from conversation.compose.phrases import bold_list
from conversation.messages import Block, Field, FieldKind, Form, Heading, Note, Paragraph, line
from conversation.routes import SITTING_ANSWER, SITTING_MORE

__all__ = ["field", "more_form", "sitting_form", "word_form"]

_LONGEST_TITLE = 24


def sitting_form(view: SittingView) -> Form:
    """The questions of a sitting, with what was answered before."""
    names = [asked.round.practice.name for asked in view.asked]
    title = names[0] if len(names) == 1 and len(names[0]) <= _LONGEST_TITLE else "Your questions"
    body: list[Block | Field] = []
    for asked in view.asked:
        if len(names) > 1:
            body.append(Heading(asked.round.practice.name))
        body += _fields(asked, asked.now)
    body.append(Note(line(f"{view.team.name} sees this with your name when the round closes.")))
    return Form(title, tuple(body), route=SITTING_ANSWER, reference=view.sitting.id)


def more_form(view: SittingView) -> Form | None:
    """The second step, where what was answered has one."""
    fields = [part for asked in view.asked for part in _fields(asked, asked.later)]
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


def word_form(title: str, sentence: str) -> Form:
    """A form with nothing to fill in: a sentence that must be seen."""
    return Form(title=title, body=(Paragraph(line(sentence)),))


def field(field_id: str, question: Question, values: Mapping[str, Value]) -> Field:
    """The field that asks a question, starting from a value where there is one."""
    return Field(
        id=field_id,
        label=question.text,
        kind=FieldKind(question.type.value),
        hint=question.hint,
        optional=question.optional,
        initial=str(values.get(question.key, "")),
        low=question.scale.low if question.scale else "",
        high=question.scale.high if question.scale else "",
    )


def _fields(asked: Asked, questions: tuple[Question, ...]) -> list[Field]:
    values = asked.answer.values if asked.answer else {}
    return [field(field_id(asked.round.id, one.key), one, values) for one in questions]
