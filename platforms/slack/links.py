"""Addresses of messages, made of Slack's own ids alone: no words of a person are ever in one."""

import re

from conversation.messages import MessageLink

__all__ = ["address_of", "is_channel"]

_CHANNEL = re.compile(r"[CDG][A-Z0-9]+", re.ASCII)
_MESSAGE = re.compile(r"\d+\.\d+", re.ASCII)


def address_of(link: MessageLink, site: str) -> str:
    """Where the message is read, `site` being the workspace's own address; "" where unknown.

    https://docs.slack.dev/reference/methods/chat.getPermalink asks Slack for the same, at a call
    for each link.
    """
    if not (site and is_channel(link.channel) and _MESSAGE.fullmatch(link.message)):
        return ""
    return f"{site.rstrip('/')}/archives/{link.channel}/p{link.message.replace('.', '')}"


def is_channel(text: str) -> bool:
    """Whether it is a channel's id, and nothing else."""
    return _CHANNEL.fullmatch(text) is not None
