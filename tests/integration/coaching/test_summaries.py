"""What a closed round brings: figures, lists and words, with names, or without."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from coaching.catalogue import load_catalogue
from coaching.delivery import Addressee, DeliveryKind
from coaching.ports import Store
from conversation.messages import Bullets, Message, Person, Quote
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, Week, cadence

CLOSES = datetime(2026, 10, 8, 16, tzinfo=UTC)

EVERYTHING = """\
key: sample
name: Sample
discipline: Connecting
minutes: 2
open_days: 2
visibility: attributed
why: Because.
thanks: Kept.
summary: What was said.
quiet: Nothing was said.
questions:
  - {key: felt, type: scale, text: How was it?, optional: true, scale: {low: Dull, high: Lively}}
  - {key: voices, type: number, text: How many voices?, optional: true}
  - {key: kind, type: choice, text: Of which kind?, optional: true, choices: [norm, budget]}
  - {key: where, type: multi_choice, text: Where?, optional: true, choices: [here, there]}
  - {key: missing, type: stakeholders, text: Who was missing?, optional: true}
  - {key: changes, type: decision, text: Which decision?, optional: true}
  - {key: future, type: statement, text: Which future?, optional: true}
  - {key: said, type: long_text, text: What was said?, optional: true}
  - {key: helped, type: people, text: Who helped?, optional: true}
  - {key: by, type: date, text: By when?, optional: true}
""".replace("?, ", '?", ').replace("text: ", 'text: "')
AGGREGATED = EVERYTHING.replace("attributed", "aggregated")


async def closed_with(store: Store, text: str, **answers: dict[str, str]) -> Week:
    """A week in which these people gave these answers, at the close of the round."""
    week = Week(store, catalogue=load_catalogue({"own.yaml": text}))
    await week.set_up(replace(PLAN, cadences=(cadence("sample", "TU", time(9)),)))
    await week.until(TUESDAY_NINE)
    for user, values in answers.items():
        await week.answer(user, **values)
    await week.until(CLOSES)
    return week


async def to_channel(week: Week) -> Message:
    posts = await week.queued(DeliveryKind.SUMMARY)
    (post,) = [one for one in posts if one.addressee is Addressee.CHANNEL]
    said = await week.says(post)
    assert isinstance(said, Message)
    return said


def figures(message: Message) -> list[str]:
    """The lines of figures, in plain words."""
    lines = [line for block in message.blocks if isinstance(block, Bullets) for line in block.lines]
    return ["".join(str(getattr(span, "text", span)) for span in line) for line in lines]


async def test_three_answers_make_a_mean_and_two_stay_figures(store: Store) -> None:
    two = {"U1": {"felt": "5", "voices": "1200"}, "U2": {"felt": "2", "voices": "3"}}
    week = await closed_with(store, EVERYTHING, **two)
    assert figures(await to_channel(week)) == [
        "How was it? 2 and 5 of 5 (5: lively)",
        "How many voices? 3 and 1,200",
    ]


async def test_figures_of_every_kind(store: Store) -> None:
    week = await closed_with(
        store,
        EVERYTHING,
        U1={"felt": "5", "voices": "4", "kind": "budget", "where": "here\nthere"},
        U2={"felt": "4", "voices": "4", "kind": "norm", "where": "there"},
        U3={"felt": "2", "voices": "4", "kind": "budget"},
    )
    said = await to_channel(week)
    assert figures(said) == [
        "How was it? 3.7 of 5 on average, from 3 answers (5: lively)",
        "How many voices? 4 on average, from 3 answers",
        "Of which kind? budget: 2, norm: 1",
        "Where? there: 2, here: 1",
    ]
    assert not [block for block in said.blocks if isinstance(block, Quote)]


async def test_words_are_quoted_with_the_name_and_the_rest_in_small_print(store: Store) -> None:
    week = await closed_with(
        store,
        EVERYTHING,
        U2={
            "missing": "night nurses\nthe data regulator",
            "changes": "Move the release",
            "future": "No patient waits.",
            "said": "A nurse called.",
            "helped": "U1\nU3",
            "by": "2026-12-04",
        },
    )
    said = await to_channel(week)
    assert [block for block in said.blocks if isinstance(block, Quote)] == [
        Quote("A nurse called.", by="U2")
    ]
    text = str(said)
    for words in ("night nurses and the data regulator", "Move the release", "No patient waits."):
        assert words in text
    assert "Friday 4 December" in text
    assert str(Person("U1")) in text
    assert str(Person("U3")) in text


async def test_somebody_who_names_only_people_is_told_without_a_quote(store: Store) -> None:
    week = await closed_with(store, EVERYTHING, U2={"helped": "U3"})
    said = await to_channel(week)
    assert not [block for block in said.blocks if isinstance(block, Quote)]
    assert str((Person("U2"), ": Who helped? ", Person("U3"))) in str(said)


WORDS = ("A nurse called", "The budget is hollow", "Somebody shouted")


async def aggregated(store: Store) -> Week:
    return await closed_with(
        store,
        AGGREGATED,
        U1={"felt": "5", "said": WORDS[0], "missing": "night nurses\nthe regulator"},
        U2={"felt": "4", "said": WORDS[1], "missing": "Night nurses", "helped": "U3"},
        U3={"felt": "2", "said": WORDS[2], "changes": "Hire", "future": "No waiting"},
    )


async def test_aggregated_gives_the_team_figures_and_no_names_or_words(store: Store) -> None:
    said = await to_channel(await aggregated(store))
    assert figures(said) == [
        "How was it? 3.7 of 5 on average, from 3 answers (5: lively)",
        "Who was missing? night nurses (2 times)",
    ]
    text = str(said)
    for hidden in (*WORDS, "Person(", "the regulator", "Hire", "No waiting", "U1", "U2", "U3"):
        assert hidden not in text


async def test_the_words_go_to_lead_and_coach_alone_in_no_order_and_without_names(
    store: Store,
) -> None:
    week = await aggregated(store)
    posts = [one for one in await week.queued(DeliveryKind.SUMMARY) if one.detail == "text"]
    assert sorted(one.addressee_id for one in posts) == ["U1", "U9"]
    assert {one.addressee for one in posts} == {Addressee.PERSON}
    said = [await week.says(one) for one in posts]
    assert said[0] == said[1] == await week.says(posts[0]), "the same each time it is said"
    assert isinstance(said[0], Message)
    quotes = [block for block in said[0].blocks if isinstance(block, Quote)]
    assert {quote.by for quote in quotes} == {None}
    assert {quote.words for quote in quotes} == {
        *WORDS,
        "night nurses and the regulator",
        "Night nurses",
        "Hire",
        "No waiting",
    }
    assert "Who helped?" in str(said[0])


async def test_nothing_written_is_nothing_said_to_lead_and_coach(store: Store) -> None:
    week = await closed_with(store, AGGREGATED, U2={"felt": "4"})
    (post, _) = [one for one in await week.queued(DeliveryKind.SUMMARY) if one.detail == "text"]
    assert await week.says(post) == "nothing was written"


@pytest.mark.parametrize("text", [EVERYTHING, AGGREGATED])
async def test_without_answers_the_quiet_line_stands(store: Store, text: str) -> None:
    said = await to_channel(await closed_with(store, text))
    assert said.text == "Sample: Nothing was said."
