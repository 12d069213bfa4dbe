"""The stakeholder map, and the page of one who is on it, for one of the team's people alone."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from coaching.invite import Session
from coaching.stakeholder import MOST_ON_MAP, STALE_AFTER_DAYS, Stakeholder
from coaching.team import Team
from coaching.use_cases.asked_next import AskedNext
from coaching.use_cases.entry_changes import OWNER
from coaching.use_cases.see_map import EntryView, MapView, Rated
from conversation.compose.invites import stands
from conversation.compose.phrases import and_list, day, day_seen_from
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Divider,
    Form,
    Heading,
    Line,
    Note,
    Paragraph,
    Person,
    Span,
    line,
)
from conversation.routes import (
    MAP_ADD,
    MAP_EDIT,
    MAP_ENTRY,
    MAP_MERGE,
    MAP_MET,
    MAP_OFF,
    MAP_ON,
    MAP_OPEN,
    MAP_RATE,
    MAP_SHOW,
    SESSION_PLAN,
    SESSION_SHOW,
)

__all__ = ["back_to", "back_to_map", "entry_form", "home_focus", "map_form"]

_LABEL = 75
_MOST_OFF = 5
_MOST_RATINGS = 8


def map_form(view: MapView, told: str = "") -> Form:
    """Who is on the map and how it stands with each, the sessions, and what can be done."""
    team = view.place.team
    body: list[Block] = [Paragraph(line(Bold(told)))] if told else []
    body.append(Note(line(f"{team.name} · only you see this")))
    if not view.there:
        body.append(Paragraph(line(f"Nobody is on the map of {team.name} yet.")))
    for one in view.there:
        body += [Paragraph(_in_short(one)), _open(one.stakeholder)]
    body += _suggested(view)
    body += _sessions(view.sessions)
    body += _off(view)
    body.append(Divider())
    buttons = [Button("Add somebody…", MAP_ADD, team.id)]
    if view.keeps:
        buttons.append(Button("Plan a session…", SESSION_PLAN, f"{team.id}:"))
    body.append(Buttons(tuple(buttons)))
    body += [Note(line(one)) for one in _coming(view.next, team)]
    return Form("Our map", tuple(body))


def entry_form(view: EntryView, told: str = "") -> Form:
    """All that is known of one: who they are, when met, how rated, what was planned and changed."""
    one = view.stakeholder
    body: list[Block] = [Paragraph(line(Bold(told)))] if told else []
    body += [Heading(one.name), Paragraph(_about(view))]
    met = _met(view)
    body.append(Paragraph(line(f"{met[:1].upper()}{met[1:]}.")))
    if one.suggested:
        body.append(Note(line(f"Suggested: the map had its {MOST_ON_MAP} when they were named.")))
    elif not one.on_map:
        body.append(Note(line("They are off the map. What is known of them stays.")))
    body += _ratings(view)
    if view.invites:
        body.append(
            Bullets(
                tuple(
                    line(f"Session on {day(session.on)}: {stands(invite)}")
                    for invite, session in view.invites
                )
            )
        )
    body.append(Buttons(tuple(_doing(view))))
    body += _changed(view)
    body.append(back_to_map(view.team.id))
    return Form("On our map", tuple(body))


def back_to_map(team_id: str) -> Buttons:
    """The way back to the map."""
    return Buttons((Button("Back to the map", MAP_SHOW, team_id),))


def back_to(one: Stakeholder) -> Buttons:
    """The way back to somebody's page."""
    return Buttons((Button(f"Back to {one.name}"[:_LABEL], MAP_ENTRY, one.id),))


def home_focus(team: Team, focus: Sequence[Stakeholder]) -> Iterator[Block]:
    """On a home: whom the team has in focus, and the way to the map."""
    spans: list[Span] = ["In focus on the map: " if focus else "On the map nobody is in focus yet."]
    for index, one in enumerate(focus):
        spans += [" and "] if index else []
        spans.append(Bold(one.name))
        if one.owner:
            spans += [" (", Person(one.owner), ")"]
    yield Paragraph(tuple(spans))
    yield Buttons((Button(f"Open the map of {team.name}"[:_LABEL], MAP_OPEN, team.id),))


def _in_short(view: EntryView) -> Line:
    spans: list[Span] = [*_about(view, named=True), f" · {_met(view)}"]
    if view.ours:
        spans.append(f" · our last rating: {_figures(view.ours[-1])}")
    if view.theirs:
        spans.append(f" · their own: {_figures(view.theirs[-1])}")
    return tuple(spans)


def _about(view: EntryView, *, named: bool = False) -> Line:
    one = view.stakeholder
    side = {None: "", True: "outside", False: "inside"}[one.outside]
    words = " · ".join(filter(None, (str(one.kind) if one.kind != "other" else "", side)))
    spans: list[Span] = [Bold(one.name)] if named else []
    spans += [f" · {words}" if named else words] if words else []
    if one.in_focus:
        spans.append(" · in focus" if spans else "in focus")
        spans += [", looked after by ", Person(one.owner)] if one.owner else []
    return tuple(spans) or ("Nobody has said yet who they are to us.",)


def _met(view: EntryView) -> str:
    on = view.stakeholder.met_on
    if on is None:
        late = f", and known for over {STALE_AFTER_DAYS} days: stale" if view.stale else ""
        return f"not met yet, as far as I know{late}"
    met = f"last met on {day_seen_from(view.today, on)}"
    return f"{met}: stale, as that is {(view.today - on).days} days ago" if view.stale else met


def _figures(rated: Rated) -> str:
    rating = rated.rating
    named = (("relationship", rating.relationship), ("engagement", rating.engagement))
    return and_list([f"{name} {value} of 5" for name, value in named if value is not None])


def _ratings(view: EntryView) -> Iterator[Block]:
    if not view.ours and not view.theirs:
        yield Paragraph(line("Nobody has rated the relationship yet."))
        return
    yield Paragraph(line(Bold("How it stood")))
    rated = sorted((*view.ours, *view.theirs), key=lambda one: one.rating.rated_at)
    lines = [_rated(one, view) for one in rated[-_MOST_RATINGS:]]
    yield Bullets(tuple(lines))
    if moved := _moved(view.ours):
        yield Paragraph(line(moved))


def _rated(rated: Rated, view: EntryView) -> Line:
    on = day_seen_from(view.today, rated.on)
    if rated.rating.theirs:
        who = view.stakeholder.name
        return line(f"{on}: {_figures(rated)}, by {who} themselves, as ", Person(rated.by), " told")
    return line(f"{on}: {_figures(rated)}, ", Person(rated.by))


def _moved(ours: Sequence[Rated]) -> str:
    """How the relationship went from the first to the last day on which it was rated."""
    days: dict[date, list[int]] = {}
    for one in ours:
        if one.rating.relationship is not None:
            days.setdefault(one.on, []).append(one.rating.relationship)
    means = [sum(figures) / len(figures) for figures in days.values()]
    if not means or len(means) == 1:
        return ""
    first, *_, last = days
    if means[0] == means[-1]:
        return f"By our ratings the relationship is where it was in {first:%B %Y}."
    went = "grown" if means[-1] > means[0] else "cooled"
    return (
        f"By our ratings the relationship has {went}: from {means[0]:g} in {first:%B %Y} to"
        f" {means[-1]:g} in {last:%B %Y}."
    )


def _doing(view: EntryView) -> Iterator[Button]:
    one = view.stakeholder
    yield Button("Rate it…", MAP_RATE, one.id)
    yield Button("We met them…", MAP_MET, one.id)
    if not view.keeps:
        return
    yield Button("Change…", MAP_EDIT, one.id)
    if one.on_map:
        yield Button("Plan a session with them…", SESSION_PLAN, f"{view.team.id}:{one.id}")
    if view.others:
        yield Button("Same as…", MAP_MERGE, one.id)
    if one.on_map:
        yield Button("Take off the map", MAP_OFF, one.id)
    else:
        yield Button("Put on the map", MAP_ON, one.id)


def _changed(view: EntryView) -> Iterator[Block]:
    spans: list[Line] = []
    zone = ZoneInfo(view.team.timezone)
    for change in view.changes:
        on = day_seen_from(view.today, change.at.astimezone(zone).date())
        if change.what.startswith(OWNER):
            who = Person(change.what.removeprefix(OWNER))
            spans.append((f"{on}, ", Person(change.by), ": looked after by ", who))
        else:
            spans.append((f"{on}, ", Person(change.by), f": {change.what}"))
    added = view.stakeholder.added_at.astimezone(zone).date()
    named: Line = ("Named by ", Person(view.added_by), f" on {day_seen_from(view.today, added)}.")
    yield Note(named)
    if spans:
        yield Paragraph(line(Bold("Who changed what")))
        yield Bullets(tuple(spans))


def _suggested(view: MapView) -> Iterator[Block]:
    if not view.suggested:
        return
    yield Heading("Suggested")
    yield Note(line(f"The map has room for {MOST_ON_MAP}. Where one goes, one of these can come."))
    for one in view.suggested[:_MOST_OFF]:
        yield Paragraph(line(Bold(one.name)))
        yield _open(one)
    if left := len(view.suggested[_MOST_OFF:]):
        yield Note(line(f"{left} more have no room here."))


def _off(view: MapView) -> Iterator[Block]:
    if not view.off or not view.keeps:
        return
    yield Note(line("Taken off the map, the latest first:"))
    yield Buttons(
        tuple(
            Button(f"Open {one.name}"[:_LABEL], MAP_ENTRY, one.id)
            for one in view.off[::-1][:_MOST_OFF]
        )
    )


def _sessions(sessions: Sequence[Session]) -> Iterator[Block]:
    if sessions:
        yield Heading("Sessions")
        yield Buttons(
            tuple(
                Button(f"Open {day(one.on)}", SESSION_SHOW, one.id) for one in sessions[:_MOST_OFF]
            )
        )


def _open(one: Stakeholder) -> Buttons:
    return Buttons((Button(f"Open {one.name}"[:_LABEL], MAP_ENTRY, one.id),))


def _coming(next_: AskedNext, team: Team) -> Iterator[str]:
    if next_.at is None:
        yield "It is not asked for in the time to come."
    else:
        on = next_.at.astimezone(ZoneInfo(team.timezone)).date()
        yield f"{next_.practice} is asked next on {day(on)} {on.year}."
    if next_.now:
        yield f"To bring it up now: Ask {next_.now} now, on my Home tab."
