"""resolution: a Security Council resolution by any form of its number."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers import to_reply
from bot.commands.command import Command, Option
from bot.context import Context
from bot.reply import SUGGESTION_LIMIT, Line, Reply, Suggestion, shortened
from knowledge.model import Resolution


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """The resolution's card; where it is not recorded, which ones are."""
    found = context.knowledge.find_resolution(options["number"])
    if found:
        return to_reply(context.knowledge.resolution(found))
    recorded = ", ".join(context.knowledge.content.resolutions)
    lead = Line("I have no record of that resolution. Give one number, symbol or link, such as S/RES/1718.")
    return Reply((lead, Line(f"Recorded: {recorded}.", style="quiet")), outcome="declined")


def suggest(context: Context, typed: str) -> tuple[Suggestion, ...]:
    """Resolutions whose number, date, trigger or symbol contains what is being typed, the latest first."""
    latest = sorted(context.knowledge.content.resolutions.values(), key=lambda each: each.adopted.first, reverse=True)
    labels = [(resolution, _label(resolution)) for resolution in latest]
    return tuple(
        Suggestion(label, resolution.id)
        for resolution, label in labels
        if typed.strip().casefold() in f"{label} {resolution.symbol}".casefold()
    )


def _label(resolution: Resolution) -> str:
    return shortened(f"{resolution.id} ({resolution.adopted}): {resolution.trigger}", SUGGESTION_LIMIT)


def read(context: Context, line: str) -> Mapping[str, str] | None:
    """A typed line is this command where it is short enough to be nothing but a number, symbol or link."""
    return {"number": line} if len(line.split()) <= 2 else None


COMMAND = Command(
    name="resolution",
    help="Show a Security Council resolution: the vote, and what it decided",
    example="resolution 1718",
    options=(Option("number", "1718, S/RES/1718, UNSCR 1718 or a link to it", required=True, suggest=suggest),),
    handle=handle,
    read=read,
)
