"""What holds for any blocks: junk never raises, the good pass, the long are found."""

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.block_kit import (
    Surface,
    initial_state,
    interactive_elements,
    plain_text,
    problems_of_blocks,
    problems_of_values,
    problems_of_view,
    with_generated_ids,
)
from sandbox.block_kit.blocks import BLOCKS
from sandbox.block_kit.elements import ELEMENTS, IN_INPUT

Json = dict[str, Any]
SURFACES: list[Surface] = ["message", "modal", "home"]
surfaces = st.sampled_from(SURFACES)


def keys_of_tables() -> list[str]:
    """Every key that the tables know at the top of a block or an element, to get junk past them."""
    shapes = [*BLOCKS.values(), *ELEMENTS.values()]
    known = {key for shape in shapes for key in (*shape.needs, *shape.may)}
    return sorted(known | {"text", "value", "type", "max_length"})


types = st.sampled_from([*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "modal", "home"])
keys = st.sampled_from(keys_of_tables())
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | types


def nested(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    typed = st.tuples(types, st.dictionaries(keys, inside, max_size=4))
    return st.lists(inside, max_size=3) | typed.map(lambda pair: pair[1] | {"type": pair[0]})


junk = st.recursive(leaves, nested, max_leaves=20)


@given(junk, surfaces)
def test_junk_never_raises(value: Any, surface: Surface) -> None:
    assert all("[json-pointer:/blocks" in each for each in problems_of_blocks(value, surface))
    assert all("[json-pointer:/blocks" in each for each in problems_of_blocks([value], surface))
    assert all("[json-pointer:/view" in each for each in problems_of_view(value))


def texts(longest: int) -> st.SearchStrategy[str]:
    return st.text(min_size=1, max_size=min(longest, 12))


def plains(longest: int) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {"type": st.just("plain_text"), "text": texts(longest)}, optional={"emoji": st.booleans()}
    )


@st.composite
def inputs(draw: st.DrawFn) -> Json:
    """An input element with options where its type has them, and no action_id."""
    kind = draw(st.sampled_from(sorted(IN_INPUT)))
    element: Json = {"type": kind}
    if kind in {"static_select", "multi_static_select", "checkboxes", "radio_buttons"}:
        names = draw(st.lists(texts(75), min_size=1, max_size=5, unique=True))
        text = [{"type": "plain_text", "text": name} for name in names]
        element["options"] = [{"text": t, "value": t["text"]} for t in text]
    if kind == "number_input":
        element["is_decimal_allowed"] = draw(st.booleans())
    return element


mrkdwns = st.fixed_dictionaries({"type": st.just("mrkdwn"), "text": texts(3000)})
buttons = st.fixed_dictionaries(
    {"type": st.just("button"), "text": plains(75)},
    optional={"value": texts(2000), "style": st.sampled_from(["primary", "danger"])},
)
input_blocks = st.fixed_dictionaries(
    {"type": st.just("input"), "label": plains(2000), "element": inputs()},
    optional={"hint": plains(2000), "dispatch_action": st.booleans()},
)
other_blocks = st.one_of(
    st.fixed_dictionaries({"type": st.just("section"), "text": mrkdwns | plains(3000)}),
    st.fixed_dictionaries({"type": st.just("header"), "text": plains(150)}),
    st.fixed_dictionaries(
        {"type": st.just("actions"), "elements": st.lists(buttons, min_size=1, max_size=25)}
    ),
    st.fixed_dictionaries(
        {"type": st.just("context"), "elements": st.lists(mrkdwns, min_size=1, max_size=10)}
    ),
    st.just({"type": "divider"}),
)


def a_modal(blocks: list[Json]) -> Json:
    numbers = map(str, itertools.count())
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "A form"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": with_generated_ids(blocks, numbers.__next__),
    }


modals = st.lists(input_blocks | other_blocks, max_size=8).map(a_modal)


@given(st.lists(other_blocks, max_size=50), surfaces)
def test_good_blocks_have_no_problems_anywhere(blocks: list[Json], surface: Surface) -> None:
    assert problems_of_blocks(blocks, surface) == []
    assert isinstance(plain_text(blocks), str)


@given(modals)
def test_good_views_have_no_problems_and_every_id_once(view: Json) -> None:
    assert problems_of_view(view) == []
    ids = [block["block_id"] for block in view["blocks"]]
    ids += [element["action_id"] for _, element in interactive_elements(view["blocks"])]
    assert len(ids) == len(set(ids))


LIMITS: list[tuple[str, str, int, Json]] = [
    ("section", "text", 3000, {}),
    ("header", "text", 150, {}),
    ("input", "label", 2000, {"element": {"type": "plain_text_input"}}),
    ("image", "title", 2000, {"image_url": "https://example.org", "alt_text": "A"}),
]


@given(st.sampled_from(LIMITS), st.integers(0, 3), st.integers(1, 50))
def test_too_long_is_found_where_it_is(
    limit: tuple[str, str, int, Json], before: int, excess: int
) -> None:
    kind, key, longest, rest = limit
    long = {"type": "plain_text", "text": "x" * (longest + excess)}
    blocks = [{"type": "divider"}] * before + [{"type": kind, key: long} | rest]
    assert problems_of_blocks(blocks, "modal") == [
        f"must be less than {longest + 1} characters [json-pointer:/blocks/{before}/{key}/text]"
    ]


@given(modals)
def test_the_initial_state_has_every_input(view: Json) -> None:
    asked = [block for block in view["blocks"] if block["type"] == "input"]
    state = initial_state(view)
    assert {(b["block_id"], b["element"]["action_id"]) for b in asked} == {
        (block_id, action_id) for block_id, held in state.items() for action_id in held
    }
    for block in asked:
        entry = state[block["block_id"]][block["element"]["action_id"]]
        assert entry["type"] == block["element"]["type"]
    assert problems_of_values(view, state).keys() == {block["block_id"] for block in asked}


@given(modals)
def test_optional_inputs_may_be_sent_as_they_start(view: Json) -> None:
    for block in view["blocks"]:
        if block["type"] == "input":
            block["optional"] = True
    assert problems_of_values(view, initial_state(view)) == {}


@given(st.text(min_size=1, max_size=30), st.integers(1, 29))
def test_a_text_may_be_sent_when_it_fits(text: str, longest: int) -> None:
    element = {"type": "plain_text_input", "max_length": longest}
    label = {"type": "plain_text", "text": "Q"}
    view = a_modal([{"type": "input", "label": label, "element": element}])
    state = initial_state(view)
    (entry,) = (entry for held in state.values() for entry in held.values())
    entry["value"] = text
    assert bool(problems_of_values(view, state)) == (len(text) > longest)
