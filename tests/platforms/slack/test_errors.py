"""The table of errors is whole, and what a failure means is what the port promises."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from conversation.platform import Dropped, Outcome, Resting, Retry, Unknown
from platforms.slack.errors import (
    DEFAULT_REST,
    METHOD_PAGES,
    TABLE,
    CallFailed,
    Failure,
    Verdict,
    answer_to,
    finding_failed,
    posting_failed,
    updating_failed,
)
from tests.platforms.slack.reference import reference

METHODS = (
    "chat.postMessage",
    "chat.update",
    "conversations.open",
    "conversations.history",
    "conversations.replies",
)


def documented() -> set[str]:
    methods = reference("slack-methods.json")
    return {code for method in METHODS for code in methods[method]["errors"]}


def test_every_documented_error_has_a_row() -> None:
    assert documented() - set(TABLE) == set()


def test_what_is_said_to_be_on_the_methods_pages_is_there_and_the_rest_says_where() -> None:
    from_pages = {code for code, row in TABLE.items() if row.source == METHOD_PAGES}
    assert from_pages == documented()
    assert all(row.source for row in TABLE.values())


def answered(status: int, body: Any, headers: dict[str, str] | None = None) -> SlackApiError:
    response = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="https://slack.example/api/chat.postMessage",
        req_args={},
        data=body,
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("it failed", response)  # type: ignore[no-untyped-call]


async def failure(error: Exception) -> Failure:
    async def call() -> None:
        raise error

    with pytest.raises(CallFailed) as caught:
        await answer_to(call())
    return caught.value.failure


@pytest.mark.parametrize("code", sorted(TABLE))
async def test_each_code_has_its_outcome(code: str) -> None:
    failed = await failure(answered(200, {"ok": False, "error": code}, {"Retry-After": "7"}))
    week = timedelta(seconds=7)
    post: dict[Verdict, Outcome] = {
        Verdict.RETRY: Retry(code),
        Verdict.REST: Resting(week, everywhere=False),
        Verdict.LOOK: Unknown(code),
        Verdict.DROP: Dropped(code),
        Verdict.TELL: Dropped(code, tell_coach=True),
        Verdict.SHUT: Dropped(code, tell_coach=True, shut=True),
    }
    verdict = TABLE[code].verdict
    assert posting_failed(failed) == post[verdict]
    again = post | {Verdict.REST: Resting(week, everywhere=True), Verdict.LOOK: Retry(code)}
    assert updating_failed(failed) == again[verdict]
    assert finding_failed(failed) == again[verdict]


async def test_a_code_that_nobody_knows_is_dropped_and_told() -> None:
    failed = await failure(answered(200, {"ok": False, "error": "brand_new"}))
    assert posting_failed(failed) == Dropped("brand_new", tell_coach=True)


@pytest.mark.parametrize(
    ("status", "body", "headers", "verdict", "rest"),
    [
        (429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "12"}, Verdict.REST, 12),
        (429, "slow down", {"retry-after": "12"}, Verdict.REST, 12),
        (429, {}, {}, Verdict.REST, 30),
        (429, {}, {"Retry-After": "soon"}, Verdict.REST, 30),
        (429, {}, {"Retry-After": "0"}, Verdict.REST, 1),
        (500, {}, {}, Verdict.LOOK, 30),
        (503, "text", {}, Verdict.LOOK, 30),
        (502, {"ok": False, "error": "odd"}, {}, Verdict.LOOK, 30),
        (200, {}, {}, Verdict.LOOK, 30),
        (200, [], {}, Verdict.LOOK, 30),
        (403, {}, {}, Verdict.RETRY, 30),
    ],
)
async def test_a_status_speaks_where_slack_does_not(
    status: int, body: Any, headers: dict[str, str], verdict: Verdict, rest: int
) -> None:
    failed = await failure(answered(status, body, headers))
    assert failed.verdict is verdict
    assert failed.rest == timedelta(seconds=rest)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (TimeoutError(), Verdict.LOOK),
        (ConnectionResetError(), Verdict.LOOK),
        (SlackRequestError("not sent"), Verdict.TELL),
        (AttributeError("'str' object has no attribute 'get'"), Verdict.LOOK),
        (ValueError("no JSON"), Verdict.LOOK),
    ],
)
async def test_what_the_network_does_is_told_by_whether_it_may_be_there(
    error: Exception, verdict: Verdict
) -> None:
    assert (await failure(error)).verdict is verdict


async def test_a_failure_says_nothing_of_what_was_sent() -> None:
    error = answered(200, {"ok": False, "error": "invalid_blocks", "said": "somebody's words"})

    async def call() -> None:
        raise error

    with pytest.raises(CallFailed) as caught:
        await answer_to(call())
    assert str(caught.value) == "invalid_blocks"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_rest_without_a_length_has_a_default() -> None:
    assert Failure("ratelimited", Verdict.REST).rest == DEFAULT_REST
