"""A team's purpose in words: as it is checked, settled, posted, and looked up."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from coaching.team import Team
from coaching.use_cases.asked_next import AskedNext
from coaching.use_cases.see_purpose import PurposeView, Version
from coaching.use_cases.see_rhythm import TeamView
from coaching.use_cases.team_purpose import Unsettled, Ways, Words
from conversation.compose.phrases import day
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Form,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    line,
)
from conversation.routes import PURPOSE_HISTORY, PURPOSE_RESTATE, PURPOSE_SETTLE

__all__ = [
    "SETTLE",
    "found",
    "history_form",
    "home_purpose",
    "purpose",
    "purpose_buttons",
    "words_of",
]

SETTLE = "Settle our sentence"

_MOST = 20
_A_PAGE = 5
_ALONE = "only you see this"


def purpose(view: PurposeView) -> Message:
    """The sentence that holds, since when and by whom; what waits to be settled; the ways on."""
    team, current, blocks = view.place.team, view.current, list[Block]()
    if current is not None:
        sentence = f"The purpose of {team.name}: {current.purpose.sentence}"
        blocks += [Heading("Our purpose"), Quote(current.purpose.sentence)]
        blocks.append(Note((f"{team.name} · ", *_since(current), f" · {_ALONE}")))
    elif view.unsettled is not None:
        sentence = f"What {team.name} is for, as each of you wrote it."
        blocks += [Heading("Our purpose"), Note(line(f"{team.name} · {_ALONE}"))]
    else:
        sentence = f"Nobody in {team.name} has written down yet what the team is for."
        blocks.append(Paragraph(line(sentence)))
    if view.unsettled is not None and view.on is not None:
        blocks += found(view.unsettled, view.on)
    blocks += purpose_buttons(
        team, current.purpose.number if current else 0, view.ways, waits=view.unsettled is not None
    )
    return Message(sentence, (*blocks, *(Note(line(one)) for one in _coming(view.next, team))))


def found(unsettled: Unsettled, on: date) -> Iterator[Block]:
    """What waits to be settled: the sentences side by side, or what is no longer true."""
    closed = f"{on.day} {on:%B %Y}"
    if unsettled.sentences:
        yield Paragraph(line(f"As each of you wrote it by {closed}; none is settled yet:"))
        yield from words_of(unsettled.sentences)
    else:
        yield Paragraph(line(f"Asked by {closed} whether it still holds, some of you said:"))
        yield from words_of(unsettled.doubts)


def words_of(words: Sequence[Words]) -> Iterator[Block]:
    """What each wrote, with their names."""
    for one in words[:_MOST]:
        if one.choice:
            yield Paragraph((Person(one.user), f": {one.choice}"))
        if one.words:
            yield Quote(one.words, by=None if one.choice else one.user)
    if (left := len(words) - _MOST) > 0:
        yield Note(line(f"{left} more have no room here."))


def purpose_buttons(team: Team, number: int, ways: Ways, *, waits: bool) -> Iterator[Block]:
    """What one can do about the purpose, of which `number` versions were settled so far."""
    buttons: list[Button] = []
    if ways.settle:
        label = SETTLE if waits or not number else "Change a word"
        buttons.append(Button(label, PURPOSE_SETTLE, team.id, primary=waits))
    if ways.restate:
        buttons.append(Button("Restate it now", PURPOSE_RESTATE, team.id))
    if number > 1:
        buttons.append(Button("Earlier versions", PURPOSE_HISTORY, team.id))
    if buttons:
        yield Buttons(tuple(buttons))


def history_form(team: Team, versions: Sequence[Version], page: int) -> Form:
    """The versions, the newest first, a page of them."""
    last = max(0, (len(versions) - 1) // _A_PAGE)
    page = min(max(page, 0), last)
    body: list[Block] = [Note(line(f"{team.name} · each version as it was settled"))]
    for one in versions[page * _A_PAGE : (page + 1) * _A_PAGE]:
        body += [Quote(one.purpose.sentence), Note(_since(one))]
    if not versions:
        body.append(Paragraph(line("No sentence has been settled yet.")))
    turns = [("Newer", page - 1)] if page > 0 else []
    turns += [("Older", page + 1)] if page < last else []
    if turns:
        value = f"{team.id}:{{}}"
        body.append(
            Buttons(tuple(Button(name, PURPOSE_HISTORY, value.format(to)) for name, to in turns))
        )
    return Form("Our purpose over time", tuple(body))


def home_purpose(view: TeamView) -> Iterator[Block]:
    """On the homes of who leads or coaches a team: its purpose, and what they can do about it."""
    stand = view.purpose
    if stand is None:
        return
    said = stand.sentence or "not settled yet."
    waits = " What the last round brought waits to be settled." if stand.waits else ""
    yield Paragraph(line(Bold("Our purpose: "), said, waits))
    yield from purpose_buttons(view.team, stand.number, stand.ways, waits=stand.waits)


def _coming(next_: AskedNext, team: Team) -> Iterator[str]:
    if next_.at is None:
        yield "It is not asked for in the time to come."
    else:
        on = next_.at.astimezone(ZoneInfo(team.timezone)).date()
        yield f"{next_.practice} is asked next on {day(on)} {on.year}."
    if next_.now:
        yield f"To bring it up now: Ask {next_.now} now, on my Home tab."


def _since(version: Version) -> Line:
    held = f"version {version.purpose.number} · settled on {_on(version.since)} by "
    until = f" · held until {_on(version.until)}" if version.until else ""
    return (held, Person(version.by), until)


def _on(day_: date) -> str:
    return f"{day_.day} {day_:%B %Y}"
