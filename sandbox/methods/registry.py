"""The table of Web API methods: what each takes, needs and may answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.arguments import Arguments
from sandbox.core import Core
from sandbox.errors import SlackError
from sandbox.records import App, Channel, Message

_TS = re.compile(r"\d+\.\d{1,6}")

# Documented for every method (https://docs.slack.dev/reference/methods/auth.test lists them all),
# so the pages of single methods, and files made from them, may leave them out.
COMMON_ERRORS = frozenset(
    {
        "account_inactive",
        "invalid_arguments",
        "invalid_auth",
        "invalid_json",
        "json_not_object",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "ratelimited",
        "token_expired",
    }
)


@dataclass
class Call:
    """One call of a method: who calls, with what, and the workspace it works on."""

    core: Core
    app: App
    arguments: Arguments
    token: str = field(default="", repr=False)

    @property
    def bot(self) -> str:
        """The calling app's bot user."""
        return self.app.installation.bot_user_id

    def channel(self, *, by_name: bool = False) -> Channel:
        """The channel of the argument `channel`, if the app may know of it.

        A private channel that the bot is not in looks to it like one that does not exist. A name
        does where `by_name`: chat.postMessage and chat.postEphemeral take "an encoded ID, or a
        name", the other methods' pages speak of ids.
        """
        given = self.arguments.text("channel")
        channel = self.core.workspace.channels.get(given)
        if channel is None and by_name:
            channel = self.core.workspace.channel_by_name(given)
        if channel is None or not self.sees(channel):
            raise SlackError("channel_not_found")
        return channel

    def message(self, channel: Channel, name: str) -> Message:
        """The message of a channel whose `ts` an argument names."""
        ts = self.arguments.text(name)
        if not _TS.fullmatch(ts):
            raise SlackError("bad_timestamp")
        message = self.core.messages.find(channel.id, ts)
        if message is None:
            raise SlackError("message_not_found")
        return message

    def sees(self, channel: Channel) -> bool:
        """Whether the app may know that this channel exists."""
        return channel.kind == "public_channel" or self.bot in channel.members

    def need(self, *scopes: str) -> None:
        """Refuse the call unless the app has one of these scopes."""
        if not set(scopes) & set(self.app.scopes):
            raise SlackError(
                "missing_scope",
                extra={"needed": ",".join(scopes), "provided": ",".join(self.app.scopes)},
            )


Shown = Literal["bot", "app", "client"]
Handler = Callable[[Call], dict[str, Any]]


@dataclass(frozen=True)
class Method:
    """A row of the table.

    `scopes`: one of them is needed (none where empty). `missing`: the error for each required
    argument that is left out; `invalid_arguments` for those not named. `errors`: what it may
    answer beyond `COMMON_ERRORS`. `token`: what the caller shows: the bot's token, the app-level
    one, or, instead of a token, its client id and secret.
    """

    name: str
    handler: Handler
    tier: str
    scopes: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    errors: frozenset[str]
    missing: Mapping[str, str] = field(default_factory=dict)
    token: Shown = "bot"

    def run(self, call: Call) -> dict[str, Any]:
        """Check what every method checks, then do it."""
        if self.scopes:
            call.need(*self.scopes)
        for name in self.required:
            if call.arguments.text(name) == "":
                if name in self.missing:
                    raise SlackError(self.missing[name])
                raise SlackError("invalid_arguments", [f"missing required field: {name}"])
        return self.handler(call)


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *,
    tier: str,
    scopes: str = "",
    required: str = "",
    optional: str = "",
    errors: str = "",
    missing: Mapping[str, str] | None = None,
    token: Shown = "bot",
) -> Callable[[Handler], Handler]:
    """Enter a function into `METHODS`. Lists are words separated by spaces."""

    def enter(handler: Handler) -> Handler:
        METHODS[name] = Method(
            name=name,
            handler=handler,
            tier=tier,
            scopes=tuple(scopes.split()),
            required=tuple(required.split()),
            optional=tuple(optional.split()),
            errors=frozenset(errors.split()),
            missing=missing or {},
            token=token,
        )
        return handler

    return enter
