"""What passed between an app and the sandbox as a command for a shell, to make it pass again.

No credential stands in it: it takes them from the variables that `python -m sandbox` prints.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from shlex import quote
from typing import Any, Literal
from urllib.parse import quote as percent
from urllib.parse import urlencode

from sandbox.records import Json

__all__ = ["api_call", "redelivery", "signed_post"]

_CREDENTIALS = {
    "bot": ['-H "Authorization: Bearer $SLACK_BOT_TOKEN"'],
    "app": ['-H "Authorization: Bearer $SLACK_APP_TOKEN"'],
    "client": [
        '--data-urlencode "client_id=$SLACK_CLIENT_ID"',
        '--data-urlencode "client_secret=$SLACK_CLIENT_SECRET"',
    ],
}
_OF_CLIENTS = frozenset({"client_id", "client_secret"})
_NEXT = " \\\n  "


def api_call(
    url: str,
    method: str,
    arguments: Mapping[str, Any],
    token: Literal["bot", "app", "client"] = "bot",
) -> str:
    """A Web API call; as a form, which Slack takes for every method. `token`: what it shows."""
    address = f"{url}/api/{percent(method, safe='.')}"
    return _NEXT.join(
        [
            f"curl -sS -X POST {quote(address)}",
            *_CREDENTIALS[token],
            *(
                _field(name, value)
                for name, value in arguments.items()
                if token != "client" or name not in _OF_CLIENTS
            ),
        ]
    )


def signed_post(url: str, kind: str, payload: Json) -> str:
    """An event, interaction or command to an app's request URL, signed anew as it is sent."""
    if kind == "events_api":
        body, content_type = json.dumps(payload), "application/json"
    else:
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        body, content_type = urlencode(fields), "application/x-www-form-urlencoded"
    signing = (
        """sig=$(printf 'v0:%s:%s' "$ts" "$body" |"""
        """ openssl dgst -sha256 -hmac "$SLACK_SIGNING_SECRET" | sed 's/^.* //')"""
    )
    # Braces and brackets in an address would be patterns to curl.
    literally = " -g" if set(url) & set("{}[]") else ""
    sending = [
        f"curl -sS{literally} -X POST --url {quote(url)}",
        f"-H {quote(f'Content-Type: {content_type}')}",
        '-H "X-Slack-Request-Timestamp: $ts"',
        '-H "X-Slack-Signature: v0=$sig"',
        '--data-raw "$body"',
    ]
    return "\n".join([f"body={quote(body)}", "ts=$(date +%s)", signing, _NEXT.join(sending)])


def redelivery(url: str, event_id: str) -> str:
    """A request to the sandbox to deliver an event again: on a socket, only it can."""
    body = json.dumps({"event_id": event_id, "times": 1})
    return _NEXT.join(
        [
            f"curl -sS -X POST {quote(f'{url}/control/redeliver')}",
            '-H "Authorization: Bearer $SANDBOX_CONTROL_TOKEN"',
            "-H 'Content-Type: application/json'",
            f"--data-raw {quote(body)}",
        ]
    )


def _field(name: str, value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    # Of `name=value` curl encodes the value alone. No shell carries a NUL, nor curl an empty name.
    name = percent(name, safe="")
    if "\0" in text or not name:
        return f"--data-raw {quote(name + '=' + percent(text, safe=''))}"
    return f"--data-urlencode {quote(name + '=' + text)}"
