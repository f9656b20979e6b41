"""What every room's tests share: a content folder of three topics, small enough to hold in mind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Bot
from bot.build import build
from bot.context import Context
from bot.settings import Settings
from bot.store.sqlite import Store
from knowledge.base import KnowledgeBase

SMALL = Path(__file__).parent / "data" / "content"


@pytest.fixture(scope="session")
def small() -> KnowledgeBase:
    """The knowledge base of the small content."""
    return KnowledgeBase.open(SMALL)


@pytest.fixture(scope="session")
def real() -> KnowledgeBase:
    """The knowledge base that comes with the bot."""
    return KnowledgeBase.open()


@pytest.fixture
def store() -> Iterator[Store]:
    """A store that keeps the words of unanswered questions, in memory."""
    store = Store(":memory:", keep_questions=True)
    yield store
    store.close()


@pytest.fixture
def bot(store: Store) -> Bot[Context]:
    """The real bot on the small content."""
    return build(Settings(content=SMALL, keep_questions=True), store)
