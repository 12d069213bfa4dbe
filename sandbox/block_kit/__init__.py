"""Slack's Block Kit as the sandbox keeps it: what is refused, what a view's state is, what it says.

Source of every limit: https://docs.slack.dev/reference/block-kit. A comment starting "Believed"
marks what the reference does not say, with where the belief comes from.

- `rules`: the small language in which the tables are written;
- `objects`, `elements` and `blocks`: the tables, a row for each type;
- `relations`: what has to hold between the keys of an element;
- `checks`: those tables applied to a message's blocks or a view;
- `state`: what a view's inputs hold, and what the client refuses to submit;
- `reading`: ids, the things a person can press, and the words.
"""

from sandbox.block_kit.checks import problems_of_blocks, problems_of_options, problems_of_view
from sandbox.block_kit.reading import interactive_elements, plain_text, with_generated_ids
from sandbox.block_kit.rules import Surface
from sandbox.block_kit.state import initial_state, problems_of_values

__all__ = [
    "Surface",
    "initial_state",
    "interactive_elements",
    "plain_text",
    "problems_of_blocks",
    "problems_of_options",
    "problems_of_values",
    "problems_of_view",
    "with_generated_ids",
]
