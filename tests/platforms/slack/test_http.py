"""Requests that are not what they should be: answered in kind, and never taken in."""

import json
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import SignatureVerifier

from conversation.events import Whisper
from conversation.messages import Message, Paragraph, line
from platforms.slack.http import MOST_BYTES
from tests.platforms.slack.stage import Stage, stage

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage("http") as scene:
        yield scene


def signature(scene: Stage, body: str, late: int = 0) -> dict[str, str]:
    verifier = SignatureVerifier(scene.installed.signing_secret)
    timestamp = str(int(verifier.clock.now()) - late)
    signed = verifier.generate_signature(timestamp=timestamp, body=body)
    assert signed is not None
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signed}


async def status(
    scene: Stage, body: str | bytes, headers: dict[str, str], content_type: str = JSON
) -> int:
    async with scene.session.post(
        scene.url, data=body, headers={**headers, "Content-Type": content_type}
    ) as answer:
        assert "Traceback" not in await answer.text()
        return answer.status


def event(scene: Stage, **event: object) -> str:
    return json.dumps(
        {
            "type": "event_callback",
            "team_id": scene.identity.workspace.external_id,
            "event_id": "Ev1",
            "event": event,
        }
    )


async def test_what_is_signed_is_taken_in(scene: Stage) -> None:
    body = event(scene, type="member_left_channel", user="U1", channel="C1")
    assert await status(scene, body, signature(scene, body)) == 200
    assert len(scene.responder.events) == 1


@pytest.mark.parametrize("body", ['{"type": "event_callback"}', "{broken", "[]", "", "\xff"])
async def test_what_is_not_signed_is_turned_away_unread(scene: Stage, body: str) -> None:
    right = signature(scene, body)
    stamp = right["X-Slack-Request-Timestamp"]
    for wrong in (
        {},
        {"X-Slack-Request-Timestamp": stamp},
        {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=é"},
        {**right, "X-Slack-Request-Timestamp": "yesterday"},
        {**right, "X-Slack-Request-Timestamp": str(int(stamp) + 1)},
        signature(scene, body, late=400),
        signature(scene, body, late=-400),
        signature(scene, body + " "),
    ):
        assert await status(scene, body, wrong) == 401
    assert scene.responder.events == []


async def test_what_is_no_text_is_turned_away(scene: Stage) -> None:
    assert await status(scene, b"\xff\xfe", signature(scene, "")) == 401


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("{broken", JSON),
        ("[]", JSON),
        ('"a word"', JSON),
        ("null", JSON),
        (urlencode({"payload": "{broken"}), FORM),
        (urlencode({"payload": "[1]"}), FORM),
    ],
)
async def test_what_is_signed_and_broken_is_a_bad_request(
    scene: Stage, body: str, content_type: str
) -> None:
    assert await status(scene, body, signature(scene, body), content_type) == 400
    assert scene.responder.events == []


async def test_what_is_too_long_is_not_read_to_its_end(scene: Stage) -> None:
    body = "x" * (MOST_BYTES + 1)
    assert await status(scene, body, signature(scene, body)) == 413


async def test_another_workspaces_events_are_not_taken_in(scene: Stage) -> None:
    body = event(scene, type="member_left_channel", user="U1", channel="C1").replace(
        scene.identity.workspace.external_id, "T0OTHER"
    )
    assert await status(scene, body, signature(scene, body)) == 200
    assert scene.responder.events == []


async def test_what_nobody_waits_for_is_acknowledged(scene: Stage) -> None:
    team = {"id": scene.identity.workspace.external_id}
    user = {"id": "U1"}
    common = {"team": team, "user": user, "trigger_id": "1.2.3"}
    payloads = [
        {"type": "view_closed", **common, "view": {"callback_id": "x", "type": "modal"}},
        {"type": "block_suggestion", **common, "action_id": "a", "block_id": "b", "value": ""},
        {"type": "dialog_cancellation", **common, "callback_id": "x"},
        {"type": "never_heard_of", **common},
    ]
    bodies = [urlencode({"payload": json.dumps(payload)}) for payload in payloads]
    for body in bodies:
        assert await status(scene, body, signature(scene, body), FORM) == 200
    for body in (
        event(scene, type="message", text="hello", user="U1", channel="C1"),
        event(scene, type="message", subtype="message_changed", channel="C1"),
        event(scene, type="app_home_opened", user="U1", tab="messages"),
    ):
        assert await status(scene, body, signature(scene, body)) == 200
    assert scene.responder.events == []


async def test_a_shortcut_is_answered_and_a_dead_trigger_is_no_failure(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    sentence = "Nothing is open."
    scene.responder.always(Whisper(Message(sentence, (Paragraph(line(sentence)),))))
    payload = {
        "type": "shortcut",
        "team": {"id": scene.identity.workspace.external_id},
        "user": {"id": scene.amara.id},
        "trigger_id": "1.2.3",
        "callback_id": "global.old",
    }
    body = urlencode({"payload": json.dumps(payload)})
    assert await status(scene, body, signature(scene, body), FORM) == 200
    assert "views.open failed: invalid_trigger_id" in caplog.text
