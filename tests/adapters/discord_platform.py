"""Discord as the shared list of behaviours sees it: our true client against the little Discord."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from adapters.discord.client import run
from bot.app import Bot
from tests.adapters.platform import DEADLINE, Heard
from tests.fakes import discord_people as people
from tests.fakes.discord import EPHEMERAL, FakeDiscord, Interaction
from tests.fakes.discord_markdown import shown
from tests.fakes.discord_rules import JSON


class DiscordPlatform:
    """Asks in the fake's general channel, as Min; see tests/adapters/platform.py."""

    name = "discord"

    def __init__(self, fake: FakeDiscord, bot: Bot[Any]) -> None:
        self.fake = fake
        self.bot = bot
        self.latest: list[JSON] = []  # the messages of the latest answer, whose buttons are pressed

    async def command(self, text: str, **options: Any) -> Heard:
        """``/cnk text``; the rest of the line fills the first option, ``options`` any others."""
        word, _, rest = text.partition(" ")
        name, rest = (word, rest) if word in self.bot.commands else ("ask", text)
        first = self.bot.commands[name].options[:1]
        filled = {option.name: rest for option in first if rest}
        return await self._heard_of(await self.fake.use(name, filled | options))

    async def mention(self, text: str, channel: str = people.GENERAL) -> Heard:
        return await self._said(f"<@bot> {text}", channel)

    async def direct(self, text: str) -> Heard:
        return await self._said(text, people.DIRECT)

    async def press(self, label: str) -> Heard:
        """Press the first button so named under the latest answer."""
        message, button = next(
            (message, button) for message in self.latest for button in _buttons(message) if button["label"] == label
        )
        return await self._heard_of(await self.fake.press(message, button["custom_id"]))

    async def unheeded(self, text: str) -> bool:
        before = len(self.fake.messages)
        await self.fake.say(f"{text} @everyone", mention_everyone=True)
        heard = await self.direct("help")
        return len(self.fake.messages) - before == len(heard.payloads)

    async def _said(self, text: str, channel: str) -> Heard:
        before = len(self.fake.messages)
        await self.fake.say(text, channel)
        await self.fake.until(lambda: len(self.fake.messages) > before)
        await self._quiet()
        answer = [message for message in self.fake.messages[before:] if message["channel_id"] == channel]
        return self._heard(answer)

    async def _heard_of(self, interaction: Interaction) -> Heard:
        await self.fake.until(lambda: any("sent" in message for message in interaction.messages))
        await self._quiet()
        return self._heard(interaction.messages)

    async def _quiet(self) -> None:
        assert await self.bot.drained(DEADLINE), "the answer never came to its end"

    def _heard(self, messages: list[JSON]) -> Heard:
        self.latest = messages
        read = [shown(message["content"]) for message in messages]
        return Heard(
            words="\n".join(each.words for each in read),
            links=tuple(link for each in read for link in each.links),
            buttons=tuple(button["label"] for message in messages for button in _buttons(message)),
            payloads=tuple(json.dumps(message["sent"], ensure_ascii=False) for message in messages),
            private=all(message["flags"] & EPHEMERAL for message in messages),
        )


def _buttons(message: JSON) -> list[JSON]:
    return [button for row in message["components"] for button in row["components"]]


@asynccontextmanager
async def discord_platform(bot: Bot[Any]) -> AsyncIterator[DiscordPlatform]:
    """A little Discord with our client connected to it; both end with the block."""
    async with FakeDiscord() as fake, running(bot, fake):
        yield DiscordPlatform(fake, bot)


@asynccontextmanager
async def running(bot: Bot[Any], fake: FakeDiscord) -> AsyncIterator[asyncio.Event]:
    """Our client, connected; yields what stops it. Fails with the reason if it ends of its own accord."""
    stop = asyncio.Event()
    client = asyncio.create_task(run(bot, people.TOKEN, stop))
    connecting = asyncio.create_task(fake.connected())
    await asyncio.wait((client, connecting), return_when=asyncio.FIRST_COMPLETED)
    try:
        await (client if client.done() else connecting)
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(client, DEADLINE)
