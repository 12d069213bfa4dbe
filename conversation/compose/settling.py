"""The form in which a lead settles the purpose, and what a check says of a sentence just kept."""

from collections.abc import Sequence

from coaching.purpose import Purpose
from coaching.use_cases.see_sitting import Asked, SittingView, field_id
from coaching.use_cases.settle_purpose import SENTENCE as ASKS_SENTENCE
from coaching.use_cases.settle_purpose import Settling
from coaching.use_cases.team_purpose import SENTENCE
from conversation.compose.forms import field, more_fields
from conversation.compose.phrases import and_list, bold_list
from conversation.compose.purpose import SETTLE, words_of
from conversation.messages import (
    Block,
    Bold,
    Field,
    FieldKind,
    Form,
    Line,
    Note,
    Paragraph,
    Person,
    Quote,
    Span,
    line,
)
from conversation.routes import PURPOSE_CHANGE, PURPOSE_MEND, PURPOSE_SETTLE
from insights.statements import Checked, Verdict

__all__ = ["FIELD", "START", "kept_form", "settle_form", "settled_form", "start_of"]

START = "start"
FIELD = "sentence"
"""The fields of the form: where to start from, and the sentence."""

_AS_IT_IS = "Our sentence as it is"
_CHANGE, _KEEP = "Change it", "Keep it"
_TOLD = "It is posted in the channel and pinned there, as version {} of our purpose."
_TOLD_APART = (
    "It becomes version {} of our purpose. The words stay out of the channel: what is pinned there"
    " leads those on the team to them."
)
_MOST = 20
_MOST_QUOTED = 3


def settle_form(settling: Settling, chosen: str = "") -> Form:
    """The sentences side by side, and a field to settle one in; `chosen`: where it starts from."""
    unsettled, current, body = settling.unsettled, settling.current, list[Block | Field]()
    if current is not None:
        body += [Paragraph(line("As it is now:")), Quote(current.sentence)]
    if unsettled is not None and unsettled.doubts:
        body += [Paragraph(line("What some of you said of it:")), *words_of(unsettled.doubts)]
    for number, one in enumerate(_sentences(settling), 1):
        body += [Paragraph((Bold(f"Sentence {number}"), " · ", Person(one[0]))), Quote(one[1])]
    starts = tuple(_starts(settling))
    if starts and _sentences(settling):
        hint = "Or leave this empty, and write one of your own."
        body.append(
            Field(
                START,
                "Start from",
                FieldKind.CHOICE,
                hint,
                optional=True,
                initial=chosen,
                choices=starts,
                watched=True,
            )
        )
    initial = start_of(settling, chosen)
    if not chosen and not _sentences(settling) and current is not None:
        initial = current.sentence
    asked = field(FIELD, ASKS_SENTENCE, {SENTENCE: initial} if initial else {})
    body.append(asked)
    told = _TOLD_APART if settling.team.discreet else _TOLD
    body.append(Note(line(told.format(settling.number))))
    reference = f"{settling.team.id}:{settling.number}"
    return Form(SETTLE, tuple(body), PURPOSE_SETTLE, reference, submit="Save", cancel="Not now")


def start_of(settling: Settling, chosen: str) -> str:
    """The sentence that was chosen to start from; "" where none was."""
    if chosen == _AS_IT_IS and settling.current is not None:
        return settling.current.sentence
    for number, (_, words) in enumerate(_sentences(settling), 1):
        if chosen == f"Sentence {number}":
            return words
    return ""


def settled_form(settled: Purpose, checked: Checked) -> Form:
    """What the check says of a sentence that a lead has settled: it is kept all the same."""
    asked = field(FIELD, ASKS_SENTENCE, {SENTENCE: settled.sentence})
    words = ("Settled as you wrote it. ", *_one_thing(checked))
    body = (Paragraph(words), asked)
    return Form("One thing", body, PURPOSE_MEND, settled.id, submit=_CHANGE, cancel=_KEEP)


def kept_form(view: SittingView, told: Sequence[tuple[Asked, str, Checked]]) -> Form:
    """What the check says of a sentence that was just kept, and the second step, if there is one.

    It blocks nothing: who closes the form has kept what they wrote.
    """
    body: list[Block | Field] = []
    for asked, sentence, checked in told:
        question = asked.round.practice.question(SENTENCE)
        body.append(Paragraph(("Kept as you wrote it. ", *_one_thing(checked))))
        body.append(field(field_id(asked.round.id, SENTENCE), question, {SENTENCE: sentence}))
    more = more_fields(view)
    if more:
        names = bold_list([one.round.practice.name for one in view.asked if one.later])
        body.append(Paragraph(("If you have another minute for ", *names, ":")))
    body += more
    submit = "Send" if more else _CHANGE
    return Form("One thing", tuple(body), PURPOSE_CHANGE, view.sitting.id, submit, _KEEP)


def _one_thing(checked: Checked) -> Line:
    """What a sentence misses, by which of its words, and whom one could think of."""
    spans: list[Span] = ["One thing: "]
    quoted = [f"“{one}”" for one in checked.because[:_MOST_QUOTED]]
    if checked.verdict is Verdict.INWARD:
        spans.append(
            f"it speaks of {and_list(quoted)}, and nobody outside the company is in it yet."
        )
    elif quoted:
        spans.append(f"with {and_list(quoted)} side by side, I can't tell who outside the company")
        spans.append(" is better off for it.")
    else:
        spans.append("I can't find anybody outside the company in it yet.")
    if checked.suggested:
        would = "would one of them recognise themselves in it?"
        if len(checked.suggested) == 1:
            would = "would they recognise themselves in it?"
        spans += [" Your map has ", *bold_list(checked.suggested), f"; {would}"]
    else:
        spans.append(" Who out there would notice if you stopped?")
    return tuple(spans)


def _sentences(settling: Settling) -> list[tuple[str, str]]:
    told = settling.unsettled.sentences if settling.unsettled else ()
    return [(one.user, one.words) for one in told[:_MOST]]


def _starts(settling: Settling) -> list[str]:
    numbered = [f"Sentence {place}" for place, _ in enumerate(_sentences(settling), 1)]
    return [*numbered, *([_AS_IT_IS] if settling.current else [])]
