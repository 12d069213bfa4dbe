"""YAML as plain data that still knows its lines.

Every scalar is text, and nothing is guessed from its looks: YAML 1.1 would read an unquoted `09:00`
as 540, `no` as false and `2026-12-04` as a date. Whoever asked for a number converts the text.
"""

from collections.abc import Sequence
from typing import Any, NoReturn

import yaml
from typing_extensions import override
from yaml.composer import Composer
from yaml.constructor import BaseConstructor
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

__all__ = ["Path", "YamlError", "YamlText"]

Path = Sequence[str | int]
"""Keys and positions that lead to a value: `("teams", 0, "name")`."""

_DEEPEST = 30
_NO_TAGS = "tags (!name) are not read here; delete it"
_NOTHING = ("", "~", "null", "Null", "NULL")
_PLAIN = frozenset(
    {
        BaseResolver.DEFAULT_SCALAR_TAG,
        BaseResolver.DEFAULT_SEQUENCE_TAG,
        BaseResolver.DEFAULT_MAPPING_TAG,
    }
)


class YamlError(Exception):
    """Text that cannot be read: what is wrong, and in which line (from 1)."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


class YamlText:
    """A YAML document of mappings, lists and text.

    Raises YamlError where `text` is not one: broken syntax, a key given twice, an alias or a tag,
    more than one document, or none.
    """

    def __init__(self, text: str) -> None:
        self._root = _compose(text)
        self.data = _plain(self._root)
        """Dictionaries, lists, strings; None where a value is left empty."""

    def line_of(self, path: Path) -> int:
        """The line (from 1) of what `path` leads to; where it is absent, of what is around it."""
        line, node = _line(self._root), self._root
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def exists(self, path: Path) -> bool:
        """Whether `path` leads to something that the text says."""
        node = self._root
        for step in path:
            found = _child(node, step)
            if found is None:
                return False
            node = found[1]
        return True


class _Loader(Reader, Scanner, Parser, Composer, BaseConstructor, BaseResolver):
    """PyYAML's parts without its guessing of types; aliases make a short text endless: refused."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        BaseConstructor.__init__(self)
        BaseResolver.__init__(self)
        self._depth = 0

    @override
    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            _stop(event.start_mark, "references (*name) are not read here; write it out again")
        if self._depth >= _DEEPEST:
            _stop(event.start_mark, "this is nested too deeply")
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _compose(text: str) -> yaml.Node:
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(line, "a character that YAML does not allow; delete it") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, _syntax(error)) from error
    except (ValueError, OverflowError) as error:  # PyYAML on "\UFFFFFFFF" and absurd %YAML versions
        line = loader.line + 1 if loader else 1
        raise YamlError(line, "an escape or version that YAML does not know") from error
    if node is None:
        raise YamlError(1, "there is nothing in it")
    return node


def _syntax(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "it cannot be read"
    if "\\t" in problem:
        return "a tab; YAML is indented with spaces"
    if "another document" in problem:
        return "a second document begins here; keep to one"
    return f"not YAML ({problem}); look at indentation, colons and quotes in this line and above"


def _plain(node: yaml.Node) -> Any:
    if node.tag not in _PLAIN:
        _stop(node.start_mark, _NO_TAGS)
    if isinstance(node, yaml.MappingNode):
        _check_keys(node)
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)  # there is no fourth kind
    # PyYAML gives style None to plain scalars: "" and "null" in quotes are text.
    return None if node.style is None and node.value in _NOTHING else node.value


def _check_keys(node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            _stop(key.start_mark, "a key is a word, not a list or a mapping")
        if key.tag not in _PLAIN:
            _stop(key.start_mark, _NO_TAGS)
        if key.value in seen:
            _stop(key.start_mark, f"`{key.value}` stands here a second time; keep one")
        seen.add(key.value)


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return _line(key), value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return _line(node.value[step]), node.value[step]
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _stop(mark: Any, sentence: str) -> NoReturn:
    raise YamlError(mark.line + 1, sentence)
