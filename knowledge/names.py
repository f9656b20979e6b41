"""Entities in any spelling and script -> their ids.

An alias table, never fuzzy: a score that forgives spelling takes Kim Jong Il for Kim Jong Un long before it
finds two romanisations of one man.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from knowledge.model import Entity
from knowledge.text import fold, is_cjk, words

_START = 2  # characters of a name by which the table is entered


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart."""

    names: tuple[str, ...]  # ids of the entities named, in order, each once
    words: tuple[str, ...]  # the words that belong to no name
    named: tuple[str, ...]  # the words that do


class Names:
    """The alias table of all entities."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._ids: Mapping[str, str] = {fold(name): entity.id for entity in entities for name in entity.names}
        self._starts = {key[:_START] for key in self._ids} | {key for key in self._ids if len(key) < _START}
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
        tokens = list(tokens)
        joined = "".join(tokens)
        edges = _edges(tokens)
        names: dict[str, None] = {}
        rest: list[str] = []
        named: list[str] = []
        start = free = 0  # free: where the text not yet taken begins
        while start < len(joined):
            end = self._longest_at(joined, start, edges)
            if end is None:
                start += 1
                continue
            names[self._ids[joined[start:end]]] = None
            rest += _cut(joined, free, start, edges)
            named += _cut(joined, start, end, edges)
            start = free = end
        rest += _cut(joined, free, len(joined), edges)
        return Reading(tuple(names), tuple(rest), tuple(named))

    def _longest_at(self, joined: str, start: int, edges: set[int]) -> int | None:
        if joined[start : start + _START] not in self._starts and joined[start : start + 1] not in self._starts:
            return None
        if start not in edges and not (is_cjk(joined[start]) and is_cjk(joined[start - 1])):
            return None
        for end in range(min(len(joined), start + self._longest), start, -1):
            inside = end not in edges
            if inside and not (is_cjk(joined[end - 1]) and is_cjk(joined[end])):
                continue
            if joined[start:end] in self._ids:
                return end
        return None


def _edges(tokens: list[str]) -> set[int]:
    """Where words begin and end in the joined text."""
    edges, place = {0}, 0
    for token in tokens:
        place += len(token)
        edges.add(place)
    return edges


def _cut(joined: str, start: int, end: int, edges: set[int]) -> list[str]:
    """The words, or parts of CJK runs, between two places of the joined text."""
    if start >= end:
        return []
    places = [start, *sorted(edge for edge in edges if start < edge < end), end]
    return [joined[first:last] for first, last in pairwise(places)]
