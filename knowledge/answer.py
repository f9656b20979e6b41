"""An answer: statements with numbered citations, how old they are, and what to read next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.dates import PartialDate
from knowledge.model import Review, Source
from knowledge.passages import PassageKind

Role = Literal[
    "heading",  # what the parts after it are about
    "correction",  # what is so instead of what the question took for granted
    "statement",
    "item",  # one of a list
    "matter",  # what the sources differ on; its claims follow
    "claim",
    "why",  # what may explain a difference
    "note",  # about the answer, not about the world
]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing an answer says."""

    text: str  # plain text
    cites: tuple[str, ...] = ()  # ids of sources; at least one for a correction, statement, item or claim of fact
    role: Role = "statement"
    as_of: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source and the number it has in one answer."""

    number: int  # 1 and up, in order of first use
    source: Source


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that an answer is about, or that can be read next."""

    kind: PassageKind
    id: str
    title: str  # as on a button


@dataclass(frozen=True, slots=True)
class Answer:
    """What the knowledge base says to a query; an honest decline, or a choice, where ``parts`` is empty."""

    parts: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()
    subject: Subject | None = None  # what was understood to be asked for
    related: tuple[Subject, ...] = ()  # what to read next; after a decline, the nearest there is
    choice: tuple[Subject, ...] = ()  # what the query may mean, where it could be any of these
    reviewed: Review | None = None
    shown: int = 0  # how many statements of the subject were said, where it began with the first of them
    left: int = 0  # how many were not, for brevity

    @property
    def declined(self) -> bool:
        """Whether nothing with a source answers the query."""
        return not self.parts

    def numbers(self, part: Part) -> tuple[int, ...]:
        """The citation numbers of one of its parts, in the order the part gives its sources."""
        numbers = {citation.source.id: citation.number for citation in self.citations}
        return tuple(numbers[cite] for cite in part.cites)

    @property
    def as_of(self) -> tuple[PartialDate, PartialDate] | None:
        """The oldest and the newest date that its statements hold for; None where none is dated."""
        dates = sorted((part.as_of for part in self.parts if part.as_of), key=lambda when: when.last)
        return (dates[0], dates[-1]) if dates else None


def cite(parts: Iterable[Part], sources: Mapping[str, Source]) -> tuple[Citation, ...]:
    """Number the sources of these parts, each once, in order of first use."""
    used = dict.fromkeys(source for part in parts for source in part.cites)
    return tuple(Citation(number, sources[source]) for number, source in enumerate(used, start=1))
