"""The schema of a practice, and the packaged ones."""

import pytest

from coaching.catalogue import load_catalogue, practice_that_feeds
from coaching.documents import DocumentError, read_document
from coaching.practice import Feeds, Practice

GOOD = """\
key: sample
name: Sample
discipline: Connecting
minutes: 2
open_days: 2
visibility: attributed
why: Because.
thanks: Kept.
summary: What was said.
quiet: Nothing was said.
questions:
  - key: said
    type: long_text
    text: What was said?
"""


def test_the_packaged_catalogue_has_the_first_three() -> None:
    assert {"early_wins", "voices_heard", "breakdown"} <= set(load_catalogue())


def test_each_feed_has_its_practice() -> None:
    for feeds in Feeds:
        assert practice_that_feeds(load_catalogue(), feeds).feeds is feeds
    with pytest.raises(LookupError):
        practice_that_feeds({}, Feeds.VOICES)


def test_the_packaged_ones_take_no_more_than_three_minutes_and_questions() -> None:
    for practice in load_catalogue().values():
        assert practice.minutes <= 3
        assert practice.question(practice.questions[0].key) is practice.questions[0]
    with pytest.raises(KeyError):
        load_catalogue()["early_wins"].question("absent")


@pytest.mark.parametrize(
    ("change", "to", "line", "mend"),
    [
        ("discipline: Connecting", "discipline: Juggling", 3, "Co-creating"),
        ("minutes: 2", "minutes: 20", 4, "10"),
        ("visibility: attributed", "visibility: anonymous", 6, "attributed"),
        ("why: Because.", "wy: Because.", 7, "why"),
        ("    type: long_text", "    type: scale", 12, "scale"),
        ("    type: long_text", "    type: long_text\n    later: true", 12, "optional"),
        ("minutes: 2", "minutes: 2\nfeeds: voices", 1, "heard"),
    ],
)
def test_a_wrong_file_names_line_and_mend(change: str, to: str, line: int, mend: str) -> None:
    assert read_document(GOOD, Practice, "sample.yaml").key == "sample"
    with pytest.raises(DocumentError) as wrong:
        read_document(GOOD.replace(change, to), Practice, "sample.yaml")
    assert f"sample.yaml:{line}:" in str(wrong.value)
    assert mend in str(wrong.value)


def test_four_required_questions_are_too_many() -> None:
    many = "".join(f"  - {{key: q{n}, type: long_text, text: What happened}}\n" for n in range(4))
    with pytest.raises(DocumentError, match="at most three"):
        read_document(GOOD.split("  - key")[0] + many, Practice, "sample.yaml")
