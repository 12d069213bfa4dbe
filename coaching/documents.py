"""Documents that people write in YAML, checked against a dataclass: problems with line and mend."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from coaching.document_sentences import dotted, sentence_for
from coaching.errors import WidelensError
from coaching.yaml_text import Path, YamlError, YamlText

__all__ = ["Check", "DocumentError", "read_document"]

T = TypeVar("T")

Check = Callable[[T], Iterable[tuple[Path, str]]]
"""What a shape alone cannot say: where in the document something is wrong, and a sentence."""


class DocumentError(WidelensError):
    """A document that cannot be used. Each of `problems`: source, line, where, what, mend."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_document(text: str, type_: type[T], source: str, check: Check[T] | None = None) -> T:
    """What the YAML `text` says, as a `type_` (a dataclass that forbids extra keys).

    `source` is the document's name in what is said of it. `check` is asked once the shape is right.

    Raises:
        DocumentError: with every problem found, such as
            `teams.yaml:12: teams[0].cadences[1].at: "9" is not a time; write it as "09:00"`.
    """
    try:
        document = YamlText(text)
    except YamlError as problem:
        raise DocumentError(f"{source}:{problem.line}: {problem.sentence}") from problem
    try:
        value = TypeAdapter(type_).validate_python(document.data)
    except ValidationError as error:
        found = ((e["loc"], _sentence(type_, e)) for e in _telling(error.errors(include_url=False)))
        raise _refusal(document, source, found) from error
    problems = list(check(value)) if check else []
    if problems:
        raise _refusal(document, source, problems)
    return value


def _refusal(document: YamlText, source: str, found: Iterable[tuple[Path, str]]) -> DocumentError:
    problems = [(document.line_of(path), dotted(path), sentence) for path, sentence in found]
    problems.sort(key=lambda problem: problem[0])
    return DocumentError(
        *(
            f"{source}:{line}: {f'{where}: ' if where else ''}{sentence}"
            for line, where, sentence in problems
        )
    )


def _telling(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Without "too few items" where that is so only because an item is wrong."""
    for error in errors:
        loc = error["loc"]
        hollow = error["type"] == "too_short" and any(
            len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in errors
        )
        if not hollow:
            yield error


def _sentence(type_: Any, error: ErrorDetails) -> str:
    loc = error["loc"]
    if error["type"] != "unexpected_keyword_argument":
        return sentence_for(error, _example(type_, loc))
    known = [field.name for field in _fields(_type_at(type_, loc[:-1]))]
    close = get_close_matches(str(loc[-1]), known, n=1)
    mend = f"did you mean `{close[0]}`?" if close else f"what is known: {', '.join(known)}"
    return f"not known here; {mend}"


def _fields(type_: Any) -> Iterable[Any]:
    return fields(type_) if is_dataclass(type_) else ()


def _example(type_: Any, loc: Path) -> str:
    """The example that stands with the field (`Field(examples=[...])`), or ""."""
    for note in getattr(_type_at(type_, loc, bare=False), "__metadata__", ()):
        if isinstance(note, FieldInfo) and note.examples:
            return str(note.examples[0])
    return ""


def _type_at(type_: Any, path: Path, *, bare: bool = True) -> Any:
    """The type that stands at `path` within `type_`; None where there is none."""
    for step in path:
        type_ = _bare(type_)
        if isinstance(step, int):
            arguments = get_args(type_)
            type_ = arguments[0] if arguments else None
        else:
            hints = get_type_hints(type_, include_extras=True) if is_dataclass(type_) else {}
            type_ = hints.get(step)
    return _bare(type_) if bare else type_


def _bare(type_: Any) -> Any:
    """Without Annotated, and without "or None"."""
    while hasattr(type_, "__metadata__"):
        type_ = get_args(type_)[0]
    if get_origin(type_) in (Union, UnionType):
        return next((_bare(part) for part in get_args(type_) if part is not type(None)), None)
    return type_
