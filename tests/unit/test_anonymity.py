"""Anonymity: thresholds, pooling, and that nothing but what was written decides what is kept."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.anonymity import (
    FEWEST,
    SMALL_TEAM,
    AnonymousAnswers,
    Threshold,
    Told,
    in_words_for,
    show,
    threshold_for,
    without,
)
from coaching.answer import Value
from coaching.practice import Question, QuestionType, Scale

FELT = Question("felt", QuestionType.SCALE, "How far?", scale=Scale("little", "far"))
WHY = Question("why", QuestionType.LONG_TEXT, "Why?", optional=True)
KIND = Question("kind", QuestionType.CHOICE, "Which?", choices=("norm", "budget"))
ALL = (FELT, WHY, KIND)
BIG = threshold_for(9, None)

forms = st.fixed_dictionaries(
    {},
    optional={
        "felt": st.integers(1, 5),
        "why": st.text(min_size=1, max_size=5),
        "kind": st.sampled_from(KIND.choices),
    },
)
sizes = st.integers(2, 20)
wanted = st.none() | st.integers(FEWEST, 12)


def heap(
    forms: Sequence[dict[str, Value]], *, round_id: str = "r", leads: int = 0
) -> AnonymousAnswers:
    kept = AnonymousAnswers("w", round_id, BIG, leads=leads)
    for form in forms:
        kept = kept.with_more(form, BIG)
    return kept


def figures(*given: int) -> list[dict[str, Value]]:
    return [{"felt": figure} for figure in given]


def by_question(told: Sequence[Told]) -> dict[str, Told]:
    return {one.question: one for one in told}


@pytest.mark.parametrize(
    ("size", "setting", "threshold"),
    [
        (8, None, Threshold(5, 5, spread=True)),
        (7, None, Threshold(4, 5, spread=False)),
        (7, 5, Threshold(5, 5, spread=False)),
        (7, 3, Threshold(3, 5, spread=False)),
        (20, 3, Threshold(3, 5, spread=True)),
        (20, 8, Threshold(8, 8, spread=True)),
        (20, 1, Threshold(3, 5, spread=True)),
    ],
)
def test_the_threshold_goes_by_size_and_setting(
    size: int, setting: int | None, threshold: Threshold
) -> None:
    assert threshold_for(size, setting) == threshold


@given(sizes, wanted)
def test_no_threshold_is_under_the_floor(size: int, setting: int | None) -> None:
    threshold = threshold_for(size, setting)
    assert threshold.figures >= FEWEST
    assert threshold.words >= max(5, threshold.figures)
    assert threshold.spread is (size > SMALL_TEAM)


@given(st.lists(forms, max_size=8).flatmap(lambda of: st.tuples(st.just(of), st.permutations(of))))
def test_what_is_kept_does_not_depend_on_the_order_of_giving(
    orders: tuple[list[dict[str, Value]], list[dict[str, Value]]],
) -> None:
    one, other = (heap(order) for order in orders)
    assert repr(one) == repr(other)


@given(st.lists(forms, max_size=8), st.randoms())
def test_what_is_kept_does_not_tell_what_came_together(
    given_: list[dict[str, Value]], random: object
) -> None:
    apart = [{key: value} for form in given_ for key, value in form.items()]
    assert repr(heap(given_)) == repr(heap(apart))


@given(
    st.lists(st.tuples(st.lists(forms, max_size=9), st.integers(0, 2)), max_size=12),
    sizes,
    wanted,
)
def test_released_windows_never_overlap_and_each_is_large_enough(
    rounds: list[tuple[list[dict[str, Value]], int]], size: int, setting: int | None
) -> None:
    threshold = threshold_for(size, setting)
    waiting: list[AnonymousAnswers] = []
    windows: dict[str, list[set[str]]] = {}
    for number, (forms_, leads) in enumerate(rounds):
        waiting.append(heap(forms_, round_id=str(number), leads=leads))
        told = show(ALL, waiting, threshold)
        for one in told:
            resting_on = [kept for kept in waiting if kept.round_id in one.rounds]
            counted = sum(max(0, len(k.values[one.question]) - k.leads) for k in resting_on)
            least = threshold.figures if one.mean is not None else threshold.words
            assert counted >= least
            windows.setdefault(one.question, []).append(set(one.rounds))
        waiting = [without(kept, told) for kept in waiting]
    for of_question in windows.values():
        assert not any(one & other for one, other in combinations(of_question, 2))


@given(st.lists(st.lists(forms, max_size=7), max_size=10))
def test_nothing_is_told_twice_and_nothing_is_lost(rounds: list[list[dict[str, Value]]]) -> None:
    waiting: list[AnonymousAnswers] = []
    told: list[str] = []
    for number, forms_ in enumerate(rounds):
        waiting.append(heap(forms_, round_id=str(number)))
        shown = show([WHY], waiting, BIG)
        told += [words for one in shown for words in one.words]
        waiting = [without(kept, shown) for kept in waiting]
    left = [words for kept in waiting for words in kept.values.get("why", [])]
    given_ = [form["why"] for forms_ in rounds for form in forms_ if "why" in form]
    assert sorted(told + left) == sorted(given_)


def test_the_leads_answer_is_not_counted() -> None:
    five = figures(1, 2, 3, 4, 5)
    assert not show([FELT], [heap(five, leads=1)], BIG)
    (told,) = show([FELT], [heap([*five, {"felt": 5}], leads=1)], BIG)
    assert told.mean == 3.3


def test_a_round_that_falls_short_is_pooled_with_the_next() -> None:
    first, second = heap(figures(1, 1, 1), round_id="1"), heap(figures(5, 5), round_id="2")
    assert not show([FELT], [first], BIG)
    (told,) = show([FELT], [first, second], BIG)
    assert (told.rounds, told.mean) == (("1", "2"), 2.6)
    assert without(first, [told]).values == {}


def test_each_question_waits_for_itself() -> None:
    forms_: list[dict[str, Value]] = [{"felt": 4, "why": f"w{at}"} for at in range(3)]
    kept = heap([*forms_, *figures(2, 2)])
    (told,) = show(ALL, [kept], BIG)
    assert told.question == "felt"
    assert list(without(kept, [told]).values) == ["why"]


def test_a_small_team_sees_means_alone_and_words_at_five() -> None:
    small = threshold_for(7, None)
    promised = replace(heap([]), promised=small)
    four = promised
    for at in range(4):
        four = four.with_more({"felt": at + 1, "why": f"w{at}", "kind": "norm"}, small)
    (told,) = show(ALL, [four], small)
    assert (told.question, told.mean, told.spread) == ("felt", 2.5, None)
    five = four.with_more({"felt": 5, "why": "w4", "kind": "budget"}, small)
    all_told = by_question(show(ALL, [five], small))
    assert set(all_told["why"].words) == {"w0", "w1", "w2", "w3", "w4"}
    assert all_told["kind"].shares == {"norm": 80, "budget": 20}
    assert all_told["felt"].spread is None


def test_a_larger_team_sees_the_spread_from_five_answers_on() -> None:
    (told,) = show([FELT], [heap(figures(1, 1, 3, 5, 5))], BIG)
    assert (told.mean, told.spread) == (3.0, 1.8)
    low = replace(heap(figures(1, 3, 5)), promised=threshold_for(9, 3))
    (told,) = show([FELT], [low], threshold_for(9, 3))
    assert (told.mean, told.spread) == (3.0, None)


def test_a_threshold_that_is_lowered_does_not_reach_back() -> None:
    lowered = threshold_for(9, 3)
    assert not show([FELT], [heap(figures(1, 2, 3, 4))], lowered)
    mixed = heap(figures(1, 2, 3)).with_more({"felt": 4}, lowered)
    assert mixed.promised == BIG


def test_values_of_another_kind_than_the_question_now_takes_stay_unshown() -> None:
    old = heap([{"felt": f"text {at}"} for at in range(6)], round_id="old")
    new = heap(figures(1, 2, 3, 4, 5), round_id="new")
    (told,) = show([FELT], [old, new], BIG)
    assert told.rounds == ("new",)
    assert "felt" in without(old, [told]).values


def test_the_order_of_words_comes_from_the_words_alone() -> None:
    forms_: list[dict[str, Value]] = [{"why": f"words {at}"} for at in range(6)]
    (one,), (other,) = show([WHY], [heap(forms_)], BIG), show([WHY], [heap(forms_[::-1])], BIG)
    assert one == other
    assert list(one.words) != sorted(one.words)


@pytest.mark.parametrize(
    ("size", "setting", "others", "said"),
    [
        (9, None, 8, "anonymous answers are shown from 5 on, the lead's not counted."),
        (6, 5, 5, "gets there only if all of them answer"),
        (4, None, 3, "never gets there"),
    ],
)
def test_an_operator_is_told_what_a_threshold_means(
    size: int, setting: int | None, others: int, said: str
) -> None:
    assert said in in_words_for(threshold_for(size, setting), others)
