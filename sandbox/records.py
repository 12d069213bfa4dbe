"""What a workspace is made of: users, channels, messages, views, apps. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

ChannelKind = Literal["public_channel", "private_channel", "mpim", "im"]
Json = dict[str, Any]

VERIFICATION_TOKEN = "sandbox-verification-token"
"""The `token` of every payload: deprecated at Slack, the same everywhere here, proof of nothing."""


@dataclass
class User:
    """A person, or the bot user of an app."""

    id: str
    name: str
    handle: str
    tz: str = "UTC"
    app_id: str | None = None
    deleted: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    dnd: tuple[int, int] | None = None
    updated: int = 0


@dataclass
class Channel:
    """A channel, private channel, or a direct message between an app and one person or several."""

    id: str
    name: str
    kind: ChannelKind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    pins: list[Json] = field(default_factory=list)
    user: str | None = None
    app_id: str | None = None

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message, whose members stay."""
        return self.kind in ("im", "mpim")


@dataclass
class Message:
    """One message as stored. `ephemeral_to` marks what only one person sees.

    `reactions`: by an emoji's name who gave it, first to last. `files`: file objects as Slack's.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    app_id: str | None = None
    edited: Json | None = None
    edits: int = 0
    ephemeral_to: str | None = None
    client_msg_id: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class StoredFile:
    """A file of the workspace: its bytes, whose it is, and the messages that share it.

    `shares`: by channel, the `ts` of each message with it. `uploaded`: its bytes are here;
    `complete`: its uploading was finished too. `deleted` keeps the id, not the bytes.
    """

    id: str
    name: str
    mimetype: str
    user: str
    created: int
    size: int
    content: bytes = b""
    title: str = ""
    alt_text: str = ""
    uploaded: bool = False
    complete: bool = False
    deleted: bool = False
    shares: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class View:
    """An open modal or a published home view, with what has been typed into it."""

    id: str
    app_id: str
    user: str
    body: Json
    state: dict[str, dict[str, Json]]
    hash: str
    root_id: str
    previous_id: str | None = None


@dataclass
class Trigger:
    """A one-use ticket to open a modal, issued with an interaction."""

    app_id: str
    user: str
    issued: float
    used: bool = False


@dataclass
class ResponseUrl:
    """Where an app may answer an interaction, five times in thirty minutes."""

    app_id: str
    user: str
    channel: str
    issued: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0
    posted: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class Installation:
    """What an app's owner copies from Slack's pages into the app's settings.

    Its `repr` keeps the credentials to itself, so that none ends in a log with it.
    """

    app_id: str
    bot_user_id: str
    bot_id: str
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)


@dataclass(frozen=True)
class CommandHint:
    """What a list of commands says of one: the words to type after it, and what it does.

    `escapes`: whether its app wants the ids of people and channels in place of their names
    (`should_escape` in its manifest).
    """

    usage: str
    description: str
    escapes: bool = False


@dataclass
class App:
    """An app: its manifest, read, and its credentials.

    `wants` are the scopes that its manifest asks for, `scopes` those that were granted here.
    `tokens`: those with which it may call, each with the second it expires (None: it does not);
    `revoked`: those that once were.
    """

    installation: Installation
    name: str
    wants: tuple[str, ...]
    events: frozenset[str]
    commands: dict[str, str]
    command_hints: dict[str, CommandHint]
    shortcuts: tuple[Json, ...]
    socket_mode: bool
    interactivity: bool
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    events_url: str | None
    interactivity_url: str | None
    options_url: str | None
    redirect_urls: tuple[str, ...] = ()
    rotates: bool = False
    active: bool = False
    scopes: tuple[str, ...] = ()
    tokens: dict[str, float | None] = field(default_factory=dict, repr=False)
    revoked: set[str] = field(default_factory=set, repr=False)

    @property
    def usage(self) -> dict[str, str]:
        """By command, what a list of commands says of it in one line."""
        return {
            command: f"{hint.usage} {hint.description}".strip()
            for command, hint in self.command_hints.items()
        }

    @property
    def id(self) -> str:
        """The app's id (A…)."""
        return self.installation.app_id
