"""What a person asked, free of any platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """One question or command.

    A platform that knows which command was meant fills ``command`` and ``options``; a pressed button fills
    ``command`` and, with its argument, ``text``; a platform that only has a line leaves both to the bot to read.
    """

    platform: str  # "discord", "slack" or "console"; for the log
    text: str = ""  # the line as typed, without the mention of the bot, or what follows ``command``; unescaped
    command: str = ""  # a name of the command table, or "" to read it off the text
    options: Mapping[str, str] = field(default_factory=dict)  # by option name; left-out options are absent
    conversation: str = ""  # whose talk this belongs to: a thread, or a channel and a person; "" for none
