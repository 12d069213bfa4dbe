"""A team's purpose and its map, as one of its people looks them up: for them alone."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from coaching.team import Team
from coaching.use_cases.asked_next import AskedNext
from coaching.use_cases.see_purpose import PurposeView
from coaching.use_cases.see_stakeholders import MapView, OnMap
from conversation.compose.phrases import and_list, day
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    Span,
    line,
)

__all__ = ["purpose", "stakeholders"]

_MOST = 40
_ALONE = "only you see this"


def purpose(view: PurposeView) -> Message:
    """The sentences side by side, or that there are none yet; and when they are asked for next."""
    team = view.place.team
    if view.on is None:
        sentence = f"Nobody in {team.name} has written down yet what the team is for."
        return _message(sentence, [Paragraph(line(sentence))], _coming(view.next, team))
    said = [Quote(words, by=user) for user, words in view.sentences[:_MOST]]
    sentence = f"What {team.name} is for, as each of you wrote it by {_day(view)}."
    head = Note(line(f"{team.name} · {_day(view)} · {_ALONE}"))
    return _message(sentence, [Heading("Our purpose"), head, *said], _coming(view.next, team))


def stakeholders(view: MapView) -> Message:
    """Who is on the map, with the latest ratings, or that nobody is; and when it is asked next."""
    team = view.place.team
    if not view.there:
        sentence = f"Nobody is on the map of {team.name} yet."
        return _message(sentence, [Paragraph(line(sentence))], _coming(view.next, team))
    blocks: list[Block] = [
        Heading("Our map"),
        Note(line(f"{team.name} · {_ALONE}")),
        Bullets(tuple(_on_map(one) for one in view.there[:_MOST])),
    ]
    if (left := len(view.there) - _MOST) > 0:
        blocks.append(Note(line(f"{left} more have no room here.")))
    count = len(view.there)
    sentence = f"{count} {'stands' if count == 1 else 'stand'} on the map of {team.name}."
    return _message(sentence, blocks, _coming(view.next, team))


def _message(sentence: str, blocks: Sequence[Block], coming: Iterator[str]) -> Message:
    return Message(sentence, (*blocks, *(Note(line(one)) for one in coming)))


def _on_map(one: OnMap) -> Line:
    where = {None: "", True: "inside", False: "outside"}[one.inside]
    about = [where, "one of the two in focus" if one.in_focus else ""]
    spans: list[Span] = [Bold(one.name)]
    spans += [f" · {word}" for word in about if word]
    spans += [" · named by ", Person(one.named_by)]
    if one.rated is not None:
        figures = [
            f"{name} {value} of 5"
            for name, value in (
                ("relationship", one.rated.relationship),
                ("engagement", one.rated.engagement),
            )
            if value is not None
        ]
        on = f"{one.rated.on.day} {one.rated.on:%B %Y}"
        spans += [f" · {and_list(figures)}, ", Person(one.rated.by), f", {on}"]
    return tuple(spans)


def _day(view: PurposeView) -> str:
    assert view.on is not None
    return f"{view.on.day} {view.on:%B %Y}"


def _coming(next_: AskedNext, team: Team) -> Iterator[str]:
    if next_.at is None:
        yield "It is not asked for in the time to come."
    else:
        on = next_.at.astimezone(ZoneInfo(team.timezone)).date()
        yield f"{next_.practice} is asked next on {day(on)} {on.year}."
    if next_.now:
        yield f"To bring it up now: Ask {next_.now} now, on my Home tab."
