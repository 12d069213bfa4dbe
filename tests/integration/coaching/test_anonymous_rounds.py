"""Anonymous rounds: taken once, told in company, and nothing of it anywhere else."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.delivery import Delivery, DeliveryKind
from coaching.errors import Refused
from coaching.ports import Store, UnitOfWork
from coaching.round import Round, SittingState
from coaching.team import Role
from coaching.team_plan import WantedMember, WantedTeam
from coaching.use_cases.answer_prompt import answer_sitting, field_id, open_sittings, see_sitting
from conversation.compose.forms import sitting_form
from conversation.messages import Buttons, Message
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, Week, cadence

THURSDAY_FIVE = datetime(2026, 10, 8, 16, tzinfo=UTC)
EIGHT = tuple(WantedMember(f"U{at}", Role.LEADER) for at in range(2, 9))
TEAM = replace(
    PLAN,
    members=(WantedMember("U1", Role.LEAD), *EIGHT),
    cadences=(cadence("alignment", "TU", time(9)),),
)
MIXED = replace(TEAM, cadences=(*TEAM.cadences, cadence("early_wins", "TU", time(9))))


async def a_week(store: Store, plan: WantedTeam = TEAM) -> Week:
    week = Week(store)
    await week.set_up(plan)
    await week.until(TUESDAY_NINE)
    await week.sends_all()
    return week


async def close(week: Week, at: datetime = THURSDAY_FIVE) -> str:
    """Close the round; what the channel is told of it."""
    await week.until(at)
    (summary,) = [
        one for one in await week.queued(DeliveryKind.SUMMARY) if await asks(week, one, "alignment")
    ][-1:]
    return str(await week.says(summary))


async def asks(week: Week, delivery: Delivery, practice: str) -> bool:
    round_ = await week.do(lambda uow: uow.rounds.get(delivery.subject))
    return round_.practice_key == practice


async def the_round(week: Week) -> Round:
    return (await week.do(lambda uow: uow.rounds.where(practice_key="alignment")))[-1]


async def prompt_of(week: Week, user: str) -> Message:
    prompts = await week.queued(DeliveryKind.PROMPT)
    mine = [one for one in prompts if one.addressee_id == user][-1]
    said = await week.says(replace(mine, update_of=mine.id))
    assert isinstance(said, Message)
    return said


def buttons(message: Message) -> list[str]:
    rows = [block.buttons for block in message.blocks if isinstance(block, Buttons)]
    return [button.label for row in rows for button in row]


async def everybody_answers(week: Week, first: int = 2, last: int = 6) -> None:
    for at in range(first, last + 1):
        await week.answer(f"U{at}", worthwhile=str(at - 1), because=f"Reason {at}")


async def test_the_prompt_and_the_form_say_so(store: Store) -> None:
    week = await a_week(store)
    assert "Anonymous: I can't tell who wrote what either" in str(await prompt_of(week, "U2"))
    sitting = await week.sitting("U2")
    form = await week.do(lambda uow: sitting_form(see_sitting(uow, sitting.id, "U2")))
    said = str(form.body)
    assert "from 5 answers on, your lead's not counted" in said
    assert "can give one away" in said
    assert "speak-up line" in said
    assert "with your name" not in said
    assert all(field.optional for field in form.fields)


async def test_at_the_threshold_figures_and_words_are_told_without_names(store: Store) -> None:
    week = await a_week(store)
    await everybody_answers(week)
    told = await close(week)
    assert "3.0 of 5 on average, spread 1.4" in told
    assert all(f"Reason {at}" in told for at in range(2, 7))
    assert not any(f"U{at}" in told for at in range(1, 9))


@pytest.mark.parametrize("answers", [0, 1, 4])
async def test_below_the_threshold_one_hears_that_it_waits_and_never_how_many(
    store: Store, answers: int
) -> None:
    week = await a_week(store)
    await everybody_answers(week, last=1 + answers)
    told = await close(week)
    assert "waits, safely, and is shown together with the next round's" in told
    assert "Reason" not in told
    assert not any(character.isdigit() for character in told)


async def test_the_leads_answer_is_among_the_others_and_not_counted(store: Store) -> None:
    week = await a_week(store)
    await week.answer("U1", worthwhile="5", because="Reason 1")
    await everybody_answers(week, last=5)
    assert "waits" in await close(week)
    other = await a_week_later(week)
    await everybody_answers(week, last=2)
    assert "2.7 of 5" in await close(week, other + timedelta(days=2, hours=8))


async def a_week_later(week: Week) -> datetime:
    moment = TUESDAY_NINE + timedelta(weeks=1)
    await week.until(moment)
    await week.sends_all()
    return moment


async def test_a_round_that_falls_short_comes_with_the_next_and_then_is_gone(store: Store) -> None:
    week = await a_week(store)
    await everybody_answers(week, last=4)
    await close(week)
    later = await a_week_later(week)
    await everybody_answers(week, first=5, last=6)
    told = await close(week, later + timedelta(days=2, hours=8))
    assert "3.0 of 5 on average" in told
    assert "With it comes what had to wait in earlier rounds." in told
    rounds = [one.id for one in await week.do(lambda uow: uow.rounds.where())]
    _, second = await week.do(lambda uow: uow.releases.where())
    assert {one.rounds for one in second.told} == {tuple(rounds)}
    assert await week.do(lambda uow: uow.anonymous.kept(rounds)) == []


async def test_a_second_form_is_refused_in_a_clear_sentence(store: Store) -> None:
    week = await a_week(store)
    await week.answer("U2", worthwhile="5", because="Reason")
    with pytest.raises(Refused, match="sent this already, and it is kept"):
        await week.answer("U2", worthwhile="1")
    assert await week.do(lambda uow: open_sittings(uow, "U2", week.now)) == []
    assert buttons(await prompt_of(week, "U2")) == []


async def test_an_empty_form_is_a_form_and_looks_like_any_other(store: Store) -> None:
    week = await a_week(store)
    await week.answer("U2", worthwhile="5", because="Reason")
    await week.answer("U3")
    one, other = await prompt_of(week, "U2"), await prompt_of(week, "U3")
    assert one.text == other.text
    assert "Reason" not in str(one)
    with pytest.raises(Refused, match="sent this already"):
        await week.answer("U3", worthwhile="1")


async def test_nothing_is_counted_while_it_is_open(store: Store) -> None:
    week = await a_week(store)
    before = await week.says((await week.queued(DeliveryKind.PROGRESS))[0])
    await week.answer("U2", worthwhile="5")
    sent = await week.sends_all()
    assert [one.kind for one in sent] == [DeliveryKind.PROMPT]
    after = await week.says((await week.queued(DeliveryKind.PROGRESS))[0])
    assert str(before) == str(after)
    assert "anonymous, so nobody is counted" in str(after)


async def test_beside_named_questions_the_named_alone_can_be_changed_and_are_counted(
    store: Store,
) -> None:
    week = await a_week(store, MIXED)
    await week.answer("U2", worthwhile="5", because="Reason", moved="A call was returned")
    await week.answer("U3", moved="A second one")
    line = str(await week.says((await week.queued(DeliveryKind.PROGRESS))[0]))
    assert "Visible progress: 2 of 8 have answered" in line
    prompt = await prompt_of(week, "U2")
    assert buttons(prompt)[:1] == ["Edit"]
    assert "You can change Visible progress until" in str(prompt)
    sitting = await week.sitting("U2")
    form = await week.do(lambda uow: sitting_form(see_sitting(uow, sitting.id, "U2")))
    assert "A call was returned" in [field.initial for field in form.fields]
    assert "Reason" not in str(form)
    await week.answer("U2", moved="Two calls were returned")
    answers = await week.do(lambda uow: uow.answers.where())
    assert [one.values["moved"] for one in answers] == ["Two calls were returned", "A second one"]


async def test_a_form_left_open_is_refused_where_its_anonymous_part_was_sent(store: Store) -> None:
    week = await a_week(store, MIXED)
    sitting = await week.sitting("U2")
    view = await week.do(lambda uow: see_sitting(uow, sitting.id, "U2"))
    given = {
        field_id(asked.round.id, question.key): "4" if question.scale else "Words"
        for asked in view.asked
        for question in asked.now
    }

    def send(uow: UnitOfWork) -> None:
        answer_sitting(uow, sitting.id, "U2", given, week.now)

    await week.do(send)
    with pytest.raises(Refused) as refused:
        await week.do(send)
    (field,) = refused.value.fields
    assert field.startswith((await the_round(week)).id)


async def test_who_sent_a_form_is_forgotten_when_the_round_closes(store: Store) -> None:
    week = await a_week(store)
    await everybody_answers(week)
    round_ = await the_round(week)
    assert len(await week.do(lambda uow: uow.anonymous.senders(round_.id))) == 5
    await close(week)
    assert await week.do(lambda uow: uow.anonymous.senders(round_.id)) == set()
    assert await week.do(lambda uow: uow.answers.where()) == []


async def test_a_closed_round_takes_no_answer(store: Store) -> None:
    week = await a_week(store)
    await close(week)
    with pytest.raises(Refused, match="has closed"):
        await week.answer("U2", worthwhile="1")
    assert (await week.sitting("U2")).state is SittingState.CLOSED


async def test_a_small_team_hears_averages_from_four_and_words_from_five(store: Store) -> None:
    week = await a_week(store, replace(TEAM, members=TEAM.members[:7]))
    await everybody_answers(week, last=5)
    told = await close(week)
    assert "2.5 of 5 on average'" in told
    assert "Reason" not in told
    assert "What is not shown here waits" in told
    later = await a_week_later(week)
    await everybody_answers(week, first=6, last=6)
    told = await close(week, later + timedelta(days=2, hours=8))
    assert "on average" not in told
    assert all(f"Reason {at}" in told for at in range(2, 7))


async def test_a_team_may_set_its_threshold_and_hears_what_it_means(store: Store) -> None:
    from coaching.use_cases.set_up_team import apply_teams

    week = Week(store)
    six = replace(TEAM, members=TEAM.members[:6], anonymity=5)
    said = await week.do(lambda uow: apply_teams(uow, [six], week.catalogue, week.now))
    assert any("gets there only if all of them answer" in one for one in said)
    assert (await week.team()).anonymity == 5
    again = await week.do(lambda uow: apply_teams(uow, [six], week.catalogue, week.now))
    assert again == []
    three = replace(six, anonymity=3)
    said = await week.do(lambda uow: apply_teams(uow, [three], week.catalogue, week.now))
    assert said == [
        "Northwind leadership: anonymous answers are shown from 3 on (averages; words from 5),"
        " the lead's not counted."
    ]
