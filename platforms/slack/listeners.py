"""What Bolt hears and who takes it in: every kind of payload, on one screen."""

import re

from slack_bolt.async_app import AsyncApp

from platforms.slack.door import Door

__all__ = ["ANYTHING", "register"]

ANYTHING = re.compile(".*", re.DOTALL)


def register(app: AsyncApp, door: Door) -> None:
    """Register every listener. The first that matches takes the payload.

    Routes are not told apart here: any button and any form becomes an event, and the handlers know
    what to say to a route they no longer know. What nobody takes would get a 404, and come again.
    """
    app.command(ANYTHING)(door.command)
    app.shortcut({"type": "message_action", "callback_id": ANYTHING})(door.message_shortcut)
    app.shortcut({"type": "shortcut", "callback_id": ANYTHING})(door.global_shortcut)
    app.action({"type": "block_actions", "action_id": ANYTHING})(door.press)
    app.view_submission(ANYTHING)(door.submission)
    app.options({"action_id": ANYTHING})(door.sought)
    app.event("message")(door.message)
    app.event("app_home_opened")(door.home_opened)
    app.event("member_joined_channel")(door.came_to_channel)
    app.event("member_left_channel")(door.left_channel)
    for kind in ("channel", "group"):
        app.event(f"{kind}_left")(door.was_taken_out)
        app.event(f"{kind}_archive")(door.channel_shut)
        app.event(f"{kind}_deleted")(door.channel_shut)
        app.event(f"{kind}_unarchive")(door.channel_reopened)
        # Nothing to do: Slack shows a channel by the name that it has.
        app.event(f"{kind}_rename")(door.nobodys_event)
    app.event("user_change")(door.profile_changed)

    app.event(ANYTHING)(door.nobodys_event)
    app.view_closed(ANYTHING)(door.nobodys_event)
    app.shortcut(ANYTHING)(door.unknown)
    app.action(ANYTHING)(door.unknown)
    app.options(ANYTHING)(door.no_options)

    app.error(door.failed)
