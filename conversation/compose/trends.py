"""A team's trends, for its lead and coach: counts, two spells of four weeks side by side."""

from collections.abc import Iterator

from coaching.trend import Figures
from coaching.use_cases.see_trends import SeenTrends
from conversation.compose.digest_facts import share_in_words
from conversation.compose.digest_thread import short_day
from conversation.messages import (
    Bold,
    Bullets,
    Chart,
    ChartKind,
    Heading,
    Line,
    Message,
    Note,
    Series,
    line,
)

__all__ = ["trends"]

_HONEST = "It counts what was logged, and does not say what came of it. Only you see this."


def trends(seen: SeenTrends) -> Message:
    """What was logged, and nothing of who logged it."""
    name = seen.team.name
    figures = tuple(float(one.voices_outside) for _, one in seen.weekly)
    chart = Chart(
        "Outside voices heard, by week",
        ChartKind.BAR,
        tuple(short_day(period.first) for period, _ in seen.weekly),
        (Series("Outside voices", figures),),
    )
    pictures = (chart,) if any(figures) else ()
    return Message(
        f"{name}: {seen.lately.voices_outside} outside voices were heard in the last four weeks.",
        (
            Heading("What was logged"),
            Note(line(f"{name} · the last four weeks, in brackets the four before")),
            Bullets((*_both(seen.lately, seen.before), *_whole(seen))),
            *pictures,
            Note(line(_HONEST)),
        ),
    )


def _both(lately: Figures, before: Figures) -> Iterator[Line]:
    yield _line("Outside voices heard", lately.voices_outside, before.voices_outside)
    yield _line("Voices that changed a decision", lately.voices_changed, before.voices_changed)
    yield _line("Breakdowns logged", lately.breakdowns_logged, before.breakdowns_logged)
    yield _line(
        "Breakdowns that know what they need", lately.breakdowns_settled, before.breakdowns_settled
    )
    yield _line("Breakdowns closed", lately.breakdowns_closed, before.breakdowns_closed)


def _whole(seen: SeenTrends) -> Iterator[Line]:
    whole, map_ = seen.whole, seen.standing
    if whole.days_to_need is not None:
        days = f"{whole.days_to_need:.1f}".removesuffix(".0")
        yield _line("Days to What's needed now?, on average in twelve weeks", days)
    if whole.invites_made:
        of = f"{whole.invites_kept} of {whole.invites_made}"
        yield _line("Invitations that brought the guest in, in twelve weeks", of)
    if whole.promises_due:
        told = whole.promises_done + whole.promises_partly + whole.promises_not_yet
        parts = (
            f"{whole.promises_done} done",
            f"{whole.promises_partly} partly",
            f"{whole.promises_not_yet} not yet",
            f"{whole.promises_due - told} not said",
        )
        yield _line(
            "Promises for a day in twelve weeks", f"{whole.promises_due}: {', '.join(parts)}"
        )
    if whole.outside_share is not None:
        share = share_in_words(round(whole.outside_share))
        yield _line("Meetings about value for those outside, in twelve weeks", share)
    yield _line(
        "Stakeholders on the map",
        f"{map_.on_map}, {map_.in_focus} in focus, {map_.stale} not met for 120 days",
    )


def _line(name: str, now: object, before: object = None) -> Line:
    return line(f"{name}: ", Bold(str(now)), "" if before is None else f" ({before})")
