"""Ranking -> answer: choosing what is told, correcting, declining."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from knowledge import cards, telling
from knowledge.answer import Answer, Part, Subject, cite
from knowledge.choices import Choices
from knowledge.evidence import DOUBTFUL, ENOUGH, signs, strength
from knowledge.index import Index
from knowledge.intents import wishes
from knowledge.language import ASKING, is_idle
from knowledge.model import Content, Premise, Resolution, Topic
from knowledge.names import PAIR
from knowledge.query import Query
from knowledge.records import Records
from knowledge.retrieval import Match, Ranking, Search
from knowledge.text import normalise

NAMED = 0.6  # least share of the question that a person, place or resolution covers which is named
UNNAMED = 0.8  # least share of the question that an entity covers which is not named, or Kim Jong Nam would be
# Kim Jong Un with a word to spare
SIDE_BY_SIDE = 3  # most events of one answer
NEAREST = 3  # topics offered beside an answer, or instead of one
NEAR = 0.15  # least score, 0 to 1, of a topic that is offered
FITTING = 2  # topics a question is about, of which a false premise may be corrected though it says much else
MOSTLY = 0.5  # least share of a question, 0 to 1, that makes a false premise of another topic
RIVAL = 0.55  # least share of the best score at which another topic may add the statement that was asked for
CLEARLY = 0.05  # how much better than the best topic's it must fit
POINTED = 0.5  # and how well at least, 0 to 1
CLOSE = 0.9  # share of the best score up to which another event belongs to the answer, too

# What a question says that takes China's vote for a vote against.
REFUSALS = ("veto", "vetoed", "vote against", "voted against", "opposed", "rejected")


class Answering:
    """Answers queries from one content."""

    def __init__(self, content: Content, index: Index) -> None:
        self._content = content
        self._index = index
        self._records = Records(content, index)
        self.choices = Choices(content, index)
        language = index.language
        self._refusals = [
            frozenset([*language.terms(refusal.split()), *language.said(refusal.split())]) for refusal in REFUSALS
        ]
        self._compose: Mapping[str, Callable[[Search, Match, Ranking], Answer]] = {
            "topic": self._topic,
            "event": self._events,
            "entity": self._entity,
            "resolution": self._resolution,
            "series": self._series,
        }

    def answer(self, query: Query) -> Answer:
        """Answer from the best match where there is enough evidence for it, else decline."""
        search = Search(self._index, query)
        ranking = search.rank()
        assumed = self._assumed(query, ranking)
        if assumed:
            topic, premise = assumed
            correction = premise.correction
            lead = Part(correction.text, correction.cites, "correction", correction.as_of)
            return self._tell(topic, telling.after([lead], topic), ranking)
        voted = self._supported(query)
        if voted:
            vote, *rest = cards.resolution(voted)
            subject = Subject("resolution", voted.id, voted.name)
            return self._card([replace(vote, role="correction"), *rest], subject, ranking)
        is_same = bool(ranking) and ranking[0].is_same
        recorded = self._records.answer(query, is_same=is_same)
        if recorded:
            return self._card(recorded.parts, recorded.subject, ranking)
        named = self.choices.of(query)
        if named and not is_same:
            return Answer(choice=named)
        odds = self._strength(search, ranking) if ranking else -math.inf
        if odds < ENOUGH:
            nearest = self._nearest(ranking)
            return Answer(related=nearest, choice=nearest if odds >= DOUBTFUL else ())
        return self._compose[ranking[0].passage.kind](search, ranking[0], ranking)

    def within(self, query: Query, topic: Topic) -> Answer:
        """Answer from one topic, where one of its statements has what is asked for; else decline."""
        search = Search(self._index, query)
        number = self._index.number("topic", topic.id)
        parts = telling.within(search, number, self._content)
        if not parts:
            return Answer(related=(_subject(topic),))
        return self._tell(topic, parts, ())

    def _strength(self, search: Search, ranking: Ranking) -> float:
        """The log-odds that the best match answers the query; infinite where a rule decides."""
        query, best, index = search.query, ranking[0], self._index
        own = self._wishes_of(best) if query.wishes else frozenset()
        if best.is_same:  # but for what the record does not do, be it asked in whatever words
            return math.inf if query.wishes <= own else -math.inf
        if query.wishes - own - {"predicts"}:
            return -math.inf  # advice, and things to be made; what sounds like a prediction may be about the past
        if query.wishes and best.passage.kind != "topic":
            return -math.inf
        if not PAIR.issubset(query.names) and not all(index.has(best.unit, term) for term in query.elsewhere):
            return -math.inf  # it is about another pair of states
        if len(PAIR.intersection(query.names)) == 1 and all(is_idle(term) for term in query.subjects):
            return -math.inf  # “how many people live in China” says nothing of the other country
        if query.subjects and not any(index.has(best.unit, term) for term in query.subjects):
            return -math.inf  # a year alone, say, is no subject
        if not all(index.spread.has(figure, best.unit.passage) for figure in query.figures):
            return -math.inf  # the year or number that is asked for is nowhere in it
        if best.passage.kind in ("entity", "resolution"):
            named = best.passage.id in query.names or best.passage.id in query.terms
            return math.inf if best.covered >= (NAMED if named else UNNAMED) else -math.inf
        if query.only_names and all(index.has(best.unit, term) for term in query.exact):
            return math.inf  # “did Xi Jinping go to Pyongyang?”
        return strength(signs(index, query, ranking))

    def _wishes_of(self, match: Match) -> frozenset[str]:
        """The wishes that the wordings of a topic have themselves, such as “Would China fight again?”."""
        if match.passage.kind != "topic":
            return frozenset()
        topic = self._content.topics[match.passage.id]
        asked = [each for statement in topic.statements for each in statement.asked]
        return frozenset().union(*(wishes(normalise(each)) for each in (*topic.questions, *asked)))

    def _assumed(self, query: Query, ranking: Ranking) -> tuple[Topic, Premise] | None:
        """The false premise the question makes, from the topic that fits it best: where all words of a cue are in it,
        and they are most of what it says, or it is about the topic anyway."""
        places = {match.passage.id: place for place, match in enumerate(ranking) if match.passage.kind == "topic"}
        total = sum(map(self._index.weight, query.terms))
        made = [
            cue
            for cue in self._index.learnt.cues
            if cue.terms
            and query.said.issuperset(cue.terms)
            and (
                places.get(cue.topic, len(ranking)) < FITTING
                or sum(self._index.weight(term) for term in query.terms if term in cue.terms) >= MOSTLY * total
            )
        ]
        if ranking and ranking[0].is_same:
            made = [cue for cue in made if cue.topic == ranking[0].passage.id]
        if not made:
            return None
        best = min(made, key=lambda cue: places.get(cue.topic, len(ranking)))
        topic = self._content.topics[best.topic]
        return topic, topic.premises[best.premise]

    def _supported(self, query: Query) -> Resolution | None:
        """The resolution that the question has China refuse, where China voted for it."""
        if not any(query.said.issuperset(refusal) for refusal in self._refusals):
            return None
        named = (self._content.resolutions[term] for term in query.terms if term in self._content.resolutions)
        return next((each for each in named if each.china == "for" and each.seat == "prc"), None)

    def _topic(self, search: Search, match: Match, ranking: Ranking) -> Answer:
        topic = self._content.topics[match.passage.id]
        parts = telling.choose(search, match, self._content)
        vote = self._vote_too(search.query)
        if vote:
            parts = [vote, *parts]
        elsewhere = self._better_elsewhere(match, ranking)
        if elsewhere and elsewhere.text not in [part.text for part in parts]:
            parts = [*parts[: telling.MOST - 1], elsewhere]
        return self._tell(topic, parts[: telling.MOST], ranking)

    def _better_elsewhere(self, match: Match, ranking: Ranking) -> Part | None:
        """The statement of another topic that was asked for more nearly than anything the best topic has."""
        for other in ranking:
            is_near = other.score >= RIVAL * match.score and other.fit >= max(match.fit + CLEARLY, POINTED)
            if is_near and other.passage.kind == "topic" and other.unit.role != "wording":
                return cards.part(self._content.topics[other.passage.id].statements[other.unit.place])
        return None

    def _vote_too(self, query: Query) -> Part | None:
        """The vote, where a question asks how China voted on a resolution and why."""
        numbers = [term for term in query.terms if term in self._content.resolutions]
        both = {ASKING + "how", ASKING + "why"} <= query.asks and "vote" in query.terms
        return cards.resolution(self._content.resolutions[numbers[0]])[0] if both and len(numbers) == 1 else None

    def _tell(self, topic: Topic, parts: Sequence[Part], ranking: Ranking) -> Answer:
        """These parts of a topic, and a note of the disputes that are not among them."""
        shown = {part.text for part in parts}
        hidden = [each.matter for each in topic.disputes if each.matter not in shown]
        begins = [statement.text for statement in topic.in_order[: len(parts)]] == [part.text for part in parts]
        return Answer(
            parts=(*parts, *cards.disputed(hidden)),
            citations=cite(parts, self._content.sources),
            subject=_subject(topic),
            related=tuple(self._related(topic, ranking)),
            reviewed=topic.reviewed,
            shown=len(parts) if begins else 0,
            left=sum(statement.text not in shown for statement in topic.in_order),
        )

    def _related(self, topic: Topic, ranking: Ranking) -> Iterator[Subject]:
        """What the topic names to read next, then what the ranking holds besides."""
        named = [_subject(self._content.topics[id]) for id in topic.related]
        found = [each for each in self._nearest(ranking) if each.id not in (topic.id, *topic.related)]
        yield from [*named, *found][:NEAREST]

    def _nearest(self, ranking: Iterable[Match]) -> tuple[Subject, ...]:
        """The topics a ranking begins with, as far as they have anything to do with the query."""
        near = (match.passage.id for match in ranking if match.passage.kind == "topic" and match.score >= NEAR)
        return tuple(_subject(self._content.topics[id]) for id in islice(near, NEAREST))

    def _events(self, search: Search, match: Match, ranking: Ranking) -> Answer:
        together = [
            self._content.events[each.passage.id]
            for each in ranking
            if each.passage.kind == "event" and each.score >= CLOSE * match.score
        ][:SIDE_BY_SIDE]
        parts = list(map(cards.event, sorted(together, key=lambda event: event.date.first)))
        return self._card(parts, None, ranking)

    def _entity(self, search: Search, match: Match, ranking: Ranking) -> Answer:
        entity = self._content.entities[match.passage.id]
        return self._card(cards.entity(entity), Subject("entity", entity.id, entity.name), ranking)

    def _resolution(self, search: Search, match: Match, ranking: Ranking) -> Answer:
        resolution = self._content.resolutions[match.passage.id]
        subject = Subject("resolution", resolution.id, resolution.name)
        return self._card(cards.resolution(resolution), subject, ranking)

    def _series(self, search: Search, match: Match, ranking: Ranking) -> Answer:
        series = self._content.series[match.passage.id]
        years = {int(term) for term in search.query.terms if term.isdecimal()}
        return self._card(cards.figures(series, years), Subject("series", series.id, series.title), ranking)

    def _card(self, parts: Sequence[Part], subject: Subject | None, ranking: Ranking) -> Answer:
        return Answer(
            parts=tuple(parts),
            citations=cite(parts, self._content.sources),
            subject=subject,
            related=self._nearest(ranking),
        )


def _subject(topic: Topic) -> Subject:
    return Subject("topic", topic.id, topic.title)
