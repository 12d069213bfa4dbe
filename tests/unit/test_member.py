"""What a plan says of a person and what they said themselves: the stricter holds."""

from dataclasses import replace
from datetime import date

from coaching.calendar import Span
from coaching.team import Chosen, Member, Role

MONDAY, TUESDAY = date(2026, 10, 5), date(2026, 10, 6)
MEMBER = Member("m", "w", "t", "U1", Role.LEADER)


def test_nobody_is_spared_who_does_not_say_so() -> None:
    assert (MEMBER.absences, MEMBER.asked_from, MEMBER.asks_for_peace) == ((), None, False)


def test_of_two_pauses_the_longer_holds() -> None:
    for plan, own in ((MONDAY, TUESDAY), (TUESDAY, MONDAY), (TUESDAY, None), (None, TUESDAY)):
        member = replace(MEMBER, paused_until=plan, chosen=Chosen(paused_until=own))
        assert member.asked_from == TUESDAY


def test_either_absence_and_either_opting_out_holds() -> None:
    one, other = Span(MONDAY, MONDAY), Span(TUESDAY, TUESDAY)
    assert replace(MEMBER, away=(one,), chosen=Chosen(away=(other,))).absences == (one, other)
    assert replace(MEMBER, opted_out=True).asks_for_peace
    assert replace(MEMBER, chosen=Chosen(opted_out=True)).asks_for_peace
