"""What can be chosen about a demo."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["DemoOptions"]


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`weeks` go by, in a way that `seed` decides; `headless`: then it is over.

    Otherwise somebody at the terminal takes the lead's chair after them. `report` and `transcript`
    are files to write at the end of a headless run; `port` is the sandbox's, 0 for a free one.
    `packs`: the group's four teams go through the weeks, once on each of these packs.
    """

    headless: bool = False
    weeks: int = 4
    seed: int = 7
    report: Path | None = None
    transcript: Path | None = None
    port: int = 0
    packs: tuple[str, ...] = ()
