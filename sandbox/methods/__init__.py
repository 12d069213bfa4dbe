"""The Web API methods on offer. Importing this package fills the table."""

from sandbox.methods import (
    apps,
    chat,
    conversations,
    files,
    history,
    oauth,
    pins,
    reactions,
    users,
    views,
)
from sandbox.methods.registry import COMMON_ERRORS, METHODS, Call, Method

__all__ = [
    "COMMON_ERRORS",
    "METHODS",
    "Call",
    "Method",
    "apps",
    "chat",
    "conversations",
    "files",
    "history",
    "oauth",
    "pins",
    "reactions",
    "users",
    "views",
]
