"""A leader at their Slack client: each deed as presses, typing and sending."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from bot.demo.answering import Answering
from bot.demo.deeds import (
    AddToAnswer,
    AnswerAnything,
    AnswerSitting,
    AskLess,
    AskWhatIsOpen,
    BringBreakdown,
    Deed,
    EditAnswer,
    FollowUp,
    GoOnLeave,
    JoinTeam,
    LeaveTeam,
    LogFromMessage,
    Mention,
    NothingBroke,
    PauseAndGoOn,
    PressInPrompt,
    Reply,
    SayAway,
    SettleBreakdown,
    ShareDoubt,
    TellVoice,
    VisitHome,
)
from bot.demo.following_up import FollowingUp
from bot.demo.ledger import Ledger
from bot.demo.paper import Input, View, buttons, inputs, sent, spread
from bot.demo.stories import Trouble, Voice, Win
from bot.demo.surfaces import Surfaces
from bot.demo.vocabulary import Sentences
from coaching.catalogue import Catalogue
from conversation.routes import BREAKDOWN_LOG
from platforms.slack.manifest import COMMAND
from sandbox import Outcome, Person, SeenMessage

__all__ = ["Leader", "Witness"]

_SATURDAY = 5
_PATIENCE = 2.0
"""Seconds that somebody looks at the screen for a form to open."""

Witness = Callable[[str, SeenMessage, View], None]
"""Is shown who pressed something, in which message, and the form that opened."""


@dataclass(frozen=True, slots=True)
class Leader:
    """A person of a team. `users` are everybody's ids, by key; `now` is the workspace's time.

    `colleagues` are the ids of those in the team. `sentences`: what there is to say of anything.
    """

    person: Person
    channel: str
    users: Mapping[str, str]
    colleagues: Sequence[str]
    sentences: Sentences | None
    catalogue: Catalogue
    ledger: Ledger
    now: Callable[[], datetime]
    witness: Witness

    async def do(self, deed: Deed) -> None:
        """Do it, as far as it can be done: who finds nothing to press lets it be."""
        match deed:
            case AnswerSitting(by_command=True):
                await self._answer_by_command(deed)
            case AnswerSitting(win, voice):
                await self._answer("Answer", "early_wins", _told(win, voice))
            case EditAnswer(win):
                told = replace(win, moved=f"{win.moved} {win.more}")
                await self._answer("Edit", "early_wins", _told(told, None))
            case AnswerAnything():
                await self._answer_anything(deed)
            case AddToAnswer(words):
                await self._add(words)
            case PressInPrompt(label):
                message = await self._newest(label)
                if message is not None:
                    await self.person.press(message, label, wait=0)
            case NothingBroke():
                await self._answer("Answer", "breakdown", {})
            case BringBreakdown():
                await self._bring(deed)
            case LogFromMessage():
                await self._log(deed)
            case SettleBreakdown(trouble):
                await self._settle(trouble)
            case Mention(words):
                await self.person.say(self.channel, words)
            case AskWhatIsOpen(word):
                await self.person.command(COMMAND, word, channel=self.channel, wait=_PATIENCE)
            case GoOnLeave(until):
                await self.person.status("On leave", ":palm_tree:", until)
            case JoinTeam(words):
                await self.person.joins(self.channel)
                await self.person.say(self.channel, words)
            case LeaveTeam(words):
                await self.person.say(self.channel, words)
                await self.person.leaves(self.channel)
            case _:
                await self._use(deed)

    async def _follow_up(self, seed: int) -> None:
        now = self.now()

        def kept(view: View, given: Mapping[str, str]) -> None:
            self.ledger.accepted(self.person.id, view, given, now)

        following = FollowingUp(self.person, self.colleagues, now.date(), seed, kept)
        if not await following.answer():
            self.ledger.refused += 1

    async def look_up(self, deed: Reply) -> None:
        """See what one's words to the bot became, once it has had the time to say so."""
        view = await Surfaces(self.person, self.channel, self._send).replied(deed)
        if view is not None:
            kept = {one.block_id: one.initial for one in inputs(view) if one.initial == deed.words}
            self.ledger.accepted(self.person.id, view, kept, self.now())
            await self.person.close(view)

    async def _use(self, deed: Deed) -> None:
        """What is done elsewhere than in a prompt."""
        surfaces = Surfaces(self.person, self.channel, self._send)
        match deed:
            case Reply():
                await surfaces.reply(deed)
            case TellVoice():
                await surfaces.tell_voice(deed)
            case ShareDoubt():
                await surfaces.share_doubt(deed)
            case VisitHome(seed):
                await self._answer_in_full(await surfaces.answer_from_home(), seed)
            case PauseAndGoOn():
                await surfaces.pause_and_go_on()
            case AskLess():
                await surfaces.ask_less(deed)
            case SayAway():
                await surfaces.say_away(deed)
            case FollowUp(seed):
                await self._follow_up(seed)

    # What is asked of them

    async def _answer(self, label: str, practice: str, words: Mapping[str, str]) -> View | None:
        """Press `label` on the newest message about the practice, send the form; what is next."""
        message = await self._newest(label, self.catalogue[practice].name)
        return await self._fill_in(message, label, words) if message else None

    async def _answer_by_command(self, deed: AnswerSitting) -> None:
        outcome = await self.person.command(COMMAND, channel=self.channel, wait=_PATIENCE)
        for message in outcome.said:
            for label in message.buttons:
                if self.catalogue["early_wins"].name in label:
                    await self._fill_in(message, label, _told(deed.win, deed.voice))
                    return

    async def _answer_anything(self, deed: AnswerAnything) -> None:
        """Answer all that is open, the newest first; by command what that shows first."""
        if deed.by_command:
            shown = await self._shown_by_command()
            await self._answer_in_full(shown, deed.seed)
            return
        # Looked for at once: what has been answered takes a moment to look like it.
        for number, message in enumerate(await self._unanswered()):
            view = await self._open(message, "Answer")
            await self._answer_in_full(view, deed.seed + number)

    async def _unanswered(self) -> list[SeenMessage]:
        """The newest message about each sitting that can be answered, newest first."""
        found: dict[str, SeenMessage] = {}
        for message in reversed(await self.person.dms()):
            for button in buttons(message.blocks):
                if button["text"]["text"] == "Answer":
                    found.setdefault(button["value"], message)
        return list(found.values())

    async def _shown_by_command(self) -> View | None:
        outcome = await self.person.command(COMMAND, channel=self.channel, wait=_PATIENCE)
        for message in outcome.said:
            for label in message.buttons:
                return await self._open(message, label)
        return None

    async def _answer_in_full(self, view: View | None, seed: int) -> bool:
        """Fill in a form and what follows it, step by step; whether the first step was taken."""
        if view is None or self.sentences is None:
            return False
        today = self.now().date()
        answering = Answering(seed, self.sentences, self.catalogue, self.colleagues, today)
        taken = False
        while view is not None and inputs(view):
            words = answering.words(view)
            outcome = await self._send(view, words, named=attrgetter("field"))
            if mended := self._mended(view, outcome):
                outcome = await self._send(view, {**words, **mended}, named=attrgetter("field"))
            if not outcome.ok:
                self.ledger.refused += 1
                return taken
            taken, view = True, outcome.view
        if view is not None:
            await self.person.close(view)
        return taken

    def _mended(self, view: View, outcome: Outcome) -> dict[str, str]:
        """Themselves, where a form says that somebody they chose is of another team of theirs."""
        chosen = {one.block_id for one in inputs(view) if one.kind == "users_select"}
        wrong = outcome.errors.keys()
        return dict.fromkeys(wrong, self.person.id) if wrong <= chosen else {}

    async def _add(self, words: str) -> None:
        message = await self._newest("Edit", "Answered")
        view = await self._open(message, "Edit") if message is not None else None
        if view is None:
            return
        text = next((one for one in inputs(view) if one.multiline and one.initial), None)
        if text is None:
            await self.person.close(view)
            return
        longer = {text.field: f"{text.initial} {words}"}
        more = (await self._send(view, longer, named=attrgetter("field"))).view
        if more is not None:
            await self.person.close(more)

    async def _bring(self, deed: BringBreakdown) -> None:
        told = self._named(deed.trouble) if deed.open else self._needed(deed.trouble)
        message = await self._newest("Answer", self.catalogue["breakdown"].name)
        view = await self._open(message, "Answer") if message else None
        if view is None:
            return
        if deed.hasty and not deed.open:  # the form stays, and says what is missing
            await self._send(view, told | {"owner": "", "by": ""})
        await self._tell_more((await self._send(view, told)).view, deed.trouble, deed.tells_more)

    # What they bring themselves

    async def _log(self, deed: LogFromMessage) -> None:
        said = await self.person.sees(self.channel)
        message = next((one for one in said if one.text == deed.trouble.said), None)
        if message is None:
            return
        outcome = await self.person.shortcut(BREAKDOWN_LOG, message, wait=_PATIENCE)
        if outcome.view is None:
            return
        told = self._named(deed.trouble) if deed.open else self._needed(deed.trouble)
        kept = await self._send(outcome.view, told)
        await self._tell_more(kept.view, deed.trouble, deed.tells_more)

    async def _settle(self, trouble: Trouble) -> None:
        label = self.catalogue["breakdown"].question("needed_now").text
        message = await self._newest(label, trouble.what)
        if message is not None:
            await self._fill_in(message, label, self._needed(trouble))

    async def _tell_more(self, view: View | None, trouble: Trouble, tells: bool) -> None:
        more = {key: getattr(trouble, key) for key in ("happened", "assumed", "learning")}
        if view is None:
            return
        if tells and any(more.values()):
            await self._send(view, more)
        else:
            await self.person.close(view)

    def _named(self, trouble: Trouble) -> dict[str, str]:
        return {"what": trouble.what}

    def _needed(self, trouble: Trouble) -> dict[str, str]:
        by = self.now().date() + timedelta(days=trouble.days)
        if by.weekday() >= _SATURDAY:
            by += timedelta(days=7 - by.weekday())
        owner = self.users[trouble.owner]
        needed = {"needed_now": trouble.needed_now, "owner": owner, "by": by.isoformat()}
        return self._named(trouble) | needed

    # At the screen

    async def _newest(self, label: str, about: str = "") -> SeenMessage | None:
        for message in reversed(await self.person.dms()):
            if label in message.buttons and about in message.plain:
                return message
        return None

    async def _open(self, message: SeenMessage, label: str) -> View | None:
        outcome = await self.person.press(message, label, wait=_PATIENCE)
        if outcome.view is not None:
            self.witness(self.person.name, message, outcome.view)
        return outcome.view

    async def _fill_in(
        self, message: SeenMessage, label: str, words: Mapping[str, str]
    ) -> View | None:
        """The form that follows; None where what was pressed is about something else by now."""
        view = await self._open(message, label)
        if view is None:
            return None
        if words and not {one.question for one in inputs(view)} & words.keys():
            await self.person.close(view)
            return None
        return (await self._send(view, words)).view

    async def _send(
        self,
        view: View,
        words: Mapping[str, str],
        named: Callable[[Input], str] = attrgetter("question"),
    ) -> Outcome:
        """Type `words` (by question, or as `named` says) into a form and send it."""
        given = spread(view, words, named)
        typed = {
            one.block_id: one.typed(given[one.block_id])
            for one in inputs(view)
            if one.block_id in given
        }
        outcome = await self.person.submit(view, typed)
        if outcome.ok:
            self.ledger.accepted(self.person.id, view, sent(view, given), self.now())
        return outcome


def _told(win: Win, voice: Voice | None) -> dict[str, str]:
    words = {"moved": win.moved, "noticed": win.noticed}
    if voice is not None:
        rating = str(voice.rating or "")
        words |= {"heard": voice.heard, "decision": voice.decision, "rating": rating}
    return {key: text for key, text in words.items() if text}
