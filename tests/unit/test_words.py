"""Words without names: their order comes from the words alone."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from coaching.answer import Answer
from coaching.catalogue import read_practice
from coaching.practice import Visibility
from coaching.round import Round, RoundState
from conversation.compose.words import shuffled
from conversation.messages import Block, Quote
from tests.unit.test_practice import GOOD

NOW = datetime(2026, 10, 6, 8, tzinfo=UTC)
WORDS = ("A nurse called", "The budget is hollow", "Somebody shouted", "")
PRACTICE = read_practice(
    GOOD.replace("attributed", Visibility.AGGREGATED)
    + "  - {key: more, type: short_text, text: Else}\n",
    "sample.yaml",
)


def a_round(id_: str) -> Round:
    return Round(id_, "w", "t", None, PRACTICE.key, "o", PRACTICE, RoundState.CLOSED, NOW, NOW, NOW)


def by(round_id: str, author: int, **values: str) -> Answer:
    at = NOW + timedelta(minutes=author)
    return Answer(f"a{author}", "w", round_id, f"m{author}", dict(values), at)


def quoted(blocks: list[Block]) -> list[str]:
    return [block.words for block in blocks if isinstance(block, Quote)]


def test_whoever_wrote_what_and_when_the_same_words_are_the_same_message() -> None:
    said = {
        str(shuffled(a_round("r"), [by("r", n, said=words) for n, words in enumerate(order)]))
        for order in permutations(WORDS)
    }
    assert len(said) == 1


def test_another_round_and_another_question_have_another_order() -> None:
    given = [f"Words {n}" for n in range(12)]
    orders = []
    for round_id in ("r1", "r2"):
        answers = [by(round_id, n, said=each, more=each) for n, each in enumerate(given)]
        words = quoted(shuffled(a_round(round_id), answers))
        orders += [tuple(words[:12]), tuple(words[12:])]
    assert all(sorted(order) == sorted(given) for order in orders)
    assert len(set(orders)) == 4
    assert tuple(given) not in orders
