"""The dispatcher: has what is due said, in the workspaces of one shard, until nothing is due."""

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from random import Random

from coaching.ports import Clock, DueBoard, Store
from coaching.team import shard_of
from conversation.platform import ChatPlatform
from scheduler.alarm import Alarm
from scheduler.clock import monotonic as system_monotonic
from scheduler.finding import Finder
from scheduler.limits import Limits
from scheduler.means import Compose, Means
from scheduler.mishaps import contained
from scheduler.outcomes import Rules
from scheduler.patience import Patience
from scheduler.speaking import Speaker

__all__ = ["Dispatcher"]


class Dispatcher:
    """Sends what is due, each thing once.

    `platform_of` gives the platform to speak through in a workspace; None where the bot is not
    connected to it, and its deliveries wait. One drain of a shard at a time is the caller's care
    (it makes the limits right); should two happen, still nothing is said twice.
    """

    def __init__(
        self,
        *,
        store: Store,
        board: DueBoard,
        clock: Clock,
        platform_of: Callable[[str], ChatPlatform | None],
        compose: Compose,
        limits: Limits,
        patience: Patience | None = None,
        random: Callable[[], float] | None = None,
        monotonic: Callable[[], float] = system_monotonic,
    ) -> None:
        self._board = board
        self._platform_of = platform_of
        rules = Rules(patience or Patience(), random or Random().random)
        self._means = Means(store, clock, compose, limits, rules, monotonic)
        self._alarms: dict[int, Alarm] = defaultdict(lambda: Alarm(monotonic))
        self._finishing = False

    def finish(self) -> None:
        """Let every drain end after the batch in hand."""
        self._finishing = True

    async def drain(self, shard: int) -> float | None:
        """Say what is due in the shard's workspaces, in turns of one batch each.

        Gives the seconds after which there will be more to do, as far as this process knows; None
        where nothing of the shard rests. An error in one workspace is logged, and the others go on.
        """
        alarm = self._alarms[shard]
        alarm.clear_past()
        waiting = deque(await self._speakers(shard, alarm))
        ends = self._means.monotonic() + self._means.patience.turn.total_seconds()
        while waiting and not self._finishing:
            if self._means.monotonic() >= ends:
                alarm.set_in(0.0)
                break
            speaker = waiting.popleft()
            if await self._carefully(speaker.say_batch(alarm), alarm):
                waiting.append(speaker)
        return alarm.rings_in()

    async def _speakers(self, shard: int, alarm: Alarm) -> list[Speaker]:
        """Who speaks for the shard's workspaces with work, once their unknowns are settled."""
        speakers = []
        for workspace_id in await self._board.due(self._means.clock.now()):
            platform = self._platform_of(workspace_id) if shard_of(workspace_id) == shard else None
            if platform is not None and not self._finishing:
                finder = Finder(workspace_id, platform, self._means)
                await self._carefully(finder.settle_unknown(alarm), alarm)
                speakers.append(Speaker(workspace_id, platform, self._means))
        return speakers

    async def _carefully(self, work: Awaitable[bool], alarm: Alarm) -> bool:
        """Whether there is more to do. After an error, what was claimed waits for its lease."""
        more = None
        with contained("saying what is due"):
            more = await work
        if more is None:
            alarm.set_in(self._means.patience.lease.total_seconds())
        return bool(more)
