"""The names by which a press, a form or a shortcut finds its handler.

A name carries a version, because deploys meet buttons and open forms of yesterday: when what a
route carries changes, it gets a new version, and the old one stays in `handlers.ROUTES`.
"""

__all__ = [
    "ARRIVAL_KEEPS",
    "BREAKDOWNS_LIST",
    "BREAKDOWNS_SHOW",
    "BREAKDOWN_DAY",
    "BREAKDOWN_DONE",
    "BREAKDOWN_EDIT",
    "BREAKDOWN_GIVE",
    "BREAKDOWN_HELP",
    "BREAKDOWN_LEARN",
    "BREAKDOWN_LOG",
    "BREAKDOWN_NEW",
    "BREAKDOWN_OPEN",
    "BREAKDOWN_REOPEN",
    "BREAKDOWN_SETTLE",
    "BREAKDOWN_TALK",
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
    "INVITE_CAME",
    "INVITE_NOT",
    "INVITE_SAY",
    "INVITE_SET",
    "LISTEN_LOOK",
    "LISTEN_NEVER",
    "LISTEN_NO",
    "LISTEN_OFF",
    "LISTEN_OPEN",
    "LISTEN_SET",
    "MAP_ADD",
    "MAP_EDIT",
    "MAP_ENTRY",
    "MAP_MERGE",
    "MAP_MET",
    "MAP_OFF",
    "MAP_ON",
    "MAP_OPEN",
    "MAP_RATE",
    "MAP_SHOW",
    "PROMISES_LIST",
    "PROMISE_BACK",
    "PROMISE_SETTLE",
    "PROMISE_UP",
    "PURPOSE_CHANGE",
    "PURPOSE_HISTORY",
    "PURPOSE_MEND",
    "PURPOSE_RESTATE",
    "PURPOSE_SETTLE",
    "PURPOSE_SHOW",
    "SESSION_CHANGE",
    "SESSION_OFF",
    "SESSION_OFF_SURE",
    "SESSION_PLAN",
    "SESSION_SHOW",
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
    "TRENDS_SHOW",
    "VOICES_PAGE",
    "VOICES_SHOW",
    "VOICE_CHANGED",
    "VOICE_DAY",
    "VOICE_EDIT",
    "VOICE_MORE",
    "VOICE_OPEN",
    "VOICE_REOPEN",
    "VOICE_STANDS",
    "VOICE_TELL",
    "VOICE_TOLD",
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

VOICE_MORE = "voice.more.v1"
"""Form: who brings about what a voice is to change, and by when (reference: the voice's id)."""

VOICE_OPEN = "voice.open.v1"
"""Button: open a voice of the register (value: its id)."""

VOICE_EDIT = "voice.edit.v1"
"""Button on a voice: open the form (value: its id). Form: keep it (reference: its id)."""

VOICE_CHANGED = "voice.changed.v1"
"""Button: the decision changed (value: the voice's id; `:card` behind it where it was opened)."""

VOICE_STANDS = "voice.stands.v1"
"""Button: open the form that asks why it stands (value: the voice's id). Form: keep that."""

VOICE_DAY = "voice.day.v1"
"""Button: open the form that asks for another day (value: the voice's id). Form: keep it."""

VOICE_TOLD = "voice.told.v1"
"""Button: they were told, or not yet (value: the voice's id, `yes` or `no`; `card` as above)."""

VOICE_REOPEN = "voice.reopen.v1"
"""Button: it is open after all (value: the voice's id and `card`)."""

VOICES_SHOW = "voices.show.v1"
"""Form: which team's voices to show; or, in the register, what to look for (reference: the team's
id)."""

VOICES_PAGE = "voices.page.v1"
"""Button: another page of the register (value: the team's id, the number of the first voice or,
on a home, `home`, and what is looked for, a colon between each)."""

DOUBT_SHARE = "doubt.share.v1"
"""Global shortcut: open the form of the round that asks for doubts. Form: for which team."""

DIGEST_SHOW = "digest.show.v1"
TRENDS_SHOW = "trends.show.v1"
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

PURPOSE_CHANGE = "purpose.change.v1"
"""Form: a sentence that was just kept, in other words (reference: the sitting's id)."""

PURPOSE_HISTORY = "purpose.history.v1"
"""Button: read the versions (value: the team's id; a colon and a page where they are shown)."""

PURPOSE_MEND = "purpose.mend.v1"
"""Form: a sentence that was just settled, in other words (reference: the version's id)."""

PURPOSE_RESTATE = "purpose.restate.v1"
"""Button: ask everybody for it at once (value: the team's id)."""

PURPOSE_SETTLE = "purpose.settle.v1"
"""Button: open the form (value: the team's id). Form: settle the sentence (reference: the team's
id, a colon, the number of the version that it becomes)."""

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

BREAKDOWNS_LIST = "breakdowns.list.v1"
"""Button: a page of a register (value: the team's id, a colon, `open` or `library`). Form: search
there, or another page (reference as the value)."""

BREAKDOWNS_SHOW = "breakdowns.show.v1"
"""Form: which team's breakdowns to show."""

BREAKDOWN_DAY = "breakdown.day.v1"
"""Button: name another day (value: the breakdown's id; `:card` behind it where its card is to come
back). Form: keep it (reference as the value)."""

BREAKDOWN_DONE = "breakdown.done.v1"
"""Button: it is done (value as of another day)."""

BREAKDOWN_EDIT = "breakdown.edit.v1"
"""Button: put it in other words (value as of another day). Form: keep them."""

BREAKDOWN_GIVE = "breakdown.give.v1"
"""Button: give it to somebody (value as of another day). Form: to whom."""

BREAKDOWN_HELP = "breakdown.help.v1"
"""Button: say what would help (value as of another day). Form: bring it to the lead."""

BREAKDOWN_LEARN = "breakdown.learn.v1"
"""Form: what was learned (reference as of another day)."""

BREAKDOWN_NEW = "breakdown.new.v1"
"""Button: log one (no value)."""

BREAKDOWN_OPEN = "breakdown.open.v1"
"""Button: show a breakdown (value: its id)."""

BREAKDOWN_REOPEN = "breakdown.reopen.v1"
"""Button: it was not done after all (value as of another day). Form: what it needs now."""

BREAKDOWN_TALK = "breakdown.talk.v1"
"""Button: talk about it with who asked for help (value: the id of what they asked)."""

PROMISES_LIST = "promises.list.v1"
"""Button: what one promised, and of the teams that one leads or coaches (no value)."""

PROMISE_BACK = "promise.back.v1"
"""Button: take a promise back (value: its id)."""

PROMISE_SETTLE = "promise.settle.v1"
"""Button: say what came of a promise (value: its id, a colon, the outcome; none behind it to look
first). Form: keep it (reference: the id)."""

PROMISE_UP = "promise.up.v1"
"""Button: take a promise up again (value: its id)."""

MAP_ADD = "map.add.v1"
"""Button: add somebody to the map (value: the team's id). Form: keep them (reference: that)."""

MAP_EDIT = "map.edit.v1"
"""Button: change one on the map (value: their id). Form: keep it (reference as the value)."""

MAP_ENTRY = "map.entry.v1"
"""Button: show one on the map (value: their id)."""

MAP_MERGE = "map.merge.v1"
"""Button: somebody is the same as another (value: their id). Form: as whom."""

MAP_MET = "map.met.v1"
"""Button: say when one was met (value: their id). Form: keep it."""

MAP_OFF = "map.off.v1"
"""Button: take somebody off the map (value: their id)."""

MAP_ON = "map.on.v1"
"""Button: put somebody on the map who is off it (value: their id)."""

MAP_OPEN = "map.open.v1"
"""Button on a home: open the map (value: the team's id)."""

MAP_RATE = "map.rate.v1"
"""Button: rate one on the map (value: their id). Form: keep it."""

MAP_SHOW = "map.show.v1"
"""Button: back to the map (value: the team's id)."""

SESSION_CHANGE = "session.change.v1"
"""Button: move a session, or change who comes (value: its id). Form: keep it."""

SESSION_OFF = "session.off.v1"
"""Button: ask what calling a session off comes to (value: its id)."""

SESSION_OFF_SURE = "session.off_sure.v1"
"""Button: it does not take place (value: its id)."""

SESSION_PLAN = "session.plan.v1"
"""Button: plan a session (value: the team's id, a colon, a guest's or nothing). Form: keep it
(reference: the team's id)."""

SESSION_SHOW = "session.show.v1"
"""Button: show a session (value: its id)."""

INVITE_CAME = "invite.came.v1"
"""Button: they came (value: the invitation's id; `:there` behind it on a session's page). Form:
what was heard (reference as the value)."""

INVITE_NOT = "invite.not.v1"
"""Button: not this time (value as of *they came*). Form: why."""

INVITE_SAY = "invite.say.v1"
"""Button: where an invitation stands (value: its id, a colon, the state)."""

INVITE_SET = "invite.set.v1"
"""Button on a session's page: the same."""
