"""The files of the workspace: taken in, shown as Slack shows them, and shared in channels."""

from __future__ import annotations

import mimetypes
import secrets
from urllib.parse import quote

from sandbox.events import Events
from sandbox.records import Channel, Json, StoredFile
from sandbox.workspace import Workspace

_UNKNOWN = "application/octet-stream"
# https://docs.slack.dev/reference/objects/file-object#types names the types; those that are not
# simply the ending of the name are here.
_TYPES = {"txt": "text", "md": "markdown", "jpeg": "jpg", "htm": "html", "yml": "yaml"}
_PRETTY = {"text": "Plain Text", "markdown": "Markdown", "jpg": "JPEG", "binary": "Binary"}


class Files:
    """All files, by id."""

    def __init__(self, workspace: Workspace, events: Events) -> None:
        self._workspace = workspace
        self._events = events
        self._stored: dict[str, StoredFile] = {}
        self._tickets: dict[str, StoredFile] = {}

    def get(self, file_id: str) -> StoredFile:
        """The file with that id, which may be deleted; LookupError where there is none."""
        try:
            return self._stored[file_id]
        except KeyError:
            raise LookupError(f"no file {file_id}") from None

    def reserve(self, user: str, name: str, size: int, alt_text: str = "") -> StoredFile:
        """An id for a file whose bytes are still to come."""
        file = StoredFile(
            id=self._workspace.new_id("F"),
            name=name,
            mimetype=mimetypes.guess_type(name)[0] or _UNKNOWN,
            user=user,
            created=int(self._workspace.clock.seconds()),
            size=size,
            title=name,
            alt_text=alt_text,
        )
        self._stored[file.id] = file
        return file

    def ticket(self, file: StoredFile) -> str:
        """What the address to upload to ends in; good for one upload."""
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = file
        return ticket

    def take(self, ticket: str, content: bytes) -> StoredFile:
        """Take an upload in.

        LookupError for an unknown ticket, ValueError for more or fewer bytes than were announced;
        that both are refused is believed, for the pages tell only of the status 200 of success.
        """
        file = self._tickets.get(ticket)
        if file is None:
            raise LookupError("no such upload")
        if len(content) != file.size:
            raise ValueError(f"{file.size} bytes were announced, and {len(content)} came")
        del self._tickets[ticket]
        self.fill(file, content)
        return file

    def fill(self, file: StoredFile, content: bytes, mimetype: str = "") -> None:
        """Put the bytes in."""
        file.content, file.size, file.uploaded = content, len(content), True
        file.mimetype = mimetype or file.mimetype

    def shared(self, file: StoredFile, channel: Channel, ts: str) -> None:
        """Remember that a message shares the file, and tell the apps."""
        file.shares.setdefault(channel.id, []).append(ts)
        self._events.file_shared(file, channel)
        self._workspace.feed.add("file_shared", file=file.id, channel=channel.id, ts=ts)

    def visible(self, file: StoredFile, user: str) -> bool:
        """Whether somebody may see the file: their own, or shared where they are."""
        places = [self._workspace.channels.get(one) for one in file.shares]
        return file.user == user or any(one is not None and user in one.members for one in places)

    def delete(self, file: StoredFile) -> None:
        """Delete the bytes, and tell the apps that had seen it."""
        file.content, file.deleted = b"", True
        self._events.file_deleted(file)
        self._workspace.feed.add("file_deleted", file=file.id)

    def shown(self, file: StoredFile, place: Channel | None = None) -> Json:
        """The file object of messages and of files.info. The sandbox makes no thumbnails.

        `place` is where it is about to be shared.
        """
        ending = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
        filetype = _TYPES.get(ending, ending)
        team, address = self._workspace.id, quote(file.name)
        private = f"{self._workspace.url}/files-pri/{team}-{file.id}"
        shown: Json = {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype,
            "filetype": filetype,
            "pretty_type": _PRETTY.get(filetype, filetype.upper()),
            "user": file.user,
            "user_team": team,
            "editable": False,
            "size": file.size,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": self._is_public(file, place),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{private}/{address}",
            "url_private_download": f"{private}/download/{address}",
            "permalink": f"{self._workspace.url}/files/{file.user}/{file.id}/{address}",
            "has_rich_preview": False,
            "file_access": "visible",
        }
        if file.alt_text:
            shown["alt_txt"] = file.alt_text
        return shown

    def _is_public(self, file: StoredFile, place: Channel | None) -> bool:
        known = [self._workspace.channels.get(one) for one in file.shares]
        return any(one.kind == "public_channel" for one in [place, *known] if one is not None)
