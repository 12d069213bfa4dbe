"""Posting, saying anew and finding again, against a Slack that fails in every way it knows."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from coaching.delivery import Addressee
from conversation.messages import Button, Buttons, Message, Paragraph, Person, Quote, line
from conversation.platform import (
    ConversationRef,
    Dropped,
    MessageRef,
    Resting,
    Retry,
    Sent,
    Unknown,
)
from platforms.slack import Directory, SlackPlatform, create_client, identify
from platforms.slack.client import NotIdentified
from sandbox.faults import FaultKind
from tests.platforms.slack.stage import Stage, stage

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
HELLO = Message("Hello <!channel>", (Paragraph(line("Hello <!channel>")),))
MISSING = MessageRef("C0MISSING", "1700000000.000100")


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage() as scene:
        yield scene


def channel(scene: Stage) -> ConversationRef:
    return ConversationRef(Addressee.CHANNEL, scene.channel)


def amara(scene: Stage) -> ConversationRef:
    return ConversationRef(Addressee.PERSON, scene.amara.id)


async def posted(
    scene: Stage, to: ConversationRef, delivery: str, thread: MessageRef | None = None
) -> MessageRef:
    outcome = await scene.platform.post(to, HELLO, delivery, thread)
    assert isinstance(outcome, Sent)
    return outcome.at


async def test_a_post_carries_its_delivery_and_pings_nobody(scene: Stage) -> None:
    at = await posted(scene, channel(scene), "d1")
    (message,) = await scene.control.messages(scene.channel)
    assert (at.channel, at.message) == (scene.channel, message["ts"])
    assert message["metadata"] == {
        "event_type": "widelens_delivery",
        "event_payload": {"delivery": "d1"},
    }
    assert message["text"] == "Hello &lt;!channel&gt;"
    (call,) = await scene.control.calls("chat.postMessage")
    asked = call["arguments"]
    assert (asked["parse"], asked["link_names"], asked["mrkdwn"]) == ("none", False, False)
    assert (asked["unfurl_links"], asked["unfurl_media"]) == (False, False)
    assert call["unknown_arguments"] == []


async def test_a_person_is_reached_in_their_direct_conversation(scene: Stage) -> None:
    at = await posted(scene, amara(scene), "d1")
    assert at.channel.startswith("D")
    assert [message.ts for message in await scene.amara.dms()] == [at.message]


async def test_a_thread_is_answered_where_it_stands(scene: Stage) -> None:
    for to in (channel(scene), amara(scene)):
        parent = await posted(scene, to, f"parent {to.kind}")
        reply = await posted(scene, to, f"reply {to.kind}", thread=parent)
        assert reply.channel == parent.channel
        found = await scene.platform.find(to, [f"reply {to.kind}"], LONG_AGO, parent)
        assert found == {f"reply {to.kind}": reply}


async def test_people_are_shown_by_name_asked_once(scene: Stage) -> None:
    message = Message(
        "x", (Quote("My words", by=scene.amara.id), Paragraph(line(Person("U0GONE"))))
    )
    for delivery in ("d1", "d2"):
        await scene.platform.post(channel(scene), message, delivery, None)
    seen = (await scene.amara.sees(scene.channel))[-1].plain
    assert "Amara Osei" in seen
    assert "a colleague" in seen
    asked = [call["arguments"]["user"] for call in await scene.control.calls("users.info")]
    assert asked.count(scene.amara.id) == 1


async def test_an_update_says_it_anew_and_keeps_the_posts_delivery(scene: Stage) -> None:
    at = await posted(scene, channel(scene), "d1")
    anew = Message("Anew", (Paragraph(line("Anew")), Buttons((Button("Edit", "a.v1", "1"),))))
    for _ in range(2):
        assert await scene.platform.update(at, anew, "d2") == Sent(at)
    (message,) = await scene.control.messages(scene.channel)
    assert message["text"] == "Anew"
    assert message["metadata"]["event_payload"] == {"delivery": "d1"}
    assert await scene.platform.find(channel(scene), ["d1", "d2"], LONG_AGO, None) == {"d1": at}


@pytest.mark.parametrize(
    ("kind", "code", "is_there"),
    [
        ("drop_before", "connection_lost", False),
        ("drop_after", "connection_lost", True),
        ("error_500_before", "internal_error", False),
        ("error_500_after", "internal_error", True),
    ],
)
async def test_what_may_be_there_is_unknown_until_it_is_looked_for(
    scene: Stage, kind: FaultKind, code: str, is_there: bool
) -> None:
    for to in (channel(scene), amara(scene)):
        await scene.control.set_faults(1.0, kinds=[kind], methods=["chat.postMessage"], times=1)
        since = await scene.control.clock()
        assert await scene.platform.post(to, HELLO, f"d {to.kind}", None) == Unknown(code)
        found = await scene.platform.find(to, [f"d {to.kind}", "never"], since, None)
        assert isinstance(found, dict)
        assert set(found) == ({f"d {to.kind}"} if is_there else set())


async def test_what_takes_too_long_is_unknown(scene: Stage) -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.3)) as impatient:
        client = create_client(scene.installed.bot_token, scene.sandbox.api_url, impatient)
        platform = SlackPlatform(client, Directory(client))
        await scene.control.set_faults(1.0, kinds=["delay"], delay_seconds=0.6, times=1)
        assert await platform.post(channel(scene), HELLO, "d1", None) == Unknown("timeout")
    found = await scene.platform.find(channel(scene), ["d1"], LONG_AGO, None)
    assert isinstance(found, dict)
    assert set(found) == {"d1"}


async def test_an_update_is_never_unknown(scene: Stage) -> None:
    at = await posted(scene, channel(scene), "d1")
    for kind in ("drop_after", "error_500_after"):
        await scene.control.set_faults(1.0, kinds=[kind], methods=["chat.update"], times=1)
        assert isinstance(await scene.platform.update(at, HELLO, "d2"), Retry)


async def test_nobody_there_means_it_was_not_sent() -> None:
    async with aiohttp.ClientSession() as session:
        client = create_client("xoxb-any", "http://127.0.0.1:1/", session)
        platform = SlackPlatform(client, Directory(client))
        to = ConversationRef(Addressee.PERSON, "U1")
        assert await platform.post(to, HELLO, "d1", None) == Retry("unreachable")
        assert await platform.update(MISSING, HELLO, "d1") == Retry("unreachable")
        assert await platform.find(to, ["d1"], LONG_AGO, None) == Retry("unreachable")
        with pytest.raises(NotIdentified, match="unreachable"):
            await identify(client)


async def test_a_rest_is_the_channels_for_posts_and_the_workspaces_for_the_rest(
    scene: Stage,
) -> None:
    at = await posted(scene, channel(scene), "d1")
    await scene.control.set_faults(1.0, kinds=["ratelimited"], retry_after=7)
    rest = timedelta(seconds=7)
    post = await scene.platform.post(channel(scene), HELLO, "d2", None)
    assert post == Resting(rest, everywhere=False)
    assert await scene.platform.update(at, HELLO, "d2") == Resting(rest, everywhere=True)
    for to in (channel(scene), amara(scene)):
        found = await scene.platform.find(to, ["d2"], LONG_AGO, None)
        assert found == Resting(rest, everywhere=True)


async def test_it_never_tries_again_by_itself(scene: Stage) -> None:
    for kind in ("drop_before", "drop_after", "error_500_before", "ratelimited"):
        await scene.control.set_faults(1.0, kinds=[kind], methods=["chat.postMessage"])
        before = len(await scene.control.calls("chat.postMessage"))
        await scene.platform.post(channel(scene), HELLO, "d1", None)
        assert len(await scene.control.calls("chat.postMessage")) == before + 1


async def test_what_cannot_be_said_is_dropped_and_told(scene: Stage) -> None:
    nowhere = ConversationRef(Addressee.CHANNEL, "C0MISSING")
    gone = Dropped("channel_not_found", tell_coach=True, shut=True)
    assert await scene.platform.post(nowhere, HELLO, "d1", None) == gone
    assert await scene.platform.update(MISSING, HELLO, "d1") == gone
    assert await scene.platform.find(nowhere, ["d1"], LONG_AGO, None) == gone
    await scene.control.archive_channel(scene.channel)
    archived = await scene.platform.post(channel(scene), HELLO, "d1", None)
    assert archived == Dropped("is_archived", tell_coach=True, shut=True)


async def test_a_deleted_message_is_left_alone(scene: Stage) -> None:
    at = await posted(scene, channel(scene), "d1")
    await scene.client.chat_delete(channel=at.channel, ts=at.message)
    assert await scene.platform.update(at, HELLO, "d2") == Dropped("message_not_found")


async def test_it_is_found_among_much_else_and_from_before_by_the_clocks_difference(
    scene: Stage,
) -> None:
    at = await posted(scene, channel(scene), "d1")
    await scene.control.advance(timedelta(minutes=9))
    since = await scene.control.clock()
    for number in range(250):
        await scene.amara.say(scene.channel, f"message {number}")
    assert await scene.platform.find(channel(scene), ["d1"], since, None) == {"d1": at}
    assert len(await scene.control.calls("conversations.history")) == 2
    much_later = since + timedelta(hours=1)
    assert await scene.platform.find(channel(scene), ["d1"], much_later, None) == {}


async def test_a_conversation_is_asked_for_once(scene: Stage) -> None:
    for _ in range(2):
        assert await scene.platform.find(amara(scene), ["d1"], LONG_AGO, None) == {}
    platform = scene.platform
    for _ in range(2):
        assert await platform.find(amara(scene), ["d1"], LONG_AGO, None) == {}
    assert len(await scene.control.calls("conversations.open")) == 3


async def test_somebody_elses_metadata_is_not_taken_for_a_delivery(scene: Stage) -> None:
    await scene.client.chat_postMessage(
        channel=scene.channel,
        text="x",
        metadata={"event_type": "other", "event_payload": {"delivery": "d1"}},
    )
    assert await scene.platform.find(channel(scene), ["d1"], LONG_AGO, None) == {}


class EndlessHistory(AsyncWebClient):
    """A conversation that goes on for ever."""

    async def conversations_history(  # type: ignore[override, explicit-override]
        self, **asked: object
    ) -> dict[str, object]:
        return {"messages": [], "response_metadata": {"next_cursor": "more"}}


async def test_what_could_not_be_read_to_its_end_is_not_called_absent() -> None:
    client = EndlessHistory("xoxb-any")
    platform = SlackPlatform(client, Directory(client))
    to = ConversationRef(Addressee.CHANNEL, "C1")
    assert await platform.find(to, ["d1"], LONG_AGO, None) == Retry("history_too_long")
