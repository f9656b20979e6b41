"""``make evaluate``: questions written without a look at the wordings of the content, put to the real content.

``main`` asks what one of the six main topics answers, ``other`` what another topic does, ``decline`` must be
declined. Half of the questions, chosen by a hash, may be looked at while the retrieval is worked on; the other
half only ever counts.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.answer import Answer
from knowledge.base import KnowledgeBase

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"

Group = Literal["main", "other", "decline"]
Outcome = Literal["right", "declined", "wrong"]
GROUPS: tuple[Group, ...] = ("main", "other", "decline")
OUTCOMES: tuple[Outcome, ...] = ("right", "declined", "wrong")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and the topics any of which answers it; none where it must be declined."""

    text: str
    topics: tuple[str, ...]
    group: Group

    @property
    def counts_only(self) -> bool:
        """Whether it belongs to the half that is not looked at."""
        return hashlib.sha256(self.text.encode()).digest()[-1] % 2 == 0


def questions() -> Iterator[Question]:
    """All of them, in the order of the file."""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield Question(record["q"], tuple(record["topics"]), record["group"])


def outcome(question: Question, answer: Answer) -> Outcome:
    """Whether an answer is what the question wants. A record that bears a topic's own name stands for the topic."""
    if answer.declined:
        return "declined" if question.topics else "right"
    about = answer.subject.id if answer.subject else ""
    return "right" if any(about and about in topic for topic in question.topics) else "wrong"


def evaluate(knowledge: KnowledgeBase, *, counts_only: bool | None = None) -> Counter[tuple[Group, Outcome]]:
    """How many questions of each group had which outcome; of both halves, or of one."""
    return Counter(
        (question.group, outcome(question, knowledge.answer(question.text)))
        for question in questions()
        if counts_only in (None, question.counts_only)
    )


def report() -> str:
    """The outcomes by half and group, a line each."""
    knowledge, lines = KnowledgeBase.open(), []
    for half, counts_only in (("looked at", False), ("not looked at", True)):
        counts = evaluate(knowledge, counts_only=counts_only)
        for group in GROUPS:
            total = sum(number for (each, _), number in counts.items() if each == group)
            numbers = [(name, counts[group, name]) for name in OUTCOMES]
            shares = "   ".join(f"{name} {number:>3} ({number / total:>4.0%})" for name, number in numbers)
            lines.append(f"{half:<15}{group:<9}{total:>4}   {shares}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
