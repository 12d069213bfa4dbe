"""Every scenario file, as it is told, over both doors."""

from pathlib import Path

import pytest

from tests.e2e.scenario import SCENARIOS, Scenario, load_scenario
from tests.e2e.stage import on_stage


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("door", ["socket mode", "http"])
async def test_it_goes_as_it_is_told(path: Path, door: str, tmp_path: Path) -> None:
    scenario = load_scenario(path)
    async with on_stage(tmp_path, http=door == "http", empty=True) as stage:
        await Scenario(stage).play(scenario["steps"])
