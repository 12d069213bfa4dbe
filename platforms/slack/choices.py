"""What can be chosen, as Slack's options: their words fit, and what comes back is the whole choice.

Of an option, 75 characters are shown and 150 of its value come back; the words shown may come back
marked up. A longer choice therefore travels behind the reference in a view's `private_metadata`, on
a line of its own, and the option's value says on which.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from conversation.messages import Field, Form
from platforms.slack import limits
from platforms.slack.render import plain_text, shortened
from platforms.slack.rich_text import Json

__all__ = [
    "carried_by",
    "choices_of",
    "chosen",
    "longer_choices",
    "metadata",
    "offered",
    "reference_of",
]

_POINTER = "…"
"""Begins a value that is the number of a line. A choice that begins with it travels as a long one
does, so that it is never taken for a number."""


def choices_of(field: Field) -> tuple[str, ...]:
    """What a form itself has to know of a field's choices: of those sought, what was chosen."""
    if not field.sought:
        return field.choices
    return tuple(line for line in field.initial.split("\n") if line)


def longer_choices(form: Form) -> tuple[str, ...]:
    """The choices of a form that no option's value holds, as far as there is room for them."""
    room = limits.PRIVATE_METADATA - len(form.reference)
    carried: list[str] = []
    for choice in dict.fromkeys(one for field in form.fields for one in choices_of(field)):
        if not _fits(choice) and len(choice) < room:
            carried.append(choice)
            room -= len(choice) + 1
    return tuple(carried)


def metadata(form: Form) -> str:
    """The form's reference, and behind it its longer choices."""
    return "\n".join((form.reference, *longer_choices(form)))


def reference_of(view: Mapping[str, Any]) -> str:
    """The reference of the form that a view shows."""
    return str(view["private_metadata"]).partition("\n")[0]


def carried_by(view: Mapping[str, Any]) -> list[str]:
    """The longer choices that a view carries."""
    return str(view["private_metadata"]).split("\n")[1:]


def offered(choices: Iterable[str], longer: Sequence[str]) -> dict[str, Json]:
    """An option for each choice, a hundred at most; none for a long one that isn't carried."""
    options: dict[str, Json] = {}
    for choice in choices:
        value = choice if _fits(choice) else _pointer(choice, longer)
        if value and len(options) < limits.OPTIONS:
            text = plain_text(shortened(choice, limits.OPTION_LABEL))
            options[choice] = {"text": text, "value": value}
    return options


def chosen(value: str, longer: Sequence[str]) -> str:
    """The whole choice that an option's value stands for."""
    return longer[int(value.removeprefix(_POINTER))] if value.startswith(_POINTER) else value


def _fits(choice: str) -> bool:
    return len(choice) <= limits.OPTION_VALUE and not choice.startswith(_POINTER)


def _pointer(choice: str, longer: Sequence[str]) -> str | None:
    return f"{_POINTER}{longer.index(choice)}" if choice in longer else None
