"""Where words are seen: who reads along in a channel, and whether words stand there."""

from collections.abc import Iterable, Sequence

from coaching.team import Team
from coaching.use_cases.choose_set_up import Readers
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Field,
    FieldKind,
    Line,
    Note,
    Paragraph,
    Person,
    Span,
    line,
)
from conversation.routes import HOME_DISCREET

__all__ = [
    "KEEP_OUT",
    "SHOW",
    "WORDS",
    "discreet_said",
    "home_words",
    "named",
    "where_words_are_seen",
]

WORDS = "words"
KEEP_OUT = "Keep it out of the channel, for those on the team only"
SHOW = "Show it in the channel"
"""The field that asks where words are seen, and its choices."""

_MOST_SHOWN = 5


def where_words_are_seen(there: Team | None, readers: Readers | None) -> list[Block | Field]:
    """Said, and asked, before anybody writes a word.

    `there`: the team, where it is one already; it can choose anew whoever reads along.
    """
    return [*(Paragraph(one) for one in _warning(readers)), *_words(there, readers)]


def home_words(team: Team) -> Iterable[Block]:
    """On the homes of who leads or coaches a team: where words are seen, and the other way."""
    if team.discreet:
        yield Note(line("What people write stays out of the channel, for those on the team only."))
        button = Button("Show words in the channel", HOME_DISCREET, f"{team.id}:off")
    else:
        yield Note(line("What people write with their names stands in the channel."))
        button = Button("Keep words out of the channel", HOME_DISCREET, f"{team.id}:on")
    yield Buttons((button,))


def discreet_said(team: Team) -> str:
    """What it comes to to keep words out of a team's channel, or to show them there."""
    if team.discreet:
        return (
            f"What people write stays out of the channel of {team.name} from now on. What stands"
            " there already stays."
        )
    return (
        f"What {team.name} is asked from now on is shown in the channel, and each prompt says so."
        " What was asked before stays out of it."
    )


def named(users: Sequence[str]) -> Iterable[Span]:
    """The people, by name, a comma between."""
    for place, user in enumerate(users):
        if place:
            yield ", "
        yield Person(user)


def _warning(readers: Readers | None) -> Iterable[Line]:
    """Where words are seen: said before anybody writes any."""
    if readers is None or not readers.any:
        return
    yield line(Bold("Before you start: "), "others can read along here.")
    if readers.public:
        yield line("This channel is public, so everybody in the workspace can read it.")
    if readers.others:
        shown, more = readers.others[:_MOST_SHOWN], len(readers.others) - _MOST_SHOWN
        rest = f" and {more} more" if more > 0 else ""
        yield ("Not on the team, but in this channel: ", *named(shown), f"{rest}.")
    yield line("A private channel of the team alone is the better place for words.")


def _words(there: Team | None, readers: Readers | None) -> Iterable[Field]:
    """Asks whether words stand in the channel: where others read along, and of a team there is."""
    if there is None and (readers is None or not readers.any):
        return
    discreet = there.discreet if there else True
    yield Field(
        WORDS,
        "What people write",
        FieldKind.CHOICE,
        "In figures and counts the channel sees all of it. Another choice holds for what is asked"
        " from then on.",
        initial=KEEP_OUT if discreet else SHOW,
        choices=(KEEP_OUT, SHOW),
    )
