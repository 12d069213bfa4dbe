"""The page on which a person allows or refuses an app: /oauth/v2/authorize."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.answering import EXPECTED
from sandbox.core import Core
from sandbox.installs import Asking
from sandbox.page.rendering import template

__all__ = ["Installing"]


class Installing:
    """The question, and where the answer to it leads.

    The workspace's guard does not stand before it, for an app's own page may send browsers here,
    and its answer has to lead back there. What answers is a form of the page that was shown: it
    comes from this origin, as `sandbox.loopback` holds all that changes something to, and it brings
    the id of the asking, which nobody else has seen.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self) -> list[Route]:
        """The one address, to look at and to answer."""
        return [
            Route("/oauth/v2/authorize", self._ask, methods=["GET"]),
            Route("/oauth/v2/authorize", self._answer, methods=["POST"]),
        ]

    async def _ask(self, request: Request) -> Response:
        try:
            asking = self._core.installs.ask(dict(request.query_params))
        except EXPECTED as problem:
            return _page("", asking=None, problem=str(problem))
        people = [
            user
            for user in self._core.workspace.users.values()
            if self._core.installs.may_install(user)
        ]
        return _page(
            _origin(asking),
            asking=asking,
            problem="",
            people=people,
            workspace=self._core.workspace.name,
        )

    async def _answer(self, request: Request) -> Response:
        given = dict(parse_qsl((await request.body()).decode(errors="replace")))
        installs = self._core.installs
        try:
            if given.get("answer") == "allow":
                address = installs.allow(given.get("asking", ""), given.get("user", ""))
            else:
                address = installs.refuse(given.get("asking", ""))
        except EXPECTED as problem:
            return _page("", asking=None, problem=str(problem.args[0]))
        # 303: the app's own address is asked for with GET.
        return RedirectResponse(address, 303)


def _page(form_leads_to: str, **content: object) -> Response:
    page = template("install.html").render(**content)
    # A browser holds a form's redirects to `form-action` too, so the app's origin is in it.
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {form_leads_to}"
    )
    # No Cross-Origin-Opener-Policy: an app may open this in a window of its own, and wait for it.
    headers = {
        "Content-Security-Policy": policy.strip(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Not `no-referrer`: under it, the form's own answer has the Origin `null`.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(page, status_code=200 if content["asking"] else 400, headers=headers)


def _origin(asking: Asking) -> str:
    parts = urlsplit(asking.redirect_uri)
    return f"{parts.scheme}://{parts.netloc}"
