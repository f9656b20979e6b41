"""The smallest adapter: the terminal, and other programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from math import isfinite
from typing import Any

from bot.reply import Line, Reply, SourceLine, Style
from bot.request import Request

CONVERSATION = "console"

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOURS: dict[Style, str] = {"heading": _BOLD, "body": "", "item": "", "quiet": _DIM}


def to_request(line: str, conversation: str = "") -> Request:
    """A typed line as a request."""
    return Request("console", text=line, conversation=conversation)


def to_text(reply: Reply, *, width: int = 0, colour: bool = False) -> str:
    """The whole reply for a reader: lines, sources with their addresses, then what can be asked next.

    ``width`` is that of the terminal in columns; 0 leaves every paragraph on one line, for a pipe.
    """
    paragraphs = [_paint(_wrap(line.words, width, _indent(line)), _COLOURS[line.style], colour) for line in reply.lines]
    sources = [_source(source, width, colour) for source in reply.sources]
    actions = [f"  {action.line}  ({action.label})" for action in reply.actions]
    blocks = [
        _joined(reply.lines, paragraphs),
        "\n".join(sources),
        "\n".join(_paint(line, _DIM, colour) for line in (["Ask next:", *actions] if actions else [])),
    ]
    return "\n\n".join(block for block in blocks if block)


def _joined(lines: tuple[Line, ...], paragraphs: list[str]) -> str:
    """Items of a list stand close together, everything else a blank line apart."""
    text = ""
    for place, (line, paragraph) in enumerate(zip(lines, paragraphs, strict=True)):
        close = line.style == "item" and place and lines[place - 1].style == "item"
        text += ("\n" if close else "\n\n") * bool(place) + paragraph
    return text


def _source(source: SourceLine, width: int, colour: bool) -> str:
    return _wrap(source.words, width, "    ") + "\n" + _paint(f"    {source.url}", _DIM, colour)


def _indent(line: Line) -> str:
    return "  " if line.style == "item" else ""


def _wrap(text: str, width: int, indent: str) -> str:
    if not width:
        return text
    return textwrap.fill(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"{code}{text}{_PLAIN}" if colour and code else text


def to_json(reply: Reply) -> str:
    """The whole reply for a program, on one line."""
    return json.dumps({"answer": reply.text, **asdict(reply)}, ensure_ascii=False)


def to_record(identity: Any, reply: Reply, milliseconds: float) -> dict[str, Any]:
    """One line of a batch: ``answer`` is what a chat shows, without the list of sources."""
    return {
        "id": identity,
        "answer": reply.text,
        "citations": [source.url for source in reply.sources],
        "declined": reply.outcome != "answered",
        "ms": round(milliseconds, 3),
    }


def questions_in(line: str) -> Iterator[tuple[Any, str]]:
    """The ids and questions of one line of a batch: one, or the turns of a conversation.

    Raises ValueError, in words, for a line of another form; before that, nothing is given.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this is not JSON: {error}") from error
    if not isinstance(record, dict) or "id" not in record:
        raise ValueError('there is no "id"; write {"id": 1, "q": "…"} or {"id": 1, "turns": [{"id": 1, "q": "…"}]}')
    if "turns" not in record:
        yield _question(record)
        return
    turns = record["turns"]
    if not isinstance(turns, list) or not turns:
        raise ValueError('"turns" is not a list of {"id": …, "q": "…"}')
    yield from [_question(turn) for turn in turns]


def _question(record: Any) -> tuple[Any, str]:
    if not isinstance(record, dict) or "id" not in record or not isinstance(record.get("q"), str):
        raise ValueError('a question needs an "id" and a "q" that is text')
    identity = record["id"]
    is_number = isinstance(identity, int | float) and not isinstance(identity, bool) and isfinite(identity)
    if not isinstance(identity, str) and not is_number:
        raise ValueError('an "id" is a text or a number')
    return identity, record["q"]
