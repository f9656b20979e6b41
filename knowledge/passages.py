"""Content -> passages: every record that can answer something, as searchable text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.model import Content, Entity, Event, Resolution, Series, Topic

PassageKind = Literal["topic", "event", "entity", "resolution", "series"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: one record, as searchable text."""

    kind: PassageKind
    id: str  # of the record
    wordings: tuple[str, ...]  # ways to ask for it
    statements: tuple[str, ...]  # what it says; for a topic in the order of Topic.statements


def passages(content: Content) -> Iterator[Passage]:
    """Every record that can answer something."""
    yield from map(_topic, content.topics.values())
    yield from map(_event, content.events.values())
    yield from map(_entity, content.entities.values())
    yield from map(_resolution, content.resolutions.values())
    yield from map(_series, content.series.values())


def _topic(topic: Topic) -> Passage:
    matters = tuple(dispute.matter for dispute in topic.disputes)
    premises = tuple(premise.assumes for premise in topic.premises)
    statements = tuple(statement.text for statement in topic.statements)
    return Passage("topic", topic.id, (*topic.questions, topic.title, *matters, *premises), statements)


def _event(event: Event) -> Passage:
    return Passage("event", event.id, (), (f"{event.text} {event.date}",))


def _entity(entity: Entity) -> Passage:
    said = tuple(statement.text for statement in entity.about)
    return Passage("entity", entity.id, tuple(entity.names), said + tuple(office.title for office in entity.offices))


def _resolution(resolution: Resolution) -> Passage:
    name = f"resolution {resolution.id}"
    asked = (name, resolution.symbol, f"how did China vote on {name}", f"who voted for and against {name}")
    explained = tuple(statement.text for statement in resolution.explained)
    said = (f"{name} trigger {resolution.trigger}", *resolution.measures, *explained)
    return Passage("resolution", resolution.id, asked, said)


def _series(series: Series) -> Passage:
    years = sorted({figure.year.year for figure in series.figures})
    asked = tuple(question.replace("{year}", str(year)) for question in series.questions for year in years)
    return Passage("series", series.id, (series.title, *asked), ())
