import logging

import pytest

from scheduler.mishaps import contained


def test_an_error_is_logged_by_type_and_place_and_nothing_it_says(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with contained("a test"):
        try:
            int("a person's words")
        except ValueError as error:
            raise KeyError("a secret") from error
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "a test went wrong: KeyError from ValueError at test_mishaps.py:" in caplog.text
    assert "words" not in caplog.text
    assert "secret" not in caplog.text


def test_what_is_meant_to_come_out_comes_out() -> None:
    with pytest.raises(KeyError), contained("a test", but=(LookupError,)):
        raise KeyError
    with pytest.raises(KeyboardInterrupt), contained("a test"):
        raise KeyboardInterrupt
    with contained("a test"):
        pass
