"""What the control API's answers are read into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SeenMessage:
    """A message as a person sees it.

    `plain` is what would be read aloud, buttons as [Label]; `text` and `blocks` are as sent.
    `reactions`: by an emoji's name, the ids of those who gave it. `files`: Slack's file objects.
    """

    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    plain: str
    buttons: list[str]
    user: str
    thread_ts: str | None
    reply_count: int
    edited: bool
    ephemeral: bool
    metadata: dict[str, Any] | None
    app_id: str | None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, data: dict[str, Any]) -> SeenMessage:
        """Read a message of the control API."""
        return cls(**{name: data[name] for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Outcome:
    """What came of pressing, submitting, commanding.

    - `accepted`: the app acknowledged in time (HTTP 200, or on its socket).
    - `view`: the modal now on top, if this act opened, pushed, updated or uncovered one.
    - `errors`: under which inputs the app complained (the view stays open with the text).
    - `refused`: under which inputs the Slack client complained; nothing was sent.
    - `said`: the ephemeral answers so far, by acknowledgement or response_url.
    - `problem`: the sentence Slack shows when it did not work.
    """

    accepted: bool
    view: dict[str, Any] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    said: list[SeenMessage] = field(default_factory=list)
    status: int | None = None
    latency_ms: float = 0.0
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing went wrong: accepted, and no complaint from client or app."""
        return self.accepted and not (self.errors or self.refused or self.problem)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Outcome:
        """Read an outcome of the control API."""
        return cls(**{**data, "said": [SeenMessage.of(message) for message in data["said"]]})
