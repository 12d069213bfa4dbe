"""Slack: what the bot says as Block Kit, and what people do there as events."""

from platforms.slack.app import create_app
from platforms.slack.client import (
    SEND_TIMEOUT,
    Identity,
    NotIdentified,
    create_client,
    create_session,
    identify,
)
from platforms.slack.delivery import SlackPlatform
from platforms.slack.directory import Directory
from platforms.slack.doctor import Finding, check_token
from platforms.slack.http import slack_events_endpoint
from platforms.slack.manifest import manifest
from platforms.slack.roster import SlackRoster
from platforms.slack.socket_mode import SocketMode, SocketRefused

__all__ = [
    "SEND_TIMEOUT",
    "Directory",
    "Finding",
    "Identity",
    "NotIdentified",
    "SlackPlatform",
    "SlackRoster",
    "SocketMode",
    "SocketRefused",
    "check_token",
    "create_app",
    "create_client",
    "create_session",
    "identify",
    "manifest",
    "slack_events_endpoint",
]
