"""Whether a ranking answers a query at all: signs of it, weighed together.

One score separates what can be answered from what only sounds like it no better than chance. Taken together the
signs below do: how much of what is asked the best passage is asked about itself, how far it is ahead of the next,
how much of the question is a word the record has never met. Their weights are fitted by logistic regression on
the looked-at half of the evaluation questions and on what must be declined: ``make calibrate`` fits them anew and
prints what each threshold costs.
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.index import Index, Query
from knowledge.names import PAIR
from knowledge.retrieval import Ranking
from knowledge.text import is_cjk

MOST = 4.0  # a sum of weights, or a number of subjects, from which on more says nothing more

WEIGHTS: Mapping[str, float] = {
    "score": 1.63,
    "asked": 0.61,
    "said": 1.91,
    "shared": 0.92,
    "unknown": -2.54,
    "ahead": 1.07,
    "both": 4.43,
    "named": 0.58,
    "elsewhere": -3.01,
    "told": -1.36,
    "cjk": 0.58,
}
BIAS = -5.34
ENOUGH = 1.0  # least log-odds of what is answered


def signs(index: Index, query: Query, ranking: Ranking) -> dict[str, float]:
    """What speaks for and against the best match of a ranking that is not empty: each from 0 to MOST."""
    best = ranking[0]
    number = best.unit.passage
    have = {term for term in query.terms if number in index.spread.get(term, ())}
    asked = {term for term in have if number in index.asked.get(term, ())}
    weights = {term: index.weight(term) for term in query.terms}
    total = sum(weights.values()) or 1.0
    unknown = sum(weight for term, weight in weights.items() if term not in index.postings)
    behind = next((match.score for match in ranking[1:] if match.passage is not best.passage), 0.0)
    return {
        "score": best.score,
        "asked": min(sum(weight for term, weight in weights.items() if term in asked), MOST),
        "said": min(sum(weight for term, weight in weights.items() if term in have), MOST),
        "shared": min(float(len(query.subjects & have)), MOST),
        "unknown": unknown / total,
        "ahead": best.score - behind,
        "both": float(PAIR.issubset(query.names)),
        "named": float(any(name not in PAIR for name in query.names)),
        "elsewhere": float(bool(query.elsewhere)),
        "told": float(best.unit.role == "statement"),
        "cjk": float(any(map(is_cjk, query.text))),
    }


def strength(signs: Mapping[str, float]) -> float:
    """The log-odds that a match with these signs answers the query."""
    return BIAS + sum(WEIGHTS[sign] * value for sign, value in signs.items())
