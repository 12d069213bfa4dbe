"""What every store keeps to: `coaching.ports.Anonymous`."""

import sqlite3
import struct
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from coaching.anonymity import AnonymousAnswers, Threshold, threshold_for
from coaching.answer import Value
from coaching.ports import Store, UnitOfWork
from coaching.round import Round, RoundState
from coaching.team import Member
from storage import SqlStore, parse_url
from tests.contract.records import HERE, THERE, WORDS, a_member, a_round, a_team

USUAL = threshold_for(9, None)
FORMS: list[dict[str, Value]] = [
    {"felt": 4, "why": WORDS, "who": ["Ada", "Ben"]},
    {"why": "Ä later line"},
    {"felt": 2, "why": "An earlier line"},
]


def kept_of(uow: UnitOfWork, round_: Round) -> AnonymousAnswers | None:
    found = uow.anonymous.kept([round_.id])
    return found[0] if found else None


async def a_scene(store: Store, people: int = 3) -> tuple[Round, list[Member]]:
    team = a_team()
    members = [a_member(team) for _ in range(people)]
    round_ = a_round(team)

    def work(uow: UnitOfWork) -> None:
        uow.teams.add(team)
        for member in members:
            uow.members.add(member)
        uow.rounds.add(round_)

    await store.run(HERE, work)
    return round_, members


async def give(
    store: Store, round_: Round, member: Member, form: dict[str, Value], at: Threshold = USUAL
) -> bool:
    return await store.run(HERE, lambda uow: uow.anonymous.give(round_.id, member.id, form, at))


async def test_what_is_kept_is_the_same_in_whatever_order_it_came(store: Store) -> None:
    found = []
    for order in permutations(FORMS):
        round_, members = await a_scene(store)
        for member, form in zip(members, order, strict=True):
            assert await give(store, round_, member, form)
        kept = await store.run(HERE, lambda uow, round_=round_: kept_of(uow, round_))  # type: ignore[misc]
        assert kept is not None
        found.append(repr(replace(kept, round_id="")))
    assert len(set(found)) == 1
    assert WORDS in found[0] or repr(WORDS)[1:-1] in found[0]


async def test_a_form_is_taken_once_whatever_was_in_it(store: Store) -> None:
    round_, (member, other, _) = await a_scene(store)
    assert await give(store, round_, member, {})
    assert not await give(store, round_, member, FORMS[0])
    assert await give(store, round_, other, FORMS[1])
    assert not await give(store, round_, other, FORMS[2])

    def look(uow: UnitOfWork) -> tuple[set[str], set[str], AnonymousAnswers | None]:
        anonymous = uow.anonymous
        return (
            anonymous.senders(round_.id),
            anonymous.sent(member.id, [round_.id, "another"]),
            kept_of(uow, round_),
        )

    senders, sent, kept = await store.run(HERE, look)
    assert senders == {member.id, other.id}
    assert sent == {round_.id}
    assert kept == AnonymousAnswers(HERE, round_.id, USUAL, {"why": ["Ä later line"]})


async def test_the_strictest_promise_is_kept(store: Store) -> None:
    round_, members = await a_scene(store)
    for member, least in zip(members, (3, 8, 4), strict=True):
        await give(store, round_, member, {"felt": 3}, threshold_for(9, least))
    kept = await store.run(HERE, lambda uow: kept_of(uow, round_))
    assert kept is not None
    assert kept.promised == threshold_for(9, 8)


async def test_a_round_that_is_not_open_takes_nothing(store: Store) -> None:
    round_, (member, *_) = await a_scene(store)
    await store.run(HERE, lambda uow: uow.rounds.save(replace(round_, state=RoundState.CLOSED)))
    assert not await give(store, round_, member, FORMS[0])
    assert await store.run(HERE, lambda uow: uow.anonymous.senders(round_.id)) == set()
    assert await store.run(HERE, lambda uow: kept_of(uow, round_)) is None


async def test_what_is_left_can_be_kept_and_forgotten(store: Store) -> None:
    round_, (member, *_) = await a_scene(store)
    await give(store, round_, member, FORMS[0])

    def shorten(uow: UnitOfWork) -> AnonymousAnswers | None:
        (kept,) = uow.anonymous.kept(["none", round_.id])
        uow.anonymous.keep(replace(kept, values={"felt": [4]}, leads=1))
        return kept_of(uow, round_)

    kept = await store.run(HERE, shorten)
    assert kept == AnonymousAnswers(HERE, round_.id, USUAL, {"felt": [4]}, leads=1)

    def forget(uow: UnitOfWork) -> None:
        assert kept is not None
        uow.anonymous.keep(replace(kept, values={}))
        uow.anonymous.forget_senders(round_.id)
        assert kept_of(uow, round_) is None
        assert uow.anonymous.senders(round_.id) == set()
        assert uow.anonymous.sent(member.id, [round_.id]) == set()

    await store.run(HERE, forget)


async def test_no_method_reaches_another_workspace(store: Store) -> None:
    round_, (member, *_) = await a_scene(store)
    await give(store, round_, member, FORMS[0])

    def reach(uow: UnitOfWork) -> None:
        anonymous = uow.anonymous
        assert anonymous.senders(round_.id) == set()
        assert anonymous.sent(member.id, [round_.id]) == set()
        assert anonymous.kept([round_.id]) == []
        assert not anonymous.give(round_.id, member.id, FORMS[1], USUAL)
        anonymous.forget_senders(round_.id)
        anonymous.keep(AnonymousAnswers(THERE, round_.id, USUAL))
        with pytest.raises(ValueError, match="another workspace"):
            anonymous.keep(AnonymousAnswers(HERE, round_.id, USUAL))

    await store.run(THERE, reach)
    senders = await store.run(HERE, lambda uow: uow.anonymous.senders(round_.id))
    assert senders == {member.id}
    assert await store.run(HERE, lambda uow: kept_of(uow, round_)) is not None


def bytes_of(file: Path) -> bytes:
    return file.read_bytes()


async def test_the_files_hold_no_earlier_state(sqlite_url: str, tmp_path: Path) -> None:
    """Each answer stands in the bytes once, and the write-ahead log is empty, after each form."""
    store = SqlStore.open(sqlite_url)
    round_, members = await a_scene(store, 8)
    words = [f"answer-{at}-{'x' * (at * 400)}-end" for at in range(8)]
    for at, member in enumerate(members):
        await give(store, round_, member, {"why": words[at]})
        assert bytes_of(tmp_path / "store.db-wal") == b""
        held = bytes_of(tmp_path / "store.db")
        marks = [held.count(f"answer-{other}-".encode()) for other in range(8)]
        assert marks == [1] * (at + 1) + [0] * (7 - at)
    await store.close()


async def test_a_reader_in_the_way_delays_the_cover_and_not_the_answer(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = SqlStore.open(sqlite_url)
    round_, members = await a_scene(store)
    log = tmp_path / "store.db-wal"
    reader = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM teams").fetchone()
    assert await give(store, round_, members[0], FORMS[0])
    assert log.stat().st_size > 0
    reader.execute("ROLLBACK")
    await store.run(HERE, lambda uow: uow.teams.save(uow.teams.where()[0]))
    assert log.stat().st_size == 0
    reader.close()
    await store.close()


async def test_on_postgresql_there_is_one_row_and_no_dead_one(postgresql_url: str) -> None:
    store = SqlStore.open(postgresql_url)
    round_, members = await a_scene(store, 6)
    engine = create_engine(parse_url(postgresql_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for at, member in enumerate(members):
            await give(store, round_, member, {"why": f"answer-{at}"})
            connection.execute(text("CHECKPOINT"))
            assert rows_in(bytes(connection.execute(_HEAP).scalar_one())) == 1
    engine.dispose()
    await store.close()


_HEAP = text("SELECT pg_read_binary_file(pg_relation_filepath('anonymous_answers'))")


def rows_in(page: bytes) -> int:
    """How many rows stand in a page, dead ones too: its line pointers in use.

    https://www.postgresql.org/docs/current/storage-page-layout.html
    """
    assert len(page) == 8192
    (lower,) = struct.unpack_from("<H", page, 12)
    pointers = struct.unpack_from(f"<{(lower - 24) // 4}I", page, 24)
    return sum((pointer >> 15) & 3 == 1 for pointer in pointers)
