"""What people heard from the bot, read from the sandbox: when, to whom, and what it offered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.demo.audit import Audit, Heard
from bot.demo.deeds import JoinTeam, LeaveTeam
from bot.demo.paper import buttons
from bot.demo.posts import carried_by
from bot.demo.stage import Stage

__all__ = ["audit_of"]

_ANSWER = "Answer"
_DIGEST = "What stands out this week"
"""As people read it: at the head of a digest."""
_WANTED = "You wanted "
"""How it reads to somebody who had put it off until that day."""

_Json = Mapping[str, Any]


async def audit_of(stage: Stage) -> Audit:
    """The audit of all that has been said on a stage."""
    posted = await stage.control.calls("chat.postMessage")
    # A message changes once it is answered: what it said at first is in the call that posted it.
    first = {carried_by(call["arguments"]): call["arguments"] for call in posted}
    messages = await stage.control.messages()
    return Audit(
        stage.scene,
        list(_heard(stage, messages, first)),
        [(act.who, act.at) for act in stage.acted],
        since={act.who: act.at for act in stage.acted if isinstance(act.deed, JoinTeam)},
        until={act.who: act.at for act in stage.acted if isinstance(act.deed, LeaveTeam)},
    )


def _heard(stage: Stage, messages: Sequence[_Json], first: Mapping[str, _Json]) -> Iterator[Heard]:
    keys = {person.id: key for key, person in stage.operator.people.items()}
    teams = {channel: key for key, channel in stage.operator.channels.items()}
    places = stage.sandbox.core.workspace.channels
    offered: set[str] = set()
    for message in messages:
        if message["app_id"] is None or message["ephemeral"]:
            continue
        # While the clock stands still, a message's millionths of a second count messages.
        at = datetime.fromtimestamp(int(float(message["ts"])), UTC)
        blocks = first.get(carried_by(message), message)["blocks"]
        if message["channel"] in teams:
            yield Heard(at, team=teams[message["channel"]], digest=_is_digest(blocks))
            continue
        forms = set(_forms(blocks))
        yield Heard(
            at,
            to=keys[places[message["channel"]].user or ""],
            asks=bool(forms - offered),
            wanted=first.get(carried_by(message), message)["text"].startswith(_WANTED),
        )
        offered |= forms


def _is_digest(blocks: Sequence[_Json]) -> bool:
    headings = [block["text"]["text"] for block in blocks if block["type"] == "header"]
    return _DIGEST in headings


def _forms(blocks: Sequence[_Json]) -> Iterator[str]:
    """The forms that a message offers to answer."""
    for button in buttons(blocks):
        if button["text"]["text"] == _ANSWER:
            yield button["value"]
