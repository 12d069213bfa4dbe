"""Voices heard, from the telling to the end: who is asked what came of each, and until when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from coaching.catalogue import practice_that_feeds
from coaching.delivery import Delivery, DeliveryKind
from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.use_cases.answer_prompt import field_id, see_sitting, tell_more
from coaching.use_cases.edit_voice import edit_voice
from coaching.use_cases.hear_voice import hear_voice
from coaching.use_cases.keep_voice import YOURS
from coaching.use_cases.membership import leave_workspace
from coaching.use_cases.see_voices import VoiceView, see_voice, see_voices
from coaching.use_cases.settle_voice import give_new_day, say_told, settle_voice
from coaching.voice import Voice, VoiceState
from conversation.messages import Buttons, Message
from storage import SqlStore
from tests.integration.coaching.week import TUESDAY_NINE, Week

WORDS = "A ward nurse: you plan around our outages"
DECISION = "Releases move to Tuesdays"
MORNING = timedelta(hours=1, minutes=5)
THREE_WEEKS_ON = date(2026, 10, 26)


@pytest.fixture
async def week(store: SqlStore) -> Week:
    week = Week(store)
    await week.set_up()
    return week


async def hears(week: Week, user: str, **given: str) -> Voice:
    practice = practice_that_feeds(week.catalogue, Feeds.VOICES)
    member = await week.member(user)
    given = {"heard": WORDS} | given

    def work(uow: UnitOfWork) -> Voice:
        heard = hear_voice(uow, practice, member.id, user, new_id(), given, week.now)
        assert heard.voice is not None
        return heard.voice

    return await week.do(work)


async def stands(week: Week, voice: Voice) -> Voice:
    return await week.do(lambda uow: uow.voices.get(voice.id))


async def seen(week: Week, voice: Voice, user: str = "U2") -> VoiceView:
    return await week.do(lambda uow: see_voice(uow, voice.id, user))


async def on(week: Week, day: date) -> list[Delivery]:
    """Move to the morning of a day; the follow-ups that were said since."""
    week.now = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    sent = await week.sends_all()
    return [one for one in sent if one.kind is DeliveryKind.FOLLOW_UP and one.update_of is None]


async def told_that_it_is_theirs(week: Week) -> list[str]:
    """To whom it is said, as there is room, in the order of queueing."""
    queued = await week.queued(DeliveryKind.FOLLOW_UP)
    return [one.addressee_id for one in queued if one.detail.endswith(YOURS)]


async def labels(week: Week, delivery: Delivery) -> list[str]:
    said = await week.says(delivery)
    assert isinstance(said, Message), said
    return [
        button.label
        for block in said.blocks
        if isinstance(block, Buttons)
        for button in block.buttons
    ]


async def settles(
    week: Week, voice: Voice, state: VoiceState, user: str = "U2", why: str = ""
) -> None:
    await week.do(lambda uow: settle_voice(uow, voice.id, user, state, week.now, why))


async def moves(week: Week, voice: Voice, day: str) -> None:
    await week.do(lambda uow: give_new_day(uow, voice.id, "U2", day, week.now))


async def gives(week: Week, voice: Voice, **given: str) -> None:
    """Say who brings it about, and by when."""
    await week.do(lambda uow: edit_voice(uow, voice.id, "U2", given, week.now, later=True))


async def says_told(week: Week, voice: Voice, *, told: bool, user: str = "U2") -> None:
    await week.do(lambda uow: say_told(uow, voice.id, user, week.now, told=told))


async def test_what_is_told_in_a_sitting_is_in_the_register_and_follows_its_edits(
    week: Week,
) -> None:
    await week.until(TUESDAY_NINE)
    await week.answer("U2", moved="A ward ordered", heard=WORDS)
    (voice,) = await week.do(lambda uow: uow.voices.where())
    assert (voice.words, voice.state, voice.owner) == (WORDS, VoiceState.HEARD, None)
    await week.answer("U2", moved="A ward ordered", heard="Two nurses", decision=DECISION)
    changed = await stands(week, voice)
    assert (changed.words, changed.state) == ("Two nurses", VoiceState.OPEN)
    assert (changed.owner, changed.by) == ("U2", date(2026, 10, 27))
    changes = await week.do(lambda uow: [one.what for one in uow.entry_changes.where()])
    assert changes == ["the words", "the decision", "owner: U2", "date: Tuesday 27 October", "open"]
    await week.answer("U2", moved="A ward ordered")
    assert await week.do(lambda uow: uow.voices.where()) == []
    assert await week.do(lambda uow: uow.entry_changes.where()) == []
    assert await on(week, date(2026, 10, 28)) == []


async def test_the_second_step_of_a_sitting_says_whose_it_is(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.answer("U2", moved="A ward ordered", heard=WORDS)
    sitting = await week.sitting("U2")

    def asked(uow: UnitOfWork) -> dict[str, str]:
        views = see_sitting(uow, sitting.id, "U2", second=True).asked
        return {one.key: field_id(view.round.id, one.key) for view in views for one in view.later}

    assert await week.do(asked) == {}, "no decision, no second step"
    await week.answer("U2", moved="A ward ordered", heard=WORDS, decision=DECISION)
    fields = await week.do(asked)
    assert list(fields) == ["owner", "by"]
    given = {fields["owner"]: "U3", fields["by"]: "2026-10-19"}
    await week.do(lambda uow: tell_more(uow, sitting.id, "U2", given, week.now))
    (voice,) = await week.do(lambda uow: uow.voices.where())
    assert (voice.owner, voice.by) == ("U3", date(2026, 10, 19))
    assert await told_that_it_is_theirs(week) == ["U3"]


async def test_from_decision_to_told_with_both_answered(week: Week) -> None:
    voice = await hears(week, "U2", decision=DECISION)
    assert voice.by == THREE_WEEKS_ON
    assert await on(week, THREE_WEEKS_ON - timedelta(days=1)) == []
    (asked,) = await on(week, THREE_WEEKS_ON)
    assert asked.addressee_id == "U2"
    assert await labels(week, asked) == ["It changed", "It stands…", "New day…", "Open"]
    await settles(week, voice, VoiceState.CHANGED)
    said = await week.says(replace(asked, update_of=asked.id))
    assert isinstance(said, Message)
    assert "it changed. Were they told?" in said.text
    await says_told(week, voice, told=False)
    again = (await seen(week, voice)).asked_next_on
    assert again == THREE_WEEKS_ON + timedelta(days=7)
    (asked_again,) = await on(week, again)
    assert await labels(week, asked_again) == ["They were told", "Open"]
    await says_told(week, voice, told=False)
    assert (await seen(week, voice)).asked_next_on is None, "once more, and no third time"
    await says_told(week, voice, told=True)
    ended = await stands(week, voice)
    assert (ended.state, ended.told) == (VoiceState.CHANGED, True)
    assert await on(week, date(2026, 12, 18)) == []


async def test_what_is_said_before_its_day_is_not_asked(week: Week) -> None:
    voice = await hears(week, "U2", decision=DECISION)
    await settles(week, voice, VoiceState.UNCHANGED, why="It would cost a night shift")
    await says_told(week, voice, told=True)
    assert await on(week, THREE_WEEKS_ON + timedelta(days=8)) == []
    view = await seen(week, voice)
    assert view.voice.why == "It would cost a night shift"
    assert [one.what for one in view.changes] == ["they were told", "it stands"]


async def test_another_day_a_change_of_mind_and_what_can_not_be_kept(week: Week) -> None:
    voice = await hears(week, "U2", decision=DECISION)
    for state, why in ((VoiceState.UNCHANGED, " "), (VoiceState.UNCHANGED, "x" * 301)):
        with pytest.raises(Refused):
            await settles(week, voice, state, why=why)
    with pytest.raises(Refused, match="Say first whether it changed"):
        await says_told(week, voice, told=True)
    for day in ("2026-10-05", "soon", ""):
        with pytest.raises(Refused, match="still to come"):
            await moves(week, voice, day)
    await moves(week, voice, "2026-11-02")
    assert await on(week, THREE_WEEKS_ON) == []
    (asked,) = await on(week, date(2026, 11, 2))
    await settles(week, voice, VoiceState.CHANGED)
    await settles(week, voice, VoiceState.CHANGED)
    await settles(week, voice, VoiceState.OPEN)
    await settles(week, voice, VoiceState.CHANGED)
    assert (await seen(week, voice)).asked_next_on == date(2026, 11, 9), "taken up again"
    await settles(week, voice, VoiceState.OPEN)
    reopened = await stands(week, voice)
    assert (reopened.told, reopened.by) == (None, date(2026, 11, 23))
    assert await labels(week, asked) == ["It changed", "It stands…", "New day…", "Open"]
    (asked_anew,) = await on(week, date(2026, 11, 23))
    assert asked_anew.addressee_id == "U2"


async def test_who_is_given_a_decision_is_told_and_says_what_came_of_it(week: Week) -> None:
    voice = await hears(week, "U2", decision=DECISION)
    await gives(week, voice, owner="U3", by="2026-10-20")
    (told,) = await on(week, date(2026, 10, 5))
    assert told.addressee_id == "U3"
    said = await week.says(replace(told, update_of=told.id))
    assert isinstance(said, Message)
    assert "This is yours to bring about by Tuesday 20 October; I ask you then." in said.text
    (asked,) = await on(week, date(2026, 10, 20))
    assert asked.addressee_id == "U3"
    await settles(week, voice, VoiceState.CHANGED, "U3")
    with pytest.raises(Refused, match="Who heard this voice changes it"):
        await week.do(lambda uow: edit_voice(uow, voice.id, "U3", {}, week.now))
    assert not (await seen(week, voice, "U3")).may_edit


async def test_nobody_else_settles_it_and_strangers_read_nothing(week: Week) -> None:
    voice = await hears(week, "U2", decision=DECISION)
    heard = await hears(week, "U2")
    with pytest.raises(Refused, match="says what came of it"):
        await settles(week, voice, VoiceState.CHANGED, "U3")
    with pytest.raises(Refused, match="nothing to settle"):
        await settles(week, heard, VoiceState.CHANGED)
    for user in ("U7", "U8"):
        with pytest.raises(Refused, match="not on this team"):
            await seen(week, voice, user)
        with pytest.raises(Refused, match="not on this team"):
            await week.do(partial(see_voices, user=user, team_id=voice.team_id))
    with pytest.raises(Refused, match="taken back"):
        await week.do(lambda uow: see_voice(uow, "gone", "U2"))
    await settles(week, voice, VoiceState.CHANGED, "U9")


async def test_an_edit_that_takes_the_decision_away_ends_the_asking(week: Week) -> None:
    voice = await hears(week, "U2", decision=DECISION)
    (asked,) = await on(week, THREE_WEEKS_ON)
    await week.do(lambda uow: edit_voice(uow, voice.id, "U2", {"heard": WORDS}, week.now))
    changed = await stands(week, voice)
    assert (changed.state, changed.owner, changed.by) == (VoiceState.HEARD, None, None)
    said = await week.says(replace(asked, update_of=asked.id))
    assert isinstance(said, Message)
    assert "nothing to bring about" in said.text
    assert await on(week, THREE_WEEKS_ON + timedelta(days=8)) == []
    assert await week.do(lambda uow: edit_voice(uow, voice.id, "U2", {}, week.now)) is None
    said = await week.says(replace(asked, update_of=asked.id))
    assert isinstance(said, Message)
    assert "taken back" in said.text
    assert await week.says(asked) == "the voice was taken back"


async def test_an_edit_of_the_sitting_keeps_what_was_said_since(week: Week) -> None:
    await week.until(TUESDAY_NINE)
    await week.answer("U2", moved="A ward ordered", heard=WORDS, decision=DECISION)
    (voice,) = await week.do(lambda uow: uow.voices.where())
    await gives(week, voice, owner="U2", by="2026-10-19")
    await week.do(lambda uow: give_new_day(uow, voice.id, "U2", "2026-11-09", week.now))
    await week.answer("U2", moved="Two wards ordered", heard=WORDS, decision=DECISION)
    assert (await stands(week, voice)).by == date(2026, 11, 9)


async def test_what_an_owner_who_leaves_had_goes_to_who_heard_it_else_to_the_lead(
    week: Week,
) -> None:
    voice = await hears(week, "U2", decision=DECISION)
    settled = await hears(week, "U2", decision="Labels by ward")
    closed = await hears(week, "U2", decision="Fewer forms")
    for one in (voice, settled, closed):
        await gives(week, one, owner="U3")
    await on(week, date(2026, 10, 5))
    await settles(week, settled, VoiceState.CHANGED, "U3")
    await settles(week, closed, VoiceState.CHANGED, "U3")
    await says_told(week, closed, told=True, user="U3")
    await week.do(lambda uow: leave_workspace(uow, "U3", week.now))
    owners = [(await stands(week, one)).owner for one in (voice, settled, closed)]
    assert owners == ["U2", "U2", "U3"]
    assert await told_that_it_is_theirs(week) == ["U3", "U3", "U3", "U2"], "told once"
    await week.do(lambda uow: leave_workspace(uow, "U2", week.now))
    assert (await stands(week, voice)).owner == "U1"
    asked = [one.addressee_id for one in await on(week, THREE_WEEKS_ON)]
    assert set(asked) == {"U1"}
    await week.do(lambda uow: leave_workspace(uow, "U1", week.now))
    assert (await stands(week, voice)).owner is None
    assert await on(week, date(2026, 12, 7)) == []
