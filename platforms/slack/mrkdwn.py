"""Slack's own markup: kept out of what is said, and read out of what Slack hands over.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Mapping

__all__ = ["as_plain", "escaped", "people_named_in", "without_broken_characters"]

_TOKEN = re.compile(r"<([@#!][^<>\n]+|[a-z][a-z0-9+.-]*:[^<>\n]+)>", re.IGNORECASE)
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>\n]*)?>")


def escaped(text: str) -> str:
    """The text with the three characters that begin Slack's markup replaced by entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def people_named_in(text: str) -> set[str]:
    """The ids of the people whom a marked-up text mentions."""
    return set(_PERSON.findall(text))


def as_plain(text: str, names: Mapping[str, str]) -> str:
    """A marked-up text as a reader sees it: names, labels and links in place of tokens."""

    def shown(found: re.Match[str]) -> str:
        return _token_as_plain(found[1], names)

    plain = _TOKEN.sub(shown, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _token_as_plain(token: str, names: Mapping[str, str]) -> str:
    target, _, label = token.partition("|")
    match target[0]:
        case "@":
            return "@" + (names.get(target[1:]) or label or "a colleague")
        case "#":
            return "#" + (label or target[1:])
        case "!":
            return label or "@" + target[1:].partition("^")[0]
    address = target.removeprefix("mailto:").removeprefix("tel:")
    return f"{label} ({address})" if label and label not in (address, target) else address


def without_broken_characters(text: str) -> str:
    """The text without what no store can keep: halves of surrogate pairs, and NUL.

    JSON may carry both. Two halves that belong together become their character.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")
