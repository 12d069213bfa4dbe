import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.lines import Lines


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


async def test_lines_of_a_pipe_come_as_they_are_typed(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    with Lines(reading) as lines:
        os.write(writing, b"answer\n  caf\xc3\xa9 ")
        assert await lines.next() == "answer"
        os.write(writing, b"\nlast")
        assert await lines.next() == "café"
        os.close(writing)
        assert await lines.next() == "last"
        assert await lines.next() is None
        assert await lines.next() is None
    assert lines.taken == 3


async def test_a_plain_file_is_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "commands"
    file.write_text("answer\n\nquit\n")
    opened = os.open(file, os.O_RDONLY)
    with Lines(opened) as lines:
        assert [await lines.next() for _ in range(4)] == ["answer", "", "quit", None]
    os.close(opened)


async def test_nothing_comes_from_nowhere() -> None:
    nowhere = os.open(os.devnull, os.O_RDONLY)
    with Lines(nowhere) as lines:
        assert await lines.next() is None
    os.close(nowhere)
    assert lines.taken == 0
