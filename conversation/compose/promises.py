"""Promises: the question on their day, what came of them, and the register of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.promise import Outcome, Promise, PromiseKind
from coaching.team import Team
from coaching.use_cases.follow_through import AGAIN
from coaching.use_cases.follow_up import asked_about, asked_of
from coaching.use_cases.keep_promise import BY, LEARNED, MINE, OUTCOME, SHARED, PromiseView
from coaching.use_cases.see_promises import OfTeam, PromisesView
from conversation.compose.phrases import day, first_words
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Heading,
    Italic,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    line,
)
from conversation.routes import PROMISE_BACK, PROMISE_SETTLE, PROMISE_UP, PROMISES_LIST

__all__ = ["promise_due", "register", "said_of", "settle_form", "taken_back"]

_SETTLED = "they have said what came of it"
_WITHDRAWN = "taken back"
_LATER = "it has a later day by now"
_EXCERPT = 160
_MOST_OWN = 15
_MOST_OF_TEAM = 10
_TEAM = "My team may see what came of it"
_CALLED = {PromiseKind.COMMITMENT: "a visible act", PromiseKind.EXPERIMENT: "an experiment"}
_NAMED = {Outcome.DONE: "Done", Outcome.PARTLY: "Partly", Outcome.NOT_YET: "Not yet"}


def promise_due(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """To who promised, on the day: what came of it? Said anew: how it stands."""
    promise = uow.promises.get(delivery.subject)
    _, on = asked_of(delivery)
    first = delivery.update_of is None
    if promise.withdrawn_at is not None:
        return _WITHDRAWN if first else _is_back(promise)
    if promise.outcome is not None:
        return _SETTLED if first else _is_settled(promise, promise.outcome)
    if promise.by > on:
        return _LATER if first else _moved(promise)
    return _ask(uow, promise, again=asked_about(delivery) == AGAIN)


def settle_form(view: PromiseView, outcome: str = "") -> Form:
    """What came of it, what was learned, another day, and whether the team may see that."""
    promise = view.promise
    known = promise.outcome or (Outcome(outcome) if outcome in set(Outcome) else None)
    initial = _NAMED[Outcome(outcome)] if outcome in set(Outcome) else ""
    body: list[Block | Field] = [
        Paragraph(line(Bold(promise.words))),
        Field(
            OUTCOME,
            "What came of it?",
            FieldKind.CHOICE,
            initial=initial or (_NAMED[known] if known else ""),
            choices=tuple(_NAMED.values()),
        ),
        Field(
            LEARNED,
            "What did you learn?",
            FieldKind.LONG_TEXT,
            optional=True,
            initial=promise.learned,
        ),
        Field(
            BY,
            "Not yet? Another day, if it still holds",
            FieldKind.DATE,
            optional=True,
            initial=promise.by.isoformat(),
        ),
        Field(
            SHARED,
            "Who sees this?",
            FieldKind.CHOICE,
            initial=_TEAM if promise.shared else MINE,
            choices=(MINE, _TEAM),
        ),
    ]
    if promise.sign:
        body.insert(1, Note(line(f"What would tell that we're wrong: {promise.sign}")))
    body.append(Buttons((Button("Take it back", PROMISE_BACK, promise.id),)))
    return Form("Your promise", tuple(body), route=PROMISE_SETTLE, reference=promise.id)


def taken_back(view: PromiseView) -> Form:
    """That it holds no longer, and the way back."""
    promise = view.promise
    return Form(
        "Taken back",
        (
            Paragraph(line(Bold(promise.words))),
            Paragraph(line("It holds no longer, and I don't ask about it. Nobody is told.")),
            Buttons((Button("Take it up again", PROMISE_UP, promise.id),)),
        ),
    )


def said_of(view: PromiseView) -> Form:
    """What was kept."""
    promise = view.promise
    if promise.outcome is None:
        said = f"I ask you again on {day(promise.by)}."
    else:
        seen = "Your team can see it." if promise.shared else "Only you see it."
        said = f"Kept: {_NAMED[promise.outcome].lower()}. {seen}"
    return Form(
        "Your promise",
        (
            Paragraph(line(Bold(promise.words))),
            Paragraph(line(said)),
            Buttons((_settle(promise, "Change it…"), Button("My promises", PROMISES_LIST, ""))),
        ),
    )


def register(view: PromisesView) -> Form:
    """One's own, open ones first; and of the teams that one leads or coaches what may be seen."""
    several = len({team.id for team, _ in (*view.open, *view.settled)}) > 1
    body: list[Block] = [Heading("What you promised")]
    if not view.open:
        body.append(Paragraph(line("Nothing that you promised is open.")))
    for team, one in view.open[:_MOST_OWN]:
        body.append(Paragraph((*_row(one), *_in(team, several), f" · by {day(one.by)}")))
        buttons = (_settle(one, f"What came of it: {first_words(one.words, 40)}"),)
        body.append(Buttons((*buttons, Button("Take it back", PROMISE_BACK, one.id))))
    body += _more(view.open[_MOST_OWN:])
    for team, one in view.settled:
        body.append(Paragraph((*_row(one), *_in(team, several), f" · {_state(one)}")))
        way = (
            Button(f"Take up again: {first_words(one.words, 40)}", PROMISE_UP, one.id)
            if one.withdrawn_at
            else _settle(one, f"Change: {first_words(one.words, 40)}")
        )
        body.append(Buttons((way,)))
    for team, others in view.teams:
        body += _of_team(team, others)
    return Form("Promises", tuple(body))


def _of_team(team: Team, others: Sequence[OfTeam]) -> Iterator[Block]:
    yield Heading(team.name)
    if not others:
        yield Paragraph(line("Of what the team has read of each other, no promise is open."))
    for one in others[:_MOST_OF_TEAM]:
        state = f"by {day(one.promise.by)}" if one.promise.outcome is None else _state(one.promise)
        yield Paragraph((Person(one.user), ": ", *_row(one.promise), f" · {state}"))
        if one.promise.outcome is not None and one.promise.learned:
            yield Note(line(first_words(one.promise.learned, 2 * _EXCERPT)))
    yield from _more(others[_MOST_OF_TEAM:])


def _more(left: Sequence[object]) -> Iterator[Block]:
    if left:
        yield Note(line(f"{len(left)} more, of later days, have no room here."))


def _in(team: Team, several: bool) -> Line:
    return line(f" · {team.name}") if several else ()


def _row(one: Promise) -> Line:
    return line(Bold(first_words(one.words, _EXCERPT)))


def _state(one: Promise) -> str:
    if one.withdrawn_at is not None:
        return "taken back"
    return _NAMED[one.outcome].lower() if one.outcome else f"by {day(one.by)}"


def _ask(uow: UnitOfWork, promise: Promise, *, again: bool) -> Message:
    team = uow.teams.get(promise.team_id)
    made_on = promise.made_at.astimezone(ZoneInfo(team.timezone)).date()
    blocks: list[Block] = [
        Paragraph(
            line(f"On {day(made_on)} you named {_CALLED[promise.kind]}, by {day(promise.by)}:")
        ),
        Paragraph(line(Bold(promise.words))),
    ]
    if promise.sign:
        blocks.append(Note(line(f"What would tell that we're wrong: {promise.sign}")))
    if again:
        blocks.append(Note(line("I ask this once more, and then let it rest.")))
    buttons = tuple(
        Button(label, PROMISE_SETTLE, f"{promise.id}:{outcome}", primary=outcome is Outcome.DONE)
        for outcome, label in _NAMED.items()
    )
    blocks.append(Paragraph(line("What came of it?")))
    blocks.append(Buttons((*buttons, Button("Take it back", PROMISE_BACK, promise.id))))
    blocks.append(Note(line("Whether your team sees the answer is yours to choose.")))
    return Message(f"You named {first_words(promise.words, 300)} What came of it?", tuple(blocks))


def _is_settled(promise: Promise, outcome: Outcome) -> Message:
    seen = "your team can see it" if promise.shared else "only you see it"
    blocks: list[Block] = [
        Paragraph(line(Bold(promise.words), f" · {_NAMED[outcome].lower()} · {seen}"))
    ]
    if promise.learned:
        blocks.append(Paragraph(line(Italic(promise.learned))))
    blocks.append(Buttons((_settle(promise, "Change it…"),)))
    return Message(f"{first_words(promise.words, 300)}: {_NAMED[outcome].lower()}.", tuple(blocks))


def _is_back(promise: Promise) -> Message:
    words = promise.words or "It is no longer in your answer."
    again = (
        (Buttons((Button("Take it up again", PROMISE_UP, promise.id),)),) if promise.words else ()
    )
    return Message(
        "Taken back: I don't ask about it.",
        (Paragraph(line(Bold(words), " · taken back")), *again),
    )


def _moved(promise: Promise) -> Message:
    said = f"I ask you again on {day(promise.by)}."
    return Message(
        said,
        (
            Paragraph(line(Bold(promise.words), f" · {said}")),
            Buttons(
                (
                    _settle(promise, "What came of it…"),
                    Button("Take it back", PROMISE_BACK, promise.id),
                )
            ),
        ),
    )


def _settle(promise: Promise, label: str) -> Button:
    return Button(label[:75], PROMISE_SETTLE, f"{promise.id}:")
