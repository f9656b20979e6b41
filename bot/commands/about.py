"""about: which version this is, how much it knows, and what it keeps."""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.command import Command
from bot.context import Context
from bot.reply import Line, Reply

REVIEWED = "Every statement stands in files that people review like code, with its sources."


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """Version, dates, counts and what is stored."""
    knowledge, counts = context.knowledge, context.knowledge.counts()
    holdings = (
        f"{counts.topics} topics with {counts.statements} statements, {counts.events} events, "
        f"{counts.entities} names, {counts.resolutions} Security Council resolutions and "
        f"{counts.figures} trade figures, resting on {counts.sources} sources."
    )
    age = f"Last reviewed on {knowledge.reviewed()}; nothing after {knowledge.reaches()} is known."
    return Reply(
        (
            Line(f"/cnk {context.version} answers questions about relations between China and North Korea."),
            Line(f"It holds {holdings}", style="item"),
            Line(age, style="item"),
            Line(f"{REVIEWED} No text model writes answers.", style="item"),
            *(Line(sentence, style="item") for sentence in context.keeps),
        )
    )


COMMAND = Command(
    name="about",
    help="Show the version, how much I know and what I store",
    example="about",
    options=(),
    handle=handle,
    read=lambda context, line: None if line else {},
)
