"""The bot's table of commands as Discord's ``/cnk`` and its subcommands. No name or help line is typed here twice."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import discord
from discord import app_commands

from adapters.discord.sending import TROUBLE
from adapters.discord.translate import PRIVATE
from bot.app import Bot
from bot.commands.command import Command, Option

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
Answer = Callable[[Interaction], Coroutine[Any, Any, None]]

# Usable by everyone: from a server that has the bot, or from a person's own apps wherever they write.
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
INSTALLS = app_commands.AppInstallationType(guild=True, user=True)


def group(bot: Bot[Any], answer: Answer) -> app_commands.Group:
    """``/cnk`` with one subcommand per command of the table; ``answer`` takes every use of them."""
    found = app_commands.Group(name="cnk", description="Questions on China and North Korea, answered with sources")
    for command in bot.commands.values():
        found.add_command(_subcommand(bot, command, answer))
    return found


def _subcommand(bot: Bot[Any], command: Command[Any], answer: Answer) -> app_commands.Command[Any, ..., None]:
    async def use(interaction: Interaction, **_: Any) -> None:
        await answer(interaction)

    # discord.py reads a command's options off a signature. Parameters are numbered and then renamed, since an
    # option may be called "from", which no parameter can.
    options = {f"option_{number}": option for number, option in enumerate(command.options)}
    use.__dict__["__signature__"] = _signature(options)
    names = {parameter: option.name for parameter, option in options.items()}
    helps = {parameter: option.help for parameter, option in options.items()}
    suggesting = {
        parameter: _suggester(bot, command.name, option.name)
        for parameter, option in options.items()
        if option.suggest is not None
    }
    app_commands.rename(**names)(use)
    app_commands.describe(**helps, private="Show the answer only to you")(use)
    app_commands.autocomplete(**suggesting)(use)
    return app_commands.Command(name=command.name, description=command.help, callback=use)


def _signature(options: Mapping[str, Option[Any]]) -> inspect.Signature:
    def parameter(name: str, annotation: type, default: Any) -> inspect.Parameter:
        return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)

    own = [parameter(name, str, inspect.Parameter.empty if each.required else "") for name, each in options.items()]
    interaction = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction)
    return inspect.Signature([interaction, *own, parameter(PRIVATE, bool, False)])


def _suggester(
    bot: Bot[Any], command: str, option: str
) -> Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]:
    async def suggest(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await bot.suggest(command, option, typed)
        return [app_commands.Choice(name=each.label, value=each.value) for each in found]

    return suggest


async def sync(tree: app_commands.CommandTree[Any]) -> None:
    """Give Discord our commands where it has others. A failure is logged: people can still write to the bot.

    Only then, since Discord allows 200 creations a day and shows new commands with a delay.
    """
    try:
        if await _registered(tree.client) == [_essence(command.to_dict(tree)) for command in tree.get_commands()]:
            log.info("Discord has the current commands")
            return
        await tree.sync()
        log.info("Discord has taken new commands; people may have to reload Discord to see them")
    except TROUBLE as error:
        log.error("Discord did not take the commands, so /cnk may be missing or old; mentions work: %s", error)


async def _registered(client: discord.Client) -> list[dict[str, Any]]:
    """What Discord has. As it says it: ``fetch_commands`` of discord.py 2.7 misreads contexts and installs by one."""
    if client.application_id is None:
        return []
    return [_essence(command) for command in await client.http.get_global_commands(client.application_id)]


def _essence(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What we set of a command or an option, in the form in which ours and Discord's compare equal."""
    kept = {key: payload[key] for key in ("name", "description", "type") if key in payload}
    kept |= {key: True for key in ("required", "autocomplete") if payload.get(key)}
    kept |= {key: sorted(payload[key]) for key in ("contexts", "integration_types") if payload.get(key)}
    return kept | {"options": [_essence(option) for option in payload.get("options") or ()]}
