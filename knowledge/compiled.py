"""What reading the content costs, paid once for each content: its records and its index, kept as JSON.

A cache and nothing more: it holds no text that the content does not, is made again whenever a byte of the content
or of this room has changed, and may be deleted at any time.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import os
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import Stemmer

from knowledge.annotations import unwrap
from knowledge.dates import PartialDate

T = TypeVar("T")
R = TypeVar("R")

_BETWEEN = "\x1f"  # ASCII unit separator; the loader lets no control character in
HERE = Path(__file__).parent


def stamp(folder: Path) -> str:
    """A hash of all that reading the folder depends on: names and bytes in it, and the code that reads it.

    Raises OSError where something in it cannot be read.
    """
    digest = hashlib.sha256(f"{sys.version}\0{Stemmer.version()}".encode())
    for path in (*sorted(HERE.glob("*.py")), *_below(folder)):
        digest.update(f"\0{path}\0{path.is_symlink()}\0".encode(errors="surrogateescape"))
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_raise):
        folders.sort()
        yield from (Path(place, name) for name in sorted([*folders, *files]))


def _raise(error: OSError) -> None:
    raise error


def place(cache: Path, folder: Path) -> Path:
    """The one file that is kept for a content folder."""
    return cache / f"content-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}.json"


def read(file: Path, stamped: str, kind: type[T]) -> T | None:
    """What was written under this stamp; None where there is nothing, or nothing of use."""
    declared: Any = kind
    try:
        with file.open("rb") as opened:
            if json.loads(next(opened)) != stamped:
                return None
            digest = next(opened).strip()
            whole = hashlib.sha256()
            lines = _hashed(opened, whole)
            value: T = declared(*(_record_of_lines(part, lines) for part in _parts(declared)))
            if next(lines, None) is not None or whole.hexdigest().encode() != digest:
                return None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, StopIteration, RuntimeError):
        return None
    return value


def write(file: Path, stamped: str, value: object) -> None:
    """Keep a record of records, a line for each field of each; where that cannot be done, nothing is lost but time.

    Line by line, because a text of many megabytes read at once leaves the memory it took behind. The second line is a
    hash of those that follow, so that a damaged file is found out before a record is asked for.
    """
    with suppress(OSError), tempfile.TemporaryDirectory(dir=_made(file.parent)) as folder:
        new = Path(folder, file.name)
        lines = [_line(each) for each in _fields_of_parts(value)]
        with new.open("wb") as opened:
            opened.write(_line(stamped))
            opened.write(hashlib.sha256(b"".join(lines)).hexdigest().encode() + b"\n")
            opened.writelines(lines)
        new.replace(file)  # whole or not at all, whoever reads meanwhile


def _line(value: Any) -> bytes:
    return _json(value).encode() + b"\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _hashed(lines: Iterable[bytes], whole: hashlib._Hash) -> Iterator[bytes]:
    for line in lines:
        whole.update(line)
        yield line


class Shelf(Mapping[str, R]):
    """Records by id, each read when it is first asked for: an answer needs a few of thousands."""

    __slots__ = ("_read", "_rows")

    def __init__(self, rows: dict[str, Any], read: Callable[[Any], R]) -> None:
        """``rows``: each record, or as long as nobody asked for it, its JSON."""
        self._rows, self._read = rows, read

    def __getitem__(self, key: str) -> R:
        row = self._rows[key]
        if isinstance(row, str):
            row = self._rows[key] = self._read(json.loads(row))
        record: R = row
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def can_keep(cache: Path) -> bool:
    """Whether anything can be written into the cache: reading a content for nothing takes seconds."""
    try:
        with tempfile.TemporaryDirectory(dir=_made(cache)):
            return True
    except OSError:
        return False


def _parts(record: Any) -> Iterator[Any]:
    """The types of a record's fields."""
    hints = get_type_hints(record, include_extras=True)
    return (hints[field.name] for field in dataclasses.fields(record))


def _record_of_lines(record: Any, lines: Iterator[bytes]) -> Any:
    return record(*[_reader(part)(json.loads(next(lines))) for part in _parts(record)])


def _fields_of_parts(value: Any) -> Iterator[Any]:
    for field in dataclasses.fields(value):
        part = getattr(value, field.name)
        yield from (_plain(getattr(part, each.name)) for each in dataclasses.fields(part))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _plain(value: Any) -> Any:
    """A value of the model as JSON holds it: a record as the list of its fields."""
    if isinstance(value, PartialDate):
        return f"circa {value.iso}" if value.circa else value.iso
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        kept = {key: _plain(each) for key, each in value.items()}
        is_shelf = any(map(dataclasses.is_dataclass, value.values()))
        return {key: _json(each) for key, each in kept.items()} if is_shelf else kept
    if isinstance(value, tuple) and value and all(isinstance(each, str) for each in value):
        return _BETWEEN.join(value)
    if isinstance(value, array):
        return base64.b64encode(value.tobytes()).decode()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


@cache
def _reader(annotation: Any) -> Callable[[Any], Any]:
    """What turns the JSON of a value back into it, by the type it was declared with."""
    bare, _ = unwrap(annotation)
    kind = get_origin(bare) or bare
    if kind is tuple:
        if unwrap(get_args(bare)[0])[0] is str:
            return _texts
        item = _reader(get_args(bare)[0])
        return lambda values: tuple(map(item, values))
    if isinstance(kind, type) and issubclass(kind, Mapping):
        each = _reader(get_args(bare)[1])
        if dataclasses.is_dataclass(unwrap(get_args(bare)[1])[0]):
            return lambda values: Shelf(values, each)
        return lambda values: {key: each(value) for key, value in values.items()}
    if bare is PartialDate:
        return _date
    if kind is Sequence:  # of numbers
        return partial(_numbers, "d" if get_args(bare)[0] is float else "I")
    if dataclasses.is_dataclass(bare):
        return _record_reader(bare)
    return lambda value: value


def _texts(joined: str) -> tuple[str, ...]:
    """Ids, terms and other texts, which are kept as one: read one by one, they leave fewer holes in the memory."""
    return tuple(map(sys.intern, joined.split(_BETWEEN))) if joined else ()


def _numbers(typecode: str, encoded: str) -> array[Any]:
    numbers = array(typecode)
    numbers.frombytes(base64.b64decode(encoded))
    return numbers


@cache
def _date(text: str | None) -> PartialDate | None:
    """A date; the same one for the same text, as many records share a day."""
    return PartialDate.parse(text) if text else None


def _record_reader(record: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(record, include_extras=True)
    readers = [_reader(hints[field.name]) for field in dataclasses.fields(record)]
    return lambda values: values and record(*[read(value) for read, value in zip(readers, values, strict=True)])
