"""The purpose by hand: checked as it is sent, looked up, settled, its versions turned over."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.stakeholder import Stakeholder
from coaching.use_cases.settle_purpose import settle_purpose
from conversation.compose.settling import FIELD, START
from conversation.events import (
    FormChanged,
    FormSubmitted,
    HomeOpened,
    Keep,
    Nothing,
    OpenForm,
    Pressed,
    ReplaceForm,
    ShowHome,
)
from conversation.messages import Buttons, Form, Message
from conversation.routes import (
    PURPOSE_HISTORY,
    PURPOSE_MEND,
    PURPOSE_RESTATE,
    PURPOSE_SETTLE,
    SITTING_ANSWER,
)
from storage import SqlStore
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, WORKSPACE, Week, cadence
from tests.integration.handlers.answering import Answering, form, problems, whispered

CLOSED = datetime(2026, 10, 12, 16, tzinfo=UTC)
ONCE = replace(cadence("purpose_whole", "TU", time(9)), rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=1")
BOTH = replace(PLAN, cadences=(ONCE, cadence("early_wins", "TU", time(9))))
OUTWARD = "We make the wards of the north run without waiting"
INWARD = "We grow revenue, with our team"
UNSURE = "Together we are stronger"


@pytest.fixture
async def answering(store: SqlStore) -> Answering:
    week = Week(store)
    await week.set_up(BOTH)
    return Answering(week)


async def sends(answering: Answering, user: str, sentence: str) -> object:
    sitting = await answering.week.sitting(user)
    opened = form(await answering.does(Pressed(WORKSPACE, user, SITTING_ANSWER, sitting.id)))
    values = {"serve": "Nurses", "missed": "They", "sentence": sentence, "moved": "A ward"}
    given = {one.id: values.get(one.id.partition(".")[2], one.initial) for one in opened.fields}
    return await answering.does(
        FormSubmitted(WORKSPACE, user, SITTING_ANSWER, opened.reference, given)
    )


async def team_id(answering: Answering) -> str:
    return (await answering.week.team()).id


async def settled(answering: Answering, *sentences: str) -> str:
    team, now = await team_id(answering), answering.week.now

    def settle(uow: UnitOfWork) -> None:
        for number, sentence in enumerate(sentences, 1):
            settle_purpose(uow, "U1", team, number, sentence, FIELD, now)

    await answering.week.do(settle)
    return team


def labels(blocks: object) -> list[str]:
    assert isinstance(blocks, tuple)
    rows = [one for one in blocks if isinstance(one, Buttons)]
    return [button.label for row in rows for button in row.buttons]


async def test_a_sentence_that_names_nobody_outside_is_kept_and_says_so(
    answering: Answering,
) -> None:
    week = answering.week
    await week.until(TUESDAY_NINE)
    team, amara = await week.team(), await week.member("U1")
    nurses = Stakeholder("n", WORKSPACE, team.id, "n", "Ward nurses", amara.id, week.now)
    await week.do(lambda uow: uow.stakeholders.add(nurses))
    shown = form(await sends(answering, "U2", INWARD))  # type: ignore[arg-type]
    said = str(shown.body)
    assert "Kept as you wrote it. " in said
    assert "nobody outside the company is in it yet." in said
    assert "Ward nurses" in said
    assert "would they recognise themselves" in said
    assert (shown.submit, shown.cancel) == ("Change it", "Keep it")
    (asked,) = shown.fields
    assert asked.initial == INWARD
    kept = await week.do(lambda uow: uow.answers.where())
    assert INWARD in [one.values.get("sentence") for one in kept]
    empty = {asked.id.replace(".", "_"): ""}
    assert problems(await answering.sends("U2", shown, **empty)) == {
        asked.id: "This one needs a sentence."
    }
    better = {asked.id.replace(".", "_"): OUTWARD}
    assert await answering.sends("U2", shown, **better) == Nothing()
    assert await sends(answering, "U2", OUTWARD) == Nothing(), "an Edit that changes nothing"
    assert isinstance(await sends(answering, "U2", UNSURE), ReplaceForm)
    assert await sends(answering, "U2", UNSURE) == Nothing(), "it was told once"
    assert isinstance(await sends(answering, "U3", OUTWARD), Nothing)


async def test_what_is_unsure_says_by_which_words(answering: Answering) -> None:
    await answering.week.until(TUESDAY_NINE)
    shown = form(await sends(answering, "U2", "Revenue and customers"))  # type: ignore[arg-type]
    assert "side by side, " in str(shown.body)
    assert "Who out there would notice if you stopped?" in str(shown.body)
    shown = form(await sends(answering, "U3", UNSURE))  # type: ignore[arg-type]
    assert "I can't find anybody outside the company" in str(shown.body)


async def test_the_second_step_of_the_sitting_stands_beneath_it(answering: Answering) -> None:
    week = answering.week
    check = replace(week.catalogue["purpose"], feeds=None)
    week.catalogue = {**week.catalogue, "purpose": check}
    asks = cadence("purpose", "TU", time(9))
    await week.set_up(replace(BOTH, cadences=(ONCE, asks)))
    answering = Answering(week)
    await week.until(TUESDAY_NINE)
    sitting = await week.sitting("U2")
    opened = form(await answering.does(Pressed(WORKSPACE, "U2", SITTING_ANSWER, sitting.id)))
    values = {"serve": "Nurses", "missed": "They", "sentence": INWARD, "holds": "No"}
    given = {one.id: values.get(one.id.partition(".")[2], one.initial) for one in opened.fields}
    sent = FormSubmitted(WORKSPACE, "U2", SITTING_ANSWER, sitting.id, given)
    shown = form(await answering.does(sent))
    assert "If you have another minute for " in str(shown.body)
    assert (shown.submit, shown.cancel) == ("Send", "Keep it")
    sentence, untrue = shown.fields
    both = {
        sentence.id.replace(".", "_"): OUTWARD,
        untrue.id.replace(".", "_"): "The north is wider",
    }
    assert await answering.sends("U2", shown, **both) == Nothing()
    member = await week.member("U2")
    answers = await week.do(lambda uow: uow.answers.where(member_id=member.id))
    kept = {key: value for one in answers for key, value in one.values.items()}
    assert (kept["sentence"], kept["untrue"]) == (OUTWARD, "The north is wider")


async def restated(answering: Answering) -> Form:
    """The form in which the lead settles one of two sentences."""
    await answering.week.until(TUESDAY_NINE)
    for user, sentence in (("U2", INWARD), ("U3", OUTWARD)):
        await sends(answering, user, sentence)
    await answering.week.until(CLOSED)
    team = await team_id(answering)
    return form(await answering.does(Pressed(WORKSPACE, "U1", PURPOSE_SETTLE, team)))


async def test_the_lead_starts_from_a_sentence_or_from_nothing(answering: Answering) -> None:
    opened = await restated(answering)
    start, sentence = opened.fields
    assert start.choices == ("Sentence 1", "Sentence 2")
    assert sentence.initial == ""

    async def chooses(choice: str) -> str:
        changed = FormChanged(
            WORKSPACE,
            "U1",
            PURPOSE_SETTLE,
            opened.reference,
            {START: choice, FIELD: "words"},
            START,
        )
        shown = form(await answering.does(changed))
        return next(one.initial for one in shown.fields if one.id == FIELD)

    assert await chooses("Sentence 2") == OUTWARD
    assert await chooses("") == ""
    assert await answering.sends("U1", opened, sentence=OUTWARD) == Nothing()
    assert isinstance(await answering.sends("U1", opened, sentence=INWARD), Keep)
    again = form(
        await answering.does(Pressed(WORKSPACE, "U1", PURPOSE_SETTLE, await team_id(answering)))
    )
    assert [one.initial for one in again.fields] == [OUTWARD], "a word is changed in it"
    await answering.week.until(CLOSED + timedelta(hours=1))
    assert await chooses("Our sentence as it is") == OUTWARD


async def test_a_sentence_that_is_settled_is_checked_likewise(answering: Answering) -> None:
    opened = await restated(answering)
    shown = form(await answering.sends("U1", opened, sentence=INWARD))
    assert shown.route == PURPOSE_MEND
    assert "Settled as you wrote it. " in str(shown.body)
    assert await answering.sends("U1", shown, sentence=OUTWARD) == Nothing()
    (kept,) = await answering.week.do(lambda uow: uow.purposes.where())
    assert (kept.number, kept.sentence) == (1, OUTWARD)


async def test_it_is_looked_up_with_what_one_can_do(answering: Answering) -> None:
    told = whispered(await answering.commands("U1", "purpose"))
    assert labels(told.blocks) == ["Settle our sentence", "Restate it now"]
    await restated(answering)
    told = whispered(await answering.commands("U1", "purpose"))
    assert "none is settled yet" in str(told.blocks)
    await settled(answering, OUTWARD, INWARD)
    told = whispered(await answering.commands("U1", "purpose"))
    assert labels(told.blocks) == ["Change a word", "Restate it now", "Earlier versions"]
    assert "version 2 · settled on 12 October 2026 by " in str(told.blocks)
    assert labels(whispered(await answering.commands("U9", "purpose")).blocks) == [
        "Restate it now",
        "Earlier versions",
    ]
    assert labels(whispered(await answering.commands("U2", "purpose")).blocks) == [
        "Earlier versions"
    ]


async def test_its_versions_are_turned_over_page_by_page(answering: Answering) -> None:
    sentences = [f"We serve ward {number}" for number in range(1, 13)]
    team = await settled(answering, *sentences)

    async def page(value: str, user: str = "U2") -> object:
        return await answering.does(Pressed(WORKSPACE, user, PURPOSE_HISTORY, value))

    first = await page(team)
    assert isinstance(first, OpenForm)
    assert "We serve ward 12" in str(first.form.body)
    assert labels(first.form.body) == ["Older"]
    middle = await page(f"{team}:1")
    assert isinstance(middle, ReplaceForm)
    assert labels(middle.form.body) == ["Newer", "Older"]
    last = await page(f"{team}:9")
    assert isinstance(last, ReplaceForm)
    assert labels(last.form.body) == ["Newer"]
    assert "We serve ward 2'" in str(last.form.body)
    assert "for those on the team" in str(form(await page(team, "U7")))  # type: ignore[arg-type]


async def test_a_team_without_a_sentence_has_no_versions(answering: Answering) -> None:
    reply = await answering.does(
        Pressed(WORKSPACE, "U2", PURPOSE_HISTORY, await team_id(answering))
    )
    assert "No sentence has been settled yet." in str(form(reply).body)


async def test_it_is_restated_by_a_press_and_says_what_came_of_it(answering: Answering) -> None:
    team = await team_id(answering)
    said = form(await answering.does(Pressed(WORKSPACE, "U1", PURPOSE_RESTATE, team)))
    assert "Purpose restatement: open until" in str(said.body)
    said = form(await answering.does(Pressed(WORKSPACE, "U1", PURPOSE_RESTATE, team)))
    assert "open already" in str(said.body)
    said = form(await answering.does(Pressed(WORKSPACE, "U2", PURPOSE_RESTATE, team)))
    assert "can't steer" in str(said.body)


async def test_on_the_home_it_stands_with_what_leads_and_coaches_can_do(
    answering: Answering,
) -> None:
    async def home(user: str) -> tuple[object, ...]:
        reply = await answering.does(HomeOpened(WORKSPACE, user))
        assert isinstance(reply, ShowHome)
        return reply.home.blocks

    assert "not settled yet." in str(await home("U1"))
    await restated(answering)
    assert "waits to be settled" in str(await home("U1"))
    await settled(answering, OUTWARD)
    assert OUTWARD in str(await home("U1"))
    assert "Change a word" in labels(await home("U1"))
    assert "Change a word" not in labels(await home("U9"))


async def test_the_coach_is_told_what_keeps_it_from_being_pinned(answering: Answering) -> None:
    week = answering.week
    await settled(answering, OUTWARD)
    (purpose,) = await week.queued(DeliveryKind.PURPOSE)
    for reason, mend in (
        ("missing_scope", "A permission of mine is missing."),
        ("too_many_pins", "Somebody in the channel can pin it by hand."),
    ):
        told = replace(purpose, kind=DeliveryKind.COACH_NOTE, detail=f"unpinned:{reason}")
        said = await week.says(told)
        assert isinstance(said, Message)
        assert mend in str(said.blocks)
