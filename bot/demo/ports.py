"""The port of the demo's page: the one wanted, or the next that is free."""

import socket

import click

from bot.errors import OperatorError

__all__ = ["PAGE_PORT", "page_port"]

PAGE_PORT = 8321
_TRIED = 50


def page_port(wanted: int | None, *, asks: bool) -> int:
    """The port to serve on; 0 stays 0, which takes any. `asks`: somebody can say yes to another.

    Raises:
        OperatorError: it is taken, and nobody said yes to the next.
    """
    port = PAGE_PORT if wanted is None else wanted
    if port == 0 or _is_free(port):
        return port
    following = next((one for one in range(port + 1, port + _TRIED) if _is_free(one)), 0)
    taken = f"Port {port} is taken, perhaps by another demo."
    if asks and click.confirm(f"{taken} Serve on {following} instead?", default=True):
        return following
    raise OperatorError(f"{taken} The next that is free: widelens demo --port {following}")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True
