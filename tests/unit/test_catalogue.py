"""The packaged practices as a whole: all there, light, in one voice, fit for Slack."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from coaching.catalogue import load_catalogue
from coaching.practice import Audience, Practice, QuestionType, Visibility
from conversation.compose.forms import field
from conversation.messages import Form
from platforms.slack import limits
from platforms.slack.forms import render_form
from sandbox.block_kit.checks import problems_of_view

CATALOGUE = load_catalogue()

WHO_SEES_IT = {
    "purpose": Visibility.AT_CLOSE,
    "purpose_whole": Visibility.AT_CLOSE,
    "challenge": Visibility.AT_CLOSE,
    "declaration": Visibility.ATTRIBUTED,
    "agreements": Visibility.ATTRIBUTED,
    "alignment": Visibility.ANONYMOUS,
    "commitment": Visibility.ATTRIBUTED,
    "pull_backs": Visibility.ATTRIBUTED,
    "doubts": Visibility.ANONYMOUS,
    "onboarding": Visibility.AGGREGATED,
    "ownership": Visibility.ANONYMOUS,
    "stakeholder_draft": Visibility.ATTRIBUTED,
    "stakeholder_map": Visibility.ATTRIBUTED,
    "stakeholder_invite": Visibility.ATTRIBUTED,
    "voices_heard": Visibility.ATTRIBUTED,
    "focus_audit": Visibility.AGGREGATED,
    "future_back": Visibility.AT_CLOSE,
    "breakdown": Visibility.ATTRIBUTED,
    "safe_to_raise": Visibility.ANONYMOUS,
    "early_wins": Visibility.ATTRIBUTED,
    "reflection": Visibility.ATTRIBUTED,
    "missing_voices": Visibility.AGGREGATED,
    "five_disciplines": Visibility.ANONYMOUS,
    "baseline": Visibility.AGGREGATED,
}
"""A promise to people: whoever widens one here changes what was promised."""

NOT_EVERYONE = {
    "declaration": Audience.LEAD_AND_COACH,
    "stakeholder_draft": Audience.LEAD_AND_COACH,
    "onboarding": Audience.NEWCOMER,
    "stakeholder_invite": Audience.OWNER,
}

NEVER_SAID = re.compile(
    r"""\b( just | simply | easy | easily | obviously | quick | quickly | kindly | please | ensure
          | amazing | awesome | great | fantastic | congratulations | thank\ you | feel\ free
          | don't\ forget | remember\ to | you\ must | you\ should | failed\ to | leverage
          | utili[sz]e | synerg\w* | impactful | actionable | empower\w* | unlock\w* | journey
          )\b | !""",
    re.VERBOSE | re.IGNORECASE,
)
"""What scolds, cheers, hurries or is said by nobody at a table."""

AMERICAN = re.compile(
    r"\b\w+(iz(e|es|ed|ing|ation)|avior\w*|olor|enter|abor|ense)\b|\b(fulfill|program)\b"
)
BRITISH_TOO = {"enter", "size", "sense", "prize"}

practices = pytest.mark.parametrize("practice", CATALOGUE.values(), ids=lambda one: one.key)


def lines(practice: Practice) -> Iterator[tuple[str, str]]:
    """Every text that people read whole, and where it stands."""
    for where in ("name", "why", "thanks", "summary", "quiet"):
        yield where, getattr(practice, where)
    for question in practice.questions:
        yield f"{question.key}.text", question.text
        if question.hint:
            yield f"{question.key}.hint", question.hint


def words(practice: Practice) -> Iterator[tuple[str, str]]:
    """Every text, what can be chosen among them."""
    yield from lines(practice)
    for question in practice.questions:
        for choice in question.choices:
            yield f"{question.key}.choices", choice
        if question.scale:
            yield f"{question.key}.low", question.scale.low
            yield f"{question.key}.high", question.scale.high


def test_every_practice_is_there_in_the_file_of_its_key_with_its_visibility() -> None:
    assert {key: one.visibility for key, one in CATALOGUE.items()} == WHO_SEES_IT
    packaged = {entry.name for entry in files("coaching.practices").iterdir()}
    assert {name for name in packaged if name.endswith(".yaml")} == {f"{k}.yaml" for k in CATALOGUE}


def test_everyone_is_asked_but_where_it_is_said() -> None:
    audiences = {key: one.audience for key, one in CATALOGUE.items()}
    assert audiences == {key: NOT_EVERYONE.get(key, Audience.EVERYONE) for key in CATALOGUE}


@practices
def test_it_fits_a_sitting(practice: Practice) -> None:
    assert practice.minutes <= 3
    assert sum(not question.optional for question in practice.questions) <= 3
    first_step = [question for question in practice.questions if not question.later]
    typed = [one for one in first_step if one.type is QuestionType.LONG_TEXT]
    assert len(typed) <= 3, "nobody writes four paragraphs in three minutes"


@practices
def test_every_line_ends_as_a_sentence_or_a_question(practice: Practice) -> None:
    for where, text in lines(practice):
        assert text == " ".join(text.split()), where
        if where == "name":
            assert text[-1].isalnum(), "it stands within sentences"
        elif where.endswith(".text"):
            assert text[-1] in "?.:", where
        else:
            assert text[-1] in "?.", where


@practices
def test_it_speaks_plainly(practice: Practice) -> None:
    for where, text in words(practice):
        assert not (found := NEVER_SAID.search(text)), (where, found)
        american = {found[0] for found in AMERICAN.finditer(text.lower())} - BRITISH_TOO
        assert not american, where
        assert "—" not in text, where


@practices
def test_its_sentences_are_short_enough_to_be_read_once(practice: Practice) -> None:
    for where, text in lines(practice):
        for sentence in re.split(r"(?<=[.?:])\s", text):
            assert len(sentence.split()) <= 24, where


@practices
def test_slack_carries_it(practice: Practice) -> None:
    assert len(practice.name) <= limits.HEADER
    for question in practice.questions:
        assert len(question.text) <= limits.FIELD_LABEL
        assert len(question.hint) <= limits.FIELD_LABEL
        for choice in question.choices:
            assert len(choice) <= limits.OPTION_LABEL
        if question.scale:
            for end in (question.scale.low, question.scale.high):
                assert len(f"1 · {end}") <= limits.OPTION_LABEL
    fields = (field(question.key, question, {}) for question in practice.questions)
    assert problems_of_view(render_form(Form("Your questions", tuple(fields), "a.v1"), {})) == []


@practices
def test_it_asks_for_no_more_than_one_thing_a_question(practice: Practice) -> None:
    for question in practice.questions:
        assert question.text.count("?") <= 1, question.key


@practices
def test_an_anonymous_one_demands_nothing_and_has_one_step(practice: Practice) -> None:
    """It can't be opened again; and a form that was sent does not tell whether it was empty."""
    if practice.visibility is Visibility.ANONYMOUS:
        assert all(one.optional and not one.later for one in practice.questions)


@practices
def test_whose_name_goes_along_is_told_apart(practice: Practice) -> None:
    """What thanks promise is what the visibility keeps."""
    if practice.visibility is Visibility.ANONYMOUS:
        assert "without your name" in practice.thanks
    if practice.visibility is Visibility.AT_CLOSE:
        assert "hidden until the round closes" in practice.thanks


def test_no_text_stands_twice() -> None:
    """But thanks may: a sitting of two practices says them once where they are the same."""
    said = Counter(
        text.casefold()
        for practice in CATALOGUE.values()
        for where, text in lines(practice)
        if where != "thanks"
    )
    assert [text for text, times in said.items() if times > 1] == []


def test_the_purpose_is_looked_at_in_one_tap_and_asked_about_only_where_it_fails() -> None:
    holds, *more = CATALOGUE["purpose"].questions
    assert holds.choices == ("Yes", "One word is wrong", "No")
    assert {one.key: one.when.answer for one in more if one.when} == {
        "word": ("One word is wrong",),
        "untrue": ("No",),
    }


def test_the_pulse_has_two_statements_to_each_discipline() -> None:
    pulse = CATALOGUE["five_disciplines"].questions
    assert len(pulse) == 10
    assert {question.type for question in pulse} == {QuestionType.SCALE}
    assert len({question.scale for question in pulse}) == 1
    assert all(question.optional for question in pulse)


def test_what_one_learns_about_ones_leading_is_for_oneself() -> None:
    private = [(p.key, q.key) for p in CATALOGUE.values() for q in p.questions if q.private]
    assert private == [("reflection", "how_i_lead")]
