"""The figures of a run, to be read by a person."""

from datetime import datetime, timedelta

from bot.demo.people import Scene
from bot.demo.report import Report

__all__ = ["summary", "weeks_of"]


def summary(report: Report, scene: Scene) -> str:
    """What a run came to, line by line."""
    first = scene.starts_at
    last = first + timedelta(weeks=report.weeks, days=-1)
    answers = "all kept" if report.answers_stored == report.answers_submitted else "NOT all kept"
    after = report.reminders_after_answer or "none"
    skipped = f", {report.rounds_skipped} skipped" if report.rounds_skipped else ""
    lines = (
        f"{_day(first)} to {_day(last)} {last.year}, seed {report.seed}",
        f"  {_count(report.rounds_opened, 'round')} opened, {report.rounds_closed} closed{skipped}",
        f"  {_count(report.answers_submitted, 'answer')} sent, {answers}",
        f"  {_count(report.reminders_sent, 'reminder')}, {after} of them after an answer",
        f"  {_count(report.breakdowns_logged, 'breakdown')} logged,"
        f" {report.breakdowns_settled} of them know what they need now",
        f"  {_count(report.digests_posted, 'digest')} posted",
        f"  {_count(report.deliveries_sent, 'message')} in all; {_faults(report)}",
        f"  at most {report.per_person_week_max} a week unasked to anybody; {_times(report)}",
    )
    return "\n".join(lines)


def weeks_of(number: int) -> str:
    """So many weeks, in words."""
    return _count(number, "week")


def _faults(report: Report) -> str:
    return _said(
        {
            "lost": report.deliveries_lost,
            "said twice": report.deliveries_duplicated,
            "errors": report.errors,
        }
    )


def _times(report: Report) -> str:
    return _said(
        {
            "in quiet hours": report.in_quiet_hours,
            "on days off": report.on_holiday,
            "to the absent": report.while_away,
            "at a wrong hour": report.wrong_local_time,
        }
    )


def _said(faults: dict[str, int]) -> str:
    return ", ".join(f"{what}: {count or 'none'}" for what, count in faults.items())


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
