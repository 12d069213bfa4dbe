"""What a practice's shape cannot say: where its file is wrong, and a sentence with the mend."""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from coaching.practice import (
    LEAST,
    MOST,
    YEAR,
    Audience,
    Feeds,
    Practice,
    Question,
    QuestionType,
    Visibility,
)
from coaching.yaml_text import Path

__all__ = ["problems_in", "problems_over"]

Problem = tuple[Path, str]

_MOST_REQUIRED = 3
_FIGURES = ("1", "2", "3", "4", "5")


def problems_in(practice: Practice) -> Iterator[Problem]:
    """Everything that is wrong with a practice whose shape is right."""
    yield from _practice(practice)
    for at, question in enumerate(practice.questions):
        path = ("questions", at)
        for field, sentence in chain(
            *(rule(question) for rule in _OF_A_QUESTION), _when(practice, at)
        ):
            yield (*path, field), sentence
        for field, sentence in _promises(practice, question):
            yield (*path, field), sentence


def problems_over(packaged: Practice, own: Practice) -> Iterator[Problem]:
    """What is wrong with `own` as another wording of a practice that comes with Widelens."""
    if own.feeds is not packaged.feeds:
        mend = f"say `feeds: {packaged.feeds}`" if packaged.feeds else "leave `feeds` out"
        yield ("feeds",), f"`{own.key}` in other words sets the same in motion; {mend}"
    if own.visibility.shows_more_than(packaged.visibility):
        yield (
            ("visibility",),
            f"`{own.key}` is {packaged.visibility}, and other words can't show more of an answer"
            f" than people know it for; say {packaged.visibility}, or give it a key of its own",
        )


def _practice(practice: Practice) -> Iterator[Problem]:
    keys = [question.key for question in practice.questions]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            yield ("questions", at, "key"), f"`{key}` stands here a second time; keep one"
    required = [at for at, question in enumerate(practice.questions) if not question.optional]
    if len(required) > _MOST_REQUIRED:
        sentence = (
            "at most three questions are required, since a sitting takes three minutes;"
            " say `optional: true` here"
        )
        yield ("questions", required[_MOST_REQUIRED]), sentence
    if all(question.later for question in practice.questions):
        yield ("questions",), "the first step asks nothing; one question is not `later`"
    if practice.visibility is Visibility.ANONYMOUS and practice.audience is not Audience.EVERYONE:
        sentence = "so few have no crowd to hide in; what is anonymous asks everyone"
        yield ("audience",), sentence
    if len(set(practice.leans_on)) < len(practice.leans_on):
        yield ("leans_on",), "something stands here a second time; keep one"
    if practice.feeds is not None:
        yield from _feeds(practice, practice.feeds)


def _feeds(practice: Practice, feeds: Feeds) -> Iterator[Problem]:
    asked = {question.key: question.type for question in practice.questions}
    for key, kind in feeds.questions.items():
        if asked.get(key) is not kind:
            yield ("feeds",), f"what feeds {feeds} asks a {kind} question `{key}`; add it"
    if not practice.visibility.named:
        sentence = f"what feeds {feeds} is shown with names; say attributed or at_close"
        yield ("visibility",), sentence


def _choices(question: Question) -> Iterator[tuple[str, str]]:
    if not question.type.is_chosen:
        if question.choices:
            yield "choices", f"a {question.type} question has no `choices`; delete them"
        return
    if len(question.choices) < 2:
        yield "choices", "a question to choose from lists two `choices` or more"
    names = [choice.casefold() for choice in question.choices]
    for choice, name in zip(question.choices, names, strict=True):
        if choice != " ".join(choice.split()):
            yield "choices", "a choice is one line, without space at its ends or twice within"
        elif names.count(name) > 1:
            yield "choices", f'"{choice}" stands among them a second time; keep one'
            break


def _scale(question: Question) -> Iterator[tuple[str, str]]:
    if question.type is QuestionType.SCALE and question.scale is None:
        yield "scale", "a scale says what 1 and 5 mean; add `scale: {low: …, high: …}`"
    if question.type is not QuestionType.SCALE and question.scale is not None:
        yield "scale", f"a {question.type} question has no `scale`; delete it"


def _bounds(question: Question) -> Iterator[tuple[str, str]]:
    if question.type is not QuestionType.NUMBER:
        for field, value, default in (
            ("least", question.least, LEAST),
            ("most", question.most, MOST),
        ):
            if value != default:
                yield field, f"a {question.type} question has no `{field}`; delete it"
    elif question.least >= question.most:
        yield "most", f"`most` is above `least`, which is {question.least}"


def _later(question: Question) -> Iterator[tuple[str, str]]:
    if question.when is not None and not question.later:
        yield "later", "a question with `when` is asked second; say `later: true`"
    if question.later and not question.optional:
        yield "optional", "the first step is enough for an answer; say `optional: true`"


def _braces(question: Question) -> Iterator[tuple[str, str]]:
    for field, text in (("text", question.text), ("hint", question.hint)):
        if re.search(r"[{}]", text.replace(YEAR, "")):
            yield field, "nothing stands in { } but {year}; write it without"


_OF_A_QUESTION: tuple[Callable[[Question], Iterator[tuple[str, str]]], ...] = (
    _choices,
    _scale,
    _bounds,
    _later,
    _braces,
)


def _when(practice: Practice, at: int) -> Iterator[tuple[str, str]]:
    when = practice.questions[at].when
    if when is None:
        return
    earlier = {one.key: one for one in practice.questions[:at] if not one.later}
    asked = earlier.get(when.question)
    if asked is None:
        yield "when", f"`{when.question}` is not a question of the first step that stands before it"
        return
    known = _FIGURES if asked.type is QuestionType.SCALE else asked.choices
    if when.answer and not known:
        yield "when", f"`{when.question}` is neither a scale nor a question to choose from"
        return
    for answer in when.answer:
        if answer not in known:
            yield "when", f'"{answer}" is no answer to `{asked.key}`; choose {" or ".join(known)}'


def _promises(practice: Practice, question: Question) -> Iterator[tuple[str, str]]:
    """What would break a promise that the practice makes to people, or cannot be kept."""
    if question.later and practice.visibility is Visibility.ANONYMOUS:
        yield "later", "what is anonymous is sent once, in one step; delete this"
    for field, said in (
        ("private", question.private),
        ("starts_from_last", question.starts_from_last),
    ):
        if said and practice.visibility is Visibility.ANONYMOUS:
            yield field, "an anonymous answer is nobody's, so nothing leads back to it; delete this"
        elif said and practice.feeds is Feeds.BREAKDOWNS:
            yield field, "a breakdown is told on by others than its author; delete this"
    if question.private and practice.feeds and question.key in practice.feeds.questions:
        yield "private", f"`{question.key}` feeds {practice.feeds}, which others read; delete this"
    if practice.feeds is Feeds.BREAKDOWNS and YEAR in question.text + question.hint:
        yield "text", "a breakdown is about what happened; {year} is for looking ahead"
