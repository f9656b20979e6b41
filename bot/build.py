"""Settings -> Bot: the one place where the parts are put together."""

from __future__ import annotations

import os

from bot import __version__
from bot.app import Bot
from bot.commands import COMMANDS
from bot.context import Context
from bot.conversation import Conversations
from bot.errors import StartError
from bot.settings import Settings
from bot.store.sqlite import Store, keeps
from knowledge.base import CONTENT, KnowledgeBase
from knowledge.errors import ContentError


def open_knowledge(settings: Settings) -> KnowledgeBase:
    """Read the content. Raises StartError with the first mistake, and how to see them all."""
    try:
        return KnowledgeBase.open(settings.content or CONTENT, settings.cache)
    except ContentError as error:
        first, *others = error.mistakes
        more = f" There are {len(others)} more mistakes; “cnk check” lists them." if others else ""
        raise StartError(f"The content cannot be used. {first}{more}", os.EX_DATAERR) from error


def build(settings: Settings, store: Store) -> Bot[Context]:
    """Put the bot together around a store that is open. Raises StartError where the content cannot be used."""
    knowledge = open_knowledge(settings)
    keeping = keeps(keep_questions=settings.keep_questions)
    context = Context(knowledge, store, __version__, keeping)
    return Bot(COMMANDS, context, store, Conversations(knowledge))
