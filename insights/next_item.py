"""What a digest puts on the next agenda: one item, from what leads it, not twice in four weeks."""

from collections.abc import Collection, Iterator

from insights.digest_facts import Facts, Left, Why

__all__ = ["items", "next_item"]

_ANY_WEEK = ("taken_up", "guest", "unmissed", "call", "outward")
"""Items for a week in which nothing that leads asks for one. There are more of them than digests
in four weeks, so one of them is always new."""


def next_item(facts: Facts, told: Collection[str]) -> tuple[str, Why]:
    """The item, as `kind` or `kind:` and the key of the fact that it is about; and why that one."""
    offered = list(items(facts))
    fresh = [one for one in offered if facts.mark_of(one) not in told]
    chosen = (fresh or offered)[0]
    left = [
        Left(one, "it was on an agenda within four weeks")
        for one in offered[: offered.index(chosen)]
    ]
    because = "nothing that leads asks for one" if ":" not in chosen else "it follows from it"
    return chosen, Why("one item for the next agenda", chosen, because, tuple(left))


def items(facts: Facts) -> Iterator[str]:
    """What could be on the agenda, the most pressing first; there is always something."""
    voice, need = facts.voice, facts.need
    if need and not need.needed_now:
        yield f"settle:{need.key}"
    if voice and voice.decision:
        if voice.state not in ("changed", "unchanged"):
            yield f"decide:{voice.key}"
        elif not voice.told:
            yield f"tell:{voice.key}"
    if need and need.overdue:
        yield f"close:{need.key}"
    if facts.gap:
        yield facts.gap.key
    if not facts.voices:
        yield "call"
    yield from _ANY_WEEK
