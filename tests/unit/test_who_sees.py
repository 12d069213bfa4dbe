"""What is said of who will see an answer, where words stay out of the channel and where not."""

from dataclasses import replace

import pytest

from coaching.anonymity import Threshold
from coaching.catalogue import load_catalogue
from coaching.practice import Practice
from conversation.compose.who_sees import in_form, in_prompt

APART = "Words stay out of the channel: only who is on the team can read them."


def practice(key: str, *, discreet: bool = True) -> Practice:
    return replace(load_catalogue()[key], discreet=discreet)


def form(asked: Practice, threshold: Threshold | None = None, *, late: bool = False) -> str:
    told = in_form("The board", asked, threshold, late=late)
    return " ".join(str(span) for spans in told for span in spans)


@pytest.mark.parametrize("late", [False, True])
def test_the_form_says_that_words_stay_apart(late: bool) -> None:
    assert APART in form(practice("early_wins"), late=late)
    assert APART not in form(practice("early_wins", discreet=False), late=late)
    assert APART not in form(practice("missing_voices"), late=late), (
        "its words go to lead and coach"
    )


def test_what_is_anonymous_is_shown_to_the_team_alone() -> None:
    few, many = Threshold(4, 5, spread=False), Threshold(5, 5, spread=True)
    assert "Shown to the team, words outside the channel: averages from 4" in form(
        practice("doubts"), few
    )
    assert "Shown to the team, words outside the channel, from 5" in form(practice("doubts"), many)
    assert "Shown in the channel from 5" in form(practice("doubts", discreet=False), many)


def test_the_prompt_says_it_of_all_that_is_asked() -> None:
    both = "".join(map(str, in_prompt("The board", [practice("early_wins"), practice("doubts")])))
    assert "Visible progress: with your name." in both
    assert both.endswith(APART)
    alone = "".join(map(str, in_prompt("The board", [practice("purpose_whole")])))
    assert "hidden until the round closes" in alone
    assert alone.endswith(APART)
    assert "there" in "".join(map(str, in_prompt("The board", [practice("missing_voices")])))
