"""What the demo adds to the sandbox's page: the time, the others, and four first steps."""

from collections.abc import Awaitable, Callable

from bot.demo.company import CHANNEL, COACH, LEAD
from bot.demo.stage import Stage
from bot.demo.weeks import Weeks
from conversation.routes import BREAKDOWN_LOG, SITTING_ANSWER
from sandbox.page import Deed, Host, HostAction, HostStep

__all__ = ["host_of"]

_FRIDAY, _THREE = 4, 15
_ABOUT = "Simulated leaders, the real bot. Nothing is kept."


def host_of(stage: Stage, weeks: Weeks) -> Host:
    """The page as the lead finds it: her direct messages, the clock, and what to try first."""
    people = stage.people
    return Host(
        actions=_actions(stage, weeks),
        steps=_steps(stage),
        sits_as=people[LEAD.key].id,
        opens=stage.channel,
        about=_ABOUT,
    )


def _actions(stage: Stage, weeks: Weeks) -> tuple[HostAction, ...]:
    keys = {person.id: key for key, person in stage.people.items()}

    def passing(go: Callable[[], Awaitable[None]]) -> Callable[[str], Awaitable[str]]:
        async def run(user: str) -> str:
            weeks.also = keys[user]
            await go()
            return f"It is {_wall(stage)}."

        return run

    async def others(user: str) -> str:
        weeks.also = keys[user]
        answered = await weeks.let_them_answer()
        if not answered:
            return "Nobody else has anything open. Let some time pass first."
        return f"{answered} of the others {'has' if answered == 1 else 'have'} answered."

    return (
        HostAction(
            "due",
            "To the next thing due",
            passing(weeks.go_to_the_next_due),
            "until the bot has something to say",
        ),
        HostAction("hour", "+1 hour", passing(lambda: weeks.go_on_by(hours=1))),
        HostAction("day", "+1 day", passing(lambda: weeks.go_on_by(days=1))),
        HostAction("week", "+1 week", passing(lambda: weeks.go_on_by(days=7))),
        HostAction(
            "others",
            "Let the others answer",
            others,
            "the simulated leaders answer what is open; you stay yourself",
        ),
    )


def _steps(stage: Stage) -> tuple[HostStep, ...]:
    coach = stage.people[COACH.key].id
    lead = LEAD.name.split()[0]

    def reached_the_digest(deed: Deed) -> bool:
        now = stage.now()
        return deed.verb == "action" and (now.weekday(), now.hour) >= (_FRIDAY, _THREE)

    return (
        HostStep(
            "answer",
            "Answer a prompt",
            f"You are {lead}. In your messages from Widelens, press Answer.",
            lambda deed: deed.verb == "submit" and deed.what == SITTING_ANSWER,
        ),
        HostStep(
            "breakdown",
            "Log a breakdown",
            f"In #{CHANNEL}, open the menu of a message: Log a breakdown.",
            lambda deed: deed.verb == "submit" and deed.what == BREAKDOWN_LOG,
        ),
        HostStep(
            "friday",
            "Move to Friday",
            "Use the clock above until Friday 15:00. Then read the digest in the channel: your own"
            " words are in its thread.",
            reached_the_digest,
        ),
        HostStep(
            "coach",
            "Open the coach's home",
            f"Act as {COACH.name}, choose Widelens, and its Home.",
            lambda deed: deed.verb == "opens_home" and deed.user == coach,
        ),
    )


def _wall(stage: Stage) -> str:
    now = stage.now()
    return f"{now:%A} {now.day} {now:%B}, {now:%H:%M}"
