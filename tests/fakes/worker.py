"""The true worker in a process of its own, told that the little servers are Discord and Slack."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters import cli
from adapters.slack import client
from bot.settings import SETTINGS
from tests.fakes import discord_people as people
from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, FakeSlack

ROOT = Path(__file__).parents[2]


async def start_worker(discord: FakeDiscord, slack: FakeSlack, folder: str | Path, **settings: str) -> Process:
    """Start ``cnk run`` with both platforms' tokens and its store in ``folder``; ``settings`` go before these."""
    names = {setting.name for setting in SETTINGS}
    ours = {
        "DISCORD_TOKEN": people.TOKEN,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "CNK_STORE": str(Path(folder) / "cnk.db"),
        "CNK_CACHE": str(folder),
    }
    environ = {name: value for name, value in os.environ.items() if name not in names} | ours | settings
    arguments = ("-m", "tests.fakes.worker", discord.address, slack.url)
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=environ, stdout=PIPE, stderr=PIPE
    )


def main(discord: str, slack: str) -> int:
    """Run the worker against these addresses."""
    Route.BASE = f"http://{discord}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{discord}/gateway/")
    client.SLACK = f"{slack}/api/"
    return cli.main(["run"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
