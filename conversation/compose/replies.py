"""What is said to somebody whose words could not be taken for an answer: what to press instead."""

from collections.abc import Sequence
from datetime import datetime

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.round import SittingState
from coaching.use_cases.answer_prompt import open_sittings
from coaching.use_cases.reply import TOO_LONG
from coaching.use_cases.see_sitting import SittingView, view_of
from conversation.compose.phrases import and_list
from conversation.messages import Bold, Button, Buttons, Message, Paragraph, line
from conversation.routes import SITTING_ANSWER

__all__ = ["hint"]

_MOST = 5
_NOT_KEPT = "I kept nothing of what you wrote here; your words are still above, to copy."
_ANY_TIME = (
    "To say something at any time: ",
    Bold("/widelens heard"),
    " (a voice from outside), or ",
    Bold("/widelens breakdown"),
    ".",
)


def hint(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """What to press, as things stand for them now."""
    user = delivery.addressee_id
    views = [one for one in open_sittings(uow, user, now) if _is_open(one)]
    if views:
        why = "It is longer than one answer can be. " if _too_long(delivery) else ""
        return _answer(views[:_MOST], f"{why}{_NOT_KEPT}")
    answered = _answered_last(uow, user, now)
    return _nothing_open() if answered is None else _edit(answered)


def _answer(views: Sequence[SittingView], opening: str) -> Message:
    named = [_names(view) for view in views]
    ask = "Press the button and answer in the form, please:"
    buttons = [
        Button(f"Answer {name}"[:75], SITTING_ANSWER, view.sitting.id)
        for name, view in zip(named, views, strict=True)
    ]
    return Message(
        f"{opening} {ask} {and_list(named)}.",
        (Paragraph(line(f"{opening} {ask}")), Buttons(tuple(buttons))),
    )


def _edit(view: SittingView) -> Message:
    way = "To change or add something, press the button:"
    sentence = f"You have answered {_names(view)}. {_NOT_KEPT} {way}"
    return Message(
        sentence,
        (
            Paragraph(line(sentence)),
            Buttons((Button("Edit", SITTING_ANSWER, view.sitting.id),)),
        ),
    )


def _nothing_open() -> Message:
    opening = f"Nothing is open for you at the moment. {_NOT_KEPT}"
    return Message(
        f"{opening} To say something at any time: /widelens heard, or /widelens breakdown.",
        (Paragraph(line(opening)), Paragraph(_ANY_TIME)),
    )


def _answered_last(uow: UnitOfWork, user: str, now: datetime) -> SittingView | None:
    """What they answered last and can still change."""
    found = [
        view_of(uow, sitting, member)
        for member in uow.members.where(user=user, active=True)
        for sitting in uow.sittings.where(member_id=member.id, state=SittingState.ANSWERED)
        if sitting.closes_at > now
    ]
    return next((view for view in reversed(found) if view.asked), None)


def _is_open(view: SittingView) -> bool:
    return view.sitting.state is SittingState.OPEN


def _too_long(delivery: Delivery) -> bool:
    return delivery.detail.startswith(TOO_LONG)


def _names(view: SittingView) -> str:
    return and_list([one.round.practice.name for one in view.asked if not one.late])
