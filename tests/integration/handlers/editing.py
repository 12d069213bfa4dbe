"""The cadence editor in few words: opened from a home, changed, saved; and what it says."""

from dataclasses import dataclass

from coaching.cadence import Cadence
from conversation.events import (
    FormChanged,
    FormSubmitted,
    HomeOpened,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
    ShowHome,
)
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Field,
    Form,
    Line,
    Note,
    Paragraph,
    Person,
)
from tests.integration.coaching.week import WORKSPACE
from tests.integration.handlers.answering import Answering

__all__ = ["Editing", "fields", "reads", "told"]


@dataclass
class Editing(Answering):
    """Lead and coach at their homes."""

    async def presses_home(self, user: str, label: str) -> Reply:
        """Press a button on somebody's home, as it stands."""
        page = await self.does(HomeOpened(WORKSPACE, user))
        assert isinstance(page, ShowHome)
        return await self.presses(user, page.home.blocks, label)

    async def presses(self, user: str, blocks: tuple[Block | Field, ...], label: str) -> Reply:
        (button,) = [one for one in _buttons(blocks) if one.label == label]
        return await self.does(Pressed(WORKSPACE, user, button.route, button.value))

    async def opens(self, user: str, label: str) -> Form:
        reply = await self.presses_home(user, label)
        assert isinstance(reply, OpenForm), reply
        return reply.form

    async def changes(self, user: str, shown: Form, field: str, **values: str) -> Form:
        """Choose something in an open form; the form that stands in its place then."""
        given = {one.id: values.get(one.id, one.initial) for one in shown.fields}
        changed = FormChanged(WORKSPACE, user, shown.route, shown.reference, given, field)
        reply = await self.does(changed)
        assert isinstance(reply, ReplaceForm), reply
        return reply.form

    async def posts(self, user: str, shown: Form, **values: str) -> Reply:
        """Send a form with these values alone."""
        return await self.does(FormSubmitted(WORKSPACE, user, shown.route, shown.reference, values))

    async def cadence(self, practice: str) -> Cadence | None:
        return await self.week.do(lambda uow: uow.cadences.one(practice=practice, origin=""))


def reads(blocks: tuple[Block | Field, ...]) -> str:
    """What a person reads, a line each; a button in brackets, a person by their id."""
    said: list[str] = []
    for part in blocks:
        match part:
            case Paragraph(spans) | Note(spans):
                said.append(_plain(spans))
            case Bullets(lines):
                said += [_plain(one) for one in lines]
            case Buttons(buttons):
                said += [f"[{one.label}]" for one in buttons]
            case _:
                pass
    return "\n".join(said)


def told(reply: Reply) -> str:
    """What stands above the home."""
    assert isinstance(reply, ShowHome), reply
    return reads(reply.home.blocks[:1])


def fields(shown: Form) -> dict[str, str]:
    """What the fields of a form hold."""
    return {one.id: one.initial for one in shown.fields}


def _buttons(blocks: tuple[Block | Field, ...]) -> list[Button]:
    rows = [one.buttons for one in blocks if isinstance(one, Buttons)]
    return [button for row in rows for button in row]


def _plain(spans: Line) -> str:
    said = [
        one.text if isinstance(one, Bold) else f"<{one.user}>" if isinstance(one, Person) else one
        for one in spans
    ]
    return "".join(one for one in said if isinstance(one, str))
