"""Entities in any spelling and script -> their ids.

An alias table, never fuzzy: a score that forgives spelling takes Kim Jong Il for Kim Jong Un long before it
finds two romanisations of one man.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from knowledge.model import Entity
from knowledge.text import fold, is_cjk, words

_SHORT = 6  # characters; shorter names may not be typed in pieces, or "give us a list" names the USA
_START = 5  # characters of a name by which the table is entered

PAIR = frozenset({"china", "north-korea"})  # ids of the two countries that the record is about


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart."""

    names: tuple[str, ...]  # ids of the entities named, in order, each once
    words: tuple[str, ...]  # the words that belong to no name
    named: tuple[str, ...]  # the words that do


@dataclass(frozen=True, slots=True)
class Table:
    """The alias table of all entities; each name without case, spaces, hyphens and punctuation."""

    ids: Mapping[str, str]  # name -> the entity that has it
    pieces: Mapping[str, int]  # name -> how many words it is written in
    words: tuple[str, ...]  # all of them


def table(entities: Collection[Entity]) -> Table:
    """The alias table of these."""
    split = [(entity.id, words(name)) for entity in entities for name in entity.names]
    return Table(
        ids={"".join(pieces): id for id, pieces in split},
        pieces={"".join(pieces): len(pieces) for _, pieces in split},
        words=tuple(dict.fromkeys(word for _, pieces in split for word in pieces)),
    )


class Names:
    """Finds the names of entities in a text."""

    def __init__(self, table: Table) -> None:
        self._ids, self._pieces = table.ids, table.pieces
        self._starts = {key[:length] for key in self._ids for length in range(1, _START + 1)}
        self._longest = max(map(len, self._ids), default=0)
        self.words = frozenset(table.words)

    def exact(self, text: str) -> str | None:
        """The id of the entity whose name this is, whole and in any spelling; None where it is nobody's."""
        return self._ids.get(fold(text))

    def read(self, tokens: Iterable[str]) -> Reading:
        """Find the names in normalised words, the longest first, however they are spaced or hyphenated.

        Names in an alphabet begin and end where words do; names in Han or Hangul may stand inside a run, as
        these scripts write no spaces, or add particles to a name.
        """
        atoms = [(part, number) for number, token in enumerate(tokens) for part in _atoms(token)]
        names: dict[str, None] = {}
        rest: list[str] = []
        named: list[str] = []
        place = free = 0  # free: where the text begins that is no name
        while place < len(atoms):
            taken = self._longest_at(atoms, place)
            if taken:
                name = atoms[place : place + taken]
                names[self._ids["".join(part for part, _ in name)]] = None
                rest += _whole(atoms[free:place])
                named += _whole(name)
                free = place + taken
            place += taken or 1
        rest += _whole(atoms[free:])
        return Reading(tuple(names), tuple(rest), tuple(named))

    def _longest_at(self, atoms: Sequence[tuple[str, int]], place: int) -> int:
        """How many atoms from here on make the longest name; 0 where none begins here."""
        joined, longest = "", 0
        for count in range(1, len(atoms) - place + 1):
            joined += atoms[place + count - 1][0]
            if joined[:_START] not in self._starts or len(joined) > self._longest:
                break
            if joined in self._ids and (len(joined) >= _SHORT or not joined.isascii() or count <= self._pieces[joined]):
                longest = count
        return longest


def _atoms(token: str) -> str | tuple[str]:
    """What a name may begin and end with: a whole word, or each character of a CJK run."""
    return token if is_cjk(token[:1]) else (token,)


def _whole(atoms: Iterable[tuple[str, int]]) -> Iterator[str]:
    """The words that these neighbouring atoms are, or belong to as far as they are there."""
    return ("".join(part for part, _ in group) for _, group in groupby(atoms, key=itemgetter(1)))
