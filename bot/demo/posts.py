"""Messages in the workspace beside the deliveries that they carry."""

from collections.abc import Mapping
from typing import Any

from bot.demo.stage import Stage
from coaching.delivery import Delivery
from platforms.slack.delivery import METADATA_EVENT

__all__ = ["Post", "carried_by", "posts"]

Post = tuple[Delivery, Mapping[str, Any]]


def carried_by(message: Mapping[str, Any]) -> str:
    """The id of the delivery that a message carries; "" where it carries none."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA_EVENT:
        return ""
    return str(metadata["event_payload"]["delivery"])


async def posts(stage: Stage) -> list[Post]:
    """Every message of the bot that the store knows, oldest first."""
    deliveries = await stage.bot.store.read(
        stage.bot.workspace.id, lambda uow: uow.deliveries.where(update_of=None)
    )
    known = {one.id: one for one in deliveries}
    messages = await stage.control.messages()
    return [
        (known[carried], message)
        for message in messages
        if (carried := carried_by(message)) in known
    ]
