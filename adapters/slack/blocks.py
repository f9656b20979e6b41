"""A reply as Slack messages.

Lines become ``rich_text`` blocks, whose words Slack takes as they are: nothing in them can format, link or
notify. Quiet lines and sources become ``context`` blocks, small and grey under the answer. Those are mrkdwn,
which has no escape for its own signs, so the rare one that holds such a sign becomes ``rich_text`` as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from bot.reply import Action, Line, Reply, SourceLine, shortened
from bot.splitting import pack, split

Block = dict[str, Any]
Run = tuple[str, str]  # words, and the address they lead to or ""

SECTION_LIMIT = 3000  # characters; Slack, Block Kit, text object (rich_text names no limit, so it keeps this one)
MESSAGE_LIMIT = 4000  # characters; Slack, chat.postMessage, text: longer is cut in places, at 40,000 everywhere
BLOCKS_LIMIT = 50  # blocks; Slack, Block Kit, one message
ROW_LIMIT = 25  # buttons; Slack, Block Kit, actions block
LABEL_LIMIT = 75  # characters; Slack, Block Kit, button text
VALUE_LIMIT = 2000  # characters; Slack, Block Kit, button value
URL_LIMIT = 3000  # characters; Slack, Block Kit, button url (links in text name no limit)

ROWS = 2  # rows of buttons to leave room for under a full message
SHARE = "share"  # stands where other buttons have their number

# Belt and braces against links and pings; the blocks above hold none that we did not write.
QUIETLY = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False, "parse": "none", "link_names": False}

# What mrkdwn would read: bold, italic, strike and code signs, :emoji:, a quote at the start, the bar in a link.
_MARKUP = re.compile(r"[*_~`|]|:[\w+'-]+:|^\s*>")
_UNSAFE = re.compile(r"[<>|\s\"]")
_SIGNS = {ord(sign): quote(sign) for sign in "%&<>"}


@dataclass(frozen=True, slots=True)
class Part:
    """As much of a reply as one block holds."""

    words: str  # as people see it
    block: Block
    size: int  # characters it takes of MESSAGE_LIMIT


def to_payload(reply: Reply, share: Action | None = None) -> tuple[dict[str, Any], ...]:
    """The messages that say ``reply``, in order: ``text`` for notifications, ``blocks`` for everywhere else.

    Each keeps within Slack's limits; nothing is left out. The buttons, and ``share`` as the last of them, stand
    under the last message.
    """
    messages = [_message(parts) for parts in _fill(_parts(reply))]
    if messages:
        messages[-1]["blocks"] += _rows(reply.actions, share)
    return tuple(messages)


def escape(text: str) -> str:
    """``text`` as Slack wants it in ``text`` fields and mrkdwn."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _size(text: str) -> int:
    return len(escape(text))


def _parts(reply: Reply) -> Iterator[Part]:
    for style, lines in groupby(reply.lines, key=lambda line: line.style):
        pieces = tuple(piece for line in lines for piece in _pieces(line))
        for piece in pack(pieces, SECTION_LIMIT, size=_size) if style == "item" else pieces:
            runs: tuple[Run, ...] = ((piece, ""),)
            yield _part(runs, _small(runs) if style == "quiet" else _rich(runs, bold=style == "heading"))
    for source in reply.sources:
        for runs in _source(source):
            yield _part(runs, _small(runs))


def _pieces(line: Line) -> tuple[str, ...]:
    # One empty text makes Slack refuse the whole message.
    return tuple(piece for piece in split(line.words, SECTION_LIMIT, _size) if piece.strip())


def _source(source: SourceLine) -> Iterator[tuple[Run, ...]]:
    """A source as runs, its title linked. One longer than a block is cut, and then has no room for its link."""
    if _size(source.words) > SECTION_LIMIT:
        yield from (((piece, ""),) for piece in split(source.words, SECTION_LIMIT, _size))
    else:
        before = f"[{source.number}] "
        after = source.words.removeprefix(before + source.title)
        url = _UNSAFE.sub(lambda sign: quote(sign[0]), source.url)
        yield ((before, ""), (source.title, url if len(url) <= URL_LIMIT else ""), (after, ""))


def _part(runs: Sequence[Run], block: Block) -> Part:
    words = "".join(words for words, _ in runs)
    return Part(words, block, _size(words) + sum(len(url) for _, url in runs) + 1)


def _small(runs: Sequence[Run]) -> Block:
    text = "".join(f"<{escape(url)}|{escape(words)}>" if url else escape(words) for words, url in runs)
    if len(text) > SECTION_LIMIT or _MARKUP.search("".join(words for words, _ in runs)):
        return _rich(runs)
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _rich(runs: Sequence[Run], bold: bool = False) -> Block:
    style = {"style": {"bold": True}} if bold else {}
    elements = [
        {"type": "link", "url": url, "text": words} if url else {"type": "text", "text": words, **style}
        for words, url in runs
        if words
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _fill(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Share the parts out over as few messages as their limits allow."""
    message: list[Part] = []
    for part in parts:
        full = sum(each.size for each in message) + part.size > MESSAGE_LIMIT
        if message and (full or len(message) == BLOCKS_LIMIT - ROWS):
            yield message
            message = []
        message.append(part)
    if message:
        yield message


def _message(parts: Sequence[Part]) -> dict[str, Any]:
    text = "\n".join(escape(part.words) for part in parts)
    return {"text": text, "blocks": [part.block for part in parts], **QUIETLY}


def _rows(actions: Sequence[Action], share: Action | None) -> list[Block]:
    buttons = [_button(action, str(number)) for number, action in enumerate(actions[: ROWS * ROW_LIMIT - 1])]
    if share is not None and len(_value(share.argument)) <= VALUE_LIMIT:
        buttons.append(_button(share, SHARE))
    rows = (buttons[start : start + ROW_LIMIT] for start in range(0, len(buttons), ROW_LIMIT))
    return [{"type": "actions", "elements": row} for row in rows]


def _button(action: Action, number: str) -> Block:
    """A button that carries its whole question, so that it works after a restart."""
    button: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": shortened(action.label, LABEL_LIMIT), "emoji": False},
        "action_id": f"cnk:{action.command}:{number}",
    }
    return {**button, "value": _value(action.argument)} if action.argument else button


def _value(argument: str) -> str:
    # Slack hands some fields of a message back escaped (bolt-python issue 513); these signs then never meet it.
    return argument.translate(_SIGNS)
