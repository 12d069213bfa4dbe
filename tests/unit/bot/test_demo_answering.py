"""Any form of the catalogue is filled in so that the bot takes it."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import Any

import pytest

from bot.demo.answering import Answering
from bot.demo.paper import spread
from bot.demo.vocabulary import Sentences
from coaching.answer import problems_with
from coaching.catalogue import load_catalogue
from coaching.practice import Practice, Question
from conversation.compose.forms import field
from conversation.messages import Form
from platforms.slack.forms import render_form

CATALOGUE = load_catalogue()
PEOPLE = ["U1", "U2", "U3"]
TODAY = date(2026, 10, 6)
PRACTICES = [one for key, one in CATALOGUE.items() if key != "breakdown"]


def form(practice: Practice, values: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    asked = practice.opened_in(2026).questions
    fields = tuple(field(f"round.{one.key}", one, values or {}) for one in asked)
    return render_form(Form(practice.name, fields, reference="sitting"), {})


def answering(seed: int) -> Answering:
    return Answering(seed, Sentences("london"), CATALOGUE, PEOPLE, TODAY)


def given(practice: Practice, seed: int) -> dict[str, str]:
    return answering(seed).words(form(practice))


def name(practice: Practice) -> str:
    return practice.key


@pytest.mark.parametrize("practice", PRACTICES, ids=name)
def test_what_is_asked_is_answered(practice: Practice) -> None:
    for seed in range(12):
        view = form(practice)
        words = answering(seed).words(view)
        assert spread(view, words, attrgetter("field")).keys() >= words.keys()
        by_key = {key.removeprefix("round."): text for key, text in words.items()}
        mine: dict[str, str | None] = {one.key: by_key.get(one.key) for one in practice.questions}
        values, problems = problems_with(practice.questions, mine, set(PEOPLE))
        assert problems == {}
        assert required(practice) <= values.keys()


def required(practice: Practice) -> set[str]:
    return {one.key for one in practice.questions if not one.optional}


def test_each_question_is_decided_by_itself() -> None:
    asked = CATALOGUE["reflection"].questions

    def words(questions: tuple[Question, ...]) -> dict[str, str]:
        fields = tuple(field(f"round.{one.key}", one, {}) for one in questions)
        return answering(3).words(render_form(Form("x", fields, reference="s"), {}))

    assert words(asked) == words(asked[::-1])


def test_seeds_differ() -> None:
    assert len({str(given(CATALOGUE["early_wins"], seed)) for seed in range(12)}) > 6


def test_what_stands_in_a_field_is_mostly_left_there() -> None:
    view = form(CATALOGUE["purpose_whole"], {"sentence": "We keep the water running."})
    kept = ["round.sentence" not in answering(seed).words(view) for seed in range(40)]
    assert 20 < sum(kept) < 40


def test_a_question_that_nobody_knows_is_not_guessed_at() -> None:
    view = form(CATALOGUE["early_wins"])
    view["blocks"][0]["label"]["text"] = "What else?"
    with pytest.raises(ValueError, match="no practice asks: What else"):
        answering(1).words(view)
