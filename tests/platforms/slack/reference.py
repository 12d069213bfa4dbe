"""Slack's methods and manifest as others wrote them down, so that beliefs meet facts."""

import json
from pathlib import Path
from typing import Any

import pytest

_DATA = Path(__file__).parents[4] / "shared" / "data"


def reference(name: str) -> dict[str, Any]:
    """A file of the reference; the test is skipped where it is not beside the repository."""
    path = _DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the repository, in ../shared/data")
    content: dict[str, Any] = json.loads(path.read_text())
    return content
