"""A sitting's form all the way round: from answers to Slack's view, and from that to answers."""

from dataclasses import replace

from coaching.answer import Value, problems_with
from coaching.practice import Practice, Question, QuestionType, Scale, When
from coaching.use_cases.answer_prompt import Asked, SittingView, field_id
from conversation.compose.forms import Known, more_form, sitting_form
from conversation.messages import Form
from platforms.slack.forms import render_form, values_of
from sandbox.block_kit import initial_state, problems_of_values, problems_of_view
from tests.contract.records import PRACTICE, a_member, a_round, a_sitting, a_team, an_answer

DECIDED = ", ".join(["what three of us took on in a hurry and never wrote down"] * 3)
KNOWN: Known = {
    QuestionType.STAKEHOLDERS: ["Northern hospitals", "Ward nurses"],
    QuestionType.DECISION: ["Release on Tuesdays", DECIDED],
}
VALUES: dict[str, Value] = {
    "long_text": "One\n\nTwo",
    "short_text": "Short",
    "statement": "We exist for those who wait.",
    "scale": 3,
    "person": "U1",
    "people": ["U1", "U2"],
    "date": "2026-12-04",
    "choice": "no",
    "multi_choice": ["budget", "norm"],
    "number": 7,
    "stakeholders": ["Ward nurses", "A neighbour"],
    "decision": DECIDED,
}


def question(kind: QuestionType) -> Question:
    return Question(
        key=kind.value,
        type=kind,
        text=f"What {kind}?",
        optional=True,
        scale=Scale("never", "always") if kind is QuestionType.SCALE else None,
        choices=("budget", "no", "norm") if kind.is_chosen else (),
        most=90,
    )


EVERY_TYPE = tuple(question(kind) for kind in QuestionType)
WORD = replace(
    EVERY_TYPE[1], key="word", text="Which word?", later=True, when=When("choice", ("no",))
)


def seen(practice: Practice, values: dict[str, Value] | None) -> SittingView:
    team = a_team()
    member = a_member(team)
    round_ = a_round(team, practice=practice)
    answer = an_answer(round_, member, values=values) if values is not None else None
    return SittingView(a_sitting(member), team, member, (Asked(round_, answer),))


def sent_untouched(form: Form) -> dict[str, str]:
    view = render_form(form, {})
    assert problems_of_view(view) == []
    state = initial_state(view)
    assert problems_of_values(view, state) == {}
    return values_of(view | {"state": {"values": state}})


def kept(view: SittingView, sent: dict[str, str]) -> tuple[dict[str, Value], dict[str, str]]:
    (asked,) = view.asked
    given = {one.key: sent[field_id(asked.round.id, one.key)] for one in asked.now}
    return problems_with(asked.now, given, {"U1", "U2"})


def test_what_was_answered_comes_back_as_it_was_with_names_to_choose_and_without() -> None:
    view = seen(replace(PRACTICE, questions=EVERY_TYPE), VALUES)
    for known in (KNOWN, {}):
        assert kept(view, sent_untouched(sitting_form(view, known))) == (VALUES, {})


def test_where_nothing_was_answered_nothing_comes_back() -> None:
    view = seen(replace(PRACTICE, questions=EVERY_TYPE), None)
    for known in (KNOWN, {}):
        assert kept(view, sent_untouched(sitting_form(view, known))) == ({}, {})


def test_a_required_question_for_names_is_refused_by_the_core_not_by_slack() -> None:
    needed = replace(question(QuestionType.DECISION), optional=False)
    view = seen(replace(PRACTICE, questions=(needed,)), None)
    sent = sent_untouched(sitting_form(view, KNOWN))
    assert list(kept(view, sent)[1]) == ["decision"]


def test_the_second_step_asks_what_the_first_calls_for() -> None:
    practice = replace(PRACTICE, questions=(*EVERY_TYPE, WORD))
    (asked,) = seen(practice, VALUES | {"word": "the third"}).asked
    more = more_form(seen(practice, VALUES | {"word": "the third"}), KNOWN)
    assert more is not None
    assert [one.label for one in more.fields] == ["Which word?"]
    assert list(sent_untouched(more).values()) == ["the third"]
    assert more_form(seen(practice, VALUES | {"choice": "norm"}), KNOWN) is None
    assert WORD not in asked.now
