from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, Field

from coaching.documents import DocumentError, read_document
from coaching.yaml_text import Path

STRICT = ConfigDict(extra="forbid")


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Crate:
    __pydantic_config__ = STRICT
    label: Annotated[str, Field(min_length=1, max_length=20, examples=["Oslo"])]
    size: Size
    count: Annotated[int, Field(ge=1, le=10)] = 1
    open: bool = False

    def __post_init__(self) -> None:
        if self.open and self.count > 5:
            raise ValueError("an open crate holds five; close it")


@dataclass(frozen=True, slots=True)
class Shed:
    __pydantic_config__ = STRICT
    name: str
    crates: Annotated[tuple[Crate, ...], Field(min_length=1)]
    best: Crate | None = None


GOOD = """\
name: North
crates:
  - label: Oslo
    size: small
  - label: Bergen
    size: large
    count: 3
    open: true
"""


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(DocumentError) as refused:
        read_document(text, Shed, "shed.yaml")
    return refused.value.problems


def test_reads_a_document_into_its_dataclass() -> None:
    assert read_document(GOOD, Shed, "shed.yaml") == Shed(
        "North", (Crate("Oslo", Size.SMALL), Crate("Bergen", Size.LARGE, 3, True))
    )


@pytest.mark.parametrize("word", ["no", "09:00", "2026-12-04", "1e3", "0x1F", "on", "12", "1_0"])
def test_text_stays_the_text_that_was_written(word: str) -> None:
    assert read_document(GOOD.replace("North", word), Shed, "shed.yaml").name == word


def test_an_empty_value_is_no_value_but_empty_quotes_are_text() -> None:
    assert read_document(GOOD.replace("North", '""'), Shed, "shed.yaml").name == ""
    assert read_document(GOOD + "best:\n", Shed, "shed.yaml").best is None


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("name: North\n", "", "1: name: missing; add it, as in `name: …`"),
        ("name: North", "name:", "1: name: no value is given; write one"),
        ("name: North", "name: [a]", "1: name: a list stands where one line of text belongs"),
        ("name: North", "name: {a: b}", "1: name: a mapping stands where one line of text belongs"),
        ("name", "nmae", "1: nmae: not known here; did you mean `name`?"),
        ("    count: 3", "    ???: 3", "7: crates[1].???: not known here; what is known:"),
        ("large", "larg", '6: crates[1].size: "larg" is not known; did you mean large?'),
        ("large", "x", '6: crates[1].size: "x" is not known; choose small or large'),
        ("Bergen", '""', "5: crates[1].label: too short; write at least 1 character, as in"),
        ("Bergen", "B" * 21, "5: crates[1].label: 21 characters; shorten it to 20"),
        (
            "  - label: Oslo\n",
            "  - foo: a\n",
            "3: crates[0].label: missing; add it, as in `label: Oslo`",
        ),
        ("count: 3", "count: 0", '7: crates[1].count: "0" is too low; 1 is the least'),
        ("count: 3", "count: 11", '7: crates[1].count: "11" is too high; 10 is the most'),
        (
            "count: 3",
            "count: three",
            '7: crates[1].count: "three" is not a whole number; write one',
        ),
        ("open: true", "open: perhaps", '8: crates[1].open: "perhaps" is neither true nor false'),
        ("name: North", "name: a\nname: b", "2: `name` stands here a second time; keep one"),
        ("name: North", "name: &n North", None),
        ("name: North", "name: *n", "1: references (*name) are not read here; write it out again"),
        ("name: North", "name: !!int 7", "1: tags (!name) are not read here; delete it"),
        ("name: North", "!x name: North", "1: tags (!name) are not read here; delete it"),
        ("name: North", "[name]: North", "1: a key is a word, not a list or a mapping"),
        ("name: North", "name: North: South", "1: not YAML (mapping values are not allowed here)"),
        ("    size: large", "\tsize: large", "6: a tab; YAML is indented with spaces"),
        ("name: North", "name: \x07", "1: a character that YAML does not allow; delete it"),
        ("name: North", 'name: "\\UFFFFFFFF"', "1: an escape or version that YAML does not know"),
        ("name: North", "name: " + "[" * 5000, "1: this is nested too deeply"),
        ("name: North", "name: North\n---", "2: a second document begins here; keep to one"),
        (GOOD, "", "1: there is nothing in it"),
        (GOOD, "just words", '1: "just words" stands where a mapping belongs'),
        (GOOD, "name: x\ncrates: []", "2: crates: too few entries; write at least 1 entry"),
        (GOOD, "name: x\ncrates: Oslo", '2: crates: "Oslo" stands where a list belongs'),
        (GOOD, "name: x\ncrates: [Oslo]", '2: crates[0]: "Oslo" stands where a mapping belongs'),
    ],
)
def test_each_problem_has_a_line_and_a_mend(written: str, instead: str, told: str | None) -> None:
    assert written in GOOD
    text = GOOD.replace(written, instead)
    if told is None:
        read_document(text, Shed, "shed.yaml")
    else:
        assert any(line.startswith(f"shed.yaml:{told}") for line in problems(text)), problems(text)


def test_every_problem_is_told_in_the_order_of_the_lines() -> None:
    told = problems(GOOD.replace("name", "nmae").replace("small", "tiny").replace("3", "300"))
    assert [line.split(":")[1] for line in told] == ["1", "1", "4", "7"]


def test_what_a_shape_cannot_say_is_located_too() -> None:
    def no_two_alike(shed: Shed) -> list[tuple[Path, str]]:
        labels = [crate.label for crate in shed.crates]
        return [] if len(set(labels)) == len(labels) else [(("crates", 1, "label"), "twice")]

    read_document(GOOD, Shed, "shed.yaml", no_two_alike)
    with pytest.raises(DocumentError, match=r"^shed\.yaml:5: crates\[1\]\.label: twice$"):
        read_document(GOOD.replace("Bergen", "Oslo"), Shed, "shed.yaml", no_two_alike)


def test_what_the_dataclass_itself_refuses_stands_at_its_line() -> None:
    text = GOOD.replace("count: 3", "count: 9")
    with pytest.raises(DocumentError, match=r"^shed\.yaml:5: crates\[1\]: an open crate holds"):
        read_document(text, Shed, "shed.yaml")


yaml_like = st.text(
    st.sampled_from(
        "\n\n  -:[]{}&*!|>'\"%@`#?,~\\ \t\r0129abnosizelCrcountUxu\ufeff\u2028é漢\x00\x85"
    )
)


@given(st.one_of(st.text(), yaml_like, yaml_like.map(lambda text: GOOD + text)))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        read_document(text, Shed, "shed.yaml")
    except DocumentError as refused:
        for line in refused.problems:
            assert line.startswith("shed.yaml:")
            assert line.splitlines() == [line]
            line.encode()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_word_in_double_quotes_is_told_on_one_printable_line(word: str) -> None:
    escaped = "".join(f"\\U{ord(character):08x}" for character in word)
    for line in problems(GOOD.replace("large", f'"{escaped}"').replace("name:", f'"{escaped}":')):
        assert line.isprintable()
