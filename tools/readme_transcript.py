"""Put a prompt out of a run of the demo into the README, between its two marks.

widelens demo --headless --weeks 4 --seed 7 --transcript FILE
python -m tools.readme_transcript FILE
"""

import argparse
import re
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN = "<!-- transcript: made by tools/readme_transcript.py -->\n"
END = "<!-- /transcript -->\n"
PROMPT = "A direct message to "
"""How its title begins."""


def sections(transcript: str) -> list[tuple[str, str]]:
    """A transcript's parts: a title that stands at the margin, and the indented text beneath it."""
    parts = re.split(r"^(?=\S)", transcript, flags=re.MULTILINE)
    return [(title, body) for title, _, body in (part.partition("\n") for part in parts) if title]


def excerpt(transcript: str) -> str:
    """What of a transcript the README shows, as Markdown."""
    shown = []
    for title, body in sections(transcript):
        text = re.sub(r"^ {4}", "", body, flags=re.MULTILINE).strip()
        if title.startswith(PROMPT):
            shown.append(f"**{title}**\n\n```text\n{text}\n```\n")
    return "\n".join(["", *shown, ""])


def shown_in(readme: str) -> str:
    """What stands between the README's marks."""
    return readme.partition(BEGIN)[2].partition(END)[0]


def main() -> None:
    """Rewrite the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("transcript", type=Path)
    fresh = excerpt(parser.parse_args().transcript.read_text("utf-8"))
    readme = README.read_text("utf-8")
    README.write_text(readme.replace(BEGIN + shown_in(readme) + END, BEGIN + fresh + END), "utf-8")


if __name__ == "__main__":
    main()
