"""Commands as they are given on the command line."""

import click

from bot.cli import main


def context_of(command: click.Command) -> click.Context:
    """The context of a command: it remembers the help option that its first one gave it."""
    above = click.Context(main, **main.context_settings)
    return click.Context(command, info_name=command.name, parent=above)
