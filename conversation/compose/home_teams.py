"""The part of a home that is for lead and coach: their teams, and what each is asked."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.team import Team
from coaching.use_cases.see_rhythm import PACK, WHOLE_TEAM, Response, Rhythm, TeamView
from conversation.compose.listening import home_part
from conversation.compose.phrases import and_list, day
from conversation.compose.purpose import home_purpose
from conversation.compose.readers import home_words
from conversation.compose.stakeholder_map import home_focus
from conversation.compose.voice_register import voices_part
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Divider,
    Heading,
    Line,
    Note,
    Paragraph,
    Span,
    line,
)
from conversation.routes import (
    BREAKDOWNS_LIST,
    CADENCE_EDIT,
    HOME_ASK,
    HOME_GO_ON,
    HOME_PAUSE,
    HOME_TEAM,
    PROMISES_LIST,
    TEAM_SET_UP,
)

__all__ = ["teams_part"]

_LABEL = 75


def teams_part(teams: Sequence[TeamView], in_full: str | None, room: int) -> list[Block]:
    """The teams in at most `room` blocks: all in full, or only the one with the id `in_full`.

    What had to be shortened, or left out, is said.
    """
    whole = [block for view in teams for block in _whole(view)]
    if len(whole) <= room:
        return whole
    here = next((view for view in teams if view.team.id == in_full), None)
    blocks = list(_whole(here)) if here else []
    if len(blocks) > room - 2:
        return [*blocks[: room - 2], Note(line(_CUT))]
    rest = [list(_short(view)) for view in teams if view is not here]
    if rest:
        others = "Your other teams" if here else "Your teams"
        blocks += [Heading(others), Note(line(_SHORTENED))]
    for count, short in enumerate(rest):
        if len(blocks) + len(short) >= room:
            left = len(rest) - count
            return [*blocks, Note(line(f"There is no room here for {left} more of your teams."))]
        blocks += short
    return blocks


_SHORTENED = "All of it has no room here, so these are in short. Show opens one of them."
_CUT = "There is no room here for the rest of it."


def _short(view: TeamView) -> Iterator[Block]:
    """A team in two blocks."""
    team = view.team
    paused = sum(rhythm.paused for rhythm in view.rhythms)
    coming = [one.next_at for one in view.rhythms if one.next_at and not one.paused]
    if team.paused:
        state = "paused"
    elif coming:
        state = f"next {_on_clock(min(coming), team)}" + (f" · {paused} paused" if paused else "")
    else:
        state = "nothing is to come"
    yield Paragraph(line(Bold(team.name), f" · {state}"))
    yield Buttons((Button(f"Show {team.name}"[:_LABEL], HOME_TEAM, team.id), _team_button(team)))


def _whole(view: TeamView) -> Iterator[Block]:
    team = view.team
    yield Divider()
    yield Heading(team.name)
    if team.paused:
        yield Paragraph(line("Paused: nobody is asked anything. What is open takes answers."))
    yield Note(line(f"Days and hours on the team's clock, {team.timezone}."))
    yield Buttons((_team_button(team), *_changing(team)))
    yield from _registers(view)
    yield from home_purpose(view)
    yield from home_focus(team, view.focus)
    yield from home_words(team)
    yield from home_part(team)
    yield from voices_part(team, view.open_voices)
    for rhythm in view.rhythms:
        yield Paragraph(_about(rhythm, team))
        yield Buttons(tuple(_steering(rhythm, team)))


def _registers(view: TeamView) -> Iterator[Block]:
    """What is open in the team's registers, each with the way there."""
    count = view.open_breakdowns
    what = "1 breakdown is open" if count == 1 else f"{count or 'No'} breakdowns are open"
    yield Paragraph(line(f"{what}."))
    yield Buttons(
        (
            Button("Open breakdowns", BREAKDOWNS_LIST, f"{view.team.id}:open"),
            Button("Open promises", PROMISES_LIST, ""),
        )
    )


def _about(rhythm: Rhythm, team: Team) -> Line:
    spans: list[Span] = [Bold(rhythm.name)]
    if rhythm.paused:
        spans.append(" · paused")
    elif rhythm.next_at is None:
        spans.append(" · nothing more is to come")
    else:
        spans.append(f" · next {_on_clock(rhythm.next_at, team)}")
        if rhythm.key == PACK and rhythm.practices:
            names = and_list([practice.name for _, practice in rhythm.practices])
            spans.append(f", with {names}")
    return (*spans, *_responses(rhythm))


def _responses(rhythm: Rhythm) -> Iterator[Span]:
    for one in rhythm.responses:
        name = f"{one.practice.name}: " if rhythm.key == PACK else ""
        yield f" · {name}{_response(one)}"


def _response(one: Response) -> str:
    if one.still_open:
        return f"open, {one.answered} of {one.asked} have answered"
    return f"last time {one.answered} of {one.asked} answered"


def _steering(rhythm: Rhythm, team: Team) -> Iterator[Button]:
    value = f"{team.id}:{rhythm.key}"
    if rhythm.paused:
        yield Button(f"Go on with {rhythm.name}"[:_LABEL], HOME_GO_ON, value)
    else:
        yield Button(f"Pause {rhythm.name}"[:_LABEL], HOME_PAUSE, value)
    if rhythm.practices and not team.paused and not rhythm.paused:
        what = f"the next of {rhythm.name}" if rhythm.key == PACK else rhythm.name
        yield Button(f"Ask {what} now"[:_LABEL], HOME_ASK, value)
    if rhythm.key != PACK:
        yield Button(f"{f'Change {rhythm.name}'[: _LABEL - 1]}…", CADENCE_EDIT, value)


def _changing(team: Team) -> Iterator[Button]:
    """A pack, who is on the team and its slot are changed where they were chosen."""
    yield Button(f"{f'Add a practice to {team.name}'[: _LABEL - 1]}…", CADENCE_EDIT, f"{team.id}:")
    label = f"{f'Change the set-up of {team.name}'[: _LABEL - 1]}…"
    yield Button(label, TEAM_SET_UP, team.channel)


def _team_button(team: Team) -> Button:
    value = f"{team.id}:{WHOLE_TEAM}"
    if team.paused:
        return Button(f"Go on with {team.name}"[:_LABEL], HOME_GO_ON, value)
    return Button(f"Pause {team.name}"[:_LABEL], HOME_PAUSE, value)


def _on_clock(at: datetime, team: Team) -> str:
    wall = at.astimezone(ZoneInfo(team.timezone))
    return f"{day(wall.date())}, {wall:%H:%M}"
