"""Installing an app by OAuth: what it asks for, what a person answers, and codes for tokens.

https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from sandbox import tokens
from sandbox.arguments import Arguments
from sandbox.errors import NotPossible, SlackError
from sandbox.records import App, Json, User
from sandbox.workspace import Workspace

# "Authorization codes may only be exchanged once and expire 10 minutes after issuance" (so the
# earlier guide, https://api.slack.com/docs/oauth); one error is documented, `invalid_code`.
CODE_SECONDS = 10 * 60
# Whoever follows a link asks: what was never answered is not kept for ever.
_ASKED_KEPT = 1000


@dataclass(frozen=True)
class Asking:
    """An app that asks to be installed, waiting for somebody's answer.

    `redirect_uri` is where the answer goes; `named` whether the app said so itself.
    """

    id: str
    app: App
    scopes: tuple[str, ...]
    redirect_uri: str
    named: bool
    state: str


@dataclass(frozen=True)
class _Code:
    asking: Asking
    user: str
    issued: float


class Installs:
    """What is asked, and the codes that were given for it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._asked: dict[str, Asking] = {}
        self._codes: dict[str, _Code] = {}

    # What a person sees and answers

    def ask(self, query: Mapping[str, str]) -> Asking:
        """Take what came to /oauth/v2/authorize; NotPossible in words for a person."""
        app = self._by_client(query.get("client_id", ""))
        if app is None:
            raise NotPossible("There is no app with this client_id.")
        if query.get("team", self._workspace.id) not in ("", self._workspace.id):
            raise NotPossible("That is another workspace.")
        scopes = tuple(query.get("scope", "").replace(",", " ").split())
        if query.get("user_scope"):
            raise NotPossible("Tokens of people (user_scope) are not given out here.")
        if not scopes:
            raise NotPossible("The app asks for no scope.")
        given = query.get("redirect_uri", "")
        redirect_uri = given or next(iter(app.redirect_urls), "")
        if not any(_within(redirect_uri, one) for one in app.redirect_urls):
            # Slack's own words, as in https://github.com/anomalyco/opencode/issues/18955.
            raise NotPossible(
                f"redirect_uri did not match any configured URIs. Passed URI: {redirect_uri}"
            )
        asking = Asking(
            id=secrets.token_urlsafe(18),
            app=app,
            scopes=scopes,
            redirect_uri=redirect_uri,
            named=bool(given),
            state=query.get("state", ""),
        )
        self._asked[asking.id] = asking
        if len(self._asked) > _ASKED_KEPT:
            del self._asked[next(iter(self._asked))]
        return asking

    def allow(self, asking_id: str, user: str) -> str:
        """Somebody allows it: where their browser goes, with a code."""
        person = self._workspace.person(user)
        if not self.may_install(person):
            raise NotPossible(f"{person.name} may not install apps.")
        asking = self._answered(asking_id)
        code = f"{asking.app.installation.client_id}.{secrets.token_hex(16)}"
        self._codes[code] = _Code(asking, person.id, self._workspace.wall())
        return _with(asking.redirect_uri, code=code, state=asking.state)

    def may_install(self, user: User) -> bool:
        """Whether somebody may install apps.

        Believed: Slack's default, by which members may, and guests may not.
        """
        return not (user.deleted or user.is_restricted or user.is_stranger or user.app_id)

    def refuse(self, asking_id: str) -> str:
        """Somebody refuses: where their browser goes, with `error=access_denied`."""
        asking = self._answered(asking_id)
        return _with(asking.redirect_uri, error="access_denied", state=asking.state)

    def _answered(self, asking_id: str) -> Asking:
        try:
            return self._asked.pop(asking_id)
        except KeyError:
            raise LookupError("This was answered already; begin again from the app.") from None

    # What the app then asks for

    def client(self, arguments: Arguments) -> App:
        """The app that shows its client id and secret (in the body, or by HTTP Basic)."""
        app = self._by_client(arguments.text("client_id"))
        if app is None:
            raise SlackError("invalid_client_id")
        secret = arguments.text("client_secret").encode()
        if not secrets.compare_digest(app.installation.client_secret.encode(), secret):
            raise SlackError("bad_client_secret")
        return app

    def exchange(self, app: App, code: str, redirect_uri: str) -> Json:
        """Give the bot's token for a code; the answer of oauth.v2.access.

        A code that was shown with the wrong redirect_uri is used up as well (believed: RFC 6749
        has it denied, and who has to show it again is not the one it was meant for).
        """
        found = self._codes.pop(code, None)
        if found is None or found.asking.app is not app:
            raise SlackError("invalid_code")
        if self._workspace.wall() - found.issued >= CODE_SECONDS:
            raise SlackError("invalid_code")
        # "while redirect_uri is optional, it is required if your app passed it as a parameter" in
        # the first step (https://docs.slack.dev/reference/methods/oauth.v2.access).
        expected = found.asking.redirect_uri
        if redirect_uri != expected and (redirect_uri or found.asking.named):
            raise SlackError("bad_redirect_uri")
        self._workspace.grant(app, found.asking.scopes)
        return self._granted(app) | {"authed_user": {"id": found.user}}

    def refresh(self, app: App, refresh_token: str) -> Json:
        """Give new tokens for a refresh token; what oauth.v2.access then answers."""
        tokens.rotate(app, refresh_token, self._workspace.wall())
        return self._granted(app)

    def _granted(self, app: App) -> Json:
        answer: Json = {
            "access_token": app.installation.bot_token,
            "token_type": "bot",
            "scope": ",".join(app.scopes),
            "bot_user_id": app.installation.bot_user_id,
            "app_id": app.id,
            "team": {"id": self._workspace.id, "name": self._workspace.name},
            "enterprise": None,
            "is_enterprise_install": False,
        }
        if app.rotates:
            answer["refresh_token"] = app.installation.refresh_token
            answer["expires_in"] = tokens.LIFETIME_SECONDS
        return answer

    def _by_client(self, client_id: str) -> App | None:
        for app in self._workspace.apps.values():
            if app.installation.client_id == client_id:
                return app
        return None


def _within(uri: str, configured: str) -> bool:
    """Whether an address is the configured one, or under it.

    Host and port "must exactly match", the path "must reference a subdirectory", and https may
    stand for http (the earlier guide, with examples). That it still holds is believed.
    """
    given, known = urlsplit(uri), urlsplit(configured)
    if given.scheme not in (known.scheme, "https") or given.netloc != known.netloc:
        return False
    # As browsers read it, which take `\` for `/` and `%2e` for a dot.
    if ".." in unquote(given.path).replace("\\", "/").split("/"):
        return False
    return given.path == known.path or given.path.startswith(f"{known.path.rstrip('/')}/")


def _with(uri: str, **answer: str) -> str:
    """The address with an answer in its query; the state only "if you provided one"."""
    parts = urlsplit(uri)
    given = [(name, value) for name, value in answer.items() if value]
    query = [*parse_qsl(parts.query, keep_blank_values=True), *given]
    return urlunsplit(parts._replace(query=urlencode(query)))
