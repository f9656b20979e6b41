"""Nodes -> the frozen values of ``knowledge.model``, gathering every mistake on the way.

The dataclasses themselves say what is right: their annotations, Limits, Patterns and defaults. The JSON Schema
is made from the same declarations, so the two cannot disagree.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from rapidfuzz import process

from knowledge.annotations import unwrap
from knowledge.dates import PartialDate
from knowledge.model import Limit, Pattern
from knowledge.yamltree import Mapping, Node, Scalar, Sequence

T = TypeVar("T")

Report = Callable[[int, str, str, str], None]  # line, field, problem, remedy

_DIGITS = {int: r"[0-9]{1,15}", float: r"[0-9]{1,15}(\.[0-9]{1,15})?"}
_BROKEN: Any = object()  # stands for a value whose mistakes have been reported
# Control and formatting characters, blanks that look like nothing, private use, and the sign of a lost character.
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\U000e0000-\U0010ffff]"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """One key of a record, as its class declares it."""

    name: str
    type: Any
    required: bool


@cache
def keys_of(record: Any) -> tuple[Key, ...]:
    """The keys a record may have in YAML: its fields, without ``id``, which is the name it is filed under."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        Key(each.name, hints[each.name], each.default is dataclasses.MISSING)
        for each in dataclasses.fields(record)
        if each.name != "id"
    )


def decode(node: Node, record: type[T], report: Report, field: str = "", **given: str) -> T | None:
    """Make a ``record`` of a mapping node. None when anything in it is wrong; then ``report`` has been called."""
    if not isinstance(node, Mapping):
        report(node.line, field, f"{_shape(node)} stands where keys belong", f"Write {_list_keys(record)}")
        return None
    values: dict[str, Any] = dict(given)
    kind: Any = record
    known = {key.name: key for key in keys_of(kind)}
    for name, value in node.items:
        path = f"{field}.{name.text}" if field else name.text
        if name.text not in known:
            report(name.line, path, f"“{name.text}” is not a key of this record", _meant(name.text, record))
        elif name.text in values:
            report(name.line, path, f"the key “{name.text}” stands twice", "Keep one of them")
        else:
            values[name.text] = _value(value, known[name.text].type, report, path)
    for key in known.values():
        if key.required and key.name not in values:
            report(node.line, field, f"the key “{key.name}” is missing", f"Add it; {_meaning(key)}")
            values[key.name] = _BROKEN
    if any(value is _BROKEN for value in values.values()) or not values.keys() <= known.keys() | given.keys():
        return None
    return record(**values)


def _value(node: Node, annotation: Any, report: Report, field: str) -> Any:
    bare, said = unwrap(annotation)
    if get_origin(bare) is tuple:
        return _items(node, get_args(bare)[0], said, report, field)
    if dataclasses.is_dataclass(bare) and bare is not PartialDate:
        inner: Any = bare
        decoded = decode(node, inner, report, field)
        return _BROKEN if decoded is None else decoded
    if not isinstance(node, Scalar):
        report(node.line, field, f"{_shape(node)} stands where a single value belongs", "Write one value")
        return _BROKEN
    if not node.text.strip():
        report(node.line, field, "the value is empty", "Fill it in, or remove the key where it is optional")
        return _BROKEN
    try:
        return _scalar(" ".join(node.text.split()), bare, said)
    except ValueError as error:
        problem, _, remedy = str(error).partition("\n")
        report(node.line, field, problem, remedy)
        return _BROKEN


def _items(node: Node, item: Any, said: tuple[Any, ...], report: Report, field: str) -> Any:
    if not isinstance(node, Sequence):
        report(node.line, field, f"{_shape(node)} stands where a list belongs", "Write [one, two], or lines with -")
        return _BROKEN
    fewest = next((limit.fewest for limit in said if isinstance(limit, Limit) and limit.fewest), 0)
    values = tuple(_value(each, item, report, f"{field}[{place}]") for place, each in enumerate(node.items))
    if len(values) < fewest:
        have = "none" if not values else f"only {len(values)}"
        report(node.line, field, f"the list needs at least {fewest} and has {have}", f"Add {fewest - len(values)} more")
        return _BROKEN
    return _BROKEN if any(value is _BROKEN for value in values) else values


def _scalar(text: str, bare: Any, said: tuple[Any, ...]) -> Any:
    """Read one value, which is on one line. Raises ValueError("problem\\nremedy")."""
    if bare is PartialDate:
        return _date(text)
    if get_origin(bare) is Literal:
        allowed = get_args(bare)
        if text not in allowed:
            raise ValueError(f"“{text}” is not one of the allowed values\nWrite {', '.join(allowed)}")
        return text
    if bare in (int, float):
        return _number(text, bare)
    return _text(text, said)


def _date(text: str) -> PartialDate:
    try:
        when = PartialDate.parse(text)
    except ValueError as error:
        raise ValueError(f"{error}\nCorrect the date") from error
    if when.first > date.today():  # noqa: DTZ011  # a day's doubt at a time-zone border does not matter here
        raise ValueError(f"{text} lies in the future\nWrite a date that has passed")
    return when


def _number(text: str, bare: type[int] | type[float]) -> int | float:
    if not re.fullmatch(_DIGITS[bare], text):
        how = "digits" if bare is int else "digits, with a point before decimals"
        raise ValueError(f"“{text}” is not a number of 0 or more\nWrite {how}, without separators or units")
    return bare(text)


def _text(text: str, said: tuple[Any, ...]) -> str:
    if hidden := _INVISIBLE.search(text):
        raise ValueError(f"there is an invisible character (U+{ord(hidden[0]):04X})\nDelete it, or retype the text")
    for rule in said:
        if isinstance(rule, Limit) and rule.most and len(text) > rule.most:
            over = len(text) - rule.most
            raise ValueError(f"the text has {len(text)} characters, {over} more than {rule.most}\nShorten or split it")
        if isinstance(rule, Pattern) and not re.fullmatch(rule.expression, text):
            raise ValueError(f"“{text}” does not have the right form\nWrite {rule.meaning}")
    return text


def _shape(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.empty else "a single value"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _list_keys(record: type) -> str:
    return "the keys " + ", ".join(key.name for key in keys_of(record) if key.required)


def _meaning(key: Key) -> str:
    words = [each for each in unwrap(key.type)[1] if isinstance(each, str)]
    return f"it is: {words[0][0].lower()}{words[0][1:]}" if words else "docs/content.md shows how"


def _meant(name: str, record: type) -> str:
    names = [key.name for key in keys_of(record)]
    close = process.extractOne(name, names, score_cutoff=70)
    return f"Did you mean “{close[0]}”?" if close else f"Remove it; the keys are {', '.join(names)}"
