"""Posting, changing, deleting."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.sandbox.scene import ANSWER, DELIVERY, Scene, manifest, scene


async def test_a_message_is_stored_as_sent(quiet: Scene) -> None:
    answer = await quiet.client.chat_postMessage(
        channel=quiet.channel, text="A <b> & c", blocks=ANSWER
    )
    assert answer["channel"] == quiet.channel
    assert answer["message"]["bot_id"] == quiet.app.bot_id
    (seen,) = await quiet.amara.sees(quiet.channel)
    assert (seen.ts, seen.text) == (answer["ts"], "A <b> & c")
    assert seen.buttons == ["Answer"]
    assert seen.plain == "[Answer]"
    assert seen.blocks[0]["block_id"], "ids are generated where missing"


async def test_arguments_may_come_as_a_form(quiet: Scene) -> None:
    await quiet.client.api_call(
        "chat.postMessage",
        data={"channel": quiet.channel, "text": "x", "blocks": json.dumps(ANSWER)},
    )
    (seen,) = await quiet.amara.sees(quiet.channel)
    assert seen.buttons == ["Answer"]


async def test_only_what_posts_takes_a_channel_by_its_name(quiet: Scene) -> None:
    posted = await quiet.client.chat_postMessage(channel="#leadership", text="x")
    assert posted["channel"] == quiet.channel
    await quiet.client.chat_postEphemeral(channel="leadership", user=quiet.amara.id, text="y")
    for method in ("chat.update", "chat.delete"):
        named = {"channel": "#leadership", "ts": posted["ts"], "text": "z"}
        assert await quiet.error(method, **named) == "channel_not_found"
    assert await quiet.error("conversations.info", channel="leadership") == "channel_not_found"


async def test_a_user_id_posts_into_the_dm(quiet: Scene) -> None:
    answer = await quiet.client.chat_postMessage(channel=quiet.amara.id, text="Hello")
    assert answer["channel"].startswith("D")
    again = await quiet.client.chat_postMessage(channel=answer["channel"], text="Again")
    assert again["channel"] == answer["channel"]
    assert [m.text for m in await quiet.amara.dms()] == ["Hello", "Again"]
    assert await quiet.bela.dms() == []


async def test_a_channel_may_be_named(quiet: Scene) -> None:
    answer = await quiet.client.chat_postMessage(channel="#leadership", text="Hello")
    assert answer["channel"] == quiet.channel


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": "", "blocks": []}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": "[not json"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"text": "x", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
        ({"text": "x", "metadata": "delivery"}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "e"}}, "invalid_metadata_format"),
        (
            {"text": "x", "metadata": {"event_type": "", "event_payload": {}}},
            "invalid_metadata_format",
        ),
    ],
)
async def test_what_cannot_be_posted(quiet: Scene, arguments: dict[str, Any], error: str) -> None:
    assert await quiet.error("chat.postMessage", channel=quiet.channel, **arguments) == error
    assert await quiet.control.messages() == []


async def test_bad_blocks_are_refused_with_the_path(quiet: Scene) -> None:
    blocks = [{"type": "divider"}, {"type": "applause"}]
    answer = await quiet.refused("chat.postMessage", channel=quiet.channel, text="x", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert any("[json-pointer:/blocks/1" in problem for problem in answer["errors"])
    assert answer["response_metadata"]["messages"][0] == f"[ERROR] {answer['errors'][0]}"


async def test_where_nothing_can_be_posted(quiet: Scene) -> None:
    private = await quiet.control.add_channel("board", [quiet.amara], private=True)
    public = await quiet.control.add_channel("town", [quiet.amara])
    assert await quiet.error("chat.postMessage", channel="C404", text="x") == "channel_not_found"
    assert await quiet.error("chat.postMessage", channel=private, text="x") == "channel_not_found"
    assert await quiet.error("chat.postMessage", channel=public, text="x") == "not_in_channel"
    await quiet.control.archive_channel(quiet.channel)
    assert await quiet.error("chat.postMessage", channel=quiet.channel, text="x") == "is_archived"


async def test_chat_write_public_opens_public_channels() -> None:
    async with scene(manifest(scopes=["chat:write", "chat:write.public"], events=())) as open_scene:
        public = await open_scene.control.add_channel("town", [open_scene.amara])
        assert (await open_scene.client.chat_postMessage(channel=public, text="x"))["ok"]


async def test_the_messages_tab_may_be_off() -> None:
    async with scene(manifest(messages_tab=False, events=())) as no_tab:
        answer = await no_tab.refused("chat.postMessage", channel=no_tab.amara.id, text="x")
        assert answer["error"] == "messages_tab_disabled"


async def test_the_deactivated_can_be_written_to_only_where_a_dm_exists(quiet: Scene) -> None:
    await quiet.client.chat_postMessage(channel=quiet.amara.id, text="Hello")
    await quiet.amara.deactivated()
    await quiet.bela.deactivated()
    assert (await quiet.client.chat_postMessage(channel=quiet.amara.id, text="Still"))["ok"]
    answer = await quiet.error("chat.postMessage", channel=quiet.bela.id, text="x")
    assert answer == "channel_not_found"
    assert await quiet.error("conversations.open", users=quiet.bela.id) == "user_disabled"


async def test_metadata_comes_back_only_when_asked_for(quiet: Scene) -> None:
    answer = await quiet.client.chat_postMessage(channel=quiet.channel, text="x", metadata=DELIVERY)
    read = quiet.client.conversations_history
    (silent,) = (await read(channel=quiet.channel))["messages"]
    (told,) = (await read(channel=quiet.channel, include_all_metadata=True))["messages"]
    assert "metadata" not in silent
    assert told["metadata"] == DELIVERY
    (reply,) = (
        await quiet.client.conversations_replies(
            channel=quiet.channel, ts=answer["ts"], include_all_metadata=True
        )
    )["messages"]
    assert reply["metadata"] == DELIVERY
    (stored,) = await quiet.control.messages()
    assert stored["metadata"] == DELIVERY


async def test_an_update_replaces_and_marks_as_edited(quiet: Scene) -> None:
    posted = await quiet.client.chat_postMessage(
        channel=quiet.channel, text="Old", blocks=ANSWER, metadata=DELIVERY
    )
    answer = await quiet.client.chat_update(channel=quiet.channel, ts=posted["ts"], text="New")
    assert answer["ts"] == posted["ts"]
    assert answer["message"]["edited"]["user"] == quiet.app.bot_user_id
    (seen,) = await quiet.amara.sees(quiet.channel)
    assert (seen.text, seen.edited, seen.blocks) == ("New", True, [])
    assert seen.metadata == DELIVERY, "what is not given stays"
    # Bare, because the SDK warns where there is no text.
    await quiet.client.api_call(
        "chat.update",
        json={"channel": quiet.channel, "ts": posted["ts"], "blocks": ANSWER, "metadata": {}},
    )
    (seen,) = await quiet.amara.sees(quiet.channel)
    assert (seen.text, seen.buttons, seen.metadata) == ("New", ["Answer"], None)
    (stored,) = await quiet.control.messages()
    assert stored["edits"] == 2


async def test_only_own_messages_can_be_changed(quiet: Scene) -> None:
    theirs = await quiet.amara.say(quiet.channel, "Mine")
    at = {"channel": quiet.channel, "ts": theirs.ts}
    assert await quiet.error("chat.update", **at, text="x") == "cant_update_message"
    assert await quiet.error("chat.delete", **at) == "cant_delete_message"
    gone = {"channel": quiet.channel, "ts": "1.000000"}
    assert await quiet.error("chat.update", **gone, text="x") == "message_not_found"
    assert await quiet.error("chat.delete", **gone) == "message_not_found"
    ours = await quiet.client.chat_postMessage(channel=quiet.amara.id, text="x")
    by_user = {"channel": quiet.amara.id, "ts": ours["ts"], "text": "y"}
    assert await quiet.error("chat.update", **by_user) == "channel_not_found"
    long = {"channel": ours["channel"], "ts": ours["ts"], "text": "x" * 4_001}
    assert await quiet.error("chat.update", **long) == "msg_too_long"


async def test_a_deleted_message_is_gone(quiet: Scene) -> None:
    posted = await quiet.client.chat_postMessage(channel=quiet.channel, text="x")
    await quiet.client.chat_delete(channel=quiet.channel, ts=posted["ts"])
    assert await quiet.amara.sees(quiet.channel) == []


async def test_ephemerals_are_seen_by_one_and_never_in_history(quiet: Scene) -> None:
    answer = await quiet.client.chat_postEphemeral(
        channel=quiet.channel, user=quiet.amara.id, text="Only you", blocks=ANSWER
    )
    (seen,) = await quiet.amara.sees(quiet.channel)
    assert (seen.ts, seen.ephemeral, seen.text) == (answer["message_ts"], True, "Only you")
    assert await quiet.bela.sees(quiet.channel) == []
    assert (await quiet.client.conversations_history(channel=quiet.channel))["messages"] == []
    (stored,) = await quiet.control.messages()
    assert stored["ephemeral_to"] == quiet.amara.id
    at = {"channel": quiet.channel, "ts": seen.ts}
    assert await quiet.error("chat.update", **at, text="x") == "message_not_found"


async def test_ephemerals_need_somebody_in_the_channel(quiet: Scene) -> None:
    stranger = await quiet.control.add_person("Cy")
    for user in (stranger.id, "U404"):
        answer = await quiet.error("chat.postEphemeral", channel=quiet.channel, user=user, text="x")
        assert answer == "user_not_in_channel"


async def test_timestamps_rise_even_when_the_clock_stands_or_falls(quiet: Scene) -> None:
    await quiet.control.set_clock(datetime(2027, 3, 1, 9, tzinfo=UTC), frozen=True)
    stamps = [
        (await quiet.client.chat_postMessage(channel=quiet.channel, text="x"))["ts"]
        for _ in range(3)
    ]
    await quiet.control.advance(timedelta(days=-1))
    stamps.append((await quiet.client.chat_postMessage(channel=quiet.channel, text="x"))["ts"])
    assert stamps == [f"1803891600.00000{n}" for n in range(4)]
    assert await quiet.control.clock() == datetime(2027, 2, 28, 9, tzinfo=UTC)


async def test_a_permalink_names_the_message(quiet: Scene) -> None:
    posted = await quiet.client.chat_postMessage(channel=quiet.channel, text="x")
    answer = await quiet.client.chat_getPermalink(channel=quiet.channel, message_ts=posted["ts"])
    assert answer["permalink"].endswith("p" + posted["ts"].replace(".", ""))
    missing = await quiet.error("chat.getPermalink", channel=quiet.channel, message_ts="1.0")
    assert missing == "message_not_found"


async def test_markdown_and_attachments_are_content_too(quiet: Scene) -> None:
    await quiet.client.api_call(
        "chat.postMessage", json={"channel": quiet.channel, "markdown_text": "**Bold**"}
    )
    attachments = [{"text": "a", "fallback": "a"}]
    answer = await quiet.client.api_call(
        "chat.postMessage", json={"channel": quiet.channel, "attachments": attachments}
    )
    assert answer["message"]["attachments"] == attachments
    assert (await quiet.amara.sees(quiet.channel))[0].text == "**Bold**"
    too_long = {"channel": quiet.channel, "markdown_text": "x" * 12_001}
    assert await quiet.error("chat.postMessage", **too_long) == "msg_too_long"
