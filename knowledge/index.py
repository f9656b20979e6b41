"""Content made searchable: the units of text that passages are found by, and what each term weighs."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple, get_args

from knowledge.dates import PartialDate
from knowledge.language import ASKING, LIGHT_TERMS, NAME, Language, Tables, asks, tables
from knowledge.model import Content
from knowledge.passages import Passage, PassageKind, Texts, passages, texts
from knowledge.postings import Packed, Postings, pack
from knowledge.query import Query, Reader
from knowledge.spans import timed
from knowledge.text import is_cjk, normalise, words

Role = Literal["wording", "asked", "statement"]
ROLES: tuple[Role, ...] = get_args(Role)

ASKED = 0.2  # weight of a question word: enough to tell "why did China vote" from "how did China vote"
UNKNOWN_WEIGHT = 0.5  # of a word or number that occurs nowhere
LIGHT = 0.3  # most weight of a word of talk


class Unit(NamedTuple):
    """One wording or statement of a passage."""

    number: int  # of all units
    passage: int  # place in Index.passages
    role: Role
    place: int  # of the statement that it is or asks for; else among the passage's wordings


@dataclass(frozen=True, slots=True)
class Cue:
    """What gives away that a question takes something wrong for granted."""

    topic: str
    premise: int  # place among those of the topic
    terms: tuple[str, ...]  # all of which the question must have


@dataclass(frozen=True, slots=True)
class Learnt:
    """What reading all texts of a content has brought: most of the cost of an index."""

    tables: Tables
    vocabulary: Mapping[str, int]  # each word that is no number and not CJK, and how often it stands there
    terms: tuple[str, ...]  # all that anything is found by; Packed keeps to their order
    own: Packed  # the units that have a term
    halves: Packed  # those that have it only as part of a name, so that half a name finds the whole
    spread: Packed  # the passages that have it in either way
    asked: Packed  # the passages that are asked about it; those without wordings are asked about all they say
    starts: Sequence[int]  # the first unit of each passage, and after the last passage the number of units
    roles: Sequence[int]  # of each unit, as a place in ROLES
    places: Sequence[int]  # Unit.place of each unit
    weights: Sequence[float]  # of each unit, the sum of those of its own terms
    cues: tuple[Cue, ...]
    reaches: PartialDate | None  # the latest date that any statement or event holds for


class Index:
    """Everything that can be found. Built once; nothing in it changes."""

    def __init__(self, content: Content, learnt: Learnt | None = None) -> None:
        """Index a content; ``learnt`` is that of an earlier index of the same."""
        self.passages = tuple(passages(content))
        self.learnt = learnt or _learn(content)
        self.language = Language(self.learnt.tables)
        places = {term: place for place, term in enumerate(self.learnt.terms)}
        self.own, self.halves = Postings(places, self.learnt.own), Postings(places, self.learnt.halves)
        self.spread, self.asked = Postings(places, self.learnt.spread), Postings(places, self.learnt.asked)
        self.terms = places.keys()
        self._reader = Reader(self.language, self.learnt.vocabulary, self.terms, content.resolutions.keys())
        self._weights: dict[str, float] = {}  # of the terms of the record, as far as they were asked for

    def query(self, text: str) -> Query:
        """Read what a person typed."""
        return self._reader.query(text)

    def weight(self, term: str) -> float:
        """How telling a term is, above 0 to 1."""
        if term not in self.terms:
            return _weight(term, 0, len(self.passages))
        if term not in self._weights:
            self._weights[term] = _weight(term, self.spread.count(term), len(self.passages))
        return self._weights[term]

    def number(self, kind: PassageKind, id: str) -> int:
        """The place of a record's passage. Raises ValueError where there is none."""
        return self.passages.index(Passage(kind, id))

    def units_of(self, passage: int) -> range:
        """The numbers of a passage's units."""
        return range(self.learnt.starts[passage], self.learnt.starts[passage + 1])

    def unit(self, number: int, passage: int) -> Unit:
        """A unit of this passage by its number."""
        return Unit(number, passage, ROLES[self.learnt.roles[number]], self.learnt.places[number])

    def has(self, unit: Unit, term: str) -> bool:
        """Whether a unit has a term, be it as part of a name."""
        return self.own.has(term, unit.number) or self.halves.has(term, unit.number)

    def naming(self, entity: str) -> Iterator[tuple[Passage, int]]:
        """The passages that are asked about an entity by its name, and in how many of their wordings."""
        for place in self.asked.of(NAME + entity):
            units = self.units_of(place)
            own = (self.unit(number, place) for number in self.own.within(NAME + entity, units.start, units.stop))
            if count := sum(unit.role == "wording" for unit in own):
                yield self.passages[place], count


def _learn(content: Content) -> Learnt:
    """Take every text apart. Its words are also what typing errors are repaired with, those of cues included."""
    made = tables(content)
    language = Language(made)
    cues = [
        (topic.id, number, words(cue))
        for topic in content.topics.values()
        for number, premise in enumerate(topic.premises)
        for cue in premise.cues
    ]
    vocabulary = Counter(word for *_, cue in cues for word in _ordinary(cue))
    own, halves, spread, asked = (dict[str, dict[int, None]]() for _ in range(4))
    starts, roles, places, terms_of = array("I"), array("I"), array("I"), []
    for number, each in enumerate(texts(content)):
        starts.append(len(roles))
        for role, place, text in _units(each):
            vocabulary.update(_ordinary(words(text)))
            asking = text if role == "statement" else timed(normalise(text), content.resolutions.keys()).text
            reading = language.read(words(asking))
            terms = {NAME + name for name in reading.names}.union(language.terms(reading.words))
            terms |= asks(reading.words) if role != "statement" else set()
            parts = set(language.terms(reading.named)) - terms
            is_asked = role != "statement" or not each.wordings
            for having, found, whose in ((own, terms, len(roles)), (halves, parts, len(roles))):
                for term in found:
                    having.setdefault(term, {})[whose] = None
            for term in terms | parts:
                spread.setdefault(term, {})[number] = None
                if is_asked:
                    asked.setdefault(term, {})[number] = None
            terms_of.append(terms)
            roles.append(ROLES.index(role))
            places.append(place)
    total = len(starts)
    starts.append(len(roles))
    weights = {term: _weight(term, len(having), total) for term, having in spread.items()}
    all_terms = tuple(sorted(spread))
    return Learnt(
        tables=made,
        vocabulary=vocabulary,
        terms=all_terms,
        own=pack(all_terms, own),
        halves=pack(all_terms, halves),
        spread=pack(all_terms, spread),
        asked=pack(all_terms, asked),
        starts=starts,
        roles=roles,
        places=places,
        weights=array("d", (sum(map(weights.__getitem__, sorted(each))) for each in terms_of)),
        reaches=_reaches(content),
        cues=tuple(Cue(topic, number, _cued(language, cue)) for topic, number, cue in cues),
    )


def _reaches(content: Content) -> PartialDate | None:
    dates = [statement.as_of for topic in content.topics.values() for statement in topic.statements]
    dates += [event.date for event in content.events.values()]
    return max(dates, key=lambda day: day.first, default=None)


def _units(each: Texts) -> Iterator[tuple[Role, int, str]]:
    """Role, place and text of every unit of a passage."""
    yield from (("wording", place, text) for place, text in enumerate(each.wordings))
    yield from (("asked", place, text) for place, text in each.asked)
    yield from (("statement", place, text) for place, text in enumerate(each.statements))


def _weight(term: str, containing: int, total: int) -> float:
    """How telling a term is, above 0 to 1: BM25's inverse document frequency over passages (Robertson and Zaragoza
    2009, with Lucene's +1 that keeps it positive), divided by that of a term in one passage."""
    if term.startswith(ASKING):
        return ASKED
    weight = _idf(containing, total) / _idf(1, total) if containing else UNKNOWN_WEIGHT
    return min(weight, LIGHT) if term in LIGHT_TERMS else weight


def _idf(containing: int, total: int) -> float:
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))


def _ordinary(tokens: Iterable[str]) -> Iterator[str]:
    """The words in which a typing error can be repaired."""
    return (token for token in tokens if not is_cjk(token[:1]) and not token[:1].isdigit())


# Words of a cue that a question need not have.
_GLUE = frozenset("a an and are at be been by did do does for from had has have in is of on or the to was were".split())


def _cued(language: Language, cue: Sequence[str]) -> tuple[str, ...]:
    reading = language.read(cue)
    names = (NAME + name for name in reading.names)
    said = chain(names, language.terms(reading.words), language.said(reading.words))
    return tuple(sorted(set(said) - _GLUE))
