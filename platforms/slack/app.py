"""The Bolt app: one workspace, acknowledged after the work is done."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from coaching.errors import StoreUnavailable
from conversation.events import HomeOpened, ShowHome
from conversation.messages import Home
from platforms.slack.answers import Answers
from platforms.slack.client import Identity, create_client, sdk_logger
from platforms.slack.directory import Directory
from platforms.slack.door import Door, Respond
from platforms.slack.homes import Homes
from platforms.slack.listeners import register

__all__ = ["create_app"]


def create_app(
    client: AsyncWebClient,
    signing_secret: str,
    respond: Respond,
    identity: Identity,
    directory: Directory | None = None,
) -> AsyncApp:
    """The app that turns Slack's payloads into events for `respond`, and gives its replies.

    `identity` is whom `client`'s token belongs to; payloads of another workspace are turned away.
    `signing_secret` may be any word where only Socket Mode is used.
    """

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        if team_id != identity.workspace.external_id:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team_id,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            bot_token=client.token,
        )

    # Authorised by ourselves: Bolt would ask auth.test, and with SLACK_CLIENT_ID in the environment
    # it would put a token aside for an installation store. So it gets a client without one.
    bolts_client = create_client(None, client.base_url, client.session)
    app = AsyncApp(
        name="widelens",
        client=bolts_client,
        signing_secret=signing_secret or "unused",
        authorize=authorize,  # type: ignore[arg-type] # None is its documented no
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        logger=sdk_logger(),
    )
    names = directory or Directory(client)

    async def home_of(user: str) -> Home | None:
        try:
            reply = await respond(HomeOpened(identity.workspace.id, user))
        except StoreUnavailable:
            return None
        return reply.home if isinstance(reply, ShowHome) else None

    homes = Homes(client, names, home_of, identity.site)
    answers = Answers(client, names, homes, identity.site)
    register(app, Door(respond, answers, names, identity))
    return app
