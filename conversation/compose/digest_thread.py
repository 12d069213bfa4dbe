"""The thread of a digest: a reply for each section with something in it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from conversation.compose.digest_facts import followed_line, need_line, what_became
from conversation.compose.phrases import and_list, day
from conversation.compose.veiled import counted_of
from conversation.messages import (
    Block,
    Bullets,
    Chart,
    ChartKind,
    Line,
    MessageLink,
    Note,
    Paragraph,
    Quote,
    Series,
    line,
)
from insights.digest import Facts, Need, Trend, Voice, Win

__all__ = ["TITLES", "counted", "short_day", "shown"]

TITLES = {
    "voices": "Voices heard",
    "wins": "What moved",
    "needs": "Breakdowns",
    "asked": "Next week",
}
_IN_CHANNEL = "In the channel"
_MOST_NEEDS = 10


def shown(facts: Facts, section: str, hidden: frozenset[str] = frozenset()) -> list[Block]:
    """What a section shows, without what is hidden. Raises KeyError where there is none such."""
    return _SHOWN[section](_without(facts, hidden))


def counted(facts: Facts, section: str, hidden: frozenset[str]) -> list[Block]:
    """What is hidden of a section, in a sentence; nothing where nothing is."""
    held = _HELD[section]
    concerned = [one for one in held(facts) if one.key in hidden]
    if not concerned:
        return []
    beside = len(concerned) < len(held(facts))
    return [Paragraph(line(counted_of(section, concerned, beside=beside)))]


def _without(facts: Facts, hidden: frozenset[str]) -> Facts:
    return replace(
        facts,
        voices=tuple(one for one in facts.voices if one.key not in hidden),
        followed=tuple(one for one in facts.followed if one.key not in hidden),
        wins=tuple(one for one in facts.wins if one.key not in hidden),
        needs=tuple(one for one in facts.needs if one.key not in hidden),
    )


def _voices(facts: Facts) -> list[Block]:
    blocks = [block for one in facts.voices for block in _voice(one)]
    if facts.followed:
        blocks.append(Paragraph(line("What came of voices that were heard before:")))
        blocks.append(Bullets(tuple(_followed(one) for one in facts.followed)))
    return blocks


def _voice(voice: Voice) -> list[Block]:
    blocks: list[Block] = [Quote(voice.words, by=voice.said_by)]
    became, link = what_became(voice), _link(voice)
    if became or link:
        between = (" · ",) if became and link else ()
        blocks.append(Note((*became, *between, *link)))
    return blocks


def _followed(voice: Voice) -> Line:
    link = _link(voice)
    return (*followed_line(voice), *((" · ",) if link else ()), *link)


def _link(voice: Voice) -> tuple[MessageLink, ...]:
    there = voice.channel and voice.message
    return (MessageLink(_IN_CHANNEL, voice.channel, voice.message),) if there else ()


def _wins(facts: Facts) -> list[Block]:
    blocks: list[Block] = [Quote(win.words, by=win.said_by) for win in facts.wins]
    if facts.trend and facts.trend.points:
        blocks.append(_chart(facts.trend))
    return blocks


def _chart(trend: Trend) -> Block:
    labels = tuple(short_day(on) for on, _ in trend.points)
    figures = tuple(float(figure) for _, figure in trend.points)
    return Chart(
        f"{trend.name}, by week", ChartKind.BAR, labels, (Series(trend.name[:20], figures),)
    )


def short_day(on: date) -> str:
    """`5 Oct`."""
    return f"{on.day} {day(on).split()[-1][:3]}"


def _needs(facts: Facts) -> list[Block]:
    lines = tuple(need_line(need) for need in facts.needs[:_MOST_NEEDS])
    blocks: list[Block] = [Bullets(lines)] if lines else []
    if (more := max(0, len(facts.needs) - _MOST_NEEDS) + facts.open_besides) > 0:
        blocks.append(Note(line(f"{more} more {'is' if more == 1 else 'are'} open.")))
    return blocks


def _asked(facts: Facts) -> list[Block]:
    lines = tuple(line(f"{day(one.on)}: {and_list(one.names)}") for one in facts.asked)
    return [Paragraph(line("What I ask you next:")), Bullets(lines)]


_SHOWN: dict[str, Callable[[Facts], list[Block]]] = {
    "voices": _voices,
    "wins": _wins,
    "needs": _needs,
    "asked": _asked,
}
_HELD: dict[str, Callable[[Facts], Sequence[Voice | Win | Need]]] = {
    "voices": lambda facts: (*facts.voices, *facts.followed),
    "wins": lambda facts: facts.wins,
    "needs": lambda facts: facts.needs,
    "asked": lambda _facts: (),
}
"""What of a section people wrote."""
