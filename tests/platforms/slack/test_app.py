"""The real Bolt app, both ways in, against a workspace that behaves as Slack does."""

import logging
from collections.abc import AsyncIterator

import pytest

from coaching.delivery import Addressee
from coaching.errors import StoreUnavailable
from conversation.events import (
    BotCameToChannel,
    BotLeftChannel,
    ChannelReopened,
    ChannelShut,
    CommandGiven,
    FormSubmitted,
    Keep,
    MessageShortcutUsed,
    OpenForm,
    PersonCameToChannel,
    PersonLeftChannel,
    PersonLeftWorkspace,
    Pressed,
    ReplaceForm,
    Whisper,
)
from conversation.messages import (
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Message,
    Paragraph,
    Person,
    line,
)
from conversation.platform import ConversationRef, Sent
from conversation.routes import BREAKDOWN_LOG
from sandbox import SeenMessage
from tests.platforms.slack.stage import Door, Stage, stage

FORM = Form(
    title="Tuesday's questions",
    route="sitting.answer.v1",
    reference="sitting-1",
    body=(
        Paragraph(line("About three minutes.")),
        Field("heard", "Whom did you hear?", FieldKind.LONG_TEXT),
        Field("score", "How outward was it?", FieldKind.SCALE, low="not at all", high="wholly"),
        Field("who", "Who?", FieldKind.PERSON, optional=True),
        Field("when", "By when?", FieldKind.DATE, optional=True, initial="2026-11-24"),
        Field("note", "A word", FieldKind.SHORT_TEXT, optional=True),
    ),
)
ASIDE = Message("Nothing is open for you.", (Paragraph(line("Nothing is open for you.")),))
HOSTILE = "<!channel> <@U123> <http://x|forged> *bold* _it_ &amp; :smile: \u202eשלום\u202c 👩‍👩‍👧"


@pytest.fixture(params=["http", "socket"])
async def scene(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with stage(request.param) as scene:
        yield scene


@pytest.fixture
async def over_http() -> AsyncIterator[Stage]:
    async with stage("http") as scene:
        yield scene


async def prompted(scene: Stage, *buttons: Button) -> SeenMessage:
    """A message in Amara's conversation with the bot."""
    pressables = buttons or (Button("Answer", "sitting.answer.v1", "sitting-1", primary=True),)
    message = Message("Three questions.", (Paragraph(line("Three.")), Buttons(pressables)))
    to = ConversationRef(Addressee.PERSON, scene.amara.id)
    assert isinstance(await scene.platform.post(to, message, "delivery-1", None), Sent)
    return (await scene.amara.dms())[-1]


async def test_a_press_opens_a_form_and_its_answers_come_back_as_they_were_given(
    scene: Stage,
) -> None:
    message = await prompted(scene)
    scene.responder.always(OpenForm(FORM))
    opened = await scene.amara.press(message, "Answer")
    assert opened.ok
    assert opened.view is not None
    workspace = scene.identity.workspace.id
    assert scene.responder.events == [
        Pressed(workspace, scene.amara.id, "sitting.answer.v1", "sitting-1")
    ]

    scene.responder.always(ReplaceForm(Form("Kept", (Paragraph(line("Kept.")),))))
    sent = await scene.amara.submit(
        opened.view,
        {"Whom did you hear?": HOSTILE, "How outward was it?": "4", "Who?": scene.amara},
    )
    assert sent.ok
    assert sent.view is not None
    assert sent.view["title"]["text"] == "Kept"
    submitted = scene.responder.events[-1]
    assert isinstance(submitted, FormSubmitted)
    assert submitted.reference == "sitting-1"
    assert list(submitted.values.items()) == [
        ("heard", HOSTILE),
        ("score", "4"),
        ("who", scene.amara.id),
        ("when", "2026-11-24"),
        ("note", ""),
    ]


async def test_two_buttons_of_one_route_are_told_apart_by_their_value(scene: Stage) -> None:
    message = await prompted(
        scene,
        Button("First", "breakdown.settle.v1", "one"),
        Button("Second", "breakdown.settle.v1", "two"),
    )
    assert (await scene.amara.press(message, "Second")).ok
    pressed = scene.responder.events[-1]
    assert isinstance(pressed, Pressed)
    assert (pressed.route, pressed.value) == ("breakdown.settle.v1", "two")


async def test_a_form_is_kept_with_its_words_and_the_sentences_under_its_fields(
    scene: Stage,
) -> None:
    scene.responder.always(OpenForm(FORM))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    scene.responder.always(Keep({"heard": "Say who it was.", "": "And why."}))
    assert opened.view is not None
    kept = await scene.amara.submit(
        opened.view, {"Whom did you hear?": "Somebody", "How outward was it?": "1"}
    )
    assert kept.errors == {"heard": "Say who it was. And why."}
    view = (await scene.control.views(scene.amara))[-1]
    assert view["state"]["values"]["heard"]["value"]["value"] == "Somebody"


async def test_a_form_to_read_has_nothing_to_send(scene: Stage) -> None:
    scene.responder.always(OpenForm(Form("Kept", (Paragraph(line("All is well.")),))))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    assert opened.view is not None
    assert "submit" not in opened.view or opened.view["submit"] is None


async def test_a_submission_that_fails_keeps_the_form_and_says_so(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    scene.responder.always(OpenForm(FORM))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    scene.responder.fails(StoreUnavailable("secret words of the store"))
    assert opened.view is not None
    kept = await scene.amara.submit(
        opened.view, {"Whom did you hear?": "My own words", "How outward was it?": "1"}
    )
    assert list(kept.errors) == ["heard"]
    assert "still in the form" in kept.errors["heard"]
    view = (await scene.control.views(scene.amara))[-1]
    assert view["state"]["values"]["heard"]["value"]["value"] == "My own words"
    assert "StoreUnavailable at " in caplog.text
    assert "secret words" not in caplog.text
    assert "My own words" not in caplog.text


async def test_a_press_that_fails_is_told_to_the_person_alone(scene: Stage) -> None:
    message = await prompted(scene)
    scene.responder.fails(RuntimeError("boom"))
    outcome = await scene.amara.press(message, "Answer")
    assert outcome.accepted
    assert [said.ephemeral for said in outcome.said] == [True]
    assert "on my side" in outcome.said[0].text
    assert "boom" not in outcome.said[0].plain


async def test_a_command_that_fails_is_told_to_the_person_alone(scene: Stage) -> None:
    scene.responder.fails(RuntimeError("boom"))
    outcome = await scene.amara.command("/widelens", channel=scene.channel)
    assert "on my side" in outcome.said[0].text


async def test_a_command_is_answered_to_the_person_alone(scene: Stage) -> None:
    scene.responder.always(Whisper(ASIDE))
    outcome = await scene.amara.command("/widelens", "help & <more>", channel=scene.channel)
    assert outcome.ok
    assert [(said.plain, said.ephemeral) for said in outcome.said] == [
        ("Nothing is open for you.", True)
    ]
    given = scene.responder.events[-1]
    assert isinstance(given, CommandGiven)
    assert given.channel == scene.channel
    assert given.words.startswith("help & <more>")


async def test_a_command_may_open_a_form(scene: Stage) -> None:
    scene.responder.always(OpenForm(FORM))
    outcome = await scene.amara.command("/widelens", channel=scene.channel)
    assert outcome.view is not None
    assert outcome.said == []


async def test_a_whisper_on_a_press_is_said_beside_the_message(scene: Stage) -> None:
    scene.responder.always(
        Whisper(Message("Hello", (Paragraph(line("Hello ", Person(scene.amara.id))),)))
    )
    outcome = await scene.amara.press(await prompted(scene), "Answer")
    assert [said.plain for said in outcome.said] == ["Hello Amara Osei"]


async def test_a_shortcut_gives_the_message_as_it_reads(scene: Stage) -> None:
    text = f"<@{scene.amara.id}> see <https://a.example|this> &amp; that"
    await scene.amara.say(scene.channel, text)
    message = (await scene.amara.sees(scene.channel))[-1]
    scene.responder.always(OpenForm(FORM))
    outcome = await scene.amara.shortcut("Log a breakdown", message)
    assert outcome.view is not None
    used = scene.responder.events[-1]
    assert isinstance(used, MessageShortcutUsed)
    assert (used.route, used.channel) == (BREAKDOWN_LOG, scene.channel)
    assert used.text.startswith("@Amara Osei see this (https://a.example) & that")


async def test_who_leaves_is_heard_of_once_and_by_id(scene: Stage) -> None:
    bela = await scene.control.add_person("Bela")
    other = await scene.control.add_channel("other", members=[bela], with_app=True)
    await scene.control.settled()
    (came,) = scene.responder.events
    assert isinstance(came, BotCameToChannel)
    assert (came.user, came.channel) == (bela.id, other)
    scene.responder.events.clear()
    await bela.leaves(other)
    await bela.deactivated()
    await scene.amara.status("on a train", ":train:")
    await scene.control.settled()
    left, gone = scene.responder.events
    workspace = scene.identity.workspace.id
    assert isinstance(left, PersonLeftChannel)
    assert (left.workspace_id, left.user, left.channel) == (workspace, bela.id, other)
    assert isinstance(gone, PersonLeftWorkspace)
    assert gone.user == bela.id
    assert left.id != gone.id


async def test_the_bots_own_removal_is_no_persons_leaving(scene: Stage) -> None:
    await scene.control.remove_app(scene.channel)
    await scene.control.settled()
    told = scene.responder.events
    assert [type(one) for one in told] == [BotLeftChannel, BotLeftChannel], "in either way"
    assert {one.channel for one in told if isinstance(one, BotLeftChannel)} == {scene.channel}
    assert await attempts_of_the_last_event(scene) == 1


@pytest.mark.parametrize("private", [False, True])
async def test_what_becomes_of_a_channel_is_heard_of(over_http: Stage, private: bool) -> None:
    scene, workspace = over_http, over_http.identity.workspace.id
    board = await scene.control.add_channel("board", [scene.amara], private=private, with_app=True)
    await scene.control.settled()
    scene.responder.events.clear()
    before = {one["id"] for one in await scene.control.events()}
    await scene.control.rename_channel(board, "the-board")
    await scene.control.archive_channel(board)
    await scene.control.unarchive_channel(board)
    await scene.control.delete_channel(board)
    await scene.control.settled()
    shut, open_again, gone = scene.responder.events
    assert isinstance(shut, ChannelShut)
    assert isinstance(open_again, ChannelReopened)
    assert isinstance(gone, ChannelShut)
    assert {shut.channel, open_again.channel, gone.channel} == {board}
    assert {shut.workspace_id, open_again.workspace_id} == {workspace}
    assert len({shut.id, open_again.id, gone.id}) == 3
    sent = [one for one in await scene.control.events() if one["id"] not in before]
    assert [one["payload"]["event"]["type"][-6:] for one in sent if not one["acked"]] == []


async def test_a_person_who_comes_is_heard_of_with_who_took_them_there(over_http: Stage) -> None:
    scene = over_http
    bela = await scene.control.add_person("Bela")
    await bela.joins(scene.channel, inviter=scene.amara)
    cy = await scene.control.add_person("Cy")
    await cy.joins(scene.channel)
    await scene.control.settled()
    taken, by_themselves = scene.responder.events
    assert isinstance(taken, PersonCameToChannel)
    assert isinstance(by_themselves, PersonCameToChannel)
    assert (taken.user, taken.channel, taken.inviter) == (bela.id, scene.channel, scene.amara.id)
    assert (by_themselves.user, by_themselves.inviter) == (cy.id, "")


@pytest.mark.parametrize("door", ["http", "socket"])
async def test_an_event_that_fails_is_delivered_again(door: Door) -> None:
    # Over a socket the missing acknowledgement is all there is to see: it is not waited for long.
    async with stage(door, ack_seconds=0.3) as scene:
        bela = await scene.control.add_person("Bela")
        other = await scene.control.add_channel("other", members=[bela], with_app=True)
        await scene.control.settled()
        scene.responder.events.clear()
        scene.responder.fails(StoreUnavailable())
        await bela.leaves(other)
        await scene.control.settled()
        assert len(scene.responder.events) == 4
        assert len({event.id for event in scene.responder.events if hasattr(event, "id")}) == 1


async def attempts_of_the_last_event(scene: Stage) -> int:
    return len((await scene.control.events())[-1]["attempts"])


async def test_a_form_that_cannot_be_opened_in_time_is_told(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    message = await prompted(scene)
    scene.responder.always(OpenForm(FORM))
    await scene.control.set_faults(1.0, kinds=["drop_before"], methods=["views.open"], times=1)
    outcome = await scene.amara.press(message, "Answer")
    assert outcome.accepted
    assert "couldn't open the form" in outcome.said[0].plain
    assert "views.open failed: connection_lost" in caplog.text


async def test_a_press_within_a_form_puts_the_next_on_top_or_in_its_place(scene: Stage) -> None:
    inner = Form("First", (Buttons((Button("More", "sitting.more.v1", "x"),)),))
    scene.responder.always(OpenForm(inner))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    assert opened.view is not None
    scene.responder.always(OpenForm(Form("Second", ())))
    second = await scene.amara.press_in_view(opened.view, "More")
    assert second.view is not None
    titles = [view["title"]["text"] for view in await scene.control.views(scene.amara)]
    assert titles == ["First", "Second"]

    await scene.amara.close(second.view)
    scene.responder.always(ReplaceForm(Form("Third", ())))
    first = (await scene.control.views(scene.amara))[-1]
    await scene.amara.press_in_view(first, "More")
    titles = [view["title"]["text"] for view in await scene.control.views(scene.amara)]
    assert titles == ["Third"]


async def test_an_aside_on_a_form_that_was_sent_is_shown_in_its_place(scene: Stage) -> None:
    scene.responder.always(OpenForm(FORM))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    scene.responder.always(Whisper(ASIDE))
    assert opened.view is not None
    sent = await scene.amara.submit(
        opened.view, {"Whom did you hear?": "x", "How outward was it?": "1"}
    )
    assert sent.view is not None
    assert sent.view["title"]["text"] == "Widelens"


async def test_what_is_no_button_is_answered_with_a_sentence(scene: Stage) -> None:
    await scene.client.chat_postMessage(
        channel=scene.channel,
        text="menu",
        blocks=[
            {
                "type": "actions",
                "elements": [{"type": "users_select", "action_id": "old.menu"}],
            }
        ],
    )
    message = (await scene.amara.sees(scene.channel))[-1]
    outcome = await scene.amara.press(message, action_id="old.menu", value=scene.amara.id)
    assert outcome.accepted
    assert "I don't know this one" in outcome.said[0].plain
    assert scene.responder.events == []


async def test_slack_verifies_the_address(over_http: Stage) -> None:
    assert await over_http.control.verify_url()


async def test_no_request_asks_slack_who_the_bot_is(scene: Stage) -> None:
    before = len(await scene.control.calls("auth.test"))
    for _ in range(3):
        await scene.amara.command("/widelens", channel=scene.channel)
    assert len(await scene.control.calls("auth.test")) == before


async def test_no_words_reach_the_log_at_any_level(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    scene.responder.always(OpenForm(FORM))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    assert opened.view is not None
    scene.responder.always(Keep({"heard": "No."}))
    await scene.amara.submit(
        opened.view, {"Whom did you hear?": "unmistakable", "How outward was it?": "1"}
    )
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("platforms")]
    slacks = [record.getMessage() for record in caplog.records if record.name.startswith("slack")]
    assert "unmistakable" not in " ".join(ours + slacks)
    assert scene.installed.bot_token not in " ".join(ours + slacks)


async def test_an_aside_on_a_press_within_a_form_is_a_form_on_top(scene: Stage) -> None:
    inner = Form("First", (Buttons((Button("More", "sitting.more.v1", "x"),)),))
    scene.responder.always(OpenForm(inner))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    assert opened.view is not None
    for reply in (Whisper(ASIDE), Keep({"": "Nothing is open for you."})):
        scene.responder.always(reply)
        outcome = await scene.amara.press_in_view(opened.view, "More")
        assert outcome.view is not None
        assert outcome.view["title"]["text"] == "Widelens"
        await scene.amara.close(outcome.view)


async def test_a_problem_of_a_form_without_inputs_is_said_in_its_place(scene: Stage) -> None:
    view = {
        "type": "modal",
        "callback_id": "old.form.v1",
        "title": {"type": "plain_text", "text": "Old"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [{"type": "divider"}],
    }
    scene.responder.always(OpenForm(FORM))
    opened = await scene.amara.press(await prompted(scene), "Answer")
    assert opened.view is not None
    await scene.client.views_update(view_id=opened.view["id"], view=view)
    scene.responder.always(Keep({"": "It was closed."}))
    (old,) = await scene.control.views(scene.amara)
    sent = await scene.amara.submit(old, {})
    assert sent.view is not None
    assert sent.view["title"]["text"] == "Widelens"
    assert "It was closed." in str(sent.view["blocks"])


async def test_a_form_that_opens_late_is_told_before_the_time_is_up(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    message = await prompted(scene)
    scene.responder.always(OpenForm(FORM))
    await scene.control.set_faults(1.0, kinds=["delay"], methods=["views.open"], delay_seconds=2.5)
    outcome = await scene.amara.press(message, "Answer")
    assert outcome.accepted
    assert "couldn't open the form" in outcome.said[0].plain
    assert "views.open failed: too late" in caplog.text
