"""What a person is asked, and why: told when they want to know."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from coaching.calendar import Span as Days
from coaching.practice import Discipline, Feeds, Visibility
from coaching.preview import Coming
from coaching.use_cases.explain import Explained, Reason, Standing
from coaching.use_cases.wish import Seat
from conversation.compose.phrases import and_list, day_seen_from, minutes, moment
from conversation.compose.who_sees import in_prompt
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
    Message,
    Note,
    Paragraph,
    Span,
    line,
)
from conversation.routes import WISH_AWAY, WISH_LESS

__all__ = ["chosen_in", "standing", "why_form"]

_MOST_COMING = 3

_MOTION = {
    Feeds.VOICES: "The digest quotes it, and asks which decision it should change.",
    Feeds.WINS: "The digest can bring it up before you meet.",
    Feeds.BREAKDOWNS: "It goes into the team's register, and the digest brings up what is still"
    " needed until somebody has it.",
    Feeds.PURPOSE: "Your sentences stand side by side, and the lead settles the team's own.",
    Feeds.PURPOSE_CHECK: "Where it no longer holds, the lead can settle other words.",
    Feeds.MAP: "It goes onto the team's map, with the day of each rating.",
    Feeds.MAP_DRAFT: "It is the team's map, to which the others add.",
    Feeds.COMMITMENTS: "On the day that you name I ask you what came of it.",
    Feeds.EXPERIMENTS: "On the day that you name I ask you what the experiment has shown.",
}
_SUMMARY = {
    Visibility.ATTRIBUTED: "The answers come together in the channel when the round closes.",
    Visibility.AT_CLOSE: "The answers come together in the channel when the round closes.",
    Visibility.AGGREGATED: "The figures come together in the channel when the round closes.",
    Visibility.ANONYMOUS: "What was written comes together in the channel, once enough have.",
}

_SUMMARY_APART = {
    **_SUMMARY,
    Visibility.ATTRIBUTED: "Who is on the team reads the answers when the round closes.",
    Visibility.AT_CLOSE: "Who is on the team reads the answers when the round closes.",
    Visibility.ANONYMOUS: "Who is on the team reads what was written, once enough have.",
}


def why_form(explained: Explained) -> Form:
    """Why each practice is asked, how often, who sees the answer and what it sets in motion."""
    seat, body = explained.seat, list[Block]()
    for reason in explained.reasons:
        body += _why(reason, seat)
    body.append(Divider())
    body.append(Note(line("Whether you answer is yours to say: nobody is told that you did not.")))
    return Form("Why this?", tuple(body), cancel="Close")


def _why(reason: Reason, seat: Seat) -> Iterator[Block]:
    practice = reason.practice
    yield Heading(practice.name)
    yield Paragraph(line(practice.why))
    often = and_list([one[:1].upper() + one[1:] for one in reason.rhythms]) or "This once"
    often = often if reason.rhythms else f"{often}, for now"
    next_: Line = ("; nothing of it is planned after this.",)
    if reason.next_at is not None:
        next_ = ("; next ", moment(reason.next_at, seat.zone), ".")
    discipline = practice.discipline
    serves = "all five" if discipline is Discipline.ALL else discipline.value
    started = (_SUMMARY_APART if practice.discreet else _SUMMARY)[practice.visibility]
    motion = f"{started} {_MOTION[practice.feeds]}" if practice.feeds else started
    yield Bullets(
        (
            line(Bold("Discipline"), f": {serves}"),
            (Bold("How often"), f": {often}", *next_),
            (Bold("Who sees it"), ": ", *in_prompt(seat.team.name, [practice])),
            line(Bold("What it sets in motion"), f": {motion}"),
        )
    )


def standing(teams: Sequence[Standing], today: date) -> Message:
    """What a person is asked in each team, when next, their quiet hours, and what they chose."""
    blocks: list[Block] = []
    for one in teams:
        blocks += _in_team(one, today)
    here = teams[0].seat.team.id if len(teams) == 1 else ""
    buttons = (Button("I'm away", WISH_AWAY, ""), Button("Ask me less", WISH_LESS, here))
    coming = sorted(
        ((one.coming[0].at, one.seat) for one in teams if one.coming), key=lambda pair: pair[0]
    )
    said = "Nothing is coming to you from me."
    if coming:
        at, seat = coming[0]
        said = f"I ask you next on {moment(at, seat.zone).fallback}, for {seat.team.name}."
    return Message(said, (*blocks, Buttons(buttons)))


def _in_team(standing_: Standing, today: date) -> Iterator[Block]:
    seat = standing_.seat
    yield Heading(seat.team.name)
    lines = [_coming(one, seat) for one in standing_.coming[:_MOST_COMING]]
    if lines:
        yield Paragraph(line("Coming to you:"))
        yield Bullets(tuple(lines))
    else:
        yield Paragraph(line(_nothing(seat)))
    quiet = seat.team.quiet_hours
    hours = f"{quiet}, on your clock ({seat.zone.key})" if quiet else "none"
    facts: list[Line] = [line(Bold("Quiet hours"), f": {hours}")]
    facts += [line(Bold("You"), f": {said}") for said in chosen_in(seat, today)]
    if standing_.leads:
        facts.append((Bold("The team's next sitting"), ": ", _when(standing_.next_sitting, seat)))
        facts.append((Bold("The next digest"), ": ", _when(standing_.next_digest, seat)))
    yield Bullets(tuple(facts))


def chosen_in(seat: Seat, today: date) -> list[str]:
    """What holds for a person in a team beyond the usual, by their own word or the plan's."""
    member = seat.member
    said = [_away(span, today) for span in member.absences if span.last >= today]
    if member.asked_from is not None and member.asked_from > today:
        said.append(f"paused until {day_seen_from(today, member.asked_from)}")
    if member.chosen.no_reminders:
        said.append("no reminders")
    if member.chosen.every_second:
        said.append("only every second of these sittings")
    if member.chosen.no_offers:
        said.append("what you write in the channel is not read")
    if member.asks_for_peace:
        said.append("not asked at all")
    return list(dict.fromkeys(said))


def _away(span: Days, today: date) -> str:
    if span.first <= today:
        return f"away until {day_seen_from(today, span.last)}"
    first, last = day_seen_from(today, span.first), day_seen_from(today, span.last)
    return f"away from {first} until {last}" if span.first < span.last else f"away on {last}"


def _coming(coming: Coming, seat: Seat) -> Line:
    names = and_list([practice.name for practice in coming.practices])
    return (moment(coming.at, seat.zone), f": {names}, {minutes(coming.minutes)}")


def _nothing(seat: Seat) -> str:
    if seat.team.paused:
        return "The team is paused, so I ask nothing."
    return "Nothing is coming to you in the next weeks."


def _when(at: datetime | None, seat: Seat) -> Span:
    return moment(at, seat.zone) if at is not None else "none is planned"
