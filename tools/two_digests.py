"""Put two digests of the half-year demo into the README and the docs, as the teams read them.

widelens demo --headless --weeks 26 --digests FILE
python -m tools.two_digests FILE
"""

import argparse
import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGE = ROOT / "docs" / "reference" / "two-digests.md"
BEGIN = "<!-- digests: made by tools/two_digests.py -->\n"
END = "<!-- /digests -->\n"
CHOSEN = (
    ("five_disciplines", "Hudson Ridge Bank, Friday 11 December 2026"),
    ("five_disciplines", "Ravensbourne Water, Friday 19 March 2027"),
)
"""Pack and heading of each."""
RULE = "-- "


class Told(NamedTuple):
    """One digest: which, what stood in the channel and in its thread, and how it was chosen."""

    pack: str
    heading: str
    parent: str
    thread: str
    rules: tuple[str, ...]


def told_in(text: str) -> list[Told]:
    """All digests of a file that the demo wrote."""
    found = []
    for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        for one in re.split(r"^(?=\S)", rest, flags=re.MULTILINE):
            heading, _, body = one.partition("\n")
            if heading:
                found.append(_told(title.partition(",")[0], heading, body))
    return found


def _told(pack: str, heading: str, body: str) -> Told:
    lines = re.sub(r"^ {4}", "", body, flags=re.MULTILINE).strip().split("\n")
    rules = tuple(one.removeprefix(RULE) for one in lines if one.startswith(RULE))
    said = "\n".join(one for one in lines if not one.startswith(RULE)).strip()
    parent, _, thread = said.partition("\n\n")
    return Told(pack, heading, parent, thread, rules)


def shown_in(page: str) -> str:
    """What stands between a page's marks."""
    return page.partition(BEGIN)[2].partition(END)[0]


def in_readme(told: list[Told]) -> str:
    """What the README shows: what stands in the channel."""
    parts = [f"**{one.heading}**\n\n```text\n{one.parent}\n```\n" for one in told]
    return "\n".join(["", *parts, ""])


def on_page(told: list[Told]) -> str:
    """What the page shows: the thread, and how the facts were chosen, too."""
    parts = []
    for one in told:
        parts.append(f"## {one.heading}\n\n```text\n{one.parent}\n```\n")
        parts.append(f"In its thread:\n\n```text\n{one.thread}\n```\n")
        parts.append("How it was chosen (`--explain`):\n\n```text\n")
        parts[-1] += "\n".join(one.rules) + "\n```\n"
    return "\n".join(["", *parts, ""])


def main() -> None:
    """Rewrite README and page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("digests", type=Path)
    told = told_in(parser.parse_args().digests.read_text("utf-8"))
    chosen = [one for wanted in CHOSEN for one in told if (one.pack, one.heading) == wanted]
    for file, fresh in ((README, in_readme(chosen)), (PAGE, on_page(chosen))):
        page = file.read_text("utf-8")
        file.write_text(page.replace(BEGIN + shown_in(page) + END, BEGIN + fresh + END), "utf-8")


if __name__ == "__main__":
    main()
