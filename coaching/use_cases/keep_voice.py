"""The register of voices: an entry for each that was told, however it was told, and told again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.answer import Value
from coaching.catalogue import load_catalogue, practice_that_feeds
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Practice
from coaching.round import Round
from coaching.stakeholder import Stakeholder, folded
from coaching.team import Member, Team
from coaching.use_cases.entry_changes import OWNER, day_in_words, record_change
from coaching.use_cases.follow_through import ask_only_on
from coaching.use_cases.follow_up import Entry, ask_on, say_follow_ups_anew, stop_following_up
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.rounds_of_their_own import begin_round
from coaching.voice import Voice, VoiceState

__all__ = [
    "TIME_TO_CHANGE",
    "YOURS",
    "keep_told_voice",
    "keep_voice",
    "save_voice",
    "stand_for",
    "today_in",
]

TIME_TO_CHANGE = timedelta(weeks=3)
"""How long a decision has to change where nobody names a day."""

YOURS = "yours"
"""What a message is about that tells somebody of a decision that was given to them."""

_TAKEN_OUT = "the voice was taken out"
_NOTHING_TO_ASK = "nothing to ask of it any more"


def keep_voice(
    uow: UnitOfWork,
    round_: Round,
    member: Member,
    values: dict[str, Value],
    now: datetime,
    *,
    by: str | None = None,
) -> Voice | None:
    """The entry for what a member told in a round: a new one, or the old one as it is told now.

    None where nothing of a voice is told (any more). `by`: the platform's id of who tells it now,
    if not the member.
    """
    before = uow.voices.one(round_id=round_.id, heard_by=member.id)
    words = values.get("heard")
    if not isinstance(words, str) or not words:
        if before is not None:
            _take_out(uow, before, now)
        return None
    team = uow.teams.get(member.team_id)
    voice = before or Voice(
        new_id(), uow.workspace_id, team.id, round_.id, member.id, now, words=words
    )
    met = _stakeholder_in(uow, team, values)
    told = replace(
        _decided(voice, values, member.user, today_in(team, now)),
        words=words,
        stakeholder_id=met.id if met else None,
        outside=met is None or met.outside is not False,
    )
    if before is None:
        uow.voices.add(told)
    _meet(uow, met, today_in(team, told.heard_at))
    save_voice(uow, before, told, by or member.user, now)
    return told


def keep_told_voice(
    uow: UnitOfWork,
    team: Team,
    member: Member,
    words: str,
    now: datetime,
    *,
    stakeholder_id: str | None = None,
    outside: bool = True,
    decision: str = "",
) -> Voice:
    """Keep what was heard on a visit as the member's answer in a round of their own.

    `outside` is for a voice of nobody on the map, and where the map does not say.
    """
    round_ = begin_round(uow, _practice(uow, team), member, f"told/{new_id()}", now, ends=True)
    met = uow.stakeholders.get(stakeholder_id) if stakeholder_id else None
    values: dict[str, Value] = {"heard": words}
    values |= {"who": [met.name]} if met else {}
    values |= {"decision": decision} if decision else {}
    put_answer(uow, round_, member, values, now)
    kept = keep_voice(uow, round_, member, values, now)
    assert kept is not None, "a voice has words"
    said = met.outside if met else None
    told = replace(kept, stakeholder_id=stakeholder_id, outside=outside if said is None else said)
    uow.voices.save(told)
    return told


def save_voice(uow: UnitOfWork, before: Voice | None, voice: Voice, by: str, now: datetime) -> None:
    """Keep an entry as it now is, who changed what (`before` None: it is new), and what is asked.

    Who is given a decision by somebody else is told of it.
    """
    uow.voices.save(voice)
    if before is not None:
        for what in _changes(before, voice):
            record_change(uow, voice.team_id, voice.id, by, what, now)
    _keep_answer_true(uow, voice)
    if before is None or _asked(before) != _asked(voice):
        stop_following_up(uow, voice.id, _NOTHING_TO_ASK)
        team = uow.teams.get(voice.team_id)
        if (asked := _asked(voice)) is not None:
            owner, on = asked
            ask_only_on(uow, team, owner, Entry.VOICE, voice.id, on, now)
            if owner != by and (before is None or before.owner != owner):
                ask_on(uow, team, owner, Entry.VOICE, voice.id, today_in(team, now), now, YOURS)
    say_follow_ups_anew(uow, voice.id, now)


def stand_for(uow: UnitOfWork, stakeholder_id: str | None) -> Stakeholder | None:
    """Who stands on the map for a stakeholder: they, or with whom they were merged."""
    seen: set[str] = set()
    while stakeholder_id and stakeholder_id not in seen:
        seen.add(stakeholder_id)
        found: Stakeholder | None = uow.stakeholders.one(id=stakeholder_id)
        if found is None or found.merged_into is None:
            return found
        stakeholder_id = found.merged_into
    return None


def today_in(team: Team, now: datetime) -> date:
    """The day by the team's calendar."""
    return now.astimezone(ZoneInfo(team.timezone)).date()


def _decided(voice: Voice, values: dict[str, Value], teller: str, today: date) -> Voice:
    """The voice with the decision that it is to change, or with none."""
    decision = str(values.get("decision", ""))
    if not decision:
        nothing = replace(voice, decision="", owner=None, by=None, told=None, why="")
        return replace(nothing, state=VoiceState.HEARD, settled_at=None)
    owner, by = values.get("owner"), values.get("by")
    opened = voice if voice.decision else replace(voice, state=VoiceState.OPEN)
    return replace(
        opened,
        decision=decision,
        owner=str(owner) if owner else voice.owner or teller,
        by=date.fromisoformat(str(by)) if by else voice.by or today + TIME_TO_CHANGE,
    )


def _stakeholder_in(uow: UnitOfWork, team: Team, values: dict[str, Value]) -> Stakeholder | None:
    """The first on the team's map whom an answer names."""
    named = values.get("who")
    for name in named if isinstance(named, list) else ():
        there = uow.stakeholders.one(team_id=team.id, key=folded(name))
        met = stand_for(uow, there.id) if there else None
        if met is not None and met.on_map:
            return met
    return None


def _meet(uow: UnitOfWork, met: Stakeholder | None, on: date) -> None:
    if met is not None and (met.met_on is None or met.met_on < on):
        uow.stakeholders.save(replace(met, met_on=on))


def _take_out(uow: UnitOfWork, voice: Voice, now: datetime) -> None:
    """Forget it, with what was noted of it: nothing stays of words that were taken back."""
    stop_following_up(uow, voice.id, _TAKEN_OUT)
    uow.voices.remove(voice.id)
    for change in uow.entry_changes.where(entry_id=voice.id):
        uow.entry_changes.remove(change.id)
    say_follow_ups_anew(uow, voice.id, now)


def _asked(voice: Voice) -> tuple[str, date] | None:
    """Who is asked whether the decision changed, and when; None where nobody is."""
    if voice.state is not VoiceState.OPEN or voice.owner is None or voice.by is None:
        return None
    return voice.owner, voice.by


def _keep_answer_true(uow: UnitOfWork, voice: Voice) -> None:
    """Have the answer say of owner and day what the entry says, where it says anything."""
    answer = uow.answers.one(round_id=voice.round_id, member_id=voice.heard_by)
    if answer is None:
        return
    known = {"owner": voice.owner, "by": voice.by.isoformat() if voice.by else None}
    values = dict(answer.values)
    for key, value in known.items():
        if key in values and value:
            values[key] = value
    if values != answer.values:
        uow.answers.save(replace(answer, values=values))


def _changes(before: Voice, after: Voice) -> Iterator[str]:
    """What is different, a sentence each."""
    if before.words != after.words:
        yield "the words"
    if before.stakeholder_id != after.stakeholder_id:
        yield "who it was"
    if before.decision != after.decision:
        yield "the decision" if after.decision else "took the decision out"
    if after.owner and before.owner != after.owner:
        yield f"{OWNER}{after.owner}"
    if after.by and before.by != after.by:
        was = f", was {day_in_words(before.by)}" if before.by else ""
        yield f"date: {day_in_words(after.by)}{was}"
    if after.decision and before.state is not after.state:
        yield _BECAME[after.state]
    if before.told is not after.told and after.told is not None:
        yield "they were told" if after.told else "not told yet"


_BECAME = {
    VoiceState.HEARD: "asks for no decision",
    VoiceState.OPEN: "open",
    VoiceState.CHANGED: "it changed",
    VoiceState.UNCHANGED: "it stands",
}


def _practice(uow: UnitOfWork, team: Team) -> Practice:
    """The practice in which the team tells of voices, as it was asked last; else the packaged."""
    told = uow.voices.where(team_id=team.id)
    if told:
        return uow.rounds.get(told[-1].round_id).practice
    return practice_that_feeds(load_catalogue(), Feeds.VOICES)
