"""Content made searchable: the units of text that passages are found by, and what each term weighs."""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge import elsewhere
from knowledge.model import Content
from knowledge.names import PAIR, Names
from knowledge.passages import passages
from knowledge.text import LIGHT_WORDS, QUESTION_WORDS, STOP_WORDS, content_terms, is_cjk, normalise, stem, words

Role = Literal["wording", "statement"]

NAME = "@"  # what the term of an entity begins with: @china
ASKING = "?"  # what the term of a question word begins with: ?why
ASKED = 0.2  # weight of a question word: enough to tell "why did China vote" from "how did China vote"
UNKNOWN_WEIGHT = 1.0  # of a word or number that occurs nowhere
LIGHT = 0.3  # most weight of a word of talk
REPAIRED = 0.8  # how much a word counts after a typing error in it was repaired
COMMON = 0.04  # share of the units that have a term, from which on it finds nothing by itself
MANY = 100  # units; a term that fewer have costs nothing to look for
REPAIR_FROM = 5  # characters; shorter words have too many neighbours to guess among
TWO_ERRORS_FROM = 8  # characters

_FIGURE = re.compile(r"\d{3,}")
_LIGHT_TERMS = frozenset(map(stem, LIGHT_WORDS))


@dataclass(frozen=True, slots=True)
class Unit:
    """One wording or statement of a passage, as terms."""

    passage: int  # place in Index.passages
    role: Role
    place: int  # among the passage's wordings or statements
    own: tuple[str, ...]  # the terms of a question in the same words, each once
    halves: tuple[str, ...]  # the words that the names in it are made of, so that half a name finds the whole

    @property
    def terms(self) -> tuple[str, ...]:
        """All it is found by."""
        return self.own + self.halves

    def has(self, term: str) -> bool:
        return term in self.own or term in self.halves


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    text: str
    terms: Mapping[str, float] = field(hash=False)  # term -> confidence that it was meant, above 0 to 1
    names: tuple[str, ...] = ()  # ids of the entities named
    asks: frozenset[str] = frozenset()  # the question words in it, as terms
    said: frozenset[str] = frozenset()  # every word of it, as terms: also those that carry no subject

    @property
    def subjects(self) -> frozenset[str]:
        """The terms that say what it is about: all but numbers and our two countries."""
        return frozenset(term for term in self.terms if not term[0].isdigit() and term.removeprefix(NAME) not in PAIR)

    @property
    def only_names(self) -> bool:
        """Whether it names two or more, not just our two countries, and besides has nothing but words of talk."""
        others = (term for term in self.terms if not term.startswith(NAME))
        return len(self.names) > 1 and not PAIR.issuperset(self.names) and all(map(_is_idle, others))

    @property
    def elsewhere(self) -> frozenset[str]:
        """The terms that name a state other than China and North Korea."""
        known = (NAME + name for name in self.names if name in elsewhere.KNOWN)
        phrases = (phrase for phrase in elsewhere.PHRASES if phrase in normalise(self.text))
        return elsewhere.TERMS.intersection(self.terms).union(known, phrases)

    @property
    def figures(self) -> frozenset[str]:
        """The terms that are years, resolutions or other numbers of some size."""
        return frozenset(term for term in self.terms if _FIGURE.fullmatch(term))

    @property
    def exact(self) -> frozenset[str]:
        """The terms that allow no substitute: names, years and other numbers."""
        return frozenset(term for term in self.terms if term.startswith(NAME) or term[0].isdigit())


@dataclass(frozen=True, slots=True)
class Learnt:
    """What reading all texts of a content has brought: most of the cost of an index."""

    units: tuple[Unit, ...]
    vocabulary: Mapping[str, int]  # each word that is no number and not CJK, and how often it stands there
    postings: Mapping[str, Sequence[int]]  # term -> the units that have it, by their places
    spread: Mapping[str, Sequence[int]]  # term -> the passages that have it
    asked: Mapping[str, Sequence[int]]  # term -> the passages that are asked about it


class Index:
    """Everything that can be found. Built once; nothing in it changes."""

    def __init__(self, content: Content, learnt: Learnt | None = None) -> None:
        """Index a content; ``learnt`` is that of an earlier index of the same."""
        self.names = Names(content.entities.values())
        self._same = {stem(word): stem(first) for first, others in content.synonyms.items() for word in others}
        self.passages = tuple(passages(content))
        self.learnt = learnt or self._learn(content)
        self.units, self._vocabulary = self.learnt.units, self.learnt.vocabulary
        self.postings, self.spread, self.asked = self.learnt.postings, self.learnt.spread, self.learnt.asked
        self.common = {
            term: frozenset(places)
            for term, places in self.postings.items()
            if len(places) > max(MANY, COMMON * len(self.units))
        }
        self._weights = {term: self._weight(term) for term in self.spread}
        self.weights_of = tuple(sum(map(self._weights.__getitem__, unit.own)) for unit in self.units)
        self.units_of: tuple[tuple[Unit, ...], ...] = tuple(
            tuple(units) for _, units in groupby(self.units, key=lambda unit: unit.passage)
        )

    def _learn(self, content: Content) -> Learnt:
        """Take every text apart. Its words are also what typing errors are repaired with, those of cues included."""
        vocabulary: Counter[str] = Counter()
        for topic in content.topics.values():
            for premise in topic.premises:
                vocabulary.update(word for cue in premise.cues for word in _ordinary(words(cue)))
        units = []
        for number, passage in enumerate(self.passages):
            texts: tuple[tuple[Role, tuple[str, ...]], ...] = (
                ("wording", passage.wordings),
                ("statement", passage.statements),
            )
            for role, place, text in ((role, *each) for role, said in texts for each in enumerate(said)):
                tokens = words(text)
                vocabulary.update(_ordinary(tokens))
                units.append(self._unit(number, role, place, tokens))
        return Learnt(tuple(units), vocabulary, *self._postings(units))

    def _postings(self, units: Sequence[Unit]) -> Iterator[Mapping[str, Sequence[int]]]:
        """Of each term: the units that have it, the passages that do, and those that are asked about it."""
        having: tuple[dict[str, dict[int, None]], ...] = ({}, {}, {})
        for place, unit in enumerate(units):
            asked = unit.role == "wording" or not self.passages[unit.passage].wordings
            for kind, number in zip(having, (place, unit.passage, unit.passage), strict=True):
                for term in unit.terms if asked or kind is not having[2] else ():
                    kind.setdefault(term, {})[number] = None
        return ({term: array("I", numbers) for term, numbers in kind.items()} for kind in having)

    def _unit(self, passage: int, role: Role, place: int, tokens: Sequence[str]) -> Unit:
        reading = self.names.read(tokens)
        names = {NAME + name for name in reading.names}
        asks = _asks(tokens) if role == "wording" else ()
        own = names.union(map(self._canonical, content_terms(reading.words)), asks)
        halves = set(map(self._canonical, content_terms(reading.named))) - own
        return Unit(passage, role, place, tuple(sorted(own)), tuple(sorted(halves)))

    def _canonical(self, term: str) -> str:
        return self._same.get(term, term)

    def _weight(self, term: str) -> float:
        """How telling a term is, above 0 to 1: BM25's inverse document frequency over passages (Robertson and
        Zaragoza 2009, with Lucene's +1 that keeps it positive), divided by that of a term in one passage."""
        if term.startswith(ASKING):
            return ASKED
        weight = _idf(len(self.spread[term]), len(self.passages)) / _idf(1, len(self.passages))
        return min(weight, LIGHT) if term in _LIGHT_TERMS else weight

    def weight(self, term: str) -> float:
        """The weight of any term, above 0 to 1."""
        if term in self._weights:
            return self._weights[term]
        if term.startswith(ASKING):
            return ASKED
        return LIGHT if term in _LIGHT_TERMS else UNKNOWN_WEIGHT

    @cached_property
    def _spellings(self) -> tuple[str, ...]:
        """Words that a misspelt word may be, the most frequent first so that it wins a tie."""
        known = Counter(self._vocabulary) + Counter(self.names.words)
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
        if all(_is_idle(term) for term in terms):
            terms = {}
        plain = (self._canonical(stem(word)) for word in reading.words if word in STOP_WORDS)
        return Query(text, terms, reading.names, _asks(tokens), frozenset(terms).union(plain))

    def _repair(self, word: str) -> str:
        """The word that was meant: itself where it is known, too short, a number or nothing like a known one."""
        if self._known(word) or not word.isascii() or not word.isalpha():
            return word
        if word.endswith("s") and self.names.exact(word[:-1]):
            return word[:-1]  # chinas, for China's
        if len(word) < REPAIR_FROM:
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


def _is_idle(term: str) -> bool:
    """Whether a term by itself asks for nothing: a digit, or a word of talk."""
    return (len(term) == 1 and term.isdigit()) or term in _LIGHT_TERMS


def _ordinary(tokens: Iterable[str]) -> Iterator[str]:
    """The words in which a typing error can be repaired."""
    return (token for token in tokens if not is_cjk(token[:1]) and not token[:1].isdigit())


def _asks(tokens: Iterable[str]) -> frozenset[str]:
    """The question words among these, as terms."""
    return frozenset(ASKING + QUESTION_WORDS[token] for token in tokens if token in QUESTION_WORDS)


def _idf(containing: int, total: int) -> float:
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))
