"""The fixed sentences that the code says, read from its source."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["ROOT", "refusals", "said", "unshown"]

ROOT = Path(__file__).resolve().parents[2]

_FEWEST_WORDS = 3
_ENDS = (".", "?", "!", "…")
_REFUSING = (
    "handlers",
    "coaching/use_cases",
    "coaching/absence_words.py",
    "coaching/answer.py",
    "coaching/draft.py",
    "coaching/permissions.py",
    "coaching/whereabouts.py",
    "platforms/slack/answers.py",
    "platforms/slack/door.py",
)


def said() -> Iterator[str]:
    """Of messages and forms: whatever has three words."""
    return _sentences(ROOT / "conversation" / "compose")


def refusals() -> Iterator[str]:
    """Of what can't be done: whole sentences, where people are answered."""
    for place in _REFUSING:
        yield from (one for one in _sentences(ROOT / place) if _is_whole(one))


def unshown(sentences: Iterable[str], page: str) -> list[str]:
    """Those that a page does not show, each once; `…` stands for anything."""
    flat = " ".join(page.split())
    return [one for one in dict.fromkeys(sentences) if not _is_shown(one, flat)]


def _is_shown(sentence: str, flat: str) -> bool:
    parts = [part.strip() for part in sentence.split("…")]
    return all(part in flat for part in parts)


def _is_whole(text: str) -> bool:
    return text[:1].isupper() and text.endswith(_ENDS)


def _sentences(place: Path) -> Iterator[str]:
    for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
        tree = ast.parse(path.read_text("utf-8"))
        for text in _texts(tree):
            if len(text.replace("…", " ").split()) >= _FEWEST_WORDS:
                yield text


def _texts(node: ast.AST) -> Iterator[str]:
    """Strings in the order of the source, but those that stand alone: these are docstrings."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Constant(value=str(text)):
                yield " ".join(text.split())
            case ast.JoinedStr(values=values):
                yield " ".join("".join(map(_part, values)).split())
            case _:
                yield from _texts(child)


def _part(value: ast.expr) -> str:
    return str(value.value) if isinstance(value, ast.Constant) else "…"
