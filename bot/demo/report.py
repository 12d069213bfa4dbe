"""What a run came to: what people did and saw, beside what was kept."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from typing_extensions import override

from bot.demo.audit import Audit, Findings
from bot.demo.invitations import reminded, reminded_after_end
from bot.demo.ledger import Ledger
from bot.demo.posts import carried_by
from bot.demo.stage import Stage
from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.invite import Invite
from coaching.ports import UnitOfWork
from coaching.round import Round, RoundState
from coaching.use_cases.keep_anonymous import is_anonymous
from coaching.voice import Voice, VoiceState

__all__ = [
    "BUDGET",
    "ErrorCount",
    "Report",
    "after_answer",
    "duplicated",
    "errors_counted",
    "lost",
    "take_stock",
    "team_parts",
    "worst_of",
]

BUDGET = 3
"""How many messages a week may come to a person unasked."""

_UNENDED = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a run.

    From the store: rounds, answers stored, breakdowns, voices, purposes. The rest was seen.
    `rounds_*` are occurrences of cadences. `deliveries_duplicated`: ids that several messages
    carry, and prompts of one sitting that somebody got again. `deliveries_lost`: what the store
    calls sent and no message carries, and what is due and has come to no end. `answers_*`: one for
    each person and practice; of what is anonymous, one for each form that was sent. `errors`:
    errors logged, calls of the API refused, people left without an answer or with a form that was
    refused though it was filled in. The last five are counted by `bot.demo.audit`.
    """

    weeks: int
    seed: int
    rounds_opened: int
    rounds_closed: int
    rounds_skipped: int
    deliveries_sent: int
    deliveries_duplicated: int
    deliveries_lost: int
    answers_submitted: int
    answers_stored: int
    reminders_sent: int
    reminders_after_answer: int
    breakdowns_logged: int
    breakdowns_settled: int
    digests_posted: int
    invites_reminded: int
    invites_reminded_after_end: int
    voices_logged: int
    voices_changed_decision: int
    purpose_versions: int
    errors: int
    per_person_week_max: int
    in_quiet_hours: int
    on_holiday: int
    while_away: int
    wrong_local_time: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, said twice, said too late, too often or at a wrong time."""
        wrong = (
            self.deliveries_duplicated,
            self.deliveries_lost,
            self.reminders_after_answer,
            self.invites_reminded_after_end,
            self.answers_submitted - self.answers_stored,
            self.errors,
            self.in_quiet_hours,
            self.on_holiday,
            self.while_away,
            self.wrong_local_time,
        )
        return not any(wrong) and self.per_person_week_max <= BUDGET

    def as_json(self) -> dict[str, int]:
        """One JSON object."""
        return asdict(self)


def worst_of(reports: Sequence[Report]) -> Report:
    """The figures of several runs: all that is counted added up, and of each maximum the greatest.

    A fault of one run is a fault of them all.
    """
    figures = {
        one.name: sum(getattr(report, one.name) for report in reports) for one in fields(Report)
    }
    same = {"weeks": reports[0].weeks, "seed": reports[0].seed}
    most = max(report.per_person_week_max for report in reports)
    return Report(**figures | same | {"per_person_week_max": most})


async def team_parts(stage: Stage, audit: Audit) -> dict[str, dict[str, int]]:
    """What can be told of each team alone, by its name: its rounds, and what the audit found.

    What came to somebody of several teams is told of each of them.
    """

    def rounds_of(uow: UnitOfWork) -> dict[str, Counter[RoundState]]:
        return {
            team.name: Counter(
                one.state for one in uow.rounds.where(team_id=team.id) if one.cadence_id
            )
            for team in uow.teams.where()
        }

    states = await stage.bot.store.read(stage.bot.workspace.id, rounds_of)
    return {
        team.name: {
            "rounds_opened": _opened(states[team.name]),
            "rounds_closed": states[team.name][RoundState.CLOSED],
            "rounds_skipped": states[team.name][RoundState.SKIPPED],
            "digests_posted": audit.digests(team.key),
            **asdict(audit.findings(team.key)),
        }
        for team in stage.scene.teams
    }


@contextmanager
def errors_counted() -> Iterator["ErrorCount"]:
    """Count the errors that are logged meanwhile."""
    handler = ErrorCount()
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)


class ErrorCount(logging.Handler):
    """Counts what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Count the record."""
        self.count += 1


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store has."""

    rounds: list[Round]
    deliveries: list[Delivery]
    answers: int
    anonymous: set[str]
    """The ids of rounds that keep no names."""
    breakdowns: int
    settled: int
    invites: dict[str, Invite]
    voices: list[Voice]
    purposes: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands in the workspace: the ids that messages carry, with a `ts` for each message."""

    carried: list[tuple[str, float]]
    refused_calls: int
    unanswered: int


async def take_stock(stage: Stage, findings: Findings, weeks: int, seed: int) -> Report:
    """The report of a run that is over. Errors that were logged are not in it."""
    kept = await stage.bot.store.read(stage.bot.workspace.id, _kept)
    seen = await _look(stage)
    posts = {one.id: one for one in kept.deliveries if one.update_of is None}
    carried = [(posts[id_], ts) for id_, ts in seen.carried if id_ in posts]
    states = Counter(round_.state for round_ in kept.rounds)
    kinds = Counter(post.kind for post, _ in carried)
    return Report(
        weeks=weeks,
        seed=seed,
        rounds_opened=_opened(states),
        rounds_closed=states[RoundState.CLOSED],
        rounds_skipped=states[RoundState.SKIPPED],
        deliveries_sent=len({id_ for id_, _ in seen.carried}),
        deliveries_duplicated=duplicated(seen.carried, carried),
        deliveries_lost=lost(kept.deliveries, {id_ for id_, _ in seen.carried}, stage.clock.now()),
        answers_submitted=stage.ledger.submitted(kept.anonymous),
        answers_stored=kept.answers + len(stage.ledger.senders),
        reminders_sent=kinds[DeliveryKind.REMINDER],
        reminders_after_answer=after_answer(carried, stage.ledger),
        breakdowns_logged=kept.breakdowns,
        breakdowns_settled=kept.settled,
        digests_posted=kinds[DeliveryKind.DIGEST],
        invites_reminded=len(reminded(carried)),
        invites_reminded_after_end=reminded_after_end(carried, kept.invites),
        voices_logged=len(kept.voices),
        voices_changed_decision=sum(one.state is VoiceState.CHANGED for one in kept.voices),
        purpose_versions=kept.purposes,
        errors=seen.refused_calls + seen.unanswered + stage.ledger.refused,
        **asdict(findings),
    )


def _opened(states: Counter[RoundState]) -> int:
    return states[RoundState.OPEN] + states[RoundState.CLOSED]


def _kept(uow: UnitOfWork) -> _Kept:
    breakdowns = uow.breakdowns.where()
    members = [member.id for member in uow.members.where()]
    return _Kept(
        rounds=[round_ for round_ in uow.rounds.where() if round_.cadence_id],
        deliveries=uow.deliveries.where(),
        anonymous={round_.id for round_ in uow.rounds.where() if is_anonymous(round_)},
        answers=len(uow.answers.where(member_id=members)),
        breakdowns=len(breakdowns),
        settled=sum(one.settled_at is not None for one in breakdowns),
        invites={one.id: one for one in uow.invites.where()},
        voices=uow.voices.where(),
        purposes=len(uow.purposes.where()),
    )


async def _look(stage: Stage) -> _Seen:
    messages = await stage.control.messages()
    calls = await stage.control.calls()
    sent_to_app = await stage.control.events()
    return _Seen(
        carried=[(carried_by(one), float(one["ts"])) for one in messages if carried_by(one)],
        refused_calls=sum(call["outcome"] not in ("ok", "ratelimited") for call in calls),
        unanswered=sum(not entry["acked"] for entry in sent_to_app),
    )


def duplicated(
    carried: Iterable[tuple[str, float]], posts: Iterable[tuple[Delivery, float]]
) -> int:
    """How many things were said twice: ids in several messages, sittings asked anew of somebody."""
    ids = Counter(id_ for id_, _ in carried)
    prompts = Counter(
        (post.addressee_id, post.subject) for post, _ in posts if post.kind is DeliveryKind.PROMPT
    )
    twice = sum(count > 1 for count in ids.values())
    same_prompt_anew = sum(count - 1 for count in prompts.values())
    # A prompt that carries one id twice is in both: once is enough.
    return max(twice, same_prompt_anew)


def lost(deliveries: Iterable[Delivery], carried: set[str], now: datetime) -> int:
    """How many posts no message carries though they are called sent, and how much has no end."""
    missing = sum(
        one.state is DeliveryState.SENT and one.update_of is None and one.id not in carried
        for one in deliveries
    )
    unended = sum(one.state in _UNENDED and one.due_at <= now for one in deliveries)
    return missing + unended


def after_answer(posts: Iterable[tuple[Delivery, float]], ledger: Ledger) -> int:
    """How many reminders stand behind an accepted answer of the same person to the same sitting."""
    count = 0
    for post, ts in posts:
        answered = ledger.answered_at.get((post.addressee_id, post.subject))
        reminded = datetime.fromtimestamp(ts, UTC)
        if post.kind is DeliveryKind.REMINDER and answered is not None:
            count += reminded > answered
    return count
