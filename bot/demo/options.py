"""What can be chosen about a demo."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["DemoOptions"]


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`weeks` go by, in a way that `seed` decides; `headless`: then it is over.

    Otherwise somebody takes the lead's chair after them: on the sandbox's page, which is opened in
    a `browser`, or at the `terminal`. `port` is the sandbox's, 0 for any that is free. `report` and
    `transcript` are files to write at the end of a headless run.
    `digests` is for all that the group's teams read at the end of a week.
    `packs`: the group's four teams go through the weeks, once on each of these packs.
    """

    headless: bool = False
    weeks: int = 4
    seed: int = 7
    report: Path | None = None
    transcript: Path | None = None
    digests: Path | None = None
    port: int | None = None
    terminal: bool = False
    browser: bool = True
    packs: tuple[str, ...] = ()
