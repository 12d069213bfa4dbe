"""Answering what the bot follows up, as a leader does: a press, and a form where one opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.demo.paper import Input, View, buttons, inputs
from bot.demo.vocabulary import FOLLOW_UP, bank
from platforms.slack.render import route_of
from sandbox import Person, SeenMessage

__all__ = ["FollowingUp"]

_ASKING = (
    "breakdown.done",
    "breakdown.day",
    "breakdown.help",
    "invite.",
    "promise.settle",
    "purpose.settle",
    "voice.changed",
    "voice.stands",
    "voice.told",
)
"""How the routes begin by which a follow-up is answered."""

_HELP = "breakdown.help"
_FOR_HELP = 0.15
"""How readily somebody asks for help, beside the other answers."""

Kept = Callable[[View, Mapping[str, str]], None]
"""Is told of a form that was taken, and what was put into it, by block id."""

_SATURDAY = 5
_LOOKED_AT = 12
"""So many of the newest messages are looked at."""

_AT_ONCE = 0.0
_IN_THE_WAY = "What is in the way?"
_SENTENCE = "We are here so that those whom we serve can count on what we say."


@dataclass(frozen=True, slots=True)
class FollowingUp:
    """One occasion, decided by `seed`. `colleagues` are the ids of the team's people."""

    person: Person
    colleagues: Sequence[str]
    today: date
    seed: int
    kept: Kept

    async def answer(self) -> bool:
        """Answer the newest that is asked; whether every form was taken."""
        random = Random(f"following up {self.seed}")
        for message in [*reversed(await self.person.dms())][:_LOOKED_AT]:
            choices = _choices(message)
            if choices:
                (label,) = random.choices([*choices], [*choices.values()])
                outcome = await self.person.press(message, label, wait=_AT_ONCE)
                return await self._through(outcome.view, random)
        return True

    async def _through(self, view: View | None, random: Random) -> bool:
        """Fill in what opens, step by step, and leave what only says something."""
        while view is not None and inputs(view):
            given = {one.block_id: self._given(one, random) for one in inputs(view)}
            typed = {key: value for key, value in given.items() if value is not None}
            outcome = await self.person.submit(view, typed)
            if not outcome.ok:
                return False
            self.kept(view, {key: text for key, text in typed.items() if isinstance(text, str)})
            view = outcome.view
        if view is not None:
            await self.person.close(view)
        return True

    def _given(self, one: Input, random: Random) -> str | list[str] | None:
        """What to put into a field; None leaves it as it stands."""
        if one.initial or (one.optional and random.random() < 0.5):
            return None
        match one.kind:
            case "datepicker":
                return self._day(random)
            case "users_select":
                return random.choice(self.colleagues)
            case "multi_users_select":
                return [random.choice(self.colleagues)]
            case "plain_text_input":
                return _SENTENCE if "sentence" in one.block_id else _words(one, random)
            case "number_input":
                return one.least or "1"
            case _ if one.options:
                chosen = random.choice(one.options)[0]
                return [chosen] if one.several else chosen
            case _:
                return None

    def _day(self, random: Random) -> str:
        day = self.today + timedelta(days=random.randint(5, 15))
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
        return day.isoformat()


def _words(one: Input, random: Random) -> str:
    """What fits the question; a note fits any."""
    said = bank()
    question = "note" if one.label == _IN_THE_WAY else one.question
    return random.choice(said.get((FOLLOW_UP, question)) or said[FOLLOW_UP, "note"])


def _choices(message: SeenMessage) -> dict[str, float]:
    """The labels of the buttons by which this message is answered, and how likely each is."""
    routes = {one["text"]["text"]: route_of(one["action_id"]) for one in buttons(message.blocks)}
    return {
        label: _FOR_HELP if route.startswith(_HELP) else 1.0
        for label, route in routes.items()
        if route.startswith(_ASKING)
    }
