"""The door between Bolt and the handlers: payload in, event to `respond`, reply back out.

A listener here returns only when all is done, so that Bolt (`process_before_response`) acknowledges
what is kept and nothing else.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from conversation.events import (
    Event,
    FormChanged,
    Keep,
    Nothing,
    Offer,
    ReplaceForm,
    Reply,
    Whisper,
)
from platforms.slack import parse
from platforms.slack.answers import NAMING, Answers, sentence
from platforms.slack.choices import carried_by, offered
from platforms.slack.client import Identity
from platforms.slack.directory import Directory
from platforms.slack.mrkdwn import people_named_in
from platforms.slack.parse import Body

__all__ = ["Door", "Respond"]

Respond = Callable[[Event], Awaitable[Reply]]

_SEEKING = timedelta(seconds=2)
"""How long choices may be looked for: Slack waits for three."""

logger = logging.getLogger(__name__)

_UNKNOWN = (
    "I don't know this one: it may come from another version of me."
    " /widelens shows what is open for you."
)
_NOT_TAKEN_IN = (
    "I couldn't take this in, and I'd rather tell you than pretend. Your words are still in the"
    " form: press Send again in a minute."
)
_MY_FAULT = "Something went wrong on my side, not on yours. Please try again in a minute."


class Door:
    """The listeners. Bolt passes what it has by the parameters' names."""

    def __init__(
        self, respond: Respond, answers: Answers, directory: Directory, identity: Identity
    ) -> None:
        self._respond = respond
        self._answers = answers
        self._directory = directory
        self._identity = identity

    async def command(self, body: Body, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """A slash command. Any name is ours: Slack sends no other app's."""
        event = parse.command_given(body, _team(context))
        await self._answers.give(await self._respond(event), body, ack)

    async def message_shortcut(self, body: Body, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """A shortcut on a message."""
        mentioned = people_named_in(body["message"].get("text") or "")
        names = await self._directory.names(mentioned, within=NAMING)
        event = parse.shortcut_used(body, _team(context), names)
        await self._answers.give(await self._respond(event), body, ack)

    async def global_shortcut(self, body: Body, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """A shortcut on no message."""
        event = parse.global_shortcut_used(body, _team(context))
        await self._answers.give(await self._respond(event), body, ack)

    async def message(self, body: Body, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """A message: a person's own to the bot, or in a channel."""
        event = body["event"]
        if parse.is_written_to_bot(event):
            mentioned = people_named_in(event.get("text") or "")
            names = await self._directory.names(mentioned, within=NAMING)
            await self._respond(parse.direct_message_typed(body, _team(context), names))
        elif parse.is_written_in_channel(event):
            await self._respond(parse.channel_message_typed(body, _team(context)))
        await ack()

    async def home_opened(self, body: Body, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Somebody looks at the app's home."""
        event = parse.home_opened(body, _team(context))
        if event is not None:
            await self._answers.give(await self._respond(event), body, ack)

    async def came_to_channel(self, body: Body, context: AsyncBoltContext) -> None:
        """Somebody came to a channel, the bot itself or a person."""
        team, bot = _team(context), self._identity.bot_user_id
        came = parse.bot_came_to_channel(body, team, bot)
        event = came or parse.person_came_to_channel(body, team, bot)
        if event is not None:
            await self._respond(event)

    async def press(self, body: Body, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """A button; or a field that is watched, in a form that is not sent yet."""
        changed = parse.form_changed(body, _team(context))
        if changed is not None:
            await self._changed(changed, body, ack)
            return
        event = parse.pressed(body, _team(context))
        if event is None:
            await self.unknown(body, ack)
        else:
            await self._answers.give(await self._respond(event), body, ack)

    async def submission(self, body: Body, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """A sent form."""
        event = parse.form_submitted(body, _team(context))
        await self._answers.give(await self._respond(event), body, ack)

    async def _changed(self, event: FormChanged, body: Body, ack: AsyncAck) -> None:
        """Draw the form anew. No other reply may come up while somebody types."""
        self._answers.note_change(body)
        reply = await self._respond(event)
        if isinstance(reply, ReplaceForm):
            await self._answers.redraw(reply.form, body)
        await ack()

    async def left_channel(self, body: Body, context: AsyncBoltContext) -> None:
        """Somebody left a channel, a person or the bot itself."""
        team, bot = _team(context), self._identity.bot_user_id
        person = parse.person_left_channel(body, team, bot)
        await self._respond(person or parse.bot_left_channel(body, team))

    async def was_taken_out(self, body: Body, context: AsyncBoltContext) -> None:
        """The bot left a channel: Slack may say so in a second event, or in this one alone."""
        await self._respond(parse.bot_left_channel(body, _team(context)))

    async def channel_shut(self, body: Body, context: AsyncBoltContext) -> None:
        """A channel was archived or deleted."""
        await self._respond(parse.channel_shut(body, _team(context)))

    async def channel_reopened(self, body: Body, context: AsyncBoltContext) -> None:
        """A channel was taken out of the archive."""
        await self._respond(parse.channel_reopened(body, _team(context)))

    async def profile_changed(self, body: Body, context: AsyncBoltContext) -> None:
        """A profile changed; the only change that matters is that the account was switched off."""
        self._directory.ask_anew(body["event"]["user"]["id"])
        event = parse.person_left_workspace(body, _team(context))
        if event is not None:
            await self._respond(event)

    async def nobodys_event(self, ack: AsyncAck) -> None:
        """What nobody waits for: acknowledged and forgotten."""
        await ack()

    async def sought(self, body: Body, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Choices of a field, as somebody types: none where they can't be had in time."""
        event = parse.choices_sought(body, _team(context))
        reply: Reply = Nothing()
        if event is not None:
            try:
                async with asyncio.timeout(_SEEKING.total_seconds()):
                    reply = await self._respond(event)
            except TimeoutError:
                logger.warning("choices of %s came too late", event.field)
        choices = reply.choices if isinstance(reply, Offer) else ()
        options = offered(choices, carried_by(body["view"])) if choices else {}
        await ack(options=list(options.values()))

    async def no_options(self, ack: AsyncAck) -> None:
        """A menu of ours that asks for options: there are none."""
        await ack(options=[])

    async def unknown(self, body: Body, ack: AsyncAck) -> None:
        """Something to press that is none of ours."""
        await self._answers.give(Whisper(sentence(_UNKNOWN)), body, ack)

    async def failed(self, error: Exception, body: Body) -> BoltResponse | None:
        """Whatever went wrong: logged without payload, and told to the person it happened to.

        An event nobody sees gets a 500 (over a socket: no acknowledgement), and comes again.
        """
        if isinstance(error, BoltUnhandledRequestError):
            logger.info("dropped a payload of type %s", body.get("type", "unknown"))
            return BoltResponse(status=HTTPStatus.OK)
        logger.error("%s at %s", type(error).__name__, _where(error))
        ack = AsyncAck()  # type: ignore[no-untyped-call]
        match body:
            case {"type": "event_callback"}:
                return None
            case {"type": "block_suggestion"}:
                await ack(options=[])
            case {"type": "block_actions"} if parse.form_changed(body, ""):
                await ack()  # the form is as it was, and is still to be sent
            case {"type": "view_submission"}:
                await self._answers.give(Keep({"": _NOT_TAKEN_IN}), body, ack)
            case {"command": _} | {"trigger_id": _}:
                await self._answers.give(Whisper(sentence(_MY_FAULT)), body, ack)
        return ack.response


def _team(context: AsyncBoltContext) -> str:
    # Bolt's reading of the payload: the workspace that installed the app, also in shared channels.
    return context.team_id or ""


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
