"""The knowledge base: all that other rooms call."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from knowledge import cards, compiled
from knowledge.answer import Answer, Part, Subject, cite
from knowledge.answering import Answering
from knowledge.dates import PartialDate
from knowledge.index import Index, Learnt
from knowledge.model import Content, Event, Resolution, Source, Topic
from knowledge.query import Query
from knowledge.references import references
from knowledge.retrieval import rank
from knowledge.text import fold, words

CONTENT = Path(__file__).parent / "content"
PAGE = 8  # statements of a topic shown at once

LONGEST_TITLE = 100  # characters of a title in brackets, brackets included
_IN_BRACKETS = re.compile(r"\(((?:[^()]|\([^()]*\))+)\)$")

# What each kind of record is called, by the shelf it stands on.
_TITLES: Mapping[str, Callable[[Any], str]] = {
    "topics": attrgetter("title"),
    "events": attrgetter("text"),
    "entities": attrgetter("name"),
    "resolutions": attrgetter("name"),
    "series": attrgetter("title"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each kind of record."""

    topics: int
    statements: int  # of topics
    events: int
    entities: int
    resolutions: int
    figures: int
    sources: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """What is kept of a content that has been read."""

    learnt: Learnt  # before the content, which fills the memory that reading this takes and gives back
    content: Content


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python's cycle collector from going through the content again and again, while it is read and ever after:
    nothing in it has cycles, and all of it stays."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if running:
            gc.enable()


def _load(folder: Path) -> Content:
    """Read a content folder; what that takes is imported when it is needed, which in a worker it is not."""
    from knowledge.loading import load

    return load(folder)


def _read_apart(folder: Path, cache: Path) -> bool:
    """Have another process read the content into the cache, and say whether it could.

    Reading many files takes twice the memory that their content needs, and a process gives none of it back.
    """
    command = [sys.executable, "-m", "knowledge", str(folder.resolve()), str(cache.resolve())]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, check=False)  # noqa: S603  # ourselves
    except OSError:
        return False
    return done.returncode == 0


class KnowledgeBase:
    """Content that can be asked. Opened once, never changed; safe to use from several threads."""

    def __init__(self, content: Content, learnt: Learnt | None = None) -> None:
        self.content = content
        self._index = Index(content, learnt)
        self._answering = Answering(content, self._index)

    @classmethod
    def open(cls, folder: Path = CONTENT, cache: Path | None = None) -> KnowledgeBase:
        """Read a content folder. Raises ContentError, with every mistake, where it cannot be used.

        What reading costs is paid once for each content where there is a folder for the ``cache``.
        """
        with _uncollected():
            return cls._open(folder, cache)

    @classmethod
    def _open(cls, folder: Path, cache: Path | None) -> KnowledgeBase:
        if cache is None:
            return cls(_load(folder))
        try:
            stamp = compiled.stamp(folder)
        except OSError:
            return cls(_load(folder))  # which tells what is wrong
        file = compiled.place(cache, folder)
        kept = compiled.read(file, stamp, Compiled)
        if kept is not None:
            return cls(kept.content, kept.learnt)
        if compiled.can_keep(cache) and _read_apart(folder, cache) and (kept := compiled.read(file, stamp, Compiled)):
            return cls(kept.content, kept.learnt)
        return cls(_load(folder))  # which tells what is wrong, or does without a cache

    @classmethod
    def keep(cls, folder: Path, cache: Path) -> None:
        """Read a content folder and leave it in the cache. Raises ContentError where it cannot be used."""
        stamp = compiled.stamp(folder)
        opened = cls(_load(folder))
        compiled.write(compiled.place(cache, folder), stamp, Compiled(opened._index.learnt, opened.content))

    def query(self, text: str) -> Query:
        """Read a question; its ``terms`` are empty where it says nothing that could be looked for."""
        return self._index.query(text)

    def is_wording(self, query: Query) -> bool:
        """Whether a question is put in the very words that a record is asked for with."""
        ranking = rank(self._index, query)
        return bool(ranking) and ranking[0].is_same

    def knows(self, term: str) -> bool:
        """Whether the record has a term anywhere."""
        return term in self._index.terms

    def answer(self, query: Query | str) -> Answer:
        """Answer a question from the content, or decline.

        A topic's title in brackets behind it, “Who signed it? (The treaty of 1961)”, has it answered from that topic.
        """
        if isinstance(query, Query):
            return self._answering.answer(query)
        question, topic = self._within(query)
        return self._answering.within(self.query(question), topic) if topic else self.answer(self.query(query))

    def _within(self, text: str) -> tuple[str, Topic | None]:
        """A question and the topic whose title stands in brackets behind it."""
        title = _IN_BRACKETS.search(text.rstrip()[-LONGEST_TITLE:])
        topic = self._by_title.get(fold(title[1])) if title else None
        question = text.rstrip()[: -len(title[0])] if title else ""
        return (question, self.content.topics[topic]) if topic and question.strip() else (text, None)

    @cached_property
    def _by_title(self) -> Mapping[str, str]:
        """Ids of topics by their titles."""
        return {fold(topic.title): topic.id for topic in self.content.topics.values()}

    def topic(self, id: str, start: int = 0) -> Answer:
        """A topic in its own order, PAGE statements from place ``start`` on. Raises KeyError for an unknown id."""
        topic = self.content.topics[id]
        parts = tuple(cards.topic(topic, start, PAGE))
        end = min(start + PAGE, len(topic.answer + topic.more))
        return Answer(
            parts=parts,
            citations=cite(parts, self.content.sources),
            subject=Subject("topic", topic.id, topic.title),
            related=tuple(Subject("topic", each, self.content.topics[each].title) for each in topic.related),
            reviewed=topic.reviewed,
            shown=end,
            left=len(topic.answer + topic.more) - end,
        )

    def events(
        self, since: PartialDate | None = None, until: PartialDate | None = None, about: str | None = None
    ) -> tuple[Event, ...]:
        """Events that touch the days from ``since`` to ``until``, oldest first; ``about`` an entity by its id."""
        return tuple(
            event
            for event in sorted(self.content.events.values(), key=lambda event: event.date.first)
            if (since is None or (event.until or event.date).last >= since.first)
            and (until is None or event.date.first <= until.last)
            and (about is None or about in self._named[event.id])
        )

    def timeline(self, events: Iterable[Event]) -> Answer:
        """These events as an answer, in the order given."""
        return self._show(cards.events(events))

    @cached_property
    def _named(self) -> Mapping[str, tuple[str, ...]]:
        """The entities each event concerns, by its id."""
        names = self._index.language.names
        return {id: event.about + names.read(words(event.text)).names for id, event in self.content.events.items()}

    def entity(self, id: str) -> Answer:
        """The card of an entity. Raises KeyError for an id that is not there."""
        entity = self.content.entities[id]
        about = Subject("entity", entity.id, entity.name)
        related = [self.content.topics[topic] for topic in self._topics_naming(entity.id)[:3]]
        topics = tuple(Subject("topic", topic.id, topic.title) for topic in related)
        return self._show(cards.entity(entity), about, topics)

    def _topics_naming(self, entity: str) -> list[str]:
        """Topics whose wordings name the entity, the ones with most such wordings first."""
        named = Counter(dict(self._index.naming(entity)))
        return [passage.id for passage, _ in named.most_common() if passage.kind == "topic"]

    def near_names(self, name: str) -> tuple[Subject, ...]:
        """The entities with a name that is spelt most like this one, the nearest first; a few at most."""
        return self._answering.choices.near(name)

    def find_entity(self, name: str) -> str | None:
        """The id of the entity that has this name, in any spelling; or whose id it is."""
        return self._index.language.names.exact(name) or (name if name in self.content.entities else None)

    def resolution(self, resolution: Resolution) -> Answer:
        """The card of a resolution."""
        subject = Subject("resolution", resolution.id, resolution.name)
        return self._show(cards.resolution(resolution), subject)

    def find_resolution(self, text: str) -> Resolution | None:
        """The one resolution a text refers to by number, symbol or link; None where it is not exactly one."""
        wanted = fold(text)
        for resolution in self.content.resolutions.values():
            if wanted and wanted in (fold(resolution.id), fold(resolution.symbol)):
                return resolution
        numbers = {word for word in words(text) if word in self.content.resolutions}
        return self.content.resolutions[numbers.pop()] if len(numbers) == 1 else None

    def source(self, id: str) -> Answer:
        """The card of a source. Raises KeyError for an id that is not there."""
        return self._show(cards.source(self.content.sources[id]))

    def resting_on(self, id: str) -> tuple[str, ...]:
        """Titles of the records that cite a source, each once, in the order of the content."""
        users = dict.fromkeys(
            (use.shelf, use.entry) for use in references(self.content) if use.target == "sources" and use.id == id
        )
        return tuple(_TITLES[shelf](getattr(self.content, shelf)[entry]) for shelf, entry in users)

    def find_source(self, text: str) -> Source | None:
        """The source with this id, title or address; None where there is none."""
        wanted = text.strip().strip("<>")
        folded = fold(wanted)
        return self.content.sources.get(wanted) or next(
            (
                source
                for source in self.content.sources.values()
                if wanted in (source.url, source.archive)
                or (folded and folded in (fold(source.title), fold(source.id)))
            ),
            None,
        )

    def counts(self) -> Counts:
        """How much there is of each kind of record."""
        content = self.content
        return Counts(
            topics=len(content.topics),
            statements=sum(len(topic.statements) for topic in content.topics.values()),
            events=len(content.events),
            entities=len(content.entities),
            resolutions=len(content.resolutions),
            figures=sum(len(series.figures) for series in content.series.values()),
            sources=len(content.sources),
        )

    def reviewed(self) -> PartialDate | None:
        """The day of the latest review of any topic."""
        days = [topic.reviewed.on for topic in self.content.topics.values()]
        return max(days, key=lambda day: day.last, default=None)

    def reaches(self) -> PartialDate | None:
        """The latest date any statement or event holds for: what came later is not known here."""
        return self._index.learnt.reaches

    def _show(self, parts: Iterable[Part], subject: Subject | None = None, related: tuple[Subject, ...] = ()) -> Answer:
        parts = tuple(parts)
        return Answer(parts, cite(parts, self.content.sources), subject, related)
