"""A field of every kind, with choices and bounds as the questions of practices have them."""

from conversation.messages import Field, FieldKind

__all__ = ["EVERY_FIELD", "LONG"]

LONG = ", ".join(["what three of us took on in a hurry and never wrote down"] * 3)
"""More than an option's value holds."""

EVERY_FIELD = (
    Field("r.long", "Long?", FieldKind.LONG_TEXT, hint="Why it is asked"),
    Field("r.short", "Short?", FieldKind.SHORT_TEXT),
    Field("r.statement", "Our purpose?", FieldKind.STATEMENT),
    Field("r.scale", "How often?", FieldKind.SCALE, low="never", high="always"),
    Field("r.number", "How many?", FieldKind.NUMBER, least=0, most=90),
    Field("r.date", "By when?", FieldKind.DATE),
    Field("r.person", "Who?", FieldKind.PERSON),
    Field("r.people", "Who else?", FieldKind.PEOPLE),
    Field("r.choice", "Which?", FieldKind.CHOICE, choices=("yes", "one word is wrong", "no")),
    Field(
        "r.kinds", "What kinds?", FieldKind.MULTI_CHOICE, choices=("norm", "budget", "target, KPI")
    ),
    Field(
        "r.menu", "Which of many?", FieldKind.CHOICE, choices=tuple(f"way {n}" for n in range(12))
    ),
    Field(
        "r.several",
        "Which of those?",
        FieldKind.MULTI_CHOICE,
        choices=tuple(f"sign {n}" for n in range(12)),
    ),
    Field("r.new", "Whom do we serve?", FieldKind.STAKEHOLDERS),
    Field(
        "r.whose",
        "Whose voice?",
        FieldKind.STAKEHOLDERS,
        choices=("Northern hospitals", "The regulator", "Ward nurses"),
        another="Somebody else?",
    ),
    Field("r.first", "What was decided?", FieldKind.DECISION),
    Field(
        "r.changes",
        "What does it change?",
        FieldKind.DECISION,
        choices=("Release on Tuesdays", LONG),
        another="Or a new one",
    ),
)
