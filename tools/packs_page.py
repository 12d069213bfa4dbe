"""Write docs/reference/packs.md out of the packs: what each asks when, and what that comes to.

python -m tools.packs_page
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.previewing import as_lines
from coaching.catalogue import load_catalogue
from coaching.pack import Pack, load_packs
from coaching.preview import Coming, preview
from coaching.rhythm import in_words
from coaching.rule_text import DAYS
from coaching.slot import Slot
from coaching.team import Member, Role, Team
from coaching.team_plan import WantedMember, WantedTeam
from coaching.use_cases.changes import team_as_wanted
from coaching.use_cases.set_cadences import planned_cadences

__all__ = ["PAGE", "load", "page"]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "packs.md"

_BEGINS = datetime(2026, 10, 5, 7, tzinfo=UTC)
_MONTH = 28
_YEAR = 364
_SLOT = Slot(1, time(9))
_PEOPLE = (WantedMember("lead", Role.LEAD), WantedMember("leader", Role.LEADER))

_HEAD = """\
# The packs

A pack is a year of practices on one line of a team's plan: `pack: gentle_start`, beside its `slot`
(see [teams.yaml](teams-yaml.md)). This page is made from the files in `coaching/packs/` by
`tools/packs_page.py`. What one of *your* people would get from your team as it stands: `widelens
preview TEAM --days 28`.

A sitting is one message and one form, with three required questions and three minutes at most. Who
has not answered it is reminded once, on the next working day.

| Pack | Key | Messages in 28 days, reminders included | Minutes in 28 days |
|---|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    packs = sorted(load_packs().values(), key=lambda pack: load(pack)[0])
    rows = ""
    for pack in packs:
        messages, minutes = load(pack)
        rows += f"| {pack.name} | `{pack.key}` | {messages:.1f} | {minutes:.1f} |\n"
    counted = "\nCounted over a year, for a leader who never answers in time.\n"
    return _HEAD + rows + counted + "".join("".join(_section(pack)) for pack in packs)


def load(pack: Pack) -> tuple[float, float]:
    """Messages and minutes in 28 days, on the average of a year."""
    coming = _coming(pack, _YEAR)[2]
    months = _YEAR / _MONTH
    return len(coming) / months, sum(one.minutes for one in coming) / months


def _coming(pack: Pack, days: int) -> tuple[Team, Member, list[Coming]]:
    """What a leader gets, of a team of London that begins on a Monday."""
    plan = WantedTeam("A team", "C1", "Europe/London", "GB-ENG", _PEOPLE, slot=_SLOT, pack=pack.key)
    blank = Team("team", "slack:T1", plan.name, plan.channel, plan.timezone, plan.country)
    team = team_as_wanted(blank, plan, _BEGINS)
    members = [
        Member(one.user, team.workspace_id, team.id, one.user, one.role) for one in plan.members
    ]
    cadences = list(planned_cadences(team, plan, _BEGINS))
    until = _BEGINS + timedelta(days=days)
    leader = members[1]
    coming = preview(team, cadences, members, load_catalogue(), leader, _BEGINS, until)
    return team, leader, coming


def _section(pack: Pack) -> Iterator[str]:
    names = {practice.key: practice.name for practice in load_catalogue().values()}
    yield f"\n## {pack.name}\n\n{pack.about}\n\n"
    yield "It opens with these sittings, one after another"
    yield ", one in two weeks:\n\n" if pack.every == 2 else ":\n\n"
    for practices in pack.opening:
        yield f"1. {', '.join(names[key] for key in practices)}\n"
    yield "\nThen, on the weekday of the slot (here a Tuesday):\n\n"
    for turn in pack.rotation:
        rhythm = in_words(turn.rrule.replace("{day}", DAYS[_SLOT.weekday]), _SLOT.at)
        yield f"- {names[turn.practice]}: {rhythm.partition(' at ')[0]}"
        yield f", from week {turn.from_week} on\n" if turn.from_week > 1 else "\n"
    team, leader, coming = _coming(pack, _MONTH)
    lines = list(as_lines(team, leader, coming, _MONTH))
    lines[0] = f"A leader's first {_MONTH} days, of a team that begins on Monday 5 October 2026:"
    yield f"\n{lines[0]}\n\n```text\n" + "\n".join(lines[1:]) + "\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
