"""What fits into a sitting, whoever is asked what."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from coaching.agenda import MOST_MINUTES, MOST_REQUIRED, agenda, required
from coaching.catalogue import load_catalogue

CATALOGUE = load_catalogue()
PEOPLE = ("lead", "coach", "leader")

audiences = st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1)


def wanted(*keys: str) -> Mapping[str, list[str]]:
    return {key: list(PEOPLE) for key in keys}


def sitting(asked_of: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    plan = agenda({key: CATALOGUE[key] for key in asked_of}, asked_of)
    return list(plan.asked), list(plan.moves)


def test_what_has_room_is_asked_together() -> None:
    assert sitting(wanted("early_wins", "voices_heard")) == (["early_wins", "voices_heard"], [])


def test_what_has_none_moves_and_leaves_its_place_to_what_fits() -> None:
    assert sitting(wanted("commitment", "purpose_whole", "purpose")) == (
        ["commitment", "purpose"],
        ["purpose_whole"],
    )


def test_one_that_fills_a_sitting_by_itself_comes_all_the_same() -> None:
    assert sitting(wanted("five_disciplines", "early_wins"))[0] == ["five_disciplines"]


@given(st.dictionaries(st.sampled_from(sorted(CATALOGUE)), audiences, max_size=8))
def test_nobody_is_asked_more_than_a_sitting_holds(asked_of: dict[str, list[str]]) -> None:
    asked, moves = sitting(asked_of)
    assert sorted([*asked, *moves]) == sorted(asked_of), "nothing is forgotten"
    assert asked[:1] == list(asked_of)[:1], "the first always comes"
    for person in PEOPLE:
        theirs = [CATALOGUE[key] for key in asked if person in asked_of[key]]
        if len(theirs) > 1:
            assert sum(map(required, theirs)) <= MOST_REQUIRED
            assert sum(one.minutes for one in theirs) <= MOST_MINUTES
