"""Words -> terms: the one way in which the record and the questions put to it are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge import lexicon, names
from knowledge.model import Content
from knowledge.names import Reading
from knowledge.text import LIGHT_WORDS, QUESTION_WORDS, STOP_WORDS, content_terms, is_cjk, stem

NAME = "@"  # what the term of an entity begins with: @china
ASKING = "?"  # what the term of a question word begins with: ?why

LIGHT_TERMS = frozenset(map(stem, LIGHT_WORDS))


@dataclass(frozen=True, slots=True)
class Tables:
    """What a language is made of, in the form in which it is looked up."""

    names: names.Table
    lexicon: Mapping[str, str]
    synonyms: Mapping[str, str]  # stem -> the one that stands for it


def tables(content: Content) -> Tables:
    """The tables of a content."""
    return Tables(
        names=names.table(content.entities.values()),
        lexicon=lexicon.table(content.lexicon),
        synonyms={stem(word): stem(first) for first, others in content.synonyms.items() for word in others},
    )


class Language:
    """The names, the synonyms and the other languages of one content."""

    def __init__(self, tables: Tables) -> None:
        self.names = names.Names(tables.names)
        self.lexicon = lexicon.Lexicon(tables.lexicon)
        self._same = tables.synonyms

    def read(self, tokens: Sequence[str]) -> Reading:
        """Take the names out of normalised words, and turn Chinese and Korean words into English ones."""
        first = self.names.read(tokens)
        if not any(is_cjk(word[:1]) for word in first.words):
            return first
        second = self.names.read(self.lexicon.of_runs(first.words))
        both = tuple(dict.fromkeys(first.names + second.names))
        return Reading(both, second.words, first.named + second.named)

    def terms(self, tokens: Iterable[str]) -> Iterator[str]:
        """What words are looked for by, those that carry no subject left out; the same for words that mean the same."""
        return map(self.term, content_terms(tokens))

    def term(self, stem: str) -> str:
        """The term of a stem."""
        return self._same.get(stem, stem)

    def said(self, tokens: Iterable[str]) -> Iterator[str]:
        """The terms of words that carry no subject."""
        return (self.term(stem(word)) for word in tokens if word in STOP_WORDS)


def asks(tokens: Iterable[str]) -> frozenset[str]:
    """The question words among these, as terms."""
    return frozenset(ASKING + QUESTION_WORDS[token] for token in tokens if token in QUESTION_WORDS)


def is_idle(term: str) -> bool:
    """Whether a term by itself asks for nothing: a digit, or a word of talk."""
    return (len(term) == 1 and term.isdigit()) or term in LIGHT_TERMS
