"""Slack refuses at a bad moment: a sentence where there is a place for one, or the right result."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from coaching.delivery import Addressee
from coaching.errors import Refused, StoreUnavailable
from conversation.events import Event, HomeOpened, Nothing, OpenForm, Reply, ShowHome
from conversation.messages import (
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Home,
    Message,
    Paragraph,
    Person,
    line,
)
from conversation.platform import ConversationRef, Dropped
from platforms.slack.roster import SlackRoster
from tests.platforms.slack.stage import Stage, stage
from tests.platforms.slack.test_app import prompted

FURTHER = Buttons((Button("Further", "further.v1", "1"),))


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage("http") as scene:
        yield scene


def titled(title: str) -> Form:
    return Form(title, (Paragraph(line(title)), FURTHER))


def page(words: str) -> Home:
    return Home((Paragraph(line(words)), Buttons((Button("Pause", "home.pause.v1", "1"),))))


async def shown_at_home(scene: Stage) -> str:
    """What stands on Amara's page, without opening it."""
    return next(
        str(call["arguments"]["view"])
        for call in reversed(await scene.control.calls("views.publish"))
        if call["outcome"] == "ok"
    )


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_a_form_that_can_not_be_opened_any_more_is_said_beside_the_button(
    scene: Stage, code: str
) -> None:
    await scene.control.refuse("views.open", code)
    scene.responder.always(OpenForm(titled("Late")))
    pressed = await scene.amara.press(await prompted(scene), "Answer")
    assert pressed.ok
    assert "couldn't open the form in time" in pressed.said[0].plain


async def test_a_shortcut_whose_trigger_is_spent_is_no_failure(scene: Stage) -> None:
    """There is no place to say so; nothing was promised either."""
    await scene.control.refuse("views.open", "exchanged_trigger_id")
    scene.responder.always(OpenForm(titled("Late")))
    assert (await scene.amara.shortcut("Share a doubt")).ok


async def test_a_press_in_the_third_form_shows_the_next_in_its_place(scene: Stage) -> None:
    scene.responder.always(OpenForm(titled("First")))
    top = (await scene.amara.press(await prompted(scene), "Answer")).view
    for title in ("Second", "Third", "Fourth"):
        assert top is not None
        scene.responder.always(OpenForm(titled(title)))
        pressed = await scene.amara.press_in_view(top, "Further")
        assert pressed.ok
        top = pressed.view
    titles = [one["title"]["text"] for one in await scene.control.views(scene.amara)]
    assert titles == ["First", "Second", "Fourth"]


async def test_a_form_beyond_what_slack_shows_is_said_to_be(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    fields = tuple(Field(f"f{n}", "What?", FieldKind.SHORT_TEXT) for n in range(101))
    scene.responder.always(OpenForm(Form("Much", fields, "much.v1")))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    assert "more to this than Slack can show" in str(opened.view)
    long = tuple(Field(f"f{n}", "ü" * 2000, FieldKind.SHORT_TEXT) for n in range(90))
    scene.responder.always(OpenForm(Form("Long", long, "long.v1")))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    assert "more to this than Slack can show" in str(opened.view)
    assert "the form of long.v1 is too large: A form holds at most 250 KB." in caplog.text


async def test_a_home_beyond_what_slack_shows_ends_with_a_sentence(scene: Stage) -> None:
    much = Home(tuple(Paragraph(line("ü" * 3000)) for _ in range(60)))
    scene.responder.always(ShowHome(much))
    shown = await scene.amara.opens_home()
    assert shown is not None
    assert "More was said than one message can hold" in str(shown["blocks"][-1])


class Records:
    """What a page shows: each press counts."""

    def __init__(self) -> None:
        self.count = 0

    def reply(self, event: Event) -> Reply:
        if not isinstance(event, HomeOpened):
            self.count += 1
        return ShowHome(page(f"Version {self.count}."))


async def test_of_two_presses_on_a_home_the_later_state_stays(scene: Stage) -> None:
    records = Records()
    scene.responder.replies = records.reply
    home = await scene.amara.opens_home()
    assert home is not None
    presses = [scene.amara.press_in_view(home, "Pause") for _ in range(3)]
    assert all(one.ok for one in await asyncio.gather(*presses))
    assert "Version 3." in await shown_at_home(scene)


async def test_a_home_that_another_process_published_is_not_overwritten_unread(
    scene: Stage,
) -> None:
    records = Records()
    scene.responder.replies = records.reply
    home = await scene.amara.opens_home()
    assert home is not None
    scene.responder.begun.clear()
    scene.responder.may_end.clear()
    press = asyncio.create_task(scene.amara.press_in_view(home, "Pause"))
    await scene.responder.begun.wait()
    blocks = [{"type": "divider"}]
    await scene.client.views_publish(
        user_id=scene.amara.id, view={"type": "home", "blocks": blocks}
    )
    scene.responder.may_end.set()
    assert (await press).ok
    assert "Version 1." in await shown_at_home(scene)
    assert isinstance(scene.responder.events[-1], HomeOpened)


@pytest.mark.parametrize("gone", [True, False])
async def test_where_a_home_can_not_be_read_again_the_newer_one_stays(
    scene: Stage, gone: bool
) -> None:
    def reply(event: Event) -> Reply:
        if isinstance(event, HomeOpened) and scene.responder.events[1:]:
            if gone:
                raise StoreUnavailable
            return Nothing()
        return ShowHome(page("Before."))

    scene.responder.replies = reply
    home = await scene.amara.opens_home()
    assert home is not None
    await scene.control.refuse("views.publish", "hash_conflict")
    assert (await scene.amara.press_in_view(home, "Pause")).ok


async def test_a_home_that_slack_refuses_is_shown_at_the_next_opening(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    scene.responder.always(ShowHome(page("Here.")))
    await scene.control.refuse("views.publish", "not_enabled")
    assert await scene.amara.opens_home() is None
    assert "views.publish failed: not_enabled" in caplog.text


async def test_names_that_may_not_be_seen_are_left_out(scene: Stage) -> None:
    await scene.control.refuse("users.info", "missing_scope", needed="users:read")
    said = Message("Somebody.", (Paragraph(line("From ", Person(scene.amara.id), ".")),))
    await scene.platform.post(
        ConversationRef(Addressee.CHANNEL, scene.channel), said, "delivery-1", None
    )
    shown = (await scene.amara.sees(scene.channel))[-1]
    assert shown.plain == "From a colleague."


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
async def test_where_a_scope_is_missing_it_is_named_with_the_mend(
    scene: Stage, method: str
) -> None:
    await scene.control.refuse(method, "missing_scope", needed="channels:read")
    with pytest.raises(Refused, match="channels:read") as refused:
        await SlackRoster(scene.client, scene.directory).room(scene.channel)
    assert "`widelens manifest`" in refused.value.sentence


@pytest.mark.parametrize(
    "code", ["cannot_dm_bot", "messages_tab_disabled", "user_disabled", "restricted_action"]
)
async def test_a_person_who_can_not_be_written_to_is_told_of(scene: Stage, code: str) -> None:
    await scene.control.refuse("chat.postMessage", code, about=scene.amara)
    to = ConversationRef(Addressee.PERSON, scene.amara.id)
    said = Message("A word.", (Paragraph(line("A word.")),))
    outcome = await scene.platform.post(to, said, "delivery-1", None)
    assert outcome == Dropped(code, tell_coach=True)
