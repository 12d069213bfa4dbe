"""The connection of the control client: verbs over HTTP, and the feed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Self

import aiohttp

from sandbox.errors import NotPossible

_ERRORS: dict[str, type[Exception]] = {
    "lookup": LookupError,
    "not_possible": NotPossible,
    "value": ValueError,
}
_LONG_POLL_SECONDS = 25.0


class Caller:
    """Calls the control API. Use as an async context manager."""

    def __init__(self, url: str, token: str, *, patience: float = 0.0) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._session: aiohttp.ClientSession | None = None
        self.patience = patience

    async def __aenter__(self) -> Self:
        """Open the HTTP session."""
        self._session = aiohttp.ClientSession(headers=self._headers)
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Close the HTTP session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, verb: str, **arguments: Any) -> Any:
        """Call a verb of the control API."""
        async with self._http.post(f"{self._url}/control/{verb}", json=arguments) as answer:
            body = await answer.json()
        if answer.status == 200:
            return body["result"]
        raise _ERRORS.get(body.get("kind"), RuntimeError)(body["error"])

    # The feed

    async def watch(self, after: int | None = None) -> AsyncIterator[dict[str, Any]]:
        """What happens, in order, as it happens; from now on, or after a sequence number."""
        seq = await self.seq() if after is None else after
        while True:
            body = await self._feed(seq, _LONG_POLL_SECONDS)
            for entry in body["entries"]:
                yield entry
            seq = body["seq"]

    async def seq(self) -> int:
        """The number of the newest entry of the feed."""
        return int((await self._feed(None, 0))["seq"])

    async def news(self, after: int) -> int:
        """Wait until the feed has gone beyond `after`; returns where it is."""
        seq = after
        while seq <= after:
            seq = int((await self._feed(after, _LONG_POLL_SECONDS))["seq"])
        return seq

    async def _feed(self, after: int | None, wait: float) -> dict[str, Any]:
        query = {"wait": str(wait)} | ({} if after is None else {"after": str(after)})
        async with self._http.get(f"{self._url}/control/feed", params=query) as answer:
            body: dict[str, Any] = await answer.json()
        if answer.status != 200:
            raise RuntimeError(body["error"])
        return body

    @property
    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use Control as an async context manager")
        return self._session
