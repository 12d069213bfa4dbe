"""The bot as it is run: it asks, it keeps what is answered, it stops when it is told to."""

import asyncio
import json
import socket
from pathlib import Path
from signal import SIGINT, SIGTERM

import aiohttp
import pytest

from tests.e2e.serving import WORKSPACE, Scene, free_port, running, team_with_a_round_due

QUESTION = "What moved that somebody outside this team would notice?"
WORDS = "The regulator called us back on the same day"


@pytest.mark.parametrize("door", ["socket", "http"])
async def test_a_prompt_is_answered_and_kept_and_the_bot_stops(tmp_path: Path, door: str) -> None:
    http = door == "http"
    options = ["--http"] if http else []
    async with team_with_a_round_due(tmp_path, http=http) as scene:
        environment = {**scene.environment, "LOG_LEVEL": "DEBUG"}
        async with running(environment, "serve", *options) as bot:
            await bot.logs("serving slack:T0SANDBOX over " + ("HTTP" if http else "Socket Mode"))
            await answer(scene)
            assert await get(scene, "/healthz") == (200, {"status": "alive"})
            assert await get(scene, "/readyz") == (200, {"status": "ready", "problems": []})
            bot.process.send_signal(SIGTERM)
            assert await bot.ends(seconds=5) == 0
    assert await kept(scene) == [{"moved": WORDS}]
    log = "\n".join(bot.log)
    assert "Traceback" not in log
    assert "ERROR" not in log
    assert bot.log[-1].endswith("bot.serving: stopped")
    confidential = [
        WORDS,
        *(v for k, v in environment.items() if k.startswith("SLACK_") and "URL" not in k),
    ]
    assert [one for one in confidential if one in log] == []


async def answer(scene: Scene) -> None:
    message = await scene.amara.waits_for(lambda seen: "Answer" in seen.buttons, seconds=20)
    opened = await scene.amara.press(message, "Answer", wait=5)
    assert opened.view is not None
    assert (await scene.amara.submit(opened.view, {QUESTION: WORDS}, wait=5)).ok
    await scene.amara.waits_for(lambda seen: seen.edited and "Edit" in seen.buttons, seconds=20)


async def get(scene: Scene, path: str) -> tuple[int, object]:
    url = f"http://127.0.0.1:{scene.environment['PORT']}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answered:
        return answered.status, await answered.json()


async def kept(scene: Scene) -> list[dict[str, object]]:
    store = await scene.store()
    try:
        answers = await store.read(WORKSPACE, lambda uow: uow.answers.where())
        return [dict(one.values) for one in answers]
    finally:
        await store.close()


async def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    async with team_with_a_round_due(tmp_path, http=False) as scene:
        await scene.control.set_faults(
            1.0, kinds=["delay"], methods=["chat.postMessage"], delay_seconds=4.5
        )
        async with running(scene.environment, "serve") as bot:
            await bot.logs("serving")
            async with asyncio.timeout(20):
                while not await scene.control.calls("chat.postMessage"):
                    pass  # what is in hand now takes seconds
            bot.process.send_signal(SIGINT)
            await bot.logs("stopping")
            bot.process.send_signal(SIGTERM)
            assert await bot.ends(seconds=2) == -SIGTERM


async def test_it_can_be_stopped_while_slack_is_out_of_reach(tmp_path: Path) -> None:
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/widelens.db",
        "SLACK_API_URL": f"http://127.0.0.1:{free_port()}/api/",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "PORT": str(free_port()),
        "LOG_FORMAT": "json",
    }
    async with running(environment, "serve") as bot:
        said = json.loads(await bot.logs("trying again"))
        assert said["message"] == "Slack: unreachable; trying again in 1 s"
        bot.process.send_signal(SIGTERM)
        assert await bot.ends(seconds=5) == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "widelens: SLACK_BOT_TOKEN is not set"),
        ({"SLACK_APP_TOKEN": ""}, "widelens: SLACK_APP_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "widelens: Slack does not let us in with SLACK_BOT"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "widelens: Slack does not let us in with SLACK_APP"),
        ({"PORT": "nine"}, "widelens: PORT is not a port"),
        ({"DATABASE_URL": "sqlite:////nowhere/w.db"}, "widelens: The database can't be used"),
    ],
)
async def test_what_keeps_it_from_starting_is_told_in_one_line(
    tmp_path: Path, change: dict[str, str], told: str
) -> None:
    async with (
        team_with_a_round_due(tmp_path, http=False) as scene,
        running({**scene.environment, **change}, "serve") as bot,
    ):
        assert await bot.ends() == 2
    assert len(bot.log) == 1
    assert bot.log[0].startswith(told)


async def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    async with team_with_a_round_due(tmp_path, http=False) as scene:
        port = int(scene.environment["PORT"])
        with socket.create_server(("127.0.0.1", port)):
            async with running(scene.environment, "serve") as bot:
                assert await bot.ends() == 2
    assert len(bot.log) == 1
    assert f"can't listen on 127.0.0.1 port {port}" in bot.log[0]
    assert "for example PORT=3001" in bot.log[0]
