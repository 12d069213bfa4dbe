"""Promises: made by answers, asked about on their day, settled, moved, taken back, shared."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.ports import UnitOfWork
from coaching.promise import Outcome, Promise
from coaching.round import RoundState
from coaching.use_cases.answer_prompt import answer_sitting, field_id, see_sitting, tell_more
from coaching.use_cases.membership import leave_channel
from conversation.events import HomeOpened, Pressed, ShowHome
from conversation.messages import Message
from conversation.routes import PROMISE_BACK, PROMISE_SETTLE, PROMISES_LIST
from storage import SqlStore
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, WORKSPACE, Week, cadence
from tests.integration.handlers.answering import Answering, form, problems, whispered
from tests.integration.handlers.test_breakdown_register import anew, asked, presses

ACT = "I call two wards myself"
FRIDAY_NINE = datetime(2026, 10, 9, 8, tzinfo=UTC)
CLOSED = datetime(2026, 10, 8, 17, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
ASKING = replace(
    PLAN,
    cadences=(
        replace(cadence("commitment", "TU", time(9)), rrule="FREQ=MONTHLY;BYDAY=1TU"),
        replace(cadence("reflection", "WE", time(9)), rrule="FREQ=MONTHLY;BYDAY=1WE"),
    ),
)


@pytest.fixture
async def answering(store: SqlStore) -> Answering:
    week = Week(store)
    await week.set_up(ASKING)
    await week.until(TUESDAY_NINE)
    return Answering(week)


async def made(answering: Answering, user: str = "U2", by: str = "2026-10-09") -> Promise:
    await answering.week.answer(user, act=ACT, by=by)
    await answering.week.sends_all()
    return (await answering.week.do(lambda uow: uow.promises.where()))[-1]


async def promises(answering: Answering) -> list[Promise]:
    return await answering.week.do(lambda uow: uow.promises.where())


async def test_a_promise_is_asked_about_on_its_day_and_kept_to_oneself(
    answering: Answering,
) -> None:
    promise = await made(answering)
    assert (promise.words, promise.by.isoformat()) == (ACT, "2026-10-09")
    ((delivery, message),) = await asked(answering, FRIDAY_NINE)
    assert delivery.addressee_id == "U2"
    assert ACT in str(message)
    opened = form(await presses(answering, "U2", message, "Done"))
    assert (await promises(answering))[0].outcome is Outcome.DONE, "kept as it is pressed"
    said = form(await answering.sends("U2", opened, learned="They had waited for a call"))
    assert "Only you see it." in str(said)
    (kept,) = await promises(answering)
    assert (kept.learned, kept.shared) == ("They had waited for a call", False)
    assert "only you see it" in str(await anew(answering, delivery))
    assert await asked(answering, FRIDAY_NINE + 2 * WEEK) == []
    await answering.week.until(answering.week.now)
    seen = str(form(await answering.commands("U1", "promises")))
    assert ACT not in seen
    change = form(await presses(answering, "U2", said, "Change it"))
    await answering.sends("U2", change, shared="My team may see what came of it")
    seen = str(form(await answering.commands("U9", "promises")))
    assert ACT in seen
    assert "They had waited for a call" in seen


async def test_lead_and_coach_see_open_ones_once_the_team_has_read_them(
    answering: Answering,
) -> None:
    await made(answering)
    assert ACT not in str(form(await answering.commands("U1", "promises")))
    await answering.week.until(CLOSED)
    assert ACT in str(form(await answering.commands("U1", "promises")))
    own = str(form(await answering.commands("U2", "promises")))
    assert ACT in own
    assert ACT not in str(form(await answering.commands("U3", "promises")))


async def test_not_yet_takes_another_day(answering: Answering) -> None:
    await made(answering)
    ((delivery, message),) = await asked(answering, FRIDAY_NINE)
    opened = form(await presses(answering, "U2", message, "Not yet"))
    assert (await promises(answering))[0].outcome is None
    wrong = problems(await answering.sends("U2", opened, by="2026-10-08"))
    assert wrong == {"by": "That day has gone by. Choose one that is still to come."}
    assert "by" in problems(await answering.sends("U2", opened, by="soon"))
    assert "learned" in problems(await answering.sends("U2", opened, learned="x" * 3001))
    assert "outcome" in problems(await answering.sends("U2", opened, outcome=""))
    said = form(await answering.sends("U2", opened, by="2026-10-14"))
    assert "I ask you again on Wednesday 14 October." in str(said)
    assert "Wednesday 14 October" in str(await anew(answering, delivery))
    ((_, again),) = await asked(answering, FRIDAY_NINE + 5 * DAY)
    opened = form(await presses(answering, "U2", again, "Not yet"))
    assert "Kept: not yet." in str(form(await answering.sends("U2", opened)))
    assert (await promises(answering))[0].outcome is Outcome.NOT_YET
    assert await asked(answering, FRIDAY_NINE + 3 * WEEK) == []


async def test_who_does_not_answer_is_asked_once_more(answering: Answering) -> None:
    await made(answering)
    assert len(await asked(answering, FRIDAY_NINE)) == 1
    ((_, message),) = await asked(answering, FRIDAY_NINE + WEEK)
    assert "I ask this once more, and then let it rest." in str(message)
    assert await asked(answering, FRIDAY_NINE + 6 * WEEK) == []


async def test_a_promise_is_taken_back_and_up_again(answering: Answering) -> None:
    promise = await made(answering)
    shown = form(await answering.commands("U2", "promises"))
    back = form(await presses(answering, "U2", shown, "Take it back"))
    assert "It holds no longer" in str(back)
    back = form(await answering.does(Pressed(WORKSPACE, "U2", PROMISE_BACK, promise.id)))
    assert await asked(answering, FRIDAY_NINE) == []
    settle = Pressed(WORKSPACE, "U2", PROMISE_SETTLE, f"{promise.id}:done")
    assert "You took this back" in str(form(await answering.does(settle)))
    assert "taken back" in str(form(await answering.commands("U2", "promises")))
    await answering.week.answer("U2", act=ACT, by="2026-10-09", risk="My calendar")
    assert (await promises(answering))[0].withdrawn_at is not None, "nothing of it has changed"
    up = form(await presses(answering, "U2", back, "Take it up again"))
    assert "I ask you again on Friday 9 October." in str(up)
    ((delivery, message),) = await asked(answering, FRIDAY_NINE + DAY * 3)
    await presses(answering, "U2", message, "Take it back")
    assert "taken back" in str(await anew(answering, delivery))


async def test_an_edit_changes_the_promise_and_emptied_takes_it_back(
    answering: Answering,
) -> None:
    promise = await made(answering)
    await answering.week.answer("U2", act="I call three wards", by="2026-10-12")
    (kept,) = await promises(answering)
    assert (kept.id, kept.words, kept.by.day) == (promise.id, "I call three wards", 12)
    assert await asked(answering, FRIDAY_NINE) == []
    assert len(await asked(answering, FRIDAY_NINE + 3 * DAY)) == 1


async def test_a_late_answer_makes_one_too(answering: Answering) -> None:
    await answering.week.until(CLOSED)
    await made(answering, by="2026-10-12")
    ((delivery, _),) = await asked(answering, FRIDAY_NINE + 3 * DAY)
    assert delivery.addressee_id == "U2"


async def test_an_experiment_with_a_day_is_one(answering: Answering) -> None:
    week = answering.week
    await week.until(TUESDAY_NINE + DAY)
    sitting = await week.sitting("U3")

    async def tell(step: Callable[..., object], **values: str) -> None:
        def work(uow: UnitOfWork) -> None:
            (asked_,) = see_sitting(uow, sitting.id, "U3").asked
            given = {field_id(asked_.round.id, key): value for key, value in values.items()}
            step(uow, sitting.id, "U3", given, week.now)

        await week.do(work)

    await tell(answer_sitting, learned="Calls work", experiment="Call on Mondays")
    assert await promises(answering) == [], "no day, no promise"
    await tell(tell_more, sign="Nobody picks up", look_on="2026-10-12")
    (kept,) = await promises(answering)
    assert (kept.words, kept.sign) == ("Call on Mondays", "Nobody picks up")
    await week.sends_all()
    ((delivery, message),) = await asked(answering, FRIDAY_NINE + 3 * DAY)
    assert "Nobody picks up" in str(message)
    week.now = TUESDAY_NINE + DAY
    await tell(answer_sitting, learned="Calls work")
    (kept,) = await promises(answering)
    assert kept.withdrawn_at is not None
    assert "taken back" in str(await anew(answering, delivery))
    assert "no longer in your answer" in str(await anew(answering, delivery))
    await tell(answer_sitting, learned="Calls work", experiment="Call on Mondays")
    assert (await promises(answering))[0].withdrawn_at is None


async def test_who_leaves_is_asked_no_more(answering: Answering) -> None:
    promise = await made(answering)
    await answering.week.do(lambda uow: leave_channel(uow, "U2", "C1", answering.week.now))
    assert await asked(answering, FRIDAY_NINE) == []
    assert (await promises(answering))[0].withdrawn_at is not None
    settle = Pressed(WORKSPACE, "U2", PROMISE_SETTLE, f"{promise.id}:done")
    assert "You have left this team" in str(form(await answering.does(settle)))
    assert "You are on no team" in whispered(await answering.commands("U2", "promises")).text


async def test_it_is_nobody_elses_to_settle(answering: Answering) -> None:
    promise = await made(answering)
    for value, said in ((f"{promise.id}:done", "somebody else's"), ("gone:done", "can't find")):
        refused = form(await answering.does(Pressed(WORKSPACE, "U1", PROMISE_SETTLE, value)))
        assert said in str(refused)
    assert (await promises(answering))[0].outcome is None


async def test_the_home_has_what_one_promised(answering: Answering) -> None:
    await made(answering)
    home = await answering.does(HomeOpened(WORKSPACE, "U2"))
    assert isinstance(home, ShowHome)
    assert f"What came of it: {ACT}" in str(home)
    opened = form(await presses(answering, "U2", Message("", home.home.blocks), "What came of it"))
    assert "What came of it?" in str(opened)
    listed = form(await answering.does(Pressed(WORKSPACE, "U2", PROMISES_LIST, "")))
    assert ACT in str(listed)


async def test_many_promises_are_counted(answering: Answering) -> None:
    promise = await made(answering)

    def add(uow: UnitOfWork) -> None:
        for number in range(20):
            round_ = uow.rounds.get(promise.round_id)
            other = replace(round_, id=f"r{number}", occasion=f"o{number}")
            uow.rounds.add(replace(other, state=RoundState.CLOSED))
            uow.promises.add(replace(promise, id=f"p{number}", round_id=other.id))

    await answering.week.do(add)
    assert "6 more, of later days" in str(form(await answering.commands("U2", "promises")))
    assert "10 more, of later days" in str(form(await answering.commands("U1", "promises")))
    home = await answering.does(HomeOpened(WORKSPACE, "U2"))
    assert "15 more, of later days: /widelens promises shows them." in str(home)
