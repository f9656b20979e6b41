"""Payloads on their way to Discord, and what to do where it refuses them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord

from adapters.discord.translate import Payload

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]

# All that a request to Discord may raise: refusals, and a network that fails.
TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError)

# Discord, error codes of the REST API
UNKNOWN_INTERACTION = 10062  # not deferred within 3 seconds
ALREADY_ACKNOWLEDGED = 40060
NO_HISTORY = 160002  # a reply needs the permission to read what was said before


def fields(payload: Payload) -> dict[str, Any]:
    """What to send, as discord.py wants it: no previews of what is linked, and buttons that it need not remember."""
    view = discord.ui.View(timeout=None)
    for button in payload.buttons:
        view.add_item(discord.ui.Button(label=button.label, custom_id=button.custom_id))
    view.stop()  # else discord.py keeps it, under a fifteen-minute timer where the message is private
    return {"content": payload.content, "view": view, "suppress_embeds": True}


# Messages


async def answer_message(question: discord.Message, payloads: Sequence[Payload]) -> None:
    """Answer under the question, or by direct message where we may not write there."""
    try:
        await _reply(question, payloads)
    except discord.Forbidden as error:
        log.warning("not allowed to write in channel %s: %s", question.channel.id, error.text)
        if question.guild is not None:
            await _answer_apart(question.author, payloads)
    except TROUBLE as error:
        log.warning("the answer to message %s was not delivered: %s", question.id, error)


async def _reply(question: discord.Message, payloads: Sequence[Payload]) -> None:
    """The first message replies to the question, which may be gone by now; the others follow it."""
    reference = question.to_reference(fail_if_not_exists=False)
    for payload in payloads[:1]:
        try:
            await question.channel.send(**fields(payload), reference=reference, mention_author=False)
        except discord.Forbidden as error:
            if error.code != NO_HISTORY:
                raise
            await question.channel.send(**fields(payload))
    for payload in payloads[1:]:
        await question.channel.send(**fields(payload))


async def _answer_apart(person: discord.User | discord.Member, payloads: Sequence[Payload]) -> None:
    """Answer in a direct message, saying why; some people take none."""
    why = Payload("I may not write in the channel where you asked me, so here is the answer.")
    try:
        for payload in (why, *payloads):
            await person.send(**fields(payload))
    except TROUBLE as error:
        log.warning("nor could the answer go to the person directly: %s", error)


# Interactions: slash commands and buttons


async def taken_up(interaction: Interaction, private: bool) -> bool:
    """Defer, since Discord waits 3 seconds for a first word. Private or public is settled here.

    Discord lets one deferral of an interaction through, so this is its claim as well: of two processes, or of
    two deliveries, the second is refused.
    """
    try:
        await interaction.response.defer(ephemeral=private, thinking=True)
    except discord.HTTPException as error:
        if not _is_taken(error):
            raise
        return False
    return True


async def answer_interaction(interaction: Interaction, payloads: Sequence[Payload], private: bool) -> None:
    """Answer a deferred interaction; Discord puts the first message in place of "is thinking"."""
    for payload in payloads:
        await interaction.followup.send(**fields(payload), ephemeral=private)
    if not payloads:
        await interaction.delete_original_response()


async def share(interaction: Interaction, payload: Payload) -> None:
    """Answer a pressed button at once and for all to see."""
    try:
        await interaction.response.send_message(**fields(payload))
    except discord.HTTPException as error:
        if not _is_taken(error):
            raise


async def tell(interaction: Interaction, text: str) -> None:
    """Say one sentence to the person alone, whatever has been said before."""
    say = interaction.followup.send if interaction.response.is_done() else interaction.response.send_message
    try:
        await say(**fields(Payload(text)), ephemeral=True)
    except TROUBLE as error:
        log.warning("the person could not be told: %s", error)


def _is_taken(error: discord.HTTPException) -> bool:
    if error.code not in (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED):
        return False
    log.info("an interaction is left alone: %s", error.text)
    return True
