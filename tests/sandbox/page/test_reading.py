"""Who has read how far, in places and in threads."""

import re
from collections.abc import AsyncIterator

import pytest

from sandbox import Person
from tests.sandbox.page.asking import Asked, asking
from tests.sandbox.scene import Scene


@pytest.fixture
async def asked(quiet: Scene) -> AsyncIterator[Asked]:
    async with asking(quiet) as found:
        yield found


async def test_replies_are_new_below_their_message_until_the_thread_is_read(asked: Asked) -> None:
    the = asked.scene
    root = (await the.amara.say(the.channel, "Who calls?")).ts
    for words in ("I do", "Or I"):
        last = (await the.bela.say(the.channel, words, thread_ts=root)).ts
    assert "2 new" in (await asked.regions(the.amara, the.channel))["main"]
    assert " new</span>" not in (await asked.regions(the.bela, the.channel))["main"]
    async with asked.live(the.amara) as heard:
        await asked.act("read", the.amara, channel=the.channel, ts=last, thread_ts=root)
        name, data = await heard.next()
    assert (name, data["ts"], data["new"]) == ("message", root, False)
    assert " new</span>" not in data["html"]
    await the.bela.say(the.channel, "Done", thread_ts=root)
    assert "1 new" in (await asked.regions(the.amara, the.channel))["main"]
    the.sandbox.page.all_read()
    assert " new</span>" not in (await asked.regions(the.amara, the.channel))["main"]


async def test_a_place_counts_replies_where_somebody_has_a_part(asked: Asked) -> None:
    the = asked.scene
    chidi = await the.control.add_person("Chidi")
    await the.control.call("joins", user=chidi.id, channel=the.channel)
    root = (await the.amara.say(the.channel, "Who calls?")).ts
    the.sandbox.page.all_read()
    last = (await the.bela.say(the.channel, "I do", thread_ts=root)).ts
    assert await _unread(asked, the.amara) == 1  # began it
    assert await _unread(asked, chidi) == 0
    await the.bela.say(the.channel, f"Or <@{chidi.id}>", thread_ts=root)
    assert await _unread(asked, chidi) == 2
    await asked.act("read", the.amara, channel=the.channel, ts=last, thread_ts=root)
    assert await _unread(asked, the.amara) == 1
    # Who has read the channel to its end knows that something was said in its threads.
    await asked.act("read", the.amara, channel=the.channel, ts=root)
    assert await _unread(asked, the.amara) == 0
    assert "1 new" in (await asked.regions(the.amara, the.channel))["main"]


async def test_reading_half_a_place_leaves_the_rest_unread(asked: Asked) -> None:
    the = asked.scene
    first = (await the.bela.say(the.channel, "one")).ts
    await the.amara.say(the.channel, "I see", thread_ts=first)
    await the.bela.say(the.channel, "two")
    await the.bela.say(the.channel, "three", thread_ts=first)
    await asked.act("read", the.amara, channel=the.channel, ts=first)
    assert await _unread(asked, the.amara) == 2


async def _unread(asked: Asked, person: Person) -> int:
    """How many unread messages the sidebar tells of the channel."""
    the = asked.scene
    side = (await asked.regions(person, "home"))["side"]
    link = side.split(f'data-at="{the.channel}"')[1].split("</a>")[0]
    found = re.search(r'class="count">(\d+)', link)
    return int(found[1]) if found else 0
