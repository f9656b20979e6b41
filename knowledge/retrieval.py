"""Query -> ranking: which passages speak of what is asked, best first, and how well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest

from knowledge.index import ROLES, Index, Unit
from knowledge.passages import Passage
from knowledge.postings import Postings
from knowledge.query import Query

CANDIDATES = 16  # passages looked at closely: those that speak most of what is asked
STATEMENT = 0.7  # a statement that covers a question is worth this much of a wording that does
LONE = 0.3  # what is left of that where all they share is a single word or name
TELLING = 0.15  # least weight of a term that counts there; the two countries have less
ELSEWHERE = 0.75  # what is left of that where a name, year or number asked for stands elsewhere in the passage
MISSING_EXACT = 0.3  # what is left of the whole score where it is nowhere in the passage

SAME = 0.9  # fit, 0 to 1, that only a question in the same words reaches; its passage comes before all others

# What the score of a passage is made of; fitted by ``make calibrate``. That several wordings fit says more than that
# one does: a question in new words seldom meets its like, but it meets its kind.
WEIGHTS: Mapping[str, float] = {
    "wording": 0.23,  # how well the best wording fits
    "second": 0.11,
    "third": 0.28,
    "asked": 0.06,  # how well the second best way to ask for one of its statements does
    "statement": 0.09,  # how well the best statement does
    "said": 0.13,  # how much of the question the passage covers
    "about": 0.10,  # how much of it the passage is asked about
    "topic": 0.2,  # whether it is a topic
}

_ASKED, _STATEMENT = ROLES.index("asked"), ROLES.index("statement")
_EXACT = 1 << 16  # what one exact term counts among the telling ones, so that a single number counts both


@dataclass(frozen=True, slots=True)
class Match:
    """One passage that was found."""

    passage: Passage
    score: float  # 0 to 1
    covered: float  # share of the question that the passage as a whole covers, 0 to 1
    unit: Unit  # the part of it that fits best
    fit: float  # how well that does, 0 to 1
    traits: Mapping[str, float]  # what the score is made of, by the names of WEIGHTS

    @property
    def is_same(self) -> bool:
        """Whether it is asked for in nearly the same words."""
        return self.fit >= SAME


Ranking = tuple[Match, ...]


class Search:
    """One query put to an index."""

    def __init__(self, index: Index, query: Query) -> None:
        self.index, self.query = index, query
        terms = (*query.terms, *query.asks)
        self._sought = {term: index.weight(term) for term in terms}
        self._gains = {term: weight * query.terms.get(term, 1.0) for term, weight in self._sought.items()}
        self._known = [term for term in terms if term in index.terms]
        self._total = sum(self._sought.values())
        self._exact = query.exact

    def rank(self) -> Ranking:
        """The passages that speak most of what is asked, best first; ties in the order of the content.

        A wording fits by how much of the question it covers and how much of it the question covers (the F-measure
        of van Rijsbergen 1979, each term weighted by how telling it is), a statement by how much of the question it
        covers; a passage is scored by its best ones and by all it says and is asked about (WEIGHTS). All are shares
        of what could be reached, from 0 to 1.
        """
        if not self.query.terms:
            return ()
        said, about = self._gained(self.index.spread), self._gained(self.index.asked)
        wholes = {number: gain + about.get(number, 0.0) for number, gain in said.items()}
        least = min(nlargest(CANDIDATES, wholes.values()), default=0.0)
        best = [number for number, whole in wholes.items() if whole >= least]  # many of which may share equally much
        if len(best) > CANDIDATES:
            best = nlargest(CANDIDATES, best, key=lambda number: (wholes[number], self._often(number), -number))
        matches = (self._match(each, said[each] / self._total, about.get(each, 0.0) / self._total) for each in best)
        return tuple(sorted(matches, key=lambda match: (not match.is_same, -match.score, match.unit.passage)))

    def _match(self, number: int, said: float, about: float) -> Match:
        """A passage as a match."""
        fits: tuple[list[float], ...] = tuple([] for _ in ROLES)
        best, fit, roles = -1, -1.0, self.index.learnt.roles
        for each, place in self._fits(number):
            fits[roles[place]].append(each)
            if each > fit or (each == fit and roles[place] == _ASKED):
                best, fit = place, each
        wordings, asked, statements = fits
        wording, second, third = nlargest(3, [*wordings, 0.0, 0.0, 0.0])
        traits = {
            "wording": wording,
            "second": second,
            "third": third,
            "asked": nlargest(2, [*asked, 0.0, 0.0])[1],
            "statement": max(statements, default=0.0),
            "said": said,
            "about": about,
            "topic": float(self.index.passages[number].kind == "topic"),
        }
        score = sum(WEIGHTS[trait] * value for trait, value in traits.items())
        if not all(self.index.spread.has(term, number) for term in self._exact):
            score *= MISSING_EXACT
        unit = self.index.unit(best, number)
        return Match(self.index.passages[number], score, said, unit, fit, traits)

    def _gained(self, postings: Postings) -> dict[int, float]:
        """What each passage has of the query, by weight."""
        gained: dict[int, float] = {}
        for term in self._known:
            gain = self._gains[term]
            for number in postings.of(term):
                gained[number] = gained.get(number, 0.0) + gain
        return gained

    def _often(self, passage: int) -> float:
        """How often a passage has what is asked, by weight: of those that cover equally much, it is about it most."""
        units = self.index.units_of(passage)
        return sum(
            self._gains[term] * len(self.index.own.within(term, units.start, units.stop)) for term in self._known
        )

    def fits(self, passage: int) -> Iterator[tuple[float, Unit]]:
        """How well each unit of a passage fits that shares anything with the query, 0 to 1."""
        return ((fit, self.index.unit(number, passage)) for fit, number in self._fits(passage))

    def _fits(self, passage: int) -> Iterator[tuple[float, int]]:
        """The same for the units by their numbers: the inmost loop of a search."""
        index, units, wanted = self.index, self.index.units_of(passage), len(self._exact)
        gain, half, counts = dict[int, float](), dict[int, float](), dict[int, int]()
        for term in self._known:
            gained = self._gains[term]
            counted = (self._sought[term] >= TELLING) + (term in self._exact) * _EXACT
            for number in index.own.within(term, units.start, units.stop):
                gain[number] = gain.get(number, 0.0) + gained
                counts[number] = counts.get(number, 0) + counted
            for number in index.halves.within(term, units.start, units.stop):
                gain[number] = gain.get(number, 0.0) + gained
                counts[number] = counts.get(number, 0) + counted
                half[number] = half.get(number, 0.0) + self._sought[term]
        roles, weights, total = index.learnt.roles, index.learnt.weights, self._total
        for number, gained in gain.items():
            exact, telling = divmod(counts[number], _EXACT)
            if roles[number] == _STATEMENT:
                fit = STATEMENT * gained / total * (LONE if telling < 2 else 1.0)
            else:
                fit = _fit(gained, total, weights[number] + half.get(number, 0.0))
            yield fit * (ELSEWHERE if exact < wanted else 1.0), number

    def covered(self, unit: Unit) -> float:
        """The share of the question that a unit covers, weighted by how telling each term is: 0 to 1."""
        total = sum(self._sought[term] for term in self.query.terms)
        return total and sum(self._sought[term] for term in self.query.terms if self.index.has(unit, term)) / total


def rank(index: Index, query: Query) -> Ranking:
    """Every passage that shares a term with the query, as far as it is among the best; best first."""
    return Search(index, query).rank()


def _fit(gain: float, question: float, wording: float) -> float:
    """How well a question and a wording cover each other: the harmonic mean of both shares."""
    recall, precision = gain / question, gain / wording
    return 2 * precision * recall / (precision + recall)
