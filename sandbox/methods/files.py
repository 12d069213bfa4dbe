"""Files: a place to upload them to, sharing them in channels, describing and deleting them."""

from __future__ import annotations

from typing import Any

from sandbox.block_kit import problems_of_blocks
from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method
from sandbox.records import Channel, Json, StoredFile

# Snippets "are limited to 1MB" (the method's page); files to 1 GB is believed (Slack's help pages).
MOST_BYTES = 1024**3
SNIPPET_BYTES = 1024**2
ALT_CHARACTERS = 1000
CHANNELS = 100


@method(
    "files.getUploadURLExternal",
    tier="t4",
    scopes="files:write",
    required="length filename",
    optional="snippet_type alt_txt",
    errors="alt_txt_too_large file_upload_size_restricted missing_argument snippet_too_large",
    missing={"length": "missing_argument", "filename": "missing_argument"},
)
def files_get_upload_url_external(call: Call) -> dict[str, Any]:
    """Where to send the bytes, and the id that the file will have."""
    length = call.arguments.text("length")
    if not length.isdecimal():
        raise SlackError("invalid_arguments", ["must be an integer [json-pointer:/length]"])
    size = int(length)
    if size == 0:
        raise SlackError("missing_argument")
    if size > MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    if call.arguments.text("snippet_type") and size > SNIPPET_BYTES:
        raise SlackError("snippet_too_large")
    alt_text = call.arguments.text("alt_txt")
    if len(alt_text) > ALT_CHARACTERS:
        raise SlackError("alt_txt_too_large")
    file = call.core.files.reserve(call.bot, call.arguments.text("filename"), size, alt_text)
    ticket = call.core.files.ticket(file)
    return {"upload_url": f"{call.core.url}/upload/v1/{ticket}", "file_id": file.id}


@method(
    "files.completeUploadExternal",
    tier="t4",
    scopes="files:write",
    required="files",
    optional="channel_id thread_ts channels initial_comment blocks username icon_url icon_emoji",
    errors="access_denied channel_not_found channels_limit_exceeded file_not_found invalid_blocks "
    "not_in_channel posting_to_channel_denied",
)
def files_complete_upload_external(call: Call) -> dict[str, Any]:
    """Finish uploads and share them, all in one message for each channel.

    The message is there when the call is answered; at Slack it may come a moment later.
    """
    files = _uploaded(call)
    blocks = call.arguments.structure("blocks", "invalid_blocks")
    comment = call.arguments.text("initial_comment")
    if blocks is not None and not comment:
        problems = problems_of_blocks(blocks, "message") if isinstance(blocks, list) else [""]
        if problems:
            raise SlackError("invalid_blocks", [one for one in problems if one])
    places = _places(call)
    for file, title in files:
        file.title, file.complete = title or file.name, True
    for place in places:
        message = call.core.messages.post(
            place,
            call.bot,
            comment,
            # "If the `initial_comment` field is provided, the `blocks` field is ignored."
            blocks=None if comment else blocks,
            thread_ts=call.arguments.text("thread_ts") or None,
            app=call.app,
            files=[call.core.files.shown(file, place) for file, _ in files],
        )
        for file, _ in files:
            call.core.files.shared(file, place, message.ts)
    return {"files": [call.core.files.shown(file) for file, _ in files]}


def _uploaded(call: Call) -> list[tuple[StoredFile, str]]:
    """The files named, each with its title, if the app has sent their bytes."""
    named = call.arguments.structure("files", "invalid_arguments")
    if not isinstance(named, list) or not all(isinstance(one, dict) for one in named):
        raise SlackError("invalid_arguments", ["must be an array [json-pointer:/files]"])
    found = []
    for one in named:
        try:
            file = call.core.files.get(str(one.get("id", "")))
        except LookupError:
            raise SlackError("file_not_found") from None
        if file.user != call.bot:
            raise SlackError("access_denied")
        # Believed: an upload is finished once; its page knows of one error for a ticket not found.
        if not file.uploaded or file.complete:
            raise SlackError("file_not_found")
        found.append((file, str(one.get("title") or "")))
    return found


def _places(call: Call) -> list[Channel]:
    """The channels to share in; for a person's id, the direct message with them."""
    given = [call.arguments.text("channel_id"), *call.arguments.words("channels")]
    wanted = list(dict.fromkeys(one for one in given if one))
    if len(wanted) > CHANNELS:
        raise SlackError("channels_limit_exceeded")
    workspace, places = call.core.workspace, []
    for one in wanted:
        channel = workspace.channels.get(one)
        if channel is None and one in workspace.users and not workspace.users[one].app_id:
            channel = workspace.open_dm(call.app, one)
        if channel is None or not call.sees(channel):
            raise SlackError("channel_not_found")
        if call.bot not in channel.members:
            raise SlackError("not_in_channel")
        if channel.archived:
            # Believed: the documented error that comes nearest.
            raise SlackError("posting_to_channel_denied")
        places.append(channel)
    return places


def _known(call: Call) -> StoredFile:
    """The file named, if the bot may know of it: its own, or in a channel that it is in."""
    try:
        file = call.core.files.get(call.arguments.text("file"))
    except LookupError:
        raise SlackError("file_not_found") from None
    if file.deleted:
        raise SlackError("file_deleted")
    if not file.complete or not call.core.files.visible(file, call.bot):
        raise SlackError("file_not_found")
    return file


@method(
    "files.info",
    tier="t4",
    scopes="files:read",
    required="file",
    optional="count cursor limit page",
    errors="file_deleted file_not_found",
    missing={"file": "file_not_found"},
)
def files_info(call: Call) -> dict[str, Any]:
    """A file, and where it is shared."""
    file = _known(call)
    shown = call.core.files.shown(file)
    places = [call.core.workspace.channels.get(one) for one in file.shares]
    kinds = {"public_channel": "channels", "im": "ims"}
    for name in ("channels", "groups", "ims"):
        shown[name] = [one.id for one in places if one and kinds.get(one.kind, "groups") == name]
    shares: Json = {}
    for place in places:
        if place:
            kind = "public" if place.kind == "public_channel" else "private"
            posts = [{"ts": ts, "share_user_id": file.user} for ts in file.shares[place.id]]
            shares.setdefault(kind, {})[place.id] = posts
    answer = {"file": {**shown, "shares": shares}, "comments": []}
    return {**answer, "response_metadata": {"next_cursor": ""}}


@method(
    "files.delete",
    tier="t3",
    scopes="files:write",
    required="file",
    errors="cant_delete_file file_deleted file_not_found",
    missing={"file": "file_not_found"},
)
def files_delete(call: Call) -> dict[str, Any]:
    """Delete a file of the app's own."""
    file = _known(call)
    if file.user != call.bot:
        raise SlackError("cant_delete_file")
    call.core.files.delete(file)
    for channel, posts in file.shares.items():
        for ts in posts:
            call.core.messages.lose(file.id, channel, ts)
    return {}
