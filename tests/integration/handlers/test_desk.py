"""The desk: every event finds its handler, every known trouble becomes a sentence."""

import pytest

from coaching.catalogue import load_catalogue
from coaching.errors import StoreUnavailable
from conversation.events import (
    ChannelMessageTyped,
    ChoicesSought,
    CommandGiven,
    Event,
    FormChanged,
    FormSubmitted,
    Keep,
    MessageShortcutUsed,
    Nothing,
    Offer,
    OpenForm,
    PersonLeftChannel,
    PersonLeftWorkspace,
    Pressed,
    ReplaceForm,
    Reply,
    ShortcutUsed,
    ShowHome,
    Whisper,
)
from conversation.routes import (
    BREAKDOWN_LOG,
    BREAKDOWN_SETTLE,
    BREAKDOWN_TELL,
    DIGEST_SHOW,
    DOUBT_SHARE,
    LISTEN_LOOK,
    LISTEN_NEVER,
    LISTEN_NO,
    LISTEN_OFF,
    LISTEN_OPEN,
    LISTEN_SET,
    SITTING_ANSWER,
    SITTING_MORE,
    VOICE_TELL,
    WISH_AWAY,
    WISH_BACK,
    WISH_LESS,
    WISH_SET,
    WISH_WHY,
)
from handlers import ROUTES, Services
from handlers.desk import Desk
from scheduler.clock import MovableClock
from storage import SqlStore
from tests.integration.coaching.week import MONDAY, WORKSPACE, Week


class Hints:
    """A queue that remembers what it was told."""

    def __init__(self) -> None:
        self.shards: list[int] = []

    def submit(self, shard: int) -> None:
        self.shards.append(shard)


@pytest.fixture
def hints() -> Hints:
    return Hints()


@pytest.fixture
async def desk(store: SqlStore, hints: Hints) -> Desk:
    await Week(store).set_up()
    return Desk(Services(store, MovableClock(MONDAY), load_catalogue(), hints))


def sentence(reply: Reply) -> str:
    match reply:
        case OpenForm(form) | ReplaceForm(form):
            return str(form.body)
        case Keep(problems):
            return " ".join(problems.values())
        case Whisper(message):
            return message.text
        case ShowHome(home):
            return str(home.blocks)
        case Offer(choices):
            return " ".join(choices)
        case Nothing():
            return ""


def submitted(route: str, reference: str, **values: str) -> FormSubmitted:
    return FormSubmitted(WORKSPACE, "U2", route, reference, values)


ACTS: list[Event] = [
    Pressed(WORKSPACE, "U2", SITTING_ANSWER, "gone"),
    Pressed(WORKSPACE, "U2", BREAKDOWN_SETTLE, "gone"),
    Pressed(WORKSPACE, "U2", BREAKDOWN_TELL, "gone"),
    *(
        Pressed(WORKSPACE, "U1", route, "gone")
        for route in (LISTEN_OPEN, LISTEN_SET, LISTEN_OFF, LISTEN_LOOK, LISTEN_NO, LISTEN_NEVER)
    ),
    Pressed(WORKSPACE, "U2", WISH_AWAY, ""),
    Pressed(WORKSPACE, "U2", WISH_BACK, ""),
    Pressed(WORKSPACE, "U2", WISH_LESS, ""),
    Pressed(WORKSPACE, "U2", WISH_SET, "no_reminders:on::"),
    Pressed(WORKSPACE, "U2", WISH_WHY, "gone"),
    MessageShortcutUsed(WORKSPACE, "U2", "C1", BREAKDOWN_LOG, "The export failed"),
    MessageShortcutUsed(WORKSPACE, "U2", "C1", VOICE_TELL, "A customer called"),
    ShortcutUsed(WORKSPACE, "U2", DOUBT_SHARE),
    CommandGiven(WORKSPACE, "U2", "C1", ""),
    CommandGiven(WORKSPACE, "U2", "C1", "heard A customer called"),
    CommandGiven(WORKSPACE, "U2", "C1", "breakdown The export failed"),
    CommandGiven(WORKSPACE, "U2", "C1", "doubt"),
    CommandGiven(WORKSPACE, "U2", "C1", "digest"),
    submitted(SITTING_ANSWER, "gone", first="words"),
    submitted(SITTING_MORE, "gone", first="words"),
    submitted(BREAKDOWN_LOG, "gone:1", what="words"),
    submitted(BREAKDOWN_SETTLE, "gone", what="words"),
    submitted(VOICE_TELL, "gone:1", heard="words"),
    submitted(DOUBT_SHARE, "", **{"for.team": "Northwind leadership"}),
    submitted(DIGEST_SHOW, "", **{"for.team": "Northwind leadership"}),
    submitted(BREAKDOWN_TELL, "gone", happened="words"),
    submitted(LISTEN_LOOK, "gone", what="words"),
    submitted(WISH_AWAY, "", first="2026-10-05", last="2026-10-09"),
    submitted(WISH_LESS, "", until="2026-10-09"),
    CommandGiven(WORKSPACE, "U2", "C1", "away until Friday"),
    CommandGiven(WORKSPACE, "U2", "C1", "status"),
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{type(act).__name__} {act}"[:60])
async def test_a_persons_act_while_the_store_is_gone_gets_a_sentence(
    desk: Desk, store: SqlStore, act: Event
) -> None:
    await store.close()
    reply = await desk.respond(act)
    assert "I couldn't save this" in sentence(reply) or "can't reach my records" in sentence(reply)
    assert isinstance(reply, Keep) is isinstance(act, FormSubmitted)


@pytest.mark.parametrize("gone", [False, True])
async def test_to_who_is_still_filling_a_form_in_nothing_is_said(
    desk: Desk, store: SqlStore, gone: bool
) -> None:
    if gone:
        await store.close()
    changed = FormChanged(WORKSPACE, "U2", "of.yesterday.v0", "gone", {"day": "Monday"}, "day")
    assert await desk.respond(changed) == Nothing()
    sought = ChoicesSought(WORKSPACE, "U2", "of.yesterday.v0", "gone", "zone", "Os")
    assert await desk.respond(sought) == Offer(())


@pytest.mark.parametrize(
    "event",
    [
        ChannelMessageTyped("E1", WORKSPACE, "U2", "C1", "1.1", "words"),
        PersonLeftChannel("E1", WORKSPACE, "U2", "C1"),
        PersonLeftWorkspace("E1", WORKSPACE, "U2"),
    ],
)
async def test_an_event_that_can_not_be_kept_is_raised_so_that_it_comes_again(
    desk: Desk, store: SqlStore, event: Event
) -> None:
    await store.close()
    with pytest.raises(StoreUnavailable):
        await desk.respond(event)


@pytest.mark.parametrize(
    "act",
    [
        Pressed(WORKSPACE, "U2", "sitting.answer.v0", "x"),
        submitted("sitting.answer.v0", "x", first="words"),
        MessageShortcutUsed(WORKSPACE, "U2", "C1", "breakdown.log.v0", "words"),
    ],
)
async def test_what_nobody_knows_any_more_is_told(desk: Desk, act: Event) -> None:
    assert "older version of me" in sentence(await desk.respond(act))


async def test_a_refusal_without_a_field_goes_beneath_the_first(desk: Desk) -> None:
    reply = await desk.respond(submitted(SITTING_ANSWER, "gone", first="words", second=""))
    assert isinstance(reply, Keep)
    assert list(reply.problems) == ["first"]
    assert "can't find these questions" in sentence(reply)


async def test_a_refused_shortcut_opens_a_word(desk: Desk) -> None:
    stranger = MessageShortcutUsed(WORKSPACE, "U7", "C1", BREAKDOWN_LOG, "words")
    assert "You are on no team that I work with" in sentence(await desk.respond(stranger))


async def test_a_breakdown_is_logged_and_the_queue_is_told(desk: Desk, hints: Hints) -> None:
    shortcut = MessageShortcutUsed(WORKSPACE, "U2", "C1", BREAKDOWN_LOG, "The export failed")
    opened = await desk.respond(shortcut)
    assert isinstance(opened, OpenForm)
    given = {field.id: field.initial for field in opened.form.fields}
    assert given["what"] == "The export failed"
    reply = await desk.respond(
        FormSubmitted(WORKSPACE, "U2", BREAKDOWN_LOG, opened.form.reference, given)
    )
    assert isinstance(reply, ReplaceForm)
    assert len(hints.shards) == 1
    told = await desk.respond(
        submitted(BREAKDOWN_TELL, reply.form.reference, happened="A key expired")
    )
    assert told == Nothing()
    again = await desk.respond(Pressed(WORKSPACE, "U2", BREAKDOWN_TELL, reply.form.reference))
    assert isinstance(again, OpenForm)
    assert "A key expired" in {field.initial for field in again.form.fields}


async def test_the_second_step_of_a_sitting_is_kept(desk: Desk, store: SqlStore) -> None:
    week = Week(store)
    await week.until(MONDAY.replace(day=8, hour=8))
    sitting = await week.sitting("U2")
    opened = await desk.respond(Pressed(WORKSPACE, "U2", SITTING_ANSWER, sitting.id))
    assert isinstance(opened, OpenForm)
    given = {
        field.id: "The export failed" if field.id.endswith(".what") else ""
        for field in opened.form.fields
    }
    more = await desk.respond(FormSubmitted(WORKSPACE, "U2", SITTING_ANSWER, sitting.id, given))
    assert isinstance(more, ReplaceForm)
    later = {field.id: f"words on {field.label}" for field in more.form.fields}
    done = await desk.respond(FormSubmitted(WORKSPACE, "U2", SITTING_MORE, sitting.id, later))
    assert done == Nothing()
    answer = (await week.do(lambda uow: uow.answers.where()))[0]
    assert set(answer.values) == {"what", "happened", "assumed", "learning"}


async def test_every_route_is_answered_by_a_handler_of_its_own() -> None:
    assert len(set(ROUTES.values())) == len(ROUTES)
