"""``make calibrate``: fit the weights of ``knowledge/retrieval.py`` and ``knowledge/evidence.py``, and print what each
threshold costs. What it prints is pasted there by hand, so that a change is a decision.

Only questions are used that may be looked at: the half for development of ``tests/evaluate.py``, and those of
``earlier.jsonl``. The weights of the ranking are fitted on pairs, the right passage before a wrong one of the same
question; those of the evidence on best matches that are right against those of what must be declined. Both are logistic
regressions with a ridge, by Newton's method. The curve is of five-fold cross-validation: each question judged by
weights fitted without it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge import retrieval
from knowledge.base import KnowledgeBase
from knowledge.evidence import signs
from knowledge.retrieval import Match, rank
from tests.evaluate import in_scope, labels, out_of_scope, records
from tests.knowledge.questions import OFF_TOPIC

FOLDS = 5
STEPS = 12  # of Newton's method, which is there long before
RIDGE = 3.0  # L2 penalty of a weight, the values being standardised
RIVALS = 11  # wrong passages of a question that its right one is set against


@dataclass(frozen=True, slots=True)
class Example:
    """Named values, and whether they are of what is wanted."""

    values: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """The weight of each value, and the log-odds of none."""

    weights: Mapping[str, float]
    bias: float

    def strength(self, example: Example) -> float:
        return self.bias + sum(weight * example.values[name] for name, weight in self.weights.items())


def asked() -> Iterator[tuple[str, frozenset[str]]]:
    """Every question that may be looked at, and the ids of the records any of which answers it; none to be declined."""
    yield from ((each.text, labels(each.topics)) for each in in_scope(test=False))
    yield from ((each.text, frozenset()) for each in out_of_scope(test=False))
    yield from ((record["q"], frozenset(record["topics"])) for record in records("earlier.jsonl"))
    yield from ((text, frozenset()) for text in OFF_TOPIC)


def rankings(knowledge: KnowledgeBase) -> tuple[list[Example], list[Example]]:
    """The pairs of the ranking, as differences, and the best matches of the evidence."""
    index, pairs, best = knowledge._index, [], []  # the fit looks inside, nothing else does
    for text, wanted in asked():
        query = knowledge.query(text)
        ranking = rank(index, query)
        if not ranking:
            continue
        right = [match for match in ranking if match.passage.id in wanted]
        if right[:1] == [ranking[0]] or not wanted:
            best.append(Example(signs(index, query, ranking), bool(wanted)))
        wrong = [match for match in ranking if match.passage.id not in wanted][:RIVALS]
        pairs += [Example(each, True) for match in wrong if right for each in _differences(right[0], match)]
    return pairs, best


def _differences(right: Match, wrong: Match) -> Iterator[Mapping[str, float]]:
    yield {trait: value - wrong.traits[trait] for trait, value in right.traits.items()}


def fit(examples: Sequence[Example], *, bias: bool = True) -> Fit:
    """Weights by Newton's method on standardised values; without a bias for differences, which need no mean either."""
    names, count = list(examples[0].values), len(examples)
    mean = {name: sum(each.values[name] for each in examples) / count if bias else 0.0 for name in names}
    spread = {
        name: math.sqrt(sum((each.values[name] - mean[name]) ** 2 for each in examples) / count) or 1.0
        for name in names
    }
    rows = [
        ([(each.values[name] - mean[name]) / spread[name] for name in names] + [1.0] * bias, each.right)
        for each in examples
    ]
    size = len(names) + bias
    weights = [0.0] * size
    for _ in range(STEPS):
        slope = [-RIDGE * weight for weight in weights[: len(names)]] + [0.0] * bias
        bend = [
            [RIDGE * (row == column < len(names)) + 1e-9 * (row == column) for column in range(size)]
            for row in range(size)
        ]
        for values, right in rows:
            odds = _odds(sum(map(float.__mul__, weights, values)))
            for row, value in enumerate(values):
                slope[row] += (right - odds) * value
                scaled, line = odds * (1 - odds) * value, bend[row]
                for column in range(row + 1):
                    line[column] += scaled * values[column]
        for row in range(size):
            for column in range(row):
                bend[column][row] = bend[row][column]
        weights = [weight + step for weight, step in zip(weights, _solved(bend, slope), strict=True)]
    plain = {name: weight / spread[name] for name, weight in zip(names, weights, strict=False)}
    return Fit(plain, weights[-1] - sum(plain[name] * mean[name] for name in names) if bias else 0.0)


def _solved(matrix: list[list[float]], values: list[float]) -> list[float]:
    """The solution of a system of linear equations, by Gauss's elimination with pivots."""
    size = len(values)
    rows = [[*line, value] for line, value in zip(matrix, values, strict=True)]
    for place in range(size):
        pivot = max(range(place, size), key=lambda row: abs(rows[row][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        for row in range(place + 1, size):
            factor = rows[row][place] / rows[place][place]
            rows[row] = [each - factor * above for each, above in zip(rows[row], rows[place], strict=True)]
    solution = [0.0] * size
    for place in reversed(range(size)):
        known = sum(rows[place][column] * solution[column] for column in range(place + 1, size))
        solution[place] = (rows[place][size] - known) / rows[place][place]
    return solution


def _odds(strength: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, strength))))


def judged(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """Each example's strength by weights fitted without its fold, and whether it is right."""
    judged = []
    for fold in range(FOLDS):
        rest = fit([each for place, each in enumerate(examples) if place % FOLDS != fold])
        judged += [(rest.strength(each), each.right) for each in examples[fold::FOLDS]]
    return judged


def curve(judged: Sequence[tuple[float, bool]]) -> list[str]:
    """For each threshold, the share of right matches that pass and of what must be declined that does, too."""
    right = [strength for strength, is_right in judged if is_right]
    wrong = [strength for strength, is_right in judged if not is_right]
    rows = []
    for threshold in (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0):
        passed = sum(strength >= threshold for strength in right) / len(right)
        slipped = sum(strength >= threshold for strength in wrong) / len(wrong)
        rows.append(
            f"threshold {threshold:>4}   right matches answered {passed:>4.0%}   to be declined {slipped:>4.0%}"
        )
    return rows


def report() -> str:
    """The weights as they stand in the code, then the curve."""
    pairs, best = rankings(KnowledgeBase.open())
    ranked, found = fit(pairs, bias=False), fit(best)
    total = sum(weight for trait, weight in ranked.weights.items() if trait != "topic")  # so that shares stay shares
    return "\n".join(
        [
            f"# {retrieval.__name__}",
            *(f'    "{trait}": {weight / total:.3f},' for trait, weight in ranked.weights.items()),
            "# knowledge.evidence",
            *(f'    "{sign}": {weight:.2f},' for sign, weight in found.weights.items()),
            f"BIAS = {found.bias:.2f}",
            *curve(judged(best)),
        ]
    )


if __name__ == "__main__":
    print(report())
