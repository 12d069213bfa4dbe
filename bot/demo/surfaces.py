"""All of the bot beside its prompts, as a leader uses it: command, shortcuts, home, a word."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.deeds import AskLess, Reply, SayAway, ShareDoubt, TellVoice
from bot.demo.paper import View, buttons, inputs
from conversation.routes import DOUBT_SHARE, HOME_GO_ON, HOME_PAUSE, SITTING_ANSWER, VOICE_TELL
from platforms.slack.manifest import COMMAND
from platforms.slack.render import route_of
from sandbox import Outcome, Person

__all__ = ["Surfaces"]

_AT_ONCE = 0.0
"""The bot shows what it has to show before it acknowledges: there is nothing to wait for."""

Send = Callable[[View, Mapping[str, str]], Awaitable[Outcome]]
"""Types words (by question) into a form and sends it; what was taken is noted."""


@dataclass(frozen=True, slots=True)
class Surfaces:
    """A person at their client, in the channel of their team."""

    person: Person
    channel: str
    send: Send

    async def reply(self, deed: Reply) -> None:
        """Write to the bot."""
        await self.person.say(None, deed.words)

    async def replied(self, deed: Reply) -> View | None:
        """The form in which one's words to the bot stand, where they were taken as an answer."""
        answered = [one for one in await self.person.dms() if "Edit" in one.buttons]
        for message in reversed(answered):
            view = (await self.person.press(message, "Edit", wait=_AT_ONCE)).view
            if view is not None and any(one.initial == deed.words for one in inputs(view)):
                return view
            await self._close(view)
        return None

    async def tell_voice(self, deed: TellVoice) -> None:
        """Tell of a voice, in the form that the command or the shortcut opens."""
        words = {"decision": deed.decision} if deed.decision else {}
        if deed.by_shortcut:
            said = await self.person.say(self.channel, deed.heard)
            opened = await self.person.shortcut(VOICE_TELL, said, wait=_AT_ONCE)
        else:
            opened = await self._command(f"heard {deed.heard}")
        if opened.view is not None:
            kept = await self.send(opened.view, words)
            await self._close(kept.view)

    async def share_doubt(self, deed: ShareDoubt) -> None:
        """Write a doubt where one is asked for; else be told when."""
        opened = await self.person.shortcut(DOUBT_SHARE, wait=_AT_ONCE)
        if opened.view is None:
            return
        asked = [one.question for one in inputs(opened.view)]
        if "doubt" in asked:
            await self._close((await self.send(opened.view, {"doubt": deed.words})).view)
        else:
            await self._close(opened.view)

    async def answer_from_home(self) -> View | None:
        """Look at one's home, and press the first answer that is asked for there."""
        home = await self.person.opens_home(wait=_AT_ONCE)
        return await self._press(home, SITTING_ANSWER) if home is not None else None

    async def pause_and_go_on(self) -> None:
        """Pause the first thing that a team is asked, beside the team itself, and let it go on."""
        for route in (HOME_PAUSE, HOME_GO_ON):
            home = await self.person.opens_home(wait=_AT_ONCE)
            if home is not None:
                await self._press(home, route, nth=1 if route == HOME_PAUSE else 0)

    async def ask_less(self, deed: AskLess) -> None:
        """Press *Ask me less* beneath the newest message that has it, and what is wanted."""
        for message in reversed(await self.person.dms()):
            if "Ask me less" in message.buttons:
                opened = await self.person.press(message, "Ask me less", wait=_AT_ONCE)
                if opened.view is not None and _has(opened.view, deed.choice):
                    chosen = await self.person.press_in_view(
                        opened.view, deed.choice, wait=_AT_ONCE
                    )
                    await self._close(chosen.view)
                return

    async def say_away(self, _deed: SayAway) -> None:
        """Say that one is away today, and then that one is back."""
        await self._command("away today")
        await self._command("away back")

    async def _command(self, words: str) -> Outcome:
        return await self.person.command(COMMAND, words, channel=self.channel, wait=_AT_ONCE)

    async def _press(self, home: View, route: str, nth: int = 0) -> View | None:
        found = [one for one in buttons(home["blocks"]) if route_of(one["action_id"]) == route]
        if len(found) <= nth:
            return None
        action = found[nth]["action_id"]
        block = next(one for one in home["blocks"] if found[nth] in one.get("elements", ()))
        pressed = self.person.press_in_view(
            home, action_id=action, block_id=block["block_id"], wait=_AT_ONCE
        )
        return (await pressed).view

    async def _close(self, view: Mapping[str, Any] | None) -> None:
        if view is not None:
            await self.person.close(view)


def _has(view: View, label: str) -> bool:
    return any(one["text"]["text"] == label for one in buttons(view["blocks"]))
