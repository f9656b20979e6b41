"""What every command works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from knowledge.base import KnowledgeBase


class Gaps(Protocol):
    """Where it is written down that a question found no answer."""

    def record(self, question: str) -> None:
        """Note one unanswered question. Keeps its words only where the host asked for that."""


@dataclass(frozen=True, slots=True)
class Context:
    """The knowledge, where gaps go, and what the bot says of itself."""

    knowledge: KnowledgeBase
    gaps: Gaps
    version: str
    keeps: tuple[str, ...]  # what is stored, each as a sentence
