"""Who answers what: every event and its handler on one screen."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from conversation.events import (
    CommandGiven,
    FormSubmitted,
    MessageShortcutUsed,
    PersonLeftChannel,
    PersonLeftWorkspace,
    Pressed,
    Reply,
)
from conversation.routes import (
    BREAKDOWN_LOG,
    BREAKDOWN_SETTLE,
    BREAKDOWN_TELL,
    SITTING_ANSWER,
    SITTING_MORE,
    SITTING_SKIP,
    SITTING_SNOOZE,
)
from handlers import breakdowns, membership, overview, prompts
from handlers.services import Services

__all__ = ["ROUTES", "Handler", "Services"]

Handler = Callable[[Services, Any], Awaitable[Reply]]

ROUTES: Mapping[tuple[type, str], Handler] = {
    (CommandGiven, ""): overview.command,
    (MessageShortcutUsed, BREAKDOWN_LOG): breakdowns.open_log_form,
    (Pressed, SITTING_ANSWER): prompts.open_form,
    (Pressed, SITTING_SKIP): prompts.skip,
    (Pressed, SITTING_SNOOZE): prompts.snooze,
    (Pressed, BREAKDOWN_SETTLE): breakdowns.open_settle_form,
    (Pressed, BREAKDOWN_TELL): breakdowns.open_tell_form,
    (FormSubmitted, SITTING_ANSWER): prompts.answer,
    (FormSubmitted, SITTING_MORE): prompts.say_more,
    (FormSubmitted, BREAKDOWN_LOG): breakdowns.log,
    (FormSubmitted, BREAKDOWN_SETTLE): breakdowns.settle,
    (FormSubmitted, BREAKDOWN_TELL): breakdowns.tell,
    (PersonLeftChannel, ""): membership.left_channel,
    (PersonLeftWorkspace, ""): membership.left_workspace,
}
"""By the kind of event and its route. Routes that were ever sent stay here."""
