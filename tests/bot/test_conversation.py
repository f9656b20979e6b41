from __future__ import annotations

import pytest

from bot.conversation import LASTS, MOST, Conversations
from bot.errors import UsageError
from bot.reply import Action, Line, Reply
from bot.request import Request
from knowledge.base import KnowledgeBase


class Clock:
    """Ticks when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


MORE = Action("More: the talks", "topics", "talks")
ANSWER = Reply((Line("An answer."),), actions=(MORE,), more=MORE)


def said(text: str, conversation: str = "here") -> Request:
    return Request("test", text=text, conversation=conversation)


def begun(small: KnowledgeBase, clock: Clock | None = None) -> Conversations:
    talk = Conversations(small, clock or Clock())
    talk.remember(said("What were the Six-Party Talks?"), ANSWER)
    return talk


def test_more_opens_the_topic_of_the_last_answer(small: KnowledgeBase) -> None:
    assert begun(small).resolve(said("More, please!")).text == "topics talks"


def test_more_of_what_has_been_said_whole_is_told(small: KnowledgeBase) -> None:
    talk = Conversations(small, Clock())
    talk.remember(said("topics talks"), Reply((Line("All of it."),)))
    with pytest.raises(UsageError, match="That is all I have"):
        talk.resolve(said("more"))


def test_more_with_nothing_before_it_stays_as_it_is(small: KnowledgeBase) -> None:
    assert Conversations(small).resolve(said("more")).text == "more"


def test_a_question_that_leans_back_takes_the_last_one_along(small: KnowledgeBase) -> None:
    talk = begun(small)
    assert "What were the Six-Party Talks?" in talk.resolve(said("and who took part in it?")).text
    assert "What were the Six-Party Talks?" in talk.resolve(said("why?")).text


def test_follow_ups_lean_on_the_same_question_and_do_not_pile_up(small: KnowledgeBase) -> None:
    talk = begun(small)
    for text in ("why?", "and when was it?", "more", "and then?"):
        resolved = talk.resolve(said(text))
        talk.remember(resolved, ANSWER)
    assert resolved.text == "and then? (What were the Six-Party Talks?)"


def test_a_number_takes_the_place_of_the_last_one(small: KnowledgeBase) -> None:
    talk = Conversations(small, Clock())
    talk.remember(said("Why did China vote for resolution 1718?"), ANSWER)
    for following, question in (("and 1695?", "1695"), ("what about 2087", "2087"), ("2006?", "2006")):
        resolved = talk.resolve(said(following))
        if following != "2006?":  # a bare number asks for itself
            assert resolved.text == f"Why did China vote for resolution {question}?"
            talk.remember(resolved, ANSWER)
        else:
            assert resolved.text == following


def test_a_question_with_a_name_of_its_own_starts_afresh(small: KnowledgeBase) -> None:
    own = said("What did Kim Jong Il say about it?")
    assert begun(small).resolve(own) == own


def test_a_whole_question_without_pronouns_starts_afresh(small: KnowledgeBase) -> None:
    own = said("How did China react to the first nuclear test of 2006?")
    assert begun(small).resolve(own) == own


def test_talk_stays_where_it_was(small: KnowledgeBase) -> None:
    talk = begun(small)
    assert talk.resolve(said("more", "elsewhere")).text == "more"
    assert talk.resolve(said("more", "")).text == "more"


def test_talk_is_forgotten_after_a_while(small: KnowledgeBase) -> None:
    clock = Clock()
    talk = begun(small, clock)
    clock.now = LASTS + 1
    assert talk.resolve(said("more")).text == "more"


def test_a_decline_leaves_the_talk_where_it_was(small: KnowledgeBase) -> None:
    talk = begun(small)
    talk.remember(said("asdf"), Reply((Line("No."),), outcome="declined"))
    assert talk.resolve(said("more")).text == "topics talks"


def test_memory_is_bounded(small: KnowledgeBase) -> None:
    talk = begun(small)
    for number in range(MOST):
        talk.remember(said("x", f"other:{number}"), ANSWER)
    assert talk.resolve(said("more")).text == "more"
    assert talk.resolve(said("more", f"other:{MOST - 1}")).text == "topics talks"
