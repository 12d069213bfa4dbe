"""Every form that somebody sends who has left since: a clear sentence, and their words stay."""

import pytest

from coaching.use_cases.membership import leave_workspace
from conversation.events import MessageShortcutUsed, Pressed, Reply
from conversation.messages import FieldKind, Form
from conversation.routes import (
    BREAKDOWN_LOG,
    BREAKDOWN_SETTLE,
    BREAKDOWN_TELL,
    SITTING_ANSWER,
    VOICE_TELL,
    WISH_AWAY,
    WISH_LESS,
)
from storage import SqlStore
from tests.integration.coaching.week import TUESDAY_NINE, WORKSPACE, Week
from tests.integration.handlers.answering import BOARD, Answering, form, problems

_GIVEN = {
    FieldKind.DATE: "2026-10-12",
    FieldKind.PERSON: "U2",
    FieldKind.SHORT_TEXT: "Words",
    FieldKind.LONG_TEXT: "More words",
}


@pytest.fixture
async def answering(store: SqlStore) -> Answering:
    week = Week(store)
    await week.set_up()
    await week.until(TUESDAY_NINE)
    return Answering(week)


async def opened(answering: Answering, what: str) -> Form:
    if what in {BREAKDOWN_LOG, VOICE_TELL}:
        used = MessageShortcutUsed(WORKSPACE, "U2", "C1", what, "The export fails")
        return form(await answering.does(used))
    value = ""
    if what == SITTING_ANSWER:
        value = (await answering.week.sitting("U2")).id
    if what in {BREAKDOWN_SETTLE, BREAKDOWN_TELL}:
        shown = await opened(answering, BREAKDOWN_LOG)
        await sends(answering, shown)
        (told,) = await answering.week.do(lambda uow: uow.breakdowns.where())
        value = told.id
    return form(await answering.does(Pressed(WORKSPACE, "U2", what, value)))


async def sends(answering: Answering, shown: Form) -> Reply:
    given = {
        one.id.replace(".", "_"): one.initial or _GIVEN.get(one.kind) or next(iter(one.choices), "")
        for one in shown.fields
    }
    return await answering.sends("U2", shown, **given)


@pytest.mark.parametrize(
    ("what", "teams"),
    [
        (SITTING_ANSWER, 1),
        (BREAKDOWN_LOG, 1),
        (BREAKDOWN_LOG, 2),
        (BREAKDOWN_SETTLE, 1),
        (BREAKDOWN_TELL, 1),
        (VOICE_TELL, 1),
        (VOICE_TELL, 2),
        (WISH_AWAY, 1),
        (WISH_LESS, 2),
    ],
)
async def test_the_form_stays_open_with_a_sentence(
    answering: Answering, what: str, teams: int
) -> None:
    if teams == 2:
        await answering.week.set_up(BOARD)
    shown = await opened(answering, what)
    await answering.week.do(lambda uow: leave_workspace(uow, "U2", answering.week.now))
    before = await answering.week.do(
        lambda uow: (uow.answers.where(), uow.breakdowns.where(), uow.members.where())
    )
    refused = problems(await sends(answering, shown))
    assert set(refused) <= {one.id for one in shown.fields}, "beneath a field that it has"
    (sentence,) = refused.values()
    assert sentence.startswith(("You have left", "You are on no team", "You are in no team"))
    after = await answering.week.do(
        lambda uow: (uow.answers.where(), uow.breakdowns.where(), uow.members.where())
    )
    assert after == before
