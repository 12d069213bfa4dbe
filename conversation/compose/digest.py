"""The weekly digest: a parent that leads with three facts at most, and its thread."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from conversation.compose.phrases import and_list, day, first_words
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Heading,
    Italic,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    Span,
    line,
)
from insights.digest import Facts, Need, Trend, Voice

__all__ = ["digest", "section"]

_TITLE = "What stands out this week"
_SHORT = 200


def digest(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """The parent: what leads, and one item for the next agenda."""
    written = uow.digests.get(delivery.subject)
    facts = written.facts
    if facts is None:
        return written.reason
    team = uow.teams.get(written.team_id)
    since = written.since.astimezone(ZoneInfo(team.timezone)).date()
    item = _agenda(facts)
    contents = [title.lower() for title in _contents(facts)]
    blocks: list[Block] = [
        Heading(_TITLE),
        Bullets(tuple(_leading(facts))),
        Paragraph(line(Bold("For the agenda: "), item)),
        Note(line(f"Since {day(since)}. In the thread: {and_list(contents)}.")),
    ]
    return Message(f"{_TITLE}, for {team.name}. For the agenda: {item}", tuple(blocks))


def section(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """One reply of the thread."""
    facts = uow.digests.get(delivery.subject).facts
    if facts is None:
        return "the digest says nothing"
    title, blocks = _SECTIONS[delivery.detail]
    return Message(f"{title}, this week.", (Heading(title), *blocks(facts)))


def need_line(need: Need) -> Line:
    """A breakdown in one line: since when, and what is needed, by whom and when."""
    since: tuple[Span, ...] = (f"Since {day(need.logged_on)}: ", Bold(need.what), ". ")
    if need.owner is None or need.by is None:
        return (*since, Italic("What's needed now?"), " is still open.")
    needed = first_words(need.needed_now, _SHORT).removesuffix(".")
    return (*since, f"Needed now: {needed} (", Person(need.owner), f", by {day(need.by)}).")


def _leading(facts: Facts) -> list[Line]:
    lines: list[Line] = []
    if facts.voice:
        lines.append(_voice_line(facts.voice))
    elif facts.days_without_voice:
        lines.append(line(f"No outside voice was heard for {facts.days_without_voice} days."))
    if facts.need:
        lines.append(need_line(facts.need))
    if facts.trend:
        lines.append(_trend_line(facts.trend))
    if not lines and facts.wins:
        win = facts.wins[-1]
        lines.append(line(Person(win.said_by), f": “{first_words(win.words, _SHORT)}”"))
    return lines


def _voice_line(voice: Voice) -> Line:
    heard = f" heard first-hand: “{first_words(voice.words, _SHORT)}”"
    if not voice.decision:
        return line(Person(voice.said_by), heard)
    decision = first_words(voice.decision, _SHORT)
    return line(Person(voice.said_by), f"{heard} To decide: ", Bold(decision))


def _trend_line(trend: Trend) -> Line:
    return line(f"{trend.name}: {trend.now} this week, {trend.before} the week before.")


def _agenda(facts: Facts) -> str:
    if facts.need and not facts.need.needed_now:
        return f"what does “{facts.need.what}” need now, and who takes it?"
    if facts.voice and facts.voice.decision:
        return f"is “{first_words(facts.voice.decision, _SHORT)}” decided, and who tells them?"
    if not facts.voices:
        return "whom beyond us does one of us call before we meet again?"
    return "which of these voices asks something of us that nobody has taken up?"


def _contents(facts: Facts) -> list[str]:
    return [title for key, (title, _) in _SECTIONS.items() if getattr(facts, key)]


def _voices(facts: Facts) -> list[Block]:
    blocks: list[Block] = []
    for voice in facts.voices:
        blocks.append(Quote(voice.words, by=voice.said_by))
        if voice.decision:
            blocks.append(Note(line(f"To decide: {voice.decision}")))
    return blocks


def _wins(facts: Facts) -> list[Block]:
    return [Quote(win.words, by=win.said_by) for win in facts.wins]


def _needs(facts: Facts) -> list[Block]:
    return [Bullets(tuple(need_line(need) for need in facts.needs))]


_SECTIONS: dict[str, tuple[str, Callable[[Facts], list[Block]]]] = {
    "voices": ("Voices heard", _voices),
    "wins": ("What moved", _wins),
    "needs": ("Breakdowns", _needs),
}
