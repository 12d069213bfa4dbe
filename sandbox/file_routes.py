"""Uploading files, and downloading them as an app does.

https://docs.slack.dev/messaging/working-with-files
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.core import Core
from sandbox.errors import SlackError
from sandbox.records import StoredFile
from sandbox.tokens import check

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)


class FileRoutes:
    """The addresses that files.getUploadURLExternal and a file's `url_private` name."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self) -> list[Route]:
        """Where to upload to, and where to download from."""
        return [
            Route("/upload/v1/{ticket}", self._upload, methods=["POST"]),
            Route("/files-pri/{team_and_file}/{name}", self._download),
            Route("/files-pri/{team_and_file}/download/{name}", self._download),
        ]

    async def _upload(self, request: Request) -> Response:
        """Take the bytes: as they are, or as the first file of a multipart form."""
        content_type = request.headers.get("content-type", "")
        content = file_in(content_type, await request.body())
        try:
            file = self._core.files.take(request.path_params["ticket"], content)
        except LookupError as problem:
            return PlainTextResponse(str(problem.args[0]), status_code=404)
        except ValueError as problem:
            return PlainTextResponse(str(problem), status_code=400)
        return PlainTextResponse(f"OK - {file.size}")

    async def _download(self, request: Request) -> Response:
        """The bytes, for the token of a bot that may see the file.

        Anybody else is sent to sign in, as the guide's readers often find out: what arrives then
        is a page instead of a file, and no error.
        """
        file = self._file(request)
        if file is None:
            return RedirectResponse(f"{self._core.url}/?redir={request.url.path}", 302)
        headers = {
            "Content-Disposition": "attachment",
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(file.content, media_type=file.mimetype, headers=headers)

    def _file(self, request: Request) -> StoredFile | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        app = self._core.workspace.app_by_token(token)
        if scheme.lower() != "bearer" or app is None or "files:read" not in app.scopes:
            return None
        try:
            check(app, token, self._core.workspace.wall())
            file = self._core.files.get(request.path_params["team_and_file"].rpartition("-")[2])
        except (SlackError, LookupError):
            return None
        bot = app.installation.bot_user_id
        if file.deleted or not self._core.files.visible(file, bot):
            return None
        return file


def file_in(content_type: str, body: bytes) -> bytes:
    """The file in an upload's body: all of it, or, of a form, its first file (or first field)."""
    boundary = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/") or boundary is None:
        return body
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode("latin-1"))[1:-1]
    fields = [part.partition(b"\r\n\r\n") for part in parts]
    files = [content for head, _, content in fields if b"filename=" in head.lower()]
    return next(iter([*files, *(content for _, _, content in fields)]), b"")
