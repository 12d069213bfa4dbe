"""What leaders do of their own accord, beside what they are asked: drawn by a seed of its own."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.demo.company import LEAD
from bot.demo.deeds import (
    Act,
    AskLess,
    Deed,
    FollowUp,
    PauseAndGoOn,
    Reply,
    SayAway,
    ShareDoubt,
    TellVoice,
    VisitHome,
)

__all__ = ["Draw", "Visits", "of_suppliers"]

Draw = Callable[[str, str, Random], str]
"""Something to say to a practice's question; "" where there is nothing."""

_SAID = {
    "voices_heard.heard": (
        "A neighbour of the depot said our lorries now wait with their engines off.",
        "A student nurse told me she learned our pump from a colleague's video, not from us.",
        "A father on the ward said the new label is the first he can read without glasses.",
        "The night pharmacist asked who answers our telephone after ten. Nobody does.",
        "A supplier's apprentice said our orders always come on a Friday afternoon.",
    ),
    "voices_heard.decision": ("Film our own", "Staff the line until midnight", ""),
    "doubts.doubt": (
        "We announce more than we finish.",
        "I am not sure that anybody outside would notice if we stopped.",
    ),
    "early_wins.moved": ("A ward asked us to show the new tray to its students.",),
}
_WISHES: Sequence[Deed] = (SayAway(), AskLess("No reminders"), AskLess("Remind me again"))


def of_suppliers(practice: str, question: str, random: Random) -> str:
    """What those who supply hospitals say."""
    return random.choice(_SAID[f"{practice}.{question}"])


class Visits:
    """Somebody, somewhere, each week. What others do does not change by it."""

    def __init__(self, seed: int, draw: Draw) -> None:
        self._random = Random(f"visits {seed}")
        self._draw = draw

    def week(
        self,
        monday: date,
        zone: ZoneInfo,
        others: Sequence[str],
        lead: str = LEAD.key,
        team: str = "",
    ) -> list[Act]:
        """What is done from that Monday on, within working hours; `others` are three at least."""
        one, two, three = self._random.sample(list(others), 3)
        planned: list[tuple[str, int, Deed]] = [
            (one, self._random.choice((0, 2)), self._voice()),
            (two, self._random.choice((1, 3)), VisitHome(self._random.getrandbits(32))),
            (three, 1, Reply(self._draw("early_wins", "moved", self._random))),
            (lead, 2, PauseAndGoOn()),
            (two, 3, ShareDoubt(self._draw("doubts", "doubt", self._random))),
            (three, 4, self._random.choice(_WISHES)),
            *((key, day, self._follow_up()) for key in (lead, *others) for day in (0, 3)),
        ]
        return [Act(self._at(monday, day, zone), who, deed, team) for who, day, deed in planned]

    def _follow_up(self) -> FollowUp:
        return FollowUp(self._random.getrandbits(32))

    def _voice(self) -> TellVoice:
        heard, decision = (
            self._draw("voices_heard", question, self._random) for question in ("heard", "decision")
        )
        return TellVoice(heard, decision, by_shortcut=self._random.random() < 0.5)

    def _at(self, monday: date, day: int, zone: ZoneInfo) -> datetime:
        seconds = self._random.randrange(10 * 3600 + 60, 16 * 3600)
        at = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        return datetime.combine(monday + timedelta(days=day), at, zone)
