"""The Slack client: one path from an event to its answer, and the process around it."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

from adapters.slack.connection import Connection, refused, trusted
from adapters.slack.delivery import Delivery
from adapters.slack.translate import Body, addressed, to_identity, to_payload, to_place, to_request, to_share
from bot.app import Bot, apology
from bot.errors import StartError

log = logging.getLogger(__name__)

SLACK = "https://slack.com/api/"
PING_INTERVAL = 10.0  # seconds between looks at the websocket
DRAIN_WAIT = 10.0  # seconds for answers that are under way when the process is asked to stop
RATE_LIMIT_RETRIES = 2  # each after the time that Slack names


async def run(
    bot: Bot[Any],
    bot_token: str,
    app_token: str,
    stop: asyncio.Event,
    base_url: str = "",
    ping_interval: float = PING_INTERVAL,
) -> None:
    """Answer on Slack until ``stop`` is set, then finish what is under way.

    ``base_url`` is that of the Web API, "" for Slack's own; ``ping_interval`` is in seconds.
    Raises StartError where a token is refused, now or later, or where Slack cannot be reached at the start.
    """
    _check_kinds(bot_token, app_token)
    serving = asyncio.create_task(_serve(bot, _app(bot_token, base_url or SLACK), app_token, ping_interval))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        serving.cancel()  # no new questions: Slack gives them to the process that follows
        stopping.cancel()
        await asyncio.gather(serving, stopping, return_exceptions=True)
        if not await bot.drained(within=DRAIN_WAIT):
            log.warning("stopped before the last answer on Slack was out")
    if not serving.cancelled():
        serving.result()


def _check_kinds(bot_token: str, app_token: str) -> None:
    if bot_token.startswith("xapp-") and app_token.startswith("xoxb-"):
        raise StartError("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: exchange their values.", os.EX_NOPERM)
    if not bot_token.startswith("xoxb-"):
        raise refused("SLACK_BOT_TOKEN", "is not a bot token")
    if not app_token.startswith("xapp-"):
        raise refused("SLACK_APP_TOKEN", "is not an app-level token")


def _app(bot_token: str, base_url: str) -> AsyncApp:
    """Bolt, its own chatter reduced to a line an error."""
    logger = logging.getLogger(f"{__name__}.sdk")
    logger.setLevel(logging.ERROR)
    logger.addFilter(_one_line)
    app = AsyncApp(token=bot_token, logger=logger)
    app.client.base_url = base_url
    app.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES))
    return app


def _one_line(record: logging.LogRecord) -> bool:
    # While the network is away, the SDK writes a traceback at every try.
    record.exc_info = None
    return True


async def _serve(bot: Bot[Any], app: AsyncApp, app_token: str, ping_interval: float) -> None:
    account = await trusted("SLACK_BOT_TOKEN", app.client.auth_test())
    _listen(app, bot, me=account["user_id"])
    connection = Connection(app, app_token, ping_interval)
    try:
        await connection.open()
        log.info("connected to Slack: @%s in %s", account.get("user"), account.get("team"))
        await connection.keep()
    finally:
        await connection.close()


def _listen(app: AsyncApp, bot: Bot[Any], me: str) -> None:
    """Give Bolt its listeners; ``me`` is the user id of the bot.

    Slack wants an acknowledgement within 3 seconds, so that comes first (for events Bolt gives it). Each
    listener is a task of its own.
    """
    delivery = Delivery(app.client)

    async def on_interaction(ack: AsyncAck, body: dict[str, Any]) -> None:
        with bot.underway():
            await ack()
            await _answer(body, me, bot, delivery)

    async def on_message(body: dict[str, Any]) -> None:
        with bot.underway():
            if addressed(body, me):
                await _answer(body, me, bot, delivery)

    async def on_error(error: Exception) -> None:
        log.error("a Slack event went unanswered", exc_info=error)

    app.command("/cnk")(on_interaction)
    app.action(re.compile("^cnk:"))(on_interaction)
    app.event("app_mention")(on_message)
    app.event("message")(on_message)
    app.error(on_error)


async def _answer(body: Body, me: str, bot: Bot[Any], delivery: Delivery) -> None:
    if not await bot.claim(to_identity(body)):
        return
    place = to_place(body)
    try:
        request = to_request(body, me)
        reply = await bot.handle(request)
        payloads = to_payload(reply, to_share(reply) if place.private else None)
    except Exception as error:
        payloads = to_payload(apology("slack", error))
    await delivery.send(payloads, place)
