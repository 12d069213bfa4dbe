"""The form in which somebody tells, at any time, whom they heard; that it is kept, and the rest."""

from collections.abc import Sequence
from datetime import date

from coaching.answer import Value
from coaching.practice import Practice, QuestionType
from coaching.use_cases.choose_team import Place
from coaching.use_cases.hear_voice import HeardVoice
from conversation.compose.forms import field
from conversation.compose.phrases import day
from conversation.compose.which_team import team_fields
from conversation.messages import Form, Note, Paragraph, line
from conversation.routes import VOICE_MORE, VOICE_TELL

__all__ = ["kept_form", "voice_form"]

_TITLE = "Log a voice heard"


def voice_form(
    practice: Practice,
    places: Sequence[Place],
    channel: str,
    occasion: str,
    words: str,
    names: Sequence[str] = (),
) -> Form:
    """What the practice asks in its first step, starting from `words`; `names` are on the map."""
    known = {QuestionType.STAKEHOLDERS: names}
    team = places[0].team.name if len(places) == 1 else "The team you choose"
    sees = f"{team} reads this with your name in its digest. Nothing is kept before you send it."
    return Form(
        title=_TITLE,
        body=(
            *team_fields(places, channel),
            *(
                field(question.key, question, {"heard": words}, known)
                for question in practice.questions
                if not question.later
            ),
            Note(line(sees)),
        ),
        route=VOICE_TELL,
        reference=occasion,
    )


def kept_form(heard: HeardVoice) -> Form:
    """That it is kept, and when the team reads it; where it is to change something, who does."""
    kept = Paragraph(line(_kept(heard.team.name, heard.digest_on)))
    voice = heard.voice
    if voice is None or not voice.decision or not heard.later:
        return Form(_TITLE, (kept,))
    values: dict[str, Value] = {"owner": voice.owner or ""}
    values |= {"by": voice.by.isoformat()} if voice.by else {}
    return Form(
        _TITLE,
        (kept, *(field(question.key, question, values) for question in heard.later)),
        route=VOICE_MORE,
        reference=voice.id,
        cancel="Not now",
    )


def _kept(team: str, digest_on: date | None) -> str:
    if digest_on is None:
        return f"Kept, with your name. {team} has no digest to come, so nobody reads it there yet."
    return f"Kept. {team} reads it with your name in its digest, on {day(digest_on)}."
