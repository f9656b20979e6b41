"""Ranking -> answer: choosing, ordering, citing, declining."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from knowledge import cards
from knowledge.answer import Answer, Part, Subject, cite
from knowledge.evidence import ENOUGH, signs, strength
from knowledge.index import Index, Query, Unit
from knowledge.model import Content, Premise, Statement, Topic
from knowledge.names import PAIR
from knowledge.retrieval import Match, Ranking, covered, rank

NAMED = 0.6  # least share of the question that a person, place or resolution covers which is named
UNNAMED = 0.8  # least share of the question that an entity covers which is not named, or Kim Jong Nam would be
# Kim Jong Un with a word to spare
SAME = 0.9  # score, 0 to 1, that only a wording in the same words reaches
SHOWN = 3  # statements of a topic in a short answer, besides the ones that lead
SIDE_BY_SIDE = 3  # most events of one answer
NEAREST = 3  # topics offered beside an answer, or instead of one
NEAR = 0.15  # least score, 0 to 1, of a topic that is offered
TO_THE_POINT = 0.5  # least share of the question that a statement covers to stand beside one that was asked for
CLOSE = 0.9  # share of the best score up to which another event belongs to the answer, too

# What a question says that takes China's vote for a vote against.
REFUSALS = ("veto", "vetoed", "vote against", "voted against", "opposed", "rejected")

# Words of a cue that a question need not have.
GLUE = frozenset("a an and are at be been by did do does for from had has have in is of on or the to was were".split())


class Answering:
    """Answers queries from one content."""

    def __init__(self, content: Content, index: Index) -> None:
        self._content = content
        self._index = index
        self._cues = [
            (topic, premise, index.query(cue).said - GLUE)
            for topic in content.topics.values()
            for premise in topic.premises
            for cue in premise.cues
        ]
        self._supported = [
            (resolution, index.query(f"{refusal} {resolution.id}").said - GLUE)
            for resolution in content.resolutions.values()
            if resolution.china == "for" and resolution.seat == "prc"
            for refusal in REFUSALS
        ]
        self._compose: Mapping[str, Callable[[Query, Match, Ranking], Answer]] = {
            "topic": self._topic,
            "event": self._events,
            "entity": self._entity,
            "resolution": self._resolution,
            "series": self._series,
        }

    def answer(self, query: Query) -> Answer:
        """Answer from the best match where there is enough evidence for it, else decline."""
        ranking = rank(self._index, query)
        assumed = self._assumed(query, ranking)
        if assumed:
            topic, premise = assumed
            correction = premise.correction
            lead = Part(correction.text, correction.cites, "correction", correction.as_of)
            return self._short(topic, [lead], topic.answer, ranking)
        voted = next((resolution for resolution, cue in self._supported if cue <= query.said), None)
        if voted:
            vote, *rest = cards.resolution(voted)
            subject = Subject("resolution", voted.id, voted.name)
            return self._card([replace(vote, role="correction"), *rest], subject, ranking)
        if not ranking or not self._evident(query, ranking):
            return Answer(related=self._nearest(ranking))
        return self._compose[ranking[0].passage.kind](query, ranking[0], ranking)

    def _evident(self, query: Query, ranking: Ranking) -> bool:
        """Whether there is enough evidence that the best match answers the query."""
        best = ranking[0]
        if best.score >= SAME:
            return True
        if not PAIR.issubset(query.names) and not all(map(best.unit.has, query.elsewhere)):
            return False  # it is about another pair of states
        if query.subjects and not any(map(best.unit.has, query.subjects)):
            return False  # a year alone, say, is no subject
        if not all(best.unit.passage in self._index.spread.get(figure, ()) for figure in query.figures):
            return False  # the year or number that is asked for is nowhere in it
        if best.passage.kind in ("entity", "resolution"):
            named = best.passage.id in query.names or best.passage.id in query.terms
            return best.covered >= (NAMED if named else UNNAMED)
        if query.only_names and all(map(best.unit.has, query.exact)):
            return True  # “did Xi Jinping go to Pyongyang?”
        return strength(signs(self._index, query, ranking)) >= ENOUGH

    def _assumed(self, query: Query, ranking: Ranking) -> tuple[Topic, Premise] | None:
        """The false premise the question makes, from the topic that fits it best."""
        places = {match.passage.id: place for place, match in enumerate(ranking) if match.passage.kind == "topic"}
        made = [
            (places.get(topic.id, len(ranking)), topic, premise)
            for topic, premise, cue in self._cues
            if cue and cue <= query.said
        ]
        return min(made, key=lambda each: each[0])[1:] if made else None

    def _topic(self, query: Query, match: Match, ranking: Ranking) -> Answer:
        """The topic's own answer; or the one statement or dispute of it that was asked for, and what goes with it."""
        topic = self._content.topics[match.passage.id]
        lead = _asked_for(topic, match.unit)
        if not lead:
            return self._short(topic, [], topic.answer, ranking)
        led = {part.text for part in lead}
        units = [unit for unit in self._index.units_of[match.unit.passage] if unit.role == "statement"]
        told = zip(topic.answer + topic.more, units, strict=False)
        others = [(said, unit) for said, unit in told if said.text not in led]
        fitting = [
            said for said, unit in others if said in topic.answer and covered(self._index, query, unit) >= TO_THE_POINT
        ]
        if len(lead) == 1 and not fitting:
            fitting = [said for said, _ in others[:1]]  # so that no statement is without its context
        return self._short(topic, lead, fitting, ranking)

    def _short(self, topic: Topic, lead: Sequence[Part], then: Iterable[Statement], ranking: Ranking) -> Answer:
        """The lead, then these statements without repeating it, SHOWN at most."""
        said = {part.text for part in lead}
        room = SHOWN if len(lead) <= 1 else 1  # a dispute takes the room of several statements
        parts = (*lead, *[cards.part(statement) for statement in then if statement.text not in said][:room])
        shown = {part.text for part in parts}
        hidden = [each.matter for each in topic.disputes if each.claims[0].text not in shown]
        return Answer(
            parts=(*parts, *cards.disputed(hidden)),
            citations=cite(parts, self._content.sources),
            subject=_subject(topic),
            related=tuple(self._related(topic, ranking)),
            reviewed=topic.reviewed,
            shown=0 if lead else len(parts),
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

    def _events(self, query: Query, match: Match, ranking: Ranking) -> Answer:
        together = [
            self._content.events[each.passage.id]
            for each in ranking
            if each.passage.kind == "event" and each.score >= CLOSE * match.score
        ][:SIDE_BY_SIDE]
        parts = list(map(cards.event, sorted(together, key=lambda event: event.date.first)))
        return self._card(parts, None, ranking)

    def _entity(self, query: Query, match: Match, ranking: Ranking) -> Answer:
        entity = self._content.entities[match.passage.id]
        return self._card(cards.entity(entity), Subject("entity", entity.id, entity.name), ranking)

    def _resolution(self, query: Query, match: Match, ranking: Ranking) -> Answer:
        resolution = self._content.resolutions[match.passage.id]
        subject = Subject("resolution", resolution.id, resolution.name)
        return self._card(cards.resolution(resolution), subject, ranking)

    def _series(self, query: Query, match: Match, ranking: Ranking) -> Answer:
        series = self._content.series[match.passage.id]
        years = {int(term) for term in query.terms if term.isdecimal()}
        return self._card(cards.figures(series, years), Subject("series", series.id, series.title), ranking)

    def _card(self, parts: Sequence[Part], subject: Subject | None, ranking: Ranking) -> Answer:
        return Answer(
            parts=tuple(parts),
            citations=cite(parts, self._content.sources),
            subject=subject,
            related=self._nearest(ranking),
        )


def _asked_for(topic: Topic, unit: Unit) -> list[Part]:
    """The statement or dispute that a unit of the topic is; nothing where the unit asks for the topic as a whole."""
    if unit.role == "statement":
        said = topic.statements[unit.place]
        disputed = next((dispute for dispute in topic.disputes if said in dispute.claims), None)
        return cards.dispute(disputed) if disputed else [cards.part(said)]
    matter = unit.place - len(topic.questions) - 1  # the wordings are: questions, title, matters, premises
    return cards.dispute(topic.disputes[matter]) if 0 <= matter < len(topic.disputes) else []


def _subject(topic: Topic) -> Subject:
    return Subject("topic", topic.id, topic.title)
