"""Content -> passages: every record that can answer something, as searchable text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.model import Content, Entity, Event, Resolution, Series, Topic

PassageKind = Literal["topic", "event", "entity", "resolution", "series"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: one record."""

    kind: PassageKind
    id: str  # of the record


@dataclass(frozen=True, slots=True)
class Texts:
    """A passage as searchable text."""

    wordings: tuple[str, ...]  # ways to ask for it
    asked: tuple[tuple[int, str], ...] = ()  # ways to ask for one of its statements, each after the statement's place
    statements: tuple[str, ...] = ()  # what it says; for a topic in the order of Topic.statements


def passages(content: Content) -> Iterator[Passage]:
    """Every record that can answer something, in the order of ``texts``."""
    shelves: tuple[tuple[PassageKind, Iterator[str]], ...] = (
        ("topic", iter(content.topics)),
        ("event", iter(content.events)),
        ("entity", iter(content.entities)),
        ("resolution", iter(content.resolutions)),
        ("series", iter(content.series)),
    )
    return (Passage(kind, id) for kind, shelf in shelves for id in shelf)


def texts(content: Content) -> Iterator[Texts]:
    """The text of every passage."""
    yield from map(_topic, content.topics.values())
    yield from map(_event, content.events.values())
    yield from map(_entity, content.entities.values())
    yield from map(_resolution, content.resolutions.values())
    yield from map(_series, content.series.values())


def _topic(topic: Topic) -> Texts:
    matters = tuple(dispute.matter for dispute in topic.disputes)
    premises = tuple(premise.assumes for premise in topic.premises)
    asked = tuple((place, each) for place, statement in enumerate(topic.statements) for each in statement.asked)
    statements = tuple(statement.text for statement in topic.statements)
    return Texts((*topic.questions, topic.title, *matters, *premises), asked, statements)


def _event(event: Event) -> Texts:
    return Texts((), statements=(f"{event.text} {event.date}",))


def _entity(entity: Entity) -> Texts:
    said = tuple(statement.text for statement in entity.about)
    return Texts(tuple(entity.names), statements=said + tuple(office.title for office in entity.offices))


def _resolution(resolution: Resolution) -> Texts:
    name = f"resolution {resolution.id}"
    asked = (name, resolution.symbol, f"how did China vote on {name}", f"who voted for and against {name}")
    explained = tuple(statement.text for statement in resolution.explained)
    return Texts(asked, statements=(f"{name} trigger {resolution.trigger}", *resolution.measures, *explained))


def _series(series: Series) -> Texts:
    years = sorted({figure.year.year for figure in series.figures})
    asked = tuple(question.replace("{year}", str(year)) for question in series.questions for year in years)
    return Texts((series.title, *asked))
