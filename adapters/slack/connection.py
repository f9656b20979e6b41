"""The Socket Mode connection, and what keeps it alive."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable
from contextlib import suppress

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import StartError

log = logging.getLogger(__name__)

PATIENCE = 6  # looks at a dead socket before its client is thrown away
OPEN_WAIT = 30.0  # seconds for a websocket to open
CLOSE_WAIT = 3.0  # seconds for Slack to answer a closing websocket

UNREACHABLE = (aiohttp.ClientError, TimeoutError, OSError)
# What Slack says when the fault is its own; all else that it says of a token is final.
PASSING = ("ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "")

TOKENS = {
    "SLACK_BOT_TOKEN": "the “Bot User OAuth Token” (xoxb-…) from “Install App”",
    "SLACK_APP_TOKEN": "an app-level token (xapp-…) with the scope connections:write from “Basic Information”",
}


class UnreachableError(StartError):
    """Slack cannot be reached now, but may be later."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"Slack cannot be reached ({problem}): check the network and try again.", os.EX_UNAVAILABLE)


class Connection:
    """One websocket at a time, under the SDK's client, which pings it and reconnects by itself.

    Yet that client can stay deaf while the process lives: when a new websocket does not open at once, it repeats
    the address that Slack gave for it, which is good for one try within seconds. So a client whose socket is dead
    at ``PATIENCE`` looks, ``ping_interval`` seconds apart, is replaced.
    """

    def __init__(self, app: AsyncApp, app_token: str, ping_interval: float) -> None:
        self._app = app
        self._app_token = app_token
        self._ping_interval = ping_interval
        self._handler: AsyncSocketModeHandler | None = None

    async def open(self) -> None:
        """Raises StartError where the token is refused, UnreachableError where Slack does not answer."""
        # The SDK would repeat a refused call forever, so the first step of connecting is taken here.
        opened = await trusted("SLACK_APP_TOKEN", self._app.client.apps_connections_open(app_token=self._app_token))
        self._handler = AsyncSocketModeHandler(self._app, self._app_token, ping_interval=self._ping_interval)
        self._handler.client.wss_uri = opened["url"]
        try:
            # Not wait_for, which until Python 3.12 may swallow a cancellation that comes with the result.
            async with asyncio.timeout(OPEN_WAIT):
                await self._handler.client.connect()  # type: ignore[no-untyped-call]
        except TimeoutError as error:
            await self.close()
            raise UnreachableError("its websocket does not open") from error

    async def keep(self) -> None:
        """Reopen the connection whenever it stays dead; returns never, raises StartError when refused."""
        while True:
            await self._death()
            log.warning("the connection to Slack stays down; starting afresh")
            await self.close()
            await self._reopen()
            log.info("connected to Slack again")

    async def close(self) -> None:
        """Close the websocket and its session; without harm when called again."""
        if self._handler is None:
            return
        handler, self._handler = self._handler, None
        try:
            await asyncio.wait_for(handler.client.close(), CLOSE_WAIT)  # type: ignore[no-untyped-call]
        except TimeoutError:
            # A websocket that is closing already is not waited for again, or not for long.
            with suppress(TimeoutError):
                await asyncio.wait_for(handler.client.close(), CLOSE_WAIT)  # type: ignore[no-untyped-call]

    async def _death(self) -> None:
        dead = 0
        while self._handler is not None and dead < PATIENCE:
            await asyncio.sleep(self._ping_interval)
            dead = 0 if await self._handler.client.is_connected() else dead + 1

    async def _reopen(self) -> None:
        while self._handler is None:
            try:
                await self.open()
            except UnreachableError as error:
                log.warning("%s", error)
                await asyncio.sleep(self._ping_interval)


async def trusted(token: str, call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """The outcome of a call that shows ``token``, the name of a setting; a failure of it is a StartError."""
    try:
        return await call
    except SlackApiError as error:
        if slack_code(error) in PASSING:
            raise UnreachableError(f"it answers {slack_code(error) or 'nothing readable'}") from error
        raise refused(token, f"is refused by Slack ({slack_code(error)})") from error
    except UNREACHABLE as error:
        raise UnreachableError(str(error) or type(error).__name__) from error


def refused(token: str, problem: str) -> StartError:
    """What to do about the setting ``token``."""
    return StartError(f"{token} {problem}: copy {TOKENS[token]} at https://api.slack.com/apps.", os.EX_NOPERM)


def slack_code(error: SlackApiError) -> str:
    """Slack's word for what is wrong, such as ``not_in_channel``; "" where its answer held none."""
    answer = error.response.data if isinstance(error.response, AsyncSlackResponse) else error.response
    return str(answer.get("error") or "") if isinstance(answer, dict) else ""
