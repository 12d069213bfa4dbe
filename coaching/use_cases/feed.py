"""What an answer with a name to it sets in motion beyond its round: an entry in a register."""

from collections.abc import Callable, Mapping
from datetime import datetime

from coaching.answer import Value
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.round import Round
from coaching.team import Member
from coaching.use_cases.keep_map import keep_draft, keep_rated
from coaching.use_cases.keep_promise import keep_commitment, keep_experiment
from coaching.use_cases.keep_voice import keep_voice
from coaching.use_cases.learn_from_breakdown import keep_in_register
from coaching.use_cases.reveal_purpose import bring_late

__all__ = ["feed"]

_Keep = Callable[[UnitOfWork, Round, Member, dict[str, Value], datetime], object]

_FED: Mapping[Feeds, _Keep] = {
    Feeds.BREAKDOWNS: keep_in_register,
    Feeds.PURPOSE: bring_late,
    Feeds.PURPOSE_CHECK: bring_late,
    Feeds.COMMITMENTS: keep_commitment,
    Feeds.EXPERIMENTS: keep_experiment,
    Feeds.VOICES: keep_voice,
    Feeds.MAP_DRAFT: keep_draft,
    Feeds.MAP: keep_rated,
}
"""By what a practice feeds. Each is called whenever an answer is kept, the first time and again."""


def feed(
    uow: UnitOfWork, round_: Round, member: Member, values: dict[str, Value], now: datetime
) -> None:
    """Have what a member answered kept in the register that the round's practice feeds, if any."""
    keep = _FED.get(round_.practice.feeds) if round_.practice.feeds else None
    if keep is not None:
        keep(uow, round_, member, values, now)
