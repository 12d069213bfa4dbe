"""The macros that draw blocks and elements, to be called from Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Template
from markupsafe import Markup

from sandbox.page.rendering import environment

__all__ = ["macro"]


def macro(file: str, name: str) -> Callable[..., Markup]:
    """A macro of a template, which gives escaped HTML without space around it."""
    called = getattr(_file(file).module, name)

    def draw(*given: Any) -> Markup:
        return Markup(called(*given)).strip()

    return draw


@cache
def _file(name: str) -> Template:
    # What Slack lets an app leave out may be left out, so these are not strict as the page's are.
    return environment().overlay(undefined=ChainableUndefined).get_template(name)
