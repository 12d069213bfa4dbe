"""What came of a breakdown's next thing: its owner is asked, and who helps or finds it an owner."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.breakdown import Breakdown
from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.use_cases.entry_changes import HELP, changes_of
from coaching.use_cases.follow_through import AGAIN
from coaching.use_cases.follow_up import asked_about, asked_of
from conversation.compose.breakdown import closed_line, need
from conversation.compose.entry_changes import change_said
from conversation.compose.phrases import day, first_words
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    line,
)
from conversation.routes import (
    BREAKDOWN_DAY,
    BREAKDOWN_DONE,
    BREAKDOWN_GIVE,
    BREAKDOWN_HELP,
    BREAKDOWN_OPEN,
    BREAKDOWN_TALK,
)

__all__ = ["breakdown_due", "help_wanted", "unowned"]

_CLOSED = "done already"
_NOT_THEIRS = "somebody else has it by now"
_LATER = "it has a later day by now"
_OWNED = "somebody has it by now"
_SAID = 300


def breakdown_due(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """To the owner, on the day: is it done? Said anew: how it stands."""
    told = uow.breakdowns.get(delivery.subject)
    _, on = asked_of(delivery)
    first = delivery.update_of is None
    if told.closed_at is not None:
        return _CLOSED if first else _is_done(uow, told)
    if told.owner != delivery.addressee_id:
        return _NOT_THEIRS if first else _is_anothers(told)
    if told.needed_by is not None and told.needed_by > on:
        return _LATER if first else _moved(told, told.needed_by)
    return _ask(uow, told, delivery, now)


def unowned(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """To who logged it, or the lead: its owner has left, who takes it?"""
    told = uow.breakdowns.get(delivery.subject)
    first = delivery.update_of is None
    if told.closed_at is not None:
        return _CLOSED if first else _is_done(uow, told)
    owner = uow.members.one(team_id=told.team_id, user=told.owner, active=True)
    if owner is not None:
        return _OWNED if first else _is_anothers(told)
    left: Line = (Person(told.owner), " had it and has left the team. ") if told.owner else ()
    buttons = (_give(told, primary=True), Button("Done", BREAKDOWN_DONE, told.id), _open(told))
    return Message(
        f"{told.what}: nobody has it any more. Who takes it now?",
        (
            _about(told),
            Paragraph((*left, "Who takes it now?")),
            Buttons(buttons),
        ),
    )


def help_wanted(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """To the lead or the coach: somebody asks for help, in their own words."""
    asked = uow.entry_changes.get(delivery.subject)
    told = uow.breakdowns.get(asked.entry_id)
    words = asked.what.removeprefix(HELP)
    blocks: list[Block] = [
        Paragraph((Person(asked.by), " asks for help with ", Bold(told.what), ".")),
        Quote(words, by=asked.by),
        Paragraph(need(told)),
    ]
    since = [one for one in changes_of(uow, told.id) if one.at >= asked.at and one.by != asked.by]
    if since:
        blocks.append(Note(("Since then, ", Person(since[-1].by), ": ", *change_said(since[-1]))))
    if told.closed_at is not None:
        blocks += [closed_line(uow, told), Buttons((_open(told),))]
    else:
        talk = Button("I'll talk to them", BREAKDOWN_TALK, asked.id, primary=not since)
        blocks.append(Buttons((talk, _give(told), _another_day(told), _open(told))))
    return Message(f"Help is wanted with {told.what}: {first_words(words, _SAID)}", tuple(blocks))


def _ask(uow: UnitOfWork, told: Breakdown, delivery: Delivery, now: datetime) -> Message:
    team = uow.teams.get(told.team_id)
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    again = asked_about(delivery) == AGAIN
    blocks: list[Block] = [
        _about(told),
        Paragraph(line(f"{_by(told.needed_by, today)} Is it done?")),
    ]
    if helped := _help_of(uow, told, delivery):
        blocks.append(Note(helped))
    if again:
        blocks.append(Note(line("I ask this once more, and then leave it to the weekly look.")))
    blocks.append(
        Buttons(
            (
                Button("Done", BREAKDOWN_DONE, told.id, primary=True),
                _another_day(told),
                Button("I need help…", BREAKDOWN_HELP, told.id),
            )
        )
    )
    return Message(f"You took on: {first_words(told.needed_now, _SAID)} Is it done?", tuple(blocks))


def _by(on: date | None, today: date) -> str:
    if on is None or on == today:
        return "You took it for today."
    return f"You took it until {day(on)}."


def _help_of(uow: UnitOfWork, told: Breakdown, delivery: Delivery) -> Line:
    """What has become of the help that they asked for, if they did."""
    changes = changes_of(uow, told.id)
    asked = [
        one for one in changes if one.what.startswith(HELP) and one.by == delivery.addressee_id
    ]
    if not asked:
        return ()
    since = [one for one in changes if one.at >= asked[-1].at and one.by != delivery.addressee_id]
    if not since:
        return line("You asked for help, and your words were passed on.")
    return ("You asked for help. ", Person(since[-1].by), ": ", *change_said(since[-1]))


def _is_done(uow: UnitOfWork, told: Breakdown) -> Message:
    return Message(
        f"{told.what}: done.", (_about(told), closed_line(uow, told), Buttons((_open(told),)))
    )


def _is_anothers(told: Breakdown) -> Message:
    return Message(
        f"{told.what}: somebody else has it now.",
        (Paragraph(line(Bold(told.what))), Paragraph(need(told)), Buttons((_open(told),))),
    )


def _moved(told: Breakdown, on: date) -> Message:
    buttons = (Button("Done", BREAKDOWN_DONE, told.id), _another_day(told), _open(told))
    return Message(
        f"{told.what}: I ask you again on {day(on)}.",
        (
            _about(told),
            Paragraph(line("I ask you again on ", Bold(day(on)), ".")),
            Buttons(buttons),
        ),
    )


def _about(told: Breakdown) -> Block:
    return Paragraph(line(Bold(told.what), f" · needed now: {told.needed_now.removesuffix('.')}"))


def _give(told: Breakdown, *, primary: bool = False) -> Button:
    return Button("Give it to somebody…", BREAKDOWN_GIVE, told.id, primary)


def _another_day(told: Breakdown) -> Button:
    return Button("New day…", BREAKDOWN_DAY, told.id)


def _open(told: Breakdown) -> Button:
    return Button("Open", BREAKDOWN_OPEN, told.id)
