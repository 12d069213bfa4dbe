"""Answers that come once a round has closed: kept, marked, and taken until the next one opens."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.cadence import DIGEST
from coaching.delivery import Delivery, DeliveryKind
from coaching.errors import Refused
from coaching.practice import Visibility
from coaching.round import RoundState, SittingState
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.answer_prompt import answer_sitting, field_id, see_sitting, tell_more
from coaching.use_cases.close_rounds import WORDS, end_late_answers
from coaching.use_cases.excuse import skip_sitting
from conversation.compose import compose
from conversation.compose.forms import sitting_form
from conversation.messages import Message
from insights.digest import Facts
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)
THURSDAY_FIVE = datetime(2026, 10, 8, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EVERY_TUESDAY = "FREQ=WEEKLY;BYDAY=TU"

PLAN = WantedTeam(
    name="Northwind leadership",
    channel="C1",
    timezone="Europe/London",
    country="GB",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER),
        WantedMember("U3", Role.LEADER),
    ),
    cadences=(WantedCadence("early_wins", EVERY_TUESDAY, time(9)),),
)


def asking(*practices: str) -> WantedTeam:
    return replace(
        PLAN, cadences=tuple(WantedCadence(key, EVERY_TUESDAY, time(9)) for key in practices)
    )


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


async def sitting_of(weeks: Weeks, user: str) -> str:
    """The latest sitting of a person, whatever became of it."""
    member = await weeks.member(user)
    return (await weeks.do(lambda uow: uow.sittings.where(member_id=member.id)))[-1].id


async def gives(weeks: Weeks, user: str, sitting_id: str, **values: str) -> None:
    """Send a form with these values, by question key."""

    await weeks.do(
        lambda uow: answer_sitting(
            uow,
            sitting_id,
            user,
            {
                field_id(asked.round.id, question.key): values[question.key]
                for asked in see_sitting(uow, sitting_id, user).asked
                for question in asked.now
                if question.key in values
            },
            weeks.now,
        )
    )


async def said(weeks: Weeks, delivery: Delivery) -> str:
    message = await weeks.do(lambda uow: compose(uow, delivery, weeks.now))
    assert isinstance(message, Message), message
    return str(message)


async def direct_message(weeks: Weeks, user: str, sitting_id: str) -> str:
    """What the prompt of a sitting says by now."""
    known = (await weeks.deliveries()).values()
    post = next(
        one for one in known if (one.subject, one.kind) == (sitting_id, DeliveryKind.PROMPT)
    )
    assert post.addressee_id == user
    return await said(weeks, replace(post, update_of=post.id))


async def summaries(weeks: Weeks, detail: str = "") -> list[Delivery]:
    known = (await weeks.deliveries()).values()
    return [
        one
        for one in known
        if one.kind is DeliveryKind.SUMMARY and one.detail == detail and one.update_of is None
    ]


async def test_17_late_answers_are_kept_and_marked_until_the_next_round(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.answers("U1")
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    sitting_id = await sitting_of(weeks, "U2")
    before = await direct_message(weeks, "U2", sitting_id)
    assert "Visible progress: closed. Should you still want to, an answer is welcome" in before
    assert "Answer late" in before
    (summary,) = await summaries(weeks)
    assert "came once the round had closed" not in await said(weeks, summary)

    form = await weeks.do(lambda uow: sitting_form(see_sitting(uow, sitting_id, "U2")))
    assert "This round has closed." in str(form)
    assert "marked as having come later" in str(form)
    await weeks.run_until(THURSDAY_FIVE + 2 * DAY)
    await gives(weeks, "U2", sitting_id, moved="The ward called, on Saturday")
    await weeks.run_until(weeks.now + HOUR)

    in_time, mark, late = (await said(weeks, summary)).partition("came once the round had closed")
    assert mark
    assert "A call was returned" in in_time
    assert "The ward called, on Saturday" in late
    after = await direct_message(weeks, "U2", sitting_id)
    assert "Answered late" in after
    assert "Edit" not in after
    line = next(
        one for one in (await weeks.deliveries()).values() if one.kind is DeliveryKind.PROGRESS
    )
    assert "closed: 2 of 3 have answered" in await said(weeks, line)
    anew = [one for one in (await weeks.deliveries()).values() if one.update_of == summary.id]
    assert len(anew) == 1


async def test_17_a_late_answer_can_not_be_changed(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    sitting_id = await sitting_of(weeks, "U2")
    await gives(weeks, "U2", sitting_id, moved="The ward called")
    with pytest.raises(Refused, match="what you wrote is kept as it is"):
        await weeks.do(lambda uow: see_sitting(uow, sitting_id, "U2"))


async def test_17_once_the_next_round_is_open_the_old_one_says_so_and_names_it(
    weeks: Weeks,
) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + 2 * HOUR)
    old = await sitting_of(weeks, "U2")
    await weeks.run_until(TUESDAY_NINE + 7 * DAY + HOUR)
    with pytest.raises(Refused, match="Visible progress is open for you now: `/widelens` shows"):
        await weeks.do(lambda uow: see_sitting(uow, old, "U2"))
    assert "Answer late" not in await direct_message(weeks, "U2", old)
    await weeks.answers("U2")
    with pytest.raises(Refused, match="You have answered that one already"):
        await weeks.do(lambda uow: see_sitting(uow, old, "U2"))
    await weeks.run_until(TUESDAY_NINE + 12 * DAY)
    third = await sitting_of(weeks, "U3")
    await weeks.run_until(TUESDAY_NINE + 21 * DAY + 3 * DAY)
    with pytest.raises(Refused, match="The one after it comes in its time"):
        await weeks.do(lambda uow: see_sitting(uow, third, "U3"))


async def test_17_as_the_next_round_opens_old_messages_lose_their_button(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.answers("U1")
    old = await sitting_of(weeks, "U2")
    answered = await sitting_of(weeks, "U1")
    await weeks.run_until(TUESDAY_NINE + 7 * DAY + HOUR)
    there = set(await weeks.deliveries())
    opened = (await weeks.do(lambda uow: uow.rounds.where(state=RoundState.OPEN)))[0]
    await weeks.do(lambda uow: end_late_answers(uow, opened, weeks.now))
    known = await weeks.deliveries()
    anew = [known[key] for key in known.keys() - there]
    assert old in {one.subject for one in anew}
    assert answered not in {one.subject for one in anew}


async def test_nothing_reminds_anybody_of_a_closed_round(weeks: Weeks) -> None:
    await weeks.apply(asking("early_wins", "agreements"))  # two days, and three
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting_id = await sitting_of(weeks, "U2")
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    texts = [one.text for one in await weeks.said_to("U2")]
    assert len(texts) == 2
    known = (await weeks.deliveries()).values()
    (post,) = [
        one for one in known if (one.subject, one.kind) == (sitting_id, DeliveryKind.REMINDER)
    ]
    again = await said(weeks, replace(post, update_of=post.id))
    assert "Visible progress" not in again
    await weeks.run_until(TUESDAY_NINE + 6 * DAY)
    assert len(await weeks.said_to("U2")) == 2


async def test_who_skipped_or_sent_a_form_left_open_may_come_late(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await weeks.skips("U2")
    sitting_id = await sitting_of(weeks, "U2")
    form = await weeks.do(lambda uow: sitting_form(see_sitting(uow, sitting_id, "U2")))
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    with pytest.raises(Refused, match="has closed, so there is nothing to skip"):
        await weeks.do(lambda uow: skip_sitting(uow, sitting_id, "U2", weeks.now))
    given = {field.id: "The ward called" for field in form.fields if not field.optional}
    await weeks.do(lambda uow: answer_sitting(uow, sitting_id, "U2", given, weeks.now))
    sitting = await weeks.do(lambda uow: uow.sittings.get(sitting_id))
    assert (sitting.state, sitting.reason) == (SittingState.ANSWERED, "")


async def test_what_was_told_in_figures_stays_as_it_was(weeks: Weeks) -> None:
    practice = weeks.catalogue["missing_voices"]
    assert practice.visibility is Visibility.AGGREGATED
    await weeks.apply(asking("missing_voices"))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    for user in ("U1", "U3"):
        await gives(weeks, user, await sitting_of(weeks, user), missing="The night shift")
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    told = [*await summaries(weeks), *await summaries(weeks, WORDS)]
    before = [await said(weeks, one) for one in told]
    late = await sitting_of(weeks, "U2")
    form = await weeks.do(lambda uow: sitting_form(see_sitting(uow, late, "U2")))
    assert "the figures stay as they were told" in str(form)
    await gives(weeks, "U2", late, missing="The night shift\nThe ward nurses")
    assert len(await weeks.do(lambda uow: uow.answers.where())) == 3
    assert [await said(weeks, one) for one in told] == before
    assert not [
        one
        for one in (await weeks.deliveries()).values()
        if one.update_of in {each.id for each in told}
    ]
    assert "so that nobody can work out yours" in await direct_message(weeks, "U2", late)


async def test_what_is_anonymous_can_not_come_late(weeks: Weeks) -> None:
    await weeks.apply(asking("alignment"))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting_id = await sitting_of(weeks, "U2")
    form = await weeks.do(lambda uow: sitting_form(see_sitting(uow, sitting_id, "U2")))
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    assert "Answer late" not in await direct_message(weeks, "U2", sitting_id)
    given = {next(form.fields).id: "4"}
    with pytest.raises(Refused, match="What is anonymous can't come late: alone, it could be told"):
        await weeks.do(lambda uow: answer_sitting(uow, sitting_id, "U2", given, weeks.now))


async def test_beside_an_anonymous_practice_the_named_one_may_come_late(weeks: Weeks) -> None:
    await weeks.apply(asking("alignment", "early_wins"))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    sitting_id = await sitting_of(weeks, "U2")
    form = await weeks.do(lambda uow: sitting_form(see_sitting(uow, sitting_id, "U2")))
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    assert "an answer to Visible progress is welcome" in await direct_message(
        weeks, "U2", sitting_id
    )
    given = {one.id: "4" if one.id.endswith("worthwhile") else "" for one in form.fields}
    moved = next(one.id for one in form.fields if one.id.endswith("moved"))
    given[moved] = "The ward called"
    scale = next(one for one in given if given[one] == "4")
    with pytest.raises(Refused) as refused:
        await weeks.do(lambda uow: answer_sitting(uow, sitting_id, "U2", given, weeks.now))
    assert list(refused.value.fields) == [scale]
    assert "can't keep what stands here" in refused.value.fields[scale]
    assert await weeks.do(lambda uow: uow.answers.where()) == []
    await weeks.do(
        lambda uow: answer_sitting(uow, sitting_id, "U2", given | {scale: ""}, weeks.now)
    )
    assert len(await weeks.do(lambda uow: uow.answers.where())) == 1


async def test_a_late_breakdown_feeds_the_register_and_has_its_second_step_once(
    weeks: Weeks,
) -> None:
    await weeks.apply(asking("breakdown"))
    await weeks.run_until(THURSDAY_FIVE + HOUR)
    sitting_id = await sitting_of(weeks, "U2")
    await gives(weeks, "U2", sitting_id, what="The export fails")
    (told,) = await weeks.do(lambda uow: uow.breakdowns.where())
    assert (told.what, told.logged_at) == ("The export fails", weeks.now)
    await weeks.run_until(weeks.now + HOUR)
    assert len(await weeks.said_to("U2", DeliveryKind.BREAKDOWN)) == 1

    round_id = told.round_id
    more = {field_id(round_id, "happened"): "The key had expired"}
    await weeks.do(lambda uow: tell_more(uow, sitting_id, "U2", more, weeks.now))
    (told,) = await weeks.do(lambda uow: uow.breakdowns.where())
    assert told.happened == "The key had expired"
    with pytest.raises(Refused, match="kept as it is"):
        await weeks.do(lambda uow: tell_more(uow, sitting_id, "U2", more, weeks.now))


async def test_the_digest_counts_a_late_answer_in_the_week_in_which_it_came(weeks: Weeks) -> None:
    digest = WantedCadence(DIGEST, "FREQ=WEEKLY;BYDAY=TH", time(18))
    plan = asking("voices_heard")
    await weeks.apply(replace(plan, cadences=(*plan.cadences, digest)))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    await gives(weeks, "U1", await sitting_of(weeks, "U1"), heard="A call was returned")
    late = await sitting_of(weeks, "U2")
    await weeks.run_until(THURSDAY_FIVE + DAY)
    await gives(weeks, "U2", late, heard="A nurse, on Friday")
    await weeks.run_until(THURSDAY_FIVE + 7 * DAY + 2 * HOUR)
    digests = await weeks.do(lambda uow: uow.digests.where())
    words = [_voices(one.facts) for one in digests]
    assert words == [["A call was returned"], ["A nurse, on Friday"]]


def _voices(facts: Facts | None) -> list[str]:
    assert facts is not None
    return [voice.words for voice in facts.voices]
