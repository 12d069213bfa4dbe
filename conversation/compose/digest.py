"""The weekly digest: a parent that leads with three facts at most, and its thread."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.delivery import Delivery, DeliveryKind
from coaching.digest import Digest
from coaching.ports import UnitOfWork
from coaching.team import Team
from coaching.use_cases.be_discreet import hidden_facts
from coaching.use_cases.see_digest import LatestDigest
from conversation.compose.confidence import READ, instead
from conversation.compose.digest_facts import SHORT, agenda, leading, led_by, replay_line
from conversation.compose.digest_thread import TITLES, counted, shown
from conversation.compose.phrases import and_list, day, first_words
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Heading,
    Message,
    Note,
    Paragraph,
    line,
)
from insights.digest import Facts

__all__ = ["digest", "digest_in_full", "in_channel", "latest", "section", "section_in_full"]

_TITLE = "What stands out this week"
_SILENT = "the digest says nothing"
_FEW = 5
"""How many entries of a section are shown with the rest of a digest."""


def digest(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """The parent: what leads, and one item for the next agenda."""
    written = uow.digests.get(delivery.subject)
    return written.reason if written.facts is None else _shown(uow, written, written.facts)


def in_channel(uow: UnitOfWork, written: Digest) -> list[Message]:
    """The parent and its thread, as they stand in the channel; none where nothing was said."""
    if written.facts is None:
        return []
    facts = written.facts
    thread = [_section(uow, written, facts, section) for section in facts.sections]
    return [_shown(uow, written, facts), *thread]


def _shown(uow: UnitOfWork, written: Digest, facts: Facts) -> Message:
    team = uow.teams.get(written.team_id)
    hidden = hidden_facts(uow, team, facts)
    said = _parent(written, facts, team, hidden)
    if not {one.key for one in led_by(facts)} & hidden:
        return said
    return replace(said, blocks=(*said.blocks, *instead(DeliveryKind.DIGEST, written.id)))


def digest_in_full(written: Digest, team: Team) -> Message | str:
    """The same as those on the team read it."""
    return written.reason if written.facts is None else _parent(written, written.facts, team)


def _parent(
    written: Digest, facts: Facts, team: Team, hidden: frozenset[str] = frozenset()
) -> Message:
    since = written.since.astimezone(ZoneInfo(team.timezone)).date()
    item = agenda(facts, hidden)
    contents = [TITLES[section].lower() for section in facts.sections]
    thread = f" In the thread: {and_list(contents)}." if contents else ""
    replayed = facts.replay if facts.replay and facts.replay.key not in hidden else None
    blocks: list[Block] = [
        Heading(_TITLE),
        Bullets(tuple(leading(facts, hidden))),
        *([Paragraph(replay_line(replayed))] if replayed else []),
        Paragraph(line(Bold("For the agenda: "), item)),
        Note(line(f"Since {day(since)}.{thread}")),
    ]
    return Message(f"{_TITLE}, for {team.name}. For the agenda: {item}", tuple(blocks))


def section(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """One reply of the thread."""
    written = uow.digests.get(delivery.subject)
    if written.facts is None:
        return _SILENT
    return _section(uow, written, written.facts, delivery.detail)


def _section(uow: UnitOfWork, written: Digest, facts: Facts, key: str) -> Message:
    hidden = hidden_facts(uow, uow.teams.get(written.team_id), facts)
    veiled = counted(facts, key, hidden)
    if not veiled:
        return _whole(facts, key)
    rest = instead(DeliveryKind.DIGEST_SECTION, written.id, key)
    blocks = (Heading(TITLES[key]), *shown(facts, key, hidden), *veiled, *rest)
    return Message(_says(key), blocks)


def section_in_full(written: Digest, key: str) -> Message | str:
    """The same as those on the team read it. Raises KeyError where a digest has no such section."""
    return _SILENT if written.facts is None else _whole(written.facts, key)


def _whole(facts: Facts, key: str) -> Message:
    return Message(_says(key), (Heading(TITLES[key]), *shown(facts, key)))


def _says(key: str) -> str:
    return f"{TITLES[key]}: what I ask you." if key == "asked" else f"{TITLES[key]}, this week."


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
    voices = [replace(one, words=first_words(one.words, SHORT)) for one in facts.voices[-_FEW:]]
    wins = [replace(one, words=first_words(one.words, SHORT)) for one in facts.wins[-_FEW:]]
    few = replace(
        facts,
        voices=tuple(voices),
        wins=tuple(wins),
        needs=tuple(facts.needs[-_FEW:]),
        followed=facts.followed[-_FEW:],
    )
    for key in facts.sections:
        yield Heading(TITLES[key])
        yield from shown(few, key)
        if (more := len(getattr(facts, key)) - _FEW) > 0:
            where = f"behind “{READ}” in the channel" if team.discreet else "in the channel"
            yield Note(line(f"{more} more {'stands' if more == 1 else 'stand'} {where}."))
