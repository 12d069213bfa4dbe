"""What each error of Slack and of the network means for what was to be said: one table.

Codes come from the methods' own pages and from the list of errors that any method may answer with;
a test holds the table against a machine-readable copy of the former.
"""

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from conversation.platform import Dropped, Resting, Retry, Unknown

__all__ = [
    "ANY_METHOD",
    "DEFAULT_REST",
    "METHOD_PAGES",
    "SEEN",
    "TABLE",
    "CallFailed",
    "Failure",
    "Row",
    "Verdict",
    "answer_to",
    "finding_failed",
    "posting_failed",
    "updating_failed",
]


T = TypeVar("T")


class Verdict(StrEnum):
    """What to do."""

    RETRY = "retry"  # surely not there; try again
    REST = "rest"  # surely not there; Slack asks for a pause
    LOOK = "look"  # it may be there: look before posting again
    DROP = "drop"  # it cannot be said, and nobody has to do anything
    TELL = "tell"  # it cannot be said until a person mends something
    SHUT = "shut"  # nothing can be said in this conversation until a person mends it


@dataclass(frozen=True, slots=True)
class Row:
    """A code's verdict, and where the code is written."""

    verdict: Verdict
    source: str


METHOD_PAGES = "the methods' pages, https://docs.slack.dev/reference/methods"
ANY_METHOD = "errors of any method, e.g. https://docs.slack.dev/reference/methods/api.test"
SEEN = "answered, though not on the methods' pages"

DEFAULT_REST = timedelta(seconds=30)
"""The pause where Slack names none."""


def _rows(verdict: Verdict, source: str, codes: str) -> Iterable[tuple[str, Row]]:
    return ((code, Row(verdict, source)) for code in codes.split())


TABLE: dict[str, Row] = dict(
    [
        *_rows(Verdict.REST, METHOD_PAGES, "rate_limited"),
        *_rows(Verdict.REST, ANY_METHOD, "ratelimited"),
        # Passing states of the conversation, and a page token that grew old.
        *_rows(
            Verdict.RETRY, METHOD_PAGES, "external_channel_migrating invalid_cursor update_failed"
        ),
        # Slack says that part of the operation may have succeeded.
        *_rows(Verdict.LOOK, ANY_METHOD, "fatal_error internal_error service_unavailable"),
        *_rows(Verdict.RETRY, ANY_METHOD, "request_timeout"),
        # The token is wrong or old: what waits is said as soon as a right one is there.
        *_rows(Verdict.RETRY, ANY_METHOD, "invalid_auth not_authed token_expired"),
        # The bot, or its workspace, is gone.
        *_rows(
            Verdict.TELL,
            ANY_METHOD,
            "account_inactive token_revoked team_access_not_granted team_added_to_org"
            " org_login_required enterprise_is_restricted two_factor_setup_required",
        ),
        # The app may not do this (any more): an admin, or whoever installed it, can mend it.
        *_rows(
            Verdict.TELL,
            METHOD_PAGES,
            "app_access_restricted ekm_access_denied message_limit_exceeded messages_tab_disabled"
            " missing_scope restricted_action restricted_action_non_threadable_channel"
            " restricted_action_read_only_channel restricted_action_thread_locked"
            " restricted_action_thread_only_channel send_on_behalf_not_allowed"
            " channel_is_limited_access posting_to_channel_denied",
        ),
        *_rows(
            Verdict.TELL,
            ANY_METHOD,
            "access_denied accesslimited no_permission not_allowed_token_type",
        ),
        # The conversation is closed to us: somebody has to open it, or invite the bot.
        *_rows(Verdict.SHUT, METHOD_PAGES, "channel_not_found is_archived not_in_channel"),
        # The conversation cannot be had: somebody has to choose another.
        *_rows(
            Verdict.TELL,
            METHOD_PAGES,
            "team_not_found user_not_found user_not_visible user_disabled invalid_user_combination"
            " method_not_supported_for_channel_type",
        ),
        *_rows(Verdict.TELL, SEEN, "cannot_dm_bot"),
        # The message, or where it stood, is no longer there to be spoken to or changed.
        *_rows(
            Verdict.DROP,
            METHOD_PAGES,
            "thread_not_found cannot_reply_to_message message_not_found"
            " cant_update_message edit_window_closed is_inactive block_mismatch"
            " streaming_state_conflict",
        ),
        # A mistake of ours: trying again would make it again, so somebody should know.
        *_rows(
            Verdict.TELL,
            METHOD_PAGES,
            "as_user_not_supported invalid_attachments invalid_blocks invalid_blocks_format"
            " invalid_metadata_filter_keys invalid_metadata_format invalid_metadata_schema"
            " invalid_ts_latest invalid_ts_oldest markdown_text_conflict"
            " metadata_must_be_sent_from_app metadata_too_large msg_blocks_too_long msg_too_long"
            " no_text not_enough_users"
            " too_many_attachments too_many_contact_cards too_many_users users_list_not_supplied"
            " attachment_payload_limit_exceeded",
        ),
        *_rows(
            Verdict.TELL,
            ANY_METHOD,
            "invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data"
            " invalid_post_type missing_post_type method_deprecated deprecated_endpoint",
        ),
        # Of files, drafts, broadcasts, canvases and lists, none of which we send.
        *_rows(
            Verdict.DROP,
            METHOD_PAGES,
            "blocked_file_type cant_broadcast_message draft_already_deleted draft_already_sent"
            " draft_has_conflict draft_not_found duplicate_channel_not_found"
            " duplicate_message_not_found file_deleted file_is_deleted file_not_found"
            " file_share_limit_reached list_record_comment_fetch_failed max_file_sharing_exceeded"
            " missing_file_data no_dual_broadcast_content_update slack_connect_blocked_file_type"
            " slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked"
            " slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked"
            " slack_connect_lists_sharing_blocked unable_to_share_files",
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call failed: Slack's code (or a short word for what happened) and what to do.

    `needed` is the scope that is missing, where it is that.
    """

    code: str
    verdict: Verdict
    rest: timedelta = DEFAULT_REST
    needed: str = ""


class CallFailed(Exception):
    """A call to Slack failed. Says no more than `failure` does, so that it may be logged."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


async def answer_to(call: Awaitable[T]) -> T:
    """What a call through the SDK gives. Raises CallFailed, and nothing of the SDK's."""
    try:
        return await call
    except SlackApiError as error:
        failure = _refused(error)
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        failure = Failure("unreachable", Verdict.RETRY)
    except SlackClientError:
        failure = Failure("not_sent", Verdict.TELL)
    except TimeoutError:
        failure = Failure("timeout", Verdict.LOOK)
    except (aiohttp.ClientError, OSError):
        failure = Failure("connection_lost", Verdict.LOOK)
    except (ValueError, AttributeError):
        # No JSON, no text; or the SDK took a 200's text/plain body for a dictionary.
        failure = Failure("unreadable_answer", Verdict.LOOK)
    raise CallFailed(failure)


def posting_failed(failure: Failure) -> Retry | Resting | Dropped | Unknown:
    """The outcome of a post: it rests in its conversation, Slack's limit being one per channel."""
    if failure.verdict is Verdict.LOOK:
        return Unknown(failure.code)
    return _outcome(failure, everywhere=False)


def updating_failed(failure: Failure) -> Retry | Resting | Dropped:
    """The outcome of an update: it may be done twice, and its limit is the workspace's."""
    return _outcome(failure, everywhere=True)


def finding_failed(failure: Failure) -> Retry | Resting | Dropped:
    """The outcome of looking for deliveries, whose limit is the workspace's."""
    return _outcome(failure, everywhere=True)


def _outcome(failure: Failure, *, everywhere: bool) -> Retry | Resting | Dropped:
    match failure.verdict:
        case Verdict.REST:
            return Resting(failure.rest, everywhere)
        case Verdict.RETRY | Verdict.LOOK:
            return Retry(failure.code)
        case Verdict.DROP:
            return Dropped(failure.code)
        case Verdict.TELL:
            return Dropped(failure.code, tell_coach=True)
        case Verdict.SHUT:
            return Dropped(failure.code, tell_coach=True, shut=True)


def _refused(error: SlackApiError) -> Failure:
    response = error.response
    # The SDK hands over its own response, or aiohttp's where the body was no JSON.
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    body = getattr(response, "data", None)
    code = body.get("error") if isinstance(body, dict) else None
    if status == 429:
        return Failure("ratelimited", Verdict.REST, _rest(response))
    if code in TABLE:
        needed = str(body.get("needed") or "") if isinstance(body, dict) else ""
        return Failure(code, TABLE[code].verdict, _rest(response), needed)
    if status >= 500 or (status == 200 and not code):
        return Failure(f"http_{status}", Verdict.LOOK)
    if code:
        return Failure(str(code), Verdict.TELL)
    # Not Slack's own answer, but something's on the way to it: it did not get there.
    return Failure(f"http_{status}", Verdict.RETRY)


def _rest(response: object) -> timedelta:
    headers = getattr(response, "headers", None) or {}
    asked = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    return timedelta(seconds=max(1, int(asked))) if asked.isdecimal() else DEFAULT_REST
