"""What a sitting holds: three required questions and three minutes; what does not fit waits."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coaching.practice import Practice

__all__ = ["MOST_MINUTES", "MOST_REQUIRED", "Agenda", "agenda", "required"]

MOST_REQUIRED = 3
MOST_MINUTES = 3


@dataclass(frozen=True, slots=True)
class Agenda:
    """Which practices, by key, are asked in a sitting, and which move to the next."""

    asked: Sequence[str] = ()
    moves: Sequence[str] = ()


def required(practice: Practice) -> int:
    """How many questions of a practice want an answer at once."""
    return sum(not (one.optional or one.later or one.when) for one in practice.questions)


def agenda(wanted: Mapping[str, Practice], asked_of: Mapping[str, Sequence[str]]) -> Agenda:
    """The sitting that holds as much of `wanted` as there is room for, first come first served.

    `wanted` is by key, what has waited longest first; `asked_of` says for each key whom it asks.
    One round is the same for everybody, so it comes where it has room with each of them. The first
    always comes: one that is too long for any sitting would never.
    """
    asked: list[str] = []
    moves: list[str] = []
    questions: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for key, practice in wanted.items():
        whom = asked_of[key]
        room = all(
            questions[who] + required(practice) <= MOST_REQUIRED
            and minutes[who] + practice.minutes <= MOST_MINUTES
            for who in whom
        )
        if asked and not room:
            moves.append(key)
            continue
        asked.append(key)
        questions.update(dict.fromkeys(whom, required(practice)))
        minutes.update(dict.fromkeys(whom, practice.minutes))
    return Agenda(asked, moves)
