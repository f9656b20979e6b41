"""The small content with something in its folder that cannot be read: that is told, and nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.loading import LARGEST
from tests.knowledge.planting import LEXICON, SOURCES, TALKS, Told, copy_of_small, mistakes, only


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_of_small(tmp_path)


def in_bytes(content: Path, file: str, raw: bytes) -> None:
    (content / file).write_bytes(raw)


def linked(content: Path, file: str) -> None:
    (content / file).rename(content.parent / "elsewhere")
    (content / file).symlink_to(content.parent / "elsewhere")


def in_place_of(path: Path, make: Callable[[Path], object]) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    make(path)


# what is done to the folder -> what is told
STANDING: dict[str, tuple[Callable[[Path], object], Told]] = {
    "an empty file": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", b""),
        Told("timeline/2010s.yaml", 1, "", "", "the file is empty", "Fill it in or remove it"),
    ),
    "a file of comments": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", b"# to be written\n"),
        Told("timeline/2010s.yaml", 1, "", "", "the file is empty", "Fill it in or remove it"),
    ),
    "a file that starts with dashes only": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", b"---\n"),
        Told("timeline/2010s.yaml", 1, "", "", "the file is empty", "Fill it in or remove it"),
    ),
    "an empty topic": (
        lambda content: in_bytes(content, "topics/new.yaml", b""),
        Told("topics/new.yaml", 1, "", "", "the file is empty", "Fill it in or remove it"),
    ),
    "a list where entries belong": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", b"- one\n- two\n"),
        Told("timeline/2010s.yaml", 1, "", "", "the file is not made of entries by id", "docs/content.md"),
    ),
    "a text where entries belong": (
        lambda content: in_bytes(content, "trade.yaml", b"figures to come"),
        Told("trade.yaml", 1, "", "", "the file is not made of entries by id", "docs/content.md"),
    ),
    "a list where a topic belongs": (
        lambda content: in_bytes(content, "topics/new.yaml", b"\n- one\n"),
        Told("topics/new.yaml", 2, "new", "", "a list stands where keys belong", "the keys title, questions"),
    ),
    "a topic with a blank in its name": (
        lambda content: (content / TALKS).rename(content / "topics/Six party.yaml"),
        Told("topics/Six party.yaml", 1, "Six party", "", "the id does not have the right form", "lower-case words"),
    ),
    "Latin-1": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", "later:\n  text: café\n".encode("latin-1")),
        Told("timeline/2010s.yaml", 2, "", "", "the file is not UTF-8 text", "Save it with the encoding UTF-8"),
    ),
    "UTF-16": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", "later: {}".encode("utf-16")),
        Told("timeline/2010s.yaml", 1, "", "", "the file is not UTF-8 text", "Save it with the encoding UTF-8"),
    ),
    "half a surrogate pair": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", b"later: \xed\xa0\x80"),
        Told("timeline/2010s.yaml", 1, "", "", "the file is not UTF-8 text", "Save it with the encoding UTF-8"),
    ),
    "a byte order mark": (
        lambda content: in_bytes(content, TALKS, b"\xef\xbb\xbf" + (content / TALKS).read_bytes()),
        Told(TALKS, 1, "", "", "the file starts with a byte order mark", "Save it as UTF-8 without BOM"),
    ),
    "a NUL": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", b"later:\n  text: a\x00b\n"),
        Told("timeline/2010s.yaml", 2, "", "", "there is a control character (U+0000)", "Delete it"),
    ),
    "a file that is too large": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", b"#" * (LARGEST + 1)),
        Told("timeline/2010s.yaml", 0, "", "", "the file is larger than 1,000,000 bytes", "Split it"),
    ),
    "nesting without end": (
        lambda content: in_bytes(content, "timeline/2010s.yaml", b"[" * 100_000),
        Told("timeline/2010s.yaml", 1, "", "", "nesting is deeper than 20 levels", "docs/content.md"),
    ),
    "the other suffix": (
        lambda content: in_bytes(content, "timeline/2010s.yml", b"later: {}"),
        Told("timeline/2010s.yml", 0, "", "", "only .yaml files belong here", "Rename, move or remove it"),
    ),
    "a file that is no YAML": (
        lambda content: in_bytes(content, "topics/README.md", b"Topics."),
        Told("topics/README.md", 0, "", "", "only .yaml files belong here", "Rename, move or remove it"),
    ),
    "a folder in a folder": (
        lambda content: (content / "topics/old.yaml").mkdir(),
        Told("topics/old.yaml", 0, "", "", "only .yaml files belong here", "Rename, move or remove it"),
    ),
    "a pipe": (
        lambda content: os.mkfifo(content / "topics/pipe.yaml"),
        Told("topics/pipe.yaml", 0, "", "", "only .yaml files belong here", "Rename, move or remove it"),
    ),
    "an unknown folder": (
        lambda content: (content / "people").mkdir(),
        Told("people", 0, "", "", "nothing of this name belongs here", "Move or remove it"),
    ),
    "an unknown file": (
        lambda content: in_bytes(content, "resolutions.json", b"{}"),
        Told("resolutions.json", 0, "", "", "nothing of this name belongs here", "Move or remove it"),
    ),
    "a missing folder": (
        lambda content: shutil.rmtree(content / "timeline"),
        Told("timeline", 0, "", "", "the folder is missing", "Create it"),
    ),
    "a missing folder that all others refer to": (
        lambda content: shutil.rmtree(content / "sources"),
        Told("sources", 0, "", "", "the folder is missing", "Create it"),
    ),
    "a missing folder of topics": (
        lambda content: shutil.rmtree(content / "topics"),
        Told("topics", 0, "", "", "the folder is missing", "Create it"),
    ),
    "a folder without topics": (
        lambda content: in_place_of(content / "topics", Path.mkdir),
        Told("topics", 0, "", "", "there is no topic to answer from", "Add a file"),
    ),
    "a file where a folder belongs": (
        lambda content: in_place_of(content / "timeline", Path.touch),
        Told("timeline", 0, "", "", "the folder cannot be read: Not a directory", "Make it a readable folder"),
    ),
    "a folder where a file belongs": (
        lambda content: in_place_of(content / "trade.yaml", Path.mkdir),
        Told("trade.yaml", 0, "", "", "this is not a file", "Put a YAML file of this name here"),
    ),
    "a linked file": (
        lambda content: linked(content, SOURCES),
        Told(SOURCES, 0, "", "", "this is a symbolic link", "Put the file itself here"),
    ),
    "a link to nowhere": (
        lambda content: (content / "topics/lost.yaml").symlink_to("nowhere.yaml"),
        Told("topics/lost.yaml", 0, "", "", "this is a symbolic link", "Put the file itself here"),
    ),
    "a linked folder": (
        lambda content: linked(content, "entities"),
        Told("entities", 0, "", "", "this is a symbolic link", "Put the file or folder itself here"),
    ),
    "a linked file in the folder itself": (
        lambda content: linked(content, "resolutions.yaml"),
        Told("resolutions.yaml", 0, "", "", "this is a symbolic link", "Put the file or folder itself here"),
    ),
    "a linked list of synonyms": (
        lambda content: linked(content, "synonyms.yaml"),
        Told("synonyms.yaml", 0, "", "", "this is a symbolic link", "Put the file or folder itself here"),
    ),
    "a linked lexicon": (
        lambda content: linked(content, LEXICON),
        Told(LEXICON, 0, "", "", "this is a symbolic link", "Put the file or folder itself here"),
    ),
    "a lexicon without entries": (
        lambda content: in_bytes(content, LEXICON, b"- warum\n"),
        Told(LEXICON, 1, "", "", "the file is not made of entries by id", "docs/content.md"),
    ),
    "an empty lexicon": (
        lambda content: in_bytes(content, LEXICON, b"# to come\n"),
        Told(LEXICON, 1, "", "", "the file is empty", "Fill it in or remove it"),
    ),
    "a link to a file without end": (
        lambda content: in_place_of(content / "trade.yaml", lambda path: path.symlink_to("/dev/zero")),
        Told("trade.yaml", 0, "", "", "this is a symbolic link", "Put the file or folder itself here"),
    ),
}


@pytest.mark.parametrize(("change", "told"), STANDING.values(), ids=STANDING.keys())
def test_what_stands_in_the_folder_and_cannot_be_read_is_told(
    content: Path, change: Callable[[Path], object], told: Told
) -> None:
    change(content)
    only(content, told)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_this_account_may_not_read_is_told(content: Path) -> None:
    (content / TALKS).chmod(0)
    only(content, Told(TALKS, 0, "", "", "the file cannot be read: Permission denied", "Make it readable"))


@pytest.mark.parametrize("where", ["nowhere", "content/trade.yaml"])
def test_a_folder_that_is_not_there_is_told_with_its_path(content: Path, where: str) -> None:
    folder = content.parent / where
    [mistake] = mistakes(folder)
    assert (mistake.file, mistake.line) == ("", 0)
    assert f"the content folder {folder} cannot be read" in mistake.problem
    assert "CNK_CONTENT or --content" in mistake.remedy
