"""What counts as words that a person wrote to the bot, and what does not."""

from typing import Any

import pytest

from platforms.slack.parse import direct_message_typed, is_written_to_bot

WRITTEN = {
    "type": "message",
    "channel": "D1",
    "channel_type": "im",
    "user": "U2",
    "text": "The ward ordered again",
    "ts": "1759734000.000100",
}


def typed(**other: Any) -> Any:
    body = {"event_id": "Ev1", "event": {**WRITTEN, **other}}
    return direct_message_typed(body, "T1", {"U1": "Amara Osei"})


def test_what_a_person_writes_is() -> None:
    assert is_written_to_bot(WRITTEN)
    assert (typed().id, typed().workspace_id, typed().user) == ("Ev1", "slack:T1", "U2")
    assert typed().text == "The ward ordered again"
    assert typed().beneath == ""


@pytest.mark.parametrize(
    "other",
    [
        {"bot_id": "B1"},
        {"bot_id": "B1", "subtype": "bot_message"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "assistant_app_thread"},
        {"channel_type": "channel", "channel": "C1"},
        {"channel_type": "mpim"},
        {"user": None},
    ],
    ids=str,
)
def test_what_bots_say_what_is_changed_and_what_stands_elsewhere_is_not(
    other: dict[str, Any],
) -> None:
    assert not is_written_to_bot({**WRITTEN, **other})


def test_it_is_read_as_a_reader_sees_it() -> None:
    assert typed(text="<@U1> said &lt;no&gt;").text == "@Amara Osei said <no>"


def test_where_a_file_came_there_are_no_words_to_take() -> None:
    assert is_written_to_bot({**WRITTEN, "subtype": "file_share"})
    assert typed(subtype="file_share", files=[{"id": "F1"}]).text == ""


def test_a_reply_knows_what_it_is_beneath() -> None:
    assert typed(thread_ts="1759733000.000100").beneath == "1759733000.000100"
    assert typed(thread_ts=WRITTEN["ts"]).beneath == "", "the message that begins a thread"
