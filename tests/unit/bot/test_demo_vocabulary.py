import re
from collections import Counter
from random import Random

import pytest

from bot.demo.group import group
from bot.demo.vocabulary import FOLLOW_UP, Sentences, acquaintances, bank, mishaps
from coaching.catalogue import load_catalogue
from coaching.practice import QuestionType

TEAMS = [team.key for team in group("gentle_start").teams]
TYPED = {QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT, QuestionType.STATEMENT}
IN_A_FORM = {key: one for key, one in load_catalogue().items() if key != "breakdown"}


def test_every_question_that_takes_words_has_five_answers_or_more_and_no_other_has_any() -> None:
    typed = {
        (practice.key, question.key)
        for practice in IN_A_FORM.values()
        for question in practice.questions
        if question.type in TYPED
    }
    in_forms = {pair for pair in bank() if pair[0] != FOLLOW_UP}
    assert typed | {("missing_voices", "decision")} == in_forms
    assert all(len(set(sentences)) == len(sentences) >= 5 for sentences in bank().values())


def test_a_blank_is_for_people_whom_every_team_knows() -> None:
    blanks = re.compile(r"\{.*?\}")
    used = {
        blank
        for sentences in bank().values()
        for sentence in sentences
        for blank in blanks.findall(sentence)
    }
    assert used == {"{outside}", "{Outside}", "{inside}", "{Inside}"}
    assert set(acquaintances()) == set(mishaps()) == set(TEAMS)


def test_a_sentence_begins_with_a_capital_and_fits_its_field() -> None:
    for (practice, key), templates in bank().items():
        question = IN_A_FORM[practice].question(key) if practice in IN_A_FORM else None
        most = 240 if question and question.type is QuestionType.STATEMENT else 300
        for template in templates:
            assert template[0].isupper() or template[0] in '"{'
            assert not template.startswith(("{o", "{i"))
            assert len(template) < most - 60


@pytest.mark.parametrize("team", TEAMS)
def test_a_team_seldom_says_the_same_within_twelve_weeks(team: str) -> None:
    sentences, random = Sentences(team), Random(7)
    said = [sentences.draw("early_wins", "moved", random) for _ in range(6 * 6)]
    assert max(Counter(said).values()) == 1


@pytest.mark.parametrize("team", TEAMS)
def test_two_who_draw_for_a_team_say_each_sentence_once_before_any_twice(team: str) -> None:
    random = Random(7)
    there = bank()["voices_heard", "decision"]
    parts = [Sentences(team, part) for part in (0, 1)]
    said = [one.draw("voices_heard", "decision", random) for one in parts for _ in range(12)]
    assert sorted(said) == sorted(there)


def test_what_the_bank_does_not_know_is_left_empty() -> None:
    assert Sentences("london").draw("breakdown", "what", Random(1)) == ""


def test_nothing_breaks_down_twice() -> None:
    told = [mishap.what for team in TEAMS for mishap in mishaps()[team]]
    assert len(set(told)) == len(told)
