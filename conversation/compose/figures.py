"""What answers come to in figures, without names."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from coaching.answer import Answer, Value
from coaching.practice import Question, QuestionType
from conversation.compose.phrases import and_list
from conversation.messages import Bold, Line, line

__all__ = ["figures", "is_figure", "named_often"]

_ENOUGH_FOR_A_MEAN = 3


def is_figure(question: Question) -> bool:
    """Whether its answers are told in figures rather than one by one."""
    return question.type in _IN_FIGURES


def figures(questions: Iterable[Question], answers: Sequence[Answer]) -> list[Line]:
    """A line for each question that comes to figures and was answered, in order."""
    told = ((question, values_of(question, answers)) for question in questions)
    return [
        line(f"{question.text} ", Bold(_IN_FIGURES[question.type](values)), _meaning(question))
        for question, values in told
        if values and is_figure(question)
    ]


def named_often(questions: Iterable[Question], answers: Sequence[Answer]) -> list[Line]:
    """Stakeholders whom two answers or more name: a name that stands alone is somebody's words."""
    lines: list[Line] = []
    for question in questions:
        if question.type is not QuestionType.STAKEHOLDERS:
            continue
        names = [name for value in values_of(question, answers) for name in _several(value)]
        spelled = {name.casefold(): name for name in reversed(names)}
        often = [(key, n) for key, n in Counter(map(str.casefold, names)).most_common() if n > 1]
        if often:
            counts = and_list(
                [f"{spelled[key]} ({n} times)" for key, n in sorted(often, key=_most)]
            )
            lines.append(line(f"{question.text} ", Bold(counts)))
    return lines


def values_of(question: Question, answers: Iterable[Answer]) -> list[Value]:
    """What was given to one question."""
    return [answer.values[question.key] for answer in answers if question.key in answer.values]


def _most(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _several(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _meaning(question: Question) -> str:
    return f" (5: {question.scale.high.lower()})" if question.scale else ""


def _scale(values: Sequence[Value]) -> str:
    if len(values) < _ENOUGH_FOR_A_MEAN:
        return f"{_sorted(values)} of 5"
    return f"{_mean(values)} of 5 on average, from {len(values)} answers"


def _number(values: Sequence[Value]) -> str:
    if len(values) < _ENOUGH_FOR_A_MEAN:
        return _sorted(values)
    return f"{_mean(values)} on average, from {len(values)} answers"


def _counts(values: Sequence[Value]) -> str:
    """How often each choice was made, the most frequent first."""
    counted = Counter(choice for value in values for choice in _several(value))
    return ", ".join(f"{choice}: {n}" for choice, n in sorted(counted.items(), key=_most))


def _sorted(values: Iterable[Value]) -> str:
    """In order of size, so that the order tells nothing."""
    return and_list([f"{figure:,}" for figure in sorted(map(_figure, values))])


def _mean(values: Sequence[Value]) -> str:
    return f"{sum(map(_figure, values)) / len(values):,.1f}".removesuffix(".0")


def _figure(value: Value) -> int:
    return value if isinstance(value, int) else 0


_IN_FIGURES: dict[QuestionType, Callable[[Sequence[Value]], str]] = {
    QuestionType.SCALE: _scale,
    QuestionType.NUMBER: _number,
    QuestionType.CHOICE: _counts,
    QuestionType.MULTI_CHOICE: _counts,
}
