"""Changing a voice in its register: its words by who heard it, what it asks for by more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from coaching.answer import Value, problems_with
from coaching.catalogue import load_catalogue, practice_that_feeds
from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Practice, Question
from coaching.round import Round
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.keep_map import known_names
from coaching.use_cases.keep_voice import keep_voice
from coaching.use_cases.see_voices import VoiceView, see_voice
from coaching.voice import Voice

__all__ = ["VoiceEdit", "begin_voice_edit", "edit_voice"]

WORDS = "heard"
_ABOUT = ("who", "decision", "owner", "by")
_NOT_YOURS = "Who heard this voice changes it, or the team's lead or coach."


class VoiceEdit:
    """A voice as it stands before an edit, and what may be changed of it."""

    def __init__(self, uow: UnitOfWork, view: VoiceView, round_: Round) -> None:
        self.view = view
        self.questions = tuple(_editable(view, round_.practice))
        answer = uow.answers.one(round_id=round_.id, member_id=view.heard_by.id)
        self.given: dict[str, Value] = dict(answer.values) if answer else {}
        self.values = {**self.given, **_as_values(view.voice)}
        self.known = known_names(uow, view.team.id)


def begin_voice_edit(uow: UnitOfWork, voice_id: str, user: str) -> VoiceEdit:
    """What an edit starts from. Raises Refused."""
    view = see_voice(uow, voice_id, user)
    if not view.may_edit:
        raise Refused(_NOT_YOURS)
    return VoiceEdit(uow, view, uow.rounds.get(view.voice.round_id))


def edit_voice(
    uow: UnitOfWork,
    voice_id: str,
    user: str,
    given: Mapping[str, str],
    now: datetime,
    *,
    later: bool = False,
) -> VoiceView | None:
    """Keep it as it is told now: the voice, or None where its words were taken back.

    `later`: only who brings the decision about, and by when, as the second step asks.

    Raises:
        Refused: it is not theirs to change, or with a sentence for each field.
    """
    edit = begin_voice_edit(uow, voice_id, user)
    asked = [one for one in edit.questions if not later or one.key in {"owner", "by"}]
    view, people = edit.view, _people(uow, edit.view.team.id)
    values, wrong = problems_with(asked, given, people)
    if wrong:
        raise Refused("Some of it needs another look.", wrong)
    keys = {one.key for one in asked}
    untouched = {key: value for key, value in edit.values.items() if key not in keys}
    told = {**untouched, **values}
    if "decision" not in told:
        told = {key: value for key, value in told.items() if key not in {"owner", "by"}}
    round_ = uow.rounds.get(view.voice.round_id)
    put_answer(uow, round_, view.heard_by, told, now)
    kept = keep_voice(uow, round_, view.heard_by, told, now, by=user)
    return see_voice(uow, voice_id, user) if kept else None


def _people(uow: UnitOfWork, team_id: str) -> set[str]:
    return {one.user for one in uow.members.where(team_id=team_id, active=True)}


def _editable(view: VoiceView, practice: Practice) -> list[Question]:
    """As the practice words them; what it does not ask, as the packaged one does."""
    packaged = practice_that_feeds(load_catalogue(), Feeds.VOICES)
    keys = (WORDS, *_ABOUT) if view.is_theirs else _ABOUT
    return [_worded(practice, packaged.question(key)) for key in keys]


def _worded(practice: Practice, packaged: Question) -> Question:
    own = next((one for one in practice.questions if one.key == packaged.key), packaged)
    asked = own if own.type is packaged.type else packaged
    return replace(asked, optional=True, later=False, when=None)


def _as_values(voice: Voice) -> dict[str, Value]:
    known = {
        WORDS: voice.words,
        "decision": voice.decision,
        "owner": voice.owner or "",
        "by": voice.by.isoformat() if voice.by else "",
    }
    return {key: value for key, value in known.items() if value}
