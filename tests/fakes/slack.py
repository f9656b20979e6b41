"""A little server that plays Slack on loopback: Web API, response_url and Socket Mode.

It keeps what arrives, refuses what Slack refuses, and delivers events the way Slack does: an envelope that is
not acknowledged is sent again on the next connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

Body = dict[str, Any]

BOT_TOKEN, APP_TOKEN = "xoxb-invented", "xapp-invented"
BOT_USER, BOT_ID, TEAM = "U0BOT", "B0BOT", "T0CLUB"
DEADLINE = 30.0  # seconds; how long a test waits for something that should happen at once

PAYLOADS = Path(__file__).parents[1] / "data" / "slack"
TOP, HEADER, SECTION, LABEL, VALUE, ACTION_ID = 40_000, 150, 3000, 75, 2000, 255  # characters; Slack
BLOCKS, CONTEXT_ELEMENTS, ACTIONS, RESPONSES = 50, 10, 25, 5  # a message, a context, a row, a response_url


def payload(name: str) -> Body:
    """A payload as Slack sends it, to be changed by the test."""
    body: Body = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    return body


@dataclass(frozen=True, slots=True)
class Call:
    """What the client sent: a method of the Web API, or "response_url"."""

    method: str
    body: Body
    accepted: bool
    token: str = ""


@dataclass
class FakeSlack:
    """Set the fields below before what they should spoil."""

    calls: list[Call] = field(default_factory=list)
    acks: dict[str, Body] = field(default_factory=dict)  # by envelope id
    refusals: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))  # by method, one a call
    doors: deque[int] = field(default_factory=deque)  # HTTP status for the next websockets that are asked for
    quiet: bool = False  # websockets opened from now on answer no ping
    connections: int = 0  # websockets opened so far
    url: str = ""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._tickets: set[str] = set()
        self._responses: dict[str, int] = {}
        self._envelopes: dict[str, Body] = {}
        self._socket: web.WebSocketResponse | None = None
        self._transport: asyncio.WriteTransport | None = None
        self._changed = asyncio.Condition()

    # What a test does

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[FakeSlack]:
        app = web.Application()
        app.router.add_post("/api/{method}", self._on_call)
        app.router.add_post("/response/{key}", self._on_response)
        app.router.add_get("/socket", self._on_socket)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def until(self, condition: Callable[[], bool], within: float = DEADLINE) -> None:
        """Wait for ``condition``, which is looked at whenever something arrives."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(condition)

    async def deliver(self, kind: str, body: Body, attempt: int = 0) -> str:
        """Send ``body`` in an envelope of ``kind`` and wait for its acknowledgement; gives the envelope's id."""
        identity = f"envelope-{next(self._numbers)}"
        self._envelopes[identity] = {
            "envelope_id": identity,
            "type": kind,
            "payload": body,
            "accepts_response_payload": kind != "events_api",
            "retry_attempt": attempt,
            "retry_reason": "timeout" if attempt else "",
        }
        await self._send(self._envelopes[identity])
        await self.until(lambda: identity in self.acks)
        return identity

    def response_url(self) -> str:
        key = str(next(self._numbers))
        self._responses[key] = RESPONSES
        return f"{self.url}/response/{key}"

    def expire_responses(self) -> None:
        self._responses = dict.fromkeys(self._responses, 0)

    def drop(self) -> None:
        """Cut the connection without a word."""
        assert self._transport is not None
        self._transport.abort()

    async def refresh(self) -> None:
        """Ask the client to reconnect, as Slack does every few hours."""
        await self._send({"type": "disconnect", "reason": "refresh_requested"})

    def count(self, method: str) -> int:
        """How often the client called a method, with or without success."""
        return sum(call.method == method for call in self.calls)

    def messages(self) -> list[Call]:
        """What Slack accepted for people to see, in order."""
        return [call for call in self.calls if call.accepted and call.method in ("chat.postMessage", "response_url")]

    # What the client meets

    async def _keep(self, method: str, body: Body, error: str = "", token: str = "") -> None:
        async with self._changed:
            self.calls.append(Call(method, body, not error, token))
            self._changed.notify_all()

    async def _on_call(self, request: web.Request) -> web.Response:
        method, token = request.match_info["method"], request.headers.get("Authorization", "").removeprefix("Bearer ")
        body: Body = await request.json() if request.content_type == "application/json" else dict(await request.post())
        error = self._refusal(method, body, token)
        await self._keep(method, body, error, token)
        if error == "ratelimited":
            return web.json_response({"ok": False, "error": error}, status=429, headers={"Retry-After": "0"})
        if error:
            return web.json_response({"ok": False, "error": error})
        scopes = {"X-OAuth-Scopes": "app_mentions:read,chat:write,commands,im:history"}
        return web.json_response({"ok": True, **self._outcome(method)}, headers=scopes)

    def _refusal(self, method: str, body: Body, token: str) -> str:
        if self.refusals[method]:
            return self.refusals[method].popleft()
        if token != (APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN):
            return "invalid_auth"
        return mistake(body) if method == "chat.postMessage" else ""

    def _outcome(self, method: str) -> Body:
        number = next(self._numbers)
        if method == "auth.test":
            return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": TEAM, "user": "cnk", "team": "Simulation Club"}
        if method == "apps.connections.open":
            self._tickets.add(str(number))
            return {"url": f"{self.url.replace('http', 'ws')}/socket?ticket={number}"}
        return {"ts": f"1700000000.{number:06}"} if method == "chat.postMessage" else {}

    async def _on_response(self, request: web.Request) -> web.Response:
        body, key = await request.json(), request.match_info["key"]
        error = mistake(body) or ("" if self._responses.get(key) else "expired_url")
        await self._keep("response_url", body, error)
        if error:
            return web.json_response({"ok": False, "error": error}, status=404)
        self._responses[key] -= 1
        return web.Response(text="ok")

    async def _on_socket(self, request: web.Request) -> web.StreamResponse:
        if self.doors or request.query["ticket"] not in self._tickets:
            self._tickets.discard(request.query["ticket"])
            return web.Response(status=self.doors.popleft() if self.doors else 408)
        self._tickets.discard(request.query["ticket"])  # good for one try
        socket = web.WebSocketResponse(autoping=not self.quiet)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0CNK"}})
        async with self._changed:
            self._socket, self._transport, self.connections = socket, request.transport, self.connections + 1
            self._changed.notify_all()
        for envelope in tuple(self._envelopes.values()):
            await self._send(envelope)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                await self._on_ack(json.loads(message.data))
        return socket

    async def _on_ack(self, ack: Body) -> None:
        async with self._changed:
            self.acks[ack["envelope_id"]] = ack
            self._envelopes.pop(ack["envelope_id"], None)
            self._changed.notify_all()

    async def _send(self, message: Body) -> None:
        with contextlib.suppress(ConnectionError):
            if self._socket is not None and not self._socket.closed:
                await self._socket.send_json(message)


def mistake(body: Mapping[str, Any]) -> str:
    """What Slack would refuse a message for, or ""."""
    blocks = body.get("blocks", [])
    blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
    if not blocks and not body.get("text"):
        return "no_text"
    if len(body.get("text", "")) > TOP:
        return "msg_too_long"
    wrong = len(blocks) > BLOCKS or any(_wrong(block) for block in blocks)
    return "invalid_blocks" if wrong else ""


def _wrong(block: Mapping[str, Any]) -> bool:
    elements = block.get("elements", [])
    match block["type"]:
        case "section":
            return _wrong_text(block["text"], SECTION)
        case "header":
            return block["text"]["type"] != "plain_text" or _wrong_text(block["text"], HEADER)
        case "context":
            return not 1 <= len(elements) <= CONTEXT_ELEMENTS or any(_wrong_text(each, SECTION) for each in elements)
        case "rich_text":
            runs = [run for section in elements for run in section["elements"]]
            return not runs or any(not run["text"] or (run["type"] == "link" and not run["url"]) for run in runs)
        case "actions":
            identities = {each["action_id"] for each in elements}
            wrong = len(identities) < len(elements) or any(_wrong_button(each) for each in elements)
            return wrong or not 1 <= len(elements) <= ACTIONS
        case _:
            return True


def _wrong_text(text: Mapping[str, Any], limit: int) -> bool:
    fits = 1 <= len(text["text"]) <= limit and text["text"].strip()
    return text["type"] not in ("mrkdwn", "plain_text") or not fits


def _wrong_button(button: Mapping[str, Any]) -> bool:
    fits = len(button["action_id"]) <= ACTION_ID and 1 <= len(button.get("value", "-")) <= VALUE
    return _wrong_text(button["text"], LABEL) or not fits
