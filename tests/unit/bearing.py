"""A person's weeks in which much is due: the rule of load is asked of each thing in its turn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from coaching.load import WEEK, Burden, Due, Load, Say, Wait, decide
from coaching.wishes import Timing, Wishes

__all__ = ["Bearing", "Thing"]

_LATE = timedelta(hours=12)


@dataclass(frozen=True)
class Thing:
    """What is to be said, first at `due_at`, when its sitting (or whatever it is of) is due."""

    burden: Burden
    due_at: datetime
    timing: Timing


@dataclass
class Bearing:
    """Things are said in the order in which they fall due, each a little after it."""

    wishes: Wishes
    budget: int
    things: Sequence[Thing]
    delay: timedelta = timedelta()
    said: list[tuple[datetime, Thing]] = field(default_factory=list)
    dropped: list[Thing] = field(default_factory=list)

    def go_by(self) -> None:
        order = count()
        queue: list[tuple[datetime, int, Thing]] = []
        for thing in self.things:
            heappush(queue, (thing.due_at, next(order), thing))
        now = None
        while queue:
            due_at, _, thing = heappop(queue)
            now = max(now, due_at + self.delay) if now else due_at + self.delay
            others = [(at, other) for at, _, other in queue]
            verdict = decide(
                thing.burden, self.wishes, self._load(thing, others, now), now, thing.timing
            )
            match verdict:
                case Say():
                    self.said.append((now, thing))
                case Wait(until):
                    assert until > now
                    heappush(queue, (until, next(order), thing))
                case _:
                    self.dropped.append(thing)

    def _load(self, thing: Thing, others: list[tuple[datetime, Thing]], now: datetime) -> Load:
        this = Due(thing.burden, now, late=now - thing.due_at > _LATE)
        known = [
            (at, other)
            for at, other in others
            # Nobody knows of the others before they happen; of prompts the calendar tells.
            if other.burden is Burden.PROMPT or other.due_at <= now
        ]
        nudges = [at for at, one in self.said if one.burden is Burden.NUDGE]
        return Load(
            self.budget,
            spent=tuple(at for at, _ in self.said if at > now - WEEK),
            nudged_at=max(nudges, default=None),
            ahead=tuple(
                at
                for at, other in known
                if this.leaves_room_for(Due(other.burden, at, late=at - other.due_at > _LATE))
            ),
        )
