"""The terminal as the shared list of behaviours sees it. It has no channels: every way of asking is typing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from adapters.console import CONVERSATION, to_request, to_text
from bot.app import Bot
from tests.adapters.platform import Heard

_ADDRESS = re.compile(r"^    (https://\S+)$", re.MULTILINE)
_ACTION = re.compile(r"^  (.*?)  \((.*)\)$")


class ConsolePlatform:
    """Types lines at the bot and reads what is printed; see tests/adapters/platform.py."""

    name = "console"

    def __init__(self, bot: Bot[Any]) -> None:
        self.bot = bot
        self.lines: dict[str, str] = {}  # what to type for each label of the latest answer

    async def command(self, text: str) -> Heard:
        printed = to_text(await self.bot.handle(to_request(text, CONVERSATION)))
        answer, _, following = printed.partition("\n\nAsk next:\n")
        actions = [match for line in following.splitlines() if (match := _ACTION.match(line))]
        self.lines = {match[2]: match[1] for match in actions}
        words = "\n".join(line for line in _ADDRESS.sub("", answer).splitlines() if line.strip())
        return Heard(words, tuple(_ADDRESS.findall(answer)), tuple(self.lines), (printed,), private=True)

    mention = direct = command

    async def press(self, label: str) -> Heard:
        return await self.command(self.lines[label])


@asynccontextmanager
async def console_platform(bot: Bot[Any]) -> AsyncIterator[ConsolePlatform]:
    """A terminal."""
    yield ConsolePlatform(bot)
