"""Emoji on messages: of the app, of people, and what the app hears of them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox import NotPossible
from sandbox.emoji import known
from sandbox.reactions import BY_ONE_PERSON, DIFFERENT
from tests.sandbox.scene import Scene, http_scene, manifest, scene

Json = dict[str, Any]


@pytest.fixture
async def heard() -> AsyncIterator[tuple[Scene, list[Json]]]:
    app = manifest(events=["reaction_added", "reaction_removed"])
    async with http_scene(app) as (the_scene, bolt, _):
        events: list[Json] = []

        @bolt.event("reaction_added")
        async def added(event: Json) -> None:
            events.append(event)

        @bolt.event("reaction_removed")
        async def removed(event: Json) -> None:
            events.append(event)

        yield the_scene, events


async def got(the_scene: Scene, at: dict[str, str]) -> Json:
    """The message of reactions.get."""
    answer = await the_scene.client.reactions_get(
        channel=at["channel"], timestamp=at["timestamp"], full=True
    )
    message: Json = answer["message"]
    return message


async def test_a_bot_reacts_and_takes_it_back(quiet: Scene) -> None:
    said = await quiet.amara.say(quiet.channel, "We shipped")
    at = {"channel": quiet.channel, "timestamp": said.ts}
    await quiet.client.reactions_add(name="tada", **at)
    await quiet.amara.reacts(said, "tada")
    (shown,) = (await quiet.client.conversations_history(channel=quiet.channel))["messages"]
    both = {"name": "tada", "users": [quiet.app.bot_user_id, quiet.amara.id], "count": 2}
    assert shown["reactions"] == [both]
    assert (await got(quiet, at))["reactions"] == [both]
    (listed,) = (await quiet.client.reactions_list())["items"]
    assert (listed["channel"], listed["message"]["ts"]) == (quiet.channel, said.ts)
    await quiet.client.reactions_remove(name="tada", **at)
    (seen,) = await quiet.amara.sees(quiet.channel)
    assert seen.reactions == {"tada": [quiet.amara.id]}
    await quiet.amara.unreacts(said, "tada")
    assert "reactions" not in await got(quiet, at)
    assert (await quiet.client.reactions_list())["items"] == []


async def test_what_cannot_be_reacted(quiet: Scene) -> None:
    said = await quiet.amara.say(quiet.channel, "x")
    at = {"channel": quiet.channel, "timestamp": said.ts}
    await quiet.client.reactions_add(name="tada", **at)

    async def error(**changed: Any) -> str:
        return await quiet.error("reactions.add", **{"name": "tada", **at, **changed})

    assert await error() == "already_reacted"
    assert await error(name="no_such_emoji") == "invalid_name"
    assert await error(name=":tada:") == "invalid_name"
    assert await error(name="") == "invalid_name"
    assert await error(channel="C404") == "channel_not_found"
    assert await error(timestamp="1.000000") == "message_not_found"
    assert await error(timestamp="now") == "bad_timestamp"
    assert await error(timestamp="") == "no_item_specified"
    remove = "reactions.remove"
    assert await quiet.error(remove, name="eyes", **at) == "no_reaction"
    assert await quiet.error(remove, name="eyes") == "no_item_specified"
    assert await quiet.error(remove, name="eyes", file="F1") == "file_not_found"
    assert await quiet.error("reactions.get", file_comment="Fc1") == "file_comment_not_found"
    assert await quiet.error("reactions.list", user="U404") == "user_not_found"
    await quiet.control.archive_channel(quiet.channel)
    assert await error(name="eyes") == "is_archived"


async def test_a_channel_out_of_reach_has_nothing_to_react_to(quiet: Scene) -> None:
    town = await quiet.control.add_channel("town", [quiet.amara])
    said = await quiet.amara.say(town, "Gossip")
    answer = await quiet.error("reactions.add", name="eyes", channel=town, timestamp=said.ts)
    assert answer == "channel_not_found"


async def test_there_is_an_end_to_reactions() -> None:
    async with scene(manifest(events=())) as the_scene:
        said = await the_scene.amara.say(the_scene.channel, "x")
        names = iter(known())
        for _ in range(BY_ONE_PERSON):
            await the_scene.amara.reacts(said, next(names))
        with pytest.raises(NotPossible, match="more emoji"):
            await the_scene.amara.reacts(said, next(names))
        for _ in range(BY_ONE_PERSON):
            await the_scene.bela.reacts(said, next(names))
        at = {"channel": the_scene.channel, "timestamp": said.ts}
        for _ in range(DIFFERENT - 2 * BY_ONE_PERSON):
            await the_scene.client.reactions_add(name=next(names), **at)
        answer = await the_scene.error("reactions.add", name=next(names), **at)
        assert answer == "too_many_emoji"


async def test_the_app_hears_of_reactions(heard: tuple[Scene, list[Json]]) -> None:
    the_scene, events = heard
    posted = await the_scene.client.chat_postMessage(channel=the_scene.channel, text="Well?")
    (seen,) = await the_scene.amara.sees(the_scene.channel)
    await the_scene.amara.reacts(seen, "thumbsup")
    await the_scene.amara.unreacts(seen, "thumbsup")
    await the_scene.control.settled()
    added, removed = events
    assert (added["type"], added["user"]) == ("reaction_added", the_scene.amara.id)
    assert (added["reaction"], added["item_user"]) == ("thumbsup", the_scene.app.bot_user_id)
    assert added["item"] == {
        "type": "message",
        "channel": the_scene.channel,
        "ts": posted["ts"],
        "channel_type": "channel",
    }
    assert removed["type"] == "reaction_removed"


async def test_people_meet_the_limits_of_the_screen(quiet: Scene) -> None:
    said = await quiet.amara.say(quiet.channel, "x")
    cy = await quiet.control.add_person("Cy")
    with pytest.raises(LookupError, match="sees no message"):
        await cy.reacts(said, "tada")
    with pytest.raises(NotPossible, match="have not reacted"):
        await quiet.amara.unreacts(said, "tada")
    await quiet.amara.reacts(said, "tada")
    with pytest.raises(NotPossible, match="already"):
        await quiet.amara.reacts(said, "tada")
    with pytest.raises(NotPossible, match="no emoji"):
        await quiet.amara.reacts(said, "no_such_emoji")


async def test_the_feed_names_the_reaction(quiet: Scene) -> None:
    said = await quiet.amara.say(quiet.channel, "x")
    before = await quiet.control.seq()
    await quiet.amara.reacts(said, "tada")
    async for entry in quiet.control.watch(after=before):
        assert entry == {
            "seq": before + 1,
            "kind": "reaction_added",
            "channel": quiet.channel,
            "ts": said.ts,
            "name": "tada",
            "user": quiet.amara.id,
        }
        break
