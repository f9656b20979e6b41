"""A little Discord on 127.0.0.1: the parts of its REST API (v10) and gateway that a bot of ours meets.

It plays people, keeps what the bot sends, and refuses what Discord refuses, in Discord's words. Unmodified
discord.py is pointed at it by the two addresses that it reads, ``Route.BASE`` and ``DEFAULT_GATEWAY``.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar

import yarl
from aiohttp import WSCloseCode, web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes import discord_people as people
from tests.fakes.discord_rules import JSON, SUBCOMMAND, Refused, check, choice_faults, command_faults, message_faults

DEADLINE = 30.0  # seconds; how long to wait for something that should happen at once
EPHEMERAL, LOADING = 1 << 6, 1 << 7  # message flags
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # intents: members, presences, message content
COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4  # types of interaction
MESSAGE, DEFERRED, CHOICES = 4, 5, 8  # types of answer to an interaction

T = TypeVar("T")


@dataclass
class Interaction:
    """What became of a slash command, a pressed button or a typed letter."""

    id: str
    token: str
    kind: int
    channel: str
    answered: int = 0  # the type of the first answer; 0 before it
    choices: list[JSON] = field(default_factory=list)
    messages: list[JSON] = field(default_factory=list)


class FakeDiscord:
    """Starts and stops with ``async with``; one bot may be connected, and connect again, at any time."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, Any]] = []  # method, path, body of every REST request, in order
        self.commands: list[JSON] = []  # as registered
        self.messages: list[JSON] = []  # whatever the bot has posted, with its body under "sent"
        self.interactions: dict[str, Interaction] = {}  # by token
        self.identified: list[JSON] = []  # the IDENTIFY of each session
        self.resumed = 0  # how often a session was taken up again
        self.gateway_refuses = 0  # the close code for whoever identifies; 0 for none
        self._planned: list[tuple[str, Refused]] = []
        self._last_id = 1200000000000000000
        self._sequence = 0
        self._socket: web.WebSocketResponse | None = None
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/gateway/", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)  # seconds
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self._was = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE = f"http://{self.address}/api/v10"
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{self.address}/gateway/")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self._was
        await self.close()

    # What a test can do and see

    async def until(self, truth: Callable[[], T]) -> T:
        """Wait for ``truth`` to hold after something has arrived; fails after DEADLINE."""
        async with asyncio.timeout(DEADLINE), self._changed:
            return await self._changed.wait_for(truth)

    async def close(self) -> None:
        """Be gone, as far as the bot can tell."""
        await self.drop()
        await self._runner.cleanup()

    async def connected(self) -> None:
        await self.until(lambda: self._socket is not None)

    async def drop(self) -> None:
        """Lose the gateway, as when a server of Discord's restarts."""
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close(code=WSCloseCode.GOING_AWAY)

    def refuse(self, call: str, status: int, code: int, message: str, **more: Any) -> None:
        """Refuse the next call whose "METHOD /path" matches the pattern ``call``."""
        self._planned.append((call, Refused(status, code, message, more)))

    async def dispatch(self, name: str, data: JSON) -> None:
        await self.connected()
        assert self._socket is not None
        await self._send(self._socket, name, data)

    async def say(self, content: str, channel: str = people.GENERAL, author: JSON = people.MIN, **more: Any) -> JSON:
        """Someone writes; ``<@bot>`` in the text is a mention of the bot. Gives the event, for saying it again."""
        content = content.replace("<@bot>", f"<@{people.APPLICATION}>")
        mentioned = [people.BOT] if f"<@{people.APPLICATION}>" in content else []
        event = self._message(channel, {"content": content}, author) | {"mentions": mentioned} | more
        if channel != people.DIRECT:
            event |= {"guild_id": people.GUILD, "member": people.member(author)}
        await self.dispatch("MESSAGE_CREATE", event)
        return event

    async def use(self, name: str, options: JSON, kind: int = COMMAND, channel: str = people.GENERAL) -> Interaction:
        """Use ``/cnk name``; fails, as Discord's app does, where no such thing is registered."""
        registered = next(each for each in self.commands[0]["options"] if each["name"] == name)
        known = {each["name"]: each for each in registered["options"]}
        assert all(each in options for each in known if known[each].get("required")), "a required option is missing"
        filled: list[JSON] = [{"name": each, "type": known[each]["type"], "value": options[each]} for each in options]
        if kind == AUTOCOMPLETE:
            assert known[filled[-1]["name"]].get("autocomplete")
            filled[-1]["focused"] = True
        subcommand = {"name": name, "type": SUBCOMMAND, "options": filled}
        data = {"id": self.commands[0]["id"], "name": "cnk", "type": 1, "options": [subcommand]}
        return await self._interact(kind, channel, {"data": data})

    async def press(self, message: JSON, custom_id: str) -> Interaction:
        data = {"custom_id": custom_id, "component_type": 2, "id": 1}
        shown = {key: value for key, value in message.items() if key != "sent"}
        return await self._interact(COMPONENT, message["channel_id"], {"data": data, "message": shown})

    async def _interact(self, kind: int, channel: str, more: JSON) -> Interaction:
        number = self._new_id()
        interaction = Interaction(number, f"interaction-token-{number}", kind, channel)
        self.interactions[interaction.token] = interaction
        direct = channel == people.DIRECT
        where = {"user": people.MIN} if direct else {"guild_id": people.GUILD, "member": people.member(people.MIN)}
        self.last_event = {
            "id": number,
            "application_id": people.APPLICATION,
            "type": kind,
            "token": interaction.token,
            "version": 1,
            "channel_id": channel,
            "channel": people.channel(channel),
            "context": 1 if direct else 0,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": people.GUILD},
            "attachment_size_limit": 10485760,
            "app_permissions": "2248473465835073",
            **where,
            **more,
        }
        await self.dispatch("INTERACTION_CREATE", self.last_event)
        return interaction

    # The REST API

    async def _rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        body = json.loads(await request.text() or "null")
        self.calls.append((request.method, path, body))
        try:
            return _response(self._answer(request, f"{request.method} {path}", body))
        except Refused as refused:
            return _response(refused.body, refused.status)
        finally:
            await self._tell()

    def _answer(self, request: web.Request, call: str, body: Any) -> Any:
        for planned in self._planned:
            if re.fullmatch(planned[0], call):
                self._planned.remove(planned)
                raise planned[1]
        by_token = call.startswith(("POST /webhooks/", "DELETE /webhooks/", "POST /interactions/"))
        if not by_token and request.headers.get("Authorization") != f"Bot {people.TOKEN}":
            raise Refused(401, 0, "401: Unauthorized")
        for pattern, handler in self._routes():
            if found := re.fullmatch(pattern, call):
                return handler(body, **found.groupdict())
        raise Refused(404, 0, "404: Not Found")

    def _routes(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        yield r"GET /users/@me", lambda _: people.BOT
        yield r"GET /oauth2/applications/@me", lambda _: people.application()
        yield r"GET /applications/\d+/commands", lambda _: self.commands
        yield r"PUT /applications/\d+/commands", self._register
        yield r"POST /users/@me/channels", lambda _: people.channel(people.DIRECT)
        yield r"POST /channels/(?P<channel>\d+)/messages", lambda body, channel: self._keep(channel, body)
        yield r"POST /interactions/\d+/(?P<token>[^/]+)/callback", self._first_answer
        yield r"POST /webhooks/\d+/(?P<token>[^/]+)", self._follow_up
        yield r"DELETE /webhooks/\d+/(?P<token>[^/]+)/messages/@original", self._withdraw

    def _register(self, body: list[JSON]) -> list[JSON]:
        check(command_faults(body))
        known = {"application_id": people.APPLICATION, "version": self._new_id()}
        self.commands = [{"id": self._new_id(), **known, **command} for command in body]
        return self.commands

    def _first_answer(self, body: JSON, token: str) -> JSON:
        interaction = self._known(token)
        if interaction.answered:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        data = body.get("data") or {}
        if body["type"] == CHOICES:
            check(choice_faults(data))
            interaction.choices = data["choices"]
        elif body["type"] == MESSAGE:
            interaction.messages.append(self._keep(interaction.channel, data))
        else:
            flags = LOADING | data.get("flags", 0)
            interaction.messages.append(self._message(interaction.channel, {"content": "", "flags": flags}, people.BOT))
        interaction.answered = body["type"]
        response = {"id": interaction.id, "type": interaction.kind}
        if not interaction.messages:
            return {"interaction": response}
        response["response_message_id"] = interaction.messages[0]["id"]
        return {"interaction": response, "resource": {"type": body["type"], "message": interaction.messages[0]}}

    def _follow_up(self, body: JSON, token: str) -> JSON:
        interaction = self._known(token)
        if not interaction.answered:
            raise Refused(404, 10015, "Unknown Webhook")
        first = interaction.messages[0]
        if first["flags"] & LOADING:  # stays private or public as deferred, whatever the flags now say
            message = self._keep(interaction.channel, body, flags=first["flags"] & EPHEMERAL, id=first["id"])
            interaction.messages[0] = message
        else:
            message = self._keep(interaction.channel, body)
            interaction.messages.append(message)
        return message

    def _withdraw(self, _: None, token: str) -> JSON:
        self._known(token).messages.pop(0)
        return {}

    def _known(self, token: str) -> Interaction:
        if token not in self.interactions:
            raise Refused(404, 10062, "Unknown interaction")
        return self.interactions[token]

    def _keep(self, channel: str, body: JSON, **more: Any) -> JSON:
        check(message_faults(body))
        if not (body.get("content") or "").strip():
            raise Refused(400, 50006, "Cannot send an empty message")
        message = self._message(channel, body, people.BOT) | more | {"sent": body}
        self.messages.append(message)
        return message

    def _message(self, channel: str, body: JSON, author: JSON) -> JSON:
        return {
            "id": self._new_id(),
            "channel_id": channel,
            "author": author,
            "content": body["content"].strip(),  # as Discord keeps it
            "components": body.get("components", []),
            "flags": body.get("flags", 0),
            "timestamp": "2026-11-21T10:00:00.000000+00:00",
            "edited_timestamp": None,
            "tts": False,
            "pinned": False,
            "type": 19 if "message_reference" in body else 0,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
        }

    # The gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for frame in socket:
            await self._hear(socket, frame.json())
        if self._socket is socket:
            self._socket = None
        await self._tell()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, frame: JSON) -> None:
        data = frame["d"]
        if frame["op"] == 1:
            await socket.send_json({"op": 11})
        elif data is None or data.get("token") != people.TOKEN:
            await socket.close(code=4004, message=b"Authentication failed.")
        elif self.gateway_refuses or (frame["op"] == 2 and data["intents"] & PRIVILEGED):
            await socket.close(code=self.gateway_refuses or 4014)
        elif frame["op"] == 2:
            self.identified.append(data)
            await self._send(socket, "READY", self._ready())
            await self._send(socket, "GUILD_CREATE", people.guild())
            self._socket = socket
        elif frame["op"] == 6:
            self.resumed += 1
            await self._send(socket, "RESUMED", {})
            self._socket = socket
        await self._tell()

    def _ready(self) -> JSON:
        return {
            "v": 10,
            "user": people.BOT,
            "guilds": [{"id": people.GUILD, "unavailable": True}],
            "session_id": f"session-{len(self.identified)}",
            "resume_gateway_url": f"ws://{self.address}/gateway/",
            "application": {"id": people.APPLICATION, "flags": 0},
        }

    async def _send(self, socket: web.WebSocketResponse, name: str, data: JSON) -> None:
        self._sequence += 1
        await socket.send_json({"op": 0, "t": name, "s": self._sequence, "d": data})

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _new_id(self) -> str:
        self._last_id += 1
        return str(self._last_id)


def _response(body: Any, status: int = 200) -> web.Response:
    """discord.py reads JSON only where the content type has no charset, and heeds a 429 only from behind a proxy."""
    return web.Response(
        body=json.dumps(body).encode(), status=status, content_type="application/json", headers={"Via": "1.1 google"}
    )
