"""The small content in a folder of its own, to plant mistakes in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ContentError, Mistake
from knowledge.loading import load

SMALL = Path(__file__).parents[1] / "data" / "content"
SOURCES, ENTITIES, TIMELINE = "sources/all.yaml", "entities/all.yaml", "timeline/2000s.yaml"
LEXICON = "lexicon.yaml"
SUPPORT, TALKS, TEST = "topics/support.yaml", "topics/talks.yaml", "topics/first-test.yaml"
FIRST = "Beijing feared refugees and chaos if Pyongyang collapsed."  # the first statement of support


def copy_of_small(folder: Path) -> Path:
    """A copy of the small content, as ``folder/content``."""
    return Path(shutil.copytree(SMALL, folder / "content"))


def replace(file: Path, old: str, new: str) -> None:
    """Put ``new`` where ``old`` stands, which is in one place."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def mistakes(folder: Path) -> tuple[Mistake, ...]:
    """Every mistake in a content folder."""
    try:
        load(folder)
    except ContentError as error:
        return error.mistakes
    return ()


@dataclass(frozen=True)
class Told:
    """What has to be told: the place exactly, and the telling part of problem and remedy."""

    file: str
    line: int
    entry: str = ""
    field: str = ""
    problem: str = ""
    remedy: str = ""

    def fits(self, mistake: Mistake) -> bool:
        return (
            (self.file, self.line, self.entry, self.field) == (mistake.file, mistake.line, mistake.entry, mistake.field)
            and self.problem in mistake.problem
            and self.remedy in mistake.remedy
        )


def only(folder: Path, told: Told) -> None:
    """Assert that this mistake, and no other, is told of the folder."""
    found = mistakes(folder)
    assert len(found) == 1, "\n".join(map(str, found)) or "no mistake was told"
    assert told.fits(found[0]), found[0]
