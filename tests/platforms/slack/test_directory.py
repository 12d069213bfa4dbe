"""Names: asked once, kept for an hour, never in a message's way."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from platforms.slack import Directory, create_client
from tests.platforms.slack.stage import Stage, stage


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage() as scene:
        yield scene


async def asked(scene: Stage) -> int:
    return len(await scene.control.calls("users.info"))


async def test_a_name_is_kept_for_an_hour(scene: Stage) -> None:
    clock = Hands()
    directory = Directory(scene.client, clock)
    for clock.at in (0.0, 3599.0, 3601.0):
        assert await directory.names([scene.amara.id]) == {scene.amara.id: "Amara Osei"}
    assert await asked(scene) == 2


async def test_an_old_name_is_better_than_none(scene: Stage) -> None:
    clock = Hands()
    directory = Directory(scene.client, clock)
    await directory.names([scene.amara.id])
    clock.at = 7200.0
    await scene.control.set_faults(1.0, kinds=["ratelimited"], methods=["users.info"])
    assert await directory.names([scene.amara.id]) == {scene.amara.id: "Amara Osei"}


async def test_it_keeps_no_more_than_it_was_given_room_for(scene: Stage) -> None:
    bela = await scene.control.add_person("Bela")
    directory = Directory(scene.client, most=1)
    await directory.names([scene.amara.id])
    await directory.names([bela.id])
    await directory.names([scene.amara.id])
    assert await asked(scene) == 3


async def test_who_cannot_be_seen_is_left_out(scene: Stage) -> None:
    names = await scene.directory.names({scene.amara.id, "U0NOBODY"})
    assert names == {scene.amara.id: "Amara Osei"}


async def test_names_that_come_late_are_not_waited_for(scene: Stage) -> None:
    await scene.control.set_faults(1.0, kinds=["delay"], methods=["users.info"], delay_seconds=0.3)
    within = timedelta(seconds=0.05)
    assert await scene.directory.names([scene.amara.id], within=within) == {}


async def test_nobody_to_ask_costs_no_call(scene: Stage) -> None:
    assert await scene.directory.names([]) == {}
    assert await asked(scene) == 0


async def test_where_slack_is_away_there_are_no_names() -> None:
    async with aiohttp.ClientSession() as session:
        directory = Directory(create_client("xoxb-any", "http://127.0.0.1:1/", session))
        assert await directory.names(["U1", "U2"]) == {}
