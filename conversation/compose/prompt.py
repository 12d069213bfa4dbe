"""The prompt of a sitting, as it stands, and its one reminder."""

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.round import Round, Sitting, SittingState
from coaching.team import Team
from coaching.use_cases.keep_anonymous import is_anonymous
from conversation.compose.phrases import and_list, bold_list, minutes, moment
from conversation.compose.who_sees import in_prompt
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Message,
    Note,
    Paragraph,
    line,
)
from conversation.routes import SITTING_ANSWER, SITTING_SKIP

__all__ = ["prompt", "reminder", "rounds_in"]

_NOTHING = "Nothing to tell this time, then."


def prompt(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """The direct message that opens a sitting; later, what became of it."""
    sitting, team, rounds = _load(uow, delivery)
    if sitting.state is SittingState.OPEN and sitting.closes_at > now:
        return _ask(sitting, team, rounds)
    if delivery.update_of is None:
        return f"the sitting is {sitting.state} already"
    return _became(uow, sitting, team, rounds, now)


def _became(
    uow: UnitOfWork, sitting: Sitting, team: Team, rounds: list[Round], now: datetime
) -> Message:
    """What a prompt or reminder says once nothing more is asked."""
    if sitting.state is SittingState.SKIPPED and sitting.closes_at > now:
        return _skipped(sitting, team, rounds)
    if sitting.state is SittingState.ANSWERED:
        given = uow.answers.where(member_id=sitting.member_id, round_id=[one.id for one in rounds])
        # Of what is anonymous one says the same whatever the form held.
        told = {answer.round_id for answer in given} | {
            one.id for one in rounds if is_anonymous(one)
        }
        return _answered(sitting, team, rounds, told, now)
    names = and_list([round_.practice.name for round_ in rounds])
    sentence = f"{names}: closed. Nothing is left to do here; the next one comes in its time."
    return Message(sentence, (Note(line(sentence)),))


def reminder(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """The one reminder: never after an answer, never once the round has closed."""
    sitting, team, rounds = _load(uow, delivery)
    if sitting.state is not SittingState.OPEN or sitting.closes_at <= now:
        if delivery.update_of is None:
            return f"the sitting is {sitting.state} already"
        return _became(uow, sitting, team, rounds, now)
    names = [round_.practice.name for round_ in rounds]
    until = moment(sitting.closes_at, ZoneInfo(team.timezone))
    takes = minutes(sum(round_.practice.minutes for round_ in rounds))
    return Message(
        text=f"{and_list(names)}: open until {until.fallback}, {takes}.",
        blocks=(
            Paragraph(
                (*bold_list(names), " · open until ", until, f" · {takes}"),
            ),
            Paragraph(line("I ask once more and then let it rest. If this week is full, skip it.")),
            Buttons((Button("Answer", SITTING_ANSWER, sitting.id), _skip_button(sitting))),
        ),
    )


def rounds_in(uow: UnitOfWork, sitting: Sitting) -> list[Round]:
    """The rounds of a sitting, in the order in which they opened."""
    seats = uow.participations.where(sitting_id=sitting.id)
    return uow.rounds.where(id=[seat.round_id for seat in seats])


def _load(uow: UnitOfWork, delivery: Delivery) -> tuple[Sitting, Team, list[Round]]:
    sitting = uow.sittings.get(delivery.subject)
    return sitting, uow.teams.get(sitting.team_id), rounds_in(uow, sitting)


def _ask(sitting: Sitting, team: Team, rounds: list[Round]) -> Message:
    names = [round_.practice.name for round_ in rounds]
    until = moment(sitting.closes_at, ZoneInfo(team.timezone))
    takes = minutes(sum(round_.practice.minutes for round_ in rounds))
    return Message(
        text=f"{and_list(names)}, for {team.name}: {takes}, open until {until.fallback}.",
        blocks=(
            Paragraph((*bold_list(names), f" · {takes} · open until ", until)),
            _reasons([round_.practice for round_ in rounds]),
            Buttons(
                (
                    Button("Answer", SITTING_ANSWER, sitting.id, primary=True),
                    _skip_button(sitting),
                )
            ),
            Note(in_prompt(team.name, [round_.practice for round_ in rounds])),
        ),
    )


def _reasons(practices: list[Practice]) -> Block:
    if len(practices) == 1:
        return Paragraph(line(practices[0].why))
    return Bullets(tuple(line(Bold(one.name), f": {one.why}") for one in practices))


def _answered(
    sitting: Sitting, team: Team, rounds: list[Round], told: Collection[str], now: datetime
) -> Message:
    """`told`: the rounds to which something was answered; a form may be sent empty."""
    names = [round_.practice.name for round_ in rounds]
    editable = [one for one in rounds if one.practice.visibility.editable]
    if sitting.closes_at <= now:
        sentence = f"{and_list(names)}: closed. {'What you wrote is kept.' if told else _NOTHING}"
        return Message(sentence, (Note(line(sentence)),))
    kept = dict.fromkeys(one.practice.thanks for one in rounds if one.id in told)
    thanks = " ".join(kept) or _NOTHING
    until = moment(sitting.closes_at, ZoneInfo(team.timezone))
    blocks: list[Block] = [
        Paragraph(("Answered: ", *bold_list(names), ". ", thanks)),
    ]
    if editable:
        what = "it" if len(editable) == len(rounds) else and_list(_names(editable))
        blocks.append(_answer_button("Edit", sitting))
        blocks.append(Note(line(f"You can change {what} until ", until, ".")))
    return Message(f"Answered: {and_list(names)}. {thanks}", tuple(blocks))


def _names(rounds: Iterable[Round]) -> list[str]:
    return [round_.practice.name for round_ in rounds]


def _skipped(sitting: Sitting, team: Team, rounds: list[Round]) -> Message:
    names = [round_.practice.name for round_ in rounds]
    until = moment(sitting.closes_at, ZoneInfo(team.timezone))
    return Message(
        f"{and_list(names)}: skipped, and that is fine.",
        (
            Paragraph(
                (
                    *bold_list(names),
                    ": skipped, and that is fine. Open until ",
                    until,
                    " all the same.",
                )
            ),
            _answer_button("Answer after all", sitting),
        ),
    )


def _answer_button(label: str, sitting: Sitting) -> Buttons:
    return Buttons((Button(label, SITTING_ANSWER, sitting.id),))


def _skip_button(sitting: Sitting) -> Button:
    return Button("Skip this time", SITTING_SKIP, sitting.id)
