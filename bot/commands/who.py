"""who: a person, place, organisation, treaty or forum by any of its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answers import to_action, to_reply
from bot.commands.command import Command, Option
from bot.context import Context
from bot.reply import SUGGESTION_LIMIT, Line, Reply, Suggestion
from knowledge.answer import Subject
from knowledge.text import fold


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """The card of the name; where nothing has it, the nearest names as a choice, never a guess."""
    wanted = options["name"]
    found = context.knowledge.find_entity(wanted)
    return to_reply(context.knowledge.entity(found)) if found else _unknown(context, wanted)


def _unknown(context: Context, wanted: str) -> Reply:
    near = context.knowledge.near_names(wanted)
    lead = "I know nobody and nothing of that name."
    return choose(f"{lead} {either(near)}", near) if near else Reply((Line(lead),), outcome="declined")


def either(subjects: Sequence[Subject]) -> str:
    """The question which of these is meant."""
    *others, last = (subject.title for subject in subjects)
    return f"Did you mean {', '.join(others)} or {last}?" if others else f"Did you mean {last}?"


def choose(lead: str, subjects: Sequence[Subject]) -> Reply:
    """A choice among these, to press."""
    actions = tuple(action for action in map(to_action, subjects) if action)
    return Reply((Line(lead),), actions=actions, is_choice=True, outcome="declined")


def suggest(context: Context, typed: str) -> tuple[Suggestion, ...]:
    """Entities any of whose names contains what is being typed."""
    wanted = fold(typed)
    return tuple(
        Suggestion(entity.name, entity.name)
        for entity in context.knowledge.content.entities.values()
        if len(entity.name) <= SUGGESTION_LIMIT and any(wanted in fold(name) for name in entity.names)
    )


def read(context: Context, line: str) -> Mapping[str, str] | None:
    """A typed line is this command only where the whole of it is a name: “who signed the treaty?” is a question."""
    return {"name": line} if not line or context.knowledge.find_entity(line) else None


COMMAND = Command(
    name="who",
    help="Look up a person, place, organisation, treaty or forum",
    example="who Kim Jong Il",
    options=(Option("name", "A name in any spelling or script", required=True, suggest=suggest),),
    handle=handle,
    read=read,
)
