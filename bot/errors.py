"""What can go wrong between a request and a reply.

BotError
├── UsageError       the person can mend it; the message says how, and becomes the reply
└── StartError       the host can mend it; the message says how, and ends the process
"""

from __future__ import annotations

from bot.reply import shortened


class BotError(Exception):
    """The root of the family; the message is a sentence for people."""


class UsageError(BotError):
    """A request that cannot be met as it stands. Shown to the person who asked."""


class StartError(BotError):
    """The bot cannot start or go on. Shown to the host; ``code`` is the exit code of the process."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


QUOTED = 80  # characters of what somebody typed that are said back


def quoted(text: str) -> str:
    """What somebody typed, as a message can say it back: on one line, and not for pages."""
    return f"“{shortened(' '.join(text.split()), QUOTED)}”"
