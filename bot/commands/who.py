"""who: a person, place, organisation, treaty or forum by any of its names."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, process, utils

from bot.answers import to_action, to_reply
from bot.commands.command import Command, Option
from bot.context import Context
from bot.reply import SUGGESTION_LIMIT, Line, Reply, Suggestion
from knowledge.answer import Subject
from knowledge.model import Entity
from knowledge.text import fold

CLOSE = 70.0  # least rapidfuzz ratio, 0 to 100, of a name that is offered instead
OFFERED = 3  # names offered instead


def handle(context: Context, options: Mapping[str, str]) -> Reply:
    """The card of the name; where nothing has it, the nearest names as a choice, never a guess."""
    wanted = options["name"]
    found = context.knowledge.find_entity(wanted)
    return to_reply(context.knowledge.entity(found)) if found else _unknown(context, wanted)


def _unknown(context: Context, wanted: str) -> Reply:
    near = _near(context, wanted)
    lead = "I know nobody and nothing of that name."
    if near:
        lead += f" Did you mean {' or '.join(entity.name for entity in near)}?"
    actions = (to_action(Subject("entity", entity.id, entity.name)) for entity in near)
    return Reply((Line(lead),), actions=tuple(action for action in actions if action), outcome="declined")


def _near(context: Context, wanted: str) -> list[Entity]:
    """The entities one of whose names is spelt most like this, the nearest first."""
    owners = [(name, entity) for entity in context.knowledge.content.entities.values() for name in entity.names]
    names = [name for name, _ in owners]
    close = process.extract(
        wanted, names, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=CLOSE, limit=None
    )
    near = {owners[place][1].id: owners[place][1] for _, _, place in close}
    return list(near.values())[:OFFERED]


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
