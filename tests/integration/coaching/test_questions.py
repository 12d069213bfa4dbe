"""What the catalogue can ask, on a real store: steps, privacy, the last answer, who is asked."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.catalogue import load_catalogue
from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.ports import Store
from coaching.round import RoundState
from coaching.team import Role
from coaching.team_plan import WantedMember
from coaching.use_cases.answer_prompt import Asked, see_sitting, tell_more
from conversation.compose.forms import more_form, sitting_form
from conversation.messages import Form, Message
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, Week, cadence

A_WEEK = timedelta(weeks=1)
CLOSES = datetime(2026, 10, 8, 16, tzinfo=UTC)

PURPOSE = """\
key: sample
name: Sample
discipline: Commissioning
minutes: 2
open_days: 2
visibility: at_close
why: Because.
thanks: Kept.
summary: What was said.
quiet: Nothing was said.
questions:
  - key: holds
    type: choice
    text: Does it still hold in {year}?
    choices: ["Yes", One word is wrong, "No"]
  - key: exist
    type: long_text
    text: Why do we exist?
    optional: true
    starts_from_last: true
  - key: with
    type: people
    text: With whom?
    optional: true
    starts_from_last: true
  - key: lead_better
    type: long_text
    text: What did I learn about how I lead?
    optional: true
    private: true
  - key: word
    type: short_text
    text: Which word?
    optional: true
    later: true
    starts_from_last: true
    when: {question: holds, answer: [One word is wrong, "No"]}
"""


async def week_with(store: Store, text: str = PURPOSE) -> Week:
    week = Week(store, catalogue=load_catalogue({"own.yaml": text}))
    await week.set_up(replace(PLAN, cadences=(cadence("sample", "TU", time(9)),)))
    await week.until(TUESDAY_NINE)
    return week


@pytest.fixture
async def week(store: Store) -> Week:
    return await week_with(store)


async def asked(week: Week, user: str) -> Asked:
    sitting = await week.sitting(user)
    view = await week.do(lambda uow: see_sitting(uow, sitting.id, user))
    return view.asked[0]


async def form(week: Week, user: str) -> Form:
    sitting = await week.sitting(user)
    return sitting_form(await week.do(lambda uow: see_sitting(uow, sitting.id, user)))


async def more(week: Week, user: str) -> Form | None:
    sitting = await week.sitting(user)
    return more_form(await week.do(lambda uow: see_sitting(uow, sitting.id, user)))


async def tell(week: Week, user: str, key: str, value: str) -> None:
    sitting = await week.sitting(user)
    given = {f"{(await asked(week, user)).round.id}.{key}": value}
    await week.do(lambda uow: tell_more(uow, sitting.id, user, given, week.now))


async def kept(week: Week, user: str) -> dict[str, object]:
    member = await week.member(user)
    answers = await week.do(lambda uow: uow.answers.where(member_id=member.id))
    return dict(answers[-1].values)


def initial(form: Form | None) -> dict[str, str]:
    assert form is not None
    return {field.id.partition(".")[2]: field.initial for field in form.fields}


async def summary(week: Week) -> str:
    (post,) = [one for one in await week.queued(DeliveryKind.SUMMARY) if not one.detail]
    said = await week.says(post)
    assert isinstance(said, Message)
    return str(said)


class TestWhen:
    async def test_is_asked_second_and_only_where_it_holds(self, week: Week) -> None:
        assert (await asked(week, "U1")).later == ()
        await week.answer("U1", holds="Yes")
        assert (await asked(week, "U1")).later == ()
        assert await more(week, "U1") is None
        await week.answer("U1", holds="No")
        assert [question.key for question in (await asked(week, "U1")).later] == ["word"]

    async def test_what_was_told_stays_as_the_first_step_is_edited(self, week: Week) -> None:
        await week.answer("U1", holds="No")
        await tell(week, "U1", "word", "growth")
        await week.answer("U1", holds="One word is wrong", exist="For patients")
        assert await kept(week, "U1") == {
            "holds": "One word is wrong",
            "exist": "For patients",
            "word": "growth",
        }

    async def test_what_no_longer_applies_goes_with_the_answer_it_hung_on(self, week: Week) -> None:
        await week.answer("U1", holds="No")
        await tell(week, "U1", "word", "growth")
        await week.answer("U1", holds="Yes")
        assert await kept(week, "U1") == {"holds": "Yes"}

    async def test_what_was_not_asked_is_not_kept(self, week: Week) -> None:
        await week.answer("U1", holds="Yes")
        await tell(week, "U1", "word", "growth")
        assert await kept(week, "U1") == {"holds": "Yes"}


class TestStartsFromLast:
    async def test_the_fields_start_from_ones_own_last_answer(self, week: Week) -> None:
        await week.answer("U1", holds="No", exist="For\npatients", **{"with": "U2\nU3"})
        await tell(week, "U1", "word", "growth")
        await week.answer("U2", holds="Yes", exist="For money")
        await week.until(TUESDAY_NINE + A_WEEK)
        assert initial(await form(week, "U1")) == {
            "holds": "",
            "exist": "For\npatients",
            "with": "U2\nU3",
            "lead_better": "",
        }
        assert initial(await form(week, "U2"))["exist"] == "For money"
        assert initial(await form(week, "U3"))["exist"] == ""
        await week.answer("U1", holds="No")
        assert initial(await more(week, "U1")) == {"word": "growth"}

    async def test_what_was_taken_out_stays_out_of_an_edit(self, week: Week) -> None:
        await week.answer("U1", holds="No", exist="For patients")
        await week.until(TUESDAY_NINE + A_WEEK)
        await week.answer("U1", holds="No")
        assert initial(await form(week, "U1"))["exist"] == ""

    async def test_the_latest_answer_to_the_question_counts_however_long_ago(
        self, week: Week
    ) -> None:
        await week.answer("U1", holds="No", exist="First")
        await week.until(TUESDAY_NINE + A_WEEK)
        await week.answer("U1", holds="No")
        await week.until(TUESDAY_NINE + 2 * A_WEEK)
        assert initial(await form(week, "U1"))["exist"] == "First"

    async def test_who_has_left_is_not_named_again(self, week: Week) -> None:
        await week.answer("U1", holds="No", **{"with": "U2\nU3"})
        without = replace(
            PLAN,
            members=tuple(one for one in PLAN.members if one.user != "U3"),
            cadences=(cadence("sample", "TU", time(9)),),
        )
        await week.set_up(without)
        await week.until(TUESDAY_NINE + A_WEEK)
        assert initial(await form(week, "U1"))["with"] == ""

    async def test_never_from_another_team(self, week: Week) -> None:
        await week.answer("U2", holds="No", exist="Ours alone")
        other = replace(
            PLAN,
            name="Southwind",
            channel="C2",
            members=(WantedMember("U2", Role.LEAD),),
            cadences=(cadence("sample", "WE", time(9)),),
        )
        await week.set_up(other)
        await week.until(TUESDAY_NINE + timedelta(days=1))
        members = await week.do(lambda uow: uow.members.where(user="U2"))
        sittings = await week.do(lambda uow: uow.sittings.where(member_id=members[1].id))
        view = await week.do(lambda uow: see_sitting(uow, sittings[0].id, "U2"))
        assert "Ours alone" not in str(sitting_form(view))


class TestPrivate:
    SECRET = "I interrupt people"

    async def test_is_kept_and_shown_to_nobody_but_the_person(self, week: Week) -> None:
        await week.answer("U2", holds="Yes", lead_better=self.SECRET)
        assert (await kept(week, "U2"))["lead_better"] == self.SECRET
        assert initial(await form(week, "U2"))["lead_better"] == self.SECRET
        assert "Kept for you alone." in str(await form(week, "U2"))
        await week.until(CLOSES)
        await week.until(CLOSES + timedelta(days=7))
        for delivery in await week.do(lambda uow: uow.deliveries.where()):
            assert self.SECRET not in str(await week.says(delivery))
        for digest in await week.do(lambda uow: uow.digests.where()):
            assert self.SECRET not in str(digest)

    async def test_alone_it_is_no_answer_for_the_others(self, store: Store) -> None:
        optional = PURPOSE.replace("    choices:", "    optional: true\n    choices:")
        week = await week_with(store, optional)
        await week.answer("U2", lead_better=self.SECRET)
        await week.until(CLOSES)
        assert "Nothing was said." in await summary(week)


async def test_the_year_ahead_is_that_of_the_rounds_opening(week: Week) -> None:
    assert (await asked(week, "U1")).round.practice.questions[0].text == (
        "Does it still hold in 2031?"
    )
    await week.until(datetime(2027, 1, 5, 9, tzinfo=UTC))
    assert "in 2032?" in (await asked(week, "U1")).round.practice.questions[0].text
    await week.until(datetime(2027, 1, 7, 17, tzinfo=UTC))
    rounds = await week.do(lambda uow: uow.rounds.where(state=RoundState.CLOSED))
    assert "in 2031?" in rounds[0].practice.questions[0].text


class TestAudience:
    TEXT = PURPOSE.replace("minutes: 2", "minutes: 2\naudience: lead_and_coach")

    async def test_lead_and_coach_are_asked_and_answer(self, store: Store) -> None:
        week = await week_with(store, self.TEXT)
        prompts = await week.queued(DeliveryKind.PROMPT)
        assert sorted(one.addressee_id for one in prompts) == ["U1", "U9"]
        await week.answer("U9", holds="Yes")
        assert await kept(week, "U9") == {"holds": "Yes"}

    async def test_who_is_lead_no_more_is_refused(self, store: Store) -> None:
        week = await week_with(store, self.TEXT)
        sitting = await week.sitting("U1")
        lead = await week.member("U1")
        await week.do(lambda uow: uow.members.save(replace(lead, role=Role.LEADER)))
        with pytest.raises(Refused, match="can't answer what is asked of lead and coach"):
            await week.do(lambda uow: see_sitting(uow, sitting.id, "U1"))

    async def test_of_two_rounds_one_answers_those_that_are_still_theirs(
        self, store: Store
    ) -> None:
        week = Week(store, catalogue=load_catalogue({"own.yaml": self.TEXT}))
        both = (cadence("sample", "TU", time(9)), cadence("early_wins", "TU", time(9)))
        await week.set_up(replace(PLAN, cadences=both))
        await week.until(TUESDAY_NINE)
        sitting = await week.sitting("U1")
        assert len((await week.do(lambda uow: see_sitting(uow, sitting.id, "U1"))).asked) == 2
        lead = await week.member("U1")
        await week.do(lambda uow: uow.members.save(replace(lead, role=Role.LEADER)))
        assert (await asked(week, "U1")).round.practice_key == "early_wins"
        await week.answer("U1", moved="A call was returned")
        assert await kept(week, "U1") == {"moved": "A call was returned"}


async def test_a_practice_whose_file_is_gone_is_skipped_and_says_why(week: Week) -> None:
    week.catalogue = load_catalogue()
    await week.until(TUESDAY_NINE + A_WEEK)
    last = (await week.do(lambda uow: uow.rounds.where()))[-1]
    assert (last.state, last.reason) == (RoundState.SKIPPED, "its practice file is gone")


async def test_a_practice_that_was_never_asked_and_is_gone_leaves_nothing(store: Store) -> None:
    week = Week(store, catalogue=load_catalogue({"own.yaml": PURPOSE}))
    await week.set_up(replace(PLAN, cadences=(cadence("sample", "TU", time(9)),)))
    week.catalogue = load_catalogue()
    await week.until(TUESDAY_NINE)
    assert await week.do(lambda uow: uow.rounds.where()) == []
