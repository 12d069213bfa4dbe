"""A person's own page: what is open, promised and answered, how they are asked, and their teams."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from coaching.answer import Answer
from coaching.calendar import Span as Days
from coaching.practice import QuestionType
from coaching.round import Round
from coaching.use_cases.see_home import Answered, HomeView
from coaching.use_cases.see_sitting import SittingView
from coaching.use_cases.steer_cadence import Steered
from coaching.use_cases.wish import Seat
from conversation.compose.home_promises import taken_on
from conversation.compose.home_teams import teams_part
from conversation.compose.invites import home_invites
from conversation.compose.phrases import (
    and_list,
    bold_list,
    day_seen_from,
    first_words,
    minutes,
    moment,
)
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Heading,
    Home,
    Italic,
    Line,
    Note,
    Paragraph,
    Span,
    line,
)
from conversation.routes import SITTING_ANSWER, WISH_AWAY, WISH_BACK, WISH_LESS

__all__ = ["asked_now", "home", "paused"]

_ROOM = 95
"""Blocks of a page, so that the platform with the least room shows it whole."""
_MOST_OPEN = 8
_MOST_LATE = 3
_MOST_ANSWERED = 5
_LABEL = 75
_EXCERPT = 80
_WORDS = (QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT, QuestionType.STATEMENT)


def home(view: HomeView, told: str = "", team: str | None = None) -> Home:
    """The page; above all else `told`, what a press on it came to.

    `team`: the id of the one to be shown in full, where not all have room.
    """
    top: list[Block] = [Paragraph(line(Bold(told)))] if told else []
    if not view.seats:
        return Home((*top, *_WELCOME))
    own = [*top, *_open(view), *taken_on(view), *home_invites(view.invites, view.now)]
    own += [*_answered(view), *_settings(view)]
    return Home((*own, *teams_part(view.teams, team, _ROOM - len(own))))


def paused(steered: Steered, *, on: bool) -> str:
    """What a pause, or its end, comes to."""
    name = steered.name or steered.team.name
    if on:
        return f"{name} is paused. What is open still takes answers."
    return f"{name} goes on."


def asked_now(steered: Steered) -> str:
    """What asking at once comes to."""
    names = and_list([round_.practice.name for round_ in steered.opened])
    closes_at = max(round_.closes_at for round_ in steered.opened if round_.closes_at)
    until = moment(closes_at, ZoneInfo(steered.team.timezone)).fallback
    return (
        f"{names}: open until {until}. Everybody whom it is for is asked as their hours, and what"
        " they bear in a week, allow."
    )


_WELCOME: tuple[Block, ...] = (
    Heading("Hello, I'm Widelens."),
    Paragraph(
        line(
            "Once a week I ask the people of a leadership team up to three questions, about three"
            " minutes, on what the team is for and whom it serves. I bring the answers together"
            " before they meet."
        )
    ),
    Paragraph(
        line(
            "You are on no team that I work with, so I ask you nothing. If you expected to be on"
            " one, its lead can add you; once you are, this page has what is yours."
        )
    ),
)


def _open(view: HomeView) -> Iterator[Block]:
    yield Heading("Open for you")
    if not view.open and not view.late:
        yield Paragraph(line("Nothing is open for you. Enjoy the quiet."))
    for one in view.open[:_MOST_OPEN]:
        yield Paragraph(_to_answer(one))
        yield _answer_button(one, "Answer")
    for one in view.late[:_MOST_LATE]:
        names = bold_list([asked.round.practice.name for asked in one.asked])
        about = f" · {one.team.name} · closed, and still takes an answer"
        yield Paragraph((*names, about))
        yield _answer_button(one, "Answer late:")
    left = len(view.open[_MOST_OPEN:]) + len(view.late[_MOST_LATE:])
    if left:
        yield Note(line(f"{left} more have no room here."))


def _to_answer(view: SittingView) -> Line:
    practices = [asked.round.practice for asked in view.asked if not asked.late]
    takes = minutes(sum(practice.minutes for practice in practices))
    until = moment(view.sitting.closes_at, ZoneInfo(view.team.timezone))
    spans: list[Span] = [*bold_list([one.name for one in practices])]
    spans += [f" · {view.team.name} · {takes} · open until ", until]
    if view.quiet_until is not None:
        spans += [" · quiet until ", moment(view.quiet_until, ZoneInfo(view.team.timezone))]
    return tuple(spans)


def _answer_button(view: SittingView, verb: str) -> Buttons:
    names = and_list([asked.round.practice.name for asked in view.asked])
    return Buttons((Button(f"{verb} {names}"[:_LABEL], SITTING_ANSWER, view.sitting.id),))


def _answered(view: HomeView) -> Iterator[Block]:
    if not view.answered:
        return
    yield Heading("What you answered lately")
    for one in view.answered[:_MOST_ANSWERED]:
        yield Paragraph(_given(one))
        if one.changes:
            names = and_list([round_.practice.name for round_, _ in one.given])
            label = f"Edit {names}"[:_LABEL]
            yield Buttons((Button(label, SITTING_ANSWER, one.sitting.id),))


def _given(one: Answered) -> Line:
    names = bold_list([round_.practice.name for round_, _ in one.given])
    words = next(filter(None, (_excerpt(round_, answer) for round_, answer in one.given)), "")
    quoted: Line = (" · ", Italic(words)) if words else ()
    until = moment(one.sitting.closes_at, ZoneInfo(one.team.timezone))
    end: Line = (" · you can change it until ", until) if one.changes else ()
    return (*names, f" · {one.team.name}", *quoted, *end)


def _excerpt(round_: Round, answer: Answer) -> str:
    """The start of the first words that were given."""
    texts = (one for one in round_.practice.questions if one.type in _WORDS)
    given = (str(answer.values[one.key]) for one in texts if one.key in answer.values)
    return first_words(next(given, ""), _EXCERPT)


def _settings(view: HomeView) -> Iterator[Block]:
    yield Heading("How I ask you")
    yield Bullets(tuple(_setting(seat, view) for seat in view.seats))
    yield Note(line("Quiet hours are on your own clock. They are the team's: its plan sets them."))
    back = (Button("I'm back today", WISH_BACK, ""),) if _is_away(view) else ()
    ways = Button("I'm away", WISH_AWAY, ""), Button("Ask me less", WISH_LESS, "")
    yield Buttons((*back, *ways))


def _is_away(view: HomeView) -> bool:
    """Whether they said themselves that they are away today."""
    return any(
        view.now.astimezone(seat.zone).date() in span
        for seat in view.seats
        for span in seat.member.chosen.away
    )


def _setting(seat: Seat, view: HomeView) -> Line:
    member, quiet = seat.member, seat.team.quiet_hours
    today = view.now.astimezone(seat.zone).date()
    said = [f"quiet from {quiet.start:%H:%M} to {quiet.end:%H:%M}" if quiet else "no quiet hours"]
    said += [_days(span, today) for span in member.absences if span.last >= today]
    if member.asked_from is not None and member.asked_from > today:
        said.append(f"paused until {day_seen_from(today, member.asked_from)}")
    said += ["no reminders"] if member.chosen.no_reminders else []
    said += ["every second sitting"] if member.chosen.every_second else []
    if member.asks_for_peace:
        said = ["I ask you nothing"]
    elif seat.team.listening:
        reads = "don't read" if member.chosen.no_offers else "read"
        said.append(f"I {reads} what you write in its channel")
    return line(Bold(seat.team.name), f": {' · '.join(said)}")


def _days(span: Days, today: date) -> str:
    if span.first == span.last:
        return f"away on {day_seen_from(today, span.first)}"
    first, last = day_seen_from(today, span.first), day_seen_from(today, span.last)
    return f"away from {first} to {last}"
