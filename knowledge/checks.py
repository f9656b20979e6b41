"""What must be true between records: ids that exist, names that are one entity's, wordings that are one topic's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process

from knowledge.errors import Mistake
from knowledge.model import Content, Resolution, Statement
from knowledge.text import fold
from knowledge.yamltree import Mapping, Node, Sequence


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands."""

    file: str
    line: int
    node: Node

    def line_of(self, path: str) -> int:
        """The line of a field such as ``answer[1].cites``; of its nearest parent that can be found."""
        node, line = self.node, self.line
        for step in path.replace("[", ".").replace("]", "").split("."):
            found: Node | None = None
            if isinstance(node, Mapping):
                found = next((value for key, value in node.items if key.text == step), None)
            elif isinstance(node, Sequence) and step.isdigit() and int(step) < len(node.items):
                found = node.items[int(step)]
            if found is None:
                break
            node, line = found, found.line
        return line


Places = dict[tuple[str, str], Place]  # (shelf, id) -> where


def check(content: Content, places: Places) -> Iterator[Mistake]:
    """Every mistake between records. Records that could not be decoded count as existing."""
    yield from _references(content, places)
    yield from _names(content, places)
    yield from _wordings(content, places)
    yield from _order_of_dates(content, places)
    yield from _votes(content, places)


def _mistake(places: Places, shelf: str, entry: str, where: str, problem: str, remedy: str) -> Mistake:
    place = places[shelf, entry]
    return Mistake(place.file, place.line_of(where), entry, where, problem, remedy)


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


def _references(content: Content, places: Places) -> Iterator[Mistake]:
    ids: dict[str, list[str]] = {}
    for shelf, entry in places:
        ids.setdefault(shelf, []).append(entry)
    for use in references(content):
        if (use.target, use.id) in places:
            continue
        close = process.extractOne(use.id, ids.get(use.target, ()), score_cutoff=75)
        remedy = f"Did you mean “{close[0]}”?" if close else f"Add it to {use.target}, or correct the id"
        problem = f"there is no “{use.id}” in {use.target}"
        yield _mistake(places, use.shelf, use.entry, use.where, problem, remedy)


def _names(content: Content, places: Places) -> Iterator[Mistake]:
    owners: dict[str, str] = {}
    for entity in content.entities.values():
        for name in entity.names:
            key = fold(name)
            if not key:
                problem = f"the name “{name}” has no letter or digit"
                yield _mistake(places, "entities", entity.id, "names", problem, "Remove it")
            elif key in owners:
                whose = "this entity" if owners[key] == entity.id else f"“{owners[key]}”"
                problem = f"the name “{name}” is already a name of {whose}; case, spaces and hyphens do not count"
                yield _mistake(places, "entities", entity.id, "names", problem, "Keep it in one place")
            else:
                owners[key] = entity.id


def _wordings(content: Content, places: Places) -> Iterator[Mistake]:
    owners: dict[str, str] = {}
    for topic in content.topics.values():
        for place, wording in enumerate(topic.questions):
            first = owners.setdefault(fold(wording), topic.id)
            if first != topic.id or fold(wording) in map(fold, topic.questions[:place]):
                problem = f"the wording already belongs to “{first}”"
                yield _mistake(places, "topics", topic.id, f"questions[{place}]", problem, "Keep it in one place")


def _order_of_dates(content: Content, places: Places) -> Iterator[Mistake]:
    for event in content.events.values():
        if event.until and event.until.last < event.date.first:
            yield _mistake(places, "events", event.id, "until", "it ends before it begins", "Correct one of the dates")
    for entity in content.entities.values():
        if entity.born and entity.died and entity.died.last < entity.born.first:
            yield _mistake(places, "entities", entity.id, "died", "the death precedes the birth", "Correct the dates")
        for place, office in enumerate(entity.offices):
            if office.until and office.until.last < office.since.first:
                where = f"offices[{place}].until"
                yield _mistake(places, "entities", entity.id, where, "it ends before it begins", "Correct the dates")


def _votes(content: Content, places: Places) -> Iterator[Mistake]:
    for resolution in content.resolutions.values():
        votes = resolution.votes
        cast = votes.in_favour + votes.against + votes.abstained + votes.absent
        if cast != members(resolution):
            problem = f"the votes add up to {cast}; the Council then had {members(resolution)} members"
            yield _mistake(places, "resolutions", resolution.id, "votes", problem, "Count again; absent ones count")


def members(resolution: Resolution) -> int:
    """Seats in the Security Council: 15 since 1966, 11 before (UN Charter, Article 23)."""
    return 15 if resolution.adopted.year >= 1966 else 11
