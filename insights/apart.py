"""How far apart sentences lie, by the words they have in common. No figure of it is ever shown."""

import re
from collections.abc import Sequence
from itertools import combinations

__all__ = ["distance", "furthest_first"]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
_PLAIN = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by can do does every for from has have how in into is it its of on"
        " or our ours so that the their them they this those to us we what when where which who"
        " whom with will you your",
    )
)
"""Words that say nothing of what a sentence is about."""

_ENDINGS = ("ing", "ies", "es", "ed", "s", "e", "y")
_SHORTEST = 4


def distance(one: str, other: str) -> float:
    """From 0 (the same words, in whatever order) to 1 (none in common). The same both ways."""
    mine, theirs = _about(one), _about(other)
    together = mine | theirs
    return 1 - len(mine & theirs) / len(together) if together else 0.0


def furthest_first(sentences: Sequence[str]) -> list[int]:
    """The places of the sentences, those of the two that lie furthest apart first.

    Of several such pairs the first; the rest follow as they stood.
    """
    places = range(len(sentences))
    pairs = list(combinations(places, 2))
    if not pairs:
        return list(places)
    first = max(pairs, key=lambda pair: distance(sentences[pair[0]], sentences[pair[1]]))
    return [*first, *(place for place in places if place not in first)]


def _about(sentence: str) -> frozenset[str]:
    words = _WORD.findall(sentence.replace(_CURLY, "'").casefold())
    return frozenset(_stem(word) for word in words if word not in _PLAIN) or frozenset(words)


def _stem(word: str) -> str:
    """A word without its ending, so that `serve` and `serves` are one."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word
