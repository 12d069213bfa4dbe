"""A scale for figures: where its ticks are, and how they read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Scale", "scale_for"]

_TICKS = 5  # about so many
_STEPS = (1, 2, 2.5, 5, 10)
_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


@dataclass(frozen=True)
class Scale:
    """From `ticks[0]` to `ticks[-1]`, drawn from `bottom` up to `top` (SVG: down is more)."""

    ticks: tuple[float, ...]
    top: float
    bottom: float

    def y(self, figure: float) -> float:
        """Where a figure is."""
        low, high = self.ticks[0], self.ticks[-1]
        share = (figure - low) / (high - low)
        return round(self.bottom - share * (self.bottom - self.top), 2)

    @property
    def ground(self) -> float:
        """Where bars and areas stand: at zero, or at the edge that is nearest to it."""
        return self.y(min(max(0.0, self.ticks[0]), self.ticks[-1]))

    def words(self) -> list[str]:
        """The ticks, each as short as it can be told apart from the next."""
        step = self.ticks[1] - self.ticks[0]
        largest = max(abs(tick) for tick in self.ticks)
        return [_short(tick, step, largest) for tick in self.ticks]


def scale_for(
    figures: Sequence[float], top: float, bottom: float, *, from_zero: bool, below: float = 0.0
) -> Scale:
    """A scale of round ticks that holds all figures.

    Zero is on it where `from_zero`, or where the figures are not all far from it. `below` so many
    units are free under a figure that is less than nothing.
    """
    low, high = (min(figures), max(figures)) if figures else (0.0, 0.0)
    far = low > 0 or high < 0
    size = max(abs(low), abs(high))
    if from_zero or not far or high - low >= size / 4 or high - low <= size * 1e-9:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        high = low + 1
    step = _step((high - low) / _TICKS, whole=all(figure.is_integer() for figure in figures))
    first, last = math.floor(low / step), math.ceil(high / step)
    if low < 0 and (low / step - first) / (last - first) * (bottom - top) < below:
        first -= 1
    return Scale(tuple(_round(count * step) for count in range(first, last + 1)), top, bottom)


def _step(rough: float, *, whole: bool) -> float:
    if whole and rough <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [step * power for step in _STEPS if not whole or (step * power).is_integer()]
    return next((step for step in steps if step >= rough * 0.999), steps[-1])


def _round(figure: float) -> float:
    """Without what comes of reckoning in twos: 0.30000000000000004 is 0.3."""
    return float(f"{figure:.12g}")


def _short(tick: float, step: float, largest: float) -> str:
    if tick == 0:
        return "0"
    if largest >= 1e15 or largest < 1e-4:
        return f"{tick:.3g}".replace("e+", "e").replace("e-0", "e-")
    for size, unit in _UNITS:
        # Not in units where that would be as long: 1,250 before 1.25k, 1,000,001 before 1.000001M.
        if largest >= size * (10 if unit == "k" else 1) and step >= size / 20:
            return _plain(tick / size, step / size) + unit
    return _plain(tick, step)


def _plain(figure: float, step: float) -> str:
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    if round(step * 10**digits, 6) % 1:
        digits += 1  # Steps of 2.5 and 0.25.
    return f"{figure:,.{digits}f}"
