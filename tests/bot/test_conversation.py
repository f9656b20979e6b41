"""What a question means after another one: on the small content, then whole dialogues on the real one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers import to_reply
from bot.app import Bot
from bot.commands import COMMANDS
from bot.context import Context
from bot.conversation import LASTS, MOST, Conversations
from bot.errors import UsageError
from bot.reply import Line, Reply
from bot.request import Request
from bot.store.sqlite import Store
from knowledge.base import KnowledgeBase

SUPPORT = "Why does China support North Korea?"
TALKS = "six party talks members"
TEST = "How did China react to the first nuclear test?"
VOTE = "How did China vote on resolution 1718?"
TRADE = "How much did China and North Korea trade in 2006?"


class Clock:
    """Ticks when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def said(text: str, conversation: str = "here") -> Request:
    return Request("test", text=text, conversation=conversation)


def begun(small: KnowledgeBase, question: str = SUPPORT, clock: Clock | None = None) -> Conversations:
    """A conversation in which this question has been answered."""
    talk = Conversations(small, clock or Clock())
    talk.remember(said(question), to_reply(small.answer(question)))
    return talk


def meant(talk: Conversations, text: str, conversation: str = "here") -> str:
    """What a question is turned into."""
    resolved = talk.resolve(said(text, conversation))
    assert isinstance(resolved, Request)
    return resolved.text


def put(bot: Bot[Context], *turns: str) -> Reply:
    """The reply to the last of these turns."""
    *_, last = (bot.reply(said(turn)) for turn in turns)
    return last


# More


@pytest.mark.parametrize("more", ["more", "More, please!", "go on", "tell me more", "what else?", "and more?"])
def test_more_brings_the_rest_of_the_last_answer(small: KnowledgeBase, more: str) -> None:
    assert meant(begun(small), more) == "topics support from 3"


def test_more_of_what_has_been_said_whole_is_told(small: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="That is all I have"):
        begun(small, TALKS).resolve(said("more"))


def test_more_with_nothing_before_it_stays_as_it_is(small: KnowledgeBase) -> None:
    assert meant(Conversations(small), "more") == "more"


# Where it is from


@pytest.mark.parametrize(
    "asks",
    ["source?", "Sources please", "and the sources?", "links?", "says who?", "who says so?", "where is that from?"],
)
def test_who_asks_for_the_source_gets_those_of_the_last_answer(small: KnowledgeBase, asks: str) -> None:
    reply = begun(small).resolve(said(asks))
    assert isinstance(reply, Reply)
    assert reply.text == "The sources of the last answer:"
    assert [source.url for source in reply.sources] == [
        "https://example.org/daily-2013",
        "https://example.org/paper-2008",
    ]


def test_who_asks_for_the_source_of_nothing_gets_none(small: KnowledgeBase, bot: Bot[Context]) -> None:
    assert meant(Conversations(small), "source?") == "source?"
    assert not put(bot, "source?").sources


def test_a_question_that_has_sources_in_it_is_a_question(small: KnowledgeBase) -> None:
    text = "What are the sources of North Korea's income?"
    assert text in meant(begun(small), text)


def test_asking_for_the_source_leaves_the_talk_where_it_was(bot: Bot[Context]) -> None:
    first = put(bot, SUPPORT)
    assert put(bot, "source?").sources == first.sources
    assert "mining licences" in put(bot, "source?", "more").text


# The next one


@pytest.mark.parametrize("later", ["and the next one?", "the next year?", "what about the following year?"])
def test_the_next_one_after_a_year_is_the_year_after(bot: Bot[Context], later: str) -> None:
    reply = put(bot, TRADE, later)
    assert reply.asked == "How much did China and North Korea trade in 2007?"
    assert "1,973.97" in reply.text


def test_the_one_before_a_year_is_the_year_before(bot: Bot[Context]) -> None:
    reply = put(bot, TRADE.replace("2006", "2007"), "and the year before?")
    assert reply.asked == TRADE
    assert "1,699.6" in reply.text


def test_the_next_one_after_a_first_is_the_second(small: KnowledgeBase) -> None:
    talk = begun(small, TEST)
    assert meant(talk, "and the next one?") == "How did China react to the second nuclear test?"
    talk = begun(small, "How did China react to the second nuclear test?")
    assert meant(talk, "the one before?") == TEST


def test_a_resolution_has_the_neighbours_that_are_recorded(bot: Bot[Context], small: KnowledgeBase) -> None:
    first, second, *_, last = small.content.resolutions
    forth = put(bot, f"resolution {first}", "and the next one?")
    assert (forth.asked, forth.about and forth.about.argument) == (f"resolution {second}", second)
    back = put(bot, "and the one before?")
    assert (back.asked, back.about and back.about.argument) == (f"resolution {first}", first)
    assert put(bot, f"resolution {last}", "and the next one?").outcome == "declined"
    assert put(bot, f"resolution {first}", "the one before?").outcome == "declined"


def test_the_next_one_after_a_question_for_its_vote_is_a_resolution_too(bot: Bot[Context]) -> None:
    assert put(bot, VOTE, "what about the next resolution?").asked == "resolution 82"


# In place of the last one


@pytest.mark.parametrize("following", ["and 82?", "what about 82", "and on 82?", "how about resolution 82?"])
def test_a_number_takes_the_place_of_the_last_one(bot: Bot[Context], following: str) -> None:
    reply = put(bot, VOTE, following)
    assert "1950" in reply.lines[0].text
    assert reply.about
    assert (reply.about.command, reply.about.argument) == ("resolution", "82")


def test_a_year_takes_the_place_of_the_last_one(bot: Bot[Context]) -> None:
    assert put(bot, TRADE, "and in 2007?").asked == TRADE.replace("2006", "2007")


def test_a_number_that_makes_no_question_of_the_last_one_asks_for_itself(bot: Bot[Context]) -> None:
    reply = put(bot, SUPPORT, "1718?")
    assert reply.about
    assert reply.about.argument == "1718"


def test_a_name_of_its_kind_is_not_answered_with_the_one_before(bot: Bot[Context]) -> None:
    reply = put(bot, "who Kim Jong Il", "what did he lead?", "and Kim Jong Un?")
    assert reply.lines[0].text.startswith("Kim Jong Un ·")


# He, she and they


@pytest.mark.parametrize(
    ("asks", "means"),
    [
        ("what did he lead?", "what did Kim Jong Il lead?"),
        ("who was he?", "who was Kim Jong Il?"),
        ("What is his name?", "What is Kim Jong Il's name?"),
        ("tell me of HIM", "tell me of Kim Jong Il"),
    ],
)
def test_he_is_the_last_person(bot: Bot[Context], asks: str, means: str) -> None:
    reply = put(bot, "who Kim Jong Il", asks)
    assert reply.asked == means
    assert reply.lines[0].text.startswith("Kim Jong Il ·")


def test_the_last_person_is_the_one_that_was_spoken_of_last(bot: Bot[Context]) -> None:
    assert put(bot, "Kim Jong Il", "who Kim Jong Un", "who was he?").asked == "who was Kim Jong Un?"


def test_the_last_person_is_remembered_past_other_subjects(bot: Bot[Context]) -> None:
    assert put(bot, "Kim Jong Il", SUPPORT, VOTE, "who was he?").asked == "who was Kim Jong Il?"


def test_a_question_with_he_and_a_name_means_that_name(bot: Bot[Context]) -> None:
    reply = put(bot, "Kim Jong Il", "did Kim Jong Un follow his father?")
    assert reply.asked == "did Kim Jong Un follow his father?"


@pytest.mark.parametrize("asks", ["when did they begin?", "and where?", "When was that?"])
def test_a_question_with_a_pronoun_is_answered_from_the_last_topic(bot: Bot[Context], asks: str) -> None:
    reply = put(bot, TALKS, asks)
    assert reply.asked == f"{asks} (The Six-Party Talks)"
    assert reply.about
    assert (reply.about.command, reply.about.argument) == ("topics", "talks")


def test_what_a_topic_was_not_asked_at_first_leads_when_it_is(bot: Bot[Context]) -> None:
    assert put(bot, SUPPORT, "and the licences?").lines[0].text.startswith("Chinese firms held most")


def test_follow_ups_lean_on_the_same_question_and_do_not_pile_up(bot: Bot[Context]) -> None:
    for text in ("why?", "and then?", "why?", "and when was it?", "tell me more", "and then?", "why?"):
        reply = put(bot, SUPPORT, text) if text == "why?" else put(bot, text)
        assert reply.about
        assert reply.about.argument == "support"
        assert reply.asked.count("(") <= 1
        assert reply.asked.casefold().split().count("why") <= 2


# Afresh


@pytest.mark.parametrize(
    "own",
    [
        "What did Kim Jong Il say about it?",
        "How did China react to the first nuclear test of 2006?",
        "Who sat at the six-nation table in Beijing?",
        "Why does China support North Korea?",
        "How long is the border?",
        "中国为什么支持朝鲜？",
    ],
)
@pytest.mark.parametrize("before", [TALKS, TEST, VOTE, "who Kim Jong Un"])
def test_a_question_that_stands_by_itself_starts_afresh(small: KnowledgeBase, before: str, own: str) -> None:
    assert meant(begun(small, before), own) == own


@pytest.mark.parametrize(
    "own", ["how about the weather in Paris?", "and who won the world cup?", "did it rain?", "who is its emperor?"]
)
def test_a_question_with_a_word_the_record_has_never_met_starts_afresh(bot: Bot[Context], own: str) -> None:
    reply = put(bot, SUPPORT, own)
    assert (reply.outcome, reply.asked) == ("declined", own)


# How long, and whose


def test_a_decline_leaves_the_talk_where_it_was(bot: Bot[Context]) -> None:
    assert put(bot, SUPPORT, "asdf").outcome == "declined"
    assert "mining licences" in put(bot, "more").text


def test_a_choice_of_names_leaves_the_talk_where_it_was(bot: Bot[Context]) -> None:
    assert put(bot, SUPPORT, "Kim Jong Ul").outcome == "declined"
    assert "mining licences" in put(bot, "more").text


def test_talk_stays_where_it_was(small: KnowledgeBase) -> None:
    talk = begun(small)
    assert meant(talk, "more", "elsewhere") == "more"
    assert meant(talk, "more", "") == "more"


def test_what_belongs_to_no_conversation_is_not_remembered(small: KnowledgeBase) -> None:
    talk = Conversations(small, Clock())
    talk.remember(said(SUPPORT, ""), to_reply(small.answer(SUPPORT)))
    assert meant(talk, "more", "") == "more"


def test_talk_is_forgotten_after_a_while(small: KnowledgeBase) -> None:
    clock = Clock()
    talk = begun(small, clock=clock)
    clock.now = LASTS - 1
    assert meant(talk, "more") == "topics support from 3"
    clock.now = LASTS + 1
    assert meant(talk, "more") == "more"
    assert meant(talk, "source?") == "source?"


def test_each_answer_keeps_the_talk_for_a_while_longer(small: KnowledgeBase) -> None:
    clock = Clock()
    talk = begun(small, TALKS, clock)
    clock.now = LASTS - 1
    talk.remember(said(SUPPORT), to_reply(small.answer(SUPPORT)))
    clock.now = 2 * LASTS - 2
    assert meant(talk, "more") == "topics support from 3"


def test_memory_is_bounded(small: KnowledgeBase) -> None:
    talk, answer = begun(small), Reply((Line("An answer."),), more=to_reply(small.answer(SUPPORT)).more)
    for number in range(MOST):
        talk.remember(said("x", f"other:{number}"), answer)
    assert meant(talk, "more") == "more"
    assert meant(talk, "more", "other:0") == meant(talk, "more", f"other:{MOST - 1}") == "topics support from 3"


# Whole dialogues on the real content: what is said, the record that answers it ("" where a list does, None where
# nothing does), and what the answer holds.

DIALOGUES: dict[str, tuple[tuple[str, str | None, str], ...]] = {
    "a treaty": (
        ("What was the treaty of 1961?", "treaty-1961", "July 1961"),
        ("who signed it?", "treaty-1961", "Zhou Enlai and Kim Il Sung signed"),
        ("is it still in force?", "treaty-1961", "until both sides agree"),
    ),
    "resolutions": (
        ("what was in resolution 1718?", "1718", "luxury goods"),
        ("how did China vote?", "1718", "China voted in favour"),
        ("and the next one?", "1874", "12 June 2009"),
        ("what set that one off?", "1874", "second nuclear test"),
        ("and the one before?", "1718", "14 October 2006"),
        ("the one before that?", "1695", "15 July 2006"),
        ("and 2397?", "2397", "22 December 2017"),
    ),
    "nuclear tests": (
        (TEST, "first-nuclear-test", "9 October 2006"),
        ("and the next one?", "second-nuclear-test-2009", "25 May 2009"),
        ("and the one after?", "third-nuclear-test-2013", "12 February 2013"),
        ("the one before?", "second-nuclear-test-2009", "25 May 2009"),
        ("how did China vote?", "second-nuclear-test-2009", "Resolution 1874"),
    ),
    "visitors": (
        ("When did Jiang Zemin visit Pyongyang?", "jiang-zemin-in-pyongyang-2001", "September 2001"),
        ("and Hu Jintao?", "hu-jintao-in-pyongyang-2005", "October 2005"),
    ),
    "people": (
        ("Who is Wang Yi?", "wang-yi", "Foreign minister of China"),
        ("when did he visit Pyongyang?", "wang-yi-and-pyongyang", "May 2018"),
        ("Kim Jong Il", "kim-jong-il", "17 December 2011"),
        ("who came after him?", "kim-jong-un", "Kim Jong Un"),
    ),
    "trade": (
        ("How much did China and North Korea trade in 2016?", "", "in 2016"),
        ("and in 2017?", "", "in 2017"),
        ("and the next year?", "", "in 2018"),
        ("why did it fall?", "trade-collapse-2017-2018", "2018"),
        ("the year before?", "", "in 2017"),
    ),
    "a chronicle": (
        ("What happened in 2006?", "", "events in 2006"),
        ("and in 2013?", "", "events in 2013"),
        ("and the next year?", "", "events in 2014"),
        ("the year before?", "", "events in 2013"),
    ),
    "other states": (
        ("What role did Russia play in the Six-Party Talks?", "six-party-talks", "Russia"),
        ("and Japan?", "six-party-talks", "Japan"),
    ),
    "a digression": (
        ("How did China react to the execution of Jang Song Thaek?", "jang-song-thaek", "own affair"),
        ("who won the world cup in 1998?", None, "no sourced answer"),
        ("who was he?", "jang-song-thaek", "uncle"),
    ),
    "another subject": (
        ("What was the treaty of 1961?", "treaty-1961", "July 1961"),
        (SUPPORT, "why-china-supports-north-korea", "collapse"),
        ("How long is the border?", "border", "Sources differ"),
    ),
}


@pytest.fixture(scope="module")
def real_bot(real: KnowledgeBase) -> Iterator[Bot[Context]]:
    """The real bot on the real content."""
    store = Store(":memory:")
    yield Bot(COMMANDS, Context(real, store, "test", ()), store, Conversations(real))
    store.close()


@pytest.mark.parametrize("name", DIALOGUES)
def test_a_dialogue_is_followed(real_bot: Bot[Context], name: str) -> None:
    for text, record, fact in DIALOGUES[name]:
        reply = real_bot.reply(said(text, name))
        assert reply.outcome == ("declined" if record is None else "answered"), (text, reply.asked)
        assert (reply.about.argument if reply.about else "") == (record or ""), (text, reply.asked)
        assert fact in reply.text, (text, reply.asked)
        again = real_bot.reply(said(reply.asked, conversation=""))
        assert again == reply, (text, reply.asked)  # what a question was turned into needs no talk before it


def test_the_resolutions_are_walked_through_from_the_first_to_the_last(
    real_bot: Bot[Context], real: KnowledgeBase
) -> None:
    numbers = list(real.content.resolutions)
    real_bot.reply(said(f"resolution {numbers[0]}", "walk"))
    walked = [real_bot.reply(said("and the next one?", "walk")).about for _ in numbers[1:]]
    assert [about and about.argument for about in walked] == numbers[1:]
    adopted = [each.adopted.first for each in real.content.resolutions.values() if each.outcome == "adopted"]
    assert adopted == sorted(adopted)
