"""Questions written without a look at the wordings: how many of them are understood may rise, not fall."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from tests.evaluate import GROUPS, Group, evaluate, questions

FLOORS: dict[Group, float] = {"main": 0.88, "other": 0.6, "decline": 0.9}  # share that is right
WRONG = 0.15  # most of what is asked in scope that may be answered with another topic


def test_every_topic_a_question_wants_is_there(real: KnowledgeBase) -> None:
    asked = list(questions())
    assert {question.group for question in asked} == set(GROUPS)
    assert {topic for question in asked for topic in question.topics} <= real.content.topics.keys()
    assert all(bool(question.topics) == (question.group != "decline") for question in asked)


@pytest.mark.parametrize("group", GROUPS)
def test_questions_are_understood_at_least_as_well_as_before(real: KnowledgeBase, group: Group) -> None:
    counts = evaluate(real)
    total = sum(number for (each, _), number in counts.items() if each == group)
    assert counts[group, "right"] >= FLOORS[group] * total
    if group != "decline":
        assert counts[group, "wrong"] <= WRONG * total
