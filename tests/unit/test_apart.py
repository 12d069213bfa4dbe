"""Which two sentences lie furthest apart."""

from hypothesis import given
from hypothesis import strategies as st

from insights.apart import distance, furthest_first

SENTENCES = st.lists(st.text(max_size=40), max_size=6)


def test_the_two_furthest_apart_stand_first() -> None:
    sentences = [
        "We serve the wards of the north",
        "We keep serving every ward in the north",
        "Profit for those who own us",
        "The north's wards are served",
    ]
    assert furthest_first(sentences) == [0, 2, 1, 3]
    assert distance(sentences[0], sentences[1]) < distance(sentences[0], sentences[2])


def test_of_one_or_none_there_is_no_pair() -> None:
    assert furthest_first([]) == []
    assert furthest_first(["We heal"]) == [0]


@given(SENTENCES)
def test_each_stands_there_once_and_no_pair_is_wider(sentences: list[str]) -> None:
    order = furthest_first(sentences)
    assert sorted(order) == list(range(len(sentences)))
    if len(sentences) > 1:
        first = distance(sentences[order[0]], sentences[order[1]])
        assert all(distance(one, other) <= first for one in sentences for other in sentences)


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_is_the_same_both_ways_and_none_to_itself(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert 0 <= distance(one, other) <= 1
    assert distance(one, one) == 0
