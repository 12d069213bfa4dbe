"""The names by which a press, a form or a shortcut finds its handler.

A name carries a version, because deploys meet buttons and open forms of yesterday: when what a
route carries changes, it gets a new version, and the old one stays in `handlers.ROUTES`.
"""

__all__ = [
    "ARRIVAL_KEEPS",
    "BREAKDOWN_LOG",
    "BREAKDOWN_SETTLE",
    "BREAKDOWN_TELL",
    "CADENCE_EDIT",
    "CADENCE_SAVE",
    "CADENCE_STOP",
    "CADENCE_STOPPED",
    "DIGEST_SHOW",
    "DOUBT_SHARE",
    "HOME_ASK",
    "HOME_DISCREET",
    "HOME_GO_ON",
    "HOME_PAUSE",
    "HOME_TEAM",
    "LISTEN_LOOK",
    "LISTEN_NEVER",
    "LISTEN_NO",
    "LISTEN_OFF",
    "LISTEN_OPEN",
    "LISTEN_SET",
    "PURPOSE_SHOW",
    "SET_UP_PACK",
    "SET_UP_PEOPLE",
    "SET_UP_WEEK",
    "SITTING_ANSWER",
    "SITTING_MORE",
    "SITTING_SKIP",
    "SITTING_SNOOZE",
    "STAKEHOLDERS_SHOW",
    "TEAM_LEAVE_OUT",
    "TEAM_LET_GO",
    "TEAM_READ",
    "TEAM_SET_UP",
    "TEAM_TAKE_IN",
    "TEAM_TAKE_ON",
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

HOME_DISCREET = "home.discreet.v1"
"""Button on a home: keep words out of a team's channel, or show them there (value: the team's id,
then `on` or `off`)."""

HOME_TEAM = "home.team.v1"
"""Button on a home: show a team there in full (value: its id)."""

CADENCE_EDIT = "cadence.edit.v1"
"""Button: open the editor (value: a team's id, a colon, a cadence's id; none to add one)."""

CADENCE_SAVE = "cadence.save.v1"
"""Form: the editor (reference: the cadence as it was opened, as JSON)."""

CADENCE_STOP = "cadence.stop.v1"
"""Button in the editor: ask what stopping comes to (value as of the editor)."""

CADENCE_STOPPED = "cadence.stopped.v1"
"""Form: stop it, or pause it (reference: as that value)."""

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

TEAM_READ = "team.read.v1"
"""Button in a channel: read what was written (value: the delivery's kind, subject and detail)."""

PURPOSE_SHOW = "purpose.show.v1"
"""Form: which team's purpose to show."""

STAKEHOLDERS_SHOW = "stakeholders.show.v1"
"""Form: which team's map to show."""

TEAM_TAKE_ON = "team.take_on.v1"
"""Button: take somebody onto a team (value: the team's id, a colon, the person's)."""

TEAM_LET_GO = "team.let_go.v1"
"""Button: somebody is not on a team (value as of taking on)."""

LISTEN_OPEN = "listen.open.v1"
"""Button on a home: read what listening in a team's channel is (value: the team's id)."""

LISTEN_SET = "listen.set.v1"
"""Button in that form: switch it on (value as of the other)."""

LISTEN_OFF = "listen.off.v1"
"""Button on a home: listen no longer (value: the team's id)."""

LISTEN_LOOK = "listen.look.v1"
"""Button: look at what was overheard (value: the offer's id). Form: log it (reference: that id)."""

LISTEN_NO = "listen.no.v1"
"""Button: it was no breakdown (value: the offer's id)."""

LISTEN_NEVER = "listen.never.v1"
"""Button: listen to me no more in this team (value: the offer's id)."""
