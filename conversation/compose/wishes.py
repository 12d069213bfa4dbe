"""What a person can say of being asked: that they are away, or want to be asked less."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coaching.calendar import Span, away_on
from coaching.use_cases.wish import FIRST, LAST, UNTIL, Seat, Wish, wants
from conversation.compose.phrases import and_list, day_seen_from
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Line,
    Message,
    Note,
    Paragraph,
    line,
)
from conversation.routes import WISH_AWAY, WISH_BACK, WISH_LESS, WISH_SET

__all__ = [
    "EVERYWHERE",
    "WHERE",
    "away_form",
    "away_said",
    "away_said_form",
    "back_said",
    "less_form",
    "quiet_until",
    "team_meant",
]

WHERE = "where"
EVERYWHERE = "In all my teams"

_DAY = timedelta(days=1)
_PLAN = "Whoever keeps your team's plan wrote that down there, and it stays until they change it."


@dataclass(frozen=True, slots=True)
class _Choice:
    """A wish: what it is about, how it stands, and what its button says, on and off."""

    wish: Wish
    about: str
    usual: str
    chosen: str
    button: str
    undo: str


_CHOICES = (
    _Choice(
        Wish.NO_REMINDERS,
        "Reminders",
        "one, a working day after the questions, if you have not answered",
        "none",
        "No reminders",
        "Remind me again",
    ),
    _Choice(
        Wish.EVERY_SECOND,
        "Sittings",
        "every one",
        "every second one; the others pass, and count nowhere",
        "Only every second",
        "Every one again",
    ),
    _Choice(
        Wish.NO_OFFERS,
        "What you write in the team's channel",
        "I read it, to offer help when something broke down",
        "I don't read it",
        "Don't read what I write",
        "Read it again",
    ),
    _Choice(
        Wish.OPTED_OUT,
        "All of it",
        "as your team has it",
        "I ask you nothing",
        "Stop asking me",
        "Ask me again",
    ),
)


def away_form(seats: Sequence[Seat], today: date) -> Form:
    """Asks from when until when; it starts from the absence that is under way, or with today."""
    now = _absence(seats, today)
    return Form(
        "I'm away",
        (
            Paragraph(line("On these days nothing comes from me, for any of your teams.")),
            Field(FIRST, "First day", FieldKind.DATE, initial=str(now.first if now else today)),
            Field(LAST, "Last day", FieldKind.DATE, initial=str(now.last) if now else ""),
            Note(line("Questions that are open for you pass once it has begun. That is fine.")),
        ),
        route=WISH_AWAY,
        submit="Keep",
    )


def away_said(span: Span, today: date) -> Message:
    """That an absence is kept, and until when it is quiet."""
    sentence = quiet_until(span, today)
    return Message(sentence, (Paragraph(line(sentence)), Buttons((_back(span, today), _other()))))


def away_said_form(span: Span, today: date) -> Form:
    """The same where the form was."""
    return Form("I'm away", away_said(span, today).blocks)


def back_said(seats: Sequence[Seat], today: date, *, called_off: bool) -> Message:
    """That a person is back; or until when the operator's plan has them away all the same.

    `called_off`: it was days to come that they are not away on after all.
    """
    still = _absence(seats, today)
    sentence = "Welcome back. What comes next comes in its time; there is nothing to catch up on."
    if called_off:
        sentence = "Not away then, after all: I ask you as usual."
    elif still is not None:
        sentence = f"I still stay quiet until {day_seen_from(today, still.last)}. {_PLAN}"
    return Message(sentence, (Paragraph(line(sentence)),))


def quiet_until(span: Span, today: date) -> str:
    """`I stay quiet until Friday 27 November.` The days are included."""
    last = day_seen_from(today, span.last)
    if span.first <= today:
        return f"I stay quiet until {last}, that day included."
    if span.first == span.last:
        return f"I stay quiet on {last}."
    return f"I stay quiet from {day_seen_from(today, span.first)} until {last}, both included."


def less_form(seats: Sequence[Seat], here: str, today: date) -> Form:
    """What one can have less of, each in one press, in all teams or in one.

    `here`: the team from which it was opened; "" offers each of them.
    """
    body: list[Block | Field] = []
    for choice in _CHOICES:
        concerned = [seat for seat in seats if _concerns(choice, seat)]
        body += _choice(choice, concerned, here) if concerned else ()
    body += _paused(seats, here, today)
    body.append(
        Field(UNTIL, "Or pause until", FieldKind.DATE, hint="The first day on which I ask again.")
    )
    if len(seats) > 1:
        where = (EVERYWHERE, *(_only(seat) for seat in _offered(seats, here)))
        choices = tuple(dict.fromkeys(where))
        body.append(Field(WHERE, "Where?", FieldKind.CHOICE, initial=EVERYWHERE, choices=choices))
    return Form("Ask me less", tuple(body), WISH_LESS, reference=here, submit="Pause")


def team_meant(seats: Sequence[Seat], where: str) -> str | None:
    """The id of the team that was chosen under *Where?*; None for all of them."""
    return next((seat.team.id for seat in seats if _only(seat) == where), None)


def _concerns(choice: _Choice, seat: Seat) -> bool:
    """Whether there is anything to choose: of offers, only where the team's channel is read."""
    listens = seat.team.listening or seat.member.chosen.no_offers
    return choice.wish is not Wish.NO_OFFERS or listens


def _choice(choice: _Choice, seats: Sequence[Seat], here: str) -> Iterator[Block]:
    on = [seat for seat in seats if wants(seat.member.chosen, choice.wish)]
    state = choice.chosen if len(on) == len(seats) else choice.usual
    words: Line = (Bold(choice.about), f": {state}")
    if on and len(on) < len(seats):
        words = (*words, f". In {and_list([seat.team.name for seat in on])}: {choice.chosen}")
    yield Paragraph((*words, "."))
    yield Buttons(tuple(_presses(choice, seats, on, here)))
    if choice.wish is Wish.OPTED_OUT and any(seat.member.opted_out for seat in seats):
        yield Note(line(f"You are not asked in any case. {_PLAN}"))


def _presses(
    choice: _Choice, seats: Sequence[Seat], on: Sequence[Seat], here: str
) -> Iterator[Button]:
    if len(seats) == 1 and not on:
        yield _press(choice.button, choice.wish, "on", "", here)
    elif len(on) < len(seats):
        yield _press(f"{choice.button} in all my teams", choice.wish, "on", "", here)
        for seat in _offered(seats, here):
            if seat not in on:
                label = f"{choice.button} in {seat.team.name}"
                yield _press(label, choice.wish, "on", seat.team.id, here)
    if on:
        yield _press(choice.undo, choice.wish, "off", "", here)


def _paused(seats: Sequence[Seat], here: str, today: date) -> Iterator[Block]:
    until = [seat.member.chosen.paused_until for seat in seats]
    ahead = [one for one in until if one is not None and one > today]
    if ahead:
        yield Paragraph((Bold("Paused"), f" until {day_seen_from(today, max(ahead))}."))
        yield Buttons((_press("End the pause", "pause", "off", "", here),))


def _press(label: str, wish: str, way: str, team_id: str, here: str) -> Button:
    return Button(label, WISH_SET, f"{wish}:{way}:{team_id}:{here}")


def _offered(seats: Sequence[Seat], here: str) -> list[Seat]:
    """The team from which the form was opened; all of them where it was from none."""
    return [seat for seat in seats if seat.team.id == here] or list(seats)


def _only(seat: Seat) -> str:
    return f"Only in {seat.team.name}"[:75]


def _absence(seats: Sequence[Seat], today: date) -> Span | None:
    """What holds today, by the person's own word or the plan's."""
    return away_on([span for seat in seats for span in seat.member.absences], today)


def _back(span: Span, today: date) -> Button:
    if span.first <= today:
        return Button("I'm back today", WISH_BACK, "")
    return Button("Not away after all", WISH_BACK, span.first.isoformat())


def _other() -> Button:
    return Button("Other days", WISH_AWAY, "")
