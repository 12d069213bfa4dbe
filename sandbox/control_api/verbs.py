"""What the control API can be asked for, by name. Arguments and answers are JSON.

A verb raises what `sandbox.answering.EXPECTED` names where it can't be done.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from sandbox.control_api.apps import Apps
from sandbox.control_api.conditions import Conditions
from sandbox.control_api.happened import Happened
from sandbox.core import Core
from sandbox.leftovers import Leftovers
from sandbox.living import Living
from sandbox.people import People
from sandbox.records import Json
from sandbox.viewing import Viewing

__all__ = ["Verb", "verbs"]

Verb = Callable[..., Any]
"""Gives its answer, or an awaitable of it."""


def verbs(core: Core) -> dict[str, Verb]:
    """All of them."""
    living = Living(core)
    return {
        **_of_apps(Apps(core), living),
        **_of_the_scene(living),
        **_of_living(living),
        **_of_meeting_the_app(People(core), Viewing(core)),
        **_of_leftovers(Leftovers(core)),
        **_of_conditions(Conditions(core)),
        **_of_delivery(core, Apps(core)),
        **_of_what_happened(core, Happened(core)),
    }


def _of_apps(apps: Apps, living: Living) -> dict[str, Verb]:
    return {
        "install": apps.install,
        "register": apps.register,
        "reinstall": apps.reinstall,
        "uninstall": living.uninstall,
        "offers": apps.offers,
        "allow_install": apps.allow_install,
        "refuse_install": apps.refuse_install,
        "verify_url": apps.verify_url,
    }


def _of_the_scene(living: Living) -> dict[str, Verb]:
    return {
        "add_person": living.add_person,
        "add_channel": living.add_channel,
        "rename_channel": living.rename_channel,
        "archive_channel": living.archive_channel,
        "unarchive_channel": living.unarchive_channel,
        "delete_channel": living.delete_channel,
        "add_app": living.add_app,
        "remove_app": living.remove_app,
    }


def _of_living(living: Living) -> dict[str, Verb]:
    return {
        "joins": living.joins,
        "leaves": living.leaves,
        "deactivate": living.deactivate,
        "status": living.status,
        "do_not_disturb": living.do_not_disturb,
        "say": living.say,
        "edit": living.edit,
        "delete": living.delete,
        "react": living.react,
        "unreact": living.unreact,
        "upload": _upload(living),
        "opens_home": living.opens_home,
    }


def _upload(living: Living) -> Verb:
    def upload(content: str, **what: Any) -> Json:
        return living.upload(content=base64.b64decode(content, validate=True), **what)

    return upload


def _of_meeting_the_app(people: People, viewing: Viewing) -> dict[str, Verb]:
    return {
        "press": people.press,
        "shortcut": people.shortcut,
        "command": people.command,
        "press_in_view": viewing.press_in_view,
        "change": viewing.change,
        "seek": viewing.seek,
        "submit": viewing.submit,
        "close": viewing.close,
    }


def _of_leftovers(leftovers: Leftovers) -> dict[str, Verb]:
    return {
        "leave_message": leftovers.message,
        "leave_form": leftovers.form,
        "leave_home": leftovers.home,
    }


def _of_conditions(conditions: Conditions) -> dict[str, Verb]:
    return {
        "clock": conditions.clock,
        "set_clock": conditions.set_clock,
        "advance": conditions.advance,
        "set_tiers": conditions.set_tiers,
        "set_faults": conditions.set_faults,
        "refuse": conditions.refuse,
    }


def _of_delivery(core: Core, apps: Apps) -> dict[str, Verb]:
    return {
        "connected": apps.connected,
        "disconnect": apps.disconnect,
        "redeliver": core.delivery.redeliver,
        "settled": core.delivery.settled,
    }


def _of_what_happened(core: Core, happened: Happened) -> dict[str, Verb]:
    return {
        "calls": happened.calls,
        "events": happened.events,
        "messages": happened.messages,
        "sees": happened.sees,
        "views": happened.views,
        "file": happened.file,
        "mistakes": core.workspace.mistakes.taken,
    }
