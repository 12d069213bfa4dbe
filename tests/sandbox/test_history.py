"""Reading messages back: order, pages, bounds, threads."""

from typing import Any

import pytest

from tests.sandbox.scene import Scene


async def five(quiet: Scene) -> list[str]:
    """Five messages; their timestamps, oldest first."""
    return [
        (await quiet.client.chat_postMessage(channel=quiet.channel, text=str(n)))["ts"]
        for n in range(5)
    ]


async def texts(quiet: Scene, **arguments: Any) -> list[str]:
    answer = await quiet.client.conversations_history(channel=quiet.channel, **arguments)
    return [message["text"] for message in answer["messages"]]


async def test_history_is_newest_first(quiet: Scene) -> None:
    await five(quiet)
    assert await texts(quiet) == ["4", "3", "2", "1", "0"]


async def test_cursors_go_through_all_of_it(quiet: Scene) -> None:
    await five(quiet)
    seen: list[str] = []
    cursor = None
    while cursor != "":
        answer = await quiet.client.conversations_history(
            channel=quiet.channel, limit=2, cursor=cursor
        )
        seen += [message["text"] for message in answer["messages"]]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
        assert answer["has_more"] == (cursor != "")
        if len(seen) == 2:
            await quiet.client.chat_postMessage(channel=quiet.channel, text="between the pages")
    assert seen == ["4", "3", "2", "1", "0"]


async def test_oldest_and_latest_bound_it(quiet: Scene) -> None:
    stamps = await five(quiet)
    assert await texts(quiet, oldest=stamps[1]) == ["4", "3", "2"]
    assert await texts(quiet, latest=stamps[3]) == ["2", "1", "0"]
    assert await texts(quiet, oldest=stamps[1], latest=stamps[3]) == ["2"]
    assert await texts(quiet, oldest=stamps[1], latest=stamps[3], inclusive=True) == ["3", "2", "1"]
    assert await texts(quiet, oldest="0", limit=2) == ["4", "3"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"cursor": "bm9uc2Vuc2U="}, "invalid_cursor"),
        ({"cursor": "%%%"}, "invalid_cursor"),
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "1.2.3"}, "invalid_ts_latest"),
        ({"channel": "C404"}, "channel_not_found"),
    ],
)
async def test_what_cannot_be_read(quiet: Scene, arguments: dict[str, Any], error: str) -> None:
    asked = {"channel": quiet.channel, **arguments}
    assert await quiet.error("conversations.history", **asked) == error


async def test_only_members_read(quiet: Scene) -> None:
    town = await quiet.control.add_channel("town", [quiet.amara])
    assert await quiet.error("conversations.history", channel=town) == "not_in_channel"
    assert await quiet.error("conversations.replies", channel=town, ts="1") == "channel_not_found"


async def test_replies_stand_under_their_parent(quiet: Scene) -> None:
    parent = (await quiet.client.chat_postMessage(channel=quiet.channel, text="Digest"))["ts"]
    for text, broadcast in (("a", False), ("b", True)):
        await quiet.client.chat_postMessage(
            channel=quiet.channel, text=text, thread_ts=parent, reply_broadcast=broadcast
        )
    answered = await quiet.amara.say(quiet.channel, "c", thread_ts=parent)
    assert await texts(quiet) == ["b", "Digest"], "only what is broadcast is in the history"
    for ts in (parent, answered.ts):
        answer = await quiet.client.conversations_replies(channel=quiet.channel, ts=ts)
        assert [m["text"] for m in answer["messages"]] == ["Digest", "a", "b", "c"]
    assert answer["messages"][0]["reply_count"] == 3
    assert answer["messages"][3]["parent_user_id"] == quiet.app.bot_user_id
    seen = await quiet.amara.sees(quiet.channel)
    assert (seen[0].text, seen[0].reply_count) == ("Digest", 3)
    assert len(await quiet.control.messages(with_replies=False)) == 1


async def test_threads_have_pages(quiet: Scene) -> None:
    parent = (await quiet.client.chat_postMessage(channel=quiet.channel, text="0"))["ts"]
    for n in range(1, 4):
        await quiet.client.chat_postMessage(channel=quiet.channel, text=str(n), thread_ts=parent)
    first = await quiet.client.conversations_replies(channel=quiet.channel, ts=parent, limit=3)
    assert [m["text"] for m in first["messages"]] == ["0", "1", "2"]
    rest = await quiet.client.conversations_replies(
        channel=quiet.channel, ts=parent, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in rest["messages"]] == ["3"]


async def test_a_thread_that_is_not_there(quiet: Scene) -> None:
    answer = await quiet.error("conversations.replies", channel=quiet.channel, ts="1.000000")
    assert answer == "thread_not_found"


async def test_a_reply_to_nothing_is_taken(quiet: Scene) -> None:
    answer = await quiet.client.chat_postMessage(
        channel=quiet.channel, text="x", thread_ts="1.000000"
    )
    assert answer["message"]["thread_ts"] == "1.000000"
    assert await texts(quiet) == []
