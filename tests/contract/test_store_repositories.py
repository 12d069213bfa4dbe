"""What every repository keeps to: `coaching.ports.Repository`, `Cadences`, `Rounds` and `Inbox`."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from coaching.errors import NotFound
from coaching.identifiers import new_id
from coaching.ports import Store, UnitOfWork
from coaching.round import RoundState
from storage.register_tables import metadata
from tests.contract.records import (
    FACTS,
    HERE,
    HOUR,
    KATHMANDU,
    NOW,
    THERE,
    TOLD,
    a_cadence,
    a_round,
    a_team,
    keep,
    one_of_each,
)
from tests.contract.registers import CHANGES

KINDS = tuple(one_of_each())
WITH_A_KEY = tuple(kind for kind in KINDS if kind != "entry_changes")


def everything(uow: UnitOfWork, kind: str) -> list[Any]:
    found: list[Any] = getattr(uow, kind).where()
    return found


async def test_every_record_comes_back_as_it_was(store: Store) -> None:
    records = one_of_each()
    await store.run(HERE, lambda uow: keep(uow, records))

    def read(uow: UnitOfWork) -> dict[str, Any]:
        return {name: getattr(uow, name).get(record.id) for name, record in records.items()}

    assert await store.read(HERE, read) == records


async def test_what_a_record_leaves_open_stays_open(store: Store) -> None:
    records = one_of_each()
    records["cadences"] = replace(records["cadences"], next_due_at=None)
    records["rounds"] = replace(
        records["rounds"], cadence_id=None, opened_at=None, closes_at=None, reason="a holiday"
    )
    records["digests"] = replace(records["digests"], facts=None, reason="nothing changed")

    def work(uow: UnitOfWork) -> list[Any]:
        keep(uow, records)
        return [getattr(uow, name).get(record.id) for name, record in records.items()]

    assert await store.run(HERE, work) == list(records.values())


@pytest.mark.parametrize("kind", WITH_A_KEY)
async def test_a_natural_key_is_kept_once(store: Store, kind: str) -> None:
    records = one_of_each()
    record = records[kind]
    again = replace(record, id=new_id())

    def work(uow: UnitOfWork) -> tuple[bool, list[Any]]:
        keep(uow, records)
        repository = getattr(uow, kind)
        return repository.add(again), repository.where()

    assert await store.run(HERE, work) == (False, [record])


@pytest.mark.parametrize("kind", KINDS)
async def test_a_record_can_be_saved_and_forgotten(store: Store, kind: str) -> None:
    alone = [
        "releases",
        "breakdowns",
        "answers",
        "participations",
        "digests",
        "deliveries",
        "cadences",
        *(kind for kind in CHANGES if kind not in {"stakeholders", "sessions"}),
    ]
    changes: dict[str, dict[str, object]] = {
        "teams": {"name": "The others"},
        "members": {"active": False},
        "cadences": {"next_due_at": NOW + HOUR},
        "rounds": {"state": RoundState.CLOSED, "closes_at": None},
        "sittings": {"closes_at": NOW},
        "participations": {"sitting_id": "the other sitting"},
        "answers": {"values": {"felt": 1, "moved": ""}, "edited_at": NOW},
        "releases": {"told": TOLD[:1]},
        "breakdowns": {"owner": "U9", "settled_at": NOW},
        "digests": {"facts": replace(FACTS, voice=None, days_without_voice=3)},
        "deliveries": {"channel": "D1", "message": "1.2", "reason": "looked up"},
        **CHANGES,
    }
    records = one_of_each()
    other_sitting = replace(records["sittings"], id="the other sitting", due_at=NOW + HOUR)
    changed = replace(records[kind], **changes[kind])

    def work(uow: UnitOfWork) -> Any:
        keep(uow, records)
        uow.sittings.add(other_sitting)
        repository = getattr(uow, kind)
        repository.save(changed)
        found = repository.get(changed.id)
        if kind in alone:  # nothing refers to it
            repository.remove(changed.id)
            repository.remove(changed.id)
            assert repository.where(id=changed.id) == []
        return found

    assert await store.run(HERE, work) == changed


@pytest.mark.parametrize("kind", KINDS)
async def test_no_method_reaches_another_workspace(store: Store, kind: str) -> None:
    theirs = one_of_each(THERE)
    record = theirs[kind]
    await store.run(THERE, lambda uow: keep(uow, theirs))

    def reach(uow: UnitOfWork) -> None:
        repository = getattr(uow, kind)
        assert repository.where() == []
        assert repository.where(workspace_id=THERE) == []
        assert repository.one(id=record.id) is None
        with pytest.raises(NotFound):
            repository.get(record.id)
        repository.remove(record.id)
        for claimed_as in (THERE, HERE):
            with pytest.raises(NotFound):
                repository.save(replace(record, workspace_id=claimed_as))
        with pytest.raises(ValueError, match="another workspace"):
            repository.add(record)

    await store.run(HERE, reach)
    assert await store.read(THERE, partial(everything, kind=kind)) == [record]


async def test_two_workspaces_may_use_the_same_keys_and_ids(store: Store) -> None:
    ours = one_of_each(HERE)
    theirs = {name: replace(record, workspace_id=THERE) for name, record in ours.items()}
    await store.run(HERE, lambda uow: keep(uow, ours))
    await store.run(THERE, lambda uow: keep(uow, theirs))
    for workspace_id, records in ((HERE, ours), (THERE, theirs)):
        for name, record in records.items():
            assert await store.read(workspace_id, partial(everything, kind=name)) == [record]


async def test_what_is_not_there(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        with pytest.raises(NotFound):
            uow.teams.get("nobody")
        with pytest.raises(NotFound):
            uow.teams.save(a_team())
        uow.teams.remove("nobody")
        assert uow.teams.one(name="nobody") is None

    await store.run(HERE, work)


async def test_where_finds_equals_oldest_first(store: Store) -> None:
    # Ids and times fall while the order of adding rises.
    team = a_team()
    rounds = [
        a_round(team, id=f"{9 - at}", due_at=NOW - at * HOUR, cadence_id=None if at % 2 else "c")
        for at in range(5)
    ]

    def work(uow: UnitOfWork) -> None:
        uow.teams.add(team)
        for each in rounds:
            uow.rounds.add(each)
        assert uow.rounds.where() == rounds
        uow.rounds.save(rounds[0])
        assert uow.rounds.where(team_id=team.id, state=RoundState.OPEN) == rounds
        assert uow.rounds.where(state="closed") == []
        assert uow.rounds.one(team_id=team.id) == rounds[0]
        assert uow.rounds.where(cadence_id=None) == rounds[1::2]
        assert uow.rounds.where(cadence_id=["c", None]) == rounds
        assert uow.rounds.where(id=("7", "5", "no such")) == [rounds[2], rounds[4]]
        assert uow.rounds.where(id=[]) == []
        assert uow.rounds.where(due_at=[NOW, (NOW - HOUR).astimezone(KATHMANDU)]) == rounds[:2]
        with pytest.raises(TypeError, match="no field 'nosuch'"):
            uow.rounds.where(nosuch=1)

    await store.run(HERE, work)


async def test_moments_come_back_in_utc(store: Store) -> None:
    cadence = a_cadence(team := a_team(), next_due_at=NOW.astimezone(KATHMANDU))

    def work(uow: UnitOfWork) -> datetime | None:
        uow.teams.add(team)
        uow.cadences.add(cadence)
        return uow.cadences.get(cadence.id).next_due_at

    found = await store.run(HERE, work)
    assert found == NOW
    assert found.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)

    def work(uow: UnitOfWork) -> None:
        uow.teams.add(team := a_team())
        uow.cadences.add(a_cadence(team, next_due_at=naive))

    with pytest.raises(ValueError, match="names no moment"):
        await store.run(HERE, work)
    with pytest.raises(ValueError, match="names no moment"):
        await store.run(HERE, lambda uow: uow.cadences.claim_due(naive))


async def test_answers_keep_their_order_and_every_character(store: Store) -> None:
    records = one_of_each()
    several = ["the data regulator", "7", "Å\u2028b"]
    values = {"z": "\x00\u2028\n\t", "a": "x" * 3000, "m": 5, "s": several, "b": "5", "n": -20}
    answer = records["answers"] = replace(records["answers"], values=values)
    await store.run(HERE, lambda uow: keep(uow, records))
    found = await store.read(HERE, lambda uow: uow.answers.get(answer.id))
    assert list(found.values.items()) == list(values.items())
    assert [type(value) for value in found.values.values()] == [str, str, int, list, str, int]


async def test_due_cadences_oldest_first(store: Store) -> None:
    team = a_team()
    late, later, now, next_one, never = (
        a_cadence(team, next_due_at=due)
        for due in (NOW - HOUR, NOW - 2 * HOUR, NOW, NOW + HOUR, None)
    )

    def work(uow: UnitOfWork) -> list[Any]:
        uow.teams.add(team)
        for cadence in (late, later, now, next_one, never):
            uow.cadences.add(cadence)
        return uow.cadences.claim_due(NOW)

    assert await store.run(HERE, work) == [later, late, now]
    assert await store.run(THERE, lambda uow: uow.cadences.claim_due(NOW)) == []


async def test_open_rounds_that_end(store: Store) -> None:
    team = a_team()
    ending = a_round(team, closes_at=NOW)
    ended_before = a_round(team, closes_at=NOW - HOUR)
    others = [
        a_round(team, closes_at=NOW + HOUR),
        a_round(team, closes_at=NOW, state=RoundState.CLOSED),
        a_round(team, closes_at=None, state=RoundState.SKIPPED),
        a_round(team, closes_at=None),
    ]

    def work(uow: UnitOfWork) -> list[Any]:
        uow.teams.add(team)
        for each in (ending, ended_before, *others):
            uow.rounds.add(each)
        return uow.rounds.claim_closing(NOW)

    assert await store.run(HERE, work) == [ended_before, ending]
    assert await store.run(THERE, lambda uow: uow.rounds.claim_closing(NOW)) == []


async def test_an_event_is_taken_in_once(store: Store) -> None:
    def work(uow: UnitOfWork) -> list[bool]:
        return [uow.inbox.take("Ev1", NOW), uow.inbox.take("Ev1", NOW + HOUR)]

    assert await store.run(HERE, work) == [True, False]
    assert await store.run(HERE, lambda uow: uow.inbox.take("Ev1", NOW)) is False
    assert await store.run(THERE, lambda uow: uow.inbox.take("Ev1", NOW)) is True


async def test_old_events_are_forgotten(store: Store) -> None:
    def work(uow: UnitOfWork) -> int:
        uow.inbox.take("old", NOW - HOUR)
        uow.inbox.take("new", NOW)
        return uow.inbox.forget_before(NOW)

    await store.run(THERE, lambda uow: uow.inbox.take("theirs", NOW - HOUR))
    assert await store.run(HERE, work) == 1
    assert await store.run(HERE, lambda uow: uow.inbox.take("old", NOW)) is True
    assert await store.run(HERE, lambda uow: uow.inbox.take("new", NOW)) is False
    assert await store.run(THERE, lambda uow: uow.inbox.take("theirs", NOW)) is False


def test_records_and_tables_say_the_same() -> None:
    own = {"position", "leased_until"}
    for name, record in one_of_each().items():
        table = metadata.tables[name]
        assert {field.name for field in fields(record)} == set(table.columns.keys()) - own
