"""What is written in a channel: which messages are a person's own, and their words later."""

from collections.abc import AsyncIterator

import pytest

from conversation.events import ChannelMessageTyped
from platforms.slack.parse import is_written_in_channel
from platforms.slack.roster import SlackRoster
from tests.platforms.slack.stage import Stage, stage


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage("http") as scene:
        yield scene


@pytest.fixture
def roster(scene: Stage) -> SlackRoster:
    return SlackRoster(scene.client, scene.directory)


async def heard(scene: Stage) -> list[ChannelMessageTyped]:
    await scene.control.settled()
    return [one for one in scene.responder.events if isinstance(one, ChannelMessageTyped)]


@pytest.mark.parametrize("private", [False, True])
async def test_what_a_person_writes_in_a_channel_is_heard_once(scene: Stage, private: bool) -> None:
    board = await scene.control.add_channel("board", [scene.amara], private=private, with_app=True)
    said = await scene.amara.say(board, "The export failed &amp; <https://a.example|again>")
    (typed,) = await heard(scene)
    assert (typed.user, typed.channel, typed.message) == (scene.amara.id, board, said.ts)
    assert typed.text == "The export failed & again (https://a.example)"
    await scene.amara.edit(said, "It is fixed")
    await scene.amara.delete(said)
    assert len(await heard(scene)) == 1, "an edit and a deletion are passed over"


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "thread_broadcast"},
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"bot_id": "B1"},
        {"channel_type": "im"},
        {"channel_type": "mpim"},
        {"user": None},
    ],
    ids=str,
)
def test_all_else_is_no_persons_own_and_new_in_a_channel(more: dict[str, str]) -> None:
    plain = {"user": "U1", "channel": "C1", "channel_type": "channel", "ts": "1.1", "text": "x"}
    assert is_written_in_channel(plain)
    assert is_written_in_channel({**plain, "subtype": "file_share"})
    assert not is_written_in_channel({**plain, **more})


async def test_the_words_of_a_message_are_as_they_read_now(
    scene: Stage, roster: SlackRoster
) -> None:
    first = await scene.amara.say(scene.channel, "Not this one")
    said = await scene.amara.say(scene.channel, "The export failed")
    await scene.amara.say(scene.channel, "Nor this one")
    assert await roster.words_of(scene.channel, said.ts) == "The export failed"
    await scene.amara.edit(said, f"<@{scene.amara.id}>: the export failed &lt;again&gt;")
    assert await roster.words_of(scene.channel, said.ts) == "@Amara Osei: the export failed <again>"
    for words in ("One", "Two", "Three"):
        reply = await scene.amara.say(scene.channel, words, first.ts)
    assert await roster.words_of(scene.channel, reply.ts) == "Three", "in a thread, too"


async def test_words_that_can_not_be_had_are_none(scene: Stage, roster: SlackRoster) -> None:
    said = await scene.amara.say(scene.channel, "The export failed")
    await scene.amara.delete(said)
    assert await roster.words_of(scene.channel, said.ts) is None
    said = await scene.amara.say(scene.channel, "The export failed")
    thread = await scene.amara.say(scene.channel, "And again", said.ts)
    await scene.amara.delete(thread)
    assert await roster.words_of(scene.channel, thread.ts) is None
    await scene.control.refuse("conversations.history", "missing_scope")
    assert await roster.words_of(scene.channel, said.ts) is None
    await scene.control.set_faults(1, ["delay"], ["conversations.history"], delay_seconds=3)
    assert await roster.words_of(scene.channel, said.ts) is None
