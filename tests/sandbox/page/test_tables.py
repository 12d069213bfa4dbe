"""Tables as tables: heads, alignment, and a way to scroll them by the keyboard."""

from typing import Any

from sandbox.page.drawing.tables import table
from tests.sandbox.page.looking import seen, sight

SIGHT = sight()
EYES = SIGHT.eyes
Json = dict[str, Any]


def raw(words: str) -> Json:
    return {"type": "raw_text", "text": words}


def test_the_first_row_names_the_columns() -> None:
    drawn = str(table({"rows": [[raw("Week"), raw("Voices")], [raw("5 Oct"), raw("4")]]}, EYES))
    assert '<thead><tr><th scope="col" class="unwrapped">Week</th>' in drawn
    assert '<tbody><tr><td class="unwrapped">5 Oct</td><td class="unwrapped">4</td>' in drawn


def test_it_is_reached_by_the_keyboard_and_says_what_it_is() -> None:
    shown = seen(table({"rows": [[raw("Week"), raw("<Voices>")]]}, EYES))
    assert shown.values("div", "tabindex") == ["0"]
    assert shown.values("div", "role") == ["group"]
    assert shown.values("div", "aria-label") == ["Table: Week, <Voices>"]


def test_columns_are_aligned_and_wrapped_as_set() -> None:
    settings = [None, {"align": "right", "is_wrapped": True}, {"align": "center"}]
    rows = [[raw("a"), raw("b"), raw("c"), raw("d")]]
    shown = seen(table({"rows": rows, "column_settings": settings}, EYES))
    assert shown.values("th", "class") == [
        "unwrapped",
        "align-right",
        "align-centre unwrapped",
        "unwrapped",
    ]


def test_long_cells_are_wrapped_all_the_same() -> None:
    shown = seen(table({"rows": [[raw("a")], [raw("word " * 40)]]}, EYES))
    assert shown.values("td", "class") == ["long"]


def test_cells_of_rich_text_and_figures() -> None:
    user = {"type": "user", "user_id": SIGHT.amara.id}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [user]}]}
    figures = [
        {"type": "raw_number", "value": 4.5},
        {"type": "raw_number", "value": 1, "text": "one"},
    ]
    shown = seen(table({"rows": [[raw("a"), raw("b"), raw("c")], [rich, *figures]]}, EYES))
    assert shown.text == "abc@Amara Osei4.5one"
    assert shown.values("td", "class") == [
        "unwrapped",
        "align-right unwrapped",
        "align-right unwrapped",
    ]


def test_uneven_rows_are_filled_and_a_head_without_words_heads_nothing() -> None:
    shown = seen(table({"rows": [[raw(""), raw("b")], [raw("x")], []]}, EYES))
    assert shown.tags.count("td") + shown.tags.count("th") == 6
    assert shown.tags.count("th") == 1


def test_no_rows_at_all() -> None:
    assert "table" in seen(table({"rows": []}, EYES)).tags


def test_a_data_table_has_a_caption_and_a_column_that_heads_its_rows() -> None:
    block = {
        "type": "data_table",
        "caption": "Voices <heard>",
        "row_header_column_index": 0,
        "rows": [[raw("Week"), raw("n")], [raw("5 Oct"), {"type": "raw_number", "value": 3}]],
    }
    shown = seen(table(block, EYES))
    assert shown.text == "Voices <heard>Weekn5 Oct3"
    assert shown.values("th", "scope") == ["col", "col", "row"]
    assert shown.values("div", "aria-label") == ["Voices <heard>"]
