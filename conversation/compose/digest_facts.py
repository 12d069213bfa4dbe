"""What leads a digest, a line each, and the item for the next agenda that follows from it."""

from conversation.compose.phrases import day, first_words
from conversation.compose.veiled import VEILED_WIN, veiled_need, veiled_voice
from conversation.messages import Bold, Italic, Line, Person, Span, line
from insights.digest import Facts, Gap, Need, Replay, Trend, Voice, Win
from insights.digest_facts import quarters
from insights.next_item import items

__all__ = [
    "GAPS",
    "SHORT",
    "agenda",
    "followed_line",
    "leading",
    "led_by",
    "need_line",
    "replay_line",
    "share_in_words",
    "what_became",
]

SHORT = 200

GAPS = {
    "gap:actions": (
        "Of {said} things to be done by now, from breakdowns and from voices, {done} {are} done."
    ),
    "gap:invites": "Of {said} invitations to your sessions, {done} brought the guest in.",
    "gap:outside": (
        "As you began, {said} of your meetings looked at value for those outside; "
        "in the latest audits, {done}."
    ),
}
_SHARES = ("hardly any", "about a quarter", "about half", "about three quarters", "nearly all")

_KNOW = {True: ", and they know", False: "; they have not been told yet", None: ""}


def led_by(facts: Facts) -> list[Voice | Need | Win | Replay]:
    """What the parent says that people wrote; where nothing leads, the latest of what moved."""
    led: list[Voice | Need | Win | Replay] = [
        one for one in (facts.voice, facts.need) if one is not None
    ]
    if not facts.told:
        led += facts.wins[-1:]
    return [*led, facts.replay] if facts.replay else led


def leading(facts: Facts, hidden: frozenset[str] = frozenset()) -> list[Line]:
    """The facts, three at most; of those whose keys are `hidden` not a word."""
    lines: list[Line] = []
    if facts.voice:
        veiled = facts.voice.key in hidden
        lines.append(veiled_voice(facts.voice) if veiled else _voice_line(facts.voice))
    elif facts.days_without_voice:
        days = facts.days_without_voice
        lines.append(line(f"No outside voice was heard for {days} day{'' if days == 1 else 's'}."))
    if facts.need:
        veiled = facts.need.key in hidden
        lines.append(veiled_need(facts.need) if veiled else need_line(facts.need))
    if facts.gap:
        lines.append(line(_gap(facts.gap)))
    elif facts.trend:
        lines.append(_trend_line(facts.trend))
    if not facts.told and facts.wins:
        win = facts.wins[-1]
        words = line(Person(win.said_by), f": “{first_words(win.words, SHORT)}”")
        lines.append(VEILED_WIN if win.key in hidden else words)
    return lines


def need_line(need: Need) -> Line:
    """A breakdown in one line: since when, and what is needed, by whom and when."""
    since: tuple[Span, ...] = (f"Since {day(need.logged_on)}: ", Bold(need.what), ". ")
    if need.owner is None or need.by is None:
        return (*since, Italic("What's needed now?"), " is still open.")
    needed = first_words(need.needed_now, SHORT).removesuffix(".")
    passed = ", a day that has passed" if need.overdue else ""
    return (*since, f"Needed now: {needed} (", Person(need.owner), f", by {day(need.by)}{passed}).")


def replay_line(replay: Replay) -> Line:
    """`Twelve weeks ago Ben wrote: “…”`: with the question, where it says little without."""
    verb = "heard first-hand" if replay.heard else "wrote"
    to = f" to “{replay.asked}”" if replay.asked else ""
    return line("Twelve weeks ago ", Person(replay.said_by), f" {verb}{to}: “{replay.words}”")


def what_became(voice: Voice) -> Line:
    """What came of a voice, or is to; nothing where it asks for no decision."""
    if not voice.decision:
        return ()
    decision = Bold(first_words(voice.decision, SHORT))
    match voice.state:
        case "changed":
            return line("It changed a decision: ", decision, f"{_KNOW[voice.told]}.")
        case "unchanged":
            why = f" Why: {first_words(voice.why, SHORT)}" if voice.why else ""
            return line("It was looked at, and left as it is: ", decision, f".{why}")
        case _:
            return line("To decide: ", decision, *_taken(voice))


def followed_line(voice: Voice) -> Line:
    """What came of a voice whose words have been said: `“Opening hours” changed after …`."""
    decision = f"“{first_words(voice.decision, SHORT)}”"
    heard = ("after what ", Person(voice.said_by), f" heard on {day(voice.on)}")
    if voice.state == "changed":
        return line(f"{decision} changed ", *heard, f"{_KNOW[voice.told]}.")
    why = f" Why: {first_words(voice.why, SHORT)}" if voice.why else ""
    return line(f"{decision} was looked at ", *heard, f", and stays as it is.{why}")


def agenda(facts: Facts, hidden: frozenset[str] = frozenset()) -> str:
    """One question for the next meeting; of what is `hidden` not a word."""
    item = facts.item or next(items(facts))
    kind, _, about = item.partition(":")
    if kind == "gap":
        return _TO_CLOSE[f"{kind}:{about}"]
    if kind in _ANY_WEEK:
        return _ANY_WEEK[kind]
    words, veiled = _FROM_A_FACT[kind]
    subject = first_words(facts.subject_of(item), SHORT)
    return veiled if about in hidden else words.format(f"“{subject}”")


_FROM_A_FACT = {
    "settle": (
        "what does {} need now, and who takes it?",
        "what does the breakdown that is open longest need now, and who takes it?",
    ),
    "decide": (
        "is {} decided, and who tells them?",
        "is what that voice asks for decided, and who tells them?",
    ),
    "tell": (
        "who tells those who spoke what came of {}?",
        "who tells those who spoke what came of it?",
    ),
    "close": (
        "what keeps {} from being closed, and who can help?",
        "what keeps the breakdown that is open longest from being closed, and who can help?",
    ),
}
"""Items that follow from a fact, and the same without its words."""
_TO_CLOSE = {
    "gap:actions": "which of what was promised do we finish first, and which do we let go?",
    "gap:invites": "whom do we invite next, and who of us asks them?",
    "gap:outside": "which item of today is about value for those outside, and can it come first?",
}
_ANY_WEEK = {
    "taken_up": "which voice of late asks something of us that nobody has taken up?",
    "guest": "who from outside should sit with us the next time, and who asks them?",
    "unmissed": "what do we do every week that nobody beyond us would miss?",
    "call": "whom beyond us does one of us call before we meet again?",
    "outward": "which item of today matters most to those beyond us, and can it come first?",
}


def _voice_line(voice: Voice) -> Line:
    if not voice.words:
        return followed_line(voice)
    heard = f" heard first-hand: “{first_words(voice.words, SHORT)}”"
    became = what_became(voice)
    return line(Person(voice.said_by), f"{heard} " if became else heard, *became)


def _taken(voice: Voice) -> Line:
    if voice.owner is None:
        return ()
    by = f", by {day(voice.by)}" if voice.by else ""
    return line(" (", Person(voice.owner), f"{by})")


def _gap(gap: Gap) -> str:
    if gap.key == "gap:outside":
        said, done = share_in_words(gap.said), share_in_words(gap.done)
        return GAPS[gap.key].format(said=said, done=done)
    done = str(gap.done) if gap.done else "none"
    are = "is" if gap.done == 1 else "are"
    return GAPS[gap.key].format(said=gap.said, done=done, are=are)


def share_in_words(percent: int) -> str:
    """A share as people say it."""
    return _SHARES[quarters(percent)]


def _trend_line(trend: Trend) -> Line:
    return line(f"{trend.name}: {trend.now} this week, {trend.before} the week before.")
