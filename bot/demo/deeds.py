"""What a leader may do. A plan is a list of these; `bot.demo.leader` does them."""

from dataclasses import dataclass
from datetime import datetime

from bot.demo.stories import Trouble, Voice, Win

__all__ = [
    "Act",
    "AddToAnswer",
    "AnswerAnything",
    "AnswerSitting",
    "AskLess",
    "AskWhatIsOpen",
    "BringBreakdown",
    "Deed",
    "EditAnswer",
    "FollowUp",
    "GoOnLeave",
    "JoinTeam",
    "LeaveTeam",
    "LogFromMessage",
    "Mention",
    "NothingBroke",
    "PauseAndGoOn",
    "PressInPrompt",
    "Reply",
    "SayAway",
    "SettleBreakdown",
    "ShareDoubt",
    "TellVoice",
    "VisitHome",
]


@dataclass(frozen=True, slots=True)
class AnswerSitting:
    """Answer Tuesday's form; `by_command`: found through /widelens, not in the direct messages."""

    win: Win
    voice: Voice | None
    by_command: bool = False


@dataclass(frozen=True, slots=True)
class AnswerAnything:
    """Answer whatever is asked, with words drawn by `seed`; nothing where nothing is."""

    seed: int
    by_command: bool = False


@dataclass(frozen=True, slots=True)
class AddToAnswer:
    """Press *Edit* on the latest answer, and add this to the first text in it."""

    words: str


@dataclass(frozen=True, slots=True)
class PressInPrompt:
    """Press a button of the newest prompt: *Skip this time*, *Ask me tomorrow*."""

    label: str


@dataclass(frozen=True, slots=True)
class EditAnswer:
    """Add to Tuesday's answer what came to mind since."""

    win: Win


@dataclass(frozen=True, slots=True)
class BringBreakdown:
    """Tell a breakdown when asked on Thursday.

    `hasty`: at first without saying who takes it and by when. `open`: without what is needed now.
    """

    trouble: Trouble
    hasty: bool
    open: bool
    tells_more: bool


@dataclass(frozen=True, slots=True)
class NothingBroke:
    """Send Thursday's form empty."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Write in the channel."""

    words: str


@dataclass(frozen=True, slots=True)
class LogFromMessage:
    """Use *Log a breakdown* on what somebody wrote in the channel; `open` as above."""

    trouble: Trouble
    open: bool
    tells_more: bool


@dataclass(frozen=True, slots=True)
class SettleBreakdown:
    """Press *What's needed now?* on a breakdown's card."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class AskWhatIsOpen:
    """Type /widelens, with a word behind it or none."""

    word: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer a prompt by writing beneath it in the direct messages, where it asks one thing only.

    Where it asks more, what comes back says which button to press, and nothing is kept.
    """

    words: str


@dataclass(frozen=True, slots=True)
class TellVoice:
    """Tell whom one heard, of one's own accord: by the command, or from what stands in the channel.

    `by_shortcut`: on one's own message there, written first.
    """

    heard: str
    decision: str
    by_shortcut: bool = False


@dataclass(frozen=True, slots=True)
class ShareDoubt:
    """Use the shortcut *Share a doubt*, and write it where doubts are asked for at the time."""

    words: str


@dataclass(frozen=True, slots=True)
class VisitHome:
    """Look at one's home, and answer from there what is open, as `AnswerAnything` does."""

    seed: int


@dataclass(frozen=True, slots=True)
class PauseAndGoOn:
    """On one's home, pause the first practice of a team, and let it go on."""


@dataclass(frozen=True, slots=True)
class AskLess:
    """Press *Ask me less* beneath a prompt, and a choice in what opens."""

    choice: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Answer the newest follow-up: what came of a promise, a breakdown, a voice, an invitation."""

    seed: int


@dataclass(frozen=True, slots=True)
class SayAway:
    """Say by the command that one is away today: `away today`, and that one is back."""


@dataclass(frozen=True, slots=True)
class GoOnLeave:
    """Set a status that says so."""

    until: datetime


@dataclass(frozen=True, slots=True)
class JoinTeam:
    """Join the team's channel, with a word of greeting; the team's plan names them from now on."""

    words: str


@dataclass(frozen=True, slots=True)
class LeaveTeam:
    """Leave the team's channel, with a word of farewell."""

    words: str


Deed = (
    AnswerSitting
    | EditAnswer
    | AnswerAnything
    | AddToAnswer
    | PressInPrompt
    | BringBreakdown
    | NothingBroke
    | Mention
    | LogFromMessage
    | SettleBreakdown
    | AskWhatIsOpen
    | Reply
    | TellVoice
    | ShareDoubt
    | VisitHome
    | PauseAndGoOn
    | AskLess
    | SayAway
    | FollowUp
    | GoOnLeave
    | JoinTeam
    | LeaveTeam
)


@dataclass(frozen=True, slots=True)
class Act:
    """Who (a leader's key) does what, and when; in which team, "" for the only one."""

    at: datetime
    who: str
    deed: Deed
    team: str = ""
