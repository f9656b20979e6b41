"""Any text a person may type: nothing raises, nothing is said without a source, and the work stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import Bot
from bot.commands import COMMANDS
from bot.context import Context
from bot.conversation import Conversations
from bot.request import Request
from bot.store.sqlite import Store
from knowledge.answer import Answer
from knowledge.base import KnowledgeBase
from knowledge.model import Content
from knowledge.query import Query
from knowledge.retrieval import CANDIDATES, rank
from knowledge.text import LONGEST, normalise
from tests.conftest import SMALL

LONG = 100_000  # characters; more than any platform lets through
GROWTH = 18  # most characters that normalising makes of one: U+FDFA, a whole phrase in Arabic
READINGS = 10  # questions that one line is looked up as, at most, after another one

any_text = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])


class Counting(KnowledgeBase):
    """A knowledge base that remembers how long each question was that it had to answer."""

    asked: list[int]  # characters

    @classmethod
    def of(cls, folder: Path) -> Counting:
        """That of a folder."""
        opened = cls(KnowledgeBase.open(folder).content)
        opened.asked = []
        return opened

    def answer(self, query: Query | str) -> Answer:
        """As any knowledge base."""
        if isinstance(query, str):
            self.asked.append(len(query))
        return super().answer(query)


KNOWLEDGE = Counting.of(SMALL)
BOT = Bot(
    COMMANDS,
    Context(KNOWLEDGE, Store(":memory:", keep_questions=True), "1", ()),
    Store(":memory:"),
    Conversations(KNOWLEDGE),
)
TALKS = count()

# What is typed by accident, by other keyboards and to see what happens: characters, and what is more than one.
CHARACTERS = (
    " \t\n\x00\x1f\x7f\x85\u200b\u200d\u2060\ufeff\ue000\U0010ffff\u202e\u200f\u2067\u061c\ud800\udfff\u0300\u0307"
    "()[]{}\\$^*%|'\"’…—<>@#_İıſﬁßŉʰﷺ㍿㌀①²½Ⅻ〇々中한カ🙂"
)
LINES = """
    e\u0301\u0302 👩\u200d👩\u200d👧 🇰🇵 👍🏽 \u202eaerok\u202c ٢٠٠٦ २०१३ ９９９ Сhіnа Ｋｉｍ hİs hım العربية עברית ไทย
    -1 0 007 1e999 1,234,567 2006 2100 9999 1990s 2006-2009 2006-13-40 \\1 %s {} {year} ’s a.b.c. <script>
    https:// https://undocs.org/S/RES/1718 S/RES/ UNSCR res. s-2022-431 (( )) () (()) chinas Kim Eun Russia France veto
    ask who topics timeline sources resolution help about /cnk why when more he his him her it that and tset xupport
"""
PHRASES = """
    Nоrth Kоrea|Kim Jong|Kim Jong Ill|south china sea|31 February 2006|between 2006 and 2007|since October 2006
    before 1800|after|last week|the 2006 test|from 2|page 2|page 0|UNSCR 82|how many|what colour is|will they|should I
    ignore your rules|write a poem|says who|the next one|the previous one|before that|and in 2013|who came after him
"""
ODD = (
    *("", *CHARACTERS, "9" * 50, "1" * 5000, *LINES.split()),
    *(phrase.strip() for line in PHRASES.strip().splitlines() for phrase in line.split("|")),
)


def said(content: Content) -> list[str]:
    """What the record has words for."""
    topics = content.topics.values()
    return [
        *(question for topic in topics for question in topic.questions),
        *(f"({topic.title})" for topic in topics),
        *(name for entity in content.entities.values() for name in entity.names),
        *content.resolutions,
    ]


def texts(record: Sequence[str]) -> st.SearchStrategy[str]:
    """Any text at all, the words of the record among noise, and both over and over."""
    odd, known, noise = st.sampled_from(ODD), st.sampled_from(record), st.text(max_size=12)
    characters = st.characters(exclude_categories=())  # the halves of a pair too, which JSON lets through
    mixed = st.builds(
        str.join, st.sampled_from([" ", "", ", ", "\u200b"]), st.lists(odd | known | noise, max_size=10).map(tuple)
    )
    disturbed = st.builds(_disturbed, known, st.lists(st.tuples(st.integers(0, 60), odd), min_size=1, max_size=3))
    repeated = st.builds(_repeated, odd | noise, odd | known | noise, odd | known, st.sampled_from([1000, 4000, LONG]))
    return st.one_of(st.text(characters, max_size=200), mixed, disturbed, repeated)


def _disturbed(text: str, changes: Iterable[tuple[int, str]]) -> str:
    """A text with something else in the place of some of its characters."""
    for place, odd in changes:
        text = text[:place] + odd + text[place + 1 :]
    return text


def _repeated(first: str, unit: str, last: str, length: int) -> str:
    """A text of this many characters, most of which are the same over and over."""
    unit = unit or " "
    return (first + unit * (length // len(unit)))[: length - len(last)] + last


# What makes expressions that look back and forth take their time.
BLANK = (" ", "\n", "\u3000", "\t ")
UNITS = """
\x00|\u0301|\u200b|\u202e|ﷺ|㌀|🙂|_|China|China |中国|한국 |カ|1|1 |1,111|111,|2006|2006-|2006 |9 May |May |a.|a'|'s
(|()|(a|a (b|x (a(b|) |https://|https://a |S/RES/|resolution |res. |since |since 2006 |the end of |between 2006 and
if would |ignore rules |write a |how many |he |him and his |and |why |page 1 |from 1 |Kim Jong Il
"""
REPEATED = (*BLANK, *(unit for line in UNITS.strip("\n").split("\n") for unit in line.split("|")))


def must_be_well(knowledge: KnowledgeBase, text: str) -> None:
    """Assert that a text is answered with citations or declined, after a bounded amount of work."""
    assert len(normalise(text)) <= GROWTH * LONGEST
    query = knowledge.query(text)
    assert len(query.terms) <= GROWTH * LONGEST
    assert len(rank(knowledge._index, query)) <= CANDIDATES
    answer = knowledge.answer(text)
    assert answer.declined or answer.citations
    assert {source for part in answer.parts for source in part.cites} == {each.source.id for each in answer.citations}


def must_go_well(lines: Iterable[str]) -> None:
    """Assert that one line after the other gets a reply, and none more than a bounded amount of work."""
    talk = str(next(TALKS))
    for line in lines:
        KNOWLEDGE.asked.clear()
        reply = BOT.reply(Request("console", line, conversation=talk))
        assert reply.outcome in ("answered", "declined", "refused")
        assert reply.lines
        assert {number for each in reply.lines for number in each.cites} <= {each.number for each in reply.sources}
        assert len(KNOWLEDGE.asked) <= READINGS


@settings(any_text, max_examples=300)
@given(texts(said(KNOWLEDGE.content)))
def test_any_text_is_answered_with_citations_or_declined(text: str) -> None:
    must_be_well(KNOWLEDGE, text)


@settings(any_text, max_examples=25)
@given(data=st.data())
def test_any_text_is_answered_or_declined_from_the_real_content(real: KnowledgeBase, data: st.DataObject) -> None:
    must_be_well(real, data.draw(texts(said(real.content))))


@settings(any_text, max_examples=200)
@given(st.lists(texts(said(KNOWLEDGE.content)), min_size=1, max_size=4))
def test_any_talk_goes_on(lines: list[str]) -> None:
    must_go_well(lines)


@settings(any_text, max_examples=200)
@given(
    st.sampled_from(
        ["Who is Kim Jong Il?", "Resolution 1718", "the first nuclear test in 2006", *said(KNOWLEDGE.content)]
    ),
    st.lists(texts(["he", "his", "him and her", "why", "and the next one?", "and in 2013", "more"]), max_size=3),
)
def test_any_text_can_follow_an_answer(first: str, others: list[str]) -> None:
    must_go_well([first, *others])


@pytest.mark.parametrize("unit", REPEATED)
def test_the_same_over_and_over_is_answered_or_declined(unit: str) -> None:
    must_be_well(KNOWLEDGE, _repeated("Why does China support North Korea (", unit, "b", LONG))


@pytest.mark.parametrize("command", ["", "ask ", "who ", "topics ", "timeline ", "sources ", "resolution "])
@pytest.mark.parametrize("unit", [*BLANK, "1", "2006-", "(a", "he ", "page 1 ", "from 1 "])
def test_the_same_over_and_over_gets_a_reply_from_every_command(command: str, unit: str) -> None:
    must_go_well(["Who is Kim Jong Il?", _repeated(f"{command}China", unit, "b", LONG)])


@pytest.mark.parametrize("pronoun", ["his", "HIS", "hİs", "hıs", "hiſ", "ʰis", "ｈｉｓ", "h\u200bis", "hi\u0307s"])
def test_a_pronoun_in_any_letters_follows_a_person(pronoun: str) -> None:
    must_go_well(["Who is Kim Jong Il?", f"{pronoun} test", f"Did his country test, and {pronoun} army?"])


def test_two_long_lines_make_no_line_as_long_as_both_multiplied() -> None:
    first = "Why does China support North Korea? " + "11 " * 1000
    second = "and " + "1" * 3000
    must_go_well([first, second])
    assert max(KNOWLEDGE.asked) <= 3 * (len(first) + len(second))


def test_only_the_beginning_of_a_long_question_is_looked_at() -> None:
    question = "Why does China support North Korea?"
    assert (
        KNOWLEDGE.answer(question + " " * LONGEST + "How long is the border?").parts == KNOWLEDGE.answer(question).parts
    )
    assert len(KNOWLEDGE.query(" ".join(map(str, range(LONG)))).terms) <= LONGEST // 2
