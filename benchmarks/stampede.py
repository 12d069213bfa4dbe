"""A burst of deliveries due at once: the dispatcher with its store, beside a bare SDK loop.

Both post the same message to the same people, as many at a time, through one shared session, to one
sandbox in a process of its own. They take turns; the medians are compared. What the dispatcher adds
is claiming, composing (here a constant), recording, and limits (here switched off, since they would
set the pace). Where the sandbox is the slower half, `ratio` flatters; `cpu_ratio` compares the
processor time of this process alone.

    python -m benchmarks.stampede [--deliveries 500] [--turns 3]
"""

import argparse
import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.scene import report, sandbox_process
from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState, post
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.team import Team, Workspace, shard_of
from conversation.messages import Button, Buttons, Message, Note, Paragraph, line
from conversation.routes import SITTING_ANSWER
from platforms.slack.client import create_client, create_session
from platforms.slack.delivery import METADATA_EVENT, SlackPlatform
from platforms.slack.directory import Directory
from platforms.slack.render import render_message
from scheduler.clock import SystemClock, monotonic
from scheduler.dispatcher import Dispatcher
from scheduler.limits import UNPACED, Limits
from scheduler.patience import Patience
from storage import SqlDueBoard, SqlStore, migrate

MANIFEST = {
    "display_information": {"name": "Stampede"},
    "features": {"bot_user": {"display_name": "Stampede"}},
    "oauth_config": {"scopes": {"bot": ["chat:write", "im:write", "users:read"]}},
}
WORKSPACE = Workspace.of("slack", "T0STAMPEDE")
PEOPLE = 50

MESSAGE = Message(
    text="Voices heard, for Leadership team: 2 minutes, open until Thursday, 17:00.",
    blocks=(
        Paragraph(line("Voices heard · 2 minutes · open until Thursday, 17:00")),
        Paragraph(line("A team is worth having for those it serves.")),
        Buttons((Button("Answer", SITTING_ANSWER, "a-sitting", primary=True),)),
        Note(line("For Leadership team. What you write is shown there with your name.")),
    ),
)


def compose(_uow: UnitOfWork, _delivery: Delivery, _now: object) -> Message:
    """The same words for every delivery."""
    return MESSAGE


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds: of wall time, and of this process's processor time."""

    wall: float
    cpu: float


class Watch:
    """Measures from when it is made."""

    def __init__(self) -> None:
        self._wall, self._cpu = perf_counter(), process_time()

    def took(self) -> Took:
        """What has passed since."""
        return Took(perf_counter() - self._wall, process_time() - self._cpu)


async def bare(client: AsyncWebClient, people: list[str], number: int) -> Took:
    """What a plain loop over the SDK takes."""
    said = render_message(MESSAGE, {})
    waiting = iter(range(number))
    watch = Watch()

    async def say() -> None:
        for place in waiting:
            metadata = {"event_type": METADATA_EVENT, "event_payload": {"delivery": new_id()}}
            channel = people[place % len(people)]
            await client.chat_postMessage(channel=channel, metadata=metadata, **said)

    async with asyncio.TaskGroup() as group:
        for _ in range(Patience().at_once):
            group.create_task(say())
    return watch.took()


async def dispatched(
    store: SqlStore, client: AsyncWebClient, people: list[str], number: int
) -> Took:
    """What the dispatcher takes for as many deliveries, due now."""
    clock, board = SystemClock(), SqlDueBoard(store)
    platform = SlackPlatform(client, Directory(client))
    dispatcher = Dispatcher(
        store=store,
        board=board,
        clock=clock,
        platform_of=lambda _workspace: platform,
        compose=compose,
        limits=Limits(UNPACED, monotonic),
    )
    await store.run(WORKSPACE.id, lambda uow: queue(uow, people, number, clock))
    watch = Watch()
    while await board.due(clock.now()):
        await dispatcher.drain(shard_of(WORKSPACE.id))
    return watch.took()


def queue(uow: UnitOfWork, people: list[str], number: int, clock: SystemClock) -> None:
    """Queue posts to the people in turn, in a team of their own."""
    team = Team(new_id(), WORKSPACE.id, "Leadership team", f"C{new_id()}", "Europe/London", "GB")
    uow.teams.add(team)
    for place in range(number):
        uow.deliveries.add(
            post(
                DeliveryKind.PROMPT,
                workspace_id=WORKSPACE.id,
                team_id=team.id,
                subject=new_id(),
                addressee=Addressee.PERSON,
                addressee_id=people[place % len(people)],
                due_at=clock.now(),
            )
        )


async def main(number: int, turns: int) -> None:
    """Take turns, check that everything arrived once, and report."""
    alone, ours = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'stampede.db'}"
        migrate(url)
        store = SqlStore.open(url)
        async with sandbox_process(MANIFEST, folder) as (control, printed), create_session() as web:
            client = create_client(printed["SLACK_BOT_TOKEN"], printed["SLACK_API_URL"], web)
            people = [(await control.add_person(f"Person {n}")).id for n in range(PEOPLE)]
            await bare(client, people, PEOPLE)  # opens the conversations
            for _ in range(turns):
                alone.append(await bare(client, people, number))
                ours.append(await dispatched(store, client, people, number))
            posted = len(await control.messages())
        sent = await store.read(
            WORKSPACE.id, lambda uow: len(uow.deliveries.where(state=DeliveryState.SENT))
        )
        await store.close()
    if sent != turns * number or posted != PEOPLE + 2 * turns * number:
        raise SystemExit(f"stampede: {sent} sent, {posted} posted: something was lost or doubled")
    report(
        benchmark="stampede",
        store="sqlite",
        deliveries=number,
        turns=turns,
        bare_per_second=round(number / median(took.wall for took in alone)),
        widelens_per_second=round(number / median(took.wall for took in ours)),
        ratio=round(median(took.wall for took in alone) / median(took.wall for took in ours), 2),
        cpu_ratio=round(median(took.cpu for took in alone) / median(took.cpu for took in ours), 2),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=500)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    asyncio.run(main(given.deliveries, given.turns))
