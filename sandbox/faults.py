"""Faults on request: what a network, and a busy Slack, do to an app's calls."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, get_args

FaultKind = Literal[
    "drop_before",
    "drop_after",
    "error_500_before",
    "error_500_after",
    "delay",
    "ratelimited",
]
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)

# What a plan without `methods` leaves alone: an app that cannot connect tells nothing of posting.
_ONLY_WHEN_NAMED = frozenset({"apps.connections.open", "socket_mode"})


@dataclass(frozen=True)
class Refusal:
    """Calls of a method that Slack refuses with an error of its own; `about` one id, or of all.

    `holding`: only those in whose arguments these words stand, such as the type of a block. `more`
    goes into the answer beside the error, as `needed` does where a scope is missing.
    """

    method: str
    error: str
    about: str | None = None
    more: dict[str, str] = field(default_factory=dict)
    holding: str = ""

    def hits(self, method: str, named: Collection[str]) -> bool:
        """Whether a call is among them; `named` are the values of its arguments."""
        held = not self.holding or any(self.holding in one for one in named)
        return method == self.method and held and (self.about is None or self.about in named)


@dataclass
class FaultPlan:
    """Which calls go wrong, how and how often. The seed makes a run repeatable.

    `before` and `after` are seen from the write: a call dropped *after* it took effect is the case
    that makes careless clients post twice. `times` ends the plan after that many faults.
    """

    rate: float = 0.0
    kinds: tuple[FaultKind, ...] = KINDS
    methods: Collection[str] | None = None
    seed: int = 0
    delay_seconds: float = 1.0
    retry_after: int = 1
    times: int | None = None
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        unknown = set(self.kinds) - set(KINDS)
        if unknown or not self.kinds:
            raise ValueError(f"unknown fault kinds {sorted(unknown)}; known: {', '.join(KINDS)}")
        if not 0 <= self.rate <= 1:
            raise ValueError("rate must lie between 0 and 1")
        self._random = random.Random(self.seed)

    def draw(self, method: str) -> FaultKind | None:
        """The fault that hits this call of `method`, if any."""
        if self.methods is None:
            if method in _ONLY_WHEN_NAMED:
                return None
        elif method not in self.methods:
            return None
        if self.times == 0 or self._random.random() >= self.rate:
            return None
        if self.times is not None:
            self.times -= 1
        return self._random.choice(self.kinds)
