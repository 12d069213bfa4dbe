"""The Web API over HTTP: reading a call, checking its token, limits and faults, and answering."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.arguments import Arguments, arguments_of
from sandbox.core import Core
from sandbox.errors import SlackError
from sandbox.faults import FaultKind
from sandbox.methods import COMMON_ERRORS, METHODS, Call, Method
from sandbox.records import App, Json
from sandbox.tokens import check


class WebApi:
    """The endpoint of /api/<method>."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def handle(self, request: Request) -> Response | HangUp:
        """Answer one call, or let the fault plan spoil it."""
        name = request.path_params["method"]
        arguments = await arguments_of(request)
        entry = self._logged(name, arguments)
        loop = asyncio.get_running_loop()
        started = loop.time()
        body = None
        try:
            answer = await self._handled(name, request, arguments, entry)
            if isinstance(answer, Response):
                entry["status"] = answer.status_code
                # What an exchange of codes answers with is tokens: it is kept nowhere.
                gives_tokens = name in METHODS and METHODS[name].token == "client"
                body = None if gives_tokens else bytes(answer.body)
        finally:
            entry["latency_ms"] = round((loop.time() - started) * 1000, 3)
            self._core.calls.changed(entry, body)
        return answer

    async def _handled(
        self, name: str, request: Request, arguments: Arguments, entry: Json
    ) -> Response | HangUp:
        fault = self._core.faults.draw(name) if name in METHODS else None
        entry["fault"] = fault
        if fault in ("drop_before", "error_500_before", "ratelimited"):
            entry["outcome"] = fault
            return self._spoiled(fault)
        try:
            answer = self._answer(name, request, arguments, entry)
        except SlackError as refusal:
            answer = JSONResponse(refusal.body())
            entry["outcome"] = refusal.code
            if not entry.get("asked_for"):
                self._core.workspace.mistakes.note_refusal(name, refusal)
        if fault == "delay":
            await asyncio.sleep(self._core.faults.delay_seconds)
        elif fault is not None:
            return self._spoiled(fault)
        return answer

    def _answer(
        self, name: str, request: Request, arguments: Arguments, entry: Json
    ) -> JSONResponse:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", extra={"req_method": name})
        if arguments.unreadable:
            raise SlackError(arguments.unreadable)
        app, token = self._authenticated(request, arguments, method)
        entry["app"] = app.id
        entry["unknown_arguments"] = sorted(
            arguments.names() - set(method.required) - set(method.optional) - {"token"}
        )
        if entry["unknown_arguments"]:
            unknown = ", ".join(entry["unknown_arguments"])
            self._core.workspace.mistakes.note(name, f"unknown arguments {unknown}")
        wait = self._wait(method, app, arguments)
        if wait:
            entry["outcome"] = "ratelimited"
            return _too_many(wait)
        self._refuse_where_asked(name, arguments, entry)
        headers = {"x-oauth-scopes": ",".join(app.scopes)}
        if method.scopes:
            headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
        try:
            body = method.run(Call(self._core, app, arguments, token))
        except SlackError as refusal:
            if refusal.code not in method.errors | COMMON_ERRORS:
                raise RuntimeError(
                    f"{name} answered {refusal.code}, which it does not declare"
                ) from refusal
            entry["outcome"] = refusal.code
            self._core.workspace.mistakes.note_refusal(name, refusal)
            return JSONResponse(refusal.body(), headers=headers)
        entry["outcome"] = "ok"
        return JSONResponse({"ok": True, **body}, headers=headers)

    def _refuse_where_asked(self, name: str, arguments: Arguments, entry: Json) -> None:
        """Refuse what a test has asked to be refused."""
        named = [arguments.text(one) for one in arguments.names()]
        for refusal in self._core.refusals:
            if refusal.hits(name, named):
                entry["asked_for"] = True
                raise SlackError(refusal.error, extra=dict(refusal.more))

    def _authenticated(
        self, request: Request, arguments: Arguments, method: Method
    ) -> tuple[App, str]:
        """Who calls, and with which token ("" where the method takes none)."""
        if method.token == "client":
            return self._core.installs.client(arguments), ""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            token = ""
        if method.token != "app":
            token = token or arguments.text("token")
        # An app-level token goes in the header: "passing it as a POST parameter will result in an
        # error" (apps.connections.open's page). That the error is this one is believed.
        if not token:
            raise SlackError("not_authed")
        app = self._core.workspace.app_by_token(token)
        if app is None:
            raise SlackError("invalid_auth")
        check(app, token, self._core.workspace.wall())
        if (method.token == "app") != (token == app.installation.app_token):
            raise SlackError("not_allowed_token_type")
        return app, token

    def _wait(self, method: Method, app: App, arguments: Arguments) -> int:
        channel = None
        if method.name == "chat.postMessage":
            channel = arguments.text("channel")
            dm = self._core.workspace.dm(app, channel)
            channel = dm.id if dm else channel
        return self._core.tiers.retry_after(app.id, method.name, method.tier, channel)

    def _spoiled(self, fault: FaultKind) -> Response | HangUp:
        if fault == "ratelimited":
            return _too_many(self._core.faults.retry_after)
        if fault in ("error_500_before", "error_500_after"):
            return JSONResponse({"ok": False, "error": "internal_error"}, status_code=500)
        return HangUp()

    def _logged(self, name: str, arguments: Arguments) -> Json:
        return self._core.calls.add(
            {
                "method": name,
                "arguments": arguments.logged(),
                "unknown_arguments": [],
                "app": None,
                "outcome": None,
                "fault": None,
                "status": None,
                "latency_ms": None,
                "at": self._core.workspace.wall(),
            }
        )


class HangUp:
    """No response at all: the connection is cut, as when a proxy dies.

    The transport is put into the scope by `sandbox.server`; uvicorn notices that its client is
    gone and sends nothing.
    """

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Cut the connection and wait until the server has noticed."""
        scope["state"]["transport"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


def _too_many(seconds: int) -> JSONResponse:
    return JSONResponse(
        {"ok": False, "error": "ratelimited"},
        status_code=429,
        headers={"Retry-After": str(seconds)},
    )
