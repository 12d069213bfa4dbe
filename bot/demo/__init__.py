"""The demo: a workspace of its own, the real bot in it, and a leadership team that is simulated.

The leaders act through the sandbox as people do. Nothing is put into the store by hand.
"""

from bot.demo.options import DemoOptions
from bot.demo.running import run

__all__ = ["DemoOptions", "run"]
