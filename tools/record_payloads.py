"""Record what this version's buttons and forms send: `python -m tools.record_payloads`.

To be run before a release that changes what a button or a form carries. What is written is what
the version after it must still understand (`tests/e2e/test_last_version.py`).
"""

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.last_version import SCENES, Recorder, prepare
from tests.e2e.stage import on_stage

WHERE = Path("tests/e2e/last_version.json")


async def record() -> dict[str, list[dict[str, object]]]:
    """What each scene's people send, in order."""
    recorded: dict[str, list[dict[str, object]]] = {}
    for name, scene in SCENES.items():
        with TemporaryDirectory() as folder:
            async with on_stage(Path(folder), empty=name == "set up") as stage:
                await prepare(stage, name)
                recorder = Recorder(stage)
                await scene(recorder)
                recorded[name] = recorder.steps
    return recorded


def main() -> None:
    """Write the file, and say how much is in it."""
    recorded = asyncio.run(record())
    WHERE.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    count = sum(len(steps) for steps in recorded.values())
    sys.stdout.write(f"{count} acts recorded in {WHERE}\n")


if __name__ == "__main__":
    main()
