"""What can go wrong, in the project's own words. Edges wrap foreign errors into these."""

from collections.abc import Mapping

__all__ = ["Conflict", "NotFound", "Refused", "StoreUnavailable", "WidelensError"]


class WidelensError(Exception):
    """Something the project knows how to answer for."""


class Refused(WidelensError):
    """A rule says no. `sentence` may be shown to the person as it stands.

    `fields` maps a field's id to the sentence that belongs under it; empty where the whole act
    is refused.
    """

    def __init__(self, sentence: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fields: dict[str, str] = dict(fields or {})


class NotFound(WidelensError):
    """No such record in this workspace."""


class Conflict(WidelensError):
    """A record with the same natural key is there already."""


class StoreUnavailable(WidelensError):
    """The store cannot be reached or cannot write at the moment. Nothing was kept."""
