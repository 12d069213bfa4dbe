"""The page asked for as a browser would, without one: parts, acts, and the stream of events."""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox import Person
from tests.sandbox.scene import Scene

Json = dict[str, Any]


@dataclass
class Asked:
    """The page of one run."""

    scene: Scene
    session: aiohttp.ClientSession

    async def html(self, path: str = "/", **query: str) -> str:
        """A part of the page; it must be there."""
        async with self.session.get(self.scene.sandbox.url + path, params=query) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.text()

    async def status(self, path: str, **query: str) -> int:
        """The status of an answer."""
        async with self.session.get(self.scene.sandbox.url + path, params=query) as answer:
            return answer.status

    async def regions(self, who: Person, at: str = "", **query: str) -> Json:
        """What of the page changes with the place."""
        query |= {"as": who.id, "at": at}
        found: Json = json.loads(await self.html("/page/regions", **query))
        return found

    async def act(self, verb: str, who: Person, **told: Any) -> Json:
        """Do something that has to work."""
        status, answer = await self.tries(verb, who, **told)
        assert status == 200, answer
        return answer

    async def tries(self, verb: str, who: Person, **told: Any) -> tuple[int, Json]:
        """Do something; the status and the answer."""
        async with self.session.post(
            f"{self.scene.sandbox.url}/page/act/{verb}",
            json={"as": who.id, **told},
            headers={"X-Sandbox-Token": self.scene.sandbox.page.token},
        ) as answer:
            return answer.status, await answer.json()

    @contextlib.asynccontextmanager
    async def live(self, who: Person, after: int | None = None) -> AsyncIterator["Heard"]:
        """The stream of events of a person's page, from now on."""
        seq = self.scene.sandbox.core.workspace.feed.seq if after is None else after
        query = {"as": who.id, "after": str(seq)}
        url = f"{self.scene.sandbox.url}/page/live"
        async with self.session.get(url, params=query) as answer:
            assert answer.status == 200
            heard = Heard(answer.content)
            assert (await heard.next())[0] == "hello"
            yield heard


class Heard:
    """Events as they come."""

    def __init__(self, stream: aiohttp.StreamReader) -> None:
        self._stream = stream

    async def next(self) -> tuple[str, Json]:
        """The next event: its name and its data."""
        name, data = "", ""
        async with asyncio.timeout(5):
            while True:
                line = (await self._stream.readline()).decode().rstrip("\r\n")
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:"):
                    data = line[5:].strip()
                elif not line and name:
                    return name, json.loads(data)

    async def until(self, name: str) -> list[tuple[str, Json]]:
        """All that comes, up to the first event of that name."""
        found = [await self.next()]
        while found[-1][0] != name:
            found.append(await self.next())
        return found


@contextlib.asynccontextmanager
async def asking(scene: Scene) -> AsyncIterator[Asked]:
    """Ask for the page of a scene."""
    async with aiohttp.ClientSession() as session:
        yield Asked(scene, session)


def shown(html: str) -> list[str]:
    """The `ts` of the messages in it, in order."""
    return re.findall(r'<article [^>]*data-ts="([\d.]+)"', html)
