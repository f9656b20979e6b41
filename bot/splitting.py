"""Fitting a long reply into a platform's limits: between lines, else between sentences, else between words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# Where a text may be cut, nothing taken away: after the space that ends a sentence, else a word.
_SENTENCES = re.compile(r"(?<=[.!?…。！？]\s)|(?<=[。！？])(?!\s)")
_WORDS = re.compile(r"(?<=\s)(?!\s)")


def split(text: str, limit: int, size: Callable[[str], int] = len) -> tuple[str, ...]:
    """Cut ``text`` into pieces of at most ``limit``, each as long as may be, losing nothing but white space.

    ``size`` measures a piece the way the platform does (after escaping, say); it must grow with the text.
    Cuts fall between sentences, else between words, else, in a word longer than ``limit``, inside it.
    """
    text = text.strip()
    if size(text) <= limit:
        return (text,) if text else ()
    for cuts in (_SENTENCES, _WORDS):
        parts = [part for part in cuts.split(text) if part]
        if len(parts) > 1:
            joined = pack(parts, limit, "", lambda piece: size(piece.strip()))
            return tuple(piece for each in joined for piece in split(each, limit, size))
    end = next(end for end in range(len(text) - 1, 0, -1) if end == 1 or size(text[:end]) <= limit)
    return (text[:end], *split(text[end:], limit, size))


def pack(pieces: Iterable[str], limit: int, separator: str = "\n", size: Callable[[str], int] = len) -> tuple[str, ...]:
    """Join neighbours with ``separator`` while they stay within ``limit``; a longer piece stands alone, uncut."""
    packed: list[str] = []
    for piece in pieces:
        joined = f"{packed[-1]}{separator}{piece}" if packed else ""
        if joined and size(joined) <= limit:
            packed[-1] = joined
        else:
            packed.append(piece)
    return tuple(packed)
