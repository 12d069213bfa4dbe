"""Parts of the message object as Slack shows it."""

from __future__ import annotations

from sandbox.records import App, Json, Message


def bot_fields(app: App, team_id: str) -> Json:
    """What marks a message as an app's."""
    return {
        "bot_id": app.installation.bot_id,
        "app_id": app.id,
        "bot_profile": {
            "id": app.installation.bot_id,
            "app_id": app.id,
            "user_id": app.installation.bot_user_id,
            "name": app.name,
            "deleted": not app.active,
            "team_id": team_id,
        },
    }


def reaction_objects(message: Message) -> list[Json]:
    """The reactions, the first given first, all who gave them named."""
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in message.reactions.items()
    ]


def as_rich_text(message: Message) -> Json:
    """What people type reaches apps as rich text too; one section is enough for plain words."""
    section = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": message.text}],
    }
    return {"type": "rich_text", "block_id": "said", "elements": [section]}
