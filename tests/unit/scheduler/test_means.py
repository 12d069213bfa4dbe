from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coaching.delivery import Addressee, DeliveryKind, post
from conversation.platform import MessageRef
from scheduler.means import landed


def test_a_post_that_was_sent_says_where_it_stands() -> None:
    fresh = post(
        DeliveryKind.SUMMARY,
        workspace_id="W1",
        team_id="T1",
        subject="S1",
        addressee=Addressee.CHANNEL,
        addressee_id="C1",
        due_at=datetime(2026, 9, 7, tzinfo=UTC),
    )
    assert landed(replace(fresh, channel="C1", message="1.2")) == MessageRef("C1", "1.2")
    with pytest.raises(ValueError, match="does not say where"):
        landed(fresh)
