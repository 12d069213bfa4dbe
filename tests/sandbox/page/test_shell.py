"""The page without a browser: what a person sees, what they must not see, and what they can do."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from sandbox import Sandbox
from sandbox.page import Deed, Host, HostAction, HostStep
from tests.sandbox.page.asking import Asked, Json, asking, shown
from tests.sandbox.scene import ANSWER, Scene, http_scene, manifest, modal, scene, text_input


@pytest.fixture
async def asked(quiet: Scene) -> AsyncIterator[Asked]:
    async with asking(quiet) as found:
        yield found


# What one sees


async def test_the_page_shows_the_channel_and_who_is_in_it(asked: Asked) -> None:
    the = asked.scene
    await the.amara.say(the.channel, "Good *morning*")
    page = await asked.html()
    assert "Good <strong>morning</strong>" in page or "Good <b>morning</b>" in page
    assert 'aria-current="page"' in page
    assert "3 members" in page
    assert '<option value="' + the.amara.id + '" selected>Amara Osei</option>' in page
    assert "style=" not in page


async def test_a_host_says_who_sits_there_and_what_opens_first(asked: Asked) -> None:
    the = asked.scene
    garden = await the.control.add_channel("garden", [the.bela])
    the.sandbox.host = Host(sits_as=the.bela.id, opens=garden, about="A team of two.")
    page = await asked.html()
    assert f'data-as="{the.bela.id}"' in page
    assert f'data-at="{garden}"' in page
    assert "A team of two." in page


async def test_an_empty_workspace_says_so() -> None:
    sandbox = Sandbox()
    async with (
        sandbox.serve(),
        aiohttp.ClientSession() as session,
        session.get(sandbox.url + "/") as answer,
    ):
        assert "Nobody is in this workspace yet" in await answer.text()


async def test_messages_come_fifty_at_a_time(asked: Asked) -> None:
    the = asked.scene
    said = [await _say(the, str(number)) for number in range(120)]
    first = await asked.regions(the.amara, the.channel)
    assert shown(first["main"]) == said[-50:]
    assert '<p class="older"><button' in first["main"].replace("\n", "")
    older = await _older(asked, said[-50])
    assert shown(older["html"]) == said[20:70]
    assert older["more"]
    oldest = await _older(asked, said[20])
    assert shown(oldest["html"]) == said[:20]
    assert not oldest["more"]


async def test_a_link_to_an_old_message_loads_as_far_as_it(asked: Asked) -> None:
    the = asked.scene
    said = [await _say(the, str(number)) for number in range(80)]
    found = await asked.regions(the.amara, the.channel, m=said[3])
    assert said[3] in shown(found["main"])


async def test_days_and_authors_group_what_is_said(asked: Asked) -> None:
    the = asked.scene
    await the.control.set_clock(datetime(2026, 11, 3, 9, 0, tzinfo=UTC), frozen=True)
    for words in ("one", "two"):
        await the.amara.say(the.channel, words)
    await the.control.advance(timedelta(days=1))
    await the.amara.say(the.channel, "three")
    main = (await asked.regions(the.amara, the.channel))["main"]
    assert re.findall(r'class="day" data-day="[\d-]+"><span>([^<]+)', main) == [
        "Tuesday, 3 November",
        "Wednesday, 4 November",
    ]
    assert len(re.findall(r'class="message together', main)) == 1


async def test_a_thread_is_told_below_its_message_and_opens_beside(asked: Asked) -> None:
    the = asked.scene
    await the.control.set_clock(datetime(2026, 11, 3, 9, 12, tzinfo=UTC), frozen=True)
    root = await _say(the, "Who calls?")
    await the.bela.say(the.channel, "I do", thread_ts=root)
    await the.control.advance(timedelta(days=2))
    found = await asked.regions(the.amara, the.channel, thread=root)
    assert shown(found["main"]) == [root]
    assert "1 reply" in found["main"]
    assert ">Tuesday 09:12</time>" in found["main"]
    assert "I do" in found["aside"]
    assert "I do" not in found["main"]


async def test_reading_takes_the_unread_mark_away(asked: Asked) -> None:
    the = asked.scene
    first = await _say(the, "one")
    await _say(the, "two")
    assert ">2<span" in (await asked.regions(the.bela, "home"))["side"]
    await asked.act("read", the.bela, channel=the.channel, ts=first)
    found = await asked.regions(the.bela, the.channel)
    assert ">1<span" in found["side"]
    assert "New since" in found["main"]
    the.sandbox.page.all_read()
    found = await asked.regions(the.bela, the.channel)
    assert "unread" not in found["side"]
    assert "New since" not in found["main"]
    assert "unread" not in (await asked.regions(the.amara, the.channel))["side"]


async def test_a_read_only_messages_tab_says_so_in_place_of_the_composer() -> None:
    async with scene(manifest(events=(), read_only=True)) as the, asking(the) as asked:
        dm = (await asked.regions(the.amara, the.app.app_id))["main"]
        assert "takes no messages here" in dm
        assert "<textarea" not in dm


async def test_the_home_tab_shows_what_was_published_or_that_nothing_was(asked: Asked) -> None:
    the = asked.scene
    assert "Nothing here yet" in (await asked.regions(the.amara, "home"))["main"]
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Open for you"}}]
    view = {"type": "home", "blocks": blocks}
    async with asked.live(the.amara) as heard:
        await the.client.views_publish(user_id=the.amara.id, view=view)
        events = dict(await heard.until("home"))
    assert "Open for you" in events["home"]["html"]
    assert "Open for you" in (await asked.regions(the.amara, "home"))["main"]
    assert "Open for you" not in (await asked.regions(the.bela, "home"))["main"]


# What one must not see


async def test_a_private_channel_is_not_there_for_others(asked: Asked) -> None:
    the = asked.scene
    den = await the.control.add_channel("cellar", [the.bela], private=True)
    await the.bela.say(den, "between us")
    for at in (den, "cellar"):
        found = await asked.regions(the.amara, at)
        assert "cellar" not in found["side"]
        assert "between us" not in found["main"]
    query = {"as": the.amara.id, "at": den, "before": "9999999999.0"}
    assert await asked.status("/page/older", **query) == 404
    ts = shown((await asked.regions(the.bela, den))["main"])[0]
    status, _ = await asked.tries("react", the.amara, channel=den, ts=ts, name="tada")
    assert status == 404
    status, _ = await asked.tries("say", the.amara, channel=den, text="hello?")
    assert status == 404


async def test_direct_messages_and_whispers_are_for_one(asked: Asked) -> None:
    the = asked.scene
    opened = await the.client.conversations_open(users=the.bela.id)
    dm = opened["channel"]["id"]
    await the.client.chat_postMessage(channel=dm, text="only for Bela")
    await the.client.chat_postEphemeral(channel=the.channel, user=the.bela.id, text="psst")
    for at in (the.channel, dm, the.app.app_id):
        found = await asked.regions(the.amara, at)
        assert "only for Bela" not in found["main"]
        assert "psst" not in found["main"]
    main = (await asked.regions(the.bela, the.channel))["main"]
    assert "psst" in main
    assert "Only visible to you" in main
    await asked.act("dismiss", the.bela, channel=the.channel, ts=shown(main)[-1])
    assert "psst" not in (await asked.regions(the.bela, the.channel))["main"]


async def test_the_stream_tells_only_what_its_viewer_may_see(asked: Asked) -> None:
    the = asked.scene
    den = await the.control.add_channel("cellar", [the.bela], private=True)
    async with asked.live(the.amara) as heard:
        await the.bela.say(den, "between us")
        await the.client.chat_postEphemeral(channel=the.channel, user=the.bela.id, text="psst")
        await the.bela.say(the.channel, "hello all")
        events = await heard.until("message")
    everything = str(events)
    assert "hello all" in everything
    assert "between us" not in everything
    assert "psst" not in everything


async def test_a_modal_is_its_persons_own(asked: Asked) -> None:
    the = asked.scene
    await the.control.leave_form(the.amara, modal(), {})
    assert "What did you learn?" in await asked.html("/page/modals", **{"as": the.amara.id})
    assert "What did you learn?" not in await asked.html("/page/modals", **{"as": the.bela.id})


@given(words=st.text(min_size=1, max_size=40).filter(str.strip))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_what_people_write_is_never_markup(asked: Asked, words: str) -> None:
    the = asked.scene
    typed = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    nasty = f"{typed}&lt;img src=x onerror=alert(1)&gt;"
    ts = (await asked.act("say", the.amara, channel=the.channel, text=nasty))["ts"]
    main = (await asked.regions(the.amara, the.channel))["main"]
    assert ts in shown(main)
    assert "<img" not in main
    await asked.act("delete", the.amara, channel=the.channel, ts=ts)


async def test_names_are_never_markup(asked: Asked) -> None:
    the = asked.scene
    eve = await the.control.add_person('Eve"><script>alert(1)</script>')
    await the.control.call("joins", user=eve.id, channel=the.channel)
    await eve.say(the.channel, "hello")
    page = await asked.html()
    assert "<script>alert" not in page
    assert str(escape(eve.name)) in page


# Live


async def test_a_message_comes_with_its_html_and_its_place(asked: Asked) -> None:
    the = asked.scene
    async with asked.live(the.amara) as heard:
        ts = await _say(the, "one")
        name, data = await heard.next()
        assert name == "message"
        assert (data["channel"], data["ts"], data["new"]) == (the.channel, ts, True)
        assert shown(data["html"]) == [ts]
        assert (await heard.next())[0] == "side"
        await the.bela.say(the.channel, "two", thread_ts=ts)
        told = [data for name, data in await heard.until("side") if name == "message"]
        assert [one["ts"] for one in told][1] == ts
        assert "1 reply" in told[1]["html"]
        assert told[0]["html"] == ""
        assert "two" in told[0]["aside"]


async def test_edits_reactions_and_deletions_come_too(asked: Asked) -> None:
    the = asked.scene
    ts = await _say(the, "one")
    async with asked.live(the.bela) as heard:
        await asked.act("edit", the.amara, channel=the.channel, ts=ts, text="uno")
        data = (await heard.next())[1]
        assert "uno" in data["html"]
        assert "(edited)" in data["html"]
        assert not data["new"]
        await asked.act("react", the.amara, channel=the.channel, ts=ts, name="tada")
        assert 'data-name="tada"' in (await heard.next())[1]["html"]
        await asked.act("delete", the.amara, channel=the.channel, ts=ts)
        assert [name for name, _ in await heard.until("side")] == ["gone", "side"]


async def test_a_stream_goes_on_where_the_last_one_ended(asked: Asked) -> None:
    the = asked.scene
    seq = the.sandbox.core.workspace.feed.seq
    ts = await _say(the, "while nobody listened")
    async with asked.live(the.amara, after=seq) as heard:
        assert (await heard.next())[1]["ts"] == ts


async def test_a_channels_new_name_and_members_are_told(asked: Asked) -> None:
    the = asked.scene
    async with asked.live(the.amara) as heard:
        await the.control.rename_channel(the.channel, "lead")
        events = dict(await heard.until("side"))
        assert "#lead<" in events["head"]["html"]
        assert ">lead<" in events["side"]["html"]
        await the.control.call("leaves", user=the.bela.id, channel=the.channel)
        assert "2 members" in dict(await heard.until("side"))["head"]["html"]
        await the.control.delete_channel(the.channel)
        assert the.channel not in dict(await heard.until("side"))["side"]["html"]


async def test_the_clock_is_told_on_the_viewers_wall(asked: Asked) -> None:
    the = asked.scene
    async with asked.live(the.bela) as heard:
        await the.control.set_clock(datetime(2026, 11, 3, 9, 0, tzinfo=UTC), frozen=True)
        name, data = await heard.next()
    assert name == "clock"
    assert "10:00" in data["html"]
    assert "Tuesday" in data["html"]
    assert "data-frozen" in data["html"]


# What one does


async def test_edits_and_deletions_are_for_ones_own(asked: Asked) -> None:
    the = asked.scene
    ts = await _say(the, "mine")
    told = {"channel": the.channel, "ts": ts}
    assert (await asked.tries("edit", the.bela, **told, text="yours"))[0] == 409
    assert (await asked.tries("delete", the.bela, **told))[0] == 409
    assert 'data-does="edit"' not in (await asked.regions(the.bela, the.channel))["main"]


async def test_what_cannot_be_done_is_a_sentence(asked: Asked) -> None:
    the = asked.scene
    for verb, told in (
        ("fly", {}),
        ("say", {"channel": "C404", "text": "hello"}),
        ("say", {"channel": the.channel, "text": "  "}),
        ("action", {"key": "none"}),
    ):
        status, answer = await asked.tries(verb, the.amara, **told)
        assert 400 <= status < 500
        assert answer["error"]


async def test_an_unknown_command_is_a_problem_and_no_deed(asked: Asked) -> None:
    the = asked.scene
    done: list[Deed] = []

    def take(deed: Deed) -> bool:
        done.append(deed)
        return False

    the.sandbox.host = Host(steps=(HostStep("k", "Do", "", take),))
    answer = await asked.act("command", the.amara, command="/nope", text="", channel=the.channel)
    assert answer["outcome"]["problem"]
    assert done == []
    await asked.act("say", the.amara, channel=the.channel, text="hello")
    assert [(deed.verb, deed.user) for deed in done] == [("say", the.amara.id)]


async def test_a_press_answers_with_the_modal_that_it_opened() -> None:
    async with http_scene() as (the, bolt, _), asking(the) as asked:

        @bolt.action("answer")
        async def answer(ack: object, body: dict[str, str], client: object) -> None:
            await ack()  # type: ignore[operator]
            await client.views_open(  # type: ignore[attr-defined]
                trigger_id=body["trigger_id"], view=modal(text_input("What?", "what"))
            )

        @bolt.view("form")
        async def refuses(ack: object) -> None:
            await ack(response_action="errors", errors={"what": "Say more."})  # type: ignore[operator]

        posted = await the.client.chat_postMessage(channel=the.channel, blocks=ANSWER, text="?")
        main = (await asked.regions(the.amara, the.channel))["main"]
        block_id = re.findall(r'data-block="([^"]+)"', main)[0]
        told = {"channel": the.channel, "ts": posted["ts"], "block_id": block_id}
        opened = await asked.act("press", the.amara, **told, action_id="answer", value="round-1")
        assert "What?" in opened["modals"]
        view = the.sandbox.core.modals.top(the.amara.id)
        assert view is not None
        typed = {"view_id": view.id, "block_id": "what", "action_id": "text", "value": "less"}
        await asked.act("typed", the.amara, **typed)
        sent = await asked.act("submit", the.amara, view_id=view.id)
        assert "Say more." in sent["modals"]
        # A reload loses neither what was typed nor what was said of it.
        again = await asked.html("/page/modals", **{"as": the.amara.id})
        assert "Say more." in again
        assert "less" in again


async def test_the_hosts_action_is_busy_once_and_tells_what_is_new(asked: Asked) -> None:
    the, goes = asked.scene, asyncio.Event()

    async def run(user: str) -> str:
        assert user == the.amara.id
        await goes.wait()
        await the.bela.say(the.channel, "meanwhile")
        opened = await the.client.conversations_open(users=the.amara.id)
        await the.client.chat_postMessage(channel=opened["channel"]["id"], text="for you")
        return "It is Friday."

    the.sandbox.host = Host(actions=(HostAction("on", "+1 day", run, "A day passes"),))
    async with asked.live(the.amara) as heard:
        running = asyncio.create_task(asked.act("action", the.amara, key="on"))
        assert "data-busy" in dict(await heard.until("clock"))["clock"]["html"]
        assert (await asked.tries("action", the.amara, key="on"))[0] == 409
        goes.set()
        news = (await running)["news"]
    assert "It is Friday." in news
    assert "1 new in #leadership" in news
    assert "1 for you" in news
    assert "It is Friday." in await asked.html()
    await asked.act("dismiss_news", the.amara)
    assert "It is Friday." not in await asked.html()


async def test_files_are_for_those_who_see_where_they_were_shared(asked: Asked) -> None:
    the = asked.scene
    den = await the.control.add_channel("cellar", [the.bela], private=True)
    query = {"as": the.bela.id, "channel": den, "name": "<b>.html"}
    async with asked.session.post(
        f"{the.sandbox.url}/page/upload",
        params=query,
        data=b"<script>alert(1)</script>",
        headers={"X-Sandbox-Token": the.sandbox.page.token, "Content-Type": "text/html"},
    ) as answer:
        assert answer.status == 200, await answer.text()
    main = (await asked.regions(the.bela, den))["main"]
    path = re.findall(r'href="(/page/files/[^"?]+)', main)[0]
    async with asked.session.get(the.sandbox.url + path, params={"as": the.bela.id}) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert await asked.status(path, **{"as": the.amara.id}) == 404


async def test_acts_and_uploads_need_the_token_of_the_run(asked: Asked) -> None:
    the = asked.scene
    for path in ("act/say", "upload"):
        async with asked.session.post(f"{the.sandbox.url}/page/{path}", json={}) as answer:
            assert answer.status == 403


async def _say(the: Scene, words: str) -> str:
    return (await the.amara.say(the.channel, words)).ts


async def _older(asked: Asked, before: str) -> Json:
    the = asked.scene
    query = {"as": the.amara.id, "at": the.channel, "before": before}
    found: Json = json.loads(await asked.html("/page/older", **query))
    return found
