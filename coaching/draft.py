"""A team as far as it is chosen: what the steps of its set-up hand on to one another."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from coaching.calendar import Span
from coaching.errors import Refused
from coaching.plan_values import slot_from
from coaching.slot import Slot

__all__ = ["MOST_PEOPLE", "Draft", "as_reference", "from_reference"]

MOST_PEOPLE = 60
"""In one team: so many ids find room in what a form carries."""

_EXPIRED = (
    "This form comes from an older version of me, so I can't go on from it. Nothing was changed:"
    " `/widelens setup` in the team's channel begins anew."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Ids and choices, never words: it travels through the platform with each form.

    `team` is the id of the team that is there, "" for a new one; `seen` is how it stood as the
    first form opened. `people` are all but `lead` and `coach`. `meets` and `slot` are a weekday and
    an hour, `blackout` its first and last day, ISO.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    channel: str
    team: str = ""
    seen: str = ""
    lead: str = ""
    coach: str = ""
    people: Annotated[tuple[str, ...], Field(max_length=MOST_PEOPLE)] = ()
    meets: str = ""
    slot: str = ""
    timezone: str = ""
    country: str = ""
    blackout: tuple[date, date] | None = None

    @property
    def everybody(self) -> tuple[str, ...]:
        """All of them, each once, the lead first."""
        return tuple(dict.fromkeys(filter(None, (self.lead, self.coach, *self.people))))

    @property
    def sits(self) -> Slot:
        """When its sittings come. Raises ValueError before that is chosen."""
        return slot_from(self.slot)

    @property
    def days_off(self) -> tuple[Span, ...]:
        """The days in which nothing is asked."""
        return (Span(*self.blackout),) if self.blackout else ()


_DRAFT = TypeAdapter(Draft)


def as_reference(draft: Draft) -> str:
    """The draft as one line, for a form to carry."""
    return _DRAFT.dump_json(draft, exclude_defaults=True).decode()


def from_reference(reference: str) -> Draft:
    """The draft that a form carried. Raises Refused where it is none of this version's."""
    try:
        return _DRAFT.validate_json(reference)
    except ValidationError:
        raise Refused(_EXPIRED) from None
