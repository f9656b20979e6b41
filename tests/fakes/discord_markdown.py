"""What Discord's app shows of a message: its markdown undone, and what in it would have been more than text.

The order and the shape of the rules follow Discord's own parser: a backslash before punctuation first, then
links, mentions and the like, then emphasis; subtext, headings, quotes and lists only at the start of a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_INLINE = re.compile(
    r"""
      \\(?P<escape>[^0-9A-Za-z\s])
    | \[(?P<title>(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?(?P<target>(?:[^\s\\<>()]|\\.)+)>?\s*\)
    | <(?P<autolink>https?://[^\s>]+)>
    | (?P<address>(?:https?|steam)://[^\s<]+[^\s<.,:;"')\]])
    | (?P<invitation>discord(?:app)?\.(?:gg|com/invite)/[\w-]+)
    | (?P<mention><@[!&]?\d+>|<\#\d+>|@everyone|@here)
    | (?P<command></[^:>]+:\d+>)
    | (?P<time><t:-?\d+(?::\w)?>)
    | (?P<emoji><a?:\w+:\d+>|:[^\s:]+:)
    | (?P<fence>`+)(?P<code>.+?)(?<!`)(?P=fence)(?!`)
    | \*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*)
    | __(?P<underline>(?:\\.|[^\\])+?)__(?!_)
    | ~~(?P<strike>.+?)~~
    | \|\|(?P<spoiler>.+?)\|\|
    | \*(?=\S)(?P<star>(?:\\.|[^\\*])+?)\*(?!\*)
    | \b_(?P<slope>(?:__|\\.|[^\\_])+?)_\b
    """,
    re.VERBOSE,
)
_BLOCKS = (
    ("subtext", re.compile(r"-#\s+(?=\S)")),
    ("heading", re.compile(r"\#{1,3}\s+(?=\S)")),
    ("quote", re.compile(r">(?:>>)?\s")),
    ("list", re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?=\S)")),
)


@dataclass
class Shown:
    """A message as people see it."""

    words: str = ""
    links: list[str] = field(default_factory=list)  # what can be followed
    markup: set[str] = field(default_factory=set)  # what was rendered rather than shown as typed


def shown(content: str) -> Shown:
    """Render a message's content."""
    seen = Shown()
    seen.words = "\n".join(_line(line, seen) for line in content.split("\n"))
    return seen


def _line(line: str, seen: Shown) -> str:
    for name, pattern in _BLOCKS:
        if found := pattern.match(line):
            seen.markup.add(name)
            return ("" if name == "subtext" else f"({name}) ") + _inline(line[found.end() :], seen)
    return _inline(line, seen)


def _inline(text: str, seen: Shown) -> str:
    return _INLINE.sub(lambda found: _token(found, seen), text)


def _token(found: re.Match[str], seen: Shown) -> str:
    name = found.lastgroup or ""
    inner = found[name]
    if name == "escape":
        return inner
    if name == "target":
        seen.markup.add("link")
        seen.links.append(inner)
        return _inline(found["title"], seen)
    seen.markup.add(name)
    if name in ("autolink", "address", "invitation"):
        seen.links.append(inner)
        return inner
    if name in ("mention", "command", "time", "emoji", "code"):
        return f"({name})"  # a chip, a picture or a box: not what was typed
    return _inline(inner, seen)
