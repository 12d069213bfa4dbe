"""Who will see an answer: said with the question and in the form, before anything is written."""

from collections.abc import Iterable, Sequence

from coaching.anonymity import Threshold
from coaching.practice import Practice, Visibility
from conversation.compose.phrases import and_list
from conversation.messages import Bold, Line, line

__all__ = ["in_form", "in_prompt"]


def in_prompt(team: str, practices: Sequence[Practice]) -> Line:
    """Small print beneath a prompt."""
    apart = line(_APART) if any(_is_apart(one) for one in practices) else ()
    groups = _by_visibility(practices)
    if len(groups) == 1:
        alone = _ALONE_APART if apart else _ALONE
        return line(f"For {team}. {alone[practices[0].visibility]}", *apart)
    among = _AMONG_OTHERS_APART if apart else _AMONG_OTHERS
    said = (f" {and_list(names)}: {among[kind]}." for kind, names in groups.items())
    return line(f"For {team}.", *said, *apart)


def in_form(
    team: str, practice: Practice, threshold: Threshold | None, *, late: bool = False
) -> Iterable[Line]:
    """Small print in a form. `threshold`: of the team, for what is anonymous."""
    if late:
        named = practice.visibility.named
        sees = f"{team} sees what you send with your name, {_MARKED}" if named else _FIGURES_STAY
        yield line(f"This round has closed. {sees} You send it once.", *_apart(practice))
        return
    if practice.visibility is not Visibility.ANONYMOUS or threshold is None:
        yield line(f"{team} {_SEES[practice.visibility]}", *_apart(practice))
        return
    shown = _from_when(threshold, discreet=practice.discreet)
    yield line(
        Bold("Anonymous. "),
        "Kept without your name and without a time, apart from whatever else you write. "
        f"{shown}, your lead's not counted; fewer wait for the next round. "
        "You send it once: I can't show it to you or change it. What you leave empty is left out.",
    )
    yield line(
        "The way one writes can give one away. And where somebody is harmed or a rule is broken,"
        " your organisation's speak-up line is the place: nobody can act on what stands here alone."
    )


def _is_apart(practice: Practice) -> bool:
    """Whether its words would stand in the channel, and are kept out of it."""
    return practice.discreet and practice.visibility is not Visibility.AGGREGATED


def _apart(practice: Practice) -> Line:
    return line(_APART) if _is_apart(practice) else ()


def _from_when(threshold: Threshold, *, discreet: bool) -> str:
    where = "to the team, words outside the channel" if discreet else "in the channel"
    if threshold.figures == threshold.words:
        comma = "," if discreet else ""
        return f"Shown {where}{comma} from {threshold.figures} answers on"
    return (
        f"Shown {where}: averages from {threshold.figures} answers on, words from {threshold.words}"
    )


def _by_visibility(practices: Iterable[Practice]) -> dict[Visibility, list[str]]:
    groups: dict[Visibility, list[str]] = {}
    for practice in practices:
        groups.setdefault(practice.visibility, []).append(practice.name)
    return groups


_APART = " Words stay out of the channel: only who is on the team can read them."
_MARKED = "marked as having come later."
_FIGURES_STAY = (
    "What you send is kept; the figures stay as they were told, so that nobody can work out yours."
)
_ALONE = {
    Visibility.ATTRIBUTED: "What you write is shown there with your name.",
    Visibility.AT_CLOSE: "What you write is shown there with your name, once the round closes.",
    Visibility.AGGREGATED: "Shown there in figures; your words go to lead and coach, without name.",
    Visibility.ANONYMOUS: "Anonymous: I can't tell who wrote what either. It is sent once.",
}
_ALONE_APART = {
    Visibility.ATTRIBUTED: "What you write has your name.",
    Visibility.AT_CLOSE: "What you write has your name, and is hidden until the round closes.",
    Visibility.AGGREGATED: _ALONE[Visibility.AGGREGATED],
    Visibility.ANONYMOUS: _ALONE[Visibility.ANONYMOUS],
}
_AMONG_OTHERS = {
    Visibility.ATTRIBUTED: "shown there with your name",
    Visibility.AT_CLOSE: "shown there with your name, once the round closes",
    Visibility.AGGREGATED: "shown there in figures, your words to lead and coach, without name",
    Visibility.ANONYMOUS: "anonymous",
}
_AMONG_OTHERS_APART = {
    Visibility.ATTRIBUTED: "with your name",
    Visibility.AT_CLOSE: "with your name, once the round closes",
    Visibility.AGGREGATED: _AMONG_OTHERS[Visibility.AGGREGATED],
    Visibility.ANONYMOUS: "anonymous",
}
_SEES = {
    Visibility.ATTRIBUTED: "sees this with your name when the round closes.",
    Visibility.AT_CLOSE: "sees this with your name when the round closes, and nothing before.",
    Visibility.AGGREGATED: "sees figures; your words go to lead and coach, without your name.",
    Visibility.ANONYMOUS: "sees this without names.",
}
