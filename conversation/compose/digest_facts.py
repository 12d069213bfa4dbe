"""What leads a digest, a line each, and the item for the next agenda that follows from it."""

from conversation.compose.phrases import day, first_words
from conversation.compose.veiled import VEILED_WIN, veiled_need, veiled_voice
from conversation.messages import Bold, Italic, Line, Person, Span, line
from insights.digest import Facts, Gap, Need, Replay, Trend, Voice, Win

__all__ = [
    "GAPS",
    "SHORT",
    "agenda",
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
    """`Twelve weeks ago Ben wrote: “…”`."""
    return line("Twelve weeks ago ", Person(replay.said_by), f" wrote: “{replay.words}”")


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


def agenda(facts: Facts, hidden: frozenset[str] = frozenset()) -> str:
    """One question for the next meeting, from what leads."""
    voice, need = facts.voice, facts.need
    if need and not need.needed_now:
        what = "the breakdown that is open longest" if need.key in hidden else f"“{need.what}”"
        return f"what does {what} need now, and who takes it?"
    if voice and voice.decision:
        veiled = voice.key in hidden
        decision = f"“{first_words(voice.decision, SHORT)}”"
        match voice.state:
            case "changed" | "unchanged" if not voice.told:
                return "who tells those who spoke what came of it?"
            case "changed" | "unchanged":
                pass
            case _:
                what = "what that voice asks for" if veiled else decision
                return f"is {what} decided, and who tells them?"
    if need and need.overdue:
        what = "the breakdown that is open longest" if need.key in hidden else f"“{need.what}”"
        return f"what keeps {what} from being closed, and who can help?"
    if facts.gap:
        return _TO_CLOSE[facts.gap.key]
    if not facts.voices:
        return "whom beyond us does one of us call before we meet again?"
    return "which of these voices asks something of us that nobody has taken up?"


_TO_CLOSE = {
    "gap:actions": "which of what was promised do we finish first, and which do we let go?",
    "gap:invites": "whom do we invite next, and who of us asks them?",
    "gap:outside": "which item of today is about value for those outside, and can it come first?",
}


def _voice_line(voice: Voice) -> Line:
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
    """A share in words: behind it stand so few that a figure would say too much."""
    return _SHARES[min(round(percent / 25), len(_SHARES) - 1)]


def _trend_line(trend: Trend) -> Line:
    return line(f"{trend.name}: {trend.now} this week, {trend.before} the week before.")
