"""Scenes of the sandbox's own tests."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.scene import Scene, manifest, scene


@pytest.fixture
async def quiet() -> AsyncIterator[Scene]:
    """A workspace whose app subscribes to nothing: for the Web API by itself."""
    async with scene(manifest(events=())) as the_scene:
        yield the_scene
