"""Slack's names of emoji."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.emoji import emoji, known


@pytest.mark.parametrize(
    ("name", "characters"),
    [
        ("wave", "👋"),
        ("+1", "👍"),
        ("white_check_mark", "✅"),
        ("large_yellow_circle", "🟡"),
        ("simple_smile", "🙂"),
        ("thinking_face", "🤔"),
        ("robot_face", "🤖"),
        ("flag-gb", "🇬🇧"),
        ("us", "🇺🇸"),
        ("female-technologist", "👩‍💻"),
        ("man-shrugging", "🤷‍♂️"),
        ("man-woman-girl-boy", "👨‍👩‍👧‍👦"),
        ("first_place_medal", "🥇"),
        ("wave::skin-tone-3", "👋🏼"),
        ("female-technologist::skin-tone-6", "👩🏿‍💻"),
        ("woman-shrugging::skin-tone-2", "🤷🏻‍♀️"),
        ("point_up::skin-tone-4", "☝🏽"),
        ("tada::skin-tone-4", "🎉"),
        ("skin-tone-5", "🏾"),
    ],
)
def test_names(name: str, characters: str) -> None:
    assert emoji(name) == characters


@pytest.mark.parametrize(
    "name", ["", "no_such_thing", "flag-zz", "skin-tone-9", "x::skin-tone-2", ":"]
)
def test_names_of_nothing(name: str) -> None:
    if name == "x::skin-tone-2":
        assert emoji(name) == emoji("x"), "what takes no skin tone stays as it is"
    else:
        assert emoji(name) is None


def test_the_menu_offers_only_what_can_be_shown_and_nothing_twice() -> None:
    names = known()
    assert len(names) == len(set(names)) >= 60
    assert all(emoji(name) for name in names)


@given(st.text(max_size=30))
def test_any_name_is_known_or_not(name: str) -> None:
    found = emoji(name)
    assert found is None or ("<" not in found and "&" not in found)
