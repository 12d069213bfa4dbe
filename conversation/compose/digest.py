"""The weekly digest: a parent that leads with three facts at most, and its thread."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.delivery import Delivery
from coaching.digest import Digest
from coaching.ports import UnitOfWork
from coaching.team import Team
from coaching.use_cases.be_discreet import hidden_facts
from coaching.use_cases.see_digest import LatestDigest
from conversation.compose.confidence import READ, instead
from conversation.compose.phrases import and_list, day, first_words
from conversation.compose.veiled import VEILED_WIN, counted_of, veiled_need, veiled_voice
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
from insights.digest import Facts, Need, Trend, Voice, Win

__all__ = ["digest", "digest_in_full", "latest", "section", "section_in_full"]

_TITLE = "What stands out this week"
_SILENT = "the digest says nothing"
_SHORT = 200
_FEW = 5
"""How many entries of a section are shown with the rest of a digest."""


def digest(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """The parent: what leads, and one item for the next agenda."""
    written = uow.digests.get(delivery.subject)
    if written.facts is None:
        return written.reason
    team = uow.teams.get(written.team_id)
    hidden = hidden_facts(uow, team, written.facts)
    said = _parent(written, written.facts, team, hidden)
    leading = {one.key for one in _led_by(written.facts)}
    if not leading & hidden:
        return said
    return replace(said, blocks=(*said.blocks, *instead(delivery.kind, written.id)))


def digest_in_full(written: Digest, team: Team) -> Message | str:
    """The same as those on the team read it."""
    return written.reason if written.facts is None else _parent(written, written.facts, team)


def _parent(
    written: Digest, facts: Facts, team: Team, hidden: frozenset[str] = frozenset()
) -> Message:
    since = written.since.astimezone(ZoneInfo(team.timezone)).date()
    item = _agenda(facts, hidden)
    contents = [title.lower() for title in _contents(facts)]
    blocks: list[Block] = [
        Heading(_TITLE),
        Bullets(tuple(_leading(facts, hidden))),
        Paragraph(line(Bold("For the agenda: "), item)),
        Note(line(f"Since {day(since)}. In the thread: {and_list(contents)}.")),
    ]
    return Message(f"{_TITLE}, for {team.name}. For the agenda: {item}", tuple(blocks))


def section(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """One reply of the thread."""
    written = uow.digests.get(delivery.subject)
    if written.facts is None:
        return _SILENT
    hidden = hidden_facts(uow, uow.teams.get(written.team_id), written.facts)
    concerned = [one for one in getattr(written.facts, delivery.detail) if one.key in hidden]
    if not concerned:
        return section_in_full(written, delivery.detail)
    title, blocks = _SECTIONS[delivery.detail]
    shown = blocks(_without(written.facts, hidden))
    counted = Paragraph(line(counted_of(delivery.detail, concerned, beside=bool(shown))))
    rest = instead(delivery.kind, written.id, delivery.detail)
    return Message(f"{title}, this week.", (Heading(title), *shown, counted, *rest))


def section_in_full(written: Digest, key: str) -> Message | str:
    """The same as those on the team read it. Raises KeyError where a digest has no such section."""
    title, blocks = _SECTIONS[key]
    if written.facts is None:
        return _SILENT
    return Message(f"{title}, this week.", (Heading(title), *blocks(written.facts)))


def _without(facts: Facts, hidden: frozenset[str]) -> Facts:
    return replace(
        facts,
        voices=tuple(one for one in facts.voices if one.key not in hidden),
        wins=tuple(one for one in facts.wins if one.key not in hidden),
        needs=tuple(one for one in facts.needs if one.key not in hidden),
    )


def latest(found: LatestDigest) -> Message:
    """The latest digest, parent and thread in one and shortened; or why there is none."""
    zone = ZoneInfo(found.team.timezone)
    after: list[str] = []
    if found.silent is not None:
        on = day(found.silent.written_at.astimezone(zone).date())
        after.append(f"On {on} there was none: {found.silent.reason}.")
    if found.next_on is not None:
        after.append(f"The next one is due on {day(found.next_on)}.")
    if found.digest is None or found.digest.facts is None:
        sentence = " ".join((f"{found.team.name} has had no digest yet.", *after))
        return Message(sentence, (Paragraph(line(sentence)),))
    parent = _parent(found.digest, found.digest.facts, found.team)
    written_on = day(found.digest.written_at.astimezone(zone).date())
    head = Note(line(f"{found.team.name} · {written_on} · only you see this"))
    thread = _in_short(found.digest.facts, found.team)
    notes = (Note(line(one)) for one in after)
    return Message(parent.text, (head, *parent.blocks, *thread, *notes))


def _in_short(facts: Facts, team: Team) -> Iterator[Block]:
    """The thread: each section with its latest entries, their words shortened."""
    voices = [replace(one, words=first_words(one.words, _SHORT)) for one in facts.voices[-_FEW:]]
    wins = [replace(one, words=first_words(one.words, _SHORT)) for one in facts.wins[-_FEW:]]
    few = replace(facts, voices=tuple(voices), wins=tuple(wins), needs=tuple(facts.needs[-_FEW:]))
    for key in _contents_of(facts):
        title, blocks = _SECTIONS[key]
        yield Heading(title)
        yield from blocks(few)
        if (more := len(getattr(facts, key)) - _FEW) > 0:
            where = f"behind “{READ}” in the channel" if team.discreet else "in the channel"
            yield Note(line(f"{more} more {'stands' if more == 1 else 'stand'} {where}."))


def need_line(need: Need) -> Line:
    """A breakdown in one line: since when, and what is needed, by whom and when."""
    since: tuple[Span, ...] = (f"Since {day(need.logged_on)}: ", Bold(need.what), ". ")
    if need.owner is None or need.by is None:
        return (*since, Italic("What's needed now?"), " is still open.")
    needed = first_words(need.needed_now, _SHORT).removesuffix(".")
    return (*since, f"Needed now: {needed} (", Person(need.owner), f", by {day(need.by)}).")


def _led_by(facts: Facts) -> list[Voice | Need | Win]:
    """What leads that people wrote: without any, the latest of what moved does."""
    led = [one for one in (facts.voice, facts.need) if one is not None]
    return [*led] or [*facts.wins[-1:]]


def _leading(facts: Facts, hidden: frozenset[str]) -> list[Line]:
    lines: list[Line] = []
    if facts.voice:
        veiled = facts.voice.key in hidden
        lines.append(veiled_voice(facts.voice) if veiled else _voice_line(facts.voice))
    elif facts.days_without_voice:
        lines.append(line(f"No outside voice was heard for {facts.days_without_voice} days."))
    if facts.need:
        veiled = facts.need.key in hidden
        lines.append(veiled_need(facts.need) if veiled else need_line(facts.need))
    if facts.trend:
        lines.append(_trend_line(facts.trend))
    if not lines and facts.wins:
        win = facts.wins[-1]
        words = line(Person(win.said_by), f": “{first_words(win.words, _SHORT)}”")
        lines.append(VEILED_WIN if win.key in hidden else words)
    return lines


def _voice_line(voice: Voice) -> Line:
    heard = f" heard first-hand: “{first_words(voice.words, _SHORT)}”"
    if not voice.decision:
        return line(Person(voice.said_by), heard)
    decision = first_words(voice.decision, _SHORT)
    return line(Person(voice.said_by), f"{heard} To decide: ", Bold(decision))


def _trend_line(trend: Trend) -> Line:
    return line(f"{trend.name}: {trend.now} this week, {trend.before} the week before.")


def _agenda(facts: Facts, hidden: frozenset[str]) -> str:
    if facts.need and not facts.need.needed_now:
        veiled = facts.need.key in hidden
        what = "the breakdown that is open longest" if veiled else f"“{facts.need.what}”"
        return f"what does {what} need now, and who takes it?"
    if facts.voice and facts.voice.decision:
        decision = f"“{first_words(facts.voice.decision, _SHORT)}”"
        what = "what that voice asks for" if facts.voice.key in hidden else decision
        return f"is {what} decided, and who tells them?"
    if not facts.voices:
        return "whom beyond us does one of us call before we meet again?"
    return "which of these voices asks something of us that nobody has taken up?"


def _contents(facts: Facts) -> list[str]:
    return [_SECTIONS[key][0] for key in _contents_of(facts)]


def _contents_of(facts: Facts) -> list[str]:
    return [key for key in _SECTIONS if getattr(facts, key)]


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
    lines = tuple(need_line(need) for need in facts.needs)
    return [Bullets(lines)] if lines else []


_SECTIONS: dict[str, tuple[str, Callable[[Facts], list[Block]]]] = {
    "voices": ("Voices heard", _voices),
    "wins": ("What moved", _wins),
    "needs": ("Breakdowns", _needs),
}
