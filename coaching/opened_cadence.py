"""A cadence as it stood when somebody began to change it: what their form carries along."""

from dataclasses import dataclass
from datetime import time
from zlib import crc32

from pydantic import ConfigDict, TypeAdapter, ValidationError

from coaching.cadence import Cadence
from coaching.errors import Refused

__all__ = ["Opened", "as_reference", "from_reference", "opened", "stamp_of"]

_EXPIRED = (
    "This form comes from an older version of me, so I can't go on from it. Nothing was changed:"
    " open it again from your home."
)
_LONGEST_RULE = 500
"""A longer one travels by its stamp alone."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Ids and a rule, never words: it travels through the platform with the form.

    `cadence` is "" where one is added. `seen` is how it stood as the form opened, with its `rrule`
    ("" where that is too long to carry) and hour; `told` is how it stood when the person was told
    that it had changed meanwhile.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    team: str
    cadence: str = ""
    seen: str = ""
    told: str = ""
    rrule: str = ""
    at: time | None = None

    def knows(self, cadence: Cadence) -> bool:
        """Whether the person knows how the cadence stands now."""
        return stamp_of(cadence) in {self.seen, self.told}


_OPENED = TypeAdapter(Opened)


def opened(cadence: Cadence) -> Opened:
    """A cadence that somebody begins to change."""
    return Opened(
        team=cadence.team_id,
        cadence=cadence.id,
        seen=stamp_of(cadence),
        rrule=cadence.rrule if len(cadence.rrule) <= _LONGEST_RULE else "",
        at=cadence.at,
    )


def stamp_of(cadence: Cadence) -> str:
    """When a cadence comes, in a few letters: others where anything of it was changed."""
    comes = cadence.rrule, cadence.at, cadence.clock, cadence.starts_on
    return f"{crc32(repr(comes).encode()):x}"


def as_reference(opened: Opened) -> str:
    """It as one line, for a form to carry."""
    return _OPENED.dump_json(opened, exclude_defaults=True).decode()


def from_reference(reference: str) -> Opened:
    """What a form carried. Raises Refused where it is none of this version's."""
    try:
        return _OPENED.validate_json(reference)
    except ValidationError:
        raise Refused(_EXPIRED) from None
