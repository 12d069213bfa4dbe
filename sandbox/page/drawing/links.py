"""Where a link may lead: to the web or into a mail, and nowhere else."""

from __future__ import annotations

import re

from markupsafe import Markup

__all__ = ["leads_to", "link"]

_OPENS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20\x7f]+", re.IGNORECASE)


def leads_to(url: str) -> str | None:
    """The address if the page lets it be opened, else None: no script, no file, no other app."""
    return url if _OPENS.fullmatch(url) else None


def link(url: str, words: Markup) -> Markup:
    """`words` as a link; the words alone where the address is not one to open."""
    if leads_to(url) is None:
        return words
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        url, words
    )
