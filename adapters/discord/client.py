"""The thin class between Discord and the bot: an event in, a request asked, its payloads sent."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

import discord
from discord import app_commands

from adapters.discord import commands
from adapters.discord.sending import (
    TROUBLE,
    answer_interaction,
    answer_message,
    share,
    taken_up,
    tell,
)
from adapters.discord.translate import (
    ASK,
    PLATFORM,
    SHARE,
    button_to_request,
    command_to_request,
    is_private,
    is_question,
    message_to_request,
    to_payload,
    to_shared,
)
from bot.app import Bot, apology
from bot.errors import StartError
from bot.request import Request

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]

DRAIN = 10.0  # seconds; how long answers under way may take once the process is told to stop
CLOSING = 5.0  # seconds; how long Discord may take to say goodbye
PATIENCE = 60.0  # seconds; a rate limit that asks for more is an error (discord.py would sleep for hours)

CHANGED = "This command has changed since your Discord loaded it. Please reload Discord and try again."

TOKEN_REFUSED = 4004  # Discord, close code of the gateway

# What the bot needs where it is added to a server by the address that it logs.
PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)


class Client(discord.Client):
    """Listens with unprivileged intents: Discord gives the text of messages that name the bot or go to it alone."""

    def __init__(self, bot: Bot[Any]) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=0.0,  # seconds; nothing here waits for the servers' details
            max_ratelimit_timeout=PATIENCE,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.bot = bot
        self.tree = Tree(self, allowed_contexts=commands.CONTEXTS, allowed_installs=commands.INSTALLS)
        self.tree.add_command(commands.group(bot, self.answer))

    async def setup_hook(self) -> None:
        await commands.sync(self.tree)

    async def on_ready(self) -> None:
        if self.application_id is not None:
            invitation = discord.utils.oauth_url(self.application_id, permissions=PERMISSIONS)
            log.info("connected to Discord as %s, in %d servers; add it: %s", self.user, len(self.guilds), invitation)

    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention or a direct message, once. An edited message is another event, which we do not hear."""
        if self.user is None or not is_question(message, self.user):
            return
        with self.bot.underway():
            if not await self.bot.claim(f"discord:{message.id}"):
                return
            try:
                await answer_message(message, to_payload(await self.bot.handle(message_to_request(message, self.user))))
            except Exception as error:
                await answer_message(message, to_payload(apology(PLATFORM, error)))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a pressed button, of whatever age; the command tree sees to all other interactions.

        The custom_id says all that was pressed. discord.py's views would remember each message with buttons.
        """
        if interaction.type is not discord.InteractionType.component or interaction.message is None:
            return
        pressed = interaction.custom_id or ""
        if pressed == SHARE:
            await self.repeat(interaction, interaction.message)
        elif pressed.startswith(ASK):
            await self.answer(interaction)

    async def answer(self, interaction: Interaction) -> None:
        """Answer a slash command or a button that asks."""
        with self.bot.underway():
            try:
                private = is_private(interaction)
                if await taken_up(interaction, private):
                    payloads = to_payload(await self.bot.handle(self._request(interaction)), private)
                    await answer_interaction(interaction, payloads, private)
            except Exception as error:
                await tell(interaction, apology(PLATFORM, error).text)

    def _request(self, interaction: Interaction) -> Request:
        if interaction.type is discord.InteractionType.component:
            return button_to_request(interaction)
        return command_to_request(interaction)

    async def repeat(self, interaction: Interaction, message: discord.Message) -> None:
        """Repeat a private message for all to see."""
        with self.bot.underway():
            try:
                await share(interaction, to_shared(message))
            except Exception as error:
                await tell(interaction, apology(PLATFORM, error).text)


class Tree(app_commands.CommandTree[Client]):
    """The command tree; what goes wrong before an answer begins is told here."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        changed = isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch))
        with self.client.bot.underway():
            await tell(interaction, CHANGED if changed else apology(PLATFORM, error).text)


async def run(bot: Bot[Any], token: str, stop: asyncio.Event) -> None:
    """Answer people on Discord until ``stop`` is set and what is under way has been answered.

    Raises StartError where Discord refuses the token or cannot be reached.
    """
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we have no voice; spare the host
    client = Client(bot)
    connection = asyncio.create_task(client.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((connection, stopping), return_when=asyncio.FIRST_COMPLETED)
        if connection.done():
            await connection
    except TROUBLE as error:
        raise _start_error(error) from error
    finally:
        connection.cancel()  # no new questions: Discord gives them to the process that follows
        stopping.cancel()
        await asyncio.gather(connection, stopping, return_exceptions=True)
        if not await bot.drained(DRAIN):
            log.warning("stopped before the last answer on Discord was out")
        await _close(client)


async def _close(client: Client) -> None:
    try:
        await asyncio.wait_for(client.close(), CLOSING)
    except TimeoutError:
        await client.http.close()


def _start_error(error: BaseException) -> StartError:
    """What the host can do about it."""
    status = getattr(error, "status", 0)  # of a refused request
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return StartError("Discord wants privileged intents for the application of DISCORD_TOKEN.", os.EX_NOPERM)
    if isinstance(error, discord.LoginFailure) or status in (401, 403) or getattr(error, "code", 0) == TOKEN_REFUSED:
        return StartError(
            "Discord refuses the token in DISCORD_TOKEN: at https://discord.com/developers/applications choose your "
            "application, then Bot, then Reset Token, and set DISCORD_TOKEN to the new one.",
            os.EX_NOPERM,
        )
    return StartError(
        f"DISCORD_TOKEN is set, but Discord cannot be reached ({error}): check this server's network and "
        "https://discordstatus.com, then start again.",
        os.EX_UNAVAILABLE,
    )
