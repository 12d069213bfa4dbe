"""What `/widelens` answers: what is open for a person, and help."""

from collections.abc import Sequence
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from coaching.breakdown import Breakdown
from coaching.round import SittingState
from coaching.use_cases.excuse import BY_THEMSELVES
from coaching.use_cases.see_sitting import SittingView
from conversation.compose.phrases import and_list, bold_list, day, minutes, moment
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Line,
    Message,
    Note,
    Paragraph,
    line,
)
from conversation.routes import SITTING_ANSWER

__all__ = ["COMMANDS", "help_message", "open_for", "unknown_word"]

COMMANDS = {
    "": "what is open for you",
    "setup": "set this channel's team up, or see how it is set up",
    "heard": "whom did you hear beyond us, and what did they say?",
    "voices": "the voices your team heard, and what each is to change",
    "breakdown": "something broke down: what's needed now?",
    "breakdowns": "what broke down in your team: what is open, and the library to search",
    "promises": "what you promised, and what came of it",
    "stakeholders": "your team's map: who is on it, how it stands with each, whom you invite",
    "purpose": "what each of you wrote that your team is for",
    "doubt": "share a doubt without your name, or see when it is asked for",
    "digest": "your team's latest digest, for you alone",
    "trends": "what your team logged over the last weeks; for lead and coach",
    "away": "say when you are away: away until Friday; away back ends it",
    "status": "what I ask you, when next, and what you chose",
    "help": "this list",
}


def open_for(sittings: Sequence[SittingView], needs: Sequence[Breakdown]) -> Message:
    """What is open for a person: questions first, then what they promised to take."""
    blocks: list[Block] = []
    for view in sittings:
        blocks += _open(view)
    if needs:
        blocks.append(Paragraph(line("You took:")))
        blocks.append(Bullets(tuple(_need(one) for one in needs)))
    if not blocks:
        sentence = "Nothing is open for you. Enjoy the quiet."
        return Message(sentence, (Paragraph(line(sentence)),))
    questions = f"{len(sittings)} open for you" if sittings else "No question is open for you"
    return Message(f"{questions}; {len(needs)} taken on by you.", tuple(blocks))


def help_message() -> Message:
    """What one can do with me."""
    commands = tuple(
        line(Bold(f"/widelens {word}".strip()), f": {what}") for word, what in COMMANDS.items()
    )
    return Message(
        "What I can do: /widelens shows what is open for you.",
        (
            Paragraph(
                line("I ask your team a few short questions and bring the answers together.")
            ),
            Bullets(
                (
                    *commands,
                    line(
                        Bold("Log a breakdown"),
                        ": on any message, under its ⋮ menu",
                    ),
                    line(Bold("Log a voice heard"), ": on any message, under its ⋮ menu"),
                )
            ),
            Note(
                line(
                    "I read what you send in a form, or write to me alone. I read a team's channel"
                    " only where the team switched that on, and keep nothing of it."
                )
            ),
        ),
    )


def unknown_word(word: str) -> Message:
    """A word that the command does not have; the nearest is offered."""
    near = get_close_matches(word.lower(), [known for known in COMMANDS if known], n=1)
    offer: Line = line("Did you mean ", Bold(f"/widelens {near[0]}"), "? ") if near else ()
    return Message(
        "I don't know that word. /widelens help lists what I can do.",
        (
            Paragraph(
                (
                    "I don't know ",
                    Bold(word[:60]),
                    ". ",
                    *offer,
                    Bold("/widelens help"),
                    " lists what I can do.",
                )
            ),
        ),
    )


def _open(view: SittingView) -> list[Block]:
    practices = [asked.round.practice for asked in view.asked if not asked.late]
    names = [practice.name for practice in practices]
    until = moment(view.sitting.closes_at, ZoneInfo(view.team.timezone))
    takes = minutes(sum(practice.minutes for practice in practices))
    about = f" · {view.team.name} · {takes} · open until "
    return [
        Paragraph((*bold_list(names), about, until, *_left_for_now(view))),
        Buttons((Button(f"Answer {and_list(names)}"[:75], SITTING_ANSWER, view.sitting.id),)),
    ]


def _left_for_now(view: SittingView) -> Line:
    """What the person said of it: that they let it pass, or until when it is quiet."""
    if view.sitting.state is SittingState.SKIPPED and view.sitting.reason == BY_THEMSELVES:
        return line(" · skipped, and can still be answered")
    if view.quiet_until is not None:
        zone = ZoneInfo(view.member.timezone or view.team.timezone)
        return line(" · quiet until ", moment(view.quiet_until, zone))
    return ()


def _need(breakdown: Breakdown) -> Line:
    by = f", by {day(breakdown.needed_by)}" if breakdown.needed_by else ""
    return line(Bold(breakdown.what), f": {breakdown.needed_now.removesuffix('.')}{by}")
