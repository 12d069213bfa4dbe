"""The workspace in a browser: what a person at a Slack client sees and does, by hand.

Served by the sandbox itself, on loopback, drawn on the server (Jinja2) and kept up to date over
server-sent events; plain ES modules do the rest. It knows no app: who starts the sandbox passes in
what else can be done beside the workspace (`Host`).

- `hosting`: what the one who starts the sandbox passes in;
- `drawing`: blocks, texts and charts as HTML. Pure: no request, no clock;
- `guard`: who may ask for the page, and who may change something through it;
- `routes`: the page, its parts and its acts; `live`: what happens, sent as it happens;
- `guide`: the first steps, ticked off; `inspector`: events and API calls, for developers.
"""

from sandbox.page.hosting import Deed, Host, HostAction, HostStep

__all__ = ["Deed", "Host", "HostAction", "HostStep"]
