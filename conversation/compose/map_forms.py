"""The forms in which the stakeholder map is kept."""

from coaching.stakeholder import FOCUS, Kind, Stakeholder
from coaching.team import Team
from coaching.use_cases.change_map import INSIDE, OUTSIDE
from coaching.use_cases.merge_stakeholders import SAME_AS
from coaching.use_cases.see_map import EntryView
from conversation.compose.phrases import and_list
from conversation.compose.stakeholder_map import back_to, back_to_map
from conversation.messages import Block, Field, FieldKind, Form, Note, Paragraph, line
from conversation.routes import MAP_ADD, MAP_EDIT, MAP_MERGE, MAP_MET, MAP_RATE

__all__ = ["IN_FOCUS", "add_form", "edit_form", "merge_form", "met_form", "rate_form"]

IN_FOCUS = "One of the two to deepen"
_MOST_CHOICES = 90


def add_form(team: Team) -> Form:
    """Whom to add."""
    fields = (
        Field("name", "Who is it?", FieldKind.SHORT_TEXT, "Such as “Northern hospitals”."),
        _kind(""),
        _side(None),
    )
    return Form("Add to the map", (*fields, back_to_map(team.id)), MAP_ADD, team.id, "Add")


def edit_form(view: EntryView) -> Form:
    """Who they are to us, whether in focus, and who looks after them."""
    one = view.stakeholder
    body: list[Block | Field] = [
        Field("name", "Name", FieldKind.SHORT_TEXT, initial=one.name),
        _kind(str(one.kind)),
        _side(one.outside),
    ]
    if one.on_map:
        body += _focus(view)
    return Form("Change it", (*body, back_to(one)), MAP_EDIT, one.id, "Save")


def rate_form(view: EntryView) -> Form:
    """How it stands today."""
    one = view.stakeholder
    relationship = Field(
        "relationship",
        "How is our relationship with them today?",
        FieldKind.SCALE,
        optional=True,
        low="Strained or silent",
        high="Open and trusting",
    )
    engagement = Field(
        "engagement",
        "How much part do they take in what we do?",
        FieldKind.SCALE,
        optional=True,
        low="They hear of it afterwards",
        high="They shape it with us",
    )
    note = Note(line(f"{view.team.name} sees it with your name and today's date."))
    body = (Paragraph(line(one.name)), relationship, engagement, note, back_to(one))
    return Form("How it stands", body, MAP_RATE, one.id)


def met_form(view: EntryView) -> Form:
    """When somebody of the team last met them."""
    one = view.stakeholder
    on = Field("met_on", "When did you last meet them?", FieldKind.DATE, _WHO_MET)
    asked = (
        Paragraph(line(one.name)),
        Field(on.id, on.label, on.kind, on.hint, initial=_day(view)),
    )
    told = Note(line("What they said is worth keeping, too: /widelens heard."))
    return Form("We met them", (*asked, told, back_to(one)), MAP_MET, one.id)


def merge_form(view: EntryView) -> Form:
    """As whom they are the same; what that comes to."""
    one = view.stakeholder
    names = tuple(other.name for other in view.others)[:_MOST_CHOICES]
    field = Field(SAME_AS, f"{one.name} is the same as", FieldKind.CHOICE, choices=names)
    told = (
        "What is known of the two goes together under the name that you choose: ratings,"
        " invitations, voices. Whoever writes the other name means the same from then on. This"
        " can't be undone."
    )
    return Form(
        "Same as…", (field, Note(line(told)), back_to(one)), MAP_MERGE, one.id, "Make them one"
    )


_WHO_MET = "Any of you counts."


def _day(view: EntryView) -> str:
    return view.today.isoformat()


def _kind(said: str) -> Field:
    choices = tuple(_named(one) for one in Kind)
    initial = _named(Kind(said)) if said else ""
    return Field(
        "kind", "What are they to us?", FieldKind.CHOICE, "", True, initial, choices=choices
    )


def _named(kind: Kind) -> str:
    return kind[:1].upper() + kind[1:]


def _side(outside: bool | None) -> Field:
    initial = {True: OUTSIDE, False: INSIDE, None: ""}[outside]
    return Field(
        "side",
        "Outside this organisation, or inside?",
        FieldKind.CHOICE,
        "",
        True,
        initial,
        choices=(OUTSIDE, INSIDE),
    )


def _focus(view: EntryView) -> list[Block | Field]:
    """In focus or not, who steps back where two are, and who looks after them."""
    one = view.stakeholder
    two = _others_in_focus(view)
    body: list[Block | Field] = [
        Field(
            "in_focus",
            "In focus this quarter",
            FieldKind.MULTI_CHOICE,
            "",
            True,
            IN_FOCUS if one.in_focus else "",
            choices=(IN_FOCUS,),
        )
    ]
    names = tuple(other.name for other in two)
    if not one.in_focus and len(two) >= FOCUS:
        hint = f"{and_list(names)} are the two now. Leave it empty where nothing changes."
        body.append(
            Field(
                "steps_back",
                "Who steps back for them?",
                FieldKind.CHOICE,
                hint,
                True,
                choices=names,
            )
        )
    hint = "Of those in focus somebody looks after each."
    body.append(
        Field("owner", "Who looks after them?", FieldKind.PERSON, hint, True, one.owner or "")
    )
    return body


def _others_in_focus(view: EntryView) -> list[Stakeholder]:
    return [one for one in view.others if one.in_focus]
