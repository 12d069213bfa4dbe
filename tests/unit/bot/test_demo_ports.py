"""The port of the demo's page."""

import socket

import pytest
from click.testing import CliRunner

from bot.demo.ports import PAGE_PORT, page_port
from bot.errors import OperatorError


def test_any_port_and_a_free_one_are_taken_as_they_are() -> None:
    assert page_port(0, asks=True) == 0
    with socket.create_server(("127.0.0.1", 0)) as once:
        port: int = once.getsockname()[1]
    assert page_port(port, asks=False) == port
    assert PAGE_PORT > 1024


def test_where_it_is_taken_the_next_is_offered() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with CliRunner().isolation(input="\n") as (said, *_):
            found = page_port(port, asks=True)
            assert f"Port {port} is taken" in said.getvalue().decode()
        assert port < found < port + 50
        with (
            CliRunner().isolation(input="n\n"),
            pytest.raises(OperatorError, match=r"widelens demo --port \d+"),
        ):
            page_port(port, asks=True)
