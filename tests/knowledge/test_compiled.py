"""The cache of a content: as if it were not there, only sooner."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import compiled
from knowledge.base import CONTENT, Compiled, KnowledgeBase
from knowledge.errors import ContentError
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
    answer = KnowledgeBase.open(folder, tmp_path / "cache").answer("What were the Six-Party Talks?")
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
    "damage", ["", "{", "[]", "null", '{"stamp": 1}', '{"stamp": "STAMP", "value": [[], 3]}', "[" * 9999]
)
def test_a_damaged_cache_is_made_again(folder: Path, tmp_path: Path, damage: str) -> None:
    KnowledgeBase.open(folder, tmp_path)
    compiled.place(tmp_path, folder).write_text(damage.replace("STAMP", compiled.stamp(folder)))
    assert KnowledgeBase.open(folder, tmp_path).counts().topics == 3
    assert kept(tmp_path, folder)


def test_a_cache_that_cannot_be_written_does_no_harm(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    assert KnowledgeBase.open(folder, tmp_path / "cache").counts().topics == 3
