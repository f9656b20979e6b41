"""Query -> what the structured records say by themselves: figures of years, votes of a time, holders of an office,
events of a stretch of time. A topic answers the whys; a record answers where all that is asked is one of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge import cards
from knowledge.answer import Part, Subject
from knowledge.dates import PartialDate
from knowledge.index import Index
from knowledge.language import ASKING, NAME, is_idle
from knowledge.model import Content, Entity, Office, Resolution, Series
from knowledge.names import PAIR
from knowledge.query import Query
from knowledge.spans import Span
from knowledge.text import words

ROWS = 12  # years or decisions of one answer
EVENTS = 8  # of one answer
HOLDERS = 6  # of an office
OF_EVENT = 0.75  # least share of what is asked, 0 to 1, that an event of a stretch of time covers

# Words that ask for figures, decisions or events and say nothing of which.
_OF_FIGURES = """
    figure total volume annual yearly amount worth level value data statistics number dollar million billion usd size
    bilateral mutual compare growth sum
"""
_OF_DECISIONS = """
    resolution sanction vote adopt pass draft veto abstain text decision un nations security council impose approve
    support against favour oppose unanimous tally result adoption voting voter anyone explain back
"""
_OF_CONTENTS = (
    "ban measure content contain order demand forbid limit prohibit provision restrict say require target include"
)
_OF_ALL = "every each list give show name complete overview"  # of any list
_OF_EVENTS = """
    happen event occur timeline chronology year month history development take place key major main important milestone
    date list
"""


# What asks for events in the plural, so that “tests in 2016” is a list and “test in 2016” is not.
_SEVERAL = re.compile(r"\b(?:meetings|visits|summits|tests|launches|trips|rounds|events|attacks)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What records say to a query."""

    parts: list[Part]
    subject: Subject | None = None


class Records:
    """The structured records of one content."""

    def __init__(self, content: Content, index: Index) -> None:
        self._content, self._index = content, index
        self._of_all = self._terms(_OF_ALL)
        self._of_figures = self._terms(_OF_FIGURES) | self._of_all
        self._of_decisions = self._terms(_OF_DECISIONS) | self._of_all
        self._of_contents, self._of_events = self._terms(_OF_CONTENTS), self._terms(_OF_EVENTS) | self._of_all
        self._before = self._terms("predecessor precede before") | set(index.language.said(["before"]))
        self._after = self._terms("successor succeed follow replace after took") | set(index.language.said(["after"]))
        self._of_succession = self._before | self._after | self._terms("current job post office position role")
        self._of_causes = self._terms("made drove moved cause")  # “what made China vote for it?”
        self._of_a_vote = self._terms("resolution draft vote")
        self._votes = {"abstained": self._terms("abstain"), "against": self._terms("veto")}

    def answer(self, query: Query, *, is_same: bool = False) -> Told | None:
        """What the records say where all that is asked is theirs; None where it is not.

        Where a record is asked for in its own words (``is_same``), a name gets its card only if it stands quite alone.
        """
        if ASKING + "why" in query.asks or self._of_causes & query.said or query.elsewhere or query.wishes:
            return None
        ways = (self._vote, self._figures, self._decisions, self._holders, self._events)
        card = self._named(query)
        if card and not (is_same and set(query.terms) - {NAME + name for name in query.names}):
            return card
        return next((told for told in (way(query) for way in ways) if told), None)

    def _terms(self, said: str) -> frozenset[str]:
        return frozenset(self._index.language.terms(words(said)))

    def _named(self, query: Query) -> Told | None:
        """The card of a name that is all there is."""
        entity = self._content.entities.get(query.lone_name)
        if entity is None or query.span:
            return None
        return Told(cards.entity(entity), Subject("entity", entity.id, entity.name))

    def _vote(self, query: Query) -> Told | None:
        """The card of a resolution whose number is asked for with nothing else, its vote, or what it decided."""
        numbers = [term for term in query.terms if term in self._content.resolutions]
        asked = {term for term in query.subjects if not is_idle(term)} - self._of_decisions
        asked -= {NAME + "united-nations", NAME + "un-security-council"}
        if len(numbers) != 1 or asked - self._of_contents:
            return None
        resolution = self._content.resolutions[numbers[0]]
        parts = cards.resolution(resolution, contents=bool(asked))
        return Told(parts, Subject("resolution", resolution.id, resolution.name))

    def _figures(self, query: Query) -> Told | None:
        """The figures of the years that are asked for, of the series that has most of the other words."""
        wanted = {term for term in query.subjects if not is_idle(term)} - self._of_figures
        if not wanted or not (query.span or query.figures):
            return None
        having = [(series, self._series_terms(series)) for series in self._content.series.values()]
        fitting = [(series, terms) for series, terms in having if wanted <= terms]
        if not fitting:
            return None
        series, _ = fitting[0]
        years = [year for year in _years(series) if _asked(query, year)]
        rows = cards.figures(series, years, ROWS) if years else []
        return Told(rows, Subject("series", series.id, series.title)) if rows else None

    def _series_terms(self, series: Series) -> frozenset[str]:
        questions = (question.replace("{year}", " ") for question in series.questions)
        return frozenset().union(*map(self._terms, (*questions, series.title)))

    def _decisions(self, query: Query) -> Told | None:
        """The decisions of the Security Council in the time that is asked for, oldest first."""
        wanted = {term for term in query.subjects if not is_idle(term)}
        named = {NAME + "united-nations", NAME + "security-council", NAME + "un-security-council"}
        asked = wanted - named - self._of_events
        numbered = any(term in self._content.resolutions for term in query.terms)
        if not query.span or numbered or not asked & self._of_a_vote or asked - self._of_decisions:
            return None
        votes = {vote for vote, said in self._votes.items() if said & query.said}
        found = [
            each
            for each in self._content.resolutions.values()
            if query.span.holds(each.adopted) and (not votes or each.china in votes)
        ]
        found.sort(key=lambda each: each.adopted.first)
        if "sanction" in query.terms:
            found = [each for each in found if not _renews(each)]
        return Told([*cards.decisions(found, ROWS), *_more(len(found) - ROWS)]) if found else None

    def _holders(self, query: Query) -> Told | None:
        """Who held the office that is asked for, at the time or lately; the latest first."""
        if ASKING + "who" not in query.asks and not self._of_all & query.said:
            return None
        people = [name for name in query.names if self._content.entities[name].type == "person"]
        names = [name for name in query.names if name not in people]
        wanted = {term for term in query.subjects if not term.startswith(NAME) and not is_idle(term)}
        wanted -= self._of_succession | self._of_all
        before, after = self._before & query.said, self._after & query.said
        if len(people) > 1 or not (wanted or (people and (before or after))):
            return None
        held = [each for each in self._offices if each.is_called(wanted, names)]
        if people:
            held = _next_to(people[0], held, before=bool(before)) if before or after else []
        if query.span:
            held = [each for each in held if _holds(each.office, query.span)]
        fewest = min((len(each.terms) for each in held), default=0)  # no vice premier where the premier is asked for
        held = sorted((each for each in held if len(each.terms) == fewest), key=_last, reverse=True)[:HOLDERS]
        one = held[0].entity if len(held) == 1 else None
        subject = Subject("entity", one.id, one.name) if one else None
        return Told(cards.holders((each.office, each.entity) for each in held), subject) if held else None

    @cached_property
    def _offices(self) -> list[_Held]:
        """Every office of the record."""
        return [
            _Held(office, entity, frozenset(self._index.language.terms(reading.words + reading.named)), reading.names)
            for entity in self._content.entities.values()
            for office in entity.offices
            for reading in (self._index.language.read(words(office.title)),)
        ]

    def _events(self, query: Query) -> Told | None:
        """The events of a stretch of time that have what is asked for, oldest first."""
        wanted = {term for term in query.terms if not is_idle(term)} - self._of_events
        wanted = {term for term in wanted if not term[0].isdigit()}
        several = query.stretch or (_SEVERAL.search(query.text) and not query.asks)
        if not several or query.span is None or not wanted - {NAME + name for name in PAIR}:
            return None
        total = sum(map(self._index.weight, wanted))
        found = []
        for number, passage in enumerate(self._index.passages):
            if passage.kind == "event":
                have = sum(self._index.weight(term) for term in wanted if self._index.spread.has(term, number))
                event = self._content.events[passage.id] if have / total >= OF_EVENT else None
                if event and query.span.holds(event.date, event.until):
                    found.append(event)
        found.sort(key=lambda event: event.date.first)
        shown = found[:EVENTS] if query.span.since else found[-EVENTS:]  # “before 2005” asks for the last before it
        return Told([*map(cards.event, shown), *_more(len(found) - EVENTS)]) if len(found) > 1 else None


def _more(left: int) -> list[Part]:
    """A note that there are more than are shown."""
    return [Part(f"{left} more are on record; ask for a shorter time to see them.", role="note")] if left > 0 else []


def _renews(resolution: Resolution) -> bool:
    """Whether a resolution only renews the mandate of those who watch over sanctions."""
    return "mandate" in resolution.measures[0]


def _years(series: Series) -> list[int]:
    return sorted({figure.year.year for figure in series.figures})


def _asked(query: Query, year: int) -> bool:
    """Whether a question asks for a year: by its number, or as part of a stretch."""
    if query.stretch and query.span:
        return query.span.holds(PartialDate(year))
    return str(year) in query.terms


def _holds(office: Office, span: Span) -> bool:
    """Whether an office was held in a time, as far as is known."""
    first, last = office.since or office.held or office.until, office.until or office.held
    if first is None:
        return False
    return span.holds(first, last if last else PartialDate(9999) if office.since else first)


@dataclass(frozen=True, slots=True)
class _Held:
    """An office somebody held, and how it is looked for."""

    office: Office
    entity: Entity
    terms: frozenset[str]  # of its title, those of the names in it included
    names: tuple[str, ...]  # in its title

    def is_called(self, wanted: Set[str], names: Sequence[str]) -> bool:
        """Whether its title has all these terms, and these names in their order."""
        return wanted <= self.terms and [name for name in self.names if name in names] == list(names)


def _last(held: _Held) -> date:
    """The last day that is known of an office."""
    last = held.office.last
    return last.last if last else date.min


def _next_to(person: str, held: Sequence[_Held], *, before: bool) -> list[_Held]:
    """Who held the last office of a person before, or after; nobody where that is not known."""
    own = max((each for each in held if each.entity.id == person), key=_last, default=None)
    if own is None:
        return []
    in_order = sorted((each for each in held if each.office.title == own.office.title), key=_last)
    place = in_order.index(own)
    return in_order[max(place - 1, 0) : place] if before else in_order[place + 1 : place + 2]
