"""What may be wider than its place."""

from __future__ import annotations

from markupsafe import Markup

__all__ = ["scrolling"]


def scrolling(label: str, drawn: Markup) -> Markup:
    """What may be wider than its place: it can be reached and scrolled by the keyboard.

    A group rather than a region: a channel may hold many, and each region would be a landmark.
    """
    return Markup(
        '<div class="scrolling" role="group" tabindex="0" aria-label="{}">{}</div>'
    ).format(label, drawn)
