"""Hold each room's coverage to a floor: its lines, and apart from them its branches.

Reads the coverage data that the tests left behind; prints one line a room, and exits with 1 where
one is below the floor.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path, PurePath

from coverage import Coverage

COUNTED = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def figures(data: Coverage) -> dict[str, dict[str, int]]:
    """What `COUNTED` names, summed up by room (the first folder of a path)."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "coverage.json")
        data.json_report(outfile=str(report))
        files = json.loads(report.read_text())["files"]
    rooms: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for path, file in files.items():
        for name in COUNTED:
            rooms[PurePath(path).parts[0]][name] += file["summary"][name]
    return rooms


def percent(part: int, whole: int) -> float:
    """The share in percent; all of nothing is everything."""
    return 100.0 * part / whole if whole else 100.0


def main() -> int:
    """Print the rooms' coverage; 1 where a room that is held is below the floor, or not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="+", help="the rooms that are held")
    parser.add_argument("--least", type=float, required=True, help="the floor, in percent")
    given = parser.parse_args()
    data = Coverage()
    data.load()
    rooms = figures(data)
    below = False
    for room in sorted({*rooms, *given.rooms}):
        counts = rooms.get(room, dict.fromkeys(COUNTED, 0))
        lines = percent(counts["covered_lines"], counts["num_statements"])
        branches = percent(counts["covered_branches"], counts["num_branches"])
        held = room in given.rooms
        short = held and (not counts["num_statements"] or min(lines, branches) < given.least)
        below |= short
        verdict = "BELOW" if short else "ok" if held else "not held"
        print(f"{room:14} lines {lines:5.1f}%  branches {branches:5.1f}%  {verdict}")
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
