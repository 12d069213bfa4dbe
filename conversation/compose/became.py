"""What became of a sitting: what its messages say once nothing more is asked."""

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.calendar import away_on
from coaching.ports import UnitOfWork
from coaching.round import Round, Sitting, SittingState
from coaching.team import Member, Team
from coaching.use_cases.excuse import AWAY, OPTED_OUT, PAUSED
from coaching.use_cases.keep_anonymous import is_anonymous
from coaching.use_cases.keep_answer import is_late
from coaching.use_cases.see_sitting import LEFT_TEAM, rounds_in, takes_late
from conversation.compose.phrases import and_list, bold_list, day_seen_from, moment
from conversation.messages import Block, Button, Buttons, Message, Note, Paragraph, line
from conversation.routes import SITTING_ANSWER, WISH_BACK, WISH_LESS

__all__ = ["became"]

_BACK = Button("I'm back today", WISH_BACK, "")
_NOTHING = "Nothing to tell this time, then."
_MARKED = "It stands in the channel, marked as having come later."
_MARKED_APART = "Who is on the team reads it marked as having come later."
_FIGURES_STAY = "The figures stay as they were told, so that nobody can work out yours."


def became(uow: UnitOfWork, sitting: Sitting, now: datetime) -> Message:
    """What a prompt or reminder says of a sitting that is answered, let pass, or closed."""
    team, rounds = uow.teams.get(sitting.team_id), rounds_in(uow, sitting)
    if sitting.reason == LEFT_TEAM:
        return _note(f"{and_list(_names(rounds))}: not asked of you any more.")
    if sitting.state is SittingState.SKIPPED and sitting.closes_at > now:
        return _skipped(sitting, uow.members.get(sitting.member_id), team, rounds, now)
    if sitting.state is SittingState.ANSWERED:
        return _answered(uow, sitting, team, rounds, now)
    return _closed(uow, sitting, rounds)


def _closed(uow: UnitOfWork, sitting: Sitting, rounds: list[Round]) -> Message:
    names = and_list(_names(rounds))
    late = [one for one in rounds if takes_late(uow, one)]
    if not late:
        return _note(
            f"{names}: closed. Nothing is left to do here; the next one comes in its time."
        )
    of_what = "" if len(late) == len(rounds) else f" to {and_list(_names(late))}"
    sentence = (
        f"{names}: closed. Should you still want to, an answer{of_what} is welcome until the next"
        " one opens."
    )
    return Message(sentence, (Note(line(sentence)), _answer_button("Answer late", sitting)))


def _answered(
    uow: UnitOfWork, sitting: Sitting, team: Team, rounds: list[Round], now: datetime
) -> Message:
    answers = uow.answers.where(member_id=sitting.member_id, round_id=[one.id for one in rounds])
    given = {answer.round_id: answer for answer in answers}
    late = [one for one in rounds if one.id in given and is_late(one, given[one.id])]
    if late:
        return _answered_late(late)
    # Of what is anonymous one says the same whatever the form held.
    told = given.keys() | {one.id for one in rounds if is_anonymous(one)}
    if sitting.closes_at <= now:
        kept = "What you wrote is kept." if told else _NOTHING
        return _note(f"{and_list(_names(rounds))}: closed. {kept}")
    return _editable(sitting, team, rounds, told)


def _answered_late(late: list[Round]) -> Message:
    """What was told stays as it is, and so does what came late."""
    names, thanks = _names(late), _thanks(late)
    named = [one for one in late if one.practice.visibility.named]
    notes = [_MARKED if any(not one.practice.discreet for one in named) else _MARKED_APART]
    notes = notes if named else []
    if len(named) < len(late):
        notes.append(_FIGURES_STAY)
    return Message(
        f"Answered late: {and_list(names)}. {thanks}",
        (
            Paragraph(("Answered late: ", *bold_list(names), ". ", thanks)),
            Note(line(" ".join(notes))),
        ),
    )


def _editable(sitting: Sitting, team: Team, rounds: list[Round], told: Collection[str]) -> Message:
    """`told`: the rounds to which something was answered; a form may be sent empty."""
    names = _names(rounds)
    editable = [one for one in rounds if one.practice.visibility.editable]
    thanks = _thanks(one for one in rounds if one.id in told) or _NOTHING
    until = moment(sitting.closes_at, ZoneInfo(team.timezone))
    blocks: list[Block] = [
        Paragraph(("Answered: ", *bold_list(names), ". ", thanks)),
    ]
    if editable:
        what = "it" if len(editable) == len(rounds) else and_list(_names(editable))
        blocks.append(_answer_button("Edit", sitting))
        blocks.append(Note(line(f"You can change {what} until ", until, ".")))
    return Message(f"Answered: {and_list(names)}. {thanks}", tuple(blocks))


def _skipped(
    sitting: Sitting, member: Member, team: Team, rounds: list[Round], now: datetime
) -> Message:
    names = _names(rounds)
    fine, more = _in_peace(sitting, member, team, now)
    until = moment(sitting.closes_at, ZoneInfo(team.timezone))
    return Message(
        f"{and_list(names)}: {fine}",
        (
            Paragraph(
                (
                    *bold_list(names),
                    f": {fine} Open until ",
                    until,
                    " all the same.",
                )
            ),
            Buttons((Button("Answer after all", SITTING_ANSWER, sitting.id), *more)),
        ),
    )


def _in_peace(
    sitting: Sitting, member: Member, team: Team, now: datetime
) -> tuple[str, tuple[Button, ...]]:
    """Why it passed, and what undoes that."""
    today = now.astimezone(ZoneInfo(member.timezone or team.timezone)).date()
    if sitting.reason == AWAY and (span := away_on(member.chosen.away, today)) is not None:
        last = day_seen_from(today, span.last)
        return f"you are away, and I stay quiet until {last}.", (_BACK,)
    again = (Button("Change that", WISH_LESS, team.id),)
    if sitting.reason == OPTED_OUT and member.chosen.opted_out:
        return "you wanted to be asked no more, and so it is.", again
    if sitting.reason == PAUSED and member.chosen.paused_until is not None:
        first = day_seen_from(today, member.chosen.paused_until)
        return f"I pause for you, until {first}.", again
    return "skipped, and that is fine.", ()


def _names(rounds: Iterable[Round]) -> list[str]:
    return [round_.practice.name for round_ in rounds]


def _thanks(rounds: Iterable[Round]) -> str:
    return " ".join(dict.fromkeys(round_.practice.thanks for round_ in rounds))


def _note(sentence: str) -> Message:
    return Message(sentence, (Note(line(sentence)),))


def _answer_button(label: str, sitting: Sitting) -> Buttons:
    return Buttons((Button(label, SITTING_ANSWER, sitting.id),))
