"""A breakdown's card, and the forms in which it is told."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.answer import MOST_CHARACTERS
from coaching.breakdown import Breakdown
from coaching.delivery import Addressee, Delivery
from coaching.ports import UnitOfWork
from coaching.practice import Practice, QuestionType
from coaching.use_cases.choose_team import Place
from coaching.use_cases.learn_from_breakdown import BreakdownView, view_of
from conversation.compose.forms import field
from conversation.compose.phrases import day, first_words
from conversation.compose.which_team import team_fields
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Form,
    Italic,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    line,
)
from conversation.routes import (
    BREAKDOWN_DONE,
    BREAKDOWN_LOG,
    BREAKDOWN_OPEN,
    BREAKDOWN_SETTLE,
    BREAKDOWN_TELL,
)

__all__ = ["card", "closed_line", "log_form", "need", "settle_form", "tell_form"]

_STEP_TWO = "A little more"


def card(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """The direct message about a breakdown, as it stands."""
    view = view_of(uow, uow.breakdowns.get(delivery.subject))
    told = view.breakdown
    logged_on = told.logged_at.astimezone(ZoneInfo(view.team.timezone)).date()
    by_reader = delivery.addressee_id == view.logged_by.user
    author: Line = line("you") if by_reader else line(Person(view.logged_by.user))
    blocks: list[Block] = [
        Paragraph((Bold(told.what), " · logged by ", *author, f", {day(logged_on)}")),
        Paragraph(need(told)),
    ]
    if told.closed_at is not None:
        blocks.append(closed_line(uow, told))
    if told.happened:
        blocks.append(Quote(told.happened))
    blocks += [
        Note(line(f"{question.text} {view.values[question.key]}"))
        for question in view.practice.questions
        if question.key in ("assumed", "learning") and question.key in view.values
    ]
    blocks.append(Buttons(tuple(_buttons(view))))
    state = f"Needed now: {told.needed_now}" if told.settled_at else "What's needed now?"
    state = "Done." if told.closed_at else state
    assert delivery.addressee is Addressee.PERSON
    return Message(f"{told.what}. {first_words(state, 300)}", tuple(blocks))


def log_form(
    practice: Practice, places: Sequence[Place], channel: str, reference: str, message: str
) -> Form:
    """The first step, from a message or a few words: *What's needed now?* before all else."""
    team = places[0].team.name if len(places) == 1 else "The team you choose"
    most = MOST_CHARACTERS[QuestionType.SHORT_TEXT]
    named = {"what": first_words(message, min(most, 120))}
    return Form(
        title="Log a breakdown",
        body=(
            *team_fields(places, channel),
            *(
                field(question.key, question, named)
                for question in practice.questions
                if not question.later
            ),
            Note(line(f"{team} sees this with your name. Nothing is kept before you send it.")),
        ),
        route=BREAKDOWN_LOG,
        reference=reference,
    )


def settle_form(view: BreakdownView) -> Form:
    """What's needed now, by whom and when: for the first time, or anew."""
    return Form(
        title="What's needed now?",
        body=tuple(field(question.key, question, view.values) for question in view.now),
        route=BREAKDOWN_SETTLE,
        reference=view.breakdown.id,
    )


def tell_form(view: BreakdownView, *, just_kept: bool = False) -> Form:
    """The second step: what happened, what we had assumed, what we are learning."""
    opening = "Kept. If you have another minute:" if just_kept else view.breakdown.what
    return Form(
        title=_STEP_TWO,
        body=(
            Paragraph(line(opening)),
            *(field(question.key, question, view.values) for question in view.later),
        ),
        route=BREAKDOWN_TELL,
        reference=view.breakdown.id,
        cancel="Not now",
    )


def need(told: Breakdown) -> Line:
    """What it needs now, by whom and when; or that question."""
    if told.settled_at is None or told.owner is None or told.needed_by is None:
        return line(Bold("What's needed now? "), Italic("One next thing, somebody's name, a day."))
    return line(
        Bold("Needed now: "),
        told.needed_now.removesuffix("."),
        " · ",
        Person(told.owner),
        f", by {day(told.needed_by)}",
    )


def closed_line(uow: UnitOfWork, told: Breakdown) -> Block:
    """That it is done, by whose word and since when."""
    zone = ZoneInfo(uow.teams.get(told.team_id).timezone)
    on = (told.closed_at or told.logged_at).astimezone(zone).date()
    return Paragraph(line(Bold("Done"), " · ", Person(told.closed_by), f", {day(on)}"))


def _buttons(view: BreakdownView) -> list[Button]:
    told = view.breakdown
    if told.closed_at is not None:
        return [Button("Open", BREAKDOWN_OPEN, told.id)]
    settled = told.settled_at is not None
    done = [Button("Done", BREAKDOWN_DONE, told.id)] if settled else []
    return [
        Button(
            "Edit" if settled else "What's needed now?",
            BREAKDOWN_SETTLE,
            told.id,
            primary=not settled,
        ),
        Button("Say what happened", BREAKDOWN_TELL, told.id, primary=settled and not told.happened),
        *done,
    ]
