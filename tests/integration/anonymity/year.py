"""A simulated year of a team that answers anonymously and by name in one form, and all it leaves.

Who writes what is drawn by a seeded random: words are made up, so nothing in them tells of anybody.
People come and go, some send the anonymous part empty, some press *Edit* later, and in some weeks
few answer, so that rounds wait and are pooled.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from typing_extensions import override

from coaching.delivery import DeliveryState
from coaching.ports import Store, UnitOfWork
from coaching.round import Round
from coaching.team import Role
from coaching.team_plan import WantedMember, WantedTeam
from coaching.use_cases.answer_prompt import answer_sitting, field_id, see_sitting
from coaching.use_cases.set_up_team import apply_teams
from conversation.compose import compose
from conversation.compose.forms import sitting_form
from conversation.messages import Message
from conversation.platform import Later
from storage import SqlStore
from storage.unit_of_work import SqlUnitOfWork
from tests.integration.anonymity.evidence import Snapshot, take_snapshot
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, Week, cadence

__all__ = ["WHOLE_YEAR", "Altered", "Asked", "Records", "Said", "Year", "live"]

T = TypeVar("T")
Alter = Callable[[SqlUnitOfWork], None]

ANONYMOUS, NAMED = "alignment", "early_wins"
WHOLE_YEAR = 26
"""Rounds, one every second week."""
PEOPLE = 17
_ASKED_AT_ONCE = 15
_EVERY_FOURTH = 0.35
_USUALLY = 0.9
_EMPTY = 0.3


@dataclass(frozen=True)
class Said:
    """Something that left the app: a message or a form, to whom (a user or channel) and when."""

    to: str
    at: datetime
    text: str


@dataclass
class Asked:
    """The truth about one round: who wrote which words, and who sent a form."""

    round_id: str
    opened_at: datetime
    sittings: dict[str, str]
    """By user."""
    authors: dict[str, str] = field(default_factory=dict)
    """Of words."""
    senders: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    open: Snapshot = field(default_factory=Snapshot)
    """The files shortly before the round closes."""


@dataclass
class Year:
    """The truth, and what an attacker gets."""

    rounds: list[Asked]
    members: dict[str, str]
    """Member ids by user."""
    end: Snapshot
    log: list[str]
    windows: list[tuple[str, tuple[str, ...]]]
    """Of each released result: the question and the rounds it rests on."""


class Altered:
    """A store whose units of work are altered before they are used: to leak on purpose."""

    def __init__(self, store: SqlStore, alter: Alter) -> None:
        self._store = store
        self._alter = alter

    async def run(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        def altered(uow: UnitOfWork) -> T:
            assert isinstance(uow, SqlUnitOfWork)
            self._alter(uow)
            return work(uow)

        return await self._store.run(workspace_id, altered)

    async def read(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        return await self._store.read(workspace_id, work)


class Records(logging.Handler):
    """Keeps every record of every logger, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


async def live(store: Store, file: Path, log: Records, seed: int, rounds_to_live: int) -> Year:
    """Live a year, or less of it, on `store`, which stands in `file`."""
    random = Random(seed)
    week = Week(store)
    users = [f"U{at:03}" for at in range(PEOPLE)]
    rounds: list[Asked] = []
    for number in range(rounds_to_live):
        if number % 3 == 0:
            there = users[:1] + sorted(random.sample(users[1:], _ASKED_AT_ONCE))
            plan = _plan(there)
            await week.do(lambda uow, plan=plan: apply_teams(uow, [plan], week.catalogue, week.now))  # type: ignore[misc]
        asked = await _open(week, TUESDAY_NINE + timedelta(weeks=2 * number))
        if asked is None:
            continue
        willing = _EVERY_FOURTH if number % 4 == 0 else _USUALLY
        await _answer_all(week, asked, [one for one in there if random.random() < willing], random)
        asked.open = take_snapshot(file)
        await week.until(asked.opened_at + timedelta(days=3))
        await _say_all(week, asked)
        rounds.append(asked)
    members = await week.do(lambda uow: {one.user: one.id for one in uow.members.where()})
    told = await week.do(lambda uow: [one for each in uow.releases.where() for one in each.told])
    windows = [(one.question, one.rounds) for one in told]
    return Year(rounds, members, take_snapshot(file), log.lines, windows)


def _plan(users: list[str]) -> WantedTeam:
    roles = [Role.LEAD, *[Role.LEADER] * (len(users) - 1)]
    return replace(
        PLAN,
        members=tuple(WantedMember(user, role) for user, role in zip(users, roles, strict=True)),
        cadences=tuple(
            replace(cadence(practice, "TU", time(9)), rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
            for practice in (ANONYMOUS, NAMED)
        ),
    )


async def _open(week: Week, moment: datetime) -> Asked | None:
    """Open the week's rounds; None where a holiday keeps them from coming."""
    await week.until(moment + timedelta(hours=1))  # 09:00 in winter is an hour later

    def find(uow: UnitOfWork) -> Asked | None:
        found: list[Round] = uow.rounds.where(practice_key=ANONYMOUS, state="open")
        if not found:
            return None
        users = {member.id: member.user for member in uow.members.where()}
        seats = uow.participations.where(round_id=found[-1].id)
        sittings = {users[seat.member_id]: seat.sitting_id for seat in seats}
        return Asked(found[-1].id, week.now, sittings)

    asked = await week.do(find)
    if asked is not None:
        await _say_all(week, asked)
    return asked


async def _answer_all(week: Week, asked: Asked, users: list[str], random: Random) -> None:
    answering = [user for user in users if user in asked.sittings]
    random.shuffle(answering)
    for user in answering:
        week.now += timedelta(minutes=random.randint(1, 180))
        writes = random.random() >= _EMPTY
        words = f"x{random.getrandbits(64):016x}" if writes else ""
        figure = str(random.randint(1, 5)) if writes else ""
        named = f"n{random.getrandbits(64):016x}"
        await _send(week, asked, user, {"worthwhile": figure, "because": words, "moved": named})
        asked.senders.append(user)
        if words:
            asked.authors[words] = user
        if random.random() < 0.5:
            await _say_all(week, asked)
        if random.random() < 0.5:
            await _send(week, asked, user, {"moved": f"n{random.getrandbits(64):016x}"})
    await _say_all(week, asked)


async def _send(week: Week, asked: Asked, user: str, values: dict[str, str]) -> None:
    """Open the form, fill it in, send it."""
    sitting_id = asked.sittings[user]
    view = await week.do(lambda uow: see_sitting(uow, sitting_id, user))
    asked.said.append(Said(user, week.now, repr(sitting_form(view))))
    given = {
        field_id(one.round.id, question.key): values.get(question.key, "")
        for one in view.asked
        for question in one.now
    }
    await week.do(lambda uow: answer_sitting(uow, sitting_id, user, given, week.now))


async def _say_all(week: Week, asked: Asked) -> None:
    """Have everything said that is due, and take it down."""

    def work(uow: UnitOfWork) -> None:
        while batch := uow.deliveries.claim(week.now, 100, timedelta(minutes=1)):
            for delivery in batch:
                said = compose(uow, delivery, week.now)
                if isinstance(said, Later):
                    uow.deliveries.put_off(delivery, said.until)
                    continue
                landed = replace(delivery, channel=f"D{delivery.addressee_id}", message=delivery.id)
                sent = replace(landed, state=DeliveryState.SENT)
                dropped = replace(delivery, state=DeliveryState.DROPPED)
                uow.deliveries.settle(sent if isinstance(said, Message) else dropped)
                asked.said.append(Said(delivery.addressee_id, week.now, repr(said)))

    await week.do(work)
