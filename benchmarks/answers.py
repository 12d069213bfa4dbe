"""Answers over signed HTTP: Bolt with our handlers and store, beside Bolt that only acknowledges.

Both get the same signed requests over loopback, as many at a time, under the same server, which
runs in this process beside the client. They take turns; the medians are compared. What is ours:
verifying first, the use case, and a commit to disk before each acknowledgement.

    python -m benchmarks.answers [--teams 40] [--turns 3]
"""

import argparse
import asyncio
import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from benchmarks.scene import report
from bot.lifecycle import listen, served
from coaching.answer import Answer
from coaching.cadence import Cadence
from coaching.catalogue import Catalogue, load_catalogue
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.round import Sitting
from coaching.team import Member, Role, Team, Workspace
from coaching.use_cases.answer_prompt import see_sitting
from coaching.use_cases.open_rounds import open_due
from conversation.compose.forms import sitting_form
from handlers.desk import Desk
from handlers.services import Services
from platforms.slack.app import create_app
from platforms.slack.client import Identity, create_client
from platforms.slack.forms import VALUE, inputs_of, render_form
from platforms.slack.http import slack_events_endpoint
from scheduler.clock import MovableClock
from storage import SqlStore, migrate

SECRET = "0123456789abcdef0123456789abcdef"
WORKSPACE = Workspace.of("slack", "T0ANSWERS")
TEAM_SIZE = 8
AT_ONCE = 16
WORDS = "The hospital's buyer called: they plan around our outages. Two of us wrote it down."


class NoQueue:
    """A WorkQueue to which nobody listens: what is said later is no part of an answer."""

    def submit(self, shard: int) -> None:
        """Do nothing."""


def bare_app() -> ASGIApp:
    """Bolt that acknowledges every form and does nothing else."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=WORKSPACE.external_id, bot_token="xoxb-bench"
        )

    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @bolt.view("answer")
    async def take(ack: AsyncAck) -> None:
        await ack()

    handler = AsyncSlackRequestHandler(bolt)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])


def widelens_app(store: SqlStore, clock: MovableClock, catalogue: Catalogue) -> ASGIApp:
    """The application's own way from a request to a committed answer."""
    desk = Desk(Services(store=store, clock=clock, catalogue=catalogue, queue=NoQueue()))
    identity = Identity(WORKSPACE, "UBOT", "BBOT", frozenset())
    bolt = create_app(create_client("xoxb-bench"), SECRET, desk.respond, identity)
    endpoint = slack_events_endpoint(bolt, SECRET)
    return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])


def open_round(catalogue: Catalogue, now: datetime, teams: int, uow: UnitOfWork) -> None:
    """Open a round for teams of eight."""
    for _ in range(teams):
        team = Team(new_id(), WORKSPACE.id, "Leadership", f"C{new_id()}", "Europe/London", "GB")
        uow.teams.add(team)
        for _ in range(TEAM_SIZE):
            user = f"U{new_id()}"
            uow.members.add(Member(new_id(), WORKSPACE.id, team.id, user, Role.LEADER))
        uow.cadences.add(
            Cadence(
                id=new_id(),
                workspace_id=WORKSPACE.id,
                team_id=team.id,
                practice="early_wins",
                rrule="FREQ=DAILY",
                at=now.time().replace(tzinfo=None),
                starts_on=now.date(),
                next_due_at=now,
            )
        )
    open_due(uow, catalogue, now)


def submissions(due_at: datetime, uow: UnitOfWork) -> list[dict[str, Any]]:
    """What Slack would send as each person sends their form."""
    return [submission(uow, sitting) for sitting in uow.sittings.where(due_at=due_at)]


def submission(uow: UnitOfWork, sitting: Sitting) -> dict[str, Any]:
    """What Slack would send as the sitting's person sends the form."""
    user = uow.members.get(sitting.member_id).user
    view = render_form(sitting_form(see_sitting(uow, sitting.id, user)), {})
    typed = {VALUE: {"type": "plain_text_input", "value": WORDS}}
    return {
        "type": "view_submission",
        "team": {"id": WORKSPACE.external_id},
        "user": {"id": user, "team_id": WORKSPACE.external_id},
        "api_app_id": "A0",
        "trigger_id": "1.2.3",
        "view": view | {"state": {"values": dict.fromkeys(inputs_of(view), typed)}},
    }


def acknowledged_only(payload: dict[str, Any]) -> dict[str, Any]:
    """The same payload, addressed to the bare application's one listener."""
    return payload | {"view": payload["view"] | {"callback_id": "answer"}}


async def send_all(app: ASGIApp, payloads: list[dict[str, Any]]) -> float:
    """Seconds until every payload, signed, is acknowledged."""
    bodies = [urlencode({"payload": json.dumps(payload)}).encode() for payload in payloads]
    signer = SignatureVerifier(SECRET)
    waiting = iter([(body, signed(signer, body)) for body in bodies])
    listening = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"

    async def send(web: ClientSession) -> None:
        for body, headers in waiting:
            async with web.post(url, data=body, headers=headers) as answer:
                said = await answer.text()
                if answer.status != 200 or "errors" in said:
                    raise SystemExit(f"answers: {answer.status} {said[:200]}")

    async with served(app, listening), ClientSession() as web:
        began = perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(send(web))
        return perf_counter() - began


def signed(signer: SignatureVerifier, body: bytes) -> dict[str, str]:
    """A request's headers."""
    stamp = str(int(time.time()))  # noqa: TID251 - a signature is stamped with wall time
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signer.generate_signature(timestamp=stamp, body=body) or "",
    }


def count(uow: UnitOfWork) -> int:
    """How many answers are kept."""
    kept: list[Answer] = uow.answers.where()
    return len(kept)


async def main(teams: int, turns: int) -> None:
    """Take turns, check that every answer was kept, and report."""
    clock = MovableClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
    catalogue = load_catalogue()
    alone, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'answers.db'}"
        migrate(url)
        store = SqlStore.open(url)
        bare, widelens = bare_app(), widelens_app(store, clock, catalogue)
        for _ in range(turns):
            now = clock.now()
            await store.run(WORKSPACE.id, partial(open_round, catalogue, now, teams))
            payloads = await store.read(WORKSPACE.id, partial(submissions, now))
            alone.append(await send_all(bare, [acknowledged_only(one) for one in payloads]))
            ours.append(await send_all(widelens, payloads))
            clock.advance(timedelta(minutes=1))
        kept = await store.read(WORKSPACE.id, count)
        await store.close()
    number = teams * TEAM_SIZE
    if kept != number * turns:
        raise SystemExit(f"answers: {kept} kept of {number * turns}")
    report(
        benchmark="answers",
        store="sqlite",
        answers=number,
        turns=turns,
        bare_per_second=round(number / median(alone)),
        widelens_per_second=round(number / median(ours)),
        ratio=round(median(alone) / median(ours), 2),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=40)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    asyncio.run(main(given.teams, given.turns))
