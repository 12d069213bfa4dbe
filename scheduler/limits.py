"""Who may be spoken to now: the platform's rests are kept, and its pace is not exceeded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

__all__ = ["SLACK_PACE", "UNPACED", "Limits", "Method", "Pace", "Rate"]


class Method(StrEnum):
    """What is asked of a platform; each has limits of its own."""

    POST = "post"
    UPDATE = "update"
    FIND = "find"


@dataclass(frozen=True, slots=True)
class Rate:
    """One call every so many seconds in the long run, and `burst` at once after a pause."""

    every: float
    burst: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform is spoken to; None: as fast as it goes."""

    posts: Rate | None
    """To one conversation."""
    updates: Rate | None
    """In one workspace."""


SLACK_PACE = Pace(posts=Rate(every=1.0, burst=3), updates=Rate(every=1.2, burst=10))
"""One post a second per channel with short bursts, and 50 updates a minute per workspace.

See https://docs.slack.dev/apis/web-api/rate-limits.
"""
UNPACED = Pace(posts=None, updates=None)


@dataclass(slots=True)
class _Meter:
    """Holds calls to a rate: the generic cell rate algorithm, which needs one figure.

    Who is refused is told a later time than the one refused before, as in a queue, so that what
    waits does not come back all at once.
    """

    rate: Rate
    clear_at: float = 0.0
    """When all calls so far will have been worked off."""
    queued: int = 0

    def wait(self, now: float) -> float:
        """Seconds until a call is allowed; 0 where it is now."""
        return max(0.0, self.clear_at - (self.rate.burst - 1) * self.rate.every - now)

    def take(self, now: float) -> float:
        """0 and the call is counted, or the seconds after which to ask again."""
        if wait := self.wait(now):
            self.queued += 1
            return wait + (self.queued - 1) * self.rate.every
        self.queued = max(0, self.queued - 1) if self.clear_at > now else 0
        self.clear_at = max(self.clear_at, now) + self.rate.every
        return 0.0


@dataclass(slots=True)
class _Workspace:
    methods: dict[Method, float] = field(default_factory=dict)
    conversations: dict[str, float] = field(default_factory=dict)
    """When their rests end."""
    posts: dict[str, _Meter] = field(default_factory=dict)
    updates: _Meter | None = None

    def forget(self, now: float) -> None:
        """Forget what no longer holds anything back."""
        self.methods = {key: end for key, end in self.methods.items() if end > now}
        self.conversations = {key: end for key, end in self.conversations.items() if end > now}
        self.posts = {key: meter for key, meter in self.posts.items() if meter.clear_at > now}


class Limits:
    """The limits of every workspace that this process speaks for.

    Kept in memory: one worker at a time speaks for a workspace, and what is forgotten at a restart
    the platform says again. `monotonic` gives seconds. Not for use from several threads.
    """

    def __init__(self, pace: Pace, monotonic: Callable[[], float]) -> None:
        self._pace = pace
        self._monotonic = monotonic
        self._workspaces: dict[str, _Workspace] = {}

    def rest(
        self, workspace_id: str, conversation: str | None, method: Method, length: timedelta
    ) -> None:
        """Let a conversation rest, whatever the method; or, without one, a workspace's method."""
        kept = self._of(workspace_id)
        end = self._monotonic() + length.total_seconds()
        if conversation is None:
            kept.methods[method] = max(end, kept.methods.get(method, end))
        else:
            kept.conversations[conversation] = max(end, kept.conversations.get(conversation, end))

    def rests(self, workspace_id: str, method: Method) -> bool:
        """Whether the method rests in the whole workspace."""
        return self._of(workspace_id).methods.get(method, 0.0) > self._monotonic()

    def resting(self, workspace_id: str) -> list[str]:
        """The conversations to which nothing can be said at the moment."""
        kept, now = self._of(workspace_id), self._monotonic()
        kept.forget(now)
        paced = (key for key, meter in kept.posts.items() if meter.wait(now))
        return sorted({*kept.conversations, *paced})

    def frees_in(self, workspace_id: str) -> float | None:
        """Seconds until the next of its rests ends; None where nothing rests."""
        kept, now = self._of(workspace_id), self._monotonic()
        kept.forget(now)
        ends = [end - now for end in (*kept.methods.values(), *kept.conversations.values())]
        paced = [wait for meter in kept.posts.values() if (wait := meter.wait(now))]
        return min(ends + paced, default=None)

    def take(self, workspace_id: str, conversation: str, method: Method) -> float:
        """0 where the call may be made, which then counts; else the seconds after which to ask."""
        kept, now = self._of(workspace_id), self._monotonic()
        end = max(kept.methods.get(method, now), kept.conversations.get(conversation, now))
        if end > now:
            return end - now
        meter = self._meter(kept, conversation, method)
        return meter.take(now) if meter else 0.0

    def _of(self, workspace_id: str) -> _Workspace:
        return self._workspaces.setdefault(workspace_id, _Workspace())

    def _meter(self, kept: _Workspace, conversation: str, method: Method) -> _Meter | None:
        if method is Method.POST and self._pace.posts:
            return kept.posts.setdefault(conversation, _Meter(self._pace.posts))
        if method is Method.UPDATE and self._pace.updates:
            kept.updates = kept.updates or _Meter(self._pace.updates)
            return kept.updates
        return None
