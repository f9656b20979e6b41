"""What an editor should look at in a content that can be used: ``cnk check`` prints it.

``knowledge.checks`` tells what makes the content unusable, and stops the start. Here is what does not, and is
wrong or weak all the same: a rule finds it, a person decides. Every rule takes the content and yields findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from knowledge.checks import Places
from knowledge.contradictions import against_events, against_figures, against_votes
from knowledge.coverage import cited_sources
from knowledge.dates import PartialDate
from knowledge.doubles import ambiguous_names, asked_twice, said_twice
from knowledge.errors import Mistake
from knowledge.findings import Finding, sentences, years_in
from knowledge.loading import Loaded
from knowledge.model import Changes, Content
from knowledge.names import Names, table
from knowledge.text import words

REVIEW_AFTER: Mapping[Changes, timedelta] = {  # docs/editorial.md
    "slowly": timedelta(days=3 * 365),
    "figures": timedelta(days=365),
    "office-holder": timedelta(days=183),
    "ongoing": timedelta(days=183),
}
FIRST = 200  # characters of a first sentence, which is all that is read where there is no room for more
TIME_ZONE = timedelta(days=1)  # what happens in Asia may be told in America on the day before


def audit(loaded: Loaded) -> tuple[Mistake, ...]:
    """Every finding that does not depend on the day, in the order of files and lines."""
    return tuple(sorted(_placed(loaded.places, found) for rule in RULES for found in rule(loaded.content)))


def due(loaded: Loaded, today: date) -> tuple[Mistake, ...]:
    """Topics past their review date: work that waits, not a mistake."""
    return tuple(sorted(_placed(loaded.places, found) for found in _overdue(loaded.content, today)))


def _placed(places: Places, found: Finding) -> Mistake:
    place = places[found.shelf, found.entry]
    return Mistake(place.file, place.line_of(found.field), found.entry, found.field, found.problem, found.remedy)


def uncited(content: Content) -> Iterator[Finding]:
    """Sources nobody cites."""
    for id in content.sources.keys() - cited_sources(content).keys():
        yield Finding("sources", id, "", "nothing rests on this source", "Cite it, or remove it")


def unnamed(content: Content) -> Iterator[Finding]:
    """Entities that no sentence and no wording outside their own record names."""
    names = Names(table(content.entities.values()))
    named: set[str] = {id for event in content.events.values() for id in event.about}
    for said in sentences(content):
        named |= set(names.read(words(said.text)).names) - ({said.entry} if said.shelf == "entities" else set())
    for topic in content.topics.values():
        for text in (topic.title, *topic.questions, *(each.matter for each in topic.disputes)):
            named |= set(names.read(words(text)).names)
    for id in content.entities.keys() - named:
        yield Finding("entities", id, "", "nothing in the record names this entity", "Tell what it did, or remove it")


def _overdue(content: Content, today: date) -> Iterator[Finding]:
    for topic in content.topics.values():
        due = topic.reviewed.on.last + REVIEW_AFTER[topic.reviewed.changes]
        if due < today:
            problem = f"the review was due on {due.isoformat()}"
            yield Finding("topics", topic.id, "reviewed.on", problem, "Read it against its sources, and date it anew")


_AHEAD = re.compile(
    r"\b(by|until|till|through|before|to|due|planned?|plans|expect(ed|s)?|would|will|expires?d?|term|deadline|target"
    r"(ed)?|scheduled|meant|valid|extended|extends|mandate|aim(ed|s)?)\b",
    re.IGNORECASE,
)


def beyond_reach(content: Content) -> Iterator[Finding]:
    """Sentences about a year in which none of their sources was yet published.

    A sentence that looks ahead (a deadline, a plan, a term) may name a year to come.
    """
    for said in sentences(content):
        newest = max((content.sources[id].published for id in said.cites), key=lambda published: published.last)
        years = set() if _AHEAD.search(said.text) else years_in(content, said.text)
        late = [str(year) for year in sorted(years) if year > newest.year]
        if said.when and said.when.first > newest.last + TIME_ZONE:
            late.append(str(said.when))
        if late:
            problem = f"it tells of {late[-1]}, and its newest source is of {newest}"
            yield Finding(said.shelf, said.entry, said.field, problem, "Cite a source of that time, or mend the date")
    yield from _records_beyond_reach(content)


def _records_beyond_reach(content: Content) -> Iterator[Finding]:
    for shelf, entry, field, when, cites in _dated(content):
        newest = max((content.sources[id].published for id in cites), key=lambda published: published.last)
        if when.first > newest.last + TIME_ZONE:
            problem = f"it tells of {when}, and its newest source is of {newest}"
            yield Finding(shelf, entry, field, problem, "Cite a source of that time, or mend the date")


def _dated(content: Content) -> Iterator[tuple[str, str, str, PartialDate, tuple[str, ...]]]:
    """What is no sentence and has a date: shelf, entry, field, date, cites."""
    for entity in content.entities.values():
        for place, office in enumerate(entity.offices):
            if office.last:
                yield "entities", entity.id, f"offices[{place}]", office.last, office.cites
        if entity.life and (last := entity.life.died or entity.life.born):
            yield "entities", entity.id, "life", last, entity.life.cites
    for resolution in content.resolutions.values():
        yield "resolutions", resolution.id, "adopted", resolution.adopted, resolution.cites
    for series in content.series.values():
        for place, figure in enumerate(series.figures):
            yield "series", series.id, f"figures[{place}]", figure.year, figure.cites


_END = re.compile(r"[.?!][”’\")]*(?=\s+[^\sa-z]|$)")
_ABBREVIATED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]|Art|Capt|Co|Col|Dr|Gen|Lt|Mr|Mrs|Ms|Nos?|Prof|St|Vol|vs)\.$")


def runs_on(content: Content) -> Iterator[Finding]:
    """Statements, events and what entities are told by, where the first sentence is too long to be read by itself."""
    for said in sentences(content):
        length = len(_first_sentence(said.text))
        if length > FIRST and (said.shelf != "entities" or said.field == "about[0]"):
            problem = f"its first sentence has {length} characters, {length - FIRST} more than {FIRST}"
            yield Finding(said.shelf, said.entry, said.field, problem, "Say it in two sentences")


def _first_sentence(text: str) -> str:
    """What stands before the second sentence; an abbreviation, as in U.S., No. 7 or K. M., ends none."""
    ends = (found.end() for found in _END.finditer(text) if not _ABBREVIATED.search(text[: found.end()]))
    return text[: next(ends, len(text))]


Rule = Callable[[Content], Iterable[Finding]]
RULES: tuple[Rule, ...] = (
    uncited,
    unnamed,
    beyond_reach,
    runs_on,
    against_votes,
    against_events,
    against_figures,
    ambiguous_names,
    said_twice,
    asked_twice,
)
