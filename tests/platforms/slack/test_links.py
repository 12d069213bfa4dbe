"""Channels and messages that are led to: by Slack's own ids, and never by what somebody wrote."""

from dataclasses import replace
from typing import Any

import pytest

from coaching.delivery import Addressee
from conversation.messages import (
    Block,
    Bullets,
    Channel,
    Home,
    Line,
    Message,
    MessageLink,
    Note,
    Paragraph,
    line,
)
from conversation.platform import ConversationRef, Sent
from platforms.slack import SlackPlatform
from platforms.slack.client import identify
from platforms.slack.render import render_home, render_message
from sandbox.block_kit import plain_text, problems_of_blocks
from tests.platforms.slack.stage import stage

SITE = "https://northwind.slack.com/"
LINK = MessageLink("what Ben said", "C012AB", "1791183600.000100")
ADDRESS = "https://northwind.slack.com/archives/C012AB/p1791183600000100"
FORGED = [
    MessageLink("x", "C1/../../evil.example?", "1.2"),
    MessageLink("x", "C012AB", "1.2|<!channel>"),
    MessageLink("x", "https://evil.example", "1.2"),
    MessageLink("x", "", ""),
]


def rendered(block: Block, site: str = SITE) -> list[dict[str, Any]]:
    said = render_message(Message("Said.", (block,)), {}, site)
    assert problems_of_blocks(said["blocks"], "message") == []
    blocks: list[dict[str, Any]] = said["blocks"]
    return blocks


@pytest.mark.parametrize("block", [Paragraph(line("See ", LINK)), Bullets((line("See ", LINK),))])
def test_a_message_is_led_to_at_the_workspaces_own_address(block: Block) -> None:
    assert {"type": "link", "url": ADDRESS, "text": "what Ben said"} in _elements(rendered(block))
    assert plain_text(rendered(block)).removeprefix("• ") == "See what Ben said"


def test_so_it_is_in_small_print_and_on_a_home() -> None:
    elements = rendered(Note(line("See ", LINK)))[0]["elements"]
    assert elements[1] == {"type": "mrkdwn", "text": f"<{ADDRESS}|what Ben said>"}
    home = render_home(Home((Paragraph(line(LINK)),)), {}, SITE)
    assert ADDRESS in str(home)


@pytest.mark.parametrize("link", [LINK, *FORGED])
@pytest.mark.parametrize("kind", [Paragraph, Note])
def test_where_no_address_is_known_there_are_words(
    link: MessageLink, kind: type[Paragraph | Note]
) -> None:
    site = "" if link is LINK else SITE
    blocks = rendered(kind(line("See ", link)), site)
    assert plain_text(blocks) == f"See {link.text}"
    assert "archives" not in str(blocks)
    assert "mrkdwn" not in str(blocks)


@pytest.mark.parametrize("words", ["a|b", "<!channel>", "*loud*", "a_b", "`code`", "~no~", "a\nb"])
def test_in_small_print_words_that_would_be_markup_stay_words(words: str) -> None:
    blocks = rendered(Note(line("See ", replace(LINK, text=words))))
    assert "mrkdwn" not in str(blocks)
    assert plain_text(blocks) == f"See {words}"


def test_a_link_without_words_is_nothing() -> None:
    assert rendered(Paragraph(line(replace(LINK, text="")))) == []


def test_a_long_link_is_led_to_in_every_part() -> None:
    blocks = rendered(Paragraph(line(replace(LINK, text="word " * 1000))))
    assert len(blocks) == 2
    assert {one["url"] for one in _elements(blocks)} == {ADDRESS}


def test_a_channel_is_shown_by_its_name_and_said_in_words_elsewhere() -> None:
    said: Line = line("In ", Channel("C012AB"), ".")
    assert {"type": "channel", "channel_id": "C012AB"} in _elements(rendered(Paragraph(said)))
    assert rendered(Note(said))[0]["elements"][1] == {"type": "mrkdwn", "text": "<#C012AB>"}
    many = line(*(part for _ in range(9) for part in said))
    assert "the channel" in plain_text(rendered(Note(many)))


@pytest.mark.parametrize("kind", [Paragraph, Note])
@pytest.mark.parametrize("given", ["", "general", "C1><!channel", "C1|x"])
def test_what_is_no_channel_is_none(kind: type[Paragraph | Note], given: str) -> None:
    assert plain_text(rendered(kind(line("In ", Channel(given), ".")))) == "In the channel."


async def test_the_address_is_the_one_that_slack_names() -> None:
    async with stage() as scene:
        identity = await identify(scene.client)
        assert identity.site == f"{scene.sandbox.url}/"
        platform = SlackPlatform(scene.client, scene.directory, identity.site)
        to = ConversationRef(Addressee.CHANNEL, scene.channel)
        first = await platform.post(to, Message("One", (Paragraph(line("One")),)), "d1", None)
        assert isinstance(first, Sent)
        link = MessageLink("the first", first.at.channel, first.at.message)
        await platform.post(to, Message("Two", (Paragraph(line(link)),)), "d2", None)
        shown = (await scene.amara.sees(scene.channel))[-1]
        assert f"{scene.sandbox.url}/archives/{scene.channel}/p" in str(shown.blocks)


def _elements(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sections = [part for block in blocks for part in block["elements"]]
    inner = [one for part in sections for one in part.get("elements", [])]
    return [one for part in inner for one in (part.get("elements") or [part])]
