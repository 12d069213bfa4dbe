"""Modals and Home tabs as HTML."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from sandbox.block_kit import interactive_elements
from sandbox.page.drawing.blocks import blocks
from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.mrkdwn import text_object
from sandbox.page.rendering import template
from sandbox.records import View

__all__ = ["home", "modal"]

_CLOSE = {"type": "plain_text", "text": "Close"}


def modal(view: View, eyes: Eyes, app_name: str, errors: Mapping[str, str], depth: int) -> Markup:
    """The whole content of the page's one modal dialog: the view on top, of `depth` views.

    `errors` are sentences by block_id. What is said of no input stands above them all.
    """
    body = view.body
    inputs = {block.get("block_id") for block in body["blocks"] if block["type"] == "input"}
    return Markup(
        template("view.html").render(
            view=view,
            app_name=app_name,
            depth=depth,
            title=text_object(body["title"], eyes),
            submit=text_object(body["submit"], eyes) if body.get("submit") else "",
            close=text_object(body.get("close") or _CLOSE, eyes),
            body=blocks(body["blocks"], eyes, view.state, errors, within=view.id),
            still=not interactive_elements(body["blocks"]),
            elsewhere=[said for block_id, said in errors.items() if block_id not in inputs],
        )
    )


def home(view: View, eyes: Eyes) -> Markup:
    """A Home tab."""
    drawn = blocks(view.body["blocks"], eyes, view.state, within=view.id, level=2)
    return Markup('<div class="home" id="view-{0}" data-view="{0}">{1}</div>').format(
        view.id, drawn
    )
