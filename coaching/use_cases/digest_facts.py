"""What a digest may say: a team's records since the last one, as its rules read them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import dropwhile, groupby
from zoneinfo import ZoneInfo

from coaching.answer import Answer
from coaching.breakdown import Breakdown
from coaching.catalogue import Catalogue
from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.practice import Audience, Feeds, Practice, Question, QuestionType
from coaching.preview import preview
from coaching.round import Round, RoundState
from coaching.team import Chosen, Role, Team
from coaching.trend import days_up_to
from coaching.use_cases.be_discreet import is_hidden
from coaching.use_cases.said_and_done import gaps
from coaching.use_cases.team_purpose import purpose_of
from coaching.voice import Voice, VoiceState
from insights import digest as told

__all__ = ["WEEKLY", "facts_of"]

_WEEK = timedelta(days=7)
_REPLAYED_AFTER = timedelta(weeks=12)
_LONGEST_ROUND = timedelta(days=31)
_WEEKS_SHOWN = 12
_WRITTEN = {QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT, QuestionType.STATEMENT}
_SPEAK_FOR_THEMSELVES = {Feeds.VOICES, Feeds.WINS}
WEEKLY = {
    "voices_weekly": ("Outside voices heard", "voices_outside"),
    "breakdowns_logged_weekly": ("Breakdowns logged", "breakdowns_logged"),
    "breakdowns_closed_weekly": ("Breakdowns closed", "breakdowns_closed"),
}
"""The trends of which a change may lead: by key the name and the figure."""


def facts_of(
    uow: UnitOfWork,
    team: Team,
    catalogue: Catalogue,
    since: datetime,
    now: datetime,
    told_lately: frozenset[str],
) -> told.Facts | None:
    """What the digest of the time from `since` to `now` says; None when nothing changed."""
    known = _Known(uow, team, ZoneInfo(team.timezone), since, now)
    heard = known.voices()
    outside = [one.heard_at for one in heard if one.outside]
    followed = [one for one in heard if one.heard_at <= since and _within(one.settled_at, known)]
    return told.choose(
        today=known.today,
        voices=known.told_of([one for one in heard if one.heard_at > since]),
        followed=known.told_of(followed),
        wins=known.wins(),
        needs=known.needs(),
        last_voice_on=known.day(max(outside)) if outside else None,
        gaps=gaps(uow, team, known.today),
        weekly=list(known.weekly()),
        replays=list(known.replays()),
        asked=known.asked(catalogue),
        told=told_lately,
    )


@dataclass(frozen=True)
class _Known:
    """One team's records, read for one digest."""

    uow: UnitOfWork
    team: Team
    zone: ZoneInfo
    since: datetime
    now: datetime

    @property
    def today(self) -> date:
        return self.day(self.now)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def users(self) -> dict[str, str]:
        return {one.id: one.user for one in self.uow.members.where(team_id=self.team.id)}

    def voices(self) -> list[Voice]:
        """All voices, oldest first."""
        kept = self.uow.voices.where(team_id=self.team.id)
        return sorted(kept, key=lambda one: one.heard_at)

    def told_of(self, voices: Sequence[Voice]) -> list[told.Voice]:
        users = self.users()
        links = self._links({one.round_id for one in voices})
        return [
            replace(
                _told(one, users[one.heard_by], self.day(one.heard_at)),
                channel=links.get(one.round_id, ("", ""))[0],
                message=links.get(one.round_id, ("", ""))[1],
            )
            for one in voices
        ]

    def _links(self, round_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Where the summaries of these rounds stand that have their words in the channel."""
        shown = [
            one.id
            for one in self.uow.rounds.where(id=list(round_ids))
            if not is_hidden(self.team, one)
        ]
        posts = self.uow.deliveries.where(kind=DeliveryKind.SUMMARY, subject=shown, update_of=None)
        return {
            one.subject: (one.channel, one.message) for one in posts if one.channel and one.message
        }

    def wins(self) -> list[told.Win]:
        """What moved since, oldest first."""
        rounds = self.uow.rounds.where(team_id=self.team.id)
        ids = [one.id for one in rounds if one.practice.feeds is Feeds.WINS]
        users = self.users()
        return [
            told.Win(f"win:{one.id}", users[one.member_id], str(one.values["moved"]))
            for one in sorted(self.uow.answers.where(round_id=ids), key=lambda one: one.answered_at)
            if "moved" in one.values and one.answered_at > self.since
        ]

    def needs(self) -> list[told.Need]:
        """What is not closed, oldest first."""
        there = self.uow.breakdowns.where(team_id=self.team.id, closed_at=None)
        return [self._need(one) for one in sorted(there, key=lambda one: one.logged_at)]

    def _need(self, breakdown: Breakdown) -> told.Need:
        by = breakdown.needed_by
        settled = breakdown.settled_at is not None
        return told.Need(
            key=f"need:{breakdown.id}:{'settled' if settled else 'open'}",
            what=breakdown.what,
            logged_on=self.day(breakdown.logged_at),
            needed_now=breakdown.needed_now,
            owner=breakdown.owner,
            by=by,
            overdue=settled and by is not None and by < self.today,
        )

    def weekly(self) -> Iterator[told.Weekly]:
        """The last sevens of days, from the first on in which there was anything to count."""
        periods = days_up_to(self.today, self.zone, _WEEKS_SHOWN)
        figures = self.uow.trends.of(self.team.id, periods)
        for key, (name, figure) in WEEKLY.items():
            counts = [getattr(one, figure) for one in figures]
            points = zip((one.first for one in periods), counts, strict=True)
            begun = tuple(dropwhile(lambda point: not point[1], points))
            yield told.Weekly(key, name, begun)

    def replays(self) -> Iterator[told.Replay]:
        """What was written twelve weeks before, with a name to it, for the whole team to read."""
        first, last = self.since - _REPLAYED_AFTER, self.now - _REPLAYED_AFTER
        rounds = {
            one.id: one.practice
            for one in self.uow.rounds.where(team_id=self.team.id, state=RoundState.CLOSED)
            if _is_for_all(one) and _may_hold(one, first, last)
        }
        users = {
            one.id: one.user for one in self.uow.members.where(team_id=self.team.id, active=True)
        }
        for answer in self.uow.answers.where(round_id=list(rounds), member_id=list(users)):
            if first < answer.answered_at <= last:
                on = self.day(answer.answered_at)
                for question, words in _sentences(rounds[answer.round_id], answer):
                    who, key = users[answer.member_id], f"replay:{answer.id}:{question.key}"
                    feeds = rounds[answer.round_id].feeds
                    asked = "" if feeds in _SPEAK_FOR_THEMSELVES else question.text
                    heard = feeds is Feeds.VOICES
                    yield told.Replay(key, who, words, on, asked, heard)

    def asked(self, catalogue: Catalogue) -> list[told.Asked]:
        """What everybody on the team is asked in the next seven days."""
        members = self.uow.members.where(team_id=self.team.id, active=True)
        leaders = [one for one in members if one.role in (Role.LEADER, Role.LEAD)]
        if not leaders:
            return []
        anybody = replace(
            *leaders[:1],
            user="",
            timezone=None,
            away=(),
            paused_until=None,
            opted_out=False,
            chosen=Chosen(),
        )
        cadences = self.uow.cadences.where(team_id=self.team.id)
        coming = preview(
            self.team,
            cadences,
            members,
            catalogue,
            anybody,
            self.now,
            self.now + _WEEK,
            purpose=purpose_of(self.uow, self.team.id) is not None,
        )
        days = [(self.day(one.at), one.practices) for one in coming if not one.reminder]
        return [
            told.Asked(on, tuple(dict.fromkeys(_names(one for _, one in group))))
            for on, group in groupby(days, key=lambda pair: pair[0])
        ]


def _names(sittings: Iterable[Sequence[Practice]]) -> Iterator[str]:
    for practices in sittings:
        yield from (one.name for one in practices)


def _told(voice: Voice, user: str, on: date) -> told.Voice:
    ended = voice.state in (VoiceState.CHANGED, VoiceState.UNCHANGED)
    return told.Voice(
        key=f"voice:{voice.id}:{voice.state}" if ended else f"voice:{voice.id}",
        said_by=user,
        words=voice.words,
        decision=voice.decision,
        on=on,
        state=str(voice.state),
        told=voice.told,
        why=voice.why,
        owner=voice.owner,
        by=voice.by,
        outside=voice.outside,
    )


def _within(moment: datetime | None, known: _Known) -> bool:
    return moment is not None and known.since < moment <= known.now


def _is_for_all(round_: Round) -> bool:
    """Whether the whole team read what was written to it, with names."""
    practice = round_.practice
    return practice.visibility.named and practice.audience is Audience.EVERYONE


def _may_hold(round_: Round, first: datetime, last: datetime) -> bool:
    """Whether answers of that time may be in it: a round is open for a month at most."""
    opened = round_.opened_at
    return opened is not None and first - _LONGEST_ROUND < opened <= last


def _sentences(practice: Practice, answer: Answer) -> Iterator[tuple[Question, str]]:
    for question in practice.shown:
        if question.type in _WRITTEN and question.key in answer.values:
            yield question, str(answer.values[question.key]).strip()
