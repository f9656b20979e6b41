"""Query -> ranking: which passages speak of what is asked, best first, and how well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.index import Index, Query, Unit
from knowledge.passages import Passage

STATEMENT = 0.7  # a statement that covers a question is worth this much of a wording that does
WHOLE = 0.5  # share of the score that comes from the passage as a whole
LONE = 0.3  # what is left of that where all they share is a single word or name
TELLING = 0.15  # least weight of a term that counts there; the two countries have less
ELSEWHERE = 0.75  # what is left of that where a name, year or number asked for stands elsewhere in the passage
ASKED_OF = 0.5  # share of that which counts only what the passage is asked about, not what it says besides
MISSING_EXACT = 0.3  # what is left of the whole score where it is nowhere in the passage


@dataclass(frozen=True, slots=True)
class Match:
    """One passage that was found."""

    passage: Passage
    score: float  # 0 to 1
    covered: float  # share of the question that the passage as a whole covers, 0 to 1
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
    exact = len(query.exact)
    best: dict[int, tuple[float, Unit]] = {}
    for place, found in _found(index, query, sought).items():
        unit = index.units[place]
        if unit.role == "wording":
            score = _fit(found.gain, total, index.weights_of[place] + _halves(unit, sought))
        else:
            score = STATEMENT * found.gain / total * (LONE if found.telling < 2 else 1.0)
        if found.exact < exact:
            score *= ELSEWHERE
        if unit.passage not in best or score > best[unit.passage][0]:
            best[unit.passage] = (score, unit)
    return _matches(index, query, sought, best)


class _Found:
    """What one unit has of a query."""

    __slots__ = ("exact", "gain", "telling")

    def __init__(self) -> None:
        self.gain = 0.0  # the weight of all it has
        self.telling = 0  # how many terms that tell something
        self.exact = 0  # how many names, years and numbers


def _found(index: Index, query: Query, sought: Mapping[str, float]) -> dict[int, _Found]:
    """Each unit that has a telling term of the query, and what it has of it.

    What many of the units speak of (the two countries, a question word) finds nothing by itself where the
    query says anything else: it only adds to what the other terms found.
    """
    known = [term for term in sought if term in index.postings]
    common = [term for term in known if term in index.common]
    rare = [term for term in known if term not in index.common]
    found: dict[int, _Found] = {}
    for term in rare or common:
        for place in index.postings[term]:
            if place not in found:
                found[place] = _Found()
    exact = query.exact
    for term in known:
        gain = sought[term] * query.terms.get(term, 1.0)
        telling, is_exact = sought[term] >= TELLING, term in exact
        places = index.common[term].intersection(found) if term in index.common else index.postings[term]
        for place in places:
            unit = found[place]
            unit.gain += gain
            unit.telling += telling
            unit.exact += is_exact
    return found


def _fit(gain: float, question: float, wording: float) -> float:
    """How well a question and a wording cover each other: the harmonic mean of both shares."""
    recall, precision = gain / question, gain / wording
    return 2 * precision * recall / (precision + recall)


def _halves(unit: Unit, sought: Mapping[str, float]) -> float:
    """The weight of what is sought and found only as a part of a name: it adds to what there is to cover."""
    return sum(sought[term] for term in unit.halves if term in sought)


def covered(index: Index, query: Query, unit: Unit) -> float:
    """The share of the question that a unit covers, weighted by how telling each term is: 0 to 1."""
    total = sum(map(index.weight, query.terms))
    return sum(index.weight(term) for term in query.terms if unit.has(term)) / total


def _matches(
    index: Index, query: Query, sought: Mapping[str, float], best: Mapping[int, tuple[float, Unit]]
) -> Ranking:
    """The passages whose best units these are, scored as a whole."""
    total = sum(sought.values())
    said, asked = dict.fromkeys(best, 0.0), dict.fromkeys(best, 0.0)
    wanted, exact = query.exact, dict.fromkeys(best, 0)
    for term, weight in sought.items():
        gain, is_exact = weight * query.terms.get(term, 1.0), term in wanted
        for number in index.spread.get(term, ()):
            if number in said:
                said[number] += gain
                exact[number] += is_exact
        for number in index.asked.get(term, ()):
            if number in asked:
                asked[number] += gain
    matches = []
    for number, (fit, unit) in sorted(best.items()):
        covered = said[number] / total
        whole = (1 - ASKED_OF) * covered + ASKED_OF * asked[number] / total
        score = (1 - WHOLE) * fit + WHOLE * whole
        if exact[number] < len(wanted):
            score *= MISSING_EXACT
        matches.append(Match(index.passages[number], score, covered, unit))
    return tuple(sorted(matches, key=lambda match: -match.score))
