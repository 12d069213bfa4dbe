"""An attacker who has everything but the truth, and how it guesses.

**Who wrote which words.** It knows who sent a form, and in each round the authors of all words but
two; of these it says which of two people wrote which: a coin would be right half the time. (Of a
single unknown author elimination tells, whatever is kept.) For words it takes down every number and
text that stands near them: offsets of their bytes in the database file and its log, while the round
is open and at the end of the year; the cells, rowid and place of each row that holds them; where in
a cell, message or log they stand. For people it takes down the same of each row, message and byte
that names them, their sitting or their place in the round. Then it looks, over rounds whose authors
it was told, for the pair of such signals that agree most often in order ("the words that stand
further back are of who answered later"), and guesses by that pair.

**Who wrote at all.** It knows the authors of all words of a round but one, and who sent a form.
It describes each person's round by everything that names them, with ids, times and words masked,
learns which traits go with having written, and names the likeliest of those who are left.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from math import log
from random import Random

from tests.integration.anonymity.evidence import Snapshot
from tests.integration.anonymity.year import Asked, Year

__all__ = ["Guesses", "Pairs", "guess_who_wrote", "guess_whose_words", "strongest_signal", "study"]

Signals = dict[str, str]
Feature = tuple[str, str]
Pair = dict[Feature, int]
"""Of two words and the two who wrote them: 1 where two signals order both alike, or -1."""
Pairs = list[list[Pair]]
"""By round."""


@dataclass(frozen=True)
class Guesses:
    """How many were right, of how many, and how many a blind guess would get right."""

    right: int
    made: int
    by_chance: float
    spread: float
    """The standard deviation of a blind guesser's right ones."""

    @property
    def deviation(self) -> float:
        """How far from chance, in standard deviations."""
        return (self.right - self.by_chance) / self.spread


def study(year: Year, random: Random) -> Pairs:
    """Pairs of words of each round; none stands in two, so that no guess tells of another."""
    return [list(_pairs(year, asked, random)) for asked in year.rounds]


def guess_whose_words(pairs: Pairs, random: Random) -> Guesses:
    """Learn from the first half of the year, guess in the second."""
    half = len(pairs) // 2
    best, direction = _learn([pair for of_round in pairs[:half] for pair in of_round])
    unknown = [pair for of_round in pairs[half:] for pair in of_round]
    right = 0
    for pair in unknown:
        order = pair.get(best, 0) * direction
        right += order > 0 if order else random.random() < 0.5
    made = len(unknown)
    return Guesses(right, made, made / 2, (made / 4) ** 0.5)


def strongest_signal(pairs: Pairs) -> tuple[Feature, float]:
    """The two signals that agree most over the whole year, and by how many standard deviations."""
    totals: Counter[Feature] = Counter()
    seen: Counter[Feature] = Counter()
    for pair in chain.from_iterable(pairs):
        totals.update(pair)
        seen.update(pair.keys())
    strength = {feature: abs(totals[feature]) / count**0.5 for feature, count in seen.items()}
    best = max(strength, key=lambda feature: strength[feature])
    return best, strength[best]


def guess_who_wrote(year: Year, random: Random) -> Guesses:
    """Learn from each half of the year, guess in the other."""
    half = len(year.rounds) // 2
    halves = year.rounds[:half], year.rounds[half:]
    right, chances = 0, []
    for known, unknown in (halves, halves[::-1]):
        weights = _traits_of_writers(year, known)
        for asked in unknown:
            if not asked.authors:
                continue
            words = random.choice(sorted(asked.authors))
            told = {author for each, author in asked.authors.items() if each != words}
            left = [user for user in asked.senders if user not in told]
            random.shuffle(left)
            guess = max(left, key=lambda user: sum(weights[t] for t in _traits(year, asked, user)))
            right += guess == asked.authors[words]
            chances.append(1 / len(left))
    variance = sum(chance * (1 - chance) for chance in chances)
    return Guesses(right, len(chances), sum(chances), variance**0.5)


def _learn(known: Sequence[Pair]) -> tuple[Feature, int]:
    totals: Counter[Feature] = Counter()
    for pair in known:
        totals.update(pair)
    best = max(totals, key=lambda feature: abs(totals[feature]))
    return best, 1 if totals[best] > 0 else -1


def _pairs(year: Year, asked: Asked, random: Random) -> Iterator[Pair]:
    words = sorted(asked.authors)
    random.shuffle(words)
    of_words = {one: dict(_word_signals(year, asked, one)) for one in words}
    of_people = {user: dict(_person_signals(year, asked, user)) for user in asked.authors.values()}
    for one, other in zip(words[::2], words[1::2], strict=False):
        by_words = _orders(of_words[one], of_words[other])
        authors = asked.authors[one], asked.authors[other]
        by_people = _orders(of_people[authors[0]], of_people[authors[1]])
        yield {(w, p): by_words[w] * by_people[p] for w, p in product(by_words, by_people)}


def _orders(one: Signals, other: Signals) -> dict[str, int]:
    return {
        name: (one[name] > other[name]) - (one[name] < other[name])
        for name in one.keys() & other.keys()
        if one[name] != other[name]
    }


def _word_signals(year: Year, asked: Asked, words: str) -> Iterator[tuple[str, str]]:
    for when, snapshot in (("open", asked.open), ("end", year.end)):
        yield from _places(when, snapshot, words)
        for row in snapshot.naming(words):
            for column, cell in row.cells.items():
                value = f"{cell.index(words):09}" if words in cell else cell
                yield f"{when} {row.table}.{column}", value
    yield from _in_texts("message", [one.text for one in asked.said], words)
    yield from _in_texts("log", year.log, words)


def _person_signals(year: Year, asked: Asked, user: str) -> Iterator[tuple[str, str]]:
    names = {"user": user, "member": year.members[user], "sitting": asked.sittings[user]}
    for when, snapshot in (("open", asked.open), ("end", year.end)):
        for what, name in names.items():
            yield from _places(f"{when} {what}", snapshot, name)
        rows = snapshot.naming(names["sitting"])
        rows += [
            row for row in snapshot.naming(names["member"]) if asked.round_id in row.cells.values()
        ]
        for which, ordered in (("first", rows[::-1]), ("last", rows)):  # the latter overrides
            for row in ordered:
                for column, cell in row.cells.items():
                    yield f"{when} {which} {row.table}.{column}", cell
    to_them = [f"{at:09}" for at, one in enumerate(asked.said) if one.to == user]
    if to_them:
        yield from (("first message", to_them[0]), ("last message", to_them[-1]))
        yield "second message", to_them[min(1, len(to_them) - 1)]


def _places(what: str, snapshot: Snapshot, name: str) -> Iterator[tuple[str, str]]:
    for file, held in snapshot.files.items():
        first = held.find(name.encode())
        if first >= 0:
            yield f"{what} first byte {file}", f"{first:012}"
            yield f"{what} last byte {file}", f"{held.rfind(name.encode()):012}"
            yield f"{what} times {file}", f"{held.count(name.encode()):06}"


def _in_texts(what: str, texts: Sequence[str], words: str) -> Iterator[tuple[str, str]]:
    for at, text in enumerate(texts):
        if words in text:
            yield f"{what} number", f"{at:09}"
            yield f"{what} place", f"{text.index(words):09}"


def _traits_of_writers(year: Year, known: Iterable[Asked]) -> Mapping[str, float]:
    """How much each trait speaks for having written: the logarithm of its odds."""
    with_words: Counter[str] = Counter()
    without: Counter[str] = Counter()
    for asked in known:
        writers = set(asked.authors.values())
        for user in asked.senders:
            (with_words if user in writers else without).update(_traits(year, asked, user))
    sums = max(1, with_words.total()), max(1, without.total())
    weights: defaultdict[str, float] = defaultdict(float)
    for trait in with_words.keys() | without.keys():
        weights[trait] = log((with_words[trait] + 1) / sums[0]) - log(
            (without[trait] + 1) / sums[1]
        )
    return weights


def _traits(year: Year, asked: Asked, user: str) -> set[str]:
    """Everything that names a person in a round, with what is always another masked."""
    names = asked.sittings[user], year.members[user]
    traits = Counter(_masked(one.text) for one in asked.said if one.to == user)
    for when, snapshot in (("open", asked.open), ("end", year.end)):
        rows = snapshot.naming(names[0])
        rows += [r for r in snapshot.naming(names[1]) if asked.round_id in r.cells.values()]
        traits.update(f"{when} {_masked(f'{row.table} {list(row.cells.items())}')}" for row in rows)
    return {f"{trait} x{count}" for trait, count in traits.items()}


_ALWAYS_ANOTHER = re.compile(r"\b(?:[xn][0-9a-f]{16}|[0-9a-f]{32}|U\d{3}|\d+)\b|datetime\([^)]*\)")


def _masked(text: str) -> str:
    return _ALWAYS_ANOTHER.sub("*", text)
