"""The content folder -> Content; or every mistake in it, with file, line, entry and field."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge import checks
from knowledge.decoding import decode
from knowledge.errors import ContentError, Mistake
from knowledge.model import (
    ID,
    Content,
    Entity,
    Event,
    Pattern,
    Resolution,
    Series,
    Source,
    Topic,
)
from knowledge.text import words
from knowledge.yamltree import Mapping, Scalar, Sequence, TreeError, parse

LARGEST = 1_000_000  # bytes of one file; a thousand entries fit
FORMAT = "See docs/content.md for the format"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place in the content folder and the records that stand there."""

    place: str  # a folder, or a file
    record: type
    id: Pattern = ID

    @property
    def is_folder(self) -> bool:
        return not self.place.endswith(".yaml")


SHELVES = {
    "sources": Shelf("sources", Source),
    "entities": Shelf("entities", Entity),
    "topics": Shelf("topics", Topic),
    "events": Shelf("timeline", Event),
    "resolutions": Shelf("resolutions.yaml", Resolution, Pattern(r"\d+|s-\d{4}-\d+", "1718, or s-2022-431")),
    "series": Shelf("trade.yaml", Series),
}
SYNONYMS = "synonyms.yaml"
LEXICON = "lexicon.yaml"
PLACES = {shelf.place for shelf in SHELVES.values()} | {SYNONYMS, LEXICON}


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and where each record stands."""

    mistakes: list[Mistake] = field(default_factory=list)
    places: checks.Places = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)  # shelves of which a part could not be read

    def add(self, file: str, line: int, entry: str, where: str, problem: str, remedy: str) -> None:
        self.mistakes.append(Mistake(file, line, entry, where, problem, remedy))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A content and where each of its records stands."""

    content: Content
    places: checks.Places


def load(folder: Path) -> Content:
    """Read the whole folder. Raises ContentError with every mistake that is in it."""
    return examine(folder).content


def examine(folder: Path) -> Loaded:
    """Read the whole folder and remember the files and lines. Raises ContentError with every mistake in it."""
    reading = _Reading()
    _check_folder(folder, reading)
    shelves = {name: _shelf(folder, name, shelf, reading) for name, shelf in SHELVES.items()}
    content = Content(**shelves, synonyms=_synonyms(folder, reading), lexicon=_lexicon(folder, reading))
    reading.mistakes += checks.check(content, reading.places, reading.unread)
    if "topics" not in reading.unread and not any(shelf == "topics" for shelf, _ in reading.places):
        reading.add("topics", 0, "", "", "there is no topic to answer from", "Add a file. " + FORMAT)
    if reading.mistakes:
        raise ContentError(reading.mistakes)
    return Loaded(content, reading.places)


def _check_folder(folder: Path, reading: _Reading) -> None:
    """Raise at once where there is no folder to read; report what stands in it and should not."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        remedy = "Give the path of a content folder that this account may read, in CNK_CONTENT or --content"
        problem = f"the content folder {folder} cannot be read: {error.strerror}"
        raise ContentError([Mistake("", 0, "", "", problem, remedy)]) from error
    for entry in entries:
        if entry.name not in PLACES and not entry.name.startswith("."):
            reading.add(entry.name, 0, "", "", "nothing of this name belongs here", "Move or remove it. " + FORMAT)
        elif entry.is_symlink():
            reading.add(entry.name, 0, "", "", "this is a symbolic link", "Put the file or folder itself here")
    for place in sorted(PLACES - {entry.name for entry in entries}):
        if place in (shelf.place for shelf in SHELVES.values() if shelf.is_folder):
            reading.add(place, 0, "", "", "the folder is missing", "Create it. " + FORMAT)


def _shelf(folder: Path, name: str, shelf: Shelf, reading: _Reading) -> dict[str, Any]:
    records: dict[str, Any] = {}
    for file in _files(folder, name, shelf, reading):
        root = _tree(folder, file, reading)
        if root is None:
            reading.unread.add(name)
            continue
        rows = [(Scalar(Path(file).stem, 1), root)] if shelf.record is Topic else _rows(root, file, reading)
        for key, node in rows:
            place = checks.Place(file, key.line, node)
            record = decode(node, shelf.record, _reporter(reading, place, key.text), id=key.text)
            if _takes(name, shelf, key.text, place, reading) and record is not None:
                records[key.text] = record
    return records


def _takes(name: str, shelf: Shelf, entry: str, place: checks.Place, reading: _Reading) -> bool:
    """Give a record its place on the shelf, unless its id has the wrong form or is taken."""
    if not re.fullmatch(shelf.id.expression, entry):
        problem = "the id does not have the right form"
        reading.add(place.file, place.line, entry, "", problem, f"Write {shelf.id.meaning}")
    elif first := reading.places.get((name, entry)):
        problem = f"the id “{entry}” is taken by {first.file}:{first.line}"
        reading.add(place.file, place.line, entry, "", problem, "Merge the two, or give this one another id")
    else:
        reading.places[name, entry] = place
        return True
    return False


def _reporter(reading: _Reading, place: checks.Place, entry: str) -> Any:
    def report(line: int, where: str, problem: str, remedy: str) -> None:
        reading.add(place.file, line, entry, where, problem, remedy)

    return report


def _files(folder: Path, name: str, shelf: Shelf, reading: _Reading) -> Iterator[str]:
    """The YAML files of a shelf, in order of name; what else stands there is reported."""
    path = folder / shelf.place
    if not shelf.is_folder:
        yield from _file(folder, shelf.place, reading)
        return
    if path.is_symlink() or not path.exists():
        reading.unread.add(name)  # reported with the folder
        return
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        reading.unread.add(name)
        reading.add(shelf.place, 0, "", "", f"the folder cannot be read: {error.strerror}", "Make it a readable folder")
        return
    for entry in entries:
        file = f"{shelf.place}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            reading.add(file, 0, "", "", "this is a symbolic link", "Put the file itself here")
        elif not entry.is_file() or not entry.name.endswith(".yaml"):
            reading.add(file, 0, "", "", "only .yaml files belong here", "Rename, move or remove it")
        else:
            yield file
            continue
        reading.unread.add(name)


def _file(folder: Path, file: str, reading: _Reading) -> Iterator[str]:
    """A file that stands in the content folder itself, if it does; links are reported with the folder."""
    path = folder / file
    if path.is_symlink() or not path.exists():
        return
    if path.is_file():
        yield file
    else:
        reading.add(file, 0, "", "", "this is not a file", "Put a YAML file of this name here, or remove it")


def _tree(folder: Path, file: str, reading: _Reading) -> Any:
    try:
        with (folder / file).open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except OSError as error:
        reading.add(file, 0, "", "", f"the file cannot be read: {error.strerror}", "Make it readable for this account")
        return None
    if len(raw) > LARGEST:
        reading.add(file, 0, "", "", f"the file is larger than {LARGEST:,} bytes", "Split it into several files")
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reading.add(file, line, "", "", "the file is not UTF-8 text", "Save it with the encoding UTF-8")
        return None
    if text.startswith("\ufeff"):
        reading.add(file, 1, "", "", "the file starts with a byte order mark", "Save it as UTF-8 without BOM")
        text = text[1:]
    try:
        root = parse(text)
    except TreeError as error:
        reading.add(file, error.line, "", "", error.problem, error.remedy)
        return None
    if root is None:
        reading.add(file, 1, "", "", "the file is empty", "Fill it in or remove it. " + FORMAT)
    return root


def _rows(root: Any, file: str, reading: _Reading) -> Iterator[tuple[Scalar, Any]]:
    if not isinstance(root, Mapping):
        reading.add(file, 1, "", "", "the file is not made of entries by id", FORMAT)
        return
    yield from root.items


def _synonyms(folder: Path, reading: _Reading) -> dict[str, tuple[str, ...]]:
    """The words that mean the same: the first word of each group -> the others."""
    groups = dict[str, tuple[str, ...]]()
    seen: set[str] = set()
    for key, others in _word_lists(folder, SYNONYMS, reading):
        for word in (key.text, *others):
            if not re.fullmatch(r"[a-z]+", word):
                reading.add(SYNONYMS, key.line, key.text, word, "it is not one lower-case word", "Write single words")
            elif word in seen:
                reading.add(SYNONYMS, key.line, key.text, word, "the word stands in two groups", "Keep it in one")
            seen.add(word)
        groups[key.text] = others
    return groups


def _lexicon(folder: Path, reading: _Reading) -> dict[str, tuple[str, ...]]:
    """What English words are called in other languages."""
    entries = dict[str, tuple[str, ...]]()
    seen: dict[tuple[str, ...], str] = {}
    for key, others in _word_lists(folder, LEXICON, reading):
        for other in others:
            folded = tuple(words(other))
            if not folded:
                reading.add(LEXICON, key.line, key.text, other, "it has no letter", "Write a word of another language")
            elif folded in seen:
                problem = f"the word stands under “{seen[folded]}” too"
                reading.add(LEXICON, key.line, key.text, other, problem, "Keep it in one place")
            seen[folded] = key.text
        if key.text in entries:
            reading.add(LEXICON, key.line, key.text, "", "the word stands twice", "Keep one list of it")
        entries[key.text] = others
    return entries


def _word_lists(folder: Path, file: str, reading: _Reading) -> Iterator[tuple[Scalar, tuple[str, ...]]]:
    """The rows of a file that holds a list of words under each word."""
    roots = [_tree(folder, each, reading) for each in _file(folder, file, reading)]
    for key, node in (row for root in roots if root is not None for row in _rows(root, file, reading)):
        items = node.items if isinstance(node, Sequence) else ()
        others = tuple(item.text for item in items if isinstance(item, Scalar))
        if not others or len(others) != len(items):
            reading.add(file, key.line, key.text, "", "there is no list of words", "Write: first: [second, third]")
        yield key, others
