"""What is typed into a view and not sent yet: the client keeps it, and the app hears nothing."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.core import Core
from sandbox.errors import NotPossible
from sandbox.records import View
from sandbox.viewing import Viewing
from tests.sandbox.scene import Scene, button, modal, plain, text_input

Json = dict[str, Any]
COLOURS = [{"text": plain("Red"), "value": "r"}, {"text": plain("Blue"), "value": "b"}]
PICK = {"type": "checkboxes", "action_id": "pick", "options": COLOURS}


@pytest.fixture
async def view(quiet: Scene) -> View:
    blocks = [
        text_input("Told", "told", initial_value="First"),
        {"type": "actions", "block_id": "acts", "elements": [PICK, button("Go", "go")]},
    ]
    left = await quiet.control.leave_form(quiet.amara, modal(*blocks), {})
    found = quiet.sandbox.core.modals.find(left["id"])
    assert found is not None
    return found


def _typed(core: Core, view: View, block_id: str, action_id: str, value: Any) -> Any:
    Viewing(core).typed(view.user, view.id, block_id, action_id, value)
    entry = dict(view.state[block_id][action_id])
    entry.pop("type")
    (held,) = entry.values()
    return held


async def test_words_and_choices_are_kept(quiet: Scene, view: View) -> None:
    core = quiet.sandbox.core
    before = core.workspace.feed.seq
    assert _typed(core, view, "told", "text", "Half a sen") == "Half a sen"
    assert _typed(core, view, "acts", "pick", [COLOURS[1]]) == [COLOURS[1]]
    assert _typed(core, view, "acts", "pick", ["r"]) == [COLOURS[0]]
    assert core.workspace.feed.seq == before


@pytest.mark.parametrize("nothing", [None, "", []])
async def test_what_is_taken_out_again_is_nothing(
    quiet: Scene, view: View, nothing: object
) -> None:
    core = quiet.sandbox.core
    assert _typed(core, view, "told", "text", nothing) is None
    assert _typed(core, view, "acts", "pick", nothing) == []


async def test_what_is_not_there_or_not_on_offer_is_refused(quiet: Scene, view: View) -> None:
    core, viewing = quiet.sandbox.core, Viewing(quiet.sandbox.core)
    for block_id, action_id in (("told", "other"), ("other", "text"), ("acts", "go")):
        with pytest.raises(LookupError):
            _typed(core, view, block_id, action_id, "x")
    with pytest.raises(ValueError, match="no option 'Green'"):
        _typed(core, view, "acts", "pick", ["Green"])
    with pytest.raises(LookupError):
        viewing.typed(quiet.bela.id, view.id, "told", "text", "x")
    quiet.sandbox.core.workspace.person(quiet.amara.id).deleted = True
    with pytest.raises(NotPossible):
        viewing.typed(quiet.amara.id, view.id, "told", "text", "x")
