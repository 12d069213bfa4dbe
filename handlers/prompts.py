"""Answering: the form of a sitting, its two steps, and what becomes of them."""

from collections.abc import Sequence

from coaching.ports import UnitOfWork
from coaching.practice import Feeds, QuestionType
from coaching.use_cases.answer_prompt import answer_sitting, see_sitting, tell_more
from coaching.use_cases.change_sentence import sentences_before
from coaching.use_cases.excuse import skip_sitting
from coaching.use_cases.keep_map import known_names
from coaching.use_cases.see_breakdowns import still_open_for
from coaching.use_cases.see_sitting import SittingView
from coaching.use_cases.snooze import snooze_sitting
from conversation.compose.breakdown_register import still_open
from conversation.compose.forms import Known, more_form, sitting_form
from conversation.events import FormSubmitted, Nothing, OpenForm, Pressed, ReplaceForm, Reply
from conversation.messages import Block, Form
from handlers.purpose import checked_form
from handlers.services import Services

__all__ = ["answer", "open_form", "say_more", "skip", "snooze"]


async def open_form(services: Services, event: Pressed) -> Reply:
    """*Answer* or *Edit* was pressed: open the sitting's form."""

    def look(uow: UnitOfWork) -> Form:
        view = see_sitting(uow, event.value, event.user)
        return sitting_form(view, _known(uow, view), above=_weekly_look(uow, view))

    return OpenForm(await services.store.read(event.workspace_id, look))


def _known(uow: UnitOfWork, view: SittingView) -> Known:
    """The names that can be chosen: those on the team's map."""
    return {QuestionType.STAKEHOLDERS: known_names(uow, view.team.id)}


def _weekly_look(uow: UnitOfWork, view: SittingView) -> dict[Feeds, Sequence[Block]]:
    """What is still open, above the questions that ask what broke down."""
    if not any(asked.round.practice.feeds is Feeds.BREAKDOWNS for asked in view.asked):
        return {}
    there = still_open_for(uow, view.team.id, view.member.user)
    return {Feeds.BREAKDOWNS: tuple(still_open(there))}


async def skip(services: Services, event: Pressed) -> Reply:
    """*Skip this time* was pressed: the message itself says that it was taken."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id, lambda uow: skip_sitting(uow, event.value, event.user, now)
    )
    return Nothing()


async def snooze(services: Services, event: Pressed) -> Reply:
    """*Ask me tomorrow* was pressed: the message itself says until when it is quiet."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id, lambda uow: snooze_sitting(uow, event.value, event.user, now)
    )
    return Nothing()


async def answer(services: Services, event: FormSubmitted) -> Reply:
    """The form was sent: keep it, and show the second step where there is one.

    So is what the check of a sentence of purpose has to say, with the second step beneath it.
    """
    now = services.clock.now()

    def keep(uow: UnitOfWork) -> tuple[dict[str, str], SittingView, Known]:
        before = sentences_before(uow, event.reference)
        view = answer_sitting(uow, event.reference, event.user, event.values, now)
        return before, view, _known(uow, view)

    before, view, known = await services.keep(event.workspace_id, keep)
    form = await checked_form(services, event.workspace_id, view, before) or more_form(view, known)
    return ReplaceForm(form) if form else Nothing()


async def say_more(services: Services, event: FormSubmitted) -> Reply:
    """The second step was sent: keep it beside the first."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id,
        lambda uow: tell_more(uow, event.reference, event.user, event.values, now),
    )
    return Nothing()
