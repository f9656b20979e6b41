"""What the editors of a content ask of it: what is wrong, what it covers, where its sources are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from bot.build import open_knowledge
from bot.settings import Settings
from knowledge import audit, coverage
from knowledge.base import CONTENT, KnowledgeBase
from knowledge.errors import ContentError
from knowledge.loading import examine
from knowledge.model import AREA_LABELS, Content


@dataclass(frozen=True, slots=True)
class Address:
    """Where a source can be read."""

    id: str  # of the source
    url: str


def addresses(settings: Settings) -> tuple[Address, ...]:
    """The address of every source, in the order of the content."""
    return tuple(Address(each.id, each.url) for each in open_knowledge(settings).content.sources.values())


@dataclass(frozen=True, slots=True)
class Check:
    """What an editor is told of a content folder, each a line to print."""

    wrong: tuple[str, ...]  # mistakes, or where there is none what was found in the content
    due: tuple[str, ...]  # topics past their review date
    coverage: tuple[str, ...]
    summary: str


def check(settings: Settings, today: date) -> Check:
    """Look through the content folder as its editors should."""
    try:
        loaded = examine(settings.content or CONTENT)
    except ContentError as error:
        number = len(error.mistakes)
        summary = f"{number} mistake{'s' if number != 1 else ''} in the content."
        return Check(tuple(map(str, error.mistakes)), (), (), summary)
    found, due = audit.audit(loaded), audit.due(loaded, today)
    held = ", ".join(f"{number} {name}" for name, number in asdict(KnowledgeBase(loaded.content).counts()).items())
    summary = f"{f'{len(found)} to look at' if found else 'No mistakes'} in the content: {held}."
    return Check(tuple(map(str, found)), tuple(map(str, due)), tuple(_coverage(loaded.content)), summary)


def _coverage(content: Content) -> Iterator[str]:
    yield f"{'':<32}{'topics':>7}{'statements':>12}{'sources':>9}{'disputes':>10}{'premises':>10}"
    for area in coverage.by_area(content):
        numbers = f"{area.topics:>7}{area.statements:>12}{area.sources:>9}{area.disputes:>10}{area.premises:>10}"
        yield f"{AREA_LABELS[area.area]:<32}{numbers}"
    events = coverage.by_year(content)
    decades = Counter[int]()
    for year, number in events.items():
        decades[year // 10 * 10] += number
    yield "Events: " + ", ".join(f"{decade}s {number}" for decade, number in decades.items()) + "."
    if holes := [str(year) for year, number in events.items() if not number]:
        yield f"Years without an event: {', '.join(holes)}."


def counts(settings: Settings) -> tuple[str, ...]:
    """The measures of enough, a line each: what there is, and what a careful reader expects at least."""
    return tuple(
        f"{each.have:>6,}  {each.name} ({'at least' if each.met else 'short of'} {each.enough:,})"
        for each in coverage.measures(open_knowledge(settings).content)
    )
