"""A discreet team: figures and counts in its channel, and not a word that anybody wrote."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.catalogue import practice_that_feeds
from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState
from coaching.digest import Digest
from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Question, QuestionType
from coaching.round import RoundState
from coaching.team import Role, Team
from coaching.team_plan import WantedMember
from coaching.use_cases.answer_prompt import answer_sitting, field_id, see_sitting
from coaching.use_cases.be_discreet import keep_discreet, set_discreet
from coaching.use_cases.hear_voice import hear_voice
from coaching.use_cases.learn_from_breakdown import log_breakdown
from coaching.use_cases.see_digest import latest_digest
from conversation.compose import compose
from conversation.compose.digest import in_channel, latest
from conversation.compose.in_full import words_form
from conversation.messages import Button, Buttons, Message
from insights.digest import Asked, Facts, Gap, Need, Replay, Trend, Voice, Win
from storage import SqlStore
from tests.integration.coaching.week import PLAN, cadence
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
PEOPLE = tuple(WantedMember(f"U{n}", Role.LEADER) for n in range(2, 8))
LIVELY = replace(
    PLAN,
    members=(WantedMember("U1", Role.LEAD), *PEOPLE, WantedMember("U9", Role.COACH)),
    budget=5,
    cadences=(
        *PLAN.cadences,
        cadence("missing_voices", "MO", time(9)),
        cadence("stakeholder_map", "WE", time(9)),
        cadence("pull_backs", "WE", time(9)),
        cadence("doubts", "TH", time(9)),
    ),
)
WORD = "zebra"
"""Stands in all that anybody writes."""
_WRITTEN = {
    QuestionType.LONG_TEXT,
    QuestionType.SHORT_TEXT,
    QuestionType.STATEMENT,
    QuestionType.DECISION,
    QuestionType.STAKEHOLDERS,
}


@dataclass
class Lively:
    """Weeks in which everybody writes to everything, logs what breaks and tells whom they heard."""

    weeks: Weeks

    async def go_by(self, count: int) -> None:
        for _ in range(count * 7):
            await self.weeks.run_until(self.weeks.now + DAY)
            if self.weeks.now.weekday() < 5:
                for one in LIVELY.members:
                    await self.answers(one.user)
            if self.weeks.now.weekday() == 2:
                await self.logs_and_hears("U3")

    async def answers(self, user: str) -> None:
        sitting = await self.weeks.sitting(user)
        if sitting is not None:
            now = self.weeks.now

            def answer(uow: UnitOfWork) -> None:
                given = {
                    field_id(asked.round.id, one.key): _given(one)
                    for asked in see_sitting(uow, sitting.id, user).asked
                    for one in asked.now
                }
                answer_sitting(uow, sitting.id, user, given, now)

            await self.weeks.do(answer)

    async def logs_and_hears(self, user: str) -> None:
        def tell(uow: UnitOfWork) -> None:
            member = uow.members.where(user=user)[0]
            broke, heard = (
                practice_that_feeds(self.weeks.catalogue, one)
                for one in (Feeds.BREAKDOWNS, Feeds.VOICES)
            )
            now = self.weeks.now
            log_breakdown(uow, broke, member.id, user, new_id(), {"what": f"A {WORD}"}, now)
            voice = {"heard": f"Said {WORD}", "decision": f"Decide {WORD}"}
            hear_voice(uow, heard, member.id, user, new_id(), voice, now)

        await self.weeks.do(tell)

    async def in_channel(self, *kinds: DeliveryKind) -> list[tuple[Delivery, Message]]:
        """Everything that was posted to the channel, as it would be said now."""

        def look(uow: UnitOfWork) -> list[tuple[Delivery, Message]]:
            posts = uow.deliveries.where(
                addressee=Addressee.CHANNEL, state=DeliveryState.SENT, update_of=None
            )
            said = [(one, compose(uow, one, self.weeks.now)) for one in posts]
            return [
                (one, message)
                for one, message in said
                if isinstance(message, Message) and (not kinds or one.kind in kinds)
            ]

        return await self.weeks.do(look)

    async def keep(self, *, on: bool) -> None:
        await self.weeks.do(lambda uow: keep_discreet(uow, uow.teams.where()[0], on=on))


def _given(question: Question) -> str:
    if question.type in _WRITTEN:
        return WORD.capitalize()
    return question.choices[0] if question.choices else _OTHERS.get(question.type, "")


_OTHERS = {
    QuestionType.SCALE: "4",
    QuestionType.NUMBER: "3",
    QuestionType.PERSON: "U2",
    QuestionType.PEOPLE: "U2",
    QuestionType.DATE: "2026-12-01",
}


def texts(part: object) -> Iterator[str]:
    """Every string in a message, but for what buttons carry."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif isinstance(part, Button):
        yield part.label
    elif is_dataclass(part):
        for one in fields(part):
            yield from texts(getattr(part, one.name))


def speaks(message: object) -> bool:
    return any(WORD in one.casefold() for one in texts(message))


def buttons(message: Message) -> list[Button]:
    return [one for block in message.blocks if isinstance(block, Buttons) for one in block.buttons]


@pytest.fixture
async def lively(sqlite_store: SqlStore) -> Lively:
    weeks = Weeks(sqlite_store, MONDAY)
    await weeks.apply(LIVELY)
    return Lively(weeks)


async def read_by(lively: Lively, user: str, button: Button) -> str:
    form = await lively.weeks.do(lambda uow: words_form(uow, button.value, user))
    return "\n".join(texts(form.body))


async def test_no_word_of_anybody_stands_in_the_channel_of_a_discreet_team(lively: Lively) -> None:
    await lively.keep(on=True)
    await lively.go_by(3)
    said = await lively.in_channel()
    posted = [one for one in lively.weeks.world.platform.posted if one.to.id == "C1"]
    told = {one.kind for one, _ in said}
    assert told >= {DeliveryKind.SUMMARY, DeliveryKind.DIGEST, DeliveryKind.DIGEST_SECTION}
    asked = {one.practice_key for one in await lively.weeks.do(lambda uow: uow.rounds.where())}
    assert asked >= {"doubts", "missing_voices", "stakeholder_map", "pull_backs", "breakdown"}
    assert len(posted) == len(said)
    assert not any(WORD in one.text.casefold() for one in posted), "as it was sent"
    assert not any(speaks(message) for _, message in said), "as it stands"
    assert "Person(" not in str([message for _, message in said]), "nor who wrote any"


async def test_who_is_on_the_team_reads_all_of_it(lively: Lively) -> None:
    await lively.keep(on=True)
    await lively.go_by(2)
    hidden = await lively.in_channel()
    await lively.weeks.do(lambda uow: _shown(uow))
    whole = {one.id: message for one, message in await lively.in_channel()}
    found = 0
    for delivery, message in hidden:
        ways = buttons(message)
        assert bool(ways) == speaks(whole[delivery.id])
        for way in ways:
            assert len(way.value) <= 2000
            for user in ("U2", "U9"):
                assert await read_by(lively, user, way) == "\n".join(
                    texts(whole[delivery.id].blocks)
                )
            with pytest.raises(Refused, match="you are not on it"):
                await read_by(lively, "U99", way)
            found += 1
    assert found > 10


def _shown(uow: UnitOfWork) -> None:
    """As if nothing had ever been promised."""
    team = uow.teams.where()[0]
    uow.teams.save(replace(team, discreet=False))
    for one in uow.rounds.where():
        uow.rounds.save(replace(one, practice=replace(one.practice, discreet=False)))


async def test_another_team_is_told_in_words(lively: Lively) -> None:
    await lively.go_by(2)
    said = await lively.in_channel(DeliveryKind.SUMMARY, DeliveryKind.DIGEST)
    assert any(speaks(message) for _, message in said)
    assert [one for _, message in said for one in buttons(message)] == []


async def test_what_was_written_in_discretion_stays_so(lively: Lively) -> None:
    await lively.keep(on=True)
    await lively.go_by(2)
    before = {one.id: message for one, message in await lively.in_channel()}
    await lively.keep(on=False)
    for delivery, message in await lively.in_channel():
        assert message == before[delivery.id]
    await lively.go_by(2)
    after = [pair for pair in await lively.in_channel() if pair[0].id not in before]
    spoken = {one.kind for one, message in after if speaks(message)}
    assert spoken >= {DeliveryKind.SUMMARY, DeliveryKind.DIGEST_SECTION}
    needs = [message for one, message in after if one.detail == "needs"]
    assert " more are open." in "".join(texts(needs[-1])), "those of before, without a word"


async def test_what_is_open_as_it_begins_stays_discreet_as_well(lively: Lively) -> None:
    await lively.go_by(1)
    shown = [one for one, message in await lively.in_channel() if speaks(message)]
    assert shown
    await lively.keep(on=True)
    await lively.keep(on=True)
    await lively.keep(on=False)
    again = {one.id: message for one, message in await lively.in_channel()}
    assert not any(speaks(again[one.id]) for one in shown)


async def test_lead_and_coach_decide(lively: Lively) -> None:
    async def decides(user: str, *, on: bool) -> Team:
        team = (await lively.weeks.do(lambda uow: uow.teams.where()))[0]
        return await lively.weeks.do(lambda uow: set_discreet(uow, user, team.id, on=on))

    assert (await decides("U1", on=True)).discreet
    assert not (await decides("U9", on=False)).discreet
    with pytest.raises(Refused, match="can't steer"):
        await decides("U2", on=True)
    with pytest.raises(Refused, match="not on this team"):
        await decides("U99", on=True)
    await decides("U1", on=True)
    await lively.weeks.apply(LIVELY)
    assert (await lively.weeks.do(lambda uow: uow.teams.where()))[0].discreet


@pytest.mark.parametrize("value", ["summary:gone:", "progress:x:", "digest:gone:", "", "section"])
async def test_a_way_that_leads_nowhere_says_so(lively: Lively, value: str) -> None:
    with pytest.raises(Refused, match="can't find what was written"):
        await lively.weeks.do(lambda uow: words_form(uow, value, "U2"))


async def test_of_a_round_that_is_open_nothing_is_read(lively: Lively) -> None:
    await lively.keep(on=True)
    await lively.go_by(1)
    (open_one, *_) = await lively.weeks.do(lambda uow: uow.rounds.where(state=RoundState.OPEN))
    with pytest.raises(Refused, match="can't find what was written"):
        await lively.weeks.do(lambda uow: words_form(uow, f"summary:{open_one.id}:", "U2"))
    (digest, *_) = await lively.weeks.do(lambda uow: uow.digests.where())
    with pytest.raises(Refused, match="can't find what was written"):
        await lively.weeks.do(lambda uow: words_form(uow, f"digest_section:{digest.id}:x", "U2"))


async def test_who_asks_for_the_digest_reads_it_whole(lively: Lively) -> None:
    await lively.keep(on=True)
    await lively.go_by(1)

    def look(uow: UnitOfWork) -> Message:
        return latest(latest_digest(uow, uow.teams.where()[0], lively.weeks.now))

    said = await lively.weeks.do(look)
    assert speaks(said)
    assert "more stand behind “Read what was written” in the channel." in "".join(texts(said))


async def of_every_kind(lively: Lively) -> Digest:
    """A digest that leads with, and holds, each kind of fact that people wrote."""
    now = lively.weeks.now

    def write(uow: UnitOfWork) -> Digest:
        (team,) = uow.teams.where()
        (answer, *_), (broken, *_) = uow.answers.where(), uow.breakdowns.where()
        said, words, on = "U2", f"A {WORD} of a sentence", now.date()
        voice = Voice(
            f"voice:{answer.id}:changed", said, words, words, on, "changed", told=False, owner="U3"
        )
        stands = replace(voice, state="unchanged", key=f"voice:{answer.id}:unchanged", why=words)
        facts = Facts(
            voice=voice,
            days_without_voice=None,
            need=Need(f"need:{broken.id}:settled", words, on, words, said, on, overdue=True),
            trend=Trend("voices_weekly", "Outside voices heard", 3, 1, ((on, 1), (on, 3))),
            voices=(voice, replace(voice, state="open", key=f"voice:{answer.id}", by=on)),
            wins=(Win(f"win:{answer.id}", said, words),),
            needs=(Need(f"need:{broken.id}:open", words, on, "", None, None),),
            gap=Gap("gap:actions", 3, 1),
            followed=(stands,),
            replay=Replay(f"replay:{answer.id}:moved", said, words, on),
            asked=(Asked(on, ("Voices heard",)),),
        )
        digest = Digest(new_id(), team.workspace_id, team.id, "2027-01-01", now, now, facts)
        assert uow.digests.add(digest)
        return digest

    return await lively.weeks.do(write)


async def test_no_kind_of_fact_speaks_in_a_discreet_teams_channel(lively: Lively) -> None:
    await lively.keep(on=True)
    await lively.go_by(1)
    written = await of_every_kind(lively)
    for _ in range(2):
        messages = await lively.weeks.do(lambda uow: in_channel(uow, written))
        assert len(messages) == 5, "the parent and four sections"
        assert not any(speaks(one) for one in messages)
        assert "Person(" not in str(messages)
        text = "\n".join(texts(tuple(one.blocks for one in messages)))
        assert "Of 3 things to be done by now" in text
        assert "3 voices were heard first-hand; 1 asks for a decision; of 2 it is said" in text
        ways = [button for one in messages for button in buttons(one)]
        assert len(ways) == 4, "behind all but what is asked next"
        for way in ways:
            assert WORD in await read_by(lively, "U2", way)
        await lively.keep(on=False)  # what was written in discretion stays so


async def test_every_kind_of_fact_speaks_in_another_teams_channel(lively: Lively) -> None:
    await lively.go_by(1)
    written = await of_every_kind(lively)
    messages = await lively.weeks.do(lambda uow: in_channel(uow, written))
    assert [speaks(one) for one in messages] == [True, True, True, True, False]
    assert "Twelve weeks ago " in "".join(texts(messages[0].blocks))
