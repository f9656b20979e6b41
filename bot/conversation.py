"""What "more" and "and in 2006?" refer to: the last thing asked and answered in the same place.

Kept in memory only, for half an hour, for one thread or one person in one channel.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.errors import UsageError
from bot.reply import Action, Reply
from bot.request import Request
from knowledge.base import KnowledgeBase
from knowledge.names import PAIR
from knowledge.text import words

LASTS = 1800.0  # seconds after the last question
MOST = 1000  # conversations remembered at once; the longest quiet one goes first
SHORT = 6  # words; a longer question stands on its own unless it has a pronoun

_MORE = {"more", "more please", "go on", "tell me more", "continue", "and more", "anything else", "what else"}
_OPENINGS = {"and", "but", "so", "why", "when", "where", "how", "who", "then", "what"}
_PRONOUNS = {"it", "its", "they", "them", "their", "he", "his", "him", "she", "her", "that", "this", "these", "those"}

_NUMBER = re.compile(r"\b\d{2,}\b")  # of a resolution, or a year


@dataclass(frozen=True, slots=True)
class Turn:
    """What is remembered of the last question."""

    question: str
    more: Action | None  # what "more" asks for
    at: float  # seconds on the clock


class Conversations:
    """The last turn of each conversation."""

    def __init__(self, knowledge: KnowledgeBase, clock: Callable[[], float] = time.monotonic) -> None:
        self._knowledge = knowledge
        self._clock = clock
        self._turns: OrderedDict[str, Turn] = OrderedDict()
        self._lock = threading.Lock()  # answers are made in several threads

    def resolve(self, request: Request) -> Request:
        """The request as it would have been put without the talk before it.

        Raises UsageError where more is asked for and there is no more.
        """
        turn = self._turns.get(request.conversation)
        if turn is None or self._clock() - turn.at > LASTS:
            return request
        if " ".join(words(request.text)) in _MORE:
            if not turn.more:
                raise UsageError("That is all I have on that. Ask something else, or browse the topics with “topics”.")
            return replace(request, text=turn.more.line)
        if self._leans_back(request.text):
            return replace(request, text=_put_together(turn.question, request.text))
        return request

    def _leans_back(self, text: str) -> bool:
        """Whether a question needs the one before it: it names nothing of its own, and is short or has a pronoun."""
        said = words(text)
        query = self._knowledge.query(text)
        if not said or not PAIR.issuperset(query.names):
            return False
        short = len(said) <= SHORT and said[0] in _OPENINGS
        return (short and len(query.terms) <= 2) or (bool(_PRONOUNS & set(said)) and len(query.terms) <= SHORT)

    def remember(self, request: Request, reply: Reply) -> None:
        """Note the turn that has just been answered; a decline leaves the talk where it was."""
        if not request.conversation or reply.outcome != "answered":
            return
        with self._lock:
            question = self._question(request)
            self._turns[request.conversation] = Turn(question, reply.more, self._clock())
            self._turns.move_to_end(request.conversation)
            while len(self._turns) > MOST:
                self._turns.popitem(last=False)

    def _question(self, request: Request) -> str:
        """What the next question can lean on: this one, unless it only leans on the last, or asks for more of it."""
        turn = self._turns.get(request.conversation)
        if turn and (request.text.endswith(f" ({turn.question})") or (turn.more and request.text == turn.more.line)):
            return turn.question
        return request.text


def _put_together(question: str, following: str) -> str:
    """The question that a following one makes of the last: “and 1695?” puts its number in place of the old one."""
    new, old = _NUMBER.findall(following), _NUMBER.findall(question)
    if len(new) == 1 and old and len(words(following)) <= len(_OPENINGS & set(words(following))) + 2:
        return question.replace(old[-1], new[0])
    return f"{following} ({question})"
