"""Which facts lead a digest."""

from collections.abc import Collection
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from insights.digest import Facts, Need, Voice, Win, choose

TODAY = date(2026, 10, 9)


def voice(key: str, decision: str = "") -> Voice:
    return Voice(f"voice:{key}", "U1", f"words of {key}", decision, TODAY)


def need(key: str) -> Need:
    return Need(f"need:{key}:open", f"what {key}", TODAY, "", None, None)


def pick(
    voices: list[Voice] | None = None,
    wins: list[Win] | None = None,
    needs: list[Need] | None = None,
    last_voice_on: date | None = None,
    series: list[int] | None = None,
    told: Collection[str] = (),
) -> Facts | None:
    return choose(
        today=TODAY,
        voices=voices or [],
        wins=wins or [],
        needs=needs or [],
        last_voice_on=last_voice_on,
        weekly=[("voices_weekly", "Voices heard", series or [])],
        told=told,
    )


def test_nothing_changed_nothing_said() -> None:
    assert pick() is None
    assert pick(series=[1, 1, 1, 1]) is None


def test_the_latest_voice_leads_and_one_that_changes_a_decision_before_it() -> None:
    facts = pick(voices=[voice("a", "Price list"), voice("b")])
    assert facts is not None
    assert facts.voice == voice("a", "Price list")
    plain = pick(voices=[voice("a"), voice("b")])
    assert plain is not None
    assert plain.voice == voice("b")


def test_without_a_voice_the_days_since_the_last_are_counted() -> None:
    facts = pick(needs=[need("a")], last_voice_on=date(2026, 9, 27))
    assert facts is not None
    assert facts.days_without_voice == 12


def test_the_oldest_open_need_leads_unless_it_led_lately() -> None:
    facts = pick(needs=[need("old"), need("new")])
    assert facts is not None
    assert facts.need == need("old")
    again = pick(needs=[need("old"), need("new")], told=facts.told)
    assert again is not None
    assert again.need == need("new")


def test_a_change_is_told_from_four_points_of_data_on() -> None:
    assert pick(series=[1, 2, 6]) is None
    facts = pick(series=[3, 1, 2, 6])
    assert facts is not None
    assert facts.trend is not None
    assert (facts.trend.now, facts.trend.before) == (6, 2)


def test_a_win_alone_is_worth_a_digest() -> None:
    assert pick(wins=[Win("win:a", "U1", "A call returned")]) is not None


_KEYS = st.sampled_from("abcdef")


@given(
    st.lists(_KEYS, unique=True),
    st.lists(_KEYS, unique=True),
    st.lists(st.integers(0, 9), max_size=8),
    st.sets(st.sampled_from([f"voice:{k}" for k in "abc"] + [f"need:{k}:open" for k in "abc"])),
)
def test_nothing_told_lately_leads_again(
    voices: list[str], needs: list[str], series: list[int], told: set[str]
) -> None:
    facts = pick(
        voices=[voice(key) for key in voices],
        needs=[need(key) for key in needs],
        series=series,
        told=told,
    )
    if facts is not None:
        assert not facts.told & told
        assert len(facts.told) <= 3
