"""Content made searchable: passages, the units of text they are found by, and what each term weighs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.model import Content, Entity, Event, Resolution, Series, Topic
from knowledge.names import Names
from knowledge.text import QUESTION_WORDS, STOP_WORDS, content_terms, is_cjk, stem, words

PassageKind = Literal["topic", "event", "entity", "resolution", "series"]
Role = Literal["wording", "statement"]

NAME = "@"  # what the term of an entity begins with: @china
ASKING = "?"  # what the term of a question word begins with: ?why
ASKED = 0.2  # weight of a question word: enough to tell "why did China vote" from "how did China vote"
UNKNOWN_WEIGHT = 1.0  # of an ordinary word that occurs nowhere; an unknown number or name weighs 1
REPAIRED = 0.8  # how much a word counts after a typing error in it was repaired
REPAIR_FROM = 5  # characters; shorter words have too many neighbours to guess among
TWO_ERRORS_FROM = 8  # characters


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: one record, as searchable text."""

    kind: PassageKind
    id: str  # of the record
    wordings: tuple[str, ...]  # ways to ask for it
    statements: tuple[str, ...]  # what it says; for a topic in the order of Topic.statements


@dataclass(frozen=True, slots=True)
class Unit:
    """One wording or statement of a passage, as terms."""

    passage: int  # place in Index.passages
    role: Role
    place: int  # among the passage's wordings or statements
    own: frozenset[str]  # the terms of a question in the same words
    terms: frozenset[str]  # what it is found by: these, and the words that the names in it are made of


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    text: str
    terms: Mapping[str, float] = field(hash=False)  # term -> confidence that it was meant, above 0 to 1
    names: tuple[str, ...] = ()  # ids of the entities named
    asks: frozenset[str] = frozenset()  # the question words in it, as terms
    said: frozenset[str] = frozenset()  # every word of it, as terms: also those that carry no subject

    @property
    def exact(self) -> frozenset[str]:
        """The terms that allow no substitute: names, years and other numbers."""
        return frozenset(term for term in self.terms if term.startswith(NAME) or term[0].isdigit())


class Index:
    """Everything that can be found. Built once; nothing in it changes."""

    def __init__(self, content: Content) -> None:
        self.names = Names(content.entities.values())
        self._same = {stem(word): stem(first) for first, others in content.synonyms.items() for word in others}
        self._vocabulary: Counter[str] = Counter()
        for topic in content.topics.values():
            for premise in topic.premises:
                self._learn(word for cue in premise.cues for word in words(cue))
        self.passages = tuple(passages(content))
        self.units: tuple[Unit, ...] = tuple(self._units())
        self.postings: dict[str, list[int]] = {}
        for place, unit in enumerate(self.units):
            for term in unit.terms:
                self.postings.setdefault(term, []).append(place)
        self._weights = {term: self._weight(places) for term, places in self.postings.items()}
        self.weights_of = tuple(sum(map(self.weight, unit.own)) for unit in self.units)
        self.units_of: tuple[tuple[Unit, ...], ...] = tuple(
            tuple(units) for _, units in groupby(self.units, key=lambda unit: unit.passage)
        )
        self.terms_of = tuple(frozenset[str]().union(*(unit.terms for unit in units)) for units in self.units_of)

    def _units(self) -> Iterator[Unit]:
        for number, passage in enumerate(self.passages):
            for place, wording in enumerate(passage.wordings):
                yield self._unit(number, "wording", place, wording)
            for place, statement in enumerate(passage.statements):
                yield self._unit(number, "statement", place, statement)

    def _unit(self, passage: int, role: Role, place: int, text: str) -> Unit:
        """A text of ours as terms; its words join the vocabulary that typing errors are repaired with."""
        tokens = words(text)
        self._learn(tokens)
        reading = self.names.read(tokens)
        names = {NAME + name for name in reading.names}
        own = names.union(
            map(self._canonical, content_terms(reading.words)), _asks(tokens) if role == "wording" else ()
        )
        halves = map(self._canonical, content_terms(reading.named))  # so that half a name finds the whole
        return Unit(passage, role, place, frozenset(own), frozenset(own.union(halves)))

    def _learn(self, tokens: Iterable[str]) -> None:
        self._vocabulary.update(token for token in tokens if not is_cjk(token[:1]) and not token[:1].isdigit())

    def _canonical(self, term: str) -> str:
        return self._same.get(term, term)

    def _weight(self, places: Iterable[int]) -> float:
        """How telling a term is, above 0 to 1: BM25's inverse document frequency over passages (Robertson and
        Zaragoza 2009, with Lucene's +1 that keeps it positive), divided by that of a term in one passage."""
        passages = len({self.units[place].passage for place in places})
        return _idf(passages, len(self.passages)) / _idf(1, len(self.passages))

    def weight(self, term: str) -> float:
        """The weight of any term, above 0 to 1."""
        if term.startswith(ASKING):
            return ASKED
        exact = term.startswith(NAME) or term[0].isdigit()
        return self._weights.get(term, 1.0 if exact else UNKNOWN_WEIGHT)

    @cached_property
    def _spellings(self) -> tuple[str, ...]:
        """Words that a misspelt word may be, the most frequent first so that it wins a tie."""
        known = self._vocabulary + Counter(self.names.words)
        return tuple(word for word, _ in known.most_common() if len(word) >= REPAIR_FROM - 1)

    def query(self, text: str) -> Query:
        """Read what a person typed: names through the alias table, typing errors in ordinary words repaired,
        numbers as they stand."""
        tokens, repaired = [], set()
        for word in words(text):
            spelt = self._repair(word)
            tokens.append(spelt)
            if spelt != word:
                repaired |= set(content_terms((spelt,)))
        reading = self.names.read(tokens)
        terms = {NAME + name: 1.0 for name in reading.names}
        for term in content_terms(reading.words):
            terms.setdefault(self._canonical(term), REPAIRED if term in repaired else 1.0)
        if all(len(term) == 1 and term.isdigit() for term in terms):
            terms = {}  # a digit by itself asks for nothing
        plain = (self._canonical(stem(word)) for word in reading.words if word in STOP_WORDS)
        return Query(text, terms, reading.names, _asks(tokens), frozenset(terms).union(plain))

    def _repair(self, word: str) -> str:
        """The word that was meant: itself where it is known, too short, a number or nothing like a known one."""
        if len(word) < REPAIR_FROM or not word.isascii() or not word.isalpha() or self._known(word):
            return word
        errors = 2 if len(word) >= TWO_ERRORS_FROM else 1
        close = process.extractOne(word, self._spellings, scorer=OSA.distance, score_cutoff=errors)
        return close[0] if close and close[0][0] == word[0] else word

    def _known(self, word: str) -> bool:
        return (
            word in self._vocabulary
            or word in STOP_WORDS
            or word in self.names.words
            or self._canonical(stem(word)) in self.postings
            or self.names.exact(word) is not None
        )


def _asks(tokens: Iterable[str]) -> frozenset[str]:
    """The question words among these, as terms."""
    return frozenset(ASKING + QUESTION_WORDS[token] for token in tokens if token in QUESTION_WORDS)


def _idf(containing: int, total: int) -> float:
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))


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
    asked = (f"resolution {resolution.id}", resolution.symbol)
    explained = tuple(statement.text for statement in resolution.explained)
    said = (f"resolution {resolution.id} trigger {resolution.trigger}", *resolution.measures, *explained)
    return Passage("resolution", resolution.id, asked, said)


def _series(series: Series) -> Passage:
    years = sorted({figure.year.year for figure in series.figures})
    asked = tuple(question.replace("{year}", str(year)) for question in series.questions for year in years)
    return Passage("series", series.id, (series.title, *asked), ())
