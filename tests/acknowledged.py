"""How fast the bot acknowledges what people do, over all tests that play on a stage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["ACKNOWLEDGED", "Acknowledged"]

_SHOWN = 3


@dataclass
class Acknowledged:
    """How long it took at most, in milliseconds, by what was done; and how many were measured."""

    slowest: dict[str, float] = field(default_factory=dict)
    count: int = 0

    def add(self, sent: Iterable[Mapping[str, Any]]) -> None:
        """Take in what a sandbox has sent to the bot. Events that nobody waits for don't count."""
        for one in sent:
            if one["kind"] != "events_api" and one["acked"]:
                self.count += 1
                self._take(_name_of(one["payload"]), one["latency_ms"])

    def merge(self, other: Mapping[str, Any]) -> None:
        """Take in what another process has measured (its `vars`)."""
        self.count += other["count"]
        for what, took in other["slowest"].items():
            self._take(what, took)

    @property
    def sentence(self) -> str:
        """What is printed at the end of a run."""
        longest_first = sorted(self.slowest.items(), key=lambda one: -one[1])[:_SHOWN]
        told = ", ".join(f"{took:.0f} ms of {what}" for what, took in longest_first)
        return f"slowest acknowledgements: {told} ({self.count} measured; Slack waits 3,000 ms)"

    def _take(self, what: str, took: float) -> None:
        self.slowest[what] = max(took, self.slowest.get(what, 0.0))


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
