"""Which numbers have a term: packed into two arrays, and found again."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.postings import Packed, Postings, pack

HAVING: Mapping[str, tuple[int, ...]] = {"coal": (1, 4, 5, 9), "treaty": (0,), "trade": (9,), "river": ()}


def postings(having: Mapping[str, tuple[int, ...]]) -> Postings:
    places = {term: place for place, term in enumerate(having)}
    return Postings(places, pack(having, having))


POSTINGS = postings(HAVING)


@pytest.mark.parametrize("term", [*HAVING, "nowhere", ""])
def test_a_term_has_its_numbers_in_order(term: str) -> None:
    numbers = list(HAVING.get(term, ()))
    assert list(POSTINGS.of(term)) == numbers
    assert POSTINGS.count(term) == len(numbers)
    assert [number for number in range(12) if POSTINGS.has(term, number)] == numbers


@pytest.mark.parametrize(
    ("start", "end", "numbers"),
    [
        (0, 10, [1, 4, 5, 9]),
        (1, 9, [1, 4, 5]),
        (2, 4, []),
        (4, 5, [4]),
        (4, 4, []),
        (5, 4, []),
        (9, 10, [9]),
        (10, 99, []),
        (0, 0, []),
    ],
)
def test_numbers_are_found_from_a_start_to_before_an_end(start: int, end: int, numbers: list[int]) -> None:
    assert list(POSTINGS.within("coal", start, end)) == numbers
    assert list(POSTINGS.within("nowhere", start, end)) == []


def test_one_term_never_has_the_numbers_of_its_neighbour() -> None:
    assert not POSTINGS.has("coal", 0)
    assert not POSTINGS.has("treaty", 1)
    assert not POSTINGS.has("treaty", 9)
    assert not POSTINGS.has("river", 9)
    assert list(POSTINGS.within("treaty", 1, 99)) == []
    assert list(POSTINGS.within("trade", 0, 9)) == []


def test_numbers_are_packed_one_after_the_other_each_ascending() -> None:
    packed = pack(["b", "a", "c"], {"a": [3, 1, 2], "b": {7: None, 5: None}, "unlisted": [9]})
    assert packed == Packed(array("I", [2, 5, 5]), array("I", [5, 7, 1, 2, 3]))


def test_no_terms_have_no_numbers() -> None:
    empty = postings({})
    assert (list(empty.of("coal")), empty.count("coal"), empty.has("coal", 0)) == ([], 0, False)
    assert pack([], {"coal": [1]}) == Packed(array("I"), array("I"))


@given(
    st.dictionaries(st.text(max_size=3), st.sets(st.integers(0, 60)).map(tuple), max_size=8),
    st.text(max_size=3),
    st.integers(0, 61),
    st.integers(0, 61),
)
def test_packed_numbers_are_those_that_were_packed(
    having: Mapping[str, tuple[int, ...]], other: str, start: int, end: int
) -> None:
    made = postings(having)
    for term in (*having, other):
        numbers = sorted(having.get(term, ()))
        assert list(made.of(term)) == numbers
        assert made.count(term) == len(numbers)
        assert list(made.within(term, start, end)) == [number for number in numbers if start <= number < end]
        assert made.has(term, start) is (start in numbers)
