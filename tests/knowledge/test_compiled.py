"""The cache of a content: as if it were not there, only sooner."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import compiled
from knowledge.base import CONTENT, Compiled, KnowledgeBase
from knowledge.compiled import Shelf
from knowledge.errors import ContentError
from knowledge.model import Content, Topic
from tests.conftest import SMALL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


def kept(cache: Path, folder: Path) -> Compiled | None:
    """What the cache holds of a folder as it is now."""
    return compiled.read(compiled.place(cache, folder), compiled.stamp(folder), Compiled)


@pytest.mark.parametrize("content", [SMALL, CONTENT])
def test_what_is_kept_is_what_was_read(content: Path, tmp_path: Path) -> None:
    read = KnowledgeBase.open(content, tmp_path)
    again = kept(tmp_path, content)
    assert again == Compiled(read._index.learnt, read.content)


def test_an_answer_from_the_cache_is_the_same(folder: Path, tmp_path: Path) -> None:
    question = "Why did China veto resolution 1718?"
    first = KnowledgeBase.open(folder, tmp_path / "cache").answer(question)
    assert kept(tmp_path / "cache", folder)
    assert KnowledgeBase.open(folder, tmp_path / "cache").answer(question) == first


def test_a_changed_content_is_read_again(folder: Path, tmp_path: Path) -> None:
    KnowledgeBase.open(folder, tmp_path / "cache")
    topic = folder / "topics" / "talks.yaml"
    topic.write_text(topic.read_text().replace("from 2003.", "from August 2003."))
    assert kept(tmp_path / "cache", folder) is None
    answer = KnowledgeBase.open(folder, tmp_path / "cache").answer("Who sat at the six-nation table in Beijing?")
    assert answer.parts[0].text.endswith("from August 2003.")
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_mistake_is_told_although_an_older_content_is_kept(folder: Path, tmp_path: Path) -> None:
    KnowledgeBase.open(folder, tmp_path / "cache")
    (folder / "topics" / "talks.yaml").write_text("titel: Talks\n")
    with pytest.raises(ContentError):
        KnowledgeBase.open(folder, tmp_path / "cache")
    shutil.rmtree(folder)
    with pytest.raises(ContentError, match="cannot be read"):
        KnowledgeBase.open(folder, tmp_path / "cache")


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "null",
        '{"stamp": 1}',
        '{"stamp": "STAMP", "value": [[], 3]}',
        "[" * 9999,
        '"STAMP"',
        '"STAMP"\n',
        f'"STAMP"\n{hashlib.sha256().hexdigest()}\n',
        '"STAMP"\nno hash\n' + "[]\n" * 40,
        '"STAMP"\nno hash\n' + "null\n" * 40,
        '"STAMP"\nno hash\n' + "[" * 9999,
    ],
)
def test_a_damaged_cache_is_made_again(folder: Path, tmp_path: Path, damage: str) -> None:
    KnowledgeBase.open(folder, tmp_path)
    compiled.place(tmp_path, folder).write_text(damage.replace("STAMP", compiled.stamp(folder)))
    assert KnowledgeBase.open(folder, tmp_path).counts().topics == 3
    assert kept(tmp_path, folder)


def flaws(whole: bytes) -> Iterator[bytes]:
    """The bytes of a file with a single one of them changed, or with some lost or added."""
    hash_at, body = whole.index(b"\n") + 1, whole.index(b"\n", whole.index(b"\n") + 1) + 1
    for place in (
        hash_at,
        body,
        body + 1,
        len(whole) // 3,
        len(whole) // 2,
        whole.index(b"Beijing", body),
        len(whole) - 2,
    ):
        yield whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    yield whole[: len(whole) // 2]
    yield whole[:-1]
    yield whole[: whole.rindex(b"\n", 0, -1) + 1]
    yield whole + b"{}\n"
    yield whole[:body] + whole[body:].replace(b"Beijing", b"Peking!", 1)


def test_a_cache_with_a_single_byte_changed_is_not_used_and_made_again(folder: Path, tmp_path: Path) -> None:
    KnowledgeBase.keep(folder, tmp_path)
    file = compiled.place(tmp_path, folder)
    whole = file.read_bytes()
    for flawed in flaws(whole):
        assert flawed != whole
        file.write_bytes(flawed)
        assert kept(tmp_path, folder) is None
    assert KnowledgeBase.open(folder, tmp_path).counts().topics == 3
    assert file.read_bytes() == whole


def test_what_was_kept_under_another_stamp_is_not_used(folder: Path, tmp_path: Path) -> None:
    KnowledgeBase.keep(folder, tmp_path)
    assert compiled.read(compiled.place(tmp_path, folder), "another", Compiled) is None


def test_each_content_folder_has_a_file_of_its_own(folder: Path, tmp_path: Path) -> None:
    KnowledgeBase.keep(folder, tmp_path / "cache")
    KnowledgeBase.keep(SMALL, tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 2
    assert compiled.place(tmp_path, folder) != compiled.place(tmp_path, SMALL)


def test_any_file_more_changes_the_stamp(folder: Path) -> None:
    before = compiled.stamp(folder)
    assert compiled.stamp(folder) == before
    (folder / "topics" / "notes.txt").write_text("")
    assert compiled.stamp(folder) != before


def still_unread(content: Content) -> dict[str, int]:
    """How many records of each kind nobody has asked for yet."""
    shelves = {
        name: getattr(content, name) for name in ("sources", "topics", "events", "entities", "resolutions", "series")
    }
    return {name: sum(isinstance(row, str) for row in shelf._rows.values()) for name, shelf in shelves.items()}


def test_records_of_the_cache_are_read_when_they_are_first_asked_for(folder: Path, tmp_path: Path) -> None:
    KnowledgeBase.keep(folder, tmp_path)
    opened = KnowledgeBase.open(folder, tmp_path)
    every = {"sources": 3, "topics": 3, "events": 3, "entities": 6, "resolutions": 3, "series": 1}
    assert still_unread(opened.content) == every
    answer = opened.answer("Who sat at the six-nation table in Beijing?")
    assert answer.subject is not None
    assert answer.subject.id == "talks"
    left = still_unread(opened.content)
    assert left["topics"] < every["topics"]
    assert left["sources"] == every["sources"] - len(answer.citations)
    assert (left["events"], left["resolutions"], left["series"]) == (3, 3, 1)


def test_a_record_on_a_shelf_is_read_once_and_only_when_it_is_asked_for() -> None:
    read: list[object] = []

    def note(row: object) -> list[object]:
        read.append(row)
        return [row]

    shelf = Shelf({"a": '{"is": 1}', "b": "2"}, note)
    assert (list(shelf), len(shelf), read) == (["a", "b"], 2, [])
    first = shelf["a"]
    assert shelf["a"] is first == [{"is": 1}]
    assert read == [{"is": 1}]
    assert shelf == {"a": [{"is": 1}], "b": [2]}
    assert read == [{"is": 1}, 2]
    assert "c" not in shelf
    with pytest.raises(KeyError):
        shelf["c"]


def test_a_shelf_keeps_the_order_and_the_type_of_its_records(folder: Path, tmp_path: Path) -> None:
    read = KnowledgeBase.open(folder).content
    KnowledgeBase.keep(folder, tmp_path)
    again = kept(tmp_path, folder)
    assert again is not None
    assert isinstance(again.content.topics, Shelf)
    assert list(again.content.topics) == list(read.topics)
    assert all(isinstance(topic, Topic) for topic in again.content.topics.values())
    assert again.content.synonyms == {"nuclear": ("atomic", "nuke"), "support": ("back", "prop")}


def test_a_cache_that_cannot_be_written_does_no_harm(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    assert KnowledgeBase.open(folder, tmp_path / "cache").counts().topics == 3
    assert not compiled.can_keep(tmp_path / "cache")
    assert compiled.can_keep(tmp_path / "other")
