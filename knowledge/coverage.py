"""How much the record holds: the measures of enough, and what each area and each year has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model import AREAS, Area, Content, Topic
from knowledge.references import references
from knowledge.text import is_cjk

INDEPENDENT = 2  # sources by different houses that a topic should rest on
WORDINGS = 6  # ways to ask that a topic should have
HANGUL = range(0xAC00, 0xD7A4)  # Unicode: Hangul syllables


@dataclass(frozen=True, slots=True)
class Measure:
    """One number that says how much there is, and how much a careful reader expects."""

    name: str
    have: int
    enough: int

    @property
    def met(self) -> bool:
        return self.have >= self.enough


def measures(content: Content) -> tuple[Measure, ...]:
    """The measures of enough, in the order they are printed."""
    topics = content.topics.values()
    cited = [content.sources[id] for id in cited_sources(content)]
    years = {figure.year.year for series in content.series.values() for figure in series.figures}
    resting = sum(len(houses(content, topic)) >= INDEPENDENT for topic in topics)
    return (
        Measure("sources cited", len(cited), 300),
        Measure("of them official or of the United Nations", sum(_official(each.kind) for each in cited), 60),
        Measure("of them in Chinese or Korean", sum(each.language in ("zh", "ko") for each in cited), 15),
        Measure("topics", len(topics), 220),
        Measure("statements in topics", sum(len(topic.statements) for topic in topics), 1_500),
        Measure("events", len(content.events), 300),
        Measure("Security Council decisions", len(content.resolutions), 33),
        Measure("people, places, organisations, treaties and forums", len(content.entities), 150),
        Measure("years of trade, of 1993 to 2025", len(years & set(range(1993, 2026))), 33),
        Measure("disputes shown side by side", sum(len(topic.disputes) for topic in topics), 30),
        Measure("wrong premises corrected", sum(len(topic.premises) for topic in topics), 40),
        Measure("fewest wordings of a topic", min((len(topic.questions) for topic in topics), default=0), WORDINGS),
        Measure("topics asked in Chinese and in Korean", sum(map(asked_in_chinese_and_korean, topics)), 100),
        Measure("per cent of topics resting on two independent sources", 100 * resting // max(len(topics), 1), 60),
    )


def _official(kind: str) -> bool:
    return kind == "un" or kind.endswith("-official")


def cited_sources(content: Content) -> dict[str, int]:
    """The ids of the sources that something rests on, and how often each is cited."""
    return dict(Counter(use.id for use in references(content) if use.target == "sources"))


def houses(content: Content, topic: Topic) -> set[str]:
    """Who wrote the sources a topic rests on: two reports of one agency are one house."""
    return {content.sources[id].house for statement in topic.statements for id in statement.cites}


def asked_in_chinese_and_korean(topic: Topic) -> bool:
    """Whether one of the wordings is Chinese, and another Korean."""
    korean = [any(ord(letter) in HANGUL for letter in wording) for wording in topic.questions]
    han = [any(map(is_cjk, wording)) for wording in topic.questions]
    return any(korean) and any(each and not other for each, other in zip(han, korean, strict=True))


@dataclass(frozen=True, slots=True)
class Extent:
    """What one area holds."""

    area: Area
    topics: int
    statements: int
    sources: int
    disputes: int
    premises: int


def by_area(content: Content) -> Iterator[Extent]:
    """What each area holds, in the order of the areas; an empty one is shown as such."""
    for area in AREAS:
        topics = [topic for topic in content.topics.values() if topic.area == area]
        yield Extent(
            area,
            len(topics),
            sum(len(topic.statements) for topic in topics),
            len({id for topic in topics for statement in topic.statements for id in statement.cites}),
            sum(len(topic.disputes) for topic in topics),
            sum(len(topic.premises) for topic in topics),
        )


def by_year(content: Content) -> dict[int, int]:
    """How many events each year has, from the first year with one to the last; a hole counts 0."""
    counts = Counter(event.date.year for event in content.events.values())
    return {year: counts[year] for year in range(min(counts), max(counts) + 1)} if counts else {}
