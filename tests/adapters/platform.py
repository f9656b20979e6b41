"""What the shared list of behaviours needs of a platform: ways to ask, and what a person then sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

DEADLINE = 10.0  # seconds; how long a test waits for something that should happen at once


@dataclass(frozen=True, slots=True)
class Heard:
    """What arrived at the platform for one question, read the way a person sees it."""

    words: str  # every visible line in order, across all messages, markup and escapes undone, buttons left out
    links: tuple[str, ...]  # addresses that can be followed, in order
    buttons: tuple[str, ...]  # labels, in order
    payloads: tuple[str, ...]  # the raw bodies as JSON text, for what must not be in them
    private: bool  # only the asker can see it


class Platform(Protocol):
    """A true client of ours, connected to a little server on loopback that plays the platform.

    Each way of asking waits until the answer is complete, and fails after DEADLINE.
    """

    name: str

    async def command(self, text: str) -> Heard:
        """Type ``/cnk text`` (on Discord: the subcommand that the first word names, else ``ask``)."""

    async def mention(self, text: str) -> Heard:
        """Mention the bot in a channel with ``text``."""

    async def direct(self, text: str) -> Heard:
        """Write ``text`` to the bot in a direct message."""

    async def press(self, label: str) -> Heard:
        """Press the button with this label under the latest answer."""


class Chat(Platform, Protocol):
    """A platform where others speak, too."""

    async def unheeded(self, text: str) -> bool:
        """Say ``text`` in a channel without mentioning the bot, and ping everyone; True where nothing came back.

        To know that nothing comes, it asks something else afterwards and sees that this is all that is answered.
        """
