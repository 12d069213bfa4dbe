"""What the bot says: messages and forms as data. A platform renders them; nothing here knows how.

Words of people enter only as plain text (a `str` in a line, or `Plain`), so no answer can become a
mention, a link or a heading: those are built by the composing code alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = [
    "Block",
    "Bold",
    "Bullets",
    "Button",
    "Buttons",
    "Channel",
    "Chart",
    "ChartKind",
    "Divider",
    "Field",
    "FieldKind",
    "Form",
    "Heading",
    "Home",
    "Italic",
    "Line",
    "Message",
    "MessageLink",
    "Moment",
    "Note",
    "Paragraph",
    "Person",
    "Quote",
    "Series",
    "Span",
    "line",
]


@dataclass(frozen=True, slots=True)
class Bold:
    """Words set off."""

    text: str


@dataclass(frozen=True, slots=True)
class Italic:
    """Words set apart."""

    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person by platform id, shown by name; never a mention, so nobody is pinged."""

    user: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on the reader's own clock where the platform can; `fallback` says it in words."""

    at: datetime
    fallback: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel by platform id, shown by the name that it has at the time."""

    channel: str


@dataclass(frozen=True, slots=True)
class MessageLink:
    """Words that lead to a message, by the platform's ids; plain words where no link can be had."""

    text: str
    channel: str
    message: str


Span = str | Bold | Italic | Person | Moment | Channel | MessageLink
Line = tuple[Span, ...]


def line(*spans: Span) -> Line:
    """Spans that read as one line."""
    return spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A title within a message or form."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lines of a list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a person, as they wrote them, and who that is."""

    words: str
    by: str | None = None
    """The platform's id of the person."""


@dataclass(frozen=True, slots=True)
class Note:
    """Small print."""

    line: Line


@dataclass(frozen=True, slots=True)
class Divider:
    """A rule between parts."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `route` names what handles it, `value` what it is about."""

    label: str
    route: str
    value: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]


class ChartKind(StrEnum):
    """How figures are drawn."""

    LINE = "line"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind, one to each label of the chart."""

    name: str
    figures: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures as a picture. A platform that can't draw says them, as a table or in `words`.

    At most 20 labels and 6 series; a label and a name have at most 20 characters, the title 50.
    """

    title: str
    kind: ChartKind
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def words(self) -> str:
        """All of it in one line: `Outside voices heard: 5 Oct 1, 12 Oct 3`."""
        told = (
            ", ".join(
                f"{label} {figure:g}"
                for label, figure in zip(self.labels, one.figures, strict=True)
            )
            for one in self.series
        )
        if len(self.series) == 1:
            return f"{self.title}: {next(told)}"
        named = zip((one.name for one in self.series), told, strict=True)
        return f"{self.title}: {'; '.join(f'{name}: {figures}' for name, figures in named)}"


Block = Heading | Paragraph | Bullets | Quote | Note | Divider | Buttons | Chart


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted. `text` is the whole of it in one plain sentence or two.

    Notifications and screen readers use `text`, so it says what matters without the blocks. It is
    plain text: a platform escapes it.
    """

    text: str
    blocks: tuple[Block, ...]
    pinned: bool | None = None
    """Whether it stands among what is pinned in its channel; None: as it is."""


@dataclass(frozen=True, slots=True)
class Home:
    """A person's own page with the bot: what is theirs, as it stands when they open it."""

    blocks: tuple[Block, ...]


class FieldKind(StrEnum):
    """What a field takes."""

    LONG_TEXT = "long_text"
    SHORT_TEXT = "short_text"
    SCALE = "scale"
    PERSON = "person"
    PEOPLE = "people"
    DATE = "date"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    NUMBER = "number"
    STAKEHOLDERS = "stakeholders"
    DECISION = "decision"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `id` comes back with the value, which is text whatever the kind.

    A person's value is the platform's id; a date's is ISO; a scale's is "1" to "5". Where several
    can be given (people, choices, stakeholders), each stands on a line of its own, and so in
    `initial`. An `id` does not end with "+".
    """

    id: str
    label: str
    kind: FieldKind
    hint: str = ""
    optional: bool = False
    initial: str = ""
    low: str = ""
    high: str = ""
    """What 1 and 5 mean, for a scale."""
    choices: tuple[str, ...] = ()
    """What can be chosen, each in one line; where there is none, words are typed."""
    another: str = ""
    """Asks for another than the choices, where one can be named: its words follow the choice's, on
    lines of their own, so that a value may be both."""
    watched: bool = False
    """Whether a change of it is told before the form is sent (`FormChanged`)."""
    sought: bool = False
    """Whether its choices are too many to show, and are looked for as one types
    (`ChoicesSought`). Of `choices` it then has none; `initial` may be one."""
    least: int | None = None
    most: int | None = None
    """What a number may be."""


@dataclass(frozen=True, slots=True)
class Form:
    """Something to fill in, or only to read where it has no fields.

    `route` names what handles its submission; `reference` comes back with it (ids, never words of a
    person). A title has at most 24 characters.
    """

    title: str
    body: tuple[Block | Field, ...]
    route: str = ""
    reference: str = ""
    submit: str = "Send"
    cancel: str = "Close"

    @property
    def fields(self) -> Iterator[Field]:
        """The fields, in reading order."""
        return (part for part in self.body if isinstance(part, Field))
