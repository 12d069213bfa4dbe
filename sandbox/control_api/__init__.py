"""The control API over HTTP: setting the scene, acting as people, asking what happened.

- `routes`: its addresses, and the token that they need;
- `verbs`: what can be asked for, by name;
- `apps`, `conditions`, `happened`: the verbs that have nowhere else to be.

`sandbox.Control` is its client.
"""
