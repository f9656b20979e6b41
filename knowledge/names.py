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
_START = 2  # characters of a name by which the table is entered

PAIR = frozenset({"china", "north-korea"})  # ids of the two countries that the record is about


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart."""

    names: tuple[str, ...]  # ids of the entities named, in order, each once
    words: tuple[str, ...]  # the words that belong to no name
    named: tuple[str, ...]  # the words that do


class Names:
    """The alias table of all entities."""

    def __init__(self, entities: Collection[Entity]) -> None:
        self._ids: Mapping[str, str] = {fold(name): entity.id for entity in entities for name in entity.names}
        self._pieces = {fold(name): len(words(name)) for entity in entities for name in entity.names}
        self._starts = {key[:length] for key in self._ids for length in range(1, _START + 1)}
        self._longest = max(map(len, self._ids), default=0)
        self.words = frozenset(word for entity in entities for name in entity.names for word in words(name))

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
