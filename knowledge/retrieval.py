"""Query -> ranking: which passages speak of what is asked, best first, and how well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.index import Index, Query, Unit
from knowledge.passages import Passage

STATEMENT = 0.7  # a statement that covers a question is worth this much of a wording that does
WHOLE = 0.5  # share of the score that comes from the passage as a whole
LONE = 0.3  # what is left of that where all they share is a single word or name
TELLING = 0.15  # least weight of a term that counts there; the two countries have less
ELSEWHERE = 0.75  # what is left of that where a name, year or number asked for stands elsewhere in the passage
ASKED_OF = 0.5  # share of that which counts only what the passage is asked about, not what it says besides
COMMON = 0.1  # share of the units that have a term, from which on it finds nothing by itself
MISSING_EXACT = 0.3  # what is left of the whole score where it is nowhere in the passage


@dataclass(frozen=True, slots=True)
class Match:
    """One passage that was found."""

    passage: Passage
    score: float  # 0 to 1
    covered: float  # share of the question that the passage as a whole covers, 0 to 1
    fit: float  # how well the unit fits the question, 0 to 1
    unit: Unit  # the part of it that fits best


Ranking = tuple[Match, ...]


def rank(index: Index, query: Query) -> Ranking:
    """Every passage that shares a term with the query, best first; ties in the order of the content.

    A wording is scored by how much of the question it covers and how much of it the question covers (the
    F-measure of van Rijsbergen 1979, each term weighted by how telling it is), a statement by how much of the
    question it covers, the whole passage likewise. All are shares of what could be reached, from 0 to 1.
    """
    if not query.terms:
        return ()
    sought = {term: index.weight(term) for term in (*query.terms, *query.asks)}
    total = sum(sought.values())
    exact = query.exact
    best: dict[int, tuple[float, Unit]] = {}
    for place, gain in _gains(index, query, sought):
        unit = index.units[place]
        if unit.role == "wording":
            score = _fit(gain, total, index.weights_of[place] + _halves(unit, sought))
        else:
            score = STATEMENT * gain / total * (LONE if _is_lone(unit, sought) else 1.0)
        if not exact <= unit.terms:
            score *= ELSEWHERE
        if unit.passage not in best or score > best[unit.passage][0]:
            best[unit.passage] = (score, unit)
    matches = [_match(index, query, sought, exact, number, *found) for number, found in sorted(best.items())]
    return tuple(sorted(matches, key=lambda match: -match.score))


def _gains(index: Index, query: Query, sought: dict[str, float]) -> Iterable[tuple[int, float]]:
    """Each unit that has a telling term of the query, with the weight of all it has.

    What half the record speaks of (the two countries, a question word) finds nothing by itself where the query
    says anything else: it only adds to what the other terms found.
    """
    found = {term: index.postings[term] for term in sought if term in index.postings}
    common = {term for term, places in found.items() if len(places) > COMMON * len(index.units)}
    if len(common) == len(found):
        common = set()
    gains: dict[int, float] = {}
    for term in found.keys() - common:
        gain = sought[term] * query.terms.get(term, 1.0)
        for place in found[term]:
            gains[place] = gains.get(place, 0.0) + gain
    for term in common:
        gain = sought[term] * query.terms.get(term, 1.0)
        for place in gains:
            if term in index.units[place].terms:
                gains[place] += gain
    return gains.items()


def _fit(gain: float, question: float, wording: float) -> float:
    """How well a question and a wording cover each other: the harmonic mean of both shares."""
    recall, precision = gain / question, gain / wording
    return 2 * precision * recall / (precision + recall)


def _halves(unit: Unit, sought: Mapping[str, float]) -> float:
    """The weight of what is sought and found only as a part of a name: it adds to what there is to cover."""
    return sum(weight for term, weight in sought.items() if term in unit.terms and term not in unit.own)


def _is_lone(unit: Unit, sought: Mapping[str, float]) -> bool:
    return sum(term in unit.terms for term, weight in sought.items() if weight >= TELLING) < 2


def covered(index: Index, query: Query, unit: Unit) -> float:
    """The share of the question that a unit covers, weighted by how telling each term is: 0 to 1."""
    total = sum(map(index.weight, query.terms))
    return sum(index.weight(term) for term in query.terms if term in unit.terms) / total


def _gain(query: Query, sought: Mapping[str, float], have: frozenset[str]) -> float:
    """The weight of all that is sought and had."""
    return sum(weight * query.terms.get(term, 1.0) for term, weight in sought.items() if term in have)


def _match(
    index: Index, query: Query, sought: dict[str, float], exact: frozenset[str], number: int, best: float, unit: Unit
) -> Match:
    have = index.terms_of[number]
    total = sum(sought.values())
    covered = _gain(query, sought, have) / total
    asked = _gain(query, sought, index.asked_of[number]) / total
    score = (1 - WHOLE) * best + WHOLE * ((1 - ASKED_OF) * covered + ASKED_OF * asked)
    if not exact <= have:
        score *= MISSING_EXACT
    return Match(index.passages[number], score, covered, best, unit)
