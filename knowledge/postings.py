"""Term -> ascending numbers, packed into two arrays: a list for each of ten thousand terms would weigh far more."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Packed:
    """For each term of a list of terms, the numbers that have it."""

    ends: Sequence[int]  # where the numbers of each term end
    numbers: Sequence[int]  # of all terms, one after the other; ascending within each


def pack(terms: Iterable[str], having: Mapping[str, Iterable[int]]) -> Packed:
    """Pack the numbers that have these terms, in their order."""
    ends, numbers = array("I"), array("I")
    for term in terms:
        numbers.extend(sorted(having.get(term, ())))
        ends.append(len(numbers))
    return Packed(ends, numbers)


class Postings:
    """Which numbers have a term. ``places`` says where in the packed ones each term stands."""

    __slots__ = ("_ends", "_numbers", "_places")

    def __init__(self, places: Mapping[str, int], packed: Packed) -> None:
        self._places, self._ends, self._numbers = places, packed.ends, packed.numbers

    def of(self, term: str) -> Sequence[int]:
        """The numbers that have it, ascending."""
        first, last = self._range(term)
        return self._numbers[first:last]

    def count(self, term: str) -> int:
        """How many have it."""
        first, last = self._range(term)
        return last - first

    def within(self, term: str, start: int, end: int) -> Sequence[int]:
        """The numbers from ``start`` to before ``end`` that have it."""
        first, last = self._range(term)
        if first == last:
            return ()
        place = bisect_left(self._numbers, start, first, last)
        return self._numbers[place : bisect_left(self._numbers, end, place, last)]

    def has(self, term: str, number: int) -> bool:
        """Whether this number has it."""
        first, last = self._range(term)
        place = bisect_left(self._numbers, number, first, last)
        return place < last and self._numbers[place] == number

    def _range(self, term: str) -> tuple[int, int]:
        place = self._places.get(term)
        if place is None:
            return 0, 0
        return (self._ends[place - 1] if place else 0), self._ends[place]
