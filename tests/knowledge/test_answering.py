"""Ranking -> answer on the small content: choosing, ordering, citing, correcting, declining."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answer import Answer
from knowledge.base import KnowledgeBase
from knowledge.dates import PartialDate
from tests.knowledge.planting import SMALL

BASE = KnowledgeBase.open(SMALL)

QUESTIONS = [
    "Why does China support North Korea?",
    "How long is the border?",
    "How many mining licences did Chinese firms hold?",
    "Did China veto Resolution 1718?",
    "What were the Six-Party Talks?",
    "How much did China and North Korea trade in 2007?",
    "Who is Kim Jong Il?",
    "What is Resolution 1718?",
    "first round of the Six-Party Talks",
    "What is the capital of France?",
    "refugees",
    "",
]


def said(question: str) -> list[tuple[str, str]]:
    """Role and first two words of each part of the answer."""
    return [(part.role, " ".join(part.text.split()[:2])) for part in BASE.answer(question).parts]


def statements(answer: Answer) -> list[str]:
    return [part.text for part in answer.parts if part.role in ("correction", "statement", "item", "claim")]


def test_a_topic_answers_with_its_own_short_answer() -> None:
    answer = BASE.answer("Why does China support North Korea?")
    assert [part.text for part in answer.parts] == [
        "Beijing feared refugees and chaos if Pyongyang collapsed.",
        "China wanted no army of the United States on its border.",
        "Sources differ: How long the border is. “More” shows the sides.",
    ]
    assert answer.subject is not None
    assert (answer.subject.kind, answer.subject.id, answer.subject.title) == (
        "topic",
        "support",
        "Why China supports North Korea",
    )
    assert not answer.declined


@pytest.mark.parametrize(
    "question",
    [
        "why does china support north korea",
        "WHY DOES CHINA SUPPORT NORTH KOREA???",
        "Why does the PRC back the DPRK?",
        "Why does China suport North Korea?",
        "What does Beijing gain by backing Pyongyang?",
        "中国为什么支持朝鲜？",
        "中国为什么支持朝鲜",
        "Why does 中国 support 朝鲜?",
        "Ｗｈｙ does Ｃｈｉｎａ support North Korea?",
    ],
)
def test_one_answer_serves_every_way_to_ask(question: str) -> None:
    assert BASE.answer(question).parts == BASE.answer("Why does China support North Korea?").parts


def test_citations_are_numbered_in_the_order_of_first_use() -> None:
    answer = BASE.answer("Why does China support North Korea?")
    assert [(each.number, each.source.id) for each in answer.citations] == [(1, "daily-2013"), (2, "paper-2008")]
    assert [answer.numbers(part) for part in answer.parts] == [(1, 2), (2,), ()]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_statement_leads_to_its_source(question: str) -> None:
    answer = BASE.answer(question)
    used = list(dict.fromkeys(source for part in answer.parts for source in part.cites))
    assert [each.source.id for each in answer.citations] == used
    assert [each.number for each in answer.citations] == list(range(1, len(used) + 1))
    for part in answer.parts:
        if part.role in ("correction", "statement", "item", "claim"):
            assert part.cites
            assert part.as_of or part.role == "item"  # a life is dated in its own words
            assert all(1 <= number <= len(used) for number in answer.numbers(part))


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_statement_is_told_twice(question: str) -> None:
    told = statements(BASE.answer(question))
    assert len(told) == len(set(told))


@pytest.mark.parametrize("wording", [each for topic in BASE.content.topics.values() for each in topic.questions])
def test_a_topic_answers_with_two_to_four_statements_or_all_it_has(wording: str) -> None:
    answer = BASE.answer(wording)
    assert answer.subject is not None
    topic = BASE.content.topics[answer.subject.id]
    assert min(2, len(topic.answer)) <= len(statements(answer)) <= 4


def test_a_statement_asked_for_by_itself_leads() -> None:
    assert said("How many mining licences did Chinese firms hold?") == [
        ("statement", "Chinese firms"),
        ("statement", "Beijing feared"),
        ("note", "Sources differ:"),
    ]
    assert said("What army did China want to keep off its border?") == [
        ("statement", "China wanted"),
        ("statement", "Beijing feared"),
        ("note", "Sources differ:"),
    ]


def test_what_was_left_out_is_counted() -> None:
    assert BASE.answer("Why does China support North Korea?").left == 3
    assert BASE.answer("What were the Six-Party Talks?").left == 0


def test_sources_that_differ_stand_side_by_side() -> None:
    for question in ("How long is the border?", "Is the border 1,416 kilometres long?"):
        answer = BASE.answer(question)
        assert [(part.role, part.text) for part in answer.parts[:4]] == [
            ("matter", "How long the border is"),
            ("claim", "The border is about 1,300 kilometres long."),
            ("claim", "The border is about 1,416 kilometres long."),
            ("why", "The rivers are counted along different banks."),
        ]
        assert [part.cites for part in answer.parts[1:3]] == [("paper-2008",), ("daily-2013",)]


@pytest.mark.parametrize(
    "question",
    [
        "Did China veto Resolution 1718?",
        "Why did Beijing veto S/RES/1718 (2006)?",
        "how come china blocked UNSCR 1718",
        "Why did China bolck Resolution 1718?",
        "Why does China support North Korea, and why did it veto 1718?",
    ],
)
def test_a_wrong_premise_is_corrected_first(question: str) -> None:
    answer = BASE.answer(question)
    assert answer.parts[0].role == "correction"
    assert answer.parts[0].text == "China voted for Resolution 1718; nobody vetoed it."
    assert answer.parts[0].cites == ("press-2006",)
    assert answer.subject is not None
    assert answer.subject.id == "first-test"
    assert [part.role for part in answer.parts[1:]] == ["statement"]


@pytest.mark.parametrize("question", ["Did China vote for Resolution 1718?", "Did China veto Resolution 82?", "veto"])
def test_nothing_is_corrected_that_was_not_assumed(question: str) -> None:
    assert all(part.role != "correction" for part in BASE.answer(question).parts)


def test_a_word_of_a_cue_counts_that_carries_no_subject() -> None:
    topic = BASE.content.topics["first-test"]
    cued = replace(topic, premises=(replace(topic.premises[0], cues=("sanctions are still in force",)),))
    base = KnowledgeBase(replace(BASE.content, topics={**BASE.content.topics, "first-test": cued}))
    assert base.answer("Is it so that sanctions still were in force?").parts[0].role == "correction"
    assert all(part.role != "correction" for part in base.answer("Were sanctions in force?").parts)


def test_an_answer_says_as_of_when() -> None:
    answer = BASE.answer("Why does China support North Korea?")
    assert answer.as_of == (PartialDate(2008, 6), PartialDate(2013, 1))
    assert answer.reviewed is not None
    assert answer.reviewed.on == PartialDate(2026, 11, 20)
    assert BASE.answer("capital of France").as_of is None


def test_figures_of_one_year_stand_side_by_side() -> None:
    answer = BASE.answer("How much did China and North Korea trade in 2007?")
    assert [part.text for part in answer.parts] == [
        "China's trade in goods with North Korea, both ways, in USD million",
        "2007: 1,973.97, counted by Chinese customs.",
        "2007: 1,980, counted by KOTRA; rounded.",
    ]


def test_figures_of_no_year_in_particular_are_the_latest() -> None:
    told = statements(BASE.answer("China North Korea trade"))
    assert [each[:4] for each in told] == ["2006", "2007", "2007"]


@pytest.mark.parametrize(
    "question",
    ["What is Resolution 1718?", "S/RES/1718 (2006)", "UNSCR 1718", "https://undocs.org/S/RES/1718(2006)", "1718"],
)
def test_a_resolution_is_told_by_any_of_its_names(question: str) -> None:
    answer = BASE.answer(question)
    assert answer.subject is not None
    assert (answer.subject.kind, answer.subject.id) == ("resolution", "1718")
    assert answer.parts[0].text == (
        "The Security Council adopted Resolution 1718 (S/RES/1718 (2006)) on 14 October 2006 by 15 votes to none; "
        "China voted in favour."
    )


def test_a_draft_that_was_vetoed_is_no_resolution() -> None:
    told = BASE.answer("S/2022/431").parts[0].text
    assert told == (
        "The Security Council did not adopt, because of a veto, draft S/2022/431 on 26 May 2022 by 13 votes to 2; "
        "China voted against."
    )


def test_it_says_who_held_chinas_seat() -> None:
    told = BASE.answer("UNSCR 82").parts[0].text
    assert "China voted in favour (its seat was held by the Republic of China)" in told
    assert "9 votes to none, with 1 abstaining and 1 not voting" in told


@pytest.mark.parametrize(
    "question", ["Who is Kim Jong Il?", "kim jong-il", "金正日是谁", "김정일은 누구인가요?", "Kim Chong-il"]
)
def test_a_person_is_told_in_any_spelling_and_script(question: str) -> None:
    answer = BASE.answer(question)
    assert answer.subject is not None
    assert (answer.subject.kind, answer.subject.id) == ("entity", "kim-jong-il")
    assert answer.parts[0].text == "Kim Jong Il · 金正日 · 김정일"


def test_an_event_is_told_with_its_date() -> None:
    answer = BASE.answer("first round of the Six-Party Talks")
    assert [part.text for part in answer.parts] == [
        "27 August 2003 to 29 August 2003: The first round of the Six-Party Talks met in Beijing."
    ]
    assert answer.as_of == (PartialDate(2003, 8, 29), PartialDate(2003, 8, 29))


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "weather in Beijing",
        "asdfgh",
        "China and Vietnam",
        "write me a poem about Pyongyang",
        "resolution 2371",
        "S/RES/1874",
        "China reaction nuclear test 2013",
        "Kim Jong Nam",
        "金正男",
        "stock tips",
        "프랑스의 수도",
        "法国的首都",
        "2+2",
    ],
)
def test_what_no_source_answers_is_declined(question: str) -> None:
    answer = BASE.answer(question)
    assert answer.declined
    assert (answer.parts, answer.citations, answer.subject, answer.reviewed) == ((), (), None, None)


def test_a_decline_offers_the_nearest_topics() -> None:
    answer = BASE.answer("How did France and Mexico react when the first nuclear test shook their seismographs?")
    assert answer.declined
    assert [(each.kind, each.id) for each in answer.related][:1] == [("topic", "first-test")]
    assert BASE.answer("asdfgh").related == ()


def test_an_answer_names_what_to_read_next_and_not_itself() -> None:
    for topic in BASE.content.topics.values():
        answer = BASE.answer(topic.questions[0])
        ids = [each.id for each in answer.related]
        assert ids[: len(topic.related)] == list(topic.related)
        assert topic.id not in ids
        assert len(ids) == len(set(ids)) <= 3


def test_the_same_question_has_the_same_answer() -> None:
    again = KnowledgeBase.open(SMALL)
    assert [BASE.answer(each) for each in QUESTIONS] == [again.answer(each) for each in QUESTIONS]


def test_questions_asked_at_once_have_the_answers_they_have_one_by_one() -> None:
    expected = [BASE.answer(each) for each in QUESTIONS] * 20
    shared = KnowledgeBase.open(SMALL)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(shared.answer, QUESTIONS * 20)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "why " * 25_000,
        "中" * 100_000,
        "China North Korea " * 6_000,
        "\u200b" * 100_000,
        "\u202eaerok htron\u202c",
        "Сhinа ѕuрроrtѕ Nоrth Коrеа",
        "\ufdfa" * 2_000,
        "\ud800\udfff",
        "1" * 5_000,
        "\U00010a40\U00010a41",
        "\x00\x01\x02",
        "S/RES/" * 1_000,
        "https://" * 1_000,
        "'" * 5_000 + "s",
        "Z̷̢͝a̸l̵g̶o̴" * 500,
    ],
)
def test_no_text_is_too_long_or_too_odd_to_ask(text: str) -> None:
    answer = BASE.answer(text)
    assert answer.declined == (not answer.parts)


VOCABULARY = sorted({word for passage in BASE._index.passages for each in passage.wordings for word in each.split()})


@given(st.text() | st.lists(st.sampled_from(VOCABULARY) | st.text(max_size=5), max_size=15).map(" ".join))
def test_whatever_is_asked_is_answered_with_sources_or_declined(text: str) -> None:
    answer = BASE.answer(text)
    assert bool(answer.citations) == bool(answer.parts)
    assert len(answer.related) <= 3


def test_content_without_anything_but_a_topic_answers() -> None:
    topic = BASE.content.topics["talks"]
    base = KnowledgeBase(type(BASE.content)(sources=BASE.content.sources, topics={"talks": topic}))
    assert base.answer(topic.questions[0]).subject is not None
    assert base.answer("Kim Jong Il").declined
