"""Kill the bot in the middle of a burst, again and again, while a fifth of its calls go wrong.

    python -m tests.faults [--runs 20] [--first-seed 1] [--at-once 5]

Its last line is one JSON object: `runs, lost, duplicated, stuck`.
"""

import argparse
import asyncio
import json
from dataclasses import asdict, dataclass

from tests.faults.burst import Verdict, run_burst


@dataclass(frozen=True)
class Tally:
    """All runs together."""

    runs: int
    lost: int
    duplicated: int
    stuck: int


async def _run_all(seeds: range, at_once: int) -> Tally:
    places = asyncio.Semaphore(at_once)

    async def one(seed: int) -> Verdict:
        async with places:
            verdict = await run_burst(seed)
        print(f"seed {seed}: {verdict}", flush=True)
        return verdict

    verdicts = await asyncio.gather(*(one(seed) for seed in seeds))
    return Tally(
        runs=len(verdicts),
        lost=sum(verdict.lost for verdict in verdicts),
        duplicated=sum(verdict.duplicated for verdict in verdicts),
        stuck=sum(verdict.stuck for verdict in verdicts),
    )


def main() -> int:
    """Run the bursts; exit code 1 where anything was lost, said twice or left undone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=5)
    asked = parser.parse_args()
    seeds = range(asked.first_seed, asked.first_seed + asked.runs)
    tally = asyncio.run(_run_all(seeds, asked.at_once))
    print(json.dumps(asdict(tally)))
    return int(bool(tally.lost or tally.duplicated or tally.stuck))


if __name__ == "__main__":
    raise SystemExit(main())
