"""The two ways in which the sandbox says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class SlackError(Exception):
    """An answer with `ok: false`. `code` is one of the method's documented errors."""

    def __init__(
        self, code: str, messages: Sequence[str] = (), extra: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.messages = list(messages)
        self.extra = dict(extra or {})

    def body(self) -> dict[str, object]:
        """The JSON that Slack answers with.

        Slack puts the pointer paths under `response_metadata.messages`, each with `[ERROR]`
        before it; for blocks of a message it repeats them, bare, under `errors`
        (https://github.com/slackapi/java-slack-sdk/issues/1017, .../pull/302).
        """
        body: dict[str, object] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            if self.code == "invalid_blocks":
                body["errors"] = list(self.messages)
            body["response_metadata"] = {"messages": [f"[ERROR] {text}" for text in self.messages]}
        return body


MISTAKES = frozenset(
    {
        "duplicate_external_id",
        "invalid_arguments",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_json",
        "invalid_metadata_format",
        "json_not_object",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "view_too_large",
    }
)
"""What Slack refuses because of how an app has put it, and would refuse the next time too."""


class NotPossible(Exception):
    """A person tried something that Slack's own screens would not have offered."""
