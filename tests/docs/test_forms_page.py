"""The page of forms says neither more nor less than what is rendered."""

import re

import pytest

from conversation.messages import Field, FieldKind, Form
from platforms.slack.forms import render_form
from tests.docs.pages import page

PAGE = page("docs/reference/forms.md")
ROWS = dict(re.findall(r"^\| `([a-z_]+)` \| (.+?) \|", PAGE.text, flags=re.MULTILINE))
NAMED = {FieldKind.STAKEHOLDERS, FieldKind.DECISION}
CHOSEN = {FieldKind.CHOICE, FieldKind.MULTI_CHOICE}


def elements(kind: FieldKind, choices: int) -> set[str]:
    asked = Field(
        "a",
        "What?",
        kind,
        choices=tuple(f"choice {number}" for number in range(choices)),
        another="Else?" if kind in NAMED else "",
    )
    view = render_form(Form("Title", (asked,)), {})
    return {block["element"]["type"] for block in view["blocks"]}


def test_every_kind_of_field_has_its_row() -> None:
    assert list(ROWS) == list(FieldKind)


@pytest.mark.parametrize("kind", FieldKind)
def test_a_row_names_the_elements_that_are_rendered(kind: FieldKind) -> None:
    sizes = (0, 3) if kind in NAMED else (10, 11) if kind in CHOSEN else (0,)
    rendered = set().union(*(elements(kind, size) for size in sizes))
    assert set(re.findall(r"`([a-z_]+)`", ROWS[kind])) == rendered
