"""The table of commands, and what a command is made of.

Help, the registration on each platform, autocomplete and the README's list are all made from ``COMMANDS``.
The first one takes every line that names no command.
"""

from bot.commands import about, ask, help, resolution, sources, timeline, topics, who
from bot.commands.command import Command
from bot.context import Context

COMMANDS: tuple[Command[Context], ...] = (
    ask.COMMAND,
    topics.COMMAND,
    timeline.COMMAND,
    resolution.COMMAND,
    who.COMMAND,
    sources.COMMAND,
    help.COMMAND,
    about.COMMAND,
)
