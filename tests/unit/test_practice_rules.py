"""What a practice file may not say though its shape is right: the line, the reason, the mend."""

from importlib.resources import files

import pytest

from coaching.catalogue import Catalogue, load_catalogue, read_practice
from coaching.documents import DocumentError
from coaching.practice import QuestionType
from tests.unit.test_practice import GOOD

CHOICE = """\
  - key: holds
    type: choice
    text: Does it hold?
    choices: ["Yes", "No"]
"""
AFTER = """\
  - key: word
    type: short_text
    text: Which word?
    optional: true
    later: true
    when: {question: holds, answer: ["No"]}
"""
WITH_CHOICE = GOOD + CHOICE
WITH_WHEN = WITH_CHOICE + AFTER
SHAPES = {
    QuestionType.SCALE: "scale: {low: never, high: always}",
    QuestionType.CHOICE: 'choices: ["Yes", "No"]',
    QuestionType.MULTI_CHOICE: "choices: [one, two, three]",
    QuestionType.NUMBER: "least: 1\n    most: 9",
}


def problems(text: str, over: Catalogue | None = None) -> tuple[str, ...]:
    with pytest.raises(DocumentError) as wrong:
        read_practice(text, "f", over or {})
    return wrong.value.problems


def accepted(text: str, over: Catalogue | None = None) -> bool:
    return read_practice(text, "f", over or {}).key in text


def test_every_question_type_can_be_asked() -> None:
    for kind in QuestionType:
        shape = SHAPES.get(kind, "hint: As you like.")
        text = GOOD.replace("type: long_text", f"type: {kind}\n    {shape}")
        assert read_practice(text, "f").questions[0].type is kind


def test_a_condition_on_a_choice_or_a_scale_is_fine() -> None:
    assert read_practice(WITH_WHEN, "f").questions[-1].when
    scale = WITH_WHEN.replace("type: choice", "type: scale")
    scale = scale.replace('choices: ["Yes", "No"]', "scale: {low: no, high: very}")
    assert accepted(scale.replace('["No"]', '["1", "2"]'))
    unquoted = read_practice(scale.replace('["No"]', "[1, 2]"), "f").questions[-1].when
    assert unquoted is not None
    assert unquoted.answer == ("1", "2")


def test_a_condition_may_be_that_anything_was_answered() -> None:
    anything = WITH_WHEN.replace('question: holds, answer: ["No"]', "question: said")
    when = read_practice(anything, "f").questions[-1].when
    assert when is not None
    assert when.answer == ()


QUESTION = "    type: long_text\n    text: What was said?\n"


@pytest.mark.parametrize(
    ("added", "line", "sentence"),
    [
        ('    choices: ["a", "b"]\n', 15, "a long_text question has no `choices`; delete them"),
        ("    scale: {low: a, high: b}\n", 15, "a long_text question has no `scale`; delete it"),
        ("    least: 2\n", 15, "a long_text question has no `least`; delete it"),
        ("    most: 2\n", 15, "a long_text question has no `most`; delete it"),
        ("    later: true\n    optional: false\n", 16, "say `optional: true`"),
        ("    hint: In {years}.\n", 15, "nothing stands in { } but {year}"),
    ],
)
def test_what_a_text_question_cannot_have(added: str, line: int, sentence: str) -> None:
    found = problems(GOOD.replace(QUESTION, QUESTION + added) + CHOICE)
    assert len(found) == 1
    assert found[0].startswith(f"f:{line}: questions[0].")
    assert sentence in found[0]


@pytest.mark.parametrize(
    ("kind", "line", "sentence"),
    [
        ("choice", 12, "lists two `choices` or more"),
        ("multi_choice\n    choices: [one]", 14, "lists two `choices` or more"),
        ("choice\n    choices: [one, One]", 14, '"one" stands among them a second time; keep one'),
        ('choice\n    choices: ["one ", two]', 14, "a choice is one line"),
        ('choice\n    choices: ["one\\ntwo", two]', 14, "a choice is one line"),
        ("scale", 12, "add `scale: {low: …, high: …}`"),
        ("number\n    least: 5\n    most: 5", 15, "`most` is above `least`, which is 5"),
        ("number\n    least: 9\n    most: 5", 15, "`most` is above `least`, which is 9"),
    ],
)
def test_what_a_kind_of_question_needs(kind: str, line: int, sentence: str) -> None:
    found = problems(GOOD.replace("type: long_text", f"type: {kind}"))
    assert len(found) == 1
    assert found[0].startswith(f"f:{line}: ")
    assert sentence in found[0]


@pytest.mark.parametrize(
    ("change", "to", "line", "sentence"),
    [
        ("    later: true\n", "", 19, "say `later: true`"),
        ("question: holds", "question: absent", 24, "`absent` is not a question of the first step"),
        ("question: holds", "question: word", 24, "`word` is not a question of the first step"),
        ("question: holds", "question: said", 24, "neither a scale nor a question to choose from"),
        ('["No"]', '["Yes", "Perhaps"]', 24, '"Perhaps" is no answer to `holds`; choose Yes or No'),
    ],
)
def test_what_a_condition_needs(change: str, to: str, line: int, sentence: str) -> None:
    found = problems(WITH_WHEN.replace(change, to))
    assert len(found) == 1
    assert found[0].startswith(f"f:{line}: ")
    assert sentence in found[0]


def test_a_condition_on_what_is_itself_asked_second_is_refused() -> None:
    second = CHOICE + "    later: true\n    optional: true\n"
    assert "not a question of the first step" in problems(GOOD + second + AFTER)[0]


@pytest.mark.parametrize(
    ("change", "to", "line", "sentence"),
    [
        ("  - key: holds", "  - key: said", 15, "`said` stands here a second time; keep one"),
        ("minutes: 2", "minutes: 2\nfeeds: voices", 5, "asks a long_text question `heard`; add it"),
    ],
)
def test_what_a_practice_needs(change: str, to: str, line: int, sentence: str) -> None:
    found = problems(WITH_CHOICE.replace(change, to))
    assert found[0].startswith(f"f:{line}: ")
    assert sentence in found[0]


def test_four_required_questions_are_too_many() -> None:
    many = "".join(f"  - {{key: q{n}, type: long_text, text: What happened}}\n" for n in range(4))
    (found,) = problems(GOOD.split("  - key")[0] + many)
    assert found.startswith("f:15: questions[3]: at most three questions are required")


def test_the_first_step_asks_something() -> None:
    later = "    later: true\n    optional: true\n"
    assert problems(GOOD + later) == (
        "f:11: questions: the first step asks nothing; one question is not `later`",
    )


@pytest.mark.parametrize("promise", ["private", "starts_from_last"])
def test_nothing_leads_back_to_an_anonymous_answer(promise: str) -> None:
    fine = GOOD + f"    {promise}: true\n"
    assert accepted(fine)
    (found,) = problems(fine.replace("attributed", "anonymous"))
    assert found.startswith(f"f:15: questions[0].{promise}: an anonymous answer is nobody's")


def test_what_is_anonymous_has_no_second_step() -> None:
    second = "  - {key: b, type: long_text, text: More, optional: true, later: true}\n"
    assert accepted(GOOD + second)
    (found,) = problems((GOOD + second).replace("attributed", "anonymous"))
    assert found == (
        "f:15: questions[1].later: what is anonymous is sent once, in one step; delete this"
    )


def test_an_anonymous_practice_asks_everyone() -> None:
    few = GOOD.replace("minutes: 2", "audience: lead_and_coach")
    assert "missing" in problems(few)[0]
    few += "minutes: 2\n"
    assert accepted(few)
    assert "no crowd to hide in" in problems(few.replace("attributed", "anonymous"))[0]


@pytest.mark.parametrize("visibility", ["aggregated", "anonymous"])
def test_what_feeds_a_register_is_shown_with_names(visibility: str) -> None:
    wins = GOOD.replace("key: said", "key: moved") + "feeds: wins\n"
    assert accepted(wins)
    (found,) = problems(wins.replace("attributed", visibility))
    assert found.startswith("f:6: visibility: what feeds wins is shown with names")


def test_what_others_read_is_not_private() -> None:
    wins = GOOD.replace("key: said", "key: moved") + "    private: true\nfeeds: wins\n"
    (found,) = problems(wins)
    assert found.startswith("f:15: questions[0].private: `moved` feeds wins, which others read")


def test_a_breakdown_asks_nothing_that_is_for_its_author_alone() -> None:
    packaged = files("coaching.practices").joinpath("breakdown.yaml").read_text("utf-8")
    added = "  - {key: x, type: long_text, text: In {year}?, optional: true, private: true}\n"
    added = added.replace("In {year}?", '"In {year}?"')
    found = problems(packaged.rstrip() + "\n" + added)
    assert len(found) == 2
    assert "told on by others than its author" in "".join(found)
    assert "{year} is for looking ahead" in "".join(found)


def test_every_problem_is_told_at_once_in_order_of_lines() -> None:
    found = problems(
        WITH_WHEN.replace("attributed", "anonymous")
        .replace("text: What was said?", "text: What was said in {then}?\n    private: true")
        .replace('["No"]', '["Perhaps"]')
    )
    assert [problem.split(":")[1] for problem in found] == ["14", "15", "24", "25"]


class TestOtherWords:
    def over(self, text: str) -> tuple[str, ...]:
        return problems(text, load_catalogue())

    def test_a_key_of_its_own_is_one_more_practice(self) -> None:
        catalogue = load_catalogue({"own.yaml": GOOD})
        assert catalogue["sample"].name == "Sample"
        assert set(catalogue) == {*load_catalogue(), "sample"}

    def test_a_known_key_is_that_practice_in_other_words(self) -> None:
        text = GOOD.replace("key: sample", "key: early_wins").replace("key: said", "key: moved")
        catalogue = load_catalogue({"own.yaml": text + "feeds: wins\n"})
        assert catalogue["early_wins"].name == "Sample"
        assert load_catalogue()["early_wins"].name == "Visible progress"
        assert list(catalogue) == list(load_catalogue())

    def test_it_sets_the_same_in_motion(self) -> None:
        text = GOOD.replace("key: sample", "key: early_wins")
        (found,) = self.over(text)
        assert "`early_wins` in other words sets the same in motion; say `feeds: wins`" in found
        text = GOOD.replace("key: sample", "key: agreements").replace("key: said", "key: moved")
        (found,) = self.over(text + "feeds: wins\n")
        assert found.startswith("f:15: feeds: ")
        assert found.endswith("leave `feeds` out")

    def test_it_never_shows_more_than_people_know_it_for(self) -> None:
        text = GOOD.replace("key: sample", "key: alignment")
        (found,) = self.over(text)
        assert found.startswith("f:6: visibility: `alignment` is anonymous, and other words can't")
        narrower = GOOD.replace("key: sample", "key: agreements")
        assert accepted(narrower.replace("attributed", "aggregated"), load_catalogue())

    def test_two_files_of_one_key_are_told(self) -> None:
        with pytest.raises(DocumentError) as wrong:
            load_catalogue({"a.yaml": GOOD, "b.yaml": GOOD})
        assert str(wrong.value) == "b.yaml:1: key: `sample` stands in a.yaml already; keep one"
