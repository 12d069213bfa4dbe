"""How fast the bot acknowledges what people do, over all tests that play on a stage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["ACKNOWLEDGED", "Acknowledged"]


@dataclass
class Acknowledged:
    """The slowest so far, and how many were measured; times in milliseconds."""

    slowest: float = 0.0
    what: str = ""
    count: int = 0

    def add(self, sent: Iterable[Mapping[str, Any]]) -> None:
        """Take in what a sandbox has sent to the bot. Events that nobody waits for don't count."""
        for one in sent:
            if one["kind"] != "events_api" and one["acked"]:
                self._take(one["latency_ms"], _name_of(one["payload"]), 1)

    def merge(self, other: Mapping[str, Any]) -> None:
        """Take in what another process has measured (its `vars`)."""
        self._take(other["slowest"], other["what"], other["count"])

    @property
    def sentence(self) -> str:
        """What is printed at the end of a run."""
        return (
            f"slowest acknowledgement: {self.slowest:.0f} ms, of {self.what}"
            f" ({self.count} measured; Slack waits 3,000 ms)"
        )

    def _take(self, slowest: float, what: str, count: int) -> None:
        self.count += count
        if slowest > self.slowest:
            self.slowest, self.what = slowest, what


ACKNOWLEDGED = Acknowledged()
"""Of this process."""


def _name_of(payload: Mapping[str, Any]) -> str:
    """What somebody did, without a word of theirs."""
    if "command" in payload:
        return f"the command {payload['command']} {payload['text'].partition(' ')[0]}".strip()
    match payload["type"]:
        case "block_actions":
            return f"a press on {payload['actions'][0]['action_id']}"
        case "view_submission":
            return f"the form {payload['view']['callback_id']}"
        case "block_suggestion":
            return f"looking for {payload['block_id']}"
        case kind:
            return f"{kind} {payload.get('callback_id', '')}".strip()
