"""Writing plain text so that Discord shows exactly that text, and links that nothing in them can break.

``discord.utils.escape_markdown`` leaves lists, subtext, timestamps, emoji names, commands and bare addresses
alone, so we escape ourselves. Discord shows any punctuation after a backslash as itself.
"""

from __future__ import annotations

import re
from urllib.parse import quote

# Emphasis, code, spoilers, links, <mentions> and <t:timestamps>, :emoji:, @everyone; the colon and the slashes
# of an address, which would become a link, or a preview of an invitation.
_ANYWHERE = re.compile(r"[\\*_~|`\[\]<:@/]")
_AT_START = re.compile(r"^(\s*\d*)([#>+\-.)])")  # headings, quotes, lists, subtext (-#)
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\[\]\\\"'`*|]")


def escape(text: str) -> str:
    """``text`` as Discord markdown that is shown as that very text, on one line, and mentions nobody."""
    line = _ANYWHERE.sub(r"\\\g<0>", " ".join(text.splitlines()))
    return _AT_START.sub(r"\1\\\2", line)


def link(title: str, url: str) -> str:
    """``title`` linked to ``url`` without a preview; only its longest stretch free of brackets carries the link.

    Discord looks for the bracket that ends a title without regard to backslashes, so a lone bracket inside
    would undo the link. An address that is no web address is left out.
    """
    stretch = max(re.split(r"[\[\]]", title), key=len)
    if not stretch.strip() or not url.startswith(("https://", "http://")):
        return escape(title)
    before, _, after = title.partition(stretch)
    address = _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url)
    return f"{escape(before)}[{escape(stretch)}](<{address}>){escape(after)}"
