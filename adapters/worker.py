"""The worker: every platform whose tokens are set, in one process, until a signal ends it."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Coroutine, Mapping
from typing import Any, Literal

from bot.app import Bot
from bot.build import build
from bot.context import Context
from bot.errors import StartError
from bot.settings import Settings
from bot.store.sqlite import Store

Name = Literal["discord", "slack"]

log = logging.getLogger(__name__)

_LIBRARIES = ("discord", "slack_bolt", "slack_sdk", "aiohttp", "asyncio")


def log_to_output(level: int) -> None:
    """Log to standard output; of the libraries only warnings, unless everything was asked for."""
    logging.basicConfig(level=level, stream=sys.stdout, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if level > logging.DEBUG:
        for library in _LIBRARIES:
            logging.getLogger(library).setLevel(logging.WARNING)


def run(settings: Settings, only: Name | None = None) -> int:
    """Run until SIGTERM or Ctrl-C, or until no platform is left.

    Raises StartError where it cannot start, and in the end where a platform has shut it out.
    """
    wanted = platforms(settings, only)
    store = Store(settings.store, keep_questions=settings.keep_questions)
    try:
        asyncio.run(_work(settings, build(settings, store), wanted))
    finally:
        store.close()
    return 0


def platforms(settings: Settings, only: Name | None = None) -> tuple[Name, ...]:
    """The platforms whose tokens are set. Raises StartError, naming what to set, where there is none."""
    slack = {"SLACK_BOT_TOKEN": settings.slack_bot_token, "SLACK_APP_TOKEN": settings.slack_app_token}
    missing: Mapping[Name, list[str]] = {
        "discord": [] if settings.discord_token else ["DISCORD_TOKEN"],
        "slack": [name for name, token in slack.items() if not token],
    }
    names = (only,) if only else tuple(missing)
    ready = tuple(name for name in names if not missing[name])
    if len(missing["slack"]) == 1 and "slack" in names:
        raise StartError(f"Slack needs both its tokens: set {missing['slack'][0]} as well, or neither.", os.EX_CONFIG)
    if not ready:
        wanted = " or ".join(" and ".join(missing[name]) for name in names)
        raise StartError(
            f"No token is set. Put {wanted} into a file .env; README.md says how to get one.", os.EX_CONFIG
        )
    return ready


async def _work(settings: Settings, bot: Bot[Context], wanted: tuple[Name, ...]) -> None:
    """Run the platforms until a signal, or until none is left; raises what ended the first that failed."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    failures = [
        failure
        for failure in await asyncio.gather(*(_kept_apart(_platform(name, settings, bot, stop)) for name in wanted))
        if failure
    ]
    log.info("stopped")
    if failures:
        raise failures[0]


async def _kept_apart(platform: Coroutine[Any, Any, None]) -> StartError | None:
    """Run one platform; where it fails, say so and leave the others alone."""
    try:
        await platform
    except StartError as error:
        log.error("%s", error)
        return error
    except Exception:
        log.exception("a platform ended for a reason we did not foresee")
        return StartError("A platform ended unexpectedly; the log says more.", os.EX_SOFTWARE)
    return None


def _platform(name: Name, settings: Settings, bot: Bot[Any], stop: asyncio.Event) -> Coroutine[Any, Any, None]:
    """Start one platform. Its library is imported only now: one that is not used costs no memory."""
    if name == "discord":
        from adapters.discord.client import run as run_discord

        return run_discord(bot, settings.discord_token, stop)
    from adapters.slack.client import run as run_slack

    return run_slack(bot, settings.slack_bot_token, settings.slack_app_token, stop)
