"""The published schemas and docs/content.md say what the model says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from jsonschema import Draft202012Validator

from knowledge.annotations import unwrap
from knowledge.base import CONTENT
from knowledge.dates import PartialDate
from knowledge.decoding import decode, keys_of
from knowledge.lexicon import Lexicon, table
from knowledge.loading import PLACES, SHELVES, Shelf
from knowledge.model import KINDS, Topic
from knowledge.schema import schemas, write
from knowledge.text import words
from knowledge.yamltree import Mapping, Node, parse
from tests.knowledge.planting import SMALL

ROOT = Path(__file__).parents[2]
FORMAT = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
LISTS = {"synonyms.json", "lexicon.json"}  # of words, and no records
EXAMPLES: list[str] = re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL)


class TextLoader(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do that check against a JSON Schema: numbers, but no dates, and "on" is a word."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # so PyYAML declares it
        start: [each for each in resolvers if each[0] not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
        for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def data(text: str) -> Any:
    """The text as JSON would hold it, with text for every key."""
    loaded = yaml.load(text, Loader=TextLoader)
    return {str(key): value for key, value in loaded.items()} if isinstance(loaded, dict) else loaded


def mistakes(name: str, text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(schemas()[name]).iter_errors(data(text))]


def schema_of(file: Path, folder: Path) -> str:
    return f"{file.relative_to(folder).parts[0].removesuffix('.yaml')}.json"


def test_the_published_schemas_are_those_of_the_model(tmp_path: Path) -> None:
    write(tmp_path)
    published = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "docs" / "schema").iterdir()}
    made = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    assert published == made, "run: python -m knowledge.schema docs/schema"


def test_every_schema_is_a_schema() -> None:
    for schema in schemas().values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("folder", [SMALL, CONTENT], ids=["small", "real"])
def test_content_keeps_to_the_schemas(folder: Path) -> None:
    wrong = {
        f"{file.relative_to(folder)}: {mistake}"
        for file in folder.rglob("*.yaml")
        for mistake in mistakes(schema_of(file, folder), file.read_text(encoding="utf-8"))
    }
    assert wrong == set()


@pytest.mark.parametrize("folder", [SMALL, CONTENT], ids=["small", "real"])
def test_each_content_file_names_its_schema_in_its_first_line(folder: Path) -> None:
    for file in folder.rglob("*.yaml"):
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / named).resolve() == ROOT / "docs" / "schema" / schema_of(file, folder), file


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources/all.yaml", "  kind: think-tank\n", ""),
        ("sources/all.yaml", "kind: think-tank", "kind: blog"),
        ("sources/all.yaml", "authors: [Ada Writer]", "auhtors: [Ada Writer]"),
        ("sources/all.yaml", "authors: [Ada Writer]", "authors: Ada Writer"),
        ("sources/all.yaml", "https://example.org/daily-2013", "http://example.org/daily-2013"),
        ("sources/all.yaml", "published: 2008-06", "published: June 2008"),
        ("sources/all.yaml", "paper-2008:", "Paper 2008:"),
        ("topics/support.yaml", "cites: [daily-2013, paper-2008]", "cites: []"),
        ("topics/support.yaml", "cites: [daily-2013, paper-2008]", "cites: [Daily]"),
        ("topics/support.yaml", "    cites: [daily-2013, paper-2008]\n", ""),
        ("topics/support.yaml", "Beijing feared refugees and chaos if Pyongyang collapsed.", "x" * 301),
        ("topics/support.yaml", "Beijing feared refugees and chaos if Pyongyang collapsed.", '""'),
        ("topics/talks.yaml", "  - six party talks members\n", ""),
        ("topics/talks.yaml", "changes: ongoing", "changes: never"),
        ("timeline/2000s.yaml", "date: 2006-10-09", "date: 9.10.2006"),
        ("entities/all.yaml", "type: forum", "type: meeting"),
        ("resolutions.yaml", "votes: {in_favour: 15}", "votes: {in_favour: all}"),
        ("resolutions.yaml", "votes: {in_favour: 15}", "votes: {in_favour: -1}"),
        ("resolutions.yaml", "symbol: S/RES/1718 (2006)", "symbol: Resolution 1718"),
        ("trade.yaml", "value: 1973.97", "value: a lot"),
        ("synonyms.yaml", "support: [back, prop]", "support: [back, prop up]"),
        ("synonyms.yaml", "support: [back, prop]", "support: []"),
        ("lexicon.yaml", "why: [warum]", "why: []"),
        ("lexicon.yaml", "why: [warum]", "why: warum"),
        ("lexicon.yaml", "why: [warum]", "why: [1950]"),
    ],
)
def test_an_editor_marks_a_planted_mistake(file: str, old: str, new: str) -> None:
    text = (SMALL / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert mistakes(schema_of(SMALL / file, SMALL), text) == []
    assert mistakes(schema_of(SMALL / file, SMALL), text.replace(old, new)) != []


def example(name: str) -> str:
    """The filled-in record of docs/content.md that has this schema."""
    [found] = [text for text in EXAMPLES if f"schema/{name}" in text.partition("\n")[0]]
    return found


def filled_in(text: str) -> str:
    """The example with its placeholders filled in."""
    return text.replace("https://web.archive.org/…", "https://web.archive.org/web/x").replace(
        "2026-11-20", "2024-11-20"
    )


@pytest.mark.parametrize("name", [name for name in schemas() if name not in LISTS])
def test_the_record_in_the_documents_decodes(name: str) -> None:
    [shelf] = [shelf for shelf in SHELVES.values() if f"{Path(shelf.place).stem}.json" == name]
    root = parse(filled_in(example(name)))
    assert isinstance(root, Mapping)
    nodes: list[Node] = [root] if name == "topics.json" else [node for _, node in root.items]
    told: list[str] = []
    for node in nodes:
        assert decode(node, shelf.record, lambda *parts: told.append(": ".join(map(str, parts))), id="example"), told
    assert told == []


@pytest.mark.parametrize("name", list(schemas()))
def test_the_record_in_the_documents_keeps_to_the_schema(name: str) -> None:
    assert mistakes(name, filled_in(example(name))) == []


def keys(record: Any) -> Iterator[str]:
    """Every key of a record and of the records inside it."""
    for key in keys_of(record):
        yield key.name
        bare, _ = unwrap(key.type)
        inner, _ = unwrap(get_args(bare)[0]) if get_origin(bare) is tuple else (bare, ())
        if is_dataclass(inner) and inner is not PartialDate:
            yield from keys(inner)


@pytest.mark.parametrize("shelf", SHELVES.values(), ids=SHELVES.keys())
def test_every_key_of_the_model_is_in_the_documents(shelf: Shelf) -> None:
    text = example(f"{Path(shelf.place).stem}.json")
    used = set(keys(shelf.record)) - (set() if shelf.record is Topic else {"asked"})  # of topics alone
    assert {key for key in used if not re.search(rf"(^|[\s{{]){key}:", text)} == set()


def test_every_kind_of_source_is_in_the_table_and_no_other() -> None:
    section = FORMAT.partition("| kind | what belongs in it |")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) == list(KINDS)


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_place_of_the_folder_is_in_the_documents(place: str) -> None:
    assert re.search(rf"^    {re.escape(place)}/? ", FORMAT, re.MULTILINE)


def test_the_words_in_the_documents_are_those_of_other_languages() -> None:
    entries = {english: tuple(others) for english, others in data(example("lexicon.json")).items()}
    lexicon = Lexicon(table(entries))
    assert entries
    for english, others in entries.items():
        for other in others:
            runs = lexicon.of_runs(lexicon.of_words(words(other), lambda word: False))
            assert runs == words(english), other
