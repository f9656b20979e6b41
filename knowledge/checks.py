"""What must be true between records: ids that exist, names that are one entity's, wordings that are one topic's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rapidfuzz import process

from knowledge.errors import Mistake
from knowledge.model import ID, Content, Resolution
from knowledge.text import content_terms, fold, words
from knowledge.yamltree import Mapping, Node, Scalar, Sequence


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


def check(content: Content, places: Places, unread: Collection[str]) -> Iterator[Mistake]:
    """Every mistake between records.

    What records say of each other is looked for in their nodes, so that a record with another mistake in it is
    checked all the same. A shelf that could not be read in full, one of ``unread``, may hold any id.
    """
    yield from _references(places, unread)
    yield from _names(places)
    yield from _wordings(places)
    yield from _cues(places)
    yield from _order_of_dates(content, places)
    yield from _votes(content, places)


def _mistake(places: Places, shelf: str, entry: str, where: str, problem: str, remedy: str) -> Mistake:
    place = places[shelf, entry]
    return Mistake(place.file, place.line_of(where), entry, where, problem, remedy)


_USES = (  # where an id stands, on which shelf (on any, if empty), and the shelf it is looked for on
    (re.compile(r"(.*\.)?cites\[\d+\]"), "", "sources"),
    (re.compile(r"related\[\d+\]"), "topics", "topics"),
    (re.compile(r"about\[\d+\]"), "events", "entities"),
)
_NAME = re.compile(r"names\.(en|zh|ko)\[\d+\]")
_WORDING = re.compile(r"questions\[\d+\]")
_CUE = re.compile(r"premises\[\d+\]\.cues\[\d+\]")


def _values(node: Node, path: str = "") -> Iterator[tuple[str, Scalar]]:
    """Every single value of a record that is not empty, with the path of its field."""
    if isinstance(node, Scalar):
        if node.text.strip():
            yield path, node
    elif isinstance(node, Sequence):
        for place, item in enumerate(node.items):
            yield from _values(item, f"{path}[{place}]")
    else:
        for key, value in node.items:
            yield from _values(value, f"{path}.{key.text}" if path else key.text)


def _each(places: Places, wanted: str, field: re.Pattern[str]) -> Iterator[tuple[str, Place, str, Scalar]]:
    """Every value of a field of the records on one shelf: the record's id and place, the path, the value."""
    for (shelf, entry), place in places.items():
        if shelf == wanted:
            for path, value in _values(place.node):
                if field.fullmatch(path):
                    yield entry, place, path, value


def _references(places: Places, unread: Collection[str]) -> Iterator[Mistake]:
    ids: dict[str, list[str]] = {}
    for shelf, entry in places:
        ids.setdefault(shelf, []).append(entry)
    for field, only, target in _USES:
        for shelf in [only] if only else ids:
            for entry, place, path, value in _each(places, shelf, field):
                id = value.text.strip()
                if (target, id) in places or target in unread or not re.fullmatch(ID.expression, id):
                    continue  # an id of another form has been reported as such
                close = process.extractOne(id, ids.get(target, ()), score_cutoff=75)
                remedy = f"Did you mean “{close[0]}”?" if close else f"Add it to {target}, or correct the id"
                yield Mistake(place.file, value.line, entry, path, f"there is no “{id}” in {target}", remedy)


def _names(places: Places) -> Iterator[Mistake]:
    owners: dict[str, str] = {}
    for entry, place, path, value in _each(places, "entities", _NAME):
        name = " ".join(value.text.split())
        key = fold(name)
        if not key:
            problem = f"the name “{name}” has no letter or digit"
            yield Mistake(place.file, value.line, entry, path, problem, "Remove it")
        elif key in owners:
            whose = "this entity" if owners[key] == entry else f"“{owners[key]}”"
            problem = f"the name “{name}” is already a name of {whose}; case, spaces and hyphens do not count"
            yield Mistake(place.file, value.line, entry, path, problem, "Keep it in one place")
        else:
            owners[key] = entry


def _wordings(places: Places) -> Iterator[Mistake]:
    owners: dict[str, str] = {}
    for entry, place, path, value in _each(places, "topics", _WORDING):
        key = fold(value.text)
        if key in owners:
            problem = f"the wording already belongs to “{owners[key]}”"
            yield Mistake(place.file, value.line, entry, path, problem, "Keep it in one place")
        owners.setdefault(key, entry)


def _cues(places: Places) -> Iterator[Mistake]:
    for entry, place, path, value in _each(places, "topics", _CUE):
        if not content_terms(words(value.text)):
            problem = f"the cue “{' '.join(value.text.split())}” has only words that every question may have"
            yield Mistake(place.file, value.line, entry, path, problem, "Add what the assumption is about")


def _order_of_dates(content: Content, places: Places) -> Iterator[Mistake]:
    for event in content.events.values():
        if event.until and event.until.last < event.date.first:
            yield _mistake(places, "events", event.id, "until", "it ends before it begins", "Correct one of the dates")
    for entity in content.entities.values():
        life = entity.life
        if life and life.born and life.died and life.died.last < life.born.first:
            problem = "the death precedes the birth"
            yield _mistake(places, "entities", entity.id, "life.died", problem, "Correct the dates")
        if life and not (life.born or life.died):
            remedy = "Add “born” or “died”, or remove it"
            yield _mistake(places, "entities", entity.id, "life", "it says neither birth nor death", remedy)
        for place, office in enumerate(entity.offices):
            if not office.last:
                problem, remedy = "nothing says when it was held", "Add “since”, “until” or “held”"
                yield _mistake(places, "entities", entity.id, f"offices[{place}]", problem, remedy)
            if office.since and office.until and office.until.last < office.since.first:
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
