"""The bot: one request in, one reply out, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from bot.commands.command import Command, Option
from bot.errors import UsageError
from bot.reply import Line, Reply, Suggestion
from bot.request import Request

log = logging.getLogger(__name__)

SUGGESTIONS = 25  # Discord, most choices of one autocomplete answer

C = TypeVar("C")


class Claims(Protocol):
    """Where it is written down which messages have been taken up."""

    def claim(self, identity: str) -> bool:
        """True for the first caller with this identity, False for every later one."""


class Talk(Protocol):
    """What was said before."""

    def resolve(self, request: Request) -> Request:
        """The request as it would have been put without the talk before it."""

    def remember(self, request: Request, reply: Reply) -> None:
        """Note what has just been asked and answered."""


class Bot(Generic[C]):
    """Answers requests from a table of commands.

    ``context`` is handed to every command; ``claims`` outlives a restart; ``talk`` knows what "more" refers to.
    Every adapter talks to this class alone.
    """

    def __init__(self, commands: Sequence[Command[C]], context: C, claims: Claims, talk: Talk | None = None) -> None:
        self.commands: Mapping[str, Command[C]] = {command.name: command for command in commands}
        self._context = context
        self._claims = claims
        self._talk = talk
        self._underway = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, request: Request) -> Reply:
        """Answer one request. Never raises: an unexpected failure is logged and told with a reference."""
        started = time.perf_counter()
        try:
            reply = await asyncio.to_thread(self._reply, request)
        except UsageError as error:
            reply = Reply((Line(str(error)),), outcome="refused")
        except Exception:
            reply = _apology(request)
        milliseconds = (time.perf_counter() - started) * 1000
        log.info("%s %s: %s in %.1f ms", request.platform, request.command or "-", reply.outcome, milliseconds)
        return reply

    def _reply(self, request: Request) -> Reply:
        resolved = self._talk.resolve(request) if self._talk else request
        reply = self._run(resolved)
        if self._talk:
            self._talk.remember(resolved, reply)
        return reply

    def _run(self, request: Request) -> Reply:
        command, options = self._read(request)
        for option in command.options:
            if option.required and not options.get(option.name, "").strip():
                raise UsageError(f"“{command.name}” needs to know more. Try: {command.example}")
        return command.handle(self._context, options)

    def _read(self, request: Request) -> tuple[Command[C], Mapping[str, str]]:
        if request.command:
            command = self.commands.get(request.command)
            if command is None:
                raise UsageError(f"There is no command “{request.command}”. “help” lists what there is.")
            return command, request.options
        word, _, rest = request.text.strip().partition(" ")
        command = self.commands.get(word.casefold())
        options = command.read(self._context, rest.strip()) if command else None
        if command is not None and options is not None:
            return command, options
        fallback = next(iter(self.commands.values()))
        return fallback, fallback.read(self._context, request.text.strip()) or {}

    async def suggest(self, command: str, option: str, typed: str) -> tuple[Suggestion, ...]:
        """What an option may become, at most ``SUGGESTIONS`` lines; none when anything goes wrong."""
        try:
            found = next(each for each in self.commands[command].options if each.name == option)
            return await asyncio.to_thread(self._suggest, found, typed)
        except Exception:
            log.exception("no suggestions for %s %s", command, option)
            return ()

    def _suggest(self, option: Option[C], typed: str) -> tuple[Suggestion, ...]:
        return option.suggest(self._context, typed)[:SUGGESTIONS] if option.suggest else ()

    async def claim(self, identity: str) -> bool:
        """Take up the message with this identity; False where it has been taken up before, by any process.

        A claim that cannot be written down counts as won: an answer given twice is better than none.
        """
        try:
            return await asyncio.to_thread(self._claims.claim, identity)
        except Exception:
            log.exception("the claim on a message could not be written down")
            return True

    @contextmanager
    def underway(self) -> Iterator[None]:
        """Wrap all the work on one event, up to its last payload: the process waits for it before it ends."""
        self._underway += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._underway -= 1
            if not self._underway:
                self._idle.set()

    async def drained(self, within: float) -> bool:
        """Wait until nothing is under way, at most ``within`` seconds; tells whether that came to pass."""
        try:
            await asyncio.wait_for(self._idle.wait(), within)
        except TimeoutError:
            return False
        return True


def _apology(request: Request) -> Reply:
    reference = secrets.token_hex(4)
    log.exception("reference %s: a %s request failed", reference, request.platform)
    return Reply(
        (
            Line("Sorry, something went wrong on my side, and it has been logged."),
            Line(f"Please try again; if it stays, tell whoever runs this bot the reference {reference}."),
        ),
        outcome="failed",
    )
