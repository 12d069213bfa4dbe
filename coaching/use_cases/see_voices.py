"""The register of voices as its people look it up: what is open, what was heard, one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.delivery import DeliveryKind, DeliveryState
from coaching.entry_change import EntryChange
from coaching.errors import NotFound, Refused
from coaching.permissions import Action, allowed, demand
from coaching.ports import UnitOfWork
from coaching.practice import Visibility
from coaching.round import RoundState
from coaching.team import Member, Team
from coaching.use_cases.entry_changes import changes_of
from coaching.use_cases.keep_voice import stand_for
from coaching.voice import Voice, VoiceState

__all__ = [
    "ON_A_PAGE",
    "VoiceView",
    "VoicesView",
    "asked_next_on",
    "open_voices_in",
    "see_voice",
    "see_voices",
    "voice_as_it_stands",
    "voices_of",
]

ON_A_PAGE = 10

_GONE = "This voice has been taken back, so it is not here any more."
_NOT_ON_IT = "You are not on this team, so its voices are for others to read."


@dataclass(frozen=True, slots=True)
class VoiceView:
    """A voice with what belongs to it. `whom`: who was heard, "" where nobody said.

    `reader` is who looks; `asked_next_on` the day on which its owner is asked about it.
    """

    voice: Voice
    team: Team
    heard_by: Member
    whom: str
    reader: Member
    changes: tuple[EntryChange, ...] = ()
    asked_next_on: date | None = None

    @property
    def heard_on(self) -> date:
        """The day by the team's calendar."""
        return self.voice.heard_at.astimezone(ZoneInfo(self.team.timezone)).date()

    @property
    def is_theirs(self) -> bool:
        """Whether the reader heard it: the words are theirs to change."""
        return self.reader.id == self.heard_by.id

    @property
    def may_edit(self) -> bool:
        """Whether the reader may change what it asks for."""
        return self.reader.active and (self.is_theirs or allowed(self.reader, Action.TEND_VOICES))

    @property
    def may_settle(self) -> bool:
        """Whether the reader may say what came of it."""
        owns = self.reader.active and self.reader.user == self.voice.owner
        return bool(self.voice.decision) and (owns or self.may_edit)


@dataclass(frozen=True, slots=True)
class VoicesView:
    """A page of a team's register: what is open first, by its day; then the latest heard.

    `found` is how many there are of what was `sought`, `all_open` how many are open of them all.
    """

    team: Team
    voices: tuple[VoiceView, ...]
    sought: str
    start: int
    found: int
    all_open: int


def see_voices(
    uow: UnitOfWork, user: str, team_id: str, sought: str = "", start: int = 0
) -> VoicesView:
    """The page of the register that begins with the voice number `start`. Raises Refused."""
    reader = uow.members.one(team_id=team_id, user=user)
    if reader is None:
        raise Refused(_NOT_ON_IT)
    demand(reader, Action.READ_TEAM)
    known = list(_shown(uow, reader))
    wanted = sought.casefold().split()
    views = [_view(uow, voice, reader) for voice in known] if wanted else []
    found = [one.voice for one in views if _has(one, wanted)] if wanted else known
    latest = found[::-1]  # of the same moment, what was told last
    ordered = sorted(latest, key=_order)
    first = start if 0 <= start < len(ordered) else 0
    return VoicesView(
        team=uow.teams.get(team_id),
        voices=tuple(_view(uow, one, reader) for one in ordered[first : first + ON_A_PAGE]),
        sought=sought,
        start=first,
        found=len(found),
        all_open=sum(one.state is VoiceState.OPEN for one in known),
    )


def see_voice(uow: UnitOfWork, voice_id: str, user: str) -> VoiceView:
    """One voice with who changed what, for a member of its team. Raises Refused."""
    try:
        voice = uow.voices.get(voice_id)
    except NotFound:
        raise Refused(_GONE) from None
    reader = uow.members.one(team_id=voice.team_id, user=user)
    if reader is None:
        raise Refused(_NOT_ON_IT)
    demand(reader, Action.READ_TEAM)
    if _is_hidden(uow, voice, reader):
        raise Refused(_GONE)
    return _view(uow, voice, reader, in_full=True)


def voice_as_it_stands(uow: UnitOfWork, voice_id: str, user: str) -> VoiceView | None:
    """The voice as a message about it says it; None where it was taken back."""
    voice = uow.voices.one(id=voice_id)
    reader = uow.members.one(team_id=voice.team_id, user=user) if voice else None
    return _view(uow, voice, reader, in_full=True) if voice and reader else None


def voices_of(uow: UnitOfWork, user: str) -> list[Voice]:
    """The open decisions that a person is to bring about, the nearest day first."""
    teams = [member.team_id for member in uow.members.where(user=user, active=True)]
    mine = uow.voices.where(team_id=teams, owner=user, state=VoiceState.OPEN)
    return sorted(mine, key=_order)


def open_voices_in(uow: UnitOfWork, team_id: str) -> int:
    """How many voices of a team ask for a decision that is open."""
    return len(uow.voices.where(team_id=team_id, state=VoiceState.OPEN))


def asked_next_on(uow: UnitOfWork, voice_id: str) -> date | None:
    """The day on which the owner is asked about it next; None where nobody is."""
    waiting = uow.deliveries.where(
        subject=voice_id,
        kind=DeliveryKind.FOLLOW_UP,
        state=DeliveryState.PENDING,
        update_of=None,
    )
    return min((date.fromisoformat(one.detail.split(":")[1]) for one in waiting), default=None)


def _shown(uow: UnitOfWork, reader: Member) -> Iterator[Voice]:
    voices: Iterable[Voice] = uow.voices.where(team_id=reader.team_id)
    return (one for one in voices if not _is_hidden(uow, one, reader))


def _is_hidden(uow: UnitOfWork, voice: Voice, reader: Member) -> bool:
    """Whether it was told in a round that shows nothing before it closes."""
    if voice.heard_by == reader.id:
        return False
    round_ = uow.rounds.get(voice.round_id)
    at_close = round_.practice.visibility is Visibility.AT_CLOSE
    return at_close and round_.state is not RoundState.CLOSED


def _view(uow: UnitOfWork, voice: Voice, reader: Member, *, in_full: bool = False) -> VoiceView:
    return VoiceView(
        voice=voice,
        team=uow.teams.get(voice.team_id),
        heard_by=uow.members.get(voice.heard_by),
        whom=_whom(uow, voice),
        reader=reader,
        changes=tuple(reversed(changes_of(uow, voice.id))) if in_full else (),
        asked_next_on=asked_next_on(uow, voice.id) if in_full else None,
    )


def _whom(uow: UnitOfWork, voice: Voice) -> str:
    """As the map has them; else as who heard them named them."""
    met = stand_for(uow, voice.stakeholder_id)
    if met is not None:
        return met.name
    answer = uow.answers.one(round_id=voice.round_id, member_id=voice.heard_by)
    named = answer.values.get("who") if answer else None
    return ", ".join(named) if isinstance(named, list) else ""


def _has(view: VoiceView, wanted: list[str]) -> bool:
    text = f"{view.voice.words} {view.voice.decision} {view.whom}".casefold()
    return all(word in text for word in wanted)


def _order(voice: Voice) -> tuple[bool, date, float]:
    """What is open first, by its day; what has none before the rest, which is newest first."""
    is_open = voice.state is VoiceState.OPEN
    return not is_open, (voice.by or date.max) if is_open else date.max, -_since(voice.heard_at)


def _since(moment: datetime) -> float:
    return moment.timestamp()
