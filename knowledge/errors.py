"""What can be wrong with the content.

KnowledgeError
└── ContentError     one or more Mistakes, all gathered before it is raised
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 300  # characters of each part of a mistake that are shown; what stands in a file may be anything


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing wrong in the content, for the person who will mend it."""

    file: str  # path inside the content folder, "" for the folder itself
    line: int  # 1 and up; 0 where no line can be named
    entry: str  # id of the record, "" where none was read
    field: str  # such as answer[1].cites, "" for the whole entry
    problem: str  # what is wrong, as a clause
    remedy: str  # what to do, as an imperative sentence without its full stop

    def __str__(self) -> str:
        """One line that can be printed anywhere."""
        place = ":".join(_shown(str(part)) for part in (self.file, self.line) if part) or "content"
        what = ", ".join(_shown(part) for part in (self.entry, self.field) if part)
        full_stop = "" if self.remedy.endswith("?") else "."
        return f"{place}: {what + ': ' if what else ''}{_shown(self.problem)}. {_shown(self.remedy)}{full_stop}"


def _shown(text: str) -> str:
    """Text that cannot break the line or command the terminal, and is not too long to read."""
    visible = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text[:LONGEST])
    return visible + ("…" if len(text) > LONGEST else "")


class KnowledgeError(Exception):
    """The root of the family."""


class ContentError(KnowledgeError):
    """The content folder cannot be used as it is; ``mistakes`` says why, every one of them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))
