"""What came of a voice: whether the decision changed, and whether they were told; and by whom."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from coaching.errors import Refused
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.team import Member, Role, Team
from coaching.use_cases.follow_through import take_up
from coaching.use_cases.follow_up import Entry, ask_on, stop_following_up
from coaching.use_cases.keep_voice import TIME_TO_CHANGE, save_voice, today_in
from coaching.use_cases.see_voices import VoiceView, asked_next_on, see_voice
from coaching.voice import Voice, VoiceState

__all__ = ["DAY", "TOLD", "WHY", "give_new_day", "leave_voices", "say_told", "settle_voice"]

TOLD = "told"
"""What a follow-up is about that asks whether they were told."""

WHY, DAY = "why", "day"
"""The fields in which it is said why a decision stands, and until when it has time."""

_ONCE_MORE = timedelta(days=7)
_ANSWERED = "they were told"
_LEFT = "who was to say it left the team"
_NO_DECISION = "This voice asks for no decision any more, so there is nothing to settle."
_NOT_SETTLED = "Say first whether it changed: that is what they would be told."
_NOT_YOURS = (
    "Who heard this voice says what came of it, or who brings the decision about, or the team's"
    " lead or coach."
)
_NEEDS_WHY = "A few words on why it stands: they are what one would tell them."
_TOO_LONG = "Three hundred characters at most, please."
_MOST = 300
_TO_COME = "Choose a day that is still to come."


def settle_voice(
    uow: UnitOfWork, voice_id: str, user: str, state: VoiceState, now: datetime, why: str = ""
) -> VoiceView:
    """Say that the decision changed, that it stands (and `why`), or that it is open after all.

    Raises:
        Refused: it is not theirs to say, there is no decision, or it is not said why.
    """
    view = _demand(uow, voice_id, user)
    before, why = view.voice, why.strip()
    if state is VoiceState.UNCHANGED and not why:
        raise Refused(_NEEDS_WHY, {WHY: _NEEDS_WHY})
    if len(why) > _MOST:
        raise Refused(_TOO_LONG, {WHY: _TOO_LONG})
    if before.state is state and before.why == why:
        return view
    told = before.told if state is not VoiceState.OPEN and before.settled_at else None
    after = replace(before, state=state, why=why, told=told, settled_at=now)
    today = today_in(view.team, now)
    if state is VoiceState.OPEN:
        late = before.by is None or before.by <= today
        after = replace(after, settled_at=None, by=today + TIME_TO_CHANGE if late else before.by)
    save_voice(uow, before, after, user, now)
    if after.told is None and state is not VoiceState.OPEN:
        _ask_once_more(uow, view.team, after, now)
    return see_voice(uow, voice_id, user)


def say_told(uow: UnitOfWork, voice_id: str, user: str, now: datetime, *, told: bool) -> VoiceView:
    """Say whether they know what came of it. `told` ends the asking. Raises Refused."""
    view = _demand(uow, voice_id, user)
    if view.voice.settled_at is None:
        raise Refused(_NOT_SETTLED)
    if told:
        stop_following_up(uow, voice_id, _ANSWERED)
    save_voice(uow, view.voice, replace(view.voice, told=told), user, now)
    return see_voice(uow, voice_id, user)


def give_new_day(uow: UnitOfWork, voice_id: str, user: str, given: str, now: datetime) -> VoiceView:
    """Give the decision until another day, which is still to come. Raises Refused."""
    view = _demand(uow, voice_id, user)
    on = _day(given)
    if on is None or on <= today_in(view.team, now):
        raise Refused(_TO_COME, {DAY: _TO_COME})
    reopened = replace(view.voice, by=on, state=VoiceState.OPEN, why="", told=None)
    save_voice(uow, view.voice, replace(reopened, settled_at=None), user, now)
    return see_voice(uow, voice_id, user)


def leave_voices(uow: UnitOfWork, left: Member, now: datetime) -> None:
    """Give what somebody who left was to bring about to who heard it, else to the lead.

    Whoever it comes to is told once. Where nobody is left it has no owner. Who is still on the team
    keeps what they have.
    """
    if left.active:
        return
    team = uow.teams.get(left.team_id)
    for voice in uow.voices.where(team_id=left.team_id, owner=left.user):
        open_ = voice.state is VoiceState.OPEN
        if open_ or (voice.settled_at is not None and voice.told is not True):
            heir = _heir(uow, voice, left)
            after = replace(voice, owner=heir)
            save_voice(uow, voice, after, left.user, now)
            if heir and not open_ and asked_next_on(uow, voice.id) is not None:
                stop_following_up(uow, voice.id, _LEFT)
                _ask_once_more(uow, team, after, now)


def _heir(uow: UnitOfWork, voice: Voice, left: Member) -> str | None:
    author = uow.members.get(voice.heard_by)
    if author.active and author.user != left.user:
        return author.user
    lead = uow.members.one(team_id=left.team_id, role=Role.LEAD, active=True)
    return lead.user if lead else None


def _ask_once_more(uow: UnitOfWork, team: Team, voice: Voice, now: datetime) -> None:
    """Ask in a week whether they were told, unless that is said before."""
    if voice.owner and asked_next_on(uow, voice.id) is None:
        on = today_in(team, now) + _ONCE_MORE
        if not ask_on(uow, team, voice.owner, Entry.VOICE, voice.id, on, now, TOLD):
            take_up(uow, voice.owner, Entry.VOICE, voice.id, on, TOLD)


def _demand(uow: UnitOfWork, voice_id: str, user: str) -> VoiceView:
    """The voice, for who may say what came of it. Raises Refused."""
    view = see_voice(uow, voice_id, user)
    if user not in (view.voice.owner, view.heard_by.user) and not allowed(
        view.reader, Action.TEND_VOICES
    ):
        raise Refused(_NOT_YOURS)
    if not view.voice.decision:
        raise Refused(_NO_DECISION)
    return view


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
