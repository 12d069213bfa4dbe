"""Write docs/reference/practices.md out of the practice files: what is asked, word for word.

python -m tools.practices_page
"""

from collections.abc import Iterator
from pathlib import Path

from coaching.catalogue import load_catalogue
from coaching.practice import Audience, Discipline, Practice, Question, QuestionType, Visibility

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "practices.md"

_HEAD = """\
# The practices

What Widelens can ask, word for word. This page is made from the files in `coaching/practices/` by
`tools/practices_page.py`. Why each is there: [what it asks, and
why](../explanation/what-it-asks-and-why.md). What each field of a file means: [practice
files](practice-files.md).

A question of *your own*, once or on a cadence, is a file too: [the coach's
question](../how-to/ask-the-coachs-question.md).

| Practice | Key | Discipline | Who answers | Visibility | Minutes | Questions |
|---|---|---|---|---|---|---|
"""

_WHO = {
    Audience.EVERYONE: "everyone",
    Audience.LEAD_AND_COACH: "lead and coach",
    Audience.NEWCOMER: "a newcomer",
    Audience.OWNER: "who took it on",
}
_SEEN = {
    Visibility.ATTRIBUTED: "with the name",
    Visibility.AT_CLOSE: "with the name, once the round has closed",
    Visibility.AGGREGATED: "as figures; words to lead and coach, without names",
    Visibility.ANONYMOUS: "anonymous",
}
_TYPES = {
    QuestionType.LONG_TEXT: "text",
    QuestionType.SHORT_TEXT: "a line of text",
    QuestionType.SCALE: "1 to 5",
    QuestionType.PERSON: "somebody on the team",
    QuestionType.PEOPLE: "people on the team",
    QuestionType.DATE: "a day",
    QuestionType.CHOICE: "one of these",
    QuestionType.MULTI_CHOICE: "some of these",
    QuestionType.NUMBER: "a number",
    QuestionType.STAKEHOLDERS: "stakeholders",
    QuestionType.DECISION: "a decision",
    QuestionType.STATEMENT: "one sentence",
}


def page() -> str:
    """The page as it should be."""
    order = list(Discipline)
    practices = sorted(
        load_catalogue().values(), key=lambda one: (order.index(one.discipline), one.key)
    )
    rows = "".join(_row(practice) for practice in practices)
    return _HEAD + rows + "".join(_section(practice) for practice in practices)


def _row(practice: Practice) -> str:
    cells = (
        practice.name,
        f"`{practice.key}`",
        practice.discipline,
        _WHO[practice.audience],
        f"`{practice.visibility}`",
        practice.minutes,
        _how_many(practice),
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |\n"


def _how_many(practice: Practice) -> str:
    required = sum(not question.optional for question in practice.questions)
    return f"{len(practice.questions)}, {required or 'none'} required"


def _section(practice: Practice) -> str:
    minutes = "1 minute" if practice.minutes == 1 else f"{practice.minutes} minutes"
    days = "1 day" if practice.open_days == 1 else f"{practice.open_days} days"
    answers = f"Who answers: {_WHO[practice.audience]}. Shown: {_SEEN[practice.visibility]}."
    questions = "".join(
        f"{number}. {_question(question)}\n"
        for number, question in enumerate(practice.questions, start=1)
    )
    return (
        f"\n## {practice.name}\n\n"
        f"`{practice.key}` · {practice.discipline} · {minutes} · open for {days}\n\n"
        f"{answers}\n\n"
        f"> {practice.why}\n\n"
        f"{questions}\n"
        f"- When an answer is kept: *{practice.thanks}*\n"
        f"- Above the answers: *{practice.summary}*\n"
        f"- Where nobody answered: *{practice.quiet}*\n"
    )


def _question(question: Question) -> str:
    notes = "; ".join(_notes(question))
    hint = f"\n   *{question.hint}*" if question.hint else ""
    return f"**{question.text}** ({notes}){hint}"


def _notes(question: Question) -> Iterator[str]:
    yield _TYPES[question.type] + _offered(question)
    if question.when is not None:
        asked = " or ".join(f"“{answer}”" for answer in question.when.answer)
        yield f"asked second, after {asked}"
    elif question.later:
        yield "asked second"
    elif question.optional:
        yield "optional"
    if question.private:
        yield "private"
    if question.starts_from_last:
        yield "starts from the last answer"


def _offered(question: Question) -> str:
    if question.scale is not None:
        return f", from “{question.scale.low}” to “{question.scale.high}”"
    return f": {' / '.join(question.choices)}" if question.choices else ""


def main() -> None:
    """Rewrite the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
