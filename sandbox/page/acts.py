"""What can be done on the page, each act as the person who is acted as."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sandbox.core import Core
from sandbox.errors import NotPossible
from sandbox.living import Living
from sandbox.page.guide import Guide
from sandbox.page.hosting import Deed
from sandbox.page.news import News
from sandbox.page.places import Places
from sandbox.page.reading import Reading
from sandbox.people import People
from sandbox.records import Json, User, View
from sandbox.viewing import Viewing

__all__ = ["PageActs"]

_PATIENCE = 1.5

_QUIET = 0.3
"""Seconds without anything passing between it and the sandbox after which it has shown all."""

Verb = Callable[..., Awaitable[Json]]


class PageActs:
    """The verbs. Each takes the person and what it is told, and gives what the page answers.

    What cannot be done raises as the acts of `People`, `Viewing` and `Living` do.
    """

    def __init__(
        self,
        core: Core,
        people: People,
        places: Places,
        reading: Reading,
        guide: Guide,
        news: News,
    ) -> None:
        self._core = core
        self._people, self._viewing, self._living = people, Viewing(core), Living(core)
        self._places, self._reading, self._guide, self._news = places, reading, guide, news
        self._complaints: dict[str, tuple[str, Mapping[str, str]]] = {}
        self.patience = _PATIENCE
        """Seconds for which an app that has acknowledged may take to show something."""
        self.busy: str | None = None
        """The key of the host's action that runs."""
        self._verbs: dict[str, Verb] = {
            "press": self._press,
            "press_in_view": self._press_in_view,
            "typed": self._typed,
            "change": self._change,
            "seek": self._seek,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "command": self._command,
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "dismiss": self._dismiss,
            "react": self._react,
            "unreact": self._unreact,
            "read": self._read,
            "opens_home": self._opens_home,
            "action": self._action,
            "dismiss_news": self._dismiss_news,
            "dismiss_steps": self._dismiss_steps,
        }

    async def do(self, verb: str, user: User, told: Mapping[str, Any]) -> Json:
        """Do it; LookupError for a verb that there is not."""
        if verb not in self._verbs:
            raise LookupError(f"no act {verb}")
        what = self._name_of(verb, told)
        answer = await self._verbs[verb](user, **told)
        outcome = answer.get("outcome", {})
        unwell = ("errors", "refused", "problem")
        if outcome.get("accepted", True) and not any(outcome.get(key) for key in unwell):
            self._guide.note(Deed(verb, user.id, what, dict(told)))
        return answer

    def errors(self, view: View) -> Mapping[str, str]:
        """What stands under the inputs of a view since it was sent, until it is sent anew."""
        of_hash, errors = self._complaints.get(view.id, ("", {}))
        return errors if of_hash == view.hash else {}

    def _name_of(self, verb: str, told: Mapping[str, Any]) -> str:
        view = self._core.modals.find(str(told.get("view_id", "")))
        if verb in ("submit", "close") and view is not None:
            return str(view.body.get("callback_id", ""))
        if verb == "command":
            return f"{told.get('command', '')} {told.get('text', '')}".strip()
        return str(told.get("action_id") or told.get("name") or told.get("key") or "")

    # At messages

    async def _press(
        self,
        user: User,
        channel: str,
        ts: str,
        block_id: str,
        action_id: str,
        value: Any = None,
    ) -> Json:
        return await self._shown(
            user,
            lambda: self._people.press(
                user.id, channel, ts, block_id=block_id, action_id=action_id, value=value
            ),
        )

    async def _shortcut(
        self, user: User, name: str, channel: str | None = None, ts: str | None = None
    ) -> Json:
        return await self._shown(user, lambda: self._people.shortcut(user.id, name, channel, ts))

    async def _command(
        self, user: User, command: str, text: str = "", channel: str | None = None
    ) -> Json:
        place = self._channel(user, channel) if channel else None
        return await self._shown(
            user, lambda: self._people.command(user.id, command, text.strip(), place)
        )

    async def _react(self, user: User, channel: str, ts: str, name: str) -> Json:
        self._living.react(user.id, channel, ts, name)
        return {}

    async def _unreact(self, user: User, channel: str, ts: str, name: str) -> Json:
        self._living.unreact(user.id, channel, ts, name)
        return {}

    async def _dismiss(self, user: User, channel: str, ts: str) -> Json:
        whispered = self._core.messages.find_ephemeral(channel, ts, user.id)
        if whispered is None:
            raise LookupError("That message is gone already.")
        self._core.messages.delete(whispered)
        return {}

    # In views

    async def _press_in_view(
        self, user: User, view_id: str, block_id: str, action_id: str, value: Any = None
    ) -> Json:
        return await self._shown(
            user,
            lambda: self._viewing.press_in_view(
                user.id, view_id, block_id=block_id, action_id=action_id, value=value
            ),
        )

    async def _typed(
        self, user: User, view_id: str, block_id: str, action_id: str, value: Any = None
    ) -> Json:
        self._viewing.typed(user.id, view_id, block_id, action_id, value)
        return {}

    async def _change(
        self, user: User, view_id: str, block_id: str, action_id: str, value: Any = None
    ) -> Json:
        key = (block_id, action_id)
        return await self._shown(user, lambda: self._viewing.change(user.id, view_id, key, value))

    async def _seek(
        self, user: User, view_id: str, block_id: str, action_id: str, typed: str = ""
    ) -> Json:
        key = (block_id, action_id)
        return {"options": await self._viewing.offers(user.id, view_id, key, typed)}

    async def _submit(self, user: User, view_id: str) -> Json:
        self._complaints.pop(view_id, None)
        answer = await self._shown(user, lambda: self._viewing.submit(user.id, view_id, {}))
        outcome = answer["outcome"]
        view, errors = self._core.modals.find(view_id), outcome["errors"] or outcome["refused"]
        if view is not None and errors:
            self._complaints[view_id] = (view.hash, errors)
        return answer

    async def _close(self, user: User, view_id: str) -> Json:
        if self._core.modals.find(view_id) is None:
            return {}  # in another tab, or by the app: what was wanted is so
        return {"outcome": await self._viewing.close(user.id, view_id)}

    async def _opens_home(self, user: User, app: str | None = None) -> Json:
        view = await self._living.opens_home(user.id, app)
        return {"published": view is not None}

    # Talking

    async def _say(
        self, user: User, text: str, channel: str | None = None, thread_ts: str | None = None
    ) -> Json:
        if not text.strip():
            raise ValueError("There is nothing to send yet.")
        place = self._channel(user, channel) if channel else None
        said = self._living.say(user.id, text, place, thread_ts)
        return {"ts": said["ts"], "channel": said["channel"]}

    async def _edit(self, user: User, channel: str, ts: str, text: str) -> Json:
        if not text.strip():
            raise ValueError("An empty message can't be kept. Delete it instead?")
        self._living.edit(user.id, channel, ts, text)
        return {}

    async def _delete(self, user: User, channel: str, ts: str) -> Json:
        self._living.delete(user.id, channel, ts)
        return {}

    async def _read(self, user: User, channel: str, ts: str, thread_ts: str | None = None) -> Json:
        if user.id not in self._core.workspace.channel(channel).members:
            return {}
        if thread_ts is None:
            self._reading.read(user.id, channel, ts)
        else:
            self._reading.read_thread(user.id, channel, thread_ts, ts)
        return {}

    # Beside the workspace

    async def _action(self, user: User, key: str) -> Json:
        action = next((one for one in self._guide.host.actions if one.key == key), None)
        if action is None:
            raise LookupError("That is not on offer any more. Reload the page?")
        if self.busy is not None:
            raise NotPossible("One thing at a time: something else is still under way.")
        feed = self._core.workspace.feed
        self.busy, seq = key, feed.seq
        feed.add("action_started", key=key)
        try:
            said = await action.run(user.id)
            news = self._news.gather(user, seq, said or "")
        finally:
            self.busy = None
            feed.add("action_ended", key=key)
        return {"news": news}

    async def _dismiss_news(self, user: User) -> Json:
        self._news.dismiss(user)
        return {}

    async def _dismiss_steps(self, user: User, away: bool = True) -> Json:
        self._guide.dismissed = away
        return {}

    # Within

    def _channel(self, user: User, at: str) -> str:
        """The id of the channel at that address; a direct message is opened where need be."""
        place = self._places.find(user, at)
        channel = self._places.opened(user, place).channel if place else None
        if channel is None:
            raise LookupError("That place is not there any more.")
        return channel.id

    async def _shown(self, user: User, act: Callable[[], Awaitable[Json]]) -> Json:
        """Act, and wait a little where the app has yet to show something for it."""
        seq, before = self._core.workspace.feed.seq, self._people.top(user)
        outcome = await act()
        if outcome["accepted"] and not (
            outcome["errors"] or outcome["refused"] or outcome["problem"]
        ):
            await self._sight(user, seq, before)
        return {"outcome": outcome}

    async def _sight(self, user: User, seq: int, before: tuple[str, str] | None) -> None:
        """Wait until there is something to see, or the app has gone quiet, but not for long."""
        feed, loop = self._core.workspace.feed, asyncio.get_running_loop()
        until = loop.time() + self.patience
        while loop.time() < until and self._people.top(user) == before:
            for entry in feed.after(seq):
                seq = entry["seq"]
                home = entry["kind"] in ("home_published", "view_updated")
                if self._places.hears(user, entry) or (home and entry["user"] == user.id):
                    return
            passed = self._passed()
            await feed.wait(seq, min(_QUIET, until - loop.time()))
            if feed.seq == seq and self._passed() == passed and not self._core.delivery.is_busy:
                return

    def _passed(self) -> tuple[int, int]:
        """Changes by when everything that passed so far had passed: calls, and deliveries."""
        return self._core.calls.seq, self._core.delivery.log.seq
