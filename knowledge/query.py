"""A typed question -> Query: the terms it is looked for by, the names in it, the time it asks about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge import elsewhere
from knowledge.intents import focused, wishes
from knowledge.language import ASKING, NAME, Language, asks, is_idle
from knowledge.names import PAIR
from knowledge.spans import Span, timed
from knowledge.text import STOP_WORDS, normalise, stem, words

REPAIRED = 0.8  # how much a word counts after a typing error in it was repaired
REPAIR_FROM = 4  # characters; shorter words have too many neighbours to guess among
WHOLE_FROM = 5  # characters; a shorter word can only have lost a letter
TWO_ERRORS_FROM = 7  # characters

USUAL = 4  # times a word stands in the record, from which on it is taken to be English

_DOING = frozenset({"did", "doe", "does", "do", "has", "have", "had"})  # of somebody who is asked for more than a name

_FIGURE = re.compile(r"\d{3,}")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    text: str
    terms: Mapping[str, float] = field(hash=False)  # term -> confidence that it was meant, above 0 to 1
    names: tuple[str, ...] = ()  # ids of the entities named
    asks: frozenset[str] = frozenset()  # the question words in it, as terms
    said: frozenset[str] = frozenset()  # every word of it, as terms: also those that carry no subject
    span: Span | None = None  # the time it asks about
    stretch: bool = False  # whether that time is more than one date, and none of its terms
    wishes: frozenset[str] = frozenset()  # what it wants that no record holds, of intents.WISHES
    focus: str = ""  # the term of what is asked for: coal in “how much coal …”, colour in “what colour is …”

    @property
    def subjects(self) -> frozenset[str]:
        """The terms that say what it is about: all but numbers and our two countries."""
        return frozenset(term for term in self.terms if not term[0].isdigit() and term.removeprefix(NAME) not in PAIR)

    @property
    def only_names(self) -> bool:
        """Whether it names two or more, not just our two countries, and besides has nothing but words of talk."""
        others = (term for term in self.terms if not term.startswith(NAME))
        return len(self.names) > 1 and not PAIR.issuperset(self.names) and all(map(is_idle, others))

    @property
    def lone_name(self) -> str:
        """The one entity it names, besides our two countries, where it asks for nothing else than who or what it is."""
        others = [term for term in self.terms if not term.startswith(NAME)]
        own = [name for name in self.names if name not in PAIR] or list(self.names)
        is_alone = (
            len(own) == 1 and all(map(is_idle, others)) and self.asks <= {ASKING + "who"} and not _DOING & self.said
        )
        return own[0] if is_alone and not self.wishes else ""

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


class Reader:
    """Reads what a person typed: names through the alias table, other languages through the lexicon, typing errors
    in ordinary words repaired, numbers as they stand."""

    def __init__(
        self, language: Language, vocabulary: Mapping[str, int], terms: Collection[str], numbers: Collection[str]
    ) -> None:
        """``vocabulary`` counts the words of the record, ``terms`` is what it is found by; ``numbers`` are its
        resolutions, which are no years."""
        self._language, self._vocabulary, self._terms, self._numbers = language, vocabulary, terms, numbers

    def query(self, text: str) -> Query:
        """What a text looks for; without terms where it says nothing that could be looked for."""
        plain = normalise(text)
        time = timed(plain, self._numbers)
        tokens, repaired = [], set()
        for word in self._language.lexicon.of_words(words(time.text), self._is_usual):
            spelt = self._repair(word)
            tokens.append(spelt)
            if stem(spelt) != stem(word):
                repaired |= set(self._language.terms((spelt,)))
        reading = self._language.read(tokens)
        terms = {NAME + name: 1.0 for name in reading.names}
        for term in self._language.terms(reading.words):
            terms.setdefault(term, REPAIRED if term in repaired else 1.0)
        if all(map(is_idle, terms)):
            terms = {}
        said = frozenset(terms).union(self._language.said(reading.words), self._language.terms(words(plain)))
        focus = next(self._language.terms(focused(tokens)), "")
        return Query(
            text=text,
            terms=terms,
            names=reading.names,
            asks=asks(reading.words),
            said=said,
            span=time.span,
            stretch=time.stretch,
            wishes=wishes(plain),
            focus=focus,
        )

    def _repair(self, word: str) -> str:
        """The word that was meant: itself where it is known, too short, a number or nothing like a known one."""
        if not word.isascii() or not word.isalpha():
            return word
        if word.endswith("s") and word not in self._language.names.words and self._language.names.exact(word[:-1]):
            return word[:-1]  # chinas, for China's
        if self._is_known(word):
            return word
        if len(word) < REPAIR_FROM:
            return word
        if len(word) < WHOLE_FROM:
            return self._repair_short(word)
        errors = 2 if len(word) >= TWO_ERRORS_FROM else 1
        close = process.extractOne(word, self._spellings, scorer=OSA.distance, score_cutoff=errors)
        return close[0] if close and close[0][0] == word[0] else word

    def _repair_short(self, word: str) -> str:
        """The word that a short one is with a letter more or less, or with two letters back in their order."""
        close = process.extract(word, self._spellings, scorer=OSA.distance, score_cutoff=1, limit=None)
        meant = (found for found, *_ in close if len(found) != len(word) or sorted(found) == sorted(word))
        return next((found for found in meant if found[0] == word[0]), word)

    @cached_property
    def _spellings(self) -> tuple[str, ...]:
        """Words that a misspelt word may be, the most frequent first so that it wins a tie."""
        known = Counter(self._vocabulary) + Counter(self._language.names.words)
        return tuple(word for word, _ in known.most_common() if len(word) >= REPAIR_FROM - 1)

    def _is_usual(self, word: str) -> bool:
        """Whether a word is English as the record uses it, and no word of another language that stands in it once."""
        return self._is_known(word) and not 0 < self._vocabulary.get(word, 0) < USUAL

    def _is_known(self, word: str) -> bool:
        return (
            word in self._vocabulary
            or word in STOP_WORDS
            or word in self._language.names.words
            or (stem(word) != word and self._language.term(stem(word)) in self._terms)  # noth is not nothing
            or self._language.names.exact(word) is not None
        )
