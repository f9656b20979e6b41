"""A topic -> what of it is told: the statement that was asked for first, and what goes with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from knowledge import cards
from knowledge.answer import Part
from knowledge.dates import PartialDate
from knowledge.language import ASKING
from knowledge.model import Content, Statement, Topic
from knowledge.query import Query
from knowledge.retrieval import Match, Search
from knowledge.text import words

MOST = 4  # statements of one answer
BESIDE_DISPUTE = 1  # statements beside a dispute, which takes the room of several
FIRST = (0.15, 0.08, 0.04)  # what the first statements of a topic's own answer are ahead of the others by
OF_KIND = 0.15  # what a statement is ahead by that has what the question asks for: a date, a person, a number
OUT_OF_TIME = 0.3  # what a statement falls behind by that is of another time than the question asks about
OF_ANOTHER = -9.0  # what a statement falls behind by that is of another resolution than the one asked about
LEADS = 0.1  # how much better than the topic's first a statement must fit to lead although the topic was asked for
MOSTLY = 0.5  # least share, 0 to 1, that it covers of a question which leans on the last one
TO_THE_POINT = 0.3  # least score, 0 to 1, of a statement that is told besides the topic's own answer

_DATE = re.compile(r"\b(?:1[89]|20)\d\d\b")
_RESOLUTION = re.compile(r"\b\d{2,4}\b")
_NUMBER = re.compile(r"\d")
_NOW = frozenset({"now", "today", "current", "currently", "latest", "lately", "nowadays", "still"})


def choose(search: Search, match: Match, content: Content) -> list[Part]:
    """What a topic tells to a query, MOST statements at most.

    The statement or dispute that was asked for leads, or the first of the topic where it was asked for as a whole;
    then come those that fit best, in the order of the topic, or the newest first where the state of things is asked.
    """
    topic = content.topics[match.passage.id]
    scores = _scores(search, match.unit.passage, topic, content)
    ranked = sorted(scores, key=lambda place: (-scores[place], place))
    if match.unit.role == "wording":
        disputed = _matter(topic, match.unit.place)
        lead = ranked[0] if scores[ranked[0]] > scores[0] + LEADS else 0
        disputed = disputed or _claimed(topic, lead)
    else:
        disputed, lead = [], match.unit.place
        disputed = _claimed(topic, lead)
    if disputed:
        sided = len(topic.answer + topic.more)
        return after(disputed, topic, [topic.statements[place] for place in ranked if place < sided])
    own = range(min(len(topic.answer), MOST))
    pointed = (place for place in ranked if place in own or scores[place] >= TO_THE_POINT)
    whole = len(topic.answer + topic.more)  # from there on are claims, which stand with the other side or not at all
    rest = [place for place in pointed if place != lead and place < whole and scores[place] > OF_ANOTHER / 2][
        : MOST - 1
    ]
    told = [topic.statements[place] for place in sorted(rest)]
    if _NOW.intersection(words(search.query.text)):
        told.sort(key=lambda statement: statement.as_of.last, reverse=True)
    return _distinct([topic.statements[lead], *told])


def within(search: Search, passage: int, content: Content) -> list[Part]:
    """What a topic tells to a question that leans on the last one: the statement that fits it best, and another.

    Nothing where none has what is asked for: a word of it, or where it has no word of its own, a thing of the kind.
    """
    topic = content.topics[search.index.passages[passage].id]
    fits = dict.fromkeys(range(len(topic.in_order)), 0.0)
    for score, unit in search.fits(passage):
        if unit.role != "wording" and unit.place in fits and search.covered(unit) >= MOSTLY:
            fits[unit.place] = max(score, fits[unit.place])
    tests = _wanted(search, content)
    kinds = {place: any(test(topic.statements[place].text) for test in tests) for place in fits}
    ranked = sorted(fits, key=lambda place: (-fits[place] - OF_KIND * kinds[place], place))
    best = ranked[0]
    if not fits[best] and not (kinds[best] and not search.query.subjects):
        return []
    sided = len(topic.answer + topic.more)  # from there on are claims, which stand with the other side or not at all
    others = [topic.statements[place] for place in ranked if place < sided]
    claimed = next((_claimed(topic, place) for place in ranked[: MOST - 1] if place >= sided), [])
    if claimed and best < sided:
        return [cards.part(topic.statements[best]), *claimed]
    return after(claimed, topic, others) if claimed else _distinct(others[: MOST - 1])


def after(lead: Sequence[Part], topic: Topic, fitting: Sequence[Statement] = ()) -> list[Part]:
    """A correction or a dispute, and what goes with it."""
    room = MOST - 1 if len(lead) == 1 else BESIDE_DISPUTE
    said = {part.text for part in lead}
    rest = [part for part in _distinct([*fitting, *topic.answer]) if part.text not in said]  # the best first
    return [*lead, *rest[:room]]


def _distinct(statements: Iterable[Statement]) -> list[Part]:
    """These statements, each once."""
    return list(map(cards.part, dict.fromkeys(statements)))


def _scores(search: Search, passage: int, topic: Topic, content: Content) -> dict[int, float]:
    """How well each statement of the topic that is no correction fits the query: by its words or the ways to ask for
    it, by its place, by whether it has what is asked for and is of the time that is."""
    scores = dict.fromkeys(range(len(topic.in_order)), 0.0)
    for score, unit in search.fits(passage):
        if unit.role != "wording" and unit.place in scores:
            scores[unit.place] = max(score, scores[unit.place])
    has = _wanted(search, content)
    span = search.query.span if search.query.stretch else None
    for place in scores:
        statement = topic.statements[place]
        scores[place] += FIRST[place] if place < min(len(FIRST), len(topic.answer)) else 0.0
        scores[place] += OF_KIND * any(test(statement.text) for test in has)
        if _is_of_another(statement.text, search.query, content):
            scores[place] += OF_ANOTHER
        if span and not any(span.holds(when) for when in _dates(statement)):
            scores[place] -= OUT_OF_TIME
    return scores


def _is_of_another(text: str, query: Query, content: Content) -> bool:
    """Whether a statement names resolutions, and none of those that are asked about."""
    asked = {term for term in query.terms if term in content.resolutions}
    named = {number for number in _RESOLUTION.findall(text) if number in content.resolutions}
    return bool(asked and named) and not asked & named


def _dates(statement: Statement) -> Sequence[PartialDate]:
    """The years a statement names; where it names none, the date it holds for."""
    return [PartialDate(int(year)) for year in _DATE.findall(statement.text)] or [statement.as_of]


def _wanted(search: Search, content: Content) -> list[Callable[[str], bool]]:
    """Tests of what the question asks for: a date, a number, a person or a place that it does not name itself."""

    def names(kind: str) -> Callable[[str], bool]:
        def test(text: str) -> bool:
            found = search.index.language.names.read(words(text)).names
            return any(content.entities[name].type == kind and name not in search.query.names for name in found)

        return test

    tests: Mapping[str, Callable[[str], bool]] = {
        "when": lambda text: bool(_DATE.search(text)),
        "many": lambda text: bool(_NUMBER.search(_DATE.sub("", text))),
        "who": names("person"),
        "where": names("place"),
    }
    return [test for asked, test in tests.items() if ASKING + asked in search.query.asks]


def _claimed(topic: Topic, place: int) -> list[Part]:
    """The dispute that a statement is a claim of, whole."""
    dispute = next((each for each in topic.disputes if topic.statements[place] in each.claims), None)
    return cards.dispute(dispute) if dispute else []


def _matter(topic: Topic, wording: int) -> list[Part]:
    """The dispute whose matter a wording is, the wordings being: questions, title, matters, premises."""
    place = wording - len(topic.questions) - 1
    return cards.dispute(topic.disputes[place]) if 0 <= place < len(topic.disputes) else []
