"""What a leader may do. A plan is a list of these; `bot.demo.leader` does them."""

from dataclasses import dataclass
from datetime import datetime

from bot.demo.stories import Trouble, Voice, Win

__all__ = [
    "Act",
    "AddToAnswer",
    "AnswerAnything",
    "AnswerSitting",
    "AskWhatIsOpen",
    "BringBreakdown",
    "Deed",
    "EditAnswer",
    "GoOnLeave",
    "JoinTeam",
    "LeaveTeam",
    "LogFromMessage",
    "Mention",
    "NothingBroke",
    "PressInPrompt",
    "SettleBreakdown",
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
