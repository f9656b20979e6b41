"""Getting messages to where they belong; where Slack does not take them, to the person all the same."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.connection import UNREACHABLE, slack_code
from adapters.slack.translate import Place, to_payload
from bot.reply import Line, Reply

log = logging.getLogger(__name__)

Payload = Mapping[str, Any]


class RefusedError(Exception):
    """Slack did not take a message; says why in Slack's words."""


class Delivery:
    """Sends as the account of ``client``, which waits and tries again where Slack limits the rate."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def send(self, payloads: Sequence[Payload], place: Place) -> None:
        """Send ``payloads`` in order. What Slack refuses is logged and told, never raised.

        From the first refused one on they go to the asker directly. So the end of an answer is not lost either
        when it takes more messages than a response_url does.
        """
        for sent, payload in enumerate(payloads):
            try:
                await self._send(payload, place)
            except RefusedError as refusal:
                log.warning("Slack did not take an answer: %s", refusal)
                if not place.direct:
                    await self._send_directly(payloads[sent:], place.user, refusal)
                return

    async def _send_directly(self, payloads: Sequence[Payload], user: str, refusal: RefusedError) -> None:
        try:
            for payload in (*to_payload(_explanation(refusal)), *payloads):
                await self._post(payload, user)
        except RefusedError as again:
            log.warning("nor did Slack take it as a direct message: %s", again)

    async def _send(self, payload: Payload, place: Place) -> None:
        if place.response_url:
            await self._respond(payload, place)
        else:
            await self._post(payload, place.channel, place.thread)

    async def _post(self, payload: Payload, channel: str, thread: str = "") -> None:
        try:
            await self._client.chat_postMessage(channel=channel, thread_ts=thread or None, **payload)
        except SlackApiError as error:
            raise RefusedError(slack_code(error) or "unreadable answer") from error
        except UNREACHABLE as error:
            raise RefusedError(str(error) or type(error).__name__) from error

    async def _respond(self, payload: Payload, place: Place) -> None:
        client = AsyncWebhookClient(place.response_url, retry_handlers=self._client.retry_handlers)
        kind = "ephemeral" if place.private else "in_channel"
        try:
            response = await client.send_dict({**payload, "response_type": kind, "replace_original": False})
        except UNREACHABLE as error:
            raise RefusedError(str(error) or type(error).__name__) from error
        if response.status_code != 200:
            raise RefusedError(f"{response.status_code} {response.body[:100]}")


def _explanation(refusal: RefusedError) -> Reply:
    reason = f"Slack did not take my answer where you asked ({refusal})."
    advice = "If I am not a member of that channel, invite me with /invite. Here is what it did not take:"
    return Reply((Line(f"{reason} {advice}"),), outcome="failed")
