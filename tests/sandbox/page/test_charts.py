"""Charts: axes that can be read, words that do not overlap, and the figures as a table."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.page.drawing.charts import chart
from sandbox.page.drawing.plotting.figures import told
from sandbox.page.drawing.plotting.labels import LINE, labels_for, width_of
from sandbox.page.drawing.plotting.pie import shares, told_share
from sandbox.page.drawing.plotting.scale import scale_for
from tests.sandbox.page.looking import seen

Json = dict[str, Any]
WEEKS = ("5 Oct", "12 Oct", "19 Oct", "26 Oct")


def plot(
    kind: str, categories: Sequence[str], series: Mapping[str, Sequence[object]], **axes: str
) -> Json:
    return {
        "type": "data_visualization",
        "title": "Outside voices",
        "chart": {
            "type": kind,
            "series": [
                {
                    "name": name,
                    "data": [
                        {"label": label, "value": value}
                        for label, value in zip(categories, values, strict=True)
                        if value is not None
                    ],
                }
                for name, values in series.items()
            ],
            "axis_config": {"categories": [*categories], **axes},
        },
    }


def pie(**segments: float) -> Json:
    parts = [{"label": label, "value": value} for label, value in segments.items()]
    return {"title": "Whose voices", "chart": {"type": "pie", "segments": parts}}


def test_a_bar_chart_has_a_title_a_sentence_and_its_figures_as_a_table() -> None:
    shown = seen(chart(plot("bar", WEEKS, {"Voices": [1, 0, 2.5, 4]}, x_label="Week")))
    assert shown.text.startswith("Outside voices")
    about = "Bar chart, Outside voices: from 0 (12 Oct) to 4 (26 Oct)"
    assert shown.values("svg", "aria-label") == [about, about]
    assert shown.text.endswith("WeekVoices5 Oct112 Oct019 Oct2.526 Oct4")
    assert shown.tags.count("rect") == 2 * 3, "a bar of nothing is none, for two widths each"
    assert "ul" not in shown.tags, "one series needs no legend"


def test_series_are_told_apart_by_more_than_colour() -> None:
    series = {f"Series {number}": [number + 1] * 4 for number in range(6)}
    for kind in ("line", "area"):
        drawn = seen(chart(plot(kind, WEEKS, series)))
        paths = [
            path
            for (tag, name, path), (_, _, cls) in zip(
                drawn.attributes[1:], drawn.attributes, strict=False
            )
            if (tag, name) == ("path", "d") and cls.startswith("chart-glyph")
        ]
        assert len(set(paths)) == 6
        assert len(set(drawn.values("line", "stroke-dasharray"))) == 6
    hatching = seen(chart(plot("bar", WEEKS, series))).values("svg", "class")
    assert hatching.count("chart-swatch") == 6


def test_a_gap_is_a_gap() -> None:
    shown = seen(chart(plot("line", WEEKS, {"A": [1, None, 3, 4], "B": [1, 2, 3, 4]})))
    lines = [d for d in shown.values("path", "d") if d.startswith("M") and "Z" not in d]
    assert {d.count("L") for d in lines} == {1, 3}, "two points after the gap, and all four"
    assert "–" in shown.text


def test_categories_that_are_called_alike_keep_their_own_figures() -> None:
    shown = seen(chart(plot("bar", ["Mon", "Mon"], {"A": [1, 2]})))
    assert shown.text.endswith("AMon1Mon2")


def test_a_pie_tells_values_and_shares_in_words() -> None:
    shown = seen(chart(pie(Customers=3, Suppliers=1, Nobody=0)))
    assert "Customers: 3 (75%)Suppliers: 1 (25%)Nobody: 0 (0%)" in shown.text
    assert shown.values("svg", "aria-label")[0] == (
        "Pie chart, Whose voices: Customers 75%, Suppliers 25%, Nobody 0%"
    )


def test_a_pie_of_one_and_a_pie_of_nothing_are_whole() -> None:
    assert "circle" in seen(chart(pie(All=3))).tags
    assert seen(chart(pie(A=0, B=0))).values("circle", "class") == ["chart-nothing"]


def test_a_chart_of_another_kind_is_named() -> None:
    block = {"title": "x", "chart": {"type": "radar"}}
    assert 'data-undrawn="radar"' in chart(block)


def test_nothing_needs_a_style_or_an_id() -> None:
    for block in (plot("area", WEEKS, {"A": [1, 2, 3, 4]}), pie(A=1, B=2)):
        names = {name for _, name, _ in seen(chart(block)).attributes}
        assert not names & {"style", "id"}


# -- ticks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ([1, 0, 3, 4], ["0", "1", "2", "3", "4"]),
        ([0, 0], ["0", "1"]),
        ([], ["0", "1"]),
        ([0.1, 0.35], ["0", "0.1", "0.2", "0.3", "0.4"]),
        ([5, -7], ["-10", "-5", "0", "5"]),
        ([1200, 900], ["0", "250", "500", "750", "1,000", "1,250"]),
        ([42_000], ["0", "10k", "20k", "30k", "40k", "50k"]),
        ([3.4e12], ["0", "1T", "2T", "3T", "4T"]),
        ([1_000_001, 1_000_003], ["1,000,001", "1,000,002", "1,000,003"]),
        ([3e-7], ["0", "1e-7", "2e-7", "3e-7"]),
    ],
)
def test_ticks_are_round(figures: list[float], words: list[str]) -> None:
    scale = scale_for([float(figure) for figure in figures], 0, 100, from_zero=False)
    assert scale.words() == words


FIGURES = st.one_of(
    st.integers(-1000, 1000).map(float),
    st.floats(-1e300, 1e300).map(lambda figure: 0.0 if abs(figure) < 1e-300 else figure),
)


@given(st.lists(FIGURES, max_size=20), st.booleans())
def test_every_figure_is_on_its_scale_and_ticks_differ(figures: list[float], zero: bool) -> None:
    scale = scale_for(figures, 0.0, 100.0, from_zero=zero)
    assert 2 <= len(scale.ticks) <= 9
    assert list(scale.ticks) == sorted(set(scale.ticks))
    assert len(set(scale.words())) == len(scale.ticks)
    assert all(-0.01 <= scale.y(figure) <= 100.01 for figure in figures)
    assert 0 <= scale.ground <= 100


# -- words -----------------------------------------------------------------------------------------


@given(st.lists(st.text(max_size=20), min_size=1, max_size=20), st.floats(8, 200))
def test_labels_lie_beside_one_another(categories: list[str], slot: float) -> None:
    labels = labels_for(categories, slot)
    if labels.slanted:
        assert labels.every * slot * math.sin(math.radians(50)) >= LINE - 0.01
    else:
        assert all(width_of(line) <= slot for lines in labels.lines for line in lines)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (None, "–"),
        (4, "4"),
        (2.5, "2.5"),
        (-1234567, "-1,234,567"),
        (1234.5, "1,234.5"),
        (0.25, "0.25"),
        (1.2e-7, "1.2e-07"),
        (1e20, "1e+20"),
        (10**400, "1e+300"),
        (0.0, "0"),
    ],
)
def test_figures_in_full(figure: float | None, words: str) -> None:
    assert told(figure) == words


def test_shares() -> None:
    assert shares([1, 1, 2]) == [0.25, 0.25, 0.5]
    assert [told_share(share) for share in (0, 0.0004, 0.004, 0.5, 0.995, 1)] == [
        "0%",
        "<0.1%",
        "0.4%",
        "50%",
        "99.5%",
        "100%",
    ]


# -- whatever is drawn -----------------------------------------------------------------------------

WORDS = st.text(min_size=1, max_size=20)
VALUES = st.one_of(
    st.integers(),
    st.floats(),
    st.none(),
    st.just(10**400),
    st.sampled_from([5e-324, 1e308, -1e308]),
)


@given(
    st.sampled_from(["line", "bar", "area"]),
    st.lists(WORDS, min_size=1, max_size=20),
    st.data(),
)
@settings(deadline=None)
def test_any_series_is_drawn(kind: str, categories: list[str], data: st.DataObject) -> None:
    row = st.lists(VALUES, min_size=len(categories), max_size=len(categories))
    series = data.draw(st.dictionaries(WORDS, row, min_size=1, max_size=6))
    shown = seen(chart(plot(kind, categories, series)))
    assert shown.values("svg", "class")[:2] == ["chart-picture narrow", "chart-picture wide"]
    numbers = [value for tag in ("rect", "text", "line") for name in ("x", "y", "x1", "y1")
               for value in shown.values(tag, name)]  # fmt: skip
    assert all(math.isfinite(float(number)) for number in numbers)
    assert all("nan" not in d and "inf" not in d for d in shown.values("path", "d"))


@given(
    st.dictionaries(WORDS, st.floats(0, allow_infinity=False) | st.integers(0, 10**400), max_size=6)
)
@settings(deadline=None)
def test_any_pie_is_drawn(segments: dict[str, float]) -> None:
    parts = [{"label": label, "value": value} for label, value in segments.items()]
    shown = seen(chart({"title": "<b>", "chart": {"type": "pie", "segments": parts}}))
    assert shown.text.startswith("<b>")
    assert all("nan" not in d and "inf" not in d for d in shown.values("path", "d"))


@pytest.mark.parametrize(
    "block",
    [{}, {"chart": None}, {"chart": {"type": "bar"}}, {"chart": {"type": "pie", "segments": "x"}},
     {"chart": {"type": "line", "series": [None], "axis_config": {"categories": 3}}}],
)  # fmt: skip
def test_what_is_hardly_a_chart_is_still_something(block: Json) -> None:
    assert seen(chart(block)).tags
