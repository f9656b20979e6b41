"""YAML text -> nodes that know their line. Only what content needs: mappings, sequences and plain text.

Built from the parser's events rather than PyYAML's own nodes, because those are made by recursion in C, which
ends the process on deeply nested input, and fold duplicate keys away. No tag is ever resolved: every scalar
stays text, so ``no`` is not a boolean and ``2013-01`` not a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

DEEPEST = 20  # levels of nesting; the format itself needs seven

# What YAML 1.1 does not let stand in a file: control characters, halves of surrogate pairs.
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; ``empty`` where nothing at all was written."""

    text: str
    line: int  # 1 and up
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and nodes in the order of the file; a key may stand twice."""

    items: tuple[tuple[Scalar, Node], ...]
    line: int


Node = Scalar | Sequence | Mapping


class TreeError(Exception):
    """The text cannot be read as content. ``problem`` and ``remedy`` are those of a Mistake."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.remedy = line, problem, remedy


def parse(text: str) -> Node | None:
    """Read one YAML document; None for an empty one. Raises TreeError for anything that is not plain content."""
    if found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise TreeError(line, f"there is a control character (U+{ord(found[0]):04X})", "Delete it")
    events = yaml.parse(text, Loader=_Loader)
    try:
        return _document(events)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise TreeError(
            mark.line + 1 if mark else 0,
            f"this is not YAML: {problem}",
            "Look for a missing quote, a colon inside unquoted text, or an indent that is off",
        ) from error


def _document(events: Iterator[yaml.Event]) -> Node | None:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                raise TreeError(_line(event), "a second document starts here", "Keep one document in a file")
        elif isinstance(event, yaml.NodeEvent):
            root = _node(event, events, depth=1)
    return None if isinstance(root, Scalar) and root.empty else root


def _node(event: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise TreeError(line, "anchors and aliases (& and *) are not part of the format", "Write the text out")
    if tag := getattr(event, "tag", None):
        raise TreeError(line, f"the tag {tag} is not part of the format", "Remove it")
    if depth > DEEPEST:
        raise TreeError(line, f"nesting is deeper than {DEEPEST} levels", "See docs/content.md for the format")
    if isinstance(event, yaml.ScalarEvent):
        empty = not event.style and event.value in ("", "~", "null")
        return Scalar(event.value, line, empty)
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(tuple(_until(yaml.SequenceEndEvent, events, depth)), line)
    nodes = list(_until(yaml.MappingEndEvent, events, depth))
    pairs = list(zip(nodes[::2], nodes[1::2], strict=True))
    return Mapping(tuple((_key(key), value) for key, value in pairs), line)


def _until(end: type[yaml.Event], events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        assert isinstance(event, yaml.NodeEvent)
        yield _node(event, events, depth + 1)


def _key(node: Node) -> Scalar:
    if not isinstance(node, Scalar):
        raise TreeError(node.line, "a key is a list or a mapping", "Write the key as a single word")
    return node


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
