"""Did the voice change the decision, and do they know? Asked of who brings it about."""

from datetime import datetime

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.use_cases.follow_up import asked_about
from coaching.use_cases.keep_voice import YOURS, today_in
from coaching.use_cases.see_voices import VoiceView, voice_as_it_stands
from coaching.use_cases.settle_voice import TOLD
from coaching.voice import VoiceState
from conversation.compose.phrases import day, first_words
from conversation.compose.voice_card import TAKEN_BACK, settling, telling, who_heard
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    line,
)
from conversation.routes import VOICE_OPEN

__all__ = ["voice_follow_up"]

_EXCERPT = 300
_NO_DECISION = "It asks for no decision any more, so there is nothing to bring about."


def voice_follow_up(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """What came of it, as it stands; a `str` where it is not to be asked any more."""
    view = voice_as_it_stands(uow, delivery.subject, delivery.addressee_id)
    posted = delivery.update_of is None
    if view is None:
        return "the voice was taken back" if posted else _plain(TAKEN_BACK)
    voice, about = view.voice, asked_about(delivery)
    if not voice.decision:
        return "no decision is asked for any more" if posted else _plain(_NO_DECISION)
    if voice.owner != delivery.addressee_id:
        return "somebody else has it by now" if posted else _another_has(view)
    if voice.state is VoiceState.OPEN:
        if posted and about == TOLD:
            return "it is open again"
        if posted and about == YOURS and voice.by and voice.by <= today_in(view.team, now):
            return "its day has come, and brings the question"
        return _given(view) if about == YOURS else _did_it_change(view)
    if posted and (about != TOLD or voice.told):
        return "said in the meantime"
    return _do_they_know(view)


def _did_it_change(view: VoiceView) -> Message:
    sentence = f"{_decision(view)}: did it change?"
    return Message(sentence, (*_about(view), Paragraph(line("Did it change?")), _ask(view)))


def _given(view: VoiceView) -> Message:
    by = f" by {day(view.voice.by)}; I ask you then" if view.voice.by else ""
    told = f"This is yours to bring about{by}."
    return Message(f"{_decision(view)}: {told}", (*_about(view), Paragraph(line(told)), _ask(view)))


def _ask(view: VoiceView) -> Buttons:
    return Buttons((*settling(view), _open(view)))


def _do_they_know(view: VoiceView) -> Message:
    voice = view.voice
    became = "it changed" if voice.state is VoiceState.CHANGED else "it stands"
    sentence = f"{_decision(view)}: {became}"
    if voice.told:
        end = f"{sentence}, and they were told."
        done = Buttons((_open(view),))
        return Message(end, (Paragraph(line(Bold(_decision(view)), f": {became}.")), _thanks, done))
    asks = "Were they told?"
    blocks: list[Block] = [
        Paragraph(line(Bold(_decision(view)), f": {became}. {asks}")),
        Note(who_heard(view)),
    ]
    if voice.told is False:
        again = f" I ask once more on {day(view.asked_next_on)}." if view.asked_next_on else ""
        blocks.append(Note(line(f"Not yet, you said.{again}")))
    return Message(f"{sentence}. {asks}", (*blocks, Buttons((*telling(view), _open(view)))))


_thanks = Note(line("They were told. That closes it; thank you."))


def _another_has(view: VoiceView) -> Message:
    owner = view.voice.owner
    has = line("It is with ", Person(owner), " now.") if owner else line("Nobody has it now.")
    said = f"{_decision(view)}: somebody else has it now."
    return Message(said, (Paragraph(line(Bold(_decision(view)))), Paragraph(has)))


def _about(view: VoiceView) -> tuple[Block, ...]:
    return (
        Paragraph(line(Bold(_decision(view)))),
        Note(who_heard(view)),
        Quote(first_words(view.voice.words, _EXCERPT)),
    )


def _decision(view: VoiceView) -> str:
    return first_words(view.voice.decision, _EXCERPT).removesuffix(".")


def _open(view: VoiceView) -> Button:
    return Button("Open", VOICE_OPEN, view.voice.id)


def _plain(sentence: str) -> Message:
    return Message(sentence, (Paragraph(line(sentence)),))
