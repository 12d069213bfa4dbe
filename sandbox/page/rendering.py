"""The page's templates. All of them escape; only `Markup` goes in as it is."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

__all__ = ["environment", "template"]


@cache
def environment() -> Environment:
    """The one environment of the templates beside this module."""
    return Environment(
        loader=PackageLoader("sandbox.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def template(name: str) -> Template:
    """A template by its file's name."""
    return environment().get_template(name)
