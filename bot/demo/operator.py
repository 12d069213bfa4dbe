"""Whoever runs the installation: writes teams.yaml and applies it, at first and when one joins."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.applying import apply
from bot.demo.people import Manner, Scene
from bot.demo.teams_yaml import teams_yaml
from bot.settings import Settings
from sandbox import Person
from scheduler.clock import MovableClock

__all__ = ["Operator"]


@dataclass(frozen=True, slots=True)
class Operator:
    """Knows who is in which team. `channels` are ids by the teams' keys, `people` by their own."""

    scene: Scene
    workspace: str
    channels: Mapping[str, str]
    people: Mapping[str, Person]
    settings: Settings
    file: Path
    clock: MovableClock
    members: dict[str, set[str]] = field(default_factory=dict)
    """Who is in which team at present, by their keys."""

    async def set_up(self) -> None:
        """Set the teams up, but for those who join later."""
        for team in self.scene.teams:
            there = {one.key for one in team.cast if one.manner is not Manner.JOINING}
            self.members[team.key] = there | {team.coach.key}
        await self._apply()

    async def take_in(self, team: str, who: str) -> None:
        """Write somebody into a team's plan, too."""
        self.members[team].add(who)
        await self._apply()

    def let_go(self, team: str, who: str) -> None:
        """Know that somebody has left: they stay out of the plan when it is applied again."""
        self.members[team].discard(who)

    def leaders(self, team: str) -> list[str]:
        """The ids of a team's people but for its coach, in the order of its cast."""
        one = self.scene.team(team)
        there = self.members[one.key]
        return [self.people[each.key].id for each in one.cast if each.key in there]

    async def _apply(self) -> None:
        """As an operator does: `widelens apply teams.yaml`."""
        users = {key: person.id for key, person in self.people.items()}
        wanted = teams_yaml(self.scene, self.workspace, self.channels, users, self.members)
        await asyncio.to_thread(self.file.write_text, wanted, "utf-8")
        await apply(self.settings.database_url, self.file, self.clock)
