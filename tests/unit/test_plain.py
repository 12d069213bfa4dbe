"""Messages as plain text."""

from datetime import UTC, datetime

from conversation.messages import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Channel,
    Chart,
    ChartKind,
    Divider,
    Heading,
    Italic,
    MessageLink,
    Moment,
    Note,
    Paragraph,
    Person,
    Quote,
    Series,
    line,
)
from conversation.plain import as_plain

MOMENT = Moment(datetime(2026, 10, 9, tzinfo=UTC), "Friday 9 October, 15:00")


def test_every_block_and_span_is_said() -> None:
    blocks = (
        Heading("A title"),
        Paragraph(line("In ", Channel("C1"), ": ", Bold("bold"), " and ", Italic("slanted"))),
        Bullets((line(Person("U1"), " and ", Person("U2")),)),
        Quote("One line\nand another", by="U1"),
        Quote("Nobody's"),
        Note(line(MOMENT, " · ", MessageLink("there", "C1", "1.2"))),
        Divider(),
        Buttons((Button("Answer", "r", "v"), Button("Skip", "r", "v"))),
        Chart("Voices", ChartKind.LINE, ("a", "b"), (Series("Voices", (1, 2)),)),
    )
    assert list(as_plain(blocks, {"U1": "Amara"})) == [
        "",
        "# A title",
        "In the channel: bold and slanted",
        "• Amara and U2",
        "| One line",
        "| and another (Amara)",
        "| Nobody's",
        "  Friday 9 October, 15:00 · there",
        "--------",
        "[Answer] [Skip]",
        "~ Voices: a 1, b 2",
    ]
    assert list(as_plain([Paragraph(line(Channel("C1")))], {}, "#team")) == ["#team"]
    long = list(as_plain([Bullets((line("word " * 40),))], {}))
    assert [one[:2] for one in long] == ["• ", "  ", "  "]
