from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.invitations import reminded, reminded_after_end
from bot.demo.ledger import Ledger
from bot.demo.report import Report, after_answer, duplicated, lost, worst_of
from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState
from coaching.invite import Invite, InviteState
from conversation.routes import BREAKDOWN_LOG, BREAKDOWN_TELL, SITTING_ANSWER

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
TS = NOON.timestamp()


def delivery(
    id_: str,
    kind: DeliveryKind = DeliveryKind.PROMPT,
    state: DeliveryState = DeliveryState.SENT,
    due_at: datetime = NOON,
    update_of: str | None = None,
) -> Delivery:
    return Delivery(
        id=id_,
        workspace_id="slack:T1",
        team_id="team",
        subject="sitting",
        kind=kind,
        addressee=Addressee.PERSON,
        addressee_id="U1",
        due_at=due_at,
        state=state,
        update_of=update_of,
    )


def view(route: str, reference: str) -> dict[str, str]:
    return {"callback_id": route, "private_metadata": reference}


def test_an_id_in_two_messages_is_a_duplicate() -> None:
    assert duplicated([("a", TS), ("b", TS)], []) == 0
    assert duplicated([("a", TS), ("a", TS + 1)], []) == 1


def test_a_sitting_asked_of_somebody_in_two_messages_is_a_duplicate() -> None:
    twice = [(delivery("a"), TS), (delivery("b"), TS)]
    assert duplicated([("a", TS), ("b", TS)], twice) == 1


def test_what_is_called_sent_and_stands_nowhere_is_lost() -> None:
    assert lost([delivery("a"), delivery("b")], {"a"}, NOON) == 1
    assert lost([delivery("u", update_of="a")], {"a"}, NOON) == 0


def test_what_was_due_and_came_to_no_end_is_lost() -> None:
    states = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN)
    assert lost([delivery(state, state=state) for state in states], set(), NOON) == 3
    later = delivery("a", state=DeliveryState.PENDING, due_at=NOON + timedelta(seconds=1))
    dropped = delivery("b", state=DeliveryState.DROPPED)
    assert lost([later, dropped], set(), NOON) == 0


def test_a_reminder_counts_where_the_answer_was_taken_before_it() -> None:
    ledger = Ledger()
    ledger.accepted("U1", view(SITTING_ANSWER, "sitting"), {"r1.moved": "Vans"}, NOON)
    reminder = delivery("a", DeliveryKind.REMINDER)
    assert after_answer([(reminder, TS + 60)], ledger) == 1
    assert after_answer([(reminder, TS - 60)], ledger) == 0
    assert after_answer([(delivery("p"), TS + 60)], ledger) == 0


def test_an_owner_is_reminded_too_late_once_an_answer_has_ended_the_invitation() -> None:
    asks = replace(
        delivery("a", DeliveryKind.FOLLOW_UP), subject="i1", detail="invite:2026-10-06:7"
    )
    told = replace(asks, id="b", detail="invite:2026-10-06:off")
    promise = replace(asks, id="c", detail="promise:2026-10-06")
    posts = [(asks, TS + 60), (told, TS + 60), (promise, TS + 60), (delivery("p"), TS)]
    assert reminded(posts) == posts[:1]
    invite = Invite(
        "i1", "slack:T1", "team", "s1", "nurses", "U1", InviteState.INVITED, NOON, settled_at=NOON
    )
    assert reminded_after_end(posts, {"i1": invite}) == 0
    ended = {"i1": replace(invite, state=InviteState.NOT_THIS_TIME)}
    assert reminded_after_end(posts, ended) == 1
    assert reminded_after_end([(asks, TS - 60)], ended) == 0
    assert reminded_after_end(posts, {}) == 0


def test_an_answer_is_counted_once_for_each_practice_with_words_in_it() -> None:
    ledger = Ledger()
    form = view(SITTING_ANSWER, "sitting")
    ledger.accepted("U1", form, {"r1.moved": "Vans", "r1.noticed": "", "r2.heard": " "}, NOON)
    assert len(ledger.answers) == 1
    ledger.accepted("U1", form, {"r1.moved": "Vans, again", "r2.heard": "A nurse"}, NOON)
    assert len(ledger.answers) == 2
    ledger.accepted("U2", form, {"r1.moved": "Doors"}, NOON)
    assert len(ledger.answers) == 3


def test_a_breakdown_logged_is_an_answer_and_its_second_step_is_none() -> None:
    ledger = Ledger()
    ledger.accepted("U1", view(BREAKDOWN_LOG, "m1:o1"), {"what": "Portal down"}, NOON)
    ledger.accepted("U1", view(BREAKDOWN_TELL, "b1"), {"happened": "At seven"}, NOON)
    assert len(ledger.answers) == 1


CLEAN = Report(**{one.name: 0 for one in fields(Report)})


def test_of_what_is_anonymous_every_form_counts_the_empty_ones_too() -> None:
    ledger = Ledger()
    form = view(SITTING_ANSWER, "sitting")
    ledger.accepted("U1", form, {"r1.moved": "Vans", "r2.doubt": ""}, NOON)
    ledger.accepted("U2", form, {"r1.moved": "", "r2.doubt": "Doors"}, NOON)
    assert ledger.submitted(anonymous=()) == 2
    assert ledger.submitted(anonymous={"r2"}) == 3


@pytest.mark.parametrize(
    "fault",
    [
        "deliveries_duplicated",
        "deliveries_lost",
        "answers_stored",
        "reminders_after_answer",
        "invites_reminded_after_end",
        "errors",
        "in_quiet_hours",
        "on_holiday",
        "while_away",
        "wrong_local_time",
    ],
)
def test_one_fault_is_enough_for_a_run_not_to_be_clean(fault: str) -> None:
    assert CLEAN.is_clean
    assert not replace(CLEAN, **{fault: 1}).is_clean


def test_a_week_of_three_messages_is_clean_and_one_of_four_is_not() -> None:
    assert replace(CLEAN, per_person_week_max=3).is_clean
    assert not replace(CLEAN, per_person_week_max=4).is_clean


def test_several_runs_add_up_and_the_fullest_week_is_the_fullest_of_all() -> None:
    first = replace(CLEAN, weeks=26, seed=7, errors=1, digests_posted=9, per_person_week_max=3)
    second = replace(CLEAN, weeks=26, seed=7, errors=2, digests_posted=8, per_person_week_max=2)
    total = replace(CLEAN, weeks=26, seed=7, errors=3, digests_posted=17, per_person_week_max=3)
    assert worst_of([first, second]) == total
