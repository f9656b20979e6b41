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
from knowledge.model import Topic
from knowledge.text import fold

BUTTONS = 10  # subjects or topics to press under one list


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """One topic whole, the topics of one subject, or all subjects."""
    wanted, start = _start_in(options.get("topic", "").strip())
    if not wanted:
        return _subjects(context)
    topic = _find(context, wanted)
    if topic and start >= len(topic.in_order):
        raise UsageError(f"“{topic.title}” has {len(topic.in_order)} statements.")
    if topic:
        return to_reply(context.knowledge.topic(topic.id, start))
    tagged = _tagged(context, wanted)
    return _list(wanted, tagged) if tagged else _unknown(context, wanted)


def _start_in(line: str) -> tuple[str, int]:
    """``refugees from 4``: the name, and the place of the statement to begin with, counted from 0."""
    match = re.search(r"\s+from ([1-9]\d{0,3})$", line)
    return (line[: match.start()], int(match[1]) - 1) if match else (line, 0)


def _find(context: Context, wanted: str) -> Topic | None:
    topics = context.knowledge.content.topics
    by_title = (topic for topic in topics.values() if fold(wanted) in (fold(topic.title), fold(topic.id)))
    return topics.get(wanted) or next(by_title, None)


def _tagged(context: Context, tag: str) -> list[Topic]:
    topics = context.knowledge.content.topics.values()
    return [topic for topic in topics if fold(tag) in map(fold, topic.tags)]


def _tags(context: Context) -> dict[str, int]:
    """How many topics each subject has, the largest first."""
    counts: dict[str, int] = {}
    for topic in context.knowledge.content.topics.values():
        for tag in topic.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _subjects(context: Context) -> Reply:
    tags = _tags(context)
    lead = f"{len(context.knowledge.content.topics)} topics, by subject. Name a subject or a topic to open it."
    listed = [Line(f"{_spaced(tag)} ({count})", style="item") for tag, count in tags.items()]
    actions = tuple(Action(_spaced(tag).capitalize(), "topics", tag) for tag in list(tags)[:BUTTONS])
    return Reply((Line(lead), *listed), actions=actions)


def _list(tag: str, topics: list[Topic]) -> Reply:
    lines = [Line(f"{len(topics)} topics about {_spaced(tag)}.")]
    lines += [Line(topic.title, style="item") for topic in topics]
    return Reply(tuple(lines), actions=_open(topics[:BUTTONS]))


def _unknown(context: Context, wanted: str) -> Reply:
    topics = list(context.knowledge.content.topics.values())
    titles = [topic.title for topic in topics]
    close = process.extract(wanted, titles, scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
    lead = "I have no topic of that name. The nearest are below; “topics” alone lists every subject."
    return Reply((Line(lead),), actions=_open([topics[each[2]] for each in close]), outcome="declined")


def _open(topics: list[Topic]) -> tuple[Action, ...]:
    actions = (to_action(Subject("topic", topic.id, topic.title)) for topic in topics)
    return tuple(action for action in actions if action)


def _spaced(tag: str) -> str:
    return tag.replace("-", " ")


def suggest(context: Context, typed: str) -> tuple[Suggestion, ...]:
    """Titles that contain what is being typed, word by word."""
    wanted = typed.casefold().split()
    return tuple(
        Suggestion(topic.title, topic.id)
        for topic in context.knowledge.content.topics.values()
        if all(word in topic.title.casefold() for word in wanted) and len(topic.id) <= SUGGESTION_LIMIT
    )


def read(context: Context, line: str) -> Mapping[str, str] | None:
    """A typed line is this command where nothing follows, or the name of a topic or subject does."""
    name, _ = _start_in(line)
    known = not line or _find(context, name) or _tagged(context, name)
    return {"topic": line} if known else None


COMMAND = Command(
    name="topics",
    help="Browse the topics, or open one whole",
    example="topics Six-Party Talks",
    options=(Option("topic", "A topic or a subject; leave out to see all", suggest=suggest),),
    handle=handle,
    read=read,
)
