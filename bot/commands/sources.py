"""sources: what the statements rest on; what one source is, and what rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from bot.answers import to_reply
from bot.commands.command import Command, Option
from bot.context import Context
from bot.reply import SUGGESTION_LIMIT, Line, Reply, SourceLine, Suggestion, shortened
from knowledge.model import KIND_LABELS, Source

SHOWN = 12  # records that rest on one source, listed


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """One source and what rests on it, or how many there are of each kind."""
    wanted = options.get("source", "").strip()
    if not wanted:
        return _kinds(context)
    source = context.knowledge.find_source(wanted)
    if not source:
        lead = "I have no such source. Give its title, its address or its id; “sources” alone counts them by kind."
        return Reply((Line(lead),), outcome="declined")
    card = to_reply(context.knowledge.source(source.id))
    resting = context.knowledge.resting_on(source.id)
    count = Line(f"{len(resting)} entries rest on it:" if len(resting) != 1 else "One entry rests on it:")
    listed = [Line(each, style="item") for each in resting[:SHOWN]]
    if len(resting) > SHOWN:
        listed.append(Line(f"and {len(resting) - SHOWN} more.", style="quiet"))
    return replace(card, lines=(*card.lines, count, *listed), sources=(*card.sources, *_copy(source)))


def _copy(source: Source) -> tuple[SourceLine, ...]:
    """Where a copy is archived: as its editors found it, or else the latest there may be. None where the source
    itself is linked there."""
    fixed = source.archive is not None
    line = SourceLine(
        number=2,
        title="Archived copy",
        publisher="As the editors found it" if fixed else "Internet Archive",
        published="a fixed capture" if fixed else "latest capture, where it has one",
        kind="archive",
        url=source.archive or source.latest_capture,
    )
    return (line,) if line.url != source.url else ()


def _kinds(context: Context) -> Reply:
    sources = context.knowledge.content.sources.values()
    counts = Counter(source.kind for source in sources).most_common()
    lead = Line(f"Every statement rests on one or more of {len(sources)} sources:")
    listed = [Line(f"{KIND_LABELS[kind]}: {count}", style="item") for kind, count in counts]
    return Reply((lead, *listed, Line("Name one by title, address or id to see what rests on it.", style="quiet")))


def suggest(context: Context, typed: str) -> tuple[Suggestion, ...]:
    """Sources whose title or publisher contains what is being typed."""
    wanted = typed.strip().casefold()
    return tuple(
        Suggestion(shortened(f"{source.title} ({source.publisher}, {source.published})", SUGGESTION_LIMIT), source.id)
        for source in context.knowledge.content.sources.values()
        if wanted in f"{source.title} {source.publisher}".casefold() and len(source.id) <= SUGGESTION_LIMIT
    )


def read(context: Context, line: str) -> Mapping[str, str] | None:
    """A typed line is this command where nothing follows, or a source that is known does."""
    return {"source": line} if not line or context.knowledge.find_source(line) else None


COMMAND = Command(
    name="sources",
    help="Show what a source is and what rests on it",
    example="sources cfr-2008-06-18",
    options=(Option("source", "A title, an address or an id; leave out to count them", suggest=suggest),),
    handle=handle,
    read=read,
)
