"""A demo's teams as an operator would write them down."""

from collections.abc import Collection, Iterator, Mapping

from bot.demo.people import Character, Scene, Team

__all__ = ["teams_yaml"]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CADENCES = """\
    cadences:
      - {practice: early_wins, rrule: FREQ=WEEKLY;BYDAY=TU, at: "09:00"}
      - {practice: voices_heard, rrule: FREQ=WEEKLY;BYDAY=TU, at: "09:00"}
      - {practice: breakdown, rrule: FREQ=WEEKLY;BYDAY=TH, at: "09:00"}
      - {practice: digest, rrule: FREQ=WEEKLY;BYDAY=FR, at: "15:00"}
"""
"""Of a team that is on no pack."""


def teams_yaml(
    scene: Scene,
    workspace: str,
    channels: Mapping[str, str],
    users: Mapping[str, str],
    members: Mapping[str, Collection[str]],
) -> str:
    """The text of teams.yaml. `members` are the keys of those who are in each team at present.

    `channels` are ids by the keys of teams, `users` ids by the keys of people.
    """
    head = f"workspace: {{platform: slack, id: {workspace}}}\nteams:\n"
    return head + "".join(
        _team(scene, team, channels[team.key], users, members[team.key]) for team in scene.teams
    )


def _team(
    scene: Scene, team: Team, channel: str, users: Mapping[str, str], present: Collection[str]
) -> str:
    lines = [
        f"  - name: {team.name}",
        f"    channel: {channel}",
        f"    timezone: {team.zone.key}",
        f"    country: {team.country}",
        *(_rhythm(scene, team) if scene.pack else ()),
        "    members:",
        *(
            f"      - {{{_member(team, one, users)}}}"
            for one in (*team.cast, team.coach)
            if one.key in present
        ),
    ]
    return "\n".join(lines) + "\n" + ("" if scene.pack else _CADENCES)


def _rhythm(scene: Scene, team: Team) -> Iterator[str]:
    start, end = team.quiet
    yield f"    pack: {scene.pack}"
    yield f'    slot: "{_DAYS[team.slot.weekday]} {team.slot.at:%H:%M}"'
    yield f"    quiet_hours: {start:%H:%M}-{end:%H:%M}"


def _member(team: Team, one: Character, users: Mapping[str, str]) -> str:
    roles = {team.lead.key: "lead", team.coach.key: "coach"}
    parts = [f"user: {users[one.key]}", f"role: {roles.get(one.key, 'leader')}"]
    if team.zone_of(one) != team.zone:
        parts.append(f"timezone: {team.zone_of(one).key}")
    away = [absence for key, absence in team.away if key == one.key]
    if away:
        spans = ", ".join(f"{{from: {span.first}, until: {span.last}}}" for span in away)
        parts.append(f"away: [{spans}]")
    return ", ".join(parts)
