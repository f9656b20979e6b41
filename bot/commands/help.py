"""help: what can be asked, and how."""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.command import Command
from bot.context import Context
from bot.reply import Action, Line, Reply

BROWSE = Action("Browse topics", "topics", "")


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """A line for each command, made from the table."""
    from bot.commands import COMMANDS  # the table holds this command, too

    lines = [
        Line("Ask me about relations between China and North Korea; I answer with dated sources, or say I have none."),
        *(Line(f"{command.help}: {command.example}", style="item") for command in COMMANDS),
        Line("Use /cnk, mention me, or write to me directly. I speak only when spoken to.", style="quiet"),
    ]
    return Reply(tuple(lines), actions=(BROWSE, Action("About this bot", "about", "")))


COMMAND = Command(
    name="help",
    help="Show what I can do",
    example="help",
    options=(),
    handle=handle,
    read=lambda context, line: None if line else {},
)
