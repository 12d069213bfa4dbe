"""What a digest tells of what people wrote without a word of it: counts, days, what is open."""

from collections.abc import Callable, Sequence
from typing import Any

from conversation.compose.phrases import day
from conversation.messages import Italic, Line, line
from insights.digest import Need, Voice, Win

__all__ = ["VEILED_WIN", "counted_of", "veiled_need", "veiled_voice"]

VEILED_WIN = line("Something moved that somebody outside would notice.")


def veiled_voice(voice: Voice) -> Line:
    """That somebody was heard."""
    return line(f"An outside voice was heard first-hand.{_ASKS[_became(voice)]}")


def veiled_need(need: Need) -> Line:
    """That something broke down: since when, and whether it is known what it needs."""
    since = f"Since {day(need.logged_on)}: a breakdown. "
    if need.owner is None or need.by is None:
        return line(since, Italic("What's needed now?"), " is still open.")
    passed = ", a day that has passed" if need.overdue else ""
    return line(f"{since}What it needs is said, for {day(need.by)}{passed}.")


_ASKS = {
    "": "",
    "asks": " It asks for a decision.",
    "changed": " It changed a decision.",
    "unchanged": " The decision that it asked for was looked at, and stands.",
}


def _became(voice: Voice) -> str:
    """What came of a voice, in one word; "" where it asks for nothing."""
    if not voice.decision:
        return ""
    return voice.state if voice.state in ("changed", "unchanged") else "asks"


def counted_of(section: str, facts: Sequence[Any], *, beside: bool) -> str:
    """A section's facts in a sentence; `beside`: others of it stand above in words."""
    return _COUNTED[section](facts, "more " if beside else "")


def _voices(voices: Sequence[Voice], more: str) -> str:
    asking = sum(_became(one) == "asks" for one in voices)
    ended = sum(_became(one) in ("changed", "unchanged") for one in voices)
    asks = f"; {asking} {_verb(asking, 'ask')} for a decision" if asking else ""
    ends = f"; of {ended} it is said what came of it" if ended else ""
    was = "was" if len(voices) == 1 else "were"
    return f"{_many(len(voices), 'voice', more)} {was} heard first-hand{asks}{ends}."


def _wins(wins: Sequence[Win], more: str) -> str:
    return f"{_many(len(wins), 'thing', more)} moved that somebody outside would notice."


def _needs(needs: Sequence[Need], more: str) -> str:
    waiting = sum(one.owner is None or one.by is None for one in needs)
    waits = f" of {waiting} it is not said yet what is needed now" if waiting else ""
    stand = f"{_many(len(needs), 'breakdown', more)} {_verb(len(needs), 'stand')} open"
    return f"{stand};{waits}." if waits else f"{stand}, and it is said what each needs."


def _many(count: int, what: str, more: str) -> str:
    return f"{count} {more}{what}{'' if count == 1 else 's'}"


def _verb(count: int, verb: str) -> str:
    return f"{verb}s" if count == 1 else verb


_COUNTED: dict[str, Callable[[Sequence[Any], str], str]] = {
    "voices": _voices,
    "wins": _wins,
    "needs": _needs,
}
