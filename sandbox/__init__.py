"""A Slack workspace on loopback: Web API, Socket Mode, signed HTTP events, and people to act as.

Knows nothing of the project: an app meets it as it meets Slack, through SLACK_API_URL. README.md
beside this file is the guide.
"""

from sandbox.control import Control
from sandbox.errors import NotPossible
from sandbox.person import Person
from sandbox.records import Installation
from sandbox.seen import Outcome, SeenMessage
from sandbox.server import Sandbox
from sandbox.sockets import SocketTimes

__all__ = [
    "Control",
    "Installation",
    "NotPossible",
    "Outcome",
    "Person",
    "Sandbox",
    "SeenMessage",
    "SocketTimes",
]
