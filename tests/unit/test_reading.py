"""What reads like a breakdown in a leadership team's channel, and what does not."""

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from insights.reading import WORD_RULES, reads_like_breakdown

BROKEN = [
    "Second week the export fails",
    "The export to the regulator failed again.",
    "We missed the filing deadline by a day",
    "We missed our own deadline for the hospitals",
    "Sorry all, the deadline was missed on our side",
    "The pilot in Leeds fell through this morning.",
    "Something went wrong with the payroll run last night",
    "Payroll went wrong: forty people got nothing",
    "The booking system is down",
    "Phones are down in all three clinics",
    "The portal went down at nine and nobody told the wards",
    "Nobody told the regulator that we moved the date",
    "The nurses weren't told about the new rota",
    "We're blocked by procurement on the pumps",
    "The rollout is blocked, legal has not signed",
    "Still blocked on the data agreement",
    "We are stuck on the tariff decision.",
    "The handover is stuck since Monday",
    "We ran out of stock in the south",
    "The hand-over to the night team broke down",
    "The line is broken again",
    "We broke our promise to the union",
    "The second approver didn't turn up, so no release",
    "The parts never arrived in Bergen",
    "The letters didn't go out",
    "Our message did not reach the families",
    "The new rota doesn't work for the wards",
    "The alarm forwarding stopped working on Friday",
    "The transfer no longer works since the update",
    "We fell behind on the audit findings",
    "The Oslo site is two weeks behind schedule",
    "The board pack was late again",
    "The figures came three days late",
    "We let the northern hospitals down",
    "We lost the Castell contract",
    "We sent the supplier the wrong figures",
    "The launch slipped again, second time this quarter",
    "Delivery to Trondheim has slipped by a week",
    "There was an outage at the lab from six to eight",
    "Checkout crashed during the campaign",
    "I dropped the ball on the works council letter",
    "The data transfer to the ministry is failing since yesterday",
    "The fix did not hold, invoices are wrong again",
    "Third time this month that the handover was skipped",
    "I forgot to tell the union about Friday",
    "The auditors found that we never sent the report",
    "The migration had to be rolled back",
    "That went badly with the regulator today",
    "Customers have been locked out since 8",
    "Suppliers weren't informed of the change",
    "The vote in the works council failed",
    "That was a breakdown in our handover, plainly",
    "Team, the vendor\N{RIGHT SINGLE QUOTATION MARK}s import is still broken",
    "Morning. Two things. The test run failed. I call them at ten",
]

NOT_BROKEN = [
    "Good morning everybody",
    "The export no longer fails",
    "Is the export failing again?",
    "Did anybody see that Acme's launch failed?",
    "If the export fails, call Dana",
    "What happens when payroll goes wrong?",
    "This could go wrong",
    "Nothing went wrong last night, thanks to the night team",
    "The night run didn't fail, for once",
    "We have never missed a deadline this year",
    "No outages this week",
    "We almost missed the filing deadline, but Ben called them",
    "We should be blocked by nobody",
    "I blocked my calendar for Thursday",
    "I have blocked time for the strategy day",
    "The export failed, it's fixed now",
    "Resolved: the portal was down for five minutes",
    "The portal is back up",
    "False alarm, the server was never down",
    "The coffee machine is broken again, send help",
    "My diet failed again haha",
    "My plan to leave at five fell through 😂",
    "Missed you at the offsite :joy:",
    "We missed you on Friday",
    "Our competitor's rollout failed, says the article",
    "The election went wrong for them",
    "Worried that the vote fails on Friday",
    "We want to avoid that the handover breaks down",
    "Fail fast, as they say. We failed fast and learned",
    "For example: the export failed and nobody told the wards",
    "Agenda: 1. what went wrong in Q2 2. budget",
    "The exercise on Monday: the booking system is down",
    "In 2019 the pilot fell through",
    "Let's not fail them",
    "We can't miss this deadline",
    "They broke the record for on-time delivery",
    "Sales broke even in May",
    "Great quarter: revenue is up, complaints are down",
    "Failed candidates get a letter by HR on Monday",
    "Here is the list of failed payments for reconciliation",
    "We need to talk about what failed in the pilot",
    "What is not working for you in this format",
    "Failing that, we go with option B",
    "The numbers are broken down by region in the deck",
    "I am stuck in a meeting until 3",
    "My flight was delayed again, joining by phone",
    "The train broke down, I'm 20 min late",
    "Sorry I missed the date for the offsite poll",
    "He never happened to mention it",
    "She let the team down gently",
    "The system is down to two vendors",
    "If we've missed anything let me know",
    "The bank failed its stress test, per FT",
    "Costs are down 4% on last month",
    "The lights went down and the show began",
    "The ward said: \"your export failed us\"",
    "> The export failed again\nThanks for telling us",
    "See `export failed` in the log viewer for how it looks",
    "https://status.example.com/the-export-failed-again",
    "```\nERROR: job failed\n```",
    "The lake house is stuck in my mind, what a place. How was it?",
    "",
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_it_reads_like_a_breakdown(text: str) -> None:
    assert reads_like_breakdown(text)


@pytest.mark.parametrize("text", NOT_BROKEN)
def test_it_does_not(text: str) -> None:
    assert not reads_like_breakdown(text)


async def test_the_port_says_the_same() -> None:
    assert await WORD_RULES.reads_like_breakdown(BROKEN[0])
    assert not await WORD_RULES.reads_like_breakdown(NOT_BROKEN[0])


@given(st.text(max_size=3000))
@example("\ud800 failed")
@example("`" * 2000)
def test_it_reads_whatever_is_written(text: str) -> None:
    assert reads_like_breakdown(text) in {True, False}


@settings(deadline=timedelta(seconds=1))
@given(st.sampled_from(['"', "`", "«", "a.", "missed a ", "> ", "://", "not "]))
def test_no_text_takes_long_to_read(piece: str) -> None:
    for length in (4900, 40_000):
        reads_like_breakdown((piece * length)[:length])


@given(st.sampled_from(BROKEN))
def test_words_of_others_are_passed_over(text: str) -> None:
    clean = text.replace('"', "'")
    for quoted in (f'They wrote "{clean}"', f"> {clean}", f"```\n{clean}\n```", f"`{clean}`"):
        assert not reads_like_breakdown(quoted)


@given(st.sampled_from(BROKEN))
def test_what_is_long_is_a_report_and_no_remark(text: str) -> None:
    assert not reads_like_breakdown(f"{text}. {'Then the next item came up for us all. ' * 40}")


@given(st.sampled_from(BROKEN), st.sampled_from(["lol", "😂", ":joy:", "just kidding", ";)"]))
def test_a_joke_is_none(text: str, laugh: str) -> None:
    assert not reads_like_breakdown(f"{text} {laugh}")


@given(st.sampled_from(BROKEN))
def test_a_link_beside_it_changes_nothing(text: str) -> None:
    assert reads_like_breakdown(f"https://example.com/a?b=c {text}")
