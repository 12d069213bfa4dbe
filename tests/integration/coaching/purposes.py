"""A team that restates its purpose, told in few words."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.errors import Refused
from coaching.purpose import Purpose
from coaching.use_cases.settle_purpose import (
    settle_purpose,
)
from conversation.messages import Button, Buttons, Message
from tests.integration.coaching.week import PLAN, TUESDAY_NINE, Week, cadence

WEEK = timedelta(weeks=1)
CLOSED = datetime(2026, 10, 12, 16, tzinfo=UTC)
CHECKED = datetime(2026, 10, 14, 8, tzinfo=UTC)
ONCE = replace(cadence("purpose_whole", "TU", time(9)), rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=1")
ASKING = replace(PLAN, cadences=(ONCE, cadence("purpose", "WE", time(9))), budget=5)
NO_LEAD = replace(ASKING, members=ASKING.members[1:])
NORTH = "We make the wards of the north run without waiting"
SOUTH = "We make the wards of the south run without waiting"
TRAINS = "Trains that keep their promise"


async def write(week: Week, user: str, sentence: str) -> None:
    await week.answer(user, serve="Patients", missed="They would", sentence=sentence)


async def restated(week: Week) -> None:
    """Two have written a sentence, and the round has closed."""
    await week.until(TUESDAY_NINE)
    await write(week, "U2", NORTH)
    await write(week, "U3", TRAINS)
    await week.until(CLOSED)


async def settle(week: Week, sentence: str, number: int = 1, user: str = "U1") -> Purpose:
    team = await week.team()
    return await week.do(
        lambda uow: settle_purpose(uow, user, team.id, number, sentence, "f", week.now)
    )


async def refused(week: Week, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as raised:
        await settle(week, *args, **kwargs)  # type: ignore[arg-type]
    return raised.value.sentence


async def reveals(week: Week) -> list[Delivery]:
    return await week.queued(DeliveryKind.REVEAL)


def buttons(message: object) -> list[Button]:
    assert isinstance(message, Message)
    return [one for block in message.blocks if isinstance(block, Buttons) for one in block.buttons]


async def pending(week: Week) -> list[str]:
    return [one.detail for one in await reveals(week) if one.state is DeliveryState.PENDING]
