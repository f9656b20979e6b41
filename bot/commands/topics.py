"""topics: browse what can be asked about, and open one topic whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process, utils

from bot.answers import to_action, to_reply
from bot.commands.command import Command, Option
from bot.context import Context
from bot.errors import UsageError
from bot.reply import SUGGESTION_LIMIT, Action, Line, Reply, Suggestion
from knowledge.answer import Subject
from knowledge.model import AREA_LABELS, AREAS, Area, Topic
from knowledge.text import fold

BUTTONS = 10  # topics to press under one list


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """One topic whole, the topics of one area, or all areas."""
    wanted, start = _start_in(options.get("topic", "").strip())
    if not wanted:
        return _areas(context)
    topic = _find(context, wanted)
    if topic and start >= len(topic.in_order):
        raise UsageError(f"“{topic.title}” has {len(topic.in_order)} statements.")
    if topic:
        return to_reply(context.knowledge.topic(topic.id, start))
    area = _area(context, wanted)
    return _list(area, _topics(context, area)) if area else _unknown(context, wanted)


def _start_in(line: str) -> tuple[str, int]:
    """``refugees from 4``: the name, and the place of the statement to begin with, counted from 0."""
    match = re.search(r"\sfrom ([1-9]\d{0,3})$", line)
    return (line[: match.start()].rstrip(), int(match[1]) - 1) if match else (line, 0)


def _find(context: Context, wanted: str) -> Topic | None:
    topics = context.knowledge.content.topics
    by_title = (topic for topic in topics.values() if fold(wanted) in (fold(topic.title), fold(topic.id)))
    return topics.get(wanted) or next(by_title, None)


def _area(context: Context, wanted: str) -> Area | None:
    """The area of that id or title that has topics."""
    named = (area for area in AREAS if fold(wanted) in (fold(area), fold(AREA_LABELS[area])))
    return next((area for area in named if _topics(context, area)), None)


def _topics(context: Context, area: Area) -> list[Topic]:
    return [topic for topic in context.knowledge.content.topics.values() if topic.area == area]


def _areas(context: Context) -> Reply:
    counts = {area: len(topics) for area in AREAS if (topics := _topics(context, area))}
    lead = f"{len(context.knowledge.content.topics)} topics in {len(counts)} areas. Name an area or a topic to open it."
    listed = [Line(f"{AREA_LABELS[area]} ({count})", style="item") for area, count in counts.items()]
    return Reply((Line(lead), *listed), actions=tuple(Action(AREA_LABELS[area], "topics", area) for area in counts))


def _list(area: Area, topics: list[Topic]) -> Reply:
    lines = [Line(f"{AREA_LABELS[area]}: {len(topics)} topic{'s' if len(topics) != 1 else ''}.")]
    lines += [Line(topic.title, style="item") for topic in topics]
    return Reply(tuple(lines), actions=_open(topics[:BUTTONS]))


def _unknown(context: Context, wanted: str) -> Reply:
    topics = list(context.knowledge.content.topics.values())
    titles = [topic.title for topic in topics]
    close = process.extract(wanted, titles, scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
    lead = "I have no topic of that name. The nearest are below; “topics” alone lists every area."
    return Reply((Line(lead),), actions=_open([topics[each[2]] for each in close]), outcome="declined")


def _open(topics: list[Topic]) -> tuple[Action, ...]:
    actions = (to_action(Subject("topic", topic.id, topic.title)) for topic in topics)
    return tuple(action for action in actions if action)


def suggest(context: Context, typed: str) -> tuple[Suggestion, ...]:
    """Titles that contain what is being typed, word by word."""
    wanted = typed.casefold().split()
    return tuple(
        Suggestion(topic.title, topic.id)
        for topic in context.knowledge.content.topics.values()
        if all(word in topic.title.casefold() for word in wanted) and len(topic.id) <= SUGGESTION_LIMIT
    )


def read(context: Context, line: str) -> Mapping[str, str] | None:
    """A typed line is this command where nothing follows, or the name of a topic or an area does."""
    name, _ = _start_in(line)
    known = not line or _find(context, name) or _area(context, name)
    return {"topic": line} if known else None


COMMAND = Command(
    name="topics",
    help="Browse the topics, or open one whole",
    example="topics Six-Party Talks",
    options=(Option("topic", "A topic or an area; leave out to see all areas", suggest=suggest),),
    handle=handle,
    read=read,
)
