"""The first steps: ticked off by what is done, once, in any order; put away and had again."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.feed import Feed
from sandbox.page import Deed, Host, HostStep
from sandbox.page.guide import Guide


def _step(key: str, verb: str, title: str = "", hint: str = "") -> HostStep:
    return HostStep(key, title or key.title(), hint, lambda deed: deed.verb == verb)


HOST = Host(steps=(_step("answer", "submit"), _step("ask", "command"), _step("again", "submit")))


def _guide(host: Host = HOST) -> tuple[Guide, Feed]:
    feed = Feed()
    return Guide(host, feed), feed


def _done(guide: Guide) -> list[str]:
    return [step.key for step, done in guide.steps() if done]


def test_a_deed_ticks_off_whatever_it_fulfils_and_only_once() -> None:
    guide, feed = _guide()
    guide.note(Deed("press", "U1"))
    assert _done(guide) == []
    guide.note(Deed("submit", "U1"))
    guide.note(Deed("submit", "U2"))
    assert _done(guide) == ["answer", "again"]
    assert [(entry["kind"], entry["key"], entry["title"]) for entry in feed.after(0)] == [
        ("step_done", "answer", "Answer"),
        ("step_done", "again", "Again"),
    ]


def test_putting_them_away_is_told_once_and_ticking_goes_on() -> None:
    guide, feed = _guide()
    guide.dismissed = True
    guide.dismissed = True
    guide.note(Deed("command", "U1"))
    assert 'data-guide="show"' in guide.draw()
    assert "1 of 3 done" in guide.draw()
    guide.dismissed = False
    assert [e["kind"] for e in feed.after(0)] == ["steps_dismissed", "step_done", "steps_shown"]
    assert 'data-guide="dismiss"' in guide.draw()


def test_each_step_says_its_state_in_words() -> None:
    guide, _ = _guide()
    assert guide.draw().count("Still to do") == 3
    guide.note(Deed("command", "U1"))
    assert guide.draw().count("Still to do") == 2
    assert guide.draw().count(">Done<") == 1
    assert "1 of 3 done" in guide.draw()
    assert "all of it" not in guide.draw()
    guide.note(Deed("submit", "U1"))
    assert "all of it" in guide.draw()


def test_a_host_without_steps_has_no_panel_and_another_keeps_what_was_done() -> None:
    guide, _ = _guide(Host())
    guide.note(Deed("submit", "U1"))
    assert guide.draw() == ""
    guide.host = HOST
    guide.note(Deed("command", "U1"))
    guide.host = Host(steps=HOST.steps[1:])
    assert _done(guide) == ["ask"]


@given(st.text(), st.text(), st.text())
def test_whatever_the_host_writes_stays_text(key: str, title: str, hint: str) -> None:
    guide, _ = _guide(Host(steps=(_step(key, "x", title, hint),)))
    plain, _ = _guide(Host(steps=(_step("key", "x", "title", "hint" if hint else ""),)))
    assert guide.draw().count("<") == plain.draw().count("<")
    assert guide.draw().count('"') == plain.draw().count('"')
