"""The names by which a press, a form or a shortcut finds its handler.

A name carries a version, because deploys meet buttons and open forms of yesterday: when what a
route carries changes, it gets a new version, and the old one stays in `handlers.ROUTES`.
"""

__all__ = [
    "ARRIVAL_KEEPS",
    "BREAKDOWN_LOG",
    "BREAKDOWN_SETTLE",
    "BREAKDOWN_TELL",
    "DIGEST_SHOW",
    "DOUBT_SHARE",
    "HOME_ASK",
    "HOME_GO_ON",
    "HOME_PAUSE",
    "HOME_TEAM",
    "SET_UP_PACK",
    "SET_UP_PEOPLE",
    "SET_UP_WEEK",
    "SITTING_ANSWER",
    "SITTING_MORE",
    "SITTING_SKIP",
    "SITTING_SNOOZE",
    "TEAM_LEAVE_OUT",
    "TEAM_SET_UP",
    "TEAM_TAKE_IN",
    "VOICE_TELL",
    "WISH_AWAY",
    "WISH_BACK",
    "WISH_LESS",
    "WISH_SET",
    "WISH_WHY",
]

SITTING_ANSWER = "sitting.answer.v1"
"""Button: open the form of a sitting (value: its id). Form: answer it."""

SITTING_MORE = "sitting.more.v1"
"""Form: the second step of a sitting."""

SITTING_SKIP = "sitting.skip.v1"
"""Button: let a sitting pass (value: its id)."""

SITTING_SNOOZE = "sitting.snooze.v1"
"""Button: put a sitting off until the next working day (value: its id)."""

BREAKDOWN_LOG = "breakdown.log.v1"
"""Message shortcut: open the form. Form: log a breakdown (reference: member and occasion).

Where the form asks for the team, the reference names no member.
"""

BREAKDOWN_SETTLE = "breakdown.settle.v1"
"""Button: open the form (value: the breakdown's id). Form: say what's needed now."""

BREAKDOWN_TELL = "breakdown.tell.v1"
"""Button: open the form (value: the breakdown's id). Form: say what happened."""

VOICE_TELL = "voice.tell.v1"
"""Message shortcut: open the form. Form: tell whom one heard (reference as of a breakdown)."""

DOUBT_SHARE = "doubt.share.v1"
"""Global shortcut: open the form of the round that asks for doubts. Form: for which team."""

DIGEST_SHOW = "digest.show.v1"
"""Form: the latest digest of which team to show."""

WISH_AWAY = "wish.away.v1"
"""Button: open the form of an absence (no value). Form: keep it."""

WISH_BACK = "wish.back.v1"
"""Button: back today (no value), or not away after all (value: the absence's first day)."""

WISH_LESS = "wish.less.v1"
"""Button: open the form *Ask me less* (value: a team's id or nothing). Form: pause until a day."""

WISH_SET = "wish.set.v1"
"""Button in that form (value: the wish, `on` or `off`, the team's id or nothing for all of them,
and what the form was opened with, a colon between each)."""

WISH_WHY = "wish.why.v1"
"""Button: read why this is asked (value: a sitting's id)."""

HOME_PAUSE = "home.pause.v1"
"""Button on a home: pause (value: the team's id, then `team`, `pack` or a cadence's id)."""

HOME_GO_ON = "home.go_on.v1"
"""Button on a home: let it go on (value as of a pause)."""

HOME_ASK = "home.ask.v1"
"""Button on a home: ask it at once (value as of a pause)."""

HOME_TEAM = "home.team.v1"
"""Button on a home: show a team there in full (value: its id)."""

ARRIVAL_KEEPS = "arrival.keeps.v1"
"""Button: read what is kept, and who sees it (no value)."""

TEAM_SET_UP = "team.set_up.v1"
"""Button: set the team of a channel up (value: the channel)."""

SET_UP_PEOPLE = "set_up.people.v1"
"""Form: the first step of a set-up, who (reference of each step: a draft, as JSON)."""

SET_UP_WEEK = "set_up.week.v1"
"""Form: the second, when."""

SET_UP_PACK = "set_up.pack.v1"
"""Form: the third, what; it makes the team."""

TEAM_LEAVE_OUT = "team.leave_out.v1"
"""Button: leave me out of a team (value: the member's id)."""

TEAM_TAKE_IN = "team.take_in.v1"
"""Button: ask me again (value: the member's id)."""
