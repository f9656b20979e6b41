"""Whether a ranking answers a query at all: signs of it, weighed together.

One score separates what can be answered from what only sounds like it no better than chance. Taken together the
signs below do: how well the best passage is asked for and by how many of its wordings, how much of the question it
covers and how much is missing, how much of it is a word the record has never met, which states are named, and whether
the asker wants something that no record holds. Their weights are fitted by logistic regression on the half of the
evaluation questions that may be looked at and on what must be declined: ``make calibrate`` fits them anew and prints
what each threshold costs.
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.index import Index
from knowledge.intents import WISHES
from knowledge.language import is_idle
from knowledge.names import PAIR
from knowledge.query import Query
from knowledge.retrieval import Ranking
from knowledge.text import is_cjk

MOST = 4.0  # a sum of weights, or a number of subjects, from which on more says nothing more
LONG = 10  # terms of a question, from which on more say nothing more

WEIGHTS: Mapping[str, float] = {
    "fit": 1.89,
    "wording": 2.25,
    "third": 4.44,
    "said": 2.58,
    "missing": -0.65,
    "unknown": -2.40,
    "shared": 0.45,
    "length": 9.31,
    "ahead": 2.73,
    "both": 0.99,
    "named": 0.47,
    "elsewhere": -2.40,
    "focus": -1.95,
    "entity": -1.25,
    "cjk": 2.46,
    "predicts": -4.20,
    "advises": -3.62,
    "instructs": -4.02,
}
BIAS = -10.00
ENOUGH = 0.6  # least log-odds of what is answered
DOUBTFUL = -0.4  # least log-odds of what may be meant


def signs(index: Index, query: Query, ranking: Ranking) -> dict[str, float]:
    """What speaks for and against the best match of a ranking that is not empty: each from 0 to MOST."""
    best = ranking[0]
    number = best.unit.passage
    weights = {term: index.weight(term) for term in query.terms}
    total = sum(weights.values()) or 1.0
    have = {term for term in query.terms if index.spread.has(term, number)}
    unknown = sum(weight for term, weight in weights.items() if term not in index.terms)
    behind = next((match.score for match in ranking[1:]), 0.0)
    return {
        "fit": best.fit,
        "wording": best.traits["wording"],
        "third": best.traits["third"],  # agreement: that several of its wordings are near
        "said": best.traits["said"],
        "missing": min(sum(weight for term, weight in weights.items() if term not in have), MOST),
        "unknown": unknown / total,
        "shared": min(float(len(query.subjects & have)), MOST),
        "length": min(len(query.terms), LONG) / LONG,
        "ahead": best.score - behind,
        "both": float(PAIR.issubset(query.names)),
        "named": float(any(name not in PAIR for name in query.names)),
        "elsewhere": float(bool(query.elsewhere)),
        "focus": float(bool(query.focus) and not is_idle(query.focus) and not index.spread.has(query.focus, number)),
        "entity": float(best.passage.kind == "entity"),
        "cjk": float(any(map(is_cjk, query.text))),
        **{wish: float(wish in query.wishes) for wish in WISHES},
    }


def strength(signs: Mapping[str, float]) -> float:
    """The log-odds that a match with these signs answers the query."""
    return BIAS + sum(WEIGHTS[sign] * value for sign, value in signs.items())
