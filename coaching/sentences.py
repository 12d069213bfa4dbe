"""Where a second sentence begins. Lenient: what may be an abbreviation ends no sentence."""

import re

__all__ = ["second_sentence_in"]

_SHOWN = 24

_TITLES = {"capt", "col", "dr", "gen", "gov", "jr", "mr", "mrs", "ms", "prof", "rev", "sr", "st"}
_SHORTENED = {"approx", "co", "corp", "dept", "etc", "fig", "inc", "ltd", "mt", "no", "vs"}

_BREAK = re.compile(
    r"""(?P<word>\w*(?:\.\w+)*)            # the word that ends here
        (?P<mark>[.!?…]+|[\u3002\uff01\uff1f])  # what ends it; the last three are East Asian
        [")\]\u201d\u2019»]*
        (?P<space>\s*)
        (?=["(\[\u201c\u2018«¿¡]*(?P<next>\w))
    """,
    re.VERBOSE,
)


def second_sentence_in(text: str) -> str:
    """The first words of a second sentence in `text`; "" where there is none."""
    for found in _BREAK.finditer(text):
        if _ends(found):
            rest = text[found.end() :]
            return rest if len(rest) <= _SHOWN else f"{rest[: _SHOWN - 1].rstrip()}…"
    return ""


def _ends(found: re.Match[str]) -> bool:
    mark, word = found["mark"], found["word"].casefold()
    if not mark.isascii() and mark[0] != "…":
        return True  # no space follows these, and no letter is small
    if not found["space"] or found["next"].islower():
        return False
    if mark != ".":
        return True
    return len(word) > 1 and "." not in word and word not in _TITLES | _SHORTENED
