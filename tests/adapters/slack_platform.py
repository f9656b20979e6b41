"""Slack as the shared list of behaviours sees it: the true client on the fake server."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack.client import run
from bot.app import Bot
from tests.adapters.platform import DEADLINE, Heard
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, BOT_USER, Body, Call, FakeSlack, payload

_LINK = re.compile(r"<([^|>]+)(?:\|([^>]*))?>")
_TICKS = itertools.count(1)  # no two messages of one test run share a timestamp


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as a person sees it."""

    words: str
    links: tuple[str, ...]
    buttons: tuple[Mapping[str, Any], ...]
    private: bool


def see(message: Mapping[str, Any]) -> Seen:
    """Read a message; fails where the words of its notification differ from those of its blocks."""
    words: list[str] = []
    links: list[str] = []
    buttons: list[Mapping[str, Any]] = []
    for block in message["blocks"]:
        if block["type"] == "actions":
            buttons += block["elements"]
            continue
        line, addresses = _see_rich(block) if block["type"] == "rich_text" else _see_context(block)
        words.append(line)
        links += addresses
    assert unescape(message["text"]) == "\n".join(words)
    direct = str(message.get("channel", "")).startswith(("D", "U"))
    private = direct or message.get("response_type") == "ephemeral"
    return Seen("\n".join(words), tuple(links), tuple(buttons), private)


def _see_rich(block: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Rich text is shown as it stands."""
    runs = [run for section in block["elements"] for run in section["elements"]]
    assert {run["type"] for run in runs} <= {"text", "link"}
    return "".join(run["text"] for run in runs), [run["url"] for run in runs if run["type"] == "link"]


def _see_context(block: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Mrkdwn is read: links become their labels, escapes their signs; any other markup would change the words."""
    text = "".join(element["text"] for element in block["elements"])
    assert all(element["verbatim"] for element in block["elements"])
    labels = _LINK.sub(lambda link: link[2], text)
    assert not re.search(r"[*_~`|<>]|:\w+:|^\s*&gt;|^>", labels), labels
    return unescape(labels), [unescape(address) for address, _ in _LINK.findall(text)]


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class SlackPlatform:
    """See tests.adapters.platform.Platform."""

    name = "slack"

    def __init__(self, fake: FakeSlack, bot: Bot[Any]) -> None:
        self.fake = fake
        self._bot = bot
        self._latest: Call | None = None

    async def command(self, text: str) -> Heard:
        return await self.hear("slash_commands", self.a_command(text))

    async def mention(self, text: str) -> Heard:
        return await self.hear("events_api", a_mention(text))

    async def direct(self, text: str) -> Heard:
        return await self.hear("events_api", self.a_direct(text))

    async def press(self, label: str) -> Heard:
        return await self.hear("interactive", self.a_press(label))

    async def unheeded(self, text: str) -> bool:
        await self.fake.deliver("events_api", _message("message_channel", f"<!channel> <!here> {escape(text)}"))
        before = len(self.fake.messages())
        heard = await self.direct("help")
        return len(self.fake.messages()) - before == len(heard.payloads)

    # The events, for tests that deliver them themselves

    def a_command(self, text: str) -> Body:
        trigger = f"111.{next(_TICKS)}.invented"
        changes = {"text": escape(text), "trigger_id": trigger, "response_url": self.fake.response_url()}
        return payload("slash_command") | changes

    def a_direct(self, text: str) -> Body:
        return _message("message_im", escape(text))

    def a_press(self, label: str) -> Body:
        """The event of pressing the button with this label under the latest answer."""
        assert self._latest is not None
        message = self._latest.body
        button = next(each for each in see(message).buttons if each["text"]["text"] == label)
        ephemeral = message.get("response_type") == "ephemeral"
        body = payload("block_actions_ephemeral" if ephemeral else "block_actions")
        body["actions"][0] |= button
        body |= {"trigger_id": f"333.{next(_TICKS)}.invented", "response_url": self.fake.response_url()}
        if not ephemeral:
            body["channel"]["id"] = message.get("channel", body["channel"]["id"])
            body["message"].pop("thread_ts")
            body["message"] |= {"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}
        return body

    async def hear(self, kind: str, body: Body) -> Heard:
        """Deliver an event and wait until all of its answer is there."""
        before = len(self.fake.messages())
        await self.fake.deliver(kind, body)
        await self.fake.until(lambda: len(self.fake.messages()) > before)
        assert await self._bot.drained(DEADLINE)
        calls = self.fake.messages()[before:]
        self._latest = calls[-1]
        return heard([call.body for call in calls])


def heard(messages: Sequence[Mapping[str, Any]]) -> Heard:
    seen = [see(message) for message in messages]
    return Heard(
        words="\n".join(each.words for each in seen),
        links=tuple(link for each in seen for link in each.links),
        buttons=tuple(button["text"]["text"] for each in seen for button in each.buttons),
        payloads=tuple(json.dumps(message, ensure_ascii=False) for message in messages),
        private=all(each.private for each in seen),
    )


def escape(text: str) -> str:
    """What a person types, as Slack hands it on."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def a_mention(text: str) -> Body:
    """The event of mentioning the bot."""
    return _message("app_mention", f"<@{BOT_USER}> {escape(text)}")


def _message(name: str, text: str) -> Body:
    body = payload(name)
    moment = f"17000{next(_TICKS):05}.000100"
    body["event"] |= {"text": text, "ts": moment, "event_ts": moment}
    body["event_id"] = f"Ev{moment}"
    return body


@contextlib.asynccontextmanager
async def slack_platform(bot: Bot[Any], ping_interval: float = 10.0) -> AsyncIterator[SlackPlatform]:
    """The platform, from a fresh fake and client until both are stopped."""
    async with FakeSlack().serving() as fake, connected(bot, fake, ping_interval):
        yield SlackPlatform(fake, bot)


@contextlib.asynccontextmanager
async def connected(bot: Bot[Any], fake: FakeSlack, ping_interval: float = 10.0) -> AsyncIterator[asyncio.Event]:
    """The true client on ``fake``, until the event that this gives is set or the block is left."""
    stop = asyncio.Event()
    before = fake.connections
    running = asyncio.create_task(run(bot, BOT_TOKEN, APP_TOKEN, stop, f"{fake.url}/api/", ping_interval))
    try:
        await fake.until(lambda: fake.connections > before)
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(running, DEADLINE)
