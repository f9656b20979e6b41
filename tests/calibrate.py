"""``make calibrate``: fit the weights of ``knowledge/evidence.py``, and print what each threshold costs.

Logistic regression on the half of the evaluation questions that may be looked at: those whose best match is right
against those that must be declined. Questions of which the best match is wrong teach nothing about either.
The curve is of five-fold cross-validation: each question judged by weights fitted without it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.evidence import signs
from knowledge.retrieval import rank
from tests.evaluate import questions
from tests.knowledge.questions import OFF_TOPIC

FOLDS = 5
STEPS = 3_000  # of gradient descent
RATE = 1.0  # step, times the mean gradient
RIDGE = 1.0  # L2 penalty of a weight, the signs being standardised


@dataclass(frozen=True, slots=True)
class Example:
    """One question's signs, and whether its best match answers it."""

    signs: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """The weight of each sign, and the log-odds of none."""

    weights: Mapping[str, float]
    bias: float

    def strength(self, example: Example) -> float:
        return self.bias + sum(weight * example.signs[sign] for sign, weight in self.weights.items())


def examples(knowledge: KnowledgeBase) -> list[Example]:
    """The looked-at questions as signs, in the order of the file, then what is off topic."""
    index, found = knowledge._index, []  # the fit looks inside, nothing else does
    asked = [(question.text, question.topics) for question in questions() if not question.counts_only]
    for text, topics in [*asked, *((text, ()) for text in OFF_TOPIC)]:
        query = knowledge.query(text)
        ranking = rank(index, query)
        if ranking:
            right = ranking[0].passage.id in topics
            if right or not topics:
                found.append(Example(signs(index, query, ranking), right))
    return found


def fit(examples: Sequence[Example]) -> Fit:
    """Weights by gradient descent on the standardised signs."""
    names, count = list(examples[0].signs), len(examples)
    mean = {name: sum(each.signs[name] for each in examples) / count for name in names}
    spread = {
        name: math.sqrt(sum((each.signs[name] - mean[name]) ** 2 for each in examples) / count) or 1.0 for name in names
    }
    rows = [([(each.signs[name] - mean[name]) / spread[name] for name in names], each.right) for each in examples]
    weights, bias = [0.0] * len(names), 0.0
    for _ in range(STEPS):
        slope, lift = [RIDGE * weight for weight in weights], 0.0
        for values, right in rows:
            error = _odds(bias + sum(map(float.__mul__, weights, values))) - right
            lift += error
            slope = [each + error * value for each, value in zip(slope, values, strict=True)]
        bias -= RATE * lift / count
        weights = [weight - RATE * each / count for weight, each in zip(weights, slope, strict=True)]
    plain = {name: weight / spread[name] for name, weight in zip(names, weights, strict=True)}
    return Fit(plain, bias - sum(plain[name] * mean[name] for name in names))


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
    for threshold in (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0):
        passed = sum(strength >= threshold for strength in right) / len(right)
        slipped = sum(strength >= threshold for strength in wrong) / len(wrong)
        rows.append(
            f"threshold {threshold:>4}   right matches answered {passed:>4.0%}   to be declined {slipped:>4.0%}"
        )
    return rows


def report() -> str:
    """The weights as they stand in the code, then the curve."""
    seen = examples(KnowledgeBase.open())
    found = fit(seen)
    weights = [f'    "{name}": {weight:.2f},' for name, weight in found.weights.items()]
    return "\n".join([*weights, f"BIAS = {found.bias:.2f}", *curve(judged(seen))])


if __name__ == "__main__":
    print(report())
