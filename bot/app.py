"""The bot: one request in, one reply out, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from bot.commands.command import Command, Option
from bot.errors import UsageError
from bot.reply import Line, Reply, Suggestion
from bot.request import Request

log = logging.getLogger(__name__)

CALL = "/cnk"  # what people may type even where it is only text
ARGUMENT = 4  # words; more than these after the name of a command are a question
SUGGESTIONS = 25  # Discord, most choices of one autocomplete answer

C = TypeVar("C")


class Claims(Protocol):
    """Where it is written down which messages have been taken up."""

    def claim(self, identity: str) -> bool:
        """True for the first caller with this identity, False for every later one."""


class Talk(Protocol):
    """What was said before."""

    def resolve(self, request: Request) -> Request | Reply:
        """The request as it would have been put without the talk before it; or the reply, where that is all it asks."""

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
        """Answer one request, in a thread, so that no heartbeat is missed. Never raises, as ``reply``."""
        return await asyncio.to_thread(self.reply, request)

    def reply(self, request: Request) -> Reply:
        """Answer one request. Never raises: an unexpected failure is logged and told with a reference."""
        started = time.perf_counter()
        try:
            reply = self._reply(request)
        except UsageError as error:
            reply = Reply((Line(str(error)),), outcome="refused")
        except Exception as error:
            reply = apology(request.platform, error)
        milliseconds = (time.perf_counter() - started) * 1000
        log.info("%s %s: %s in %.1f ms", request.platform, request.command or "-", reply.outcome, milliseconds)
        return reply

    def _reply(self, request: Request) -> Reply:
        request = self._as_typed(request)
        found = self._named(request)
        if found is None:  # a bare question: only such a one can lean on what was said before
            resolved = self._talk.resolve(request) if self._talk else request
            if isinstance(resolved, Reply):
                return resolved  # no line gets it without the talk
            request = resolved
            found = self._named(request) or (self._first, self._read(self._first, request.text))
        reply = self._run(*found)
        if reply.outcome == "declined" and found[0] is self._first and not reply.is_choice:
            reply = self._meant(request.text) or reply
        asked = _line(request)
        if self._talk:
            self._talk.remember(replace(request, text=asked), reply)
        return replace(reply, asked=asked)

    def _meant(self, text: str) -> Reply | None:
        """What a command says to an argument it does not know, where a question without an answer may be one.

        “who Kim Jong Ill” is; “who won the world cup last year?” is not.
        """
        word, _, rest = text.partition(" ")
        command = self.commands.get(word.casefold())
        if command is None or not rest or len(rest.split()) > ARGUMENT or rest.endswith("?"):
            return None
        return self._run(command, self._read(command, rest))

    def _run(self, command: Command[C], options: Mapping[str, str]) -> Reply:
        for option in command.options:
            if option.required and not options.get(option.name, "").strip():
                raise UsageError(f"“{command.name}” needs to know more. Try: {command.example}")
        return command.handle(self._context, options)

    @property
    def _first(self) -> Command[C]:
        return next(iter(self.commands.values()))

    def _as_typed(self, request: Request) -> Request:
        """The first command of the table said or left out, and /cnk too, is the same request: the bare line."""
        if request.command == self._first.name:
            text = request.options.get(self._first.options[0].name, request.text)
            return replace(request, command="", text=text.strip())
        text = request.text.strip()
        for said in (CALL, self._first.name):
            word, _, rest = text.partition(" ")
            text = rest.strip() if word.casefold() == said else text
        return replace(request, text=text)

    def _read(self, command: Command[C], text: str) -> Mapping[str, str]:
        """The options in the rest of a line that is certainly for this command: as it reads it, else the first."""
        options = command.read(self._context, text.strip())
        return {option.name: text.strip() for option in command.options[:1]} if options is None else options

    def _named(self, request: Request) -> tuple[Command[C], Mapping[str, str]] | None:
        """The command that is named, and its options; None where the line names none."""
        if request.command:
            if request.command not in self.commands:
                raise UsageError(f"There is no command “{request.command}”. “help” lists what there is.")
            named = self.commands[request.command]
            return named, request.options or self._read(named, request.text)
        word, _, rest = request.text.partition(" ")
        command = self.commands.get(word.casefold())
        options = command.read(self._context, rest.strip()) if command else None
        return None if command is None or options is None else (command, options)

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


def _line(request: Request) -> str:
    """What a person would type for this request."""
    parts = (request.command, *request.options.values(), request.text) if request.command else (request.text,)
    return " ".join(part for part in parts if part)


def apology(platform: str, error: BaseException) -> Reply:
    """What to say after an unexpected failure, which is logged under the reference that the reply names."""
    reference = secrets.token_hex(4)
    log.error("reference %s: a %s request failed", reference, platform, exc_info=error)
    return Reply(
        (
            Line("Sorry, something went wrong on my side, and it has been logged."),
            Line(f"Please try again; if it stays, tell whoever runs this bot the reference {reference}."),
        ),
        outcome="failed",
    )
