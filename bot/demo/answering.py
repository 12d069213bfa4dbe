"""Filling in any form: what a leader answers to each question, by practice and kind of question."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.demo.paper import Input, View, inputs
from bot.demo.vocabulary import Sentences
from coaching.catalogue import Catalogue
from coaching.practice import Practice, Question, QuestionType

__all__ = ["Answering"]

_SATURDAY = 5
_LIKELY = 0.6
_LIKELY_TAP = 0.85
"""How likely an optional question is answered: in words, with a tap."""

_KEPT = 0.7
"""How likely what stands in a field already is left there."""

_FIGURES = (1, 2, 2, 3, 3, 3, 4, 4, 4, 5)

_HOW_MANY = {"outside": 5, "inside": 2, "deepen": 2}
"""How many people's names a question asks for, where it isn't one."""

_IN_DAYS = {"session": (32, 46)}
"""How far ahead a day lies, where it isn't within weeks: a session needs time to ask somebody."""

_TAPS = frozenset({QuestionType.SCALE, QuestionType.CHOICE, QuestionType.MULTI_CHOICE})


@dataclass(frozen=True, slots=True)
class Answering:
    """One occasion of answering, decided by `seed`. `colleagues` are the ids of the team's people.

    The order in which a form asks makes no difference: each question has chances of its own.
    """

    seed: int
    sentences: Sentences
    catalogue: Catalogue
    colleagues: Sequence[str]
    today: date

    def words(self, view: View) -> dict[str, str]:
        """What to put into a form's fields, by their ids; the others are left as they stand."""
        given: dict[str, str] = {}
        seen: set[str] = set()
        for one in inputs(view):
            if one.field in seen:
                continue  # where another than the choices can be named: the same question
            seen.add(one.field)
            practice, question = self._asked(one)
            random = Random(f"{self.seed} {practice.key} {question.key}")
            likely = _LIKELY_TAP if question.type in _TAPS else _LIKELY
            if one.initial and random.random() < _KEPT:
                continue
            if not question.optional or random.random() < likely:
                given[one.field] = self._answer(practice, question, one, random)
        return given

    def _asked(self, one: Input) -> tuple[Practice, Question]:
        """Which question of the catalogue a field asks, as a reader would know it: by its words."""
        for practice in self.catalogue.values():
            for question in practice.questions:
                if question.key == one.question and _pattern(question.text).fullmatch(one.label):
                    return practice, question
        raise ValueError(f"no practice asks: {one.label}")

    def _answer(self, practice: Practice, question: Question, one: Input, random: Random) -> str:
        special = _BY_TYPE.get(question.type)
        if special is not None:
            return special(self, question, one, random)
        if one.options:
            return random.choice(one.options)[0]
        return self.sentences.draw(practice.key, question.key, random)

    def _scale(self, _question: Question, _one: Input, random: Random) -> str:
        return str(random.choice(_FIGURES))

    def _several(self, _question: Question, one: Input, random: Random) -> str:
        chosen = random.sample(one.options, random.randint(1, min(2, len(one.options))))
        return "\n".join(value for value, _ in chosen)

    def _number(self, _question: Question, one: Input, random: Random) -> str:
        return str(random.randint(int(one.least or 0), min(24, int(one.most or 24))))

    def _date(self, question: Question, _one: Input, random: Random) -> str:
        first, last = _IN_DAYS.get(question.key, (4, 24))
        day = self.today + timedelta(days=random.randint(first, last))
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
        return day.isoformat()

    def _person(self, _question: Question, _one: Input, random: Random) -> str:
        return random.choice(self.colleagues)

    def _people(self, _question: Question, _one: Input, random: Random) -> str:
        return "\n".join(random.sample(self.colleagues, min(2, len(self.colleagues))))

    def _stakeholders(self, question: Question, one: Input, random: Random) -> str:
        """From the team's map where it has any; who is to be added is named anew."""
        wanted = _HOW_MANY.get(question.key, 1)
        if one.options and question.key != "added":
            chosen = random.sample(one.options, min(wanted, len(one.options)))
            return "\n".join(value for value, _ in chosen)
        draw = self.sentences.people_outside
        if question.key == "inside":
            draw = self.sentences.people_inside
        return "\n".join(draw(random, wanted))

    def _decision(self, _question: Question, one: Input, random: Random) -> str:
        if one.options and random.random() < _LIKELY:
            return random.choice(one.options)[0]
        return self.sentences.draw("missing_voices", "decision", random)


def _pattern(text: str) -> re.Pattern[str]:
    """A question's words as a form shows them: the year is filled in."""
    return re.compile(re.escape(text).replace(re.escape("{year}"), r"\d{4}"))


_BY_TYPE: Mapping[QuestionType, Callable[[Answering, Question, Input, Random], str]] = {
    QuestionType.SCALE: Answering._scale,
    QuestionType.MULTI_CHOICE: Answering._several,
    QuestionType.NUMBER: Answering._number,
    QuestionType.DATE: Answering._date,
    QuestionType.PERSON: Answering._person,
    QuestionType.PEOPLE: Answering._people,
    QuestionType.STAKEHOLDERS: Answering._stakeholders,
    QuestionType.DECISION: Answering._decision,
}
