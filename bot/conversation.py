"""What "more", "who signed it?" and "and in 2006?" refer to: the last thing asked and answered in the same place.

Kept in memory only, for half an hour, for one thread or one person in one channel. A question that leans on the last
one is turned into a line that stands by itself, so that the same line gets the same answer without the talk.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.errors import UsageError
from bot.reply import Action, Line, Reply, SourceLine
from bot.request import Request
from knowledge.base import KnowledgeBase
from knowledge.names import PAIR
from knowledge.query import Query
from knowledge.text import words

LASTS = 1800.0  # seconds after the last question
MOST = 1000  # conversations remembered at once; the longest quiet one goes first
LONGEST = 300  # characters of a question that is remembered, or leans on the last one
SHORT = 7  # words; a longer question stands on its own unless it has a pronoun
FEW = 3  # subjects of its own from which on a question stands on its own, pronoun or not

_MORE = {
    *("more", "more please", "go on", "tell me more", "continue", "and more", "anything else", "what else", "and"),
    *("more details", "more on that", "more about that", "and what else", "keep going", "expand", "say more"),
}
_SOURCES = re.compile(
    r"(?:and )?(?:the |your |any |whats the |what is the |what are the )?(?:sources?|links?|references?|citations?)"
    r"(?: (?:for (?:that|this)|please|pls))?|(?:who|where) (?:says|said) (?:so|that)|says who"
    r"|where (?:is|does|did) (?:that|this|it) (?:come )?from|where do you have that from|can you prove (?:it|that)"
)
_OPENINGS = {"and", "but", "so", "why", "when", "where", "how", "who", "then", "what", "which", "or", "did", "was"}
_PERSONAL = {"he": "", "him": "", "she": "", "his": "'s", "her": "'s", "hers": "'s"}
_PRONOUNS = {"it", "its", "they", "them", "their", "that", "this", "these", "those", "there", "then", "one", "ones"}
_AGAIN = {"next", "following", "after", "later"}, {"previous", "before", "earlier", "prior", "preceding"}
_STEPS = frozenset(  # the words of a question that asks for nothing but a neighbour
    """
    next following after later previous before earlier prior preceding and the one ones what about was is which came
    come comes resolution resolutions that him her who it then year followed test in s whats show me how vote of
    """.split()
)
_VOTE = {"vote", "voted", "votes", "abstain", "abstained", "veto", "vetoed", "against", "favour", "unanimous", "back"}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NUMBER = re.compile(r"\b\d{2,}\b")  # of a resolution, or a year


@dataclass(frozen=True, slots=True)
class Turn:
    """What is remembered of the last question."""

    question: str  # as it stands by itself
    more: Action | None  # what "more" asks for
    about: Action | None  # what opens the record it was answered from
    sources: tuple[SourceLine, ...]
    at: float  # seconds on the clock
    person: str = ""  # the name of the last person that was spoken of
    number: str = ""  # the resolution it was about


class Conversations:
    """The last turn of each conversation."""

    def __init__(self, knowledge: KnowledgeBase, clock: Callable[[], float] = time.monotonic) -> None:
        self._knowledge = knowledge
        self._clock = clock
        self._turns: OrderedDict[str, Turn] = OrderedDict()
        self._lock = threading.Lock()  # answers are made in several threads

    def resolve(self, request: Request) -> Request | Reply:
        """The request as it would have been put without the talk before it; or the reply, where that is all it asks.

        Raises UsageError where more is asked for and there is no more.
        """
        turn = self._turns.get(request.conversation)
        if turn is None or self._clock() - turn.at > LASTS or len(request.text) > LONGEST:
            return request
        said = " ".join(words(request.text))
        if said in _MORE:
            if not turn.more:
                raise UsageError("That is all I have on that. Ask something else, or browse the topics with “topics”.")
            return replace(request, text=turn.more.line)
        if _SOURCES.fullmatch(said) and turn.sources:
            return Reply((Line("The sources of the last answer:"),), sources=turn.sources)
        step = self._step(words(request.text), turn)
        if step:
            return replace(request, text=step)
        readings = list(dict.fromkeys(self._readings(request.text, turn)))
        found = (reading for reading in readings if self._is_answered(reading))
        return replace(request, text=next(found, request.text))

    def _is_answered(self, line: str) -> bool:
        is_number = line.startswith("resolution ") and self._knowledge.find_resolution(line) is not None
        return is_number or not self._knowledge.answer(line).declined

    def _readings(self, text: str, turn: Turn) -> Iterator[str]:
        """What a question may mean after this turn, the likeliest first."""
        said, query = words(text), self._knowledge.query(text)
        if any(not self._knowledge.knows(term) for term in query.subjects):
            yield text  # it has a word that nothing here is about: no part of the talk before it
            return
        if turn.person and _PERSONAL.keys() & set(said) and not self._person(query):
            text = _named(text, turn.person)
            yield text
        elif not self._leans(said, query):
            yield text
            if len(said) > SHORT:
                return
        yield from self._put_together(text, said, query, turn)
        yield text

    def _leans(self, said: list[str], query: Query) -> bool:
        """Whether a question needs the one before it: it names nothing of its own, and is short or has a pronoun."""
        if said[:1] not in (["and"], ["or"], ["but"], ["what"]) and self._knowledge.is_wording(query):
            return False
        own = [name for name in query.names if name not in PAIR]
        pronoun = bool((_PRONOUNS | _PERSONAL.keys()) & set(said))
        if PAIR.issubset(query.names) and query.subjects and not pronoun:
            return False
        if not said or len(query.subjects) > FEW + pronoun or (len(own) > 0 and said[0] not in ("and", "or", "but")):
            return pronoun and len(query.subjects) <= FEW and not own
        return pronoun or (len(said) <= SHORT and (said[0] in _OPENINGS or len(query.subjects) <= 1))

    def _put_together(self, text: str, said: list[str], query: Query, turn: Turn) -> Iterator[str]:
        """The question that a following one makes of the last."""
        new, old = _NUMBER.findall(text), _NUMBER.findall(turn.question)
        if len(new) == 1 and len(query.subjects) <= 1:
            if old:
                yield turn.question.replace(old[-1], new[0])
            else:
                yield f"{turn.question.rstrip(' ?!.')} in {new[0]}?"
        if said in (["why"], ["why", "is", "that"], ["why", "so"], ["how", "come"]) and not _asks(turn.question):
            yield f"why {turn.question}"
        if turn.number and _VOTE & set(said):
            yield f"{text.rstrip(' ?!.')} on resolution {turn.number}?"
        ordinal = next((word for word in said if word in _ORDINALS), None)
        if ordinal and (old_one := _ordinal(turn.question)):
            yield re.sub(rf"\b{old_one}\b", ordinal, turn.question, flags=re.IGNORECASE)
        swapped = self._swapped(said, query, turn)
        if swapped:
            yield swapped
        title = self._title(turn)
        if title:
            yield f"{text} ({title})"
        if len(query.subjects) <= 1 and all(name in PAIR for name in query.names):
            yield f"{text} ({turn.question})"

    def _swapped(self, said: list[str], query: Query, turn: Turn) -> str | None:
        """“And Russia?”: the last question with this name in place of the one of its kind."""
        new = [name for name in query.names if name not in PAIR]
        if len(new) != 1 or said[0] not in ("and", "what", "how", "or") or len(said) > SHORT:
            return None
        entities = self._knowledge.content.entities
        kind = entities[new[0]].type
        for old in self._knowledge.query(turn.question).names:
            if entities[old].type == kind and old not in PAIR:
                found = next(
                    (name for name in entities[old].names if name.casefold() in turn.question.casefold()), None
                )
                if found:
                    return re.sub(re.escape(found), entities[new[0]].name, turn.question, flags=re.IGNORECASE)
        return None

    def _step(self, said: list[str], turn: Turn) -> str | None:
        """“And the next one?”: the neighbour of the resolution, test or year that the last question was about."""
        later, earlier = (bool(words & set(said)) for words in _AGAIN)
        if later is earlier or not set(said) <= _STEPS:
            return None
        by = 1 if later else -1
        if turn.about and turn.about.command == "who" and turn.person:
            return f"who came {'after' if later else 'before'} {turn.person}?"
        if turn.number:
            numbers = list(self._knowledge.content.resolutions)
            place = numbers.index(turn.number) + by
            return f"resolution {numbers[place]}" if 0 <= place < len(numbers) else None
        ordinal = _ordinal(turn.question)
        if ordinal and 0 <= _ORDINALS.index(ordinal) + by < len(_ORDINALS):
            return re.sub(rf"\b{ordinal}\b", _ORDINALS[_ORDINALS.index(ordinal) + by], turn.question, flags=re.I)
        years = _YEAR.findall(turn.question)
        return turn.question.replace(years[-1], str(int(years[-1]) + by)) if years else None

    def _number(self, reply: Reply, question: str) -> str:
        """The resolution that an answer is about: the one that is asked for, or else the first it names."""
        if reply.about and reply.about.command == "resolution":
            return reply.about.argument
        said = f"{question} {reply.about.argument.replace('-', ' ') if reply.about else ''} {reply.lines[0].text}"
        return next((number for number in _NUMBER.findall(said) if number in self._knowledge.content.resolutions), "")

    def _title(self, turn: Turn) -> str | None:
        """The title of the topic that a turn was answered from."""
        topic = self._knowledge.content.topics.get(turn.about.argument) if turn.about else None
        return topic.title if topic else None

    def _person(self, query: Query) -> str:
        """The name of the last person a question names."""
        entities = self._knowledge.content.entities
        people = [entities[name].name for name in query.names if entities[name].type == "person"]
        return people[-1] if people else ""

    def remember(self, request: Request, reply: Reply) -> None:
        """Note the turn that has just been answered; a decline leaves the talk where it was."""
        if not request.conversation or reply.outcome != "answered":
            return
        with self._lock:
            last = self._turns.get(request.conversation)
            question = self._question(request, last)
            person = self._spoken_of(reply, question) or (last.person if last else "")
            number = self._number(reply, question)
            self._turns[request.conversation] = Turn(
                question, reply.more, reply.about, reply.sources, self._clock(), person, number
            )
            self._turns.move_to_end(request.conversation)
            while len(self._turns) > MOST:
                self._turns.popitem(last=False)

    def _spoken_of(self, reply: Reply, question: str) -> str:
        """The name of the person that an answer is about, or that the question names."""
        entity = self._knowledge.content.entities.get(reply.about.argument) if reply.about else None
        if entity and entity.type == "person":
            return entity.name
        return self._person(self._knowledge.query(question))

    def _question(self, request: Request, last: Turn | None) -> str:
        """What the next question can lean on: this one, unless it only leans on the last, or asks for more of it."""
        if last and (request.text.endswith(f" ({last.question})") or (last.more and request.text == last.more.line)):
            return last.question
        if last and (title := self._title(last)) and request.text.endswith(f" ({title})"):
            return last.question
        return request.text[:LONGEST]


def _ordinal(question: str) -> str | None:
    """The ordinal in a question."""
    return next((word for word in words(question) if word in _ORDINALS), None)


def _asks(question: str) -> bool:
    """Whether a question begins with a question word."""
    return words(question)[:1] in (["why"], ["how"], ["when"], ["who"], ["what"], ["where"], ["which"])


def _named(text: str, person: str) -> str:
    """A question with a person's name in place of the pronouns."""
    return re.sub(
        r"\b(?:he|him|she|his|hers|her)\b",
        lambda match: person + _PERSONAL[match[0].casefold()],
        text,
        flags=re.IGNORECASE | re.ASCII,  # or İ is an i, and no pronoun that we know
    )
