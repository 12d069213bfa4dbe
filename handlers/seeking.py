"""Choices that are looked for as somebody types."""

from coaching.whereabouts import countries_like, zones_like
from conversation.events import ChoicesSought, Offer, Reply
from handlers.services import Services

__all__ = ["MOST_OFFERED", "seek_whereabouts"]

MOST_OFFERED = 100


async def seek_whereabouts(_services: Services, event: ChoicesSought) -> Reply:
    """A time zone or a country is looked for, in the second step of a set-up."""
    seek = {"timezone": zones_like, "country": countries_like}.get(event.field)
    return Offer(seek(event.typed)[:MOST_OFFERED] if seek else ())
