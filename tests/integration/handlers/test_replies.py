"""Words written to the bot: an answer where that is beyond doubt, else told what to press."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import count

import pytest

from coaching.answer import MOST_CHARACTERS
from coaching.delivery import Delivery, DeliveryKind
from coaching.errors import StoreUnavailable
from coaching.ports import Store
from coaching.practice import QuestionType
from coaching.round import SittingState
from coaching.team_plan import WantedTeam
from coaching.use_cases.excuse import skip_sitting
from coaching.use_cases.reply import open_question
from conversation.events import DirectMessageTyped, Nothing
from conversation.messages import Button, Buttons, Message
from storage import SqlStore
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, WORKSPACE, Week, cadence
from tests.integration.handlers.answering import BOARD, Answering

WORDS = "The ward ordered again"
_events = count()


def asking(*practices: str) -> WantedTeam:
    return replace(PLAN, cadences=tuple(cadence(one, "TU", time(9)) for one in practices))


@pytest.fixture
async def week(store: Store) -> Week:
    return Week(store)


async def asked(week: Week, *practices: str) -> Answering:
    """The team, asked this on Tuesday; the prompts stand in everybody's direct messages."""
    await week.set_up(asking(*practices))
    await week.until(TUESDAY_NINE)
    await week.sends_all()
    return Answering(week)


async def writes(
    answering: Answering, words: str = WORDS, user: str = "U2", beneath: str = "", event: str = ""
) -> None:
    identifier = event or f"Ev{next(_events)}"
    written = DirectMessageTyped(identifier, WORKSPACE, user, words, beneath)
    assert await answering.does(written) == Nothing()


async def kept(week: Week) -> list[dict[str, object]]:
    answers = await week.do(lambda uow: uow.answers.where())
    return [dict(answer.values) for answer in answers]


async def hints(week: Week) -> list[Message]:
    said = [await week.says(one) for one in await week.queued(DeliveryKind.HINT)]
    return [one for one in said if isinstance(one, Message)]


def buttons(message: Message) -> list[Button]:
    return [one for block in message.blocks if isinstance(block, Buttons) for one in block.buttons]


async def prompt_of(week: Week, user: str = "U2") -> Delivery:
    sitting = await week.sitting(user)
    posts = await week.queued(DeliveryKind.PROMPT)
    return next(one for one in posts if one.subject == sitting.id)


async def test_words_are_kept_and_the_prompt_says_so(week: Week) -> None:
    answering = await asked(week, "early_wins")
    await writes(answering)
    assert await kept(week) == [{"moved": WORDS}]
    assert (await week.sitting("U2")).state is SittingState.ANSWERED
    assert await hints(week) == []
    (anew,) = await week.do(
        lambda uow: uow.deliveries.where(kind=DeliveryKind.PROMPT, state="pending")
    )
    said = await week.says(anew)
    assert isinstance(said, Message)
    assert said.text.startswith("Answered: Visible progress.")
    assert [one.label for one in buttons(said)] == ["Edit"]


async def test_an_event_that_comes_again_is_taken_in_once(week: Week) -> None:
    answering = await asked(week, "early_wins")
    for _ in range(3):
        await writes(answering, event="EvOne")
    assert await kept(week) == [{"moved": WORDS}]
    assert await hints(week) == []


async def test_what_is_written_after_it_is_not_kept_and_edit_is_offered(week: Week) -> None:
    answering = await asked(week, "early_wins")
    await writes(answering)
    await writes(answering, "and the clinic, too")
    assert await kept(week) == [{"moved": WORDS}]
    (hint,) = await hints(week)
    assert hint.text.startswith("You have answered Visible progress. I kept nothing")
    assert [one.label for one in buttons(hint)] == ["Edit"]


@pytest.mark.parametrize(
    "practices",
    [
        ("doubts",),
        ("alignment",),
        ("early_wins", "voices_heard"),
        ("voices_heard",),
        ("breakdown",),
        ("early_wins", "doubts"),
        ("missing_voices",),
    ],
    ids=" and ".join,
)
async def test_where_it_is_not_beyond_doubt_nothing_is_kept(
    week: Week, practices: tuple[str, ...]
) -> None:
    answering = await asked(week, *practices)
    await writes(answering)
    assert await kept(week) == []
    (round_, *_) = await week.do(lambda uow: uow.rounds.where())
    assert await week.do(lambda uow: uow.anonymous.senders(round_.id)) == set()
    (hint,) = await hints(week)
    assert "I kept nothing of what you wrote here" in hint.text
    (button,) = buttons(hint)
    assert (button.route, button.value) == ("sitting.answer.v1", (await week.sitting("U2")).id)


async def test_two_open_sittings_are_offered_side_by_side(week: Week) -> None:
    await week.set_up(asking("early_wins"))
    board = replace(BOARD, cadences=(cadence("early_wins", "TU", time(10)),))
    await week.set_up(board)
    await week.until(TUESDAY_NINE + timedelta(hours=1))
    await week.sends_all()
    answering = Answering(week)
    await writes(answering)
    assert await kept(week) == []
    (hint,) = await hints(week)
    assert len(buttons(hint)) == 2
    await writes(answering, user="U3")
    assert await kept(week) == [{"moved": WORDS}], "who has one open is not in doubt"


async def test_what_was_not_shown_yet_is_not_answered(week: Week) -> None:
    await week.set_up(asking("early_wins"))
    await week.until(TUESDAY_NINE)
    await writes(Answering(week), "Hello, anybody there?")
    assert await kept(week) == []
    assert len(await hints(week)) == 1


async def test_who_let_it_pass_is_not_taken_at_a_word(week: Week) -> None:
    answering = await asked(week, "early_wins")
    sitting = await week.sitting("U2")
    await week.do(lambda uow: skip_sitting(uow, sitting.id, "U2", week.now))
    await writes(answering, "Thanks")
    assert await kept(week) == []
    (hint,) = await hints(week)
    assert hint.text.startswith("Nothing is open for you at the moment.")


async def test_a_reply_counts_beneath_its_own_prompt_alone(week: Week) -> None:
    answering = await asked(week, "early_wins")
    await writes(answering, beneath="of last week")
    assert await kept(week) == []
    prompt = await prompt_of(week)
    await writes(answering, beneath=prompt.id)  # as the week's platform names it
    assert await kept(week) == [{"moved": WORDS}]


async def test_what_is_too_long_is_said_to_be(week: Week) -> None:
    answering = await asked(week, "early_wins")
    await writes(answering, "w" * (MOST_CHARACTERS[QuestionType.LONG_TEXT] + 1))
    assert await kept(week) == []
    (hint,) = await hints(week)
    assert hint.text.startswith("It is longer than one answer can be.")
    assert "wwww" not in str(hint)


async def test_a_picture_alone_is_no_answer(week: Week) -> None:
    answering = await asked(week, "early_wins")
    await writes(answering, " ")
    assert await kept(week) == []
    assert len(await hints(week)) == 1


@pytest.mark.parametrize("word", ["help", "Digest", "breakdown"])
async def test_a_word_of_the_command_is_no_answer(week: Week, word: str) -> None:
    answering = await asked(week, "early_wins")
    await writes(answering, word)
    assert await kept(week) == []
    assert len(await hints(week)) == 1


@pytest.mark.parametrize(("practice", "will_do"), [("early_wins", True), ("doubts", False)])
async def test_the_prompt_says_where_words_will_do(
    week: Week, practice: str, will_do: bool
) -> None:
    await asked(week, practice)
    said = str(await week.says(await prompt_of(week)))
    assert ("write your answer here" in said) is will_do


async def test_several_lines_in_a_row_get_one_hint(week: Week) -> None:
    answering = await asked(week, "voices_heard")
    for line in ("Hello", "I met a supplier", "She said no"):
        await writes(answering, line)
    assert len(await hints(week)) == 1
    await week.until(week.now + timedelta(minutes=30))
    await writes(answering, "Anybody there?")
    assert len(await hints(week)) == 2


async def test_a_stranger_gets_a_kind_word(week: Week) -> None:
    answering = await asked(week, "early_wins")
    await writes(answering, user="U8")
    assert await kept(week) == []
    (hint,) = await hints(week)
    assert "Nothing is open for you" in hint.text
    assert any(one.kind is DeliveryKind.HINT for one in await week.sends_all())


async def test_words_of_people_are_in_no_record_but_the_answer(week: Week) -> None:
    answering = await asked(week, "voices_heard")
    await writes(answering, "Something private")
    deliveries = await week.do(lambda uow: uow.deliveries.where())
    assert "Something private" not in str(deliveries)


async def test_where_it_can_not_be_kept_it_comes_again(week: Week, store: SqlStore) -> None:
    answering = await asked(week, "early_wins")
    await store.close()
    with pytest.raises(StoreUnavailable):
        await writes(answering)


def test_of_the_catalogue_only_named_single_questions_take_words(store: Store) -> None:
    week = Week(store)
    takes = {key for key, practice in week.catalogue.items() if open_question(practice)}
    assert takes == {"early_wins"}
