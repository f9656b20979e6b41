"""Every use that one record makes of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.model import Content, Statement


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that one record uses for another."""

    shelf: str
    entry: str
    where: str
    target: str  # shelf
    id: str


def references(content: Content) -> Iterator[Reference]:
    """Every use of an id in the content."""
    for topic in content.topics.values():
        for where, statement in _statements_of_topic(content, topic.id):
            yield from _cited("topics", topic.id, where, statement.cites)
        for place, related in enumerate(topic.related):
            yield Reference("topics", topic.id, f"related[{place}]", "topics", related)
    for event in content.events.values():
        yield from _cited("events", event.id, "", event.cites)
        for place, entity in enumerate(event.about):
            yield Reference("events", event.id, f"about[{place}]", "entities", entity)
    for person in content.entities.values():
        for place, statement in enumerate(person.about):
            yield from _cited("entities", person.id, f"about[{place}]", statement.cites)
        yield from _cited("entities", person.id, "life", person.life.cites if person.life else ())
        for place, office in enumerate(person.offices):
            yield from _cited("entities", person.id, f"offices[{place}]", office.cites)
    for resolution in content.resolutions.values():
        yield from _cited("resolutions", resolution.id, "", resolution.cites)
        for place, statement in enumerate(resolution.explained):
            yield from _cited("resolutions", resolution.id, f"explained[{place}]", statement.cites)
    for series in content.series.values():
        for place, figure in enumerate(series.figures):
            yield from _cited("series", series.id, f"figures[{place}]", figure.cites)


def _statements_of_topic(content: Content, id: str) -> Iterator[tuple[str, Statement]]:
    topic = content.topics[id]
    for name, statements in (("answer", topic.answer), ("more", topic.more)):
        for place, statement in enumerate(statements):
            yield f"{name}[{place}]", statement
    for place, dispute in enumerate(topic.disputes):
        for each, claim in enumerate(dispute.claims):
            yield f"disputes[{place}].claims[{each}]", claim
    for place, premise in enumerate(topic.premises):
        yield f"premises[{place}].correction", premise.correction


def _cited(shelf: str, entry: str, where: str, cites: Iterable[str]) -> Iterator[Reference]:
    for place, source in enumerate(cites):
        yield Reference(shelf, entry, f"{where}.cites[{place}]".lstrip("."), "sources", source)
