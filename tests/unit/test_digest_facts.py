"""Which facts lead a digest."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from insights.digest import Facts, Gap, Need, Replay, Voice, Weekly, Win, choose

TODAY = date(2026, 10, 9)


def voice(key: str, decision: str = "", state: str = "", **other: Any) -> Voice:
    state = state or ("open" if decision else "heard")
    return Voice(f"voice:{key}", "U1", f"words of {key}", decision, TODAY, state, **other)


def need(key: str) -> Need:
    return Need(f"need:{key}:open", f"what {key}", TODAY, "", None, None)


def pick(
    voices: list[Voice] | None = None,
    wins: list[Win] | None = None,
    needs: list[Need] | None = None,
    last_voice_on: date | None = None,
    series: list[int] | None = None,
    told: Collection[str] = (),
    followed: list[Voice] | None = None,
    gaps: list[Gap] | None = None,
    replays: list[Replay] | None = None,
) -> Facts | None:
    return choose(
        today=TODAY,
        voices=voices or [],
        wins=wins or [],
        needs=needs or [],
        last_voice_on=last_voice_on,
        weekly=[Weekly("voices_weekly", "Voices heard", tuple((TODAY, n) for n in series or []))],
        told=told,
        followed=followed or [],
        gaps=gaps or [],
        replays=replays or [],
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


def test_what_changed_and_was_told_leads_over_what_waits_over_what_was_heard() -> None:
    order = [
        voice("told", "D", "changed", told=True),
        voice("changed", "D", "changed"),
        voice("open", "D"),
        voice("stands", "D", "unchanged"),
        voice("heard"),
    ]
    for first in range(len(order)):
        facts = pick(voices=[*order[:first:-1], order[first]])
        assert facts is not None
        assert facts.voice == order[first]


def test_a_voice_from_inside_never_leads_and_does_not_end_a_silence() -> None:
    facts = pick(
        voices=[voice("inside", outside=False)],
        wins=[Win("win:a", "U1", "A call")],
        last_voice_on=date(2026, 9, 27),
    )
    assert facts is not None
    assert (facts.voice, facts.days_without_voice) == (None, 12)
    assert facts.why[0].left[0].because == "it is from inside"


def test_days_alone_are_no_change() -> None:
    assert pick(last_voice_on=date(2026, 9, 27)) is None


def test_a_silence_is_told_once_in_four_weeks() -> None:
    facts = pick(needs=[need("a")], last_voice_on=date(2026, 9, 27))
    assert facts is not None
    again = pick(needs=[need("b")], last_voice_on=date(2026, 9, 27), told=facts.told)
    assert again is not None
    assert again.days_without_voice is None
    same_day = pick(needs=[need("b")], last_voice_on=TODAY)
    assert same_day is not None
    assert same_day.days_without_voice is None


def test_the_widest_gap_leads_and_no_trend_beside_it() -> None:
    gaps = [Gap("gap:invites", 4, 3), Gap("gap:actions", 5, 2), Gap("gap:outside", 50, 25)]
    facts = pick(gaps=gaps, series=[1, 1, 1, 9])
    assert facts is not None
    assert (facts.gap, facts.trend) == (gaps[1], None)
    again = pick(gaps=gaps, series=[1, 1, 1, 9], told=facts.told)
    assert again is not None
    assert again.gap in (gaps[0], gaps[2])


def test_of_a_gap_that_is_small_nothing_is_said() -> None:
    narrow = [Gap("gap:actions", 1, 0), Gap("gap:invites", 3, 3), Gap("gap:outside", 30, 20)]
    assert pick(gaps=narrow) is None
    assert Gap("gap:invites", 0, 0).width == 0


def test_the_longest_sentence_that_fits_is_said_again() -> None:
    said = [
        Replay("replay:1:a", "U1", "Too short", TODAY),
        Replay("replay:2:a", "U1", "A nurse called us back.", TODAY),
        Replay("replay:3:a", "U1", "A nurse called us back at once.", TODAY),
        Replay("replay:4:a", "U1", "x" * 201, TODAY),
        Replay("replay:5:a", "U1", "Two lines that\nare no sentence at all", TODAY),
    ]
    facts = pick(wins=[Win("win:a", "U1", "A call")], replays=said)
    assert facts is not None
    assert facts.replay == said[2]
    assert pick(replays=said) is None, "alone it is no reason to speak"


def test_each_rule_says_how_it_chose() -> None:
    facts = pick(voices=[voice("a", "Prices"), voice("b")], needs=[need("a"), need("b")])
    assert facts is not None
    by_rule = {one.rule: one for one in facts.why}
    assert len(by_rule) == 7
    assert by_rule["one item for the next agenda"].chose == "settle:need:a:open"
    about_need = by_rule["the oldest open What's needed now?"]
    assert about_need.chose == "need:a:open"
    assert [one.because for one in about_need.left] == ["another is older"]
    about_voice = facts.why[0]
    assert (about_voice.chose, about_voice.left[0].because) == ("voice:a", "it moved less")


def test_facts_that_were_kept_before_are_still_read() -> None:
    kept = {
        "voice": {
            "key": "voice:1",
            "said_by": "U1",
            "words": "W",
            "decision": "D",
            "on": "2026-10-06",
        },
        "days_without_voice": None,
        "need": None,
        "trend": {"key": "voices_weekly", "name": "Voices heard", "now": 3, "before": 1},
        "voices": [],
        "wins": [],
        "needs": [
            {
                "key": "need:1:open",
                "what": "W",
                "logged_on": "2026-10-06",
                "needed_now": "",
                "owner": None,
                "by": None,
            }
        ],
    }
    facts = TypeAdapter(Facts).validate_python(kept)
    assert facts.told == {"voice:1", "voices_weekly"}
    assert facts.sections == ("needs",)


def test_of_a_breakdown_the_thread_tells_once_in_four_weeks_until_there_is_news() -> None:
    facts = pick(voices=[voice("a")], needs=[need("a"), need("b")])
    assert facts is not None
    assert (facts.needs, facts.open_besides) == ((need("a"), need("b")), 0)
    settled = replace(need("b"), key="need:b:settled", needed_now="A key", owner="U1", by=TODAY)
    again = pick(voices=[voice("b")], needs=[need("a"), settled], told=facts.said)
    assert again is not None
    assert (again.needs, again.open_besides) == ((settled,), 1)
    quiet = pick(voices=[voice("c")], needs=[need("a"), settled], told=facts.said | again.said)
    assert quiet is not None
    assert "needs" not in quiet.sections


@pytest.mark.parametrize(("weeks", "said"), [(3, ""), (4, "words of a"), (9, "words of a")])
def test_the_words_of_a_voice_are_not_said_twice_in_four_weeks(weeks: int, said: str) -> None:
    heard = replace(voice("a", "D", "changed"), on=TODAY - timedelta(weeks=weeks))
    facts = pick(followed=[heard])
    assert facts is not None
    assert facts.voice is not None
    assert (facts.voice.key, facts.voice.words) == (heard.key, said)


def test_shares_that_read_the_same_are_no_gap() -> None:
    assert pick(gaps=[Gap("gap:outside", 60, 40)]) is None, "both are about half"
    facts = pick(gaps=[Gap("gap:outside", 75, 40)])
    assert facts is not None
    assert facts.item == "gap:outside"


@pytest.mark.parametrize("knows", [True, None], ids=["told", "not told"])
def test_no_item_is_on_the_agenda_twice_in_four_weeks(knows: bool | None) -> None:
    said: list[Facts] = []
    for week in range(12):
        lately = frozenset().union(*(one.said for one in said[-4:]))
        facts = pick(voices=[voice(str(week), "One", "changed", told=knows)], told=lately)
        assert facts is not None
        marks = {one.mark_of(one.item) for one in said[-4:]}
        assert facts.mark_of(facts.item) not in marks, "nor about the same decision"
        said.append(facts)
    assert any(one.item.startswith("tell:") for one in said) is not knows


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
