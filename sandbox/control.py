"""The client of the control API. Plain HTTP, so it works from another process too."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sandbox.caller import Caller
from sandbox.faults import FaultKind
from sandbox.person import Person
from sandbox.records import Installation
from sandbox.seen import SeenMessage


class Control(Caller):
    """Sets the scene in a sandbox, and asks what happened. Use as an async context manager.

    What cannot be done raises LookupError (no such thing), ValueError (a wrong argument) or
    `NotPossible` (Slack's own screens would not have offered it). `patience` is the default of
    `wait` on the acts of persons.
    """

    # The scene

    async def install(
        self, manifest: dict[str, Any], request_url: str | None = None
    ) -> Installation:
        """Install an app from its manifest; `request_url` stands in for the manifest's URLs."""
        return Installation(
            **await self.call("install", manifest=manifest, request_url=request_url)
        )

    async def register(
        self, manifest: dict[str, Any], request_url: str | None = None
    ) -> Installation:
        """Make an app without installing it: it has no bot token until a person allows it."""
        return Installation(
            **await self.call("register", manifest=manifest, request_url=request_url)
        )

    async def reinstall(self, app_id: str | None = None) -> Installation:
        """Install an app again, as from its settings' page: the same ids, and its token."""
        return Installation(**await self.call("reinstall", app=app_id))

    async def offers(self) -> list[dict[str, Any]]:
        """What installed apps offer: commands and shortcuts; with the scopes, events they have."""
        found: list[dict[str, Any]] = await self.call("offers")
        return found

    async def uninstall(self) -> None:
        """Remove the app: its tokens stop working."""
        await self.call("uninstall")

    async def verify_url(self) -> bool:
        """Send the url_verification challenge; whether it was answered."""
        return bool(await self.call("verify_url"))

    async def add_person(self, name: str, tz: str = "UTC", **traits: Any) -> Person:
        """Add a person; traits: is_admin, is_restricted (a guest), is_stranger, status_text."""
        return Person(**await self.call("add_person", name=name, tz=tz, **traits), _control=self)

    async def add_channel(
        self,
        name: str,
        members: Iterable[Person | str] = (),
        *,
        private: bool = False,
        with_app: bool = False,
    ) -> str:
        """Create a channel and return its id; `with_app` has the first member invite the app."""
        return str(
            await self.call(
                "add_channel",
                name=name,
                members=[m.id if isinstance(m, Person) else m for m in members],
                private=private,
                with_app=with_app,
            )
        )

    async def add_app(self, channel: str, inviter: Person | None = None) -> None:
        """Invite the app to a channel."""
        await self.call("add_app", channel=channel, inviter=inviter.id if inviter else None)

    async def remove_app(self, channel: str) -> None:
        """Remove the app from a channel."""
        await self.call("remove_app", channel=channel)

    async def rename_channel(self, channel: str, name: str) -> None:
        """Rename a channel."""
        await self.call("rename_channel", channel=channel, name=name)

    async def archive_channel(self, channel: str) -> None:
        """Archive a channel."""
        await self.call("archive_channel", channel=channel)

    async def unarchive_channel(self, channel: str) -> None:
        """Take a channel out of the archive."""
        await self.call("unarchive_channel", channel=channel)

    async def delete_channel(self, channel: str) -> None:
        """Delete a channel, with all that was said in it."""
        await self.call("delete_channel", channel=channel)

    # Time, limits and faults

    async def clock(self) -> datetime:
        """The workspace's time."""
        return datetime.fromisoformat(await self.call("clock"))

    async def set_clock(self, moment: datetime, *, frozen: bool = False) -> None:
        """Move the workspace's clock to `moment` (with its zone); frozen, it stands still there."""
        await self.call("set_clock", moment=moment.isoformat(), frozen=frozen)

    async def advance(self, by: timedelta) -> None:
        """Move the workspace's clock on."""
        await self.call("advance", seconds=by.total_seconds())

    async def set_tiers(self, enabled: bool) -> None:
        """Switch Slack's rate limits on or off; every bucket starts full."""
        await self.call("set_tiers", enabled=enabled)

    async def set_faults(
        self,
        rate: float,
        kinds: Sequence[FaultKind] | None = None,
        methods: Sequence[str] | None = None,
        seed: int = 0,
        *,
        delay_seconds: float = 1.0,
        retry_after: int = 1,
        times: int | None = None,
    ) -> None:
        """Let calls go wrong (see `sandbox.faults.FaultPlan`); `times` is after how many to stop.

        Without `methods` every Web API method may be hit but apps.connections.open; name that, or
        "socket_mode" for envelopes, to hit them.
        """
        await self.call(
            "set_faults",
            rate=rate,
            kinds=list(kinds) if kinds is not None else None,
            methods=list(methods) if methods is not None else None,
            seed=seed,
            delay_seconds=delay_seconds,
            retry_after=retry_after,
            times=times,
        )

    async def clear_faults(self) -> None:
        """Let everything go right again."""
        await self.set_faults(rate=0.0)

    async def refuse(
        self,
        method: str,
        error: str,
        about: Person | str | None = None,
        holding: str = "",
        **more: str,
    ) -> None:
        """Let Slack refuse a method from now on, with this error; about one person or channel.

        `holding`: only where these words stand in what is sent, such as the type of a block.
        `more` goes into the answer: `needed="users:read"`, say.
        """
        whom = about.id if isinstance(about, Person) else about
        await self.call("refuse", method=method, error=error, about=whom, holding=holding, **more)

    # What an older version of the app has left behind

    async def leave_message(
        self, user: Person, blocks: list[dict[str, Any]], text: str = "Of old."
    ) -> SeenMessage:
        """Put a message of the app's into its direct conversation with a person."""
        arguments = {"user": user.id, "blocks": blocks, "text": text}
        return SeenMessage.of(await self.call("leave_message", **arguments))

    async def leave_form(
        self, user: Person, view: dict[str, Any], state: dict[str, Any]
    ) -> dict[str, Any]:
        """Open a form before a person, filled in as `state` (a payload's `values`) says."""
        form: dict[str, Any] = await self.call("leave_form", user=user.id, view=view, state=state)
        return form

    async def leave_home(self, user: Person, blocks: list[dict[str, Any]]) -> dict[str, Any]:
        """Put a page into a person's home."""
        home: dict[str, Any] = await self.call("leave_home", user=user.id, blocks=blocks)
        return home

    # Delivery

    async def connected(self, at_least: int = 1) -> int:
        """Wait until the app holds that many sockets open; returns how many it holds."""
        return int(await self.call("connected", at_least=at_least))

    async def disconnect(self, reason: str = "refresh_requested") -> int:
        """Tell the app's sockets to go, as Slack does now and then; returns how many were told."""
        return int(await self.call("disconnect", reason=reason))

    async def redeliver(self, event_id: str, times: int = 1) -> list[dict[str, Any]]:
        """Deliver an event again, as Slack sometimes does, with no retry header."""
        found: list[dict[str, Any]] = await self.call("redeliver", event_id=event_id, times=times)
        return found

    async def settled(self) -> None:
        """Wait until no event is on its way to an app, nor waiting to be sent again."""
        await self.call("settled")

    # What happened

    async def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """The API calls: method, arguments (never tokens), outcome, wall time, fault."""
        found: list[dict[str, Any]] = await self.call("calls", method=method)
        return found

    async def events(self) -> list[dict[str, Any]]:
        """What was sent to apps: payload, and how each attempt went."""
        found: list[dict[str, Any]] = await self.call("events")
        return found

    async def messages(
        self, channel: str | None = None, *, with_replies: bool = True
    ) -> list[dict[str, Any]]:
        """All stored messages, oldest first: with metadata, number of edits, ephemerals marked."""
        found: list[dict[str, Any]] = await self.call(
            "messages", channel=channel, with_replies=with_replies
        )
        return found

    async def sees(self, user: Person | str, channel: str | None = None) -> list[SeenMessage]:
        """What a person sees in a channel, or in the DM with the app."""
        who = user.id if isinstance(user, Person) else user
        return [SeenMessage.of(m) for m in await self.call("sees", user=who, channel=channel)]

    async def views(self, user: Person | str) -> list[dict[str, Any]]:
        """A person's open modals, the one on top last."""
        who = user.id if isinstance(user, Person) else user
        found: list[dict[str, Any]] = await self.call("views", user=who)
        return found

    async def file(self, file_id: str) -> bytes:
        """The bytes of a file."""
        return base64.b64decode(await self.call("file", file=file_id))

    async def mistakes(self) -> list[str]:
        """What the app has put wrongly so far, and forget it: blocks, views, arguments, no text."""
        found: list[str] = await self.call("mistakes")
        return found
