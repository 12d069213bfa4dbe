"""Which events an app hears of: subscribed to, within its scopes, where it is."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox import NotPossible
from tests.sandbox.scene import EVENTS, SCOPES, Scene, http_scene, manifest, scene

Json = dict[str, Any]


@pytest.fixture
async def heard() -> AsyncIterator[Scene]:
    """An app that acknowledges everything."""
    async with http_scene() as (the_scene, bolt, behind):
        behind.handler = None
        assert bolt is not None
        yield the_scene


async def events(the_scene: Scene) -> list[Json]:
    """The events sent since the app came into the channel."""
    await the_scene.control.settled()
    sent = await the_scene.control.events()
    return [entry["payload"]["event"] for entry in sent][1:]


async def test_the_envelope(heard: Scene) -> None:
    await heard.amara.say(heard.channel, "Hello")
    await heard.control.settled()
    (*_, entry) = await heard.control.events()
    payload = entry["payload"]
    assert payload["type"] == "event_callback"
    assert payload["team_id"] == "T0SANDBOX"
    assert payload["api_app_id"] == heard.app.app_id
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"][0]["user_id"] == heard.app.bot_user_id
    assert payload["event_time"] == int(float(payload["event"]["ts"]))
    assert (entry["acked"], entry["status"], entry["finished"]) == (True, 200, True)
    assert entry["latency_ms"] > 0


async def test_event_ids_are_unique(heard: Scene) -> None:
    for _ in range(5):
        await heard.amara.say(heard.channel, "Hello")
    await heard.control.settled()
    ids = [entry["id"] for entry in await heard.control.events()]
    assert len(set(ids)) == len(ids) == 6


async def test_messages_by_kind_of_channel(heard: Scene) -> None:
    board = await heard.control.add_channel("board", [heard.amara], private=True, with_app=True)
    for channel in (heard.channel, board, None):
        await heard.amara.say(channel, "Hello")
    kinds = [e["channel_type"] for e in await events(heard) if e["type"] == "message"]
    assert kinds == ["channel", "group", "im"]


async def test_a_mention_is_told_beside_the_message(heard: Scene) -> None:
    await heard.amara.say(heard.channel, f"<@{heard.app.bot_user_id}> help")
    assert [e["type"] for e in await events(heard)] == ["message", "app_mention"]


async def test_edits_deletions_and_threads(heard: Scene) -> None:
    said = await heard.amara.say(heard.channel, "Helo")
    await heard.amara.edit(said, "Hello")
    await heard.amara.say(heard.channel, "Yes?", thread_ts=said.ts)
    await heard.amara.delete(said)
    first, edited, reply, deleted = await events(heard)
    assert "subtype" not in first
    assert (edited["subtype"], edited["message"]["text"]) == ("message_changed", "Hello")
    assert edited["previous_message"]["text"] == "Helo"
    assert (reply["thread_ts"], reply["parent_user_id"]) == (said.ts, heard.amara.id)
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    theirs = await heard.amara.say(heard.channel, "Mine")
    with pytest.raises(NotPossible):
        await heard.bela.edit(theirs, "Not yours")


async def test_the_bots_own_messages_come_back_to_it(heard: Scene) -> None:
    await heard.client.chat_postMessage(channel=heard.channel, text="x")
    (event,) = await events(heard)
    assert event["bot_id"] == heard.app.bot_id


async def test_nothing_is_heard_from_outside(heard: Scene) -> None:
    town = await heard.control.add_channel("town", [heard.amara])
    await heard.amara.say(town, "Gossip")
    await heard.bela.joins(town)
    assert await events(heard) == []


async def test_coming_and_going(heard: Scene) -> None:
    cy = await heard.control.add_person("Cy")
    await cy.joins(heard.channel)
    await cy.leaves(heard.channel)
    await heard.control.remove_app(heard.channel)
    await heard.control.add_app(heard.channel, inviter=heard.amara)
    joined, left, removed, invited = await events(heard)
    assert (joined["type"], joined["user"]) == ("member_joined_channel", cy.id)
    assert (left["type"], left["user"]) == ("member_left_channel", cy.id)
    assert (removed["type"], removed["user"]) == ("member_left_channel", heard.app.bot_user_id)
    assert (invited["user"], invited["inviter"]) == (heard.app.bot_user_id, heard.amara.id)


async def test_channels_change(heard: Scene) -> None:
    await heard.control.rename_channel(heard.channel, "leads")
    await heard.control.archive_channel(heard.channel)
    renamed, archived = await events(heard)
    assert (renamed["type"], renamed["channel"]["name"]) == ("channel_rename", "leads")
    assert (archived["type"], archived["channel"]) == ("channel_archive", heard.channel)
    with pytest.raises(NotPossible):
        await heard.amara.say(heard.channel, "Too late")


async def test_a_channel_comes_back_and_is_deleted(heard: Scene) -> None:
    await heard.control.archive_channel(heard.channel)
    await heard.control.unarchive_channel(heard.channel)
    await heard.amara.say(heard.channel, "Here again")
    await heard.control.delete_channel(heard.channel)
    _, back, _, gone = await events(heard)
    assert (back["type"], back["channel"]) == ("channel_unarchive", heard.channel)
    assert (gone["type"], gone["channel"]) == ("channel_deleted", heard.channel)
    with pytest.raises(LookupError):
        await heard.amara.say(heard.channel, "Anybody?")


@pytest.mark.parametrize(("private", "kind"), [(False, "channel"), (True, "group")])
async def test_who_leaves_hears_of_it_in_an_event_of_their_own(private: bool, kind: str) -> None:
    app = manifest(events=["member_left_channel", "channel_left", "group_left"])
    async with scene(app, "http://127.0.0.1:9/", redelivery_delays=()) as the_scene:
        board = await the_scene.control.add_channel(
            "board", [the_scene.amara, the_scene.bela], private=private, with_app=True
        )
        await the_scene.bela.leaves(board)
        await the_scene.control.remove_app(board)
        await the_scene.control.settled()
        told = [one["payload"]["event"] for one in await the_scene.control.events()]
        assert [one["type"] for one in told] == [*["member_left_channel"] * 2, f"{kind}_left"]
        assert (told[-1]["channel"], "user" in told[-1]) == (board, False)


async def test_people_change(heard: Scene) -> None:
    await heard.amara.status("On leave", ":palm_tree:")
    await heard.amara.deactivated()
    away, gone = await events(heard)
    assert (away["type"], away["user"]["profile"]["status_text"]) == ("user_change", "On leave")
    assert (gone["user"]["id"], gone["user"]["deleted"]) == (heard.amara.id, True)
    members = await heard.client.conversations_members(channel=heard.channel)
    assert heard.amara.id not in members["members"]
    with pytest.raises(NotPossible):
        await heard.amara.say(heard.channel, "Still here")


MORE = [
    "channel_created",
    "dnd_updated_user",
    "pin_added",
    "pin_removed",
    "team_join",
    "user_profile_changed",
    "user_status_changed",
]


@pytest.fixture
async def more() -> AsyncIterator[Scene]:
    """An app that hears of what others may leave alone."""
    async with http_scene(manifest(events=MORE)) as (the_scene, bolt, behind):
        behind.handler = None
        assert bolt is not None
        yield the_scene


async def heard_by(the_scene: Scene) -> list[Json]:
    """The events sent after the scene was set."""
    await the_scene.control.settled()
    sent = [entry["payload"]["event"] for entry in await the_scene.control.events()]
    return sent[3:]  # two people, and the channel, came before


async def test_somebody_new_and_a_new_channel(more: Scene) -> None:
    cy = await more.control.add_person("Cy", tz="Asia/Tokyo")
    town = await more.control.add_channel("town", [cy])
    await more.control.add_channel("board", [cy], private=True)
    joined, created = await heard_by(more)
    assert (joined["type"], joined["user"]["tz"]) == ("team_join", "Asia/Tokyo")
    assert created["type"] == "channel_created"
    assert (created["channel"]["id"], created["channel"]["creator"]) == (town, cy.id)


async def test_what_changed_about_somebody_has_its_name(more: Scene) -> None:
    await more.amara.status("On leave", ":palm_tree:")
    start = datetime(2027, 1, 4, 22, tzinfo=UTC)
    await more.amara.do_not_disturb(start, start.replace(hour=23))
    await more.amara.do_not_disturb()
    await more.amara.deactivated()
    status, quiet, loud, profile = await heard_by(more)
    assert (status["type"], status["user"]["id"]) == ("user_status_changed", more.amara.id)
    assert (quiet["type"], quiet["user"]) == ("dnd_updated_user", more.amara.id)
    assert quiet["dnd_status"]["next_dnd_start_ts"] == int(start.timestamp())
    assert loud["dnd_status"]["dnd_enabled"] is False
    assert (profile["type"], profile["user"]["deleted"]) == ("user_profile_changed", True)


async def test_pins_are_told(more: Scene) -> None:
    said = await more.amara.say(more.channel, "Our purpose")
    at = {"channel": more.channel, "timestamp": said.ts}
    await more.client.pins_add(**at)
    await more.client.pins_remove(**at)
    added, removed = await heard_by(more)
    assert (added["type"], added["channel_id"]) == ("pin_added", more.channel)
    assert (added["user"], added["item_user"]) == (more.app.bot_user_id, more.amara.id)
    assert added["item"]["message"]["text"] == "Our purpose"
    assert (removed["type"], removed["has_pins"]) == ("pin_removed", False)


async def test_the_app_is_removed(heard: Scene) -> None:
    await heard.control.uninstall()
    assert {e["type"] for e in await events(heard)} == {"tokens_revoked", "app_uninstalled"}


@pytest.mark.parametrize(
    ("scopes", "subscribed"),
    [
        (SCOPES, [e for e in EVENTS if not e.startswith("message")]),
        ([s for s in SCOPES if not s.endswith(":history")], EVENTS),
    ],
)
async def test_subscription_and_scope_are_both_needed(
    scopes: list[str], subscribed: list[str]
) -> None:
    app = manifest(scopes=scopes, events=subscribed)
    async with scene(app, "http://127.0.0.1:9/", redelivery_delays=()) as the_scene:
        await the_scene.amara.say(the_scene.channel, "Hello")
        assert await events(the_scene) == []


async def test_a_messages_tab_may_be_read_only() -> None:
    async with scene(manifest(read_only=True, events=())) as the_scene:
        with pytest.raises(NotPossible, match="turned off"):
            await the_scene.amara.say(None, "Hello")
