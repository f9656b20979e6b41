"""Many questions in one process: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from adapters import console
from bot.app import Bot
from bot.context import Context
from bot.errors import UsageError

SHOW_AFTER = 2.0  # seconds before a progress bar appears, where someone watches


def run(bot: Bot[Context], source: str, target: str) -> int:
    """Answer every line of ``source`` into ``target``; paths, or ``-`` for standard input and output.

    A malformed line is reported with its number and skipped. Gives 0, or 1 where a line was skipped. Raises
    UsageError where the answers would overwrite the questions, OSError where a file cannot be read or written;
    what has been answered until then is in ``target``.
    """
    from tqdm import tqdm  # costs a tenth of the start-up, and only a batch wants it

    if source != "-" and os.path.exists(target) and os.path.samefile(source, target):
        raise UsageError(f"{target} is what the questions come from: give --out another file.")
    skipped = 0
    with _reading(source) as lines, _writing(target) as out:
        watched = tqdm(lines, desc="answering", unit=" lines", disable=None, delay=SHOW_AFTER, file=sys.stderr)
        for number, line in enumerate(watched, start=1):
            if not line.strip():
                continue
            try:
                asked = list(console.questions_in(line.removeprefix("\ufeff")))
            except ValueError as error:
                tqdm.write(f"cnk: {source}, line {number}: {error}. Skipped.", file=sys.stderr)
                skipped += 1
                continue
            for identity, question in asked:
                record = _answer(bot, identity, question, conversation=f"batch:{number}")
                out.write(_json(record) + "\n")
        out.flush()
    if skipped:
        print(f"cnk: {skipped} line{'s' if skipped != 1 else ''} skipped; the rest is answered.", file=sys.stderr)
    return 1 if skipped else 0


def _json(record: dict[str, Any]) -> str:
    """A record on one line; half a surrogate pair, which UTF-8 cannot hold, as the escape it came as."""
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def _answer(bot: Bot[Context], identity: Any, question: str, conversation: str) -> dict[str, Any]:
    started = time.perf_counter()
    reply = bot.reply(console.to_request(question, conversation))
    return console.to_record(identity, reply, (time.perf_counter() - started) * 1000)


@contextmanager
def _reading(source: str) -> Iterator[Iterable[str]]:
    """The lines of a file; bytes that are not UTF-8 become � and so a malformed line, or a harmless character."""
    if source == "-":
        yield sys.stdin
        return
    with open(source, encoding="utf-8-sig", errors="replace") as file:
        yield file


@contextmanager
def _writing(target: str) -> Iterator[TextIO]:
    if target == "-":
        yield sys.stdout
        return
    with open(target, "w", encoding="utf-8") as file:
        yield file
