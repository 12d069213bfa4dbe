"""Whom a sentence of purpose looks to, by the word list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.statements import WORD_LIST, Verdict, check_statement

OUTWARD = [
    "We make the wards of the north run without waiting",
    "So that patients' families sleep at night",
    "For every child who waits for a diagnosis",
    "We exist so that nurses have time for patients",
    "Clean water for everyone downstream of us",
    "We help small businesses outlive their founders",
    "To get people home safely",
    "We keep trains on time so that commuters see their families",
    "We protect savers from what they cannot see",
    "Decent housing that young people can afford",
    "We earn a fair profit so that farmers keep their land",
    "Our team gives hospitals medicines that arrive when promised",
    "To end hunger in the towns we deliver to",
    "We hand a liveable planet to future generations",
    "We care for those who cannot care for themselves, with people's dignity first",
    "Affordable energy, and air that children can breathe",
    "We serve the public by telling it the truth early",
    "To let teachers teach",
    "Reduce carbon emissions from every building we touch",
    "We cut costs so that patients pay less",
    "Bringing justice to victims before they give up",
    "The regulator trusts our data, and citizens are safer for it",
    "We connect refugees with work that uses what they know",
    "Efficient processes that give doctors an hour back each day",
    "Our purpose is a city where nobody fears the dark",
    "Medicines that reach villages before the rains do",
    "We make it easy for tenants to be heard",
    "Healthier lives, wherever somebody happens to be born",
    "Every parent knows within a day what is wrong",
    "We stand behind shop owners when the banks step back",
    "To prevent road deaths",
]

INWARD = [
    "We grow revenue by five per cent a year",
    "To be the number one in our market",
    "Deliver shareholder value through operational excellence",
    "To be the employer of choice in our industry",
    "We align the organisation behind one strategy",
    "To lead the company to profitable growth",
    "We are a high-performing team that trusts one another",
    "Maximise customer lifetime value",
    "Raise customer satisfaction scores to 90",
    "Win customers and keep our margins",
    "We support our people to be their best",
    "To run the most efficient finance function of the group",
    "Breaking down silos so that we hit our targets",
    "To grow the business sustainably",
    "A world-class leadership team",
    "Outperform our competitors on cost",
    "Everyone on the team knows our goals",
    "Build our brand and our reputation",
    "To steer the organisation and its budget",
    "We make our colleagues proud",
    "To be the world's leading provider of software",
    "Deliver the plan, on time and within budget",
    "Protect our market share",
    "To attract new customers to our brand",
    "Be best in class in productivity and utilisation",
    "To coordinate reporting to the board",
    "We drive synergies across the group",
    "Increase patient volumes by a tenth",
    "To create a culture where our employees thrive",
    "Strong governance and good internal processes",
]

UNSURE = [
    "We do the right thing",
    "Together we are stronger",
    "Making tomorrow better",
    "Innovation with integrity",
    "Wir dienen den Menschen im Norden",
    "To matter",
    "",
    "We turn ideas into reality",
    "Excellence in everything",
    "Quality, every day",
    "We simplify what is complicated",
    "Better decisions, sooner",
    "Our word holds",
    "Lead, learn and last",
    "We move things forward",
    "To be the place where the hard questions are asked",
    "Courage before comfort",
    "One step ahead",
    "Less talk, more done",
    "We see further",
    "The power of together",
    "Whatever it takes",
    "Doing well by doing good",
    "We never stop asking why",
    "Trust, earned daily",
    "Moving at the speed of thought",
    "From insight to impact",
    "To set the pace",
    "Simply better",
    "Where the future begins",
]


@pytest.mark.parametrize("sentence", OUTWARD)
def test_it_names_somebody_beyond_the_company(sentence: str) -> None:
    assert check_statement(sentence).verdict is Verdict.OUTWARD


@pytest.mark.parametrize("sentence", INWARD)
def test_it_speaks_of_the_company_alone(sentence: str) -> None:
    assert check_statement(sentence).verdict is Verdict.INWARD


@pytest.mark.parametrize("sentence", UNSURE)
def test_it_could_be_either(sentence: str) -> None:
    assert check_statement(sentence).verdict is Verdict.UNSURE


def test_those_who_are_denied_are_not_served() -> None:
    assert check_statement("Growth without our customers").verdict is Verdict.INWARD
    assert check_statement("Not for patients but for fame").verdict is Verdict.UNSURE


def test_the_company_beside_somebody_outside_leaves_it_unsure() -> None:
    checked = check_statement("Revenue and customers", ["Ward nurses"])
    assert checked.verdict is Verdict.UNSURE
    assert checked.because == ("Revenue", "customers")
    assert checked.suggested == ("Ward nurses",)


def test_it_says_by_which_words_and_whom_to_think_of() -> None:
    known = ["Patients'  families", "Ward nurses", "The regulator", "Ward nurses"]
    checked = check_statement("We grow our Market Share", known)
    assert checked.because == ("grow our Market Share",) or "Market Share" in checked.because
    assert checked.suggested == ("Patients' families", "Ward nurses")
    assert check_statement("For ward nurses", known).suggested == ()


def test_whom_the_team_has_on_its_map_is_outside_whatever_they_are_called() -> None:
    sentence = "We exist for Northern Light"
    assert check_statement(sentence).verdict is Verdict.UNSURE
    checked = check_statement(sentence, ["northern light"])
    assert (checked.verdict, checked.because) == (Verdict.OUTWARD, ("Northern Light",))


@given(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=5))
def test_whatever_is_written(sentence: str, known: list[str]) -> None:
    checked = check_statement(sentence, known)
    assert all(words and words in sentence for words in checked.because)
    assert len(checked.suggested) <= 2
    assert set(checked.suggested) <= {" ".join(name.split()) for name in known}
    assert not (checked.verdict is Verdict.OUTWARD and checked.suggested)
    assert bool(checked.because) or checked.verdict is Verdict.UNSURE


@given(st.sampled_from([*OUTWARD, *INWARD, *UNSURE]), st.sampled_from([str.upper, str.casefold]))
def test_letters_large_or_small_are_one(sentence: str, written: object) -> None:
    assert callable(written)
    again = check_statement(f"  {written(sentence)}. ")
    assert again.verdict is check_statement(sentence).verdict


@given(st.sampled_from([*INWARD, *UNSURE]), st.sampled_from(["Ward 4", "The Mayor of Leeds"]))
def test_a_sentence_that_adds_for_whom_is_outward(sentence: str, name: str) -> None:
    added = f"{sentence}, and we do it for {name}"
    assert check_statement(added, [name]).verdict is Verdict.OUTWARD


async def test_the_port_says_the_same() -> None:
    sentence = "To end hunger"
    assert await WORD_LIST.check(sentence, []) == check_statement(sentence)
