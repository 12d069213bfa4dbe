"""The prompt of a sitting, as it stands, and what reminds of it: once, or as its person wanted."""

from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.round import Round, RoundState, Sitting, SittingState
from coaching.team import Team
from coaching.use_cases.reply import open_question
from coaching.use_cases.see_sitting import rounds_in
from coaching.use_cases.snooze import asked_again_at, is_put_off, quiet_until, was_put_off
from coaching.use_cases.team_purpose import sentence_for
from conversation.compose.became import became
from conversation.compose.forms import our_purpose
from conversation.compose.phrases import and_list, bold_list, minutes, moment
from conversation.compose.who_sees import in_prompt
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Line,
    Message,
    Moment,
    Note,
    Paragraph,
    line,
)
from conversation.routes import (
    SITTING_ANSWER,
    SITTING_SKIP,
    SITTING_SNOOZE,
    WISH_AWAY,
    WISH_LESS,
    WISH_WHY,
)

__all__ = ["prompt", "reminder"]

_PUT_OFF = "the person put it off"


def prompt(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """The direct message that opens a sitting; later, what became of it."""
    sitting = uow.sittings.get(delivery.subject)
    if not _is_open(sitting, now):
        return _over(uow, delivery, sitting, now)
    until = quiet_until(uow, sitting.id, now) if delivery.update_of is not None else None
    return _ask(uow, sitting, now) if until is None else _quiet(uow, sitting, until)


def reminder(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """The one reminder: never after an answer, never of a round that has closed.

    Where the person put the sitting off, what they asked for comes in its place.
    """
    sitting = uow.sittings.get(delivery.subject)
    if not _is_open(sitting, now):
        return _over(uow, delivery, sitting, now)
    if (until := quiet_until(uow, sitting.id, now)) is not None:
        return _PUT_OFF if delivery.update_of is None else _quiet(uow, sitting, until)
    if is_put_off(delivery):
        return _ask_again(uow, sitting, now)
    if delivery.update_of is None and was_put_off(uow, sitting.id):
        return _PUT_OFF
    return _remind(uow, sitting)


def _is_open(sitting: Sitting, now: datetime) -> bool:
    return sitting.state is SittingState.OPEN and sitting.closes_at > now


def _over(uow: UnitOfWork, delivery: Delivery, sitting: Sitting, now: datetime) -> Message | str:
    if delivery.update_of is None:
        return f"the sitting is {sitting.state} already"
    return became(uow, sitting, now)


def _open_rounds(uow: UnitOfWork, sitting: Sitting) -> list[Round]:
    """Those that are still open: one may close before the others."""
    return [one for one in rounds_in(uow, sitting) if one.state is RoundState.OPEN]


def _ask(uow: UnitOfWork, sitting: Sitting, now: datetime) -> Message:
    team, rounds = uow.teams.get(sitting.team_id), _open_rounds(uow, sitting)
    practices = [round_.practice for round_ in rounds]
    names, until, takes = _said_of(rounds, sitting, team)
    purpose = sentence_for(uow, team.id, practices)
    return Message(
        text=f"{and_list(names)}, for {team.name}: {takes}, open until {until.fallback}.",
        blocks=(
            Paragraph((*bold_list(names), f" · {takes} · open until ", until)),
            _reasons(practices),
            *([our_purpose(purpose)] if purpose else []),
            Buttons((_answer(sitting, primary=True), *_other_ways(uow, sitting, now))),
            _of_being_asked(sitting),
            Note((*in_prompt(team.name, practices), *_in_words(practices))),
        ),
    )


def _remind(uow: UnitOfWork, sitting: Sitting) -> Message:
    team, rounds = uow.teams.get(sitting.team_id), _open_rounds(uow, sitting)
    names, until, takes = _said_of(rounds, sitting, team)
    return Message(
        text=f"{and_list(names)}: open until {until.fallback}, {takes}.",
        blocks=(
            Paragraph((*bold_list(names), " · open until ", until, f" · {takes}")),
            Paragraph(line("I ask once more and then let it rest. If this week is full, skip it.")),
            Buttons((_answer(sitting), _skip(sitting))),
            _of_being_asked(sitting),
        ),
    )


def _ask_again(uow: UnitOfWork, sitting: Sitting, now: datetime) -> Message:
    """What a person wanted to be asked on this day."""
    team, rounds = uow.teams.get(sitting.team_id), _open_rounds(uow, sitting)
    names, until, takes = _said_of(rounds, sitting, team)
    return Message(
        text=f"You wanted {and_list(names)} today: {takes}, open until {until.fallback}.",
        blocks=(
            Paragraph(("You wanted ", *bold_list(names), f" today · {takes} · open until ", until)),
            Buttons((_answer(sitting, primary=True), *_other_ways(uow, sitting, now))),
            _of_being_asked(sitting),
        ),
    )


def _quiet(uow: UnitOfWork, sitting: Sitting, quiet: datetime) -> Message:
    """That nothing is said before the moment that the person chose."""
    team, member = uow.teams.get(sitting.team_id), uow.members.get(sitting.member_id)
    rounds = _open_rounds(uow, sitting)
    names, until, _ = _said_of(rounds, sitting, team)
    again = moment(quiet, ZoneInfo(member.timezone or team.timezone))
    words: Line = (": I stay quiet until ", again, ". It is open until ", until, " all the same.")
    return Message(
        f"{and_list(names)}: I stay quiet until {again.fallback}.",
        (
            Paragraph((*bold_list(names), *words)),
            Buttons((_answer(sitting), _skip(sitting))),
            _of_being_asked(sitting),
        ),
    )


def _said_of(rounds: list[Round], sitting: Sitting, team: Team) -> tuple[list[str], Moment, str]:
    """The names of what is asked, until when, and how long it takes."""
    until = moment(sitting.closes_at, ZoneInfo(team.timezone))
    takes = minutes(sum(round_.practice.minutes for round_ in rounds))
    return [round_.practice.name for round_ in rounds], until, takes


def _reasons(practices: list[Practice]) -> Block:
    if len(practices) == 1:
        return Paragraph(line(practices[0].why))
    return Bullets(tuple(line(Bold(one.name), f": {one.why}") for one in practices))


def _answer(sitting: Sitting, *, primary: bool = False) -> Button:
    return Button("Answer", SITTING_ANSWER, sitting.id, primary)


def _other_ways(uow: UnitOfWork, sitting: Sitting, now: datetime) -> list[Button]:
    """What else one can do now; tomorrow is offered where the sitting is open then."""
    member, team = uow.members.get(sitting.member_id), uow.teams.get(sitting.team_id)
    if asked_again_at(sitting, member, team, now) is None:
        return [_skip(sitting)]
    return [_skip(sitting), Button("Ask me tomorrow", SITTING_SNOOZE, sitting.id)]


def _of_being_asked(sitting: Sitting) -> Block:
    """What one can say of being asked at all: always there, beneath what the message is about."""
    return Buttons(
        (
            Button("I'm away", WISH_AWAY, ""),
            Button("Ask me less", WISH_LESS, sitting.team_id),
            Button("Why this?", WISH_WHY, sitting.id),
        )
    )


def _in_words(practices: list[Practice]) -> Line:
    """That words will do, where they will."""
    if len(practices) == 1 and open_question(practices[0]) is not None:
        return line(" No form needed: write your answer here, if you like.")
    return ()


def _skip(sitting: Sitting) -> Button:
    return Button("Skip this time", SITTING_SKIP, sitting.id)
