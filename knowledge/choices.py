"""Names that may be meant by one that is nobody's: half a name that several have, or one that is nearly theirs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from rapidfuzz import fuzz, process

from knowledge.answer import Subject
from knowledge.index import Index
from knowledge.model import Content
from knowledge.query import Query
from knowledge.text import LIGHT_WORDS, STOP_WORDS, words

NEAR = 75.0  # least rapidfuzz ratio, 0 to 100, of a name that may be meant by another
MOST = 5  # names to choose among
LONG = 4  # most words of a name


class Choices:
    """The names of one content, by what may be taken for them."""

    def __init__(self, content: Content, index: Index) -> None:
        self._content, self._index = content, index

    def of(self, query: Query) -> tuple[Subject, ...]:
        """The entities a query may mean that asks for a name and nothing else; none where it has a whole name, or
        anything but names and words of talk."""
        if query.names or query.span:
            return ()
        said = [word for word in words(query.text) if word not in STOP_WORDS and word not in LIGHT_WORDS]
        own = [word for word in said if word in self._index.language.names.words]
        others = [word for word in said if word not in own]
        if not own or len(said) > LONG or any(map(self._is_known, others)):
            return ()
        whole = " ".join(said)
        return self.near(whole) if others else self._having(frozenset(said)) or self.near(whole)

    def _is_known(self, word: str) -> bool:
        return any(term in self._index.terms for term in self._index.language.terms([word]))

    def near(self, name: str) -> tuple[Subject, ...]:
        """The entities with a name that is spelt most like this, the nearest first."""
        spelt = " ".join(words(name))
        close = process.extract(spelt, self._spelt.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=3 * MOST)
        found = dict.fromkeys(self._spelt[each] for each, *_ in close)
        return tuple(self._subject(id) for id in list(found)[:MOST])

    def _having(self, said: frozenset[str]) -> tuple[Subject, ...]:
        """The people who have all these words in their names, where there are several."""
        owners = dict.fromkeys(
            id
            for name, id in self._spelt.items()
            if said <= set(name.split()) and self._content.entities[id].type == "person"
        )
        return tuple(map(self._subject, list(owners)[:MOST])) if len(owners) > 1 else ()

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        """Every name in normalised words -> the entity that has it."""
        return {" ".join(words(name)): entity.id for entity in self._content.entities.values() for name in entity.names}

    def _subject(self, id: str) -> Subject:
        return Subject("entity", id, self._content.entities[id].name)
