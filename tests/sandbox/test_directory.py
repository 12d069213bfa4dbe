"""Channels, people, pins, the team: what an app can ask about the workspace."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox import NotPossible
from tests.sandbox.scene import Scene, http_scene, manifest, scene


async def test_a_dm_is_opened_once(quiet: Scene) -> None:
    first = await quiet.client.conversations_open(users=quiet.amara.id)
    again = await quiet.client.conversations_open(users=[quiet.amara.id], return_im=True)
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"] is True
    assert again["channel"]["user"] == quiet.amara.id
    resumed = await quiet.client.conversations_open(channel=first["channel"]["id"])
    assert resumed["no_op"] is True


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "users_list_not_supplied"),
        ({"users": "U404"}, "user_not_found"),
        ({"channel": "C404"}, "channel_not_found"),
    ],
)
async def test_what_cannot_be_opened(quiet: Scene, arguments: dict[str, str], error: str) -> None:
    assert await quiet.error("conversations.open", **arguments) == error


async def test_only_direct_messages_can_be_opened(quiet: Scene) -> None:
    answer = await quiet.error("conversations.open", channel=quiet.channel)
    assert answer == "method_not_supported_for_channel_type"
    answer = await quiet.error("conversations.open", users=quiet.amara.id, prevent_creation=True)
    assert answer == "channel_not_found"


async def test_a_group_is_opened_once_and_spoken_in() -> None:
    scopes = ["chat:write", "mpim:history", "mpim:read", "mpim:write"]
    app = manifest(scopes=scopes, events=["message.mpim"])
    async with http_scene(app) as (the_scene, bolt, _):

        @bolt.event("message")
        async def heard(event: dict[str, str], say: Any) -> None:
            await say(f"In {event['channel_type']}: {event['text']}")

        both = [the_scene.amara.id, the_scene.bela.id]
        client = the_scene.client
        opened = (await client.conversations_open(users=both, return_im=True))["channel"]
        assert (opened["is_mpim"], opened["is_private"]) == (True, True)
        assert opened["name"] == "mpdm-coach--amara.osei--b.la.kov.cs-1"
        again = await client.conversations_open(users=[*both[::-1], the_scene.app.bot_user_id])
        assert (again["channel"]["id"], again["already_open"]) == (opened["id"], True)
        assert (await client.conversations_open(channel=opened["id"]))["no_op"] is True
        listed = (await client.conversations_list(types="mpim"))["channels"]
        assert [one["id"] for one in listed] == [opened["id"]]
        await the_scene.bela.say(opened["id"], "Good morning")
        answer = await the_scene.amara.waits_for(lambda m: m.app_id, channel=opened["id"])
        assert answer.text == "In mpim: Good morning"
        history = await client.conversations_history(channel=opened["id"])
        assert len(history["messages"]) == 2
        with pytest.raises(NotPossible, match="not left"):
            await the_scene.amara.leaves(opened["id"])
        missing = await the_scene.refused("conversations.open", users=the_scene.amara.id)
        assert (missing["error"], missing["needed"]) == ("missing_scope", "im:write")
        many = [(await the_scene.control.add_person(f"Cy {n}")).id for n in range(9)]
        answer_to_many = await the_scene.error("conversations.open", users=",".join(many))
        assert answer_to_many == "too_many_users"


async def test_opening_a_dm_needs_its_own_scope() -> None:
    async with scene(manifest(scopes=["mpim:write"], events=())) as other_scope:
        answer = await other_scope.refused("conversations.open", users=other_scope.amara.id)
        assert (answer["error"], answer["needed"]) == ("missing_scope", "im:write")


async def test_a_channel_and_its_members(quiet: Scene) -> None:
    info = quiet.client.conversations_info
    channel = (await info(channel=quiet.channel, include_num_members=True))["channel"]
    assert (channel["name"], channel["num_members"], channel["is_member"]) == (
        "leadership", 3, True,
    )  # fmt: skip
    members = await quiet.client.conversations_members(channel=quiet.channel, limit=2)
    rest = await quiet.client.conversations_members(
        channel=quiet.channel, cursor=members["response_metadata"]["next_cursor"]
    )
    assert members["members"] + rest["members"] == [
        quiet.amara.id, quiet.bela.id, quiet.app.bot_user_id,
    ]  # fmt: skip
    too_many = await quiet.error("conversations.members", channel=quiet.channel, limit=5000)
    assert too_many == "invalid_limit"


async def test_private_channels_are_unseen_from_outside(quiet: Scene) -> None:
    board = await quiet.control.add_channel("board", [quiet.amara], private=True)
    await quiet.control.add_channel("town", [quiet.amara])
    assert await quiet.error("conversations.info", channel=board) == "channel_not_found"
    listed = await quiet.client.conversations_list(types="public_channel,private_channel")
    assert [c["name"] for c in listed["channels"]] == ["leadership", "town"]
    mine = await quiet.client.users_conversations(types="public_channel,private_channel")
    assert [c["name"] for c in mine["channels"]] == ["leadership"]
    assert await quiet.error("conversations.list", types="rooms") == "invalid_types"
    assert await quiet.error("conversations.list", types="mpim") == "missing_scope"


async def test_archived_channels_can_be_left_out(quiet: Scene) -> None:
    await quiet.control.archive_channel(quiet.channel)
    kept = await quiet.client.conversations_list()
    assert kept["channels"][0]["is_archived"] is True
    assert (await quiet.client.conversations_list(exclude_archived=True))["channels"] == []


async def test_people(quiet: Scene) -> None:
    until = datetime(2027, 1, 4, tzinfo=UTC)
    await quiet.amara.status("On leave", ":palm_tree:", until)
    user = (await quiet.client.users_info(user=quiet.amara.id, include_locale=True))["user"]
    assert (user["real_name"], user["tz"], user["deleted"]) == (
        "Amara Osei",
        "Europe/London",
        False,
    )
    assert user["profile"]["status_text"] == "On leave"
    assert user["profile"]["status_expiration"] == int(until.timestamp())
    assert user["locale"]
    assert await quiet.error("users.info", user="U404") == "user_not_found"
    listed = await quiet.client.users_list(limit=2)
    assert len(listed["members"]) == 2
    assert listed["response_metadata"]["next_cursor"]


async def test_zones_are_told_with_their_offset(quiet: Scene) -> None:
    await quiet.control.set_clock(datetime(2027, 1, 4, 9, tzinfo=UTC))
    dee = await quiet.control.add_person("Dee", tz="Europe/London")
    for month, ahead in ((1, 0), (7, 3600)):
        await quiet.control.set_clock(datetime(2027, month, 4, 9, tzinfo=UTC))
        user = (await quiet.client.users_info(user=dee.id))["user"]
        assert (user["tz"], user["tz_offset"]) == ("Europe/London", ahead)
    for zone in ("Europe/Nowhere", "../etc/passwd", ""):
        with pytest.raises(ValueError, match="there is no time zone"):
            await quiet.control.add_person("Eve", tz=zone)


async def test_strangers_belong_elsewhere(quiet: Scene) -> None:
    guest = await quiet.control.add_person("Cy", is_stranger=True)
    user = (await quiet.client.users_info(user=guest.id))["user"]
    assert user["is_stranger"] is True
    assert user["team_id"] != "T0SANDBOX"


async def test_do_not_disturb(quiet: Scene) -> None:
    assert (await quiet.client.dnd_info(user=quiet.amara.id))["dnd_enabled"] is False
    start, end = datetime(2027, 1, 4, 22, tzinfo=UTC), datetime(2027, 1, 5, 7, tzinfo=UTC)
    await quiet.amara.do_not_disturb(start, end)
    answer = await quiet.client.dnd_info(user=quiet.amara.id)
    assert answer["next_dnd_end_ts"] - answer["next_dnd_start_ts"] == 9 * 3600
    assert await quiet.error("dnd.info", user="U404") == "user_not_found"
    assert "snooze_enabled" not in answer.data
    assert (await quiet.client.dnd_info())["snooze_enabled"] is False


async def test_the_teams_do_not_disturb(quiet: Scene) -> None:
    start = datetime(2027, 1, 4, 22, tzinfo=UTC)
    await quiet.amara.do_not_disturb(start, start.replace(hour=23))
    users = (await quiet.client.dnd_teamInfo(users=[quiet.amara.id, quiet.bela.id, "U404"]))[
        "users"
    ]
    assert set(users) == {quiet.amara.id, quiet.bela.id}
    assert users[quiet.amara.id]["next_dnd_start_ts"] == int(start.timestamp())
    assert users[quiet.bela.id]["dnd_enabled"] is False
    assert await quiet.error("dnd.teamInfo") == "no_users_provided"
    many = ",".join(f"U{n}" for n in range(51))
    assert await quiet.error("dnd.teamInfo", users=many) == "invalid_arguments"


async def test_the_team_and_the_bot(quiet: Scene) -> None:
    assert (await quiet.client.team_info())["team"]["name"] == "Northwind"
    assert await quiet.error("team.info", team="T404") == "team_not_found"
    bot = (await quiet.client.bots_info(bot=quiet.app.bot_id))["bot"]
    assert (bot["app_id"], bot["user_id"]) == (quiet.app.app_id, quiet.app.bot_user_id)
    assert await quiet.error("bots.info", bot="B404") == "bot_not_found"


async def test_pins(quiet: Scene) -> None:
    posted = await quiet.client.chat_postMessage(channel=quiet.channel, text="Purpose")
    at = {"channel": quiet.channel, "timestamp": posted["ts"]}
    await quiet.client.pins_add(**at)
    assert await quiet.error("pins.add", **at) == "already_pinned"
    (item,) = (await quiet.client.pins_list(channel=quiet.channel))["items"]
    assert item["message"]["text"] == "Purpose"
    await quiet.client.pins_remove(**at)
    assert await quiet.error("pins.remove", **at) == "no_pin"
    assert await quiet.error("pins.add", channel=quiet.channel) == "no_item_specified"
    missing = {"channel": quiet.channel, "timestamp": "1.000000"}
    assert await quiet.error("pins.add", **missing) == "message_not_found"
    wrong = {"channel": quiet.channel, "timestamp": "yesterday"}
    assert await quiet.error("pins.add", **wrong) == "bad_timestamp"
    town = await quiet.control.add_channel("town", [quiet.amara])
    theirs = await quiet.amara.say(town, "x")
    assert await quiet.error("pins.add", channel=town, timestamp=theirs.ts) == "not_in_channel"
