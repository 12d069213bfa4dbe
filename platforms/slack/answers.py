"""A Reply, given in the way that the interaction allows: an acknowledgement, a view, an aside."""

import asyncio
import logging
from collections.abc import Awaitable, Iterable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from conversation.events import Keep, Nothing, OpenForm, ReplaceForm, Reply, ShowHome, Whisper
from conversation.messages import Form, Message, Paragraph, line
from platforms.slack.client import is_loopback, sdk_logger
from platforms.slack.directory import Directory
from platforms.slack.errors import CallFailed, answer_to
from platforms.slack.forms import TooLarge, block_to_mend, form_of, inputs_of, render_form
from platforms.slack.from_home import is_from_home, marked
from platforms.slack.homes import Homes
from platforms.slack.parse import Body
from platforms.slack.redraws import Newest, redrawn, with_shown_ids
from platforms.slack.render import people_shown_in, render_message
from platforms.slack.rich_text import Json

__all__ = ["NAMING", "Answers", "sentence"]

logger = logging.getLogger(__name__)

NAMING = timedelta(seconds=0.3)
"""How long names may be asked for. With the two below it makes the three seconds in which a trigger
is good for opening a form, and in which the acknowledgement is awaited."""

_OPENING = timedelta(seconds=1.8)
_APOLOGY = timedelta(seconds=0.8)

_NOT_OPENED = "I couldn't open the form in time. If none has come up, please try again."

_TOO_LARGE = (
    "There is more to this than Slack can show in one form, so I can't open it here. Nothing is"
    " lost. Please tell whoever looks after me: they find it in my log."
)


def sentence(words: str) -> Message:
    """One sentence as a message."""
    return Message(words, (Paragraph(line(words)),))


class Answers:
    """Gives replies.

    Forms are opened before the acknowledgement leaves: Slack shows the person that something is
    under way until then, and tells them where it took too long.
    """

    def __init__(
        self, client: AsyncWebClient, directory: Directory, homes: Homes, site: str = ""
    ) -> None:
        self._client = client
        self._directory = directory
        self._homes = homes
        self._site = site
        self._newest = Newest()

    def note_change(self, body: Body) -> None:
        """A form was changed, and may be drawn anew for it: whatever is older gives way."""
        self._newest.note(body["view"]["id"], body["actions"][0]["action_ts"])

    async def redraw(self, form: Form, body: Body) -> None:
        """Draw an open form anew for a change of it. What is typed in it stays.

        Where Slack refuses, or somebody has closed it meanwhile, nothing is said.
        """
        shown, change = body["view"], body["actions"][0]["action_ts"]
        view = redrawn(await self._view(form, body), shown, change)
        if not self._newest.is_newest(shown["id"], change):
            return
        update = self._client.views_update
        failed = await _failure(
            "views.update", update(view_id=shown["id"], hash=shown["hash"], view=view)
        )
        if failed == "hash_conflict" and self._newest.is_newest(shown["id"], change):
            # What was drawn meanwhile is of an earlier change.
            await _in_time("views.update", update(view_id=shown["id"], view=view))

    async def give(self, reply: Reply, body: Body, ack: AsyncAck) -> None:
        """Give the reply and acknowledge. Never raises for what Slack or the network does."""
        match reply:
            case Nothing():
                await ack()
            case Keep(problems):
                await self._keep(problems, body, ack)
            case OpenForm(form):
                await self._show(form, body, ack, in_place=False)
            case ReplaceForm(form):
                await self._show(form, body, ack, in_place=True)
            case Whisper(message):
                await self._whisper(message, body, ack)
            case ShowHome(home):
                await self._homes.publish(_user_of(body), home, _home_seen(body))
                await ack()
        if is_from_home(body) and not isinstance(reply, Keep | OpenForm | ShowHome):
            # What was done in a form of theirs is to be seen on the page that it lies upon.
            await self._homes.show_anew(_user_of(body))

    async def _keep(self, problems: Mapping[str, str], body: Body, ack: AsyncAck) -> None:
        if not (_is_submission(body) and inputs_of(body["view"])):
            # There is nothing to keep open, and Slack takes problems for inputs alone.
            await self._whisper(sentence(" ".join(problems.values())), body, ack)
            return
        errors: dict[str, str] = {}
        for field, problem in problems.items():
            place = block_to_mend(body["view"], field)
            errors[place] = f"{errors[place]} {problem}" if place in errors else problem
        await ack(response_action="errors", errors=errors)

    async def _show(self, form: Form, body: Body, ack: AsyncAck, *, in_place: bool) -> None:
        view = await self._view(form, body)
        if _is_submission(body):
            await ack(response_action="update", view=view)
        elif await self._opened(view, body, in_place=in_place):
            await ack()
        else:
            await self._aside(sentence(_NOT_OPENED), body, ack, within=_APOLOGY)

    async def _whisper(self, message: Message, body: Body, ack: AsyncAck) -> None:
        if _is_command(body) or body.get("response_url"):
            await self._aside(message, body, ack)
        elif _is_submission(body):
            await ack(response_action="update", view=await self._view(form_of(message), body))
        else:
            await self._opened(await self._view(form_of(message), body), body, in_place=False)
            await ack()

    async def _aside(
        self, message: Message, body: Body, ack: AsyncAck, within: timedelta = _OPENING
    ) -> None:
        """Say it to the person alone; where Slack has no place for that, say nothing."""
        names = await self._names(message.blocks)
        said = {"response_type": "ephemeral", **render_message(message, names, self._site)}
        if _is_command(body):
            await ack(said)
            return
        if url := body.get("response_url"):
            telling = self._webhook(url).send_dict({**said, "replace_original": False})
            await _in_time("response_url", telling, within)
        await ack()

    async def _opened(self, view: Json, body: Body, *, in_place: bool) -> bool:
        """Whether the view is up."""
        shown = body.get("view")
        trigger = body["trigger_id"]
        if shown and shown["type"] == "modal" and in_place:
            update = self._client.views_update(
                view_id=shown["id"], view=with_shown_ids(view, shown)
            )
            return await _in_time("views.update", update)
        if shown and shown["type"] == "modal":
            push = self._client.views_push(trigger_id=trigger, view=view)
            failed = await _failure("views.push", push)
            if failed == "push_limit_reached":
                # Three lie on one another: it takes the place of the one on top.
                update = self._client.views_update(view_id=shown["id"], view=view)
                failed = await _failure("views.update", update)
            return not failed
        return await _in_time("views.open", self._client.views_open(trigger_id=trigger, view=view))

    async def _view(self, form: Form, body: Body) -> Json:
        names = await self._names(form.body)
        try:
            return marked(render_form(form, names), body)
        except TooLarge as error:
            logger.error("the form of %s is too large: %s", form.route or "no route", error)
            return marked(render_form(form_of(sentence(_TOO_LARGE)), {}), body)

    async def _names(self, parts: Iterable[object]) -> dict[str, str]:
        return await self._directory.names(people_shown_in(parts), within=NAMING)

    def _webhook(self, url: str) -> AsyncWebhookClient:
        webhook = AsyncWebhookClient(
            url,
            session=self._client.session,
            proxy=self._client.proxy,
            retry_handlers=[],
            logger=sdk_logger(),
        )
        if is_loopback(url):
            webhook.proxy = None
        return webhook


async def _in_time(what: str, call: Awaitable[Any], within: timedelta = _OPENING) -> bool:
    """Whether the call succeeded in time; a failure is logged by its code."""
    return not await _failure(what, call, within)


async def _failure(what: str, call: Awaitable[Any], within: timedelta = _OPENING) -> str:
    """Why the call did not succeed in time, as a code, which is logged; "" where it did."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            answer = await answer_to(call)
        # A response_url does not raise.
        code = "" if answer.status_code == HTTPStatus.OK else f"http_{answer.status_code}"
    except CallFailed as error:
        code = error.failure.code
    except TimeoutError:
        code = "too late"
    if code:
        logger.warning("%s failed: %s", what, code)
    return code


def _user_of(body: Body) -> str:
    """Who did it: each kind of payload says it in a place of its own."""
    match body:
        case {"event": {"user": str(user)}} | {"user": {"id": str(user)}} | {"user_id": str(user)}:
            return user
        case _:
            raise KeyError("user")


def _home_seen(body: Body) -> str:
    """The hash of the page that somebody saw as they opened it or pressed there; "" elsewhere."""
    match body:
        case {"event": {"view": {"type": "home", "hash": str(seen)}}} | {
            "view": {"type": "home", "hash": str(seen)}
        }:
            return seen
        case _:
            return ""


def _is_submission(body: Body) -> bool:
    return bool(body.get("type") == "view_submission")


def _is_command(body: Body) -> bool:
    return "command" in body
