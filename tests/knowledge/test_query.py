"""A typed question -> Query: names, repaired words, other languages by a small dictionary, and the time asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index import Index
from knowledge.language import Language, tables
from knowledge.loading import load
from knowledge.query import REPAIRED, USUAL, Query, Reader
from knowledge.spans import Span
from knowledge.text import LONGEST
from tests.knowledge.planting import SMALL

DICTIONARY = {
    "coal": ("煤炭", "석탄", "уголь", "угля", "Kohle"),
    "trade": ("贸易", "무역", "торговля", "Handel"),
    "border": ("边境", "국경", "граница", "границе", "Grenze"),
    "refugees": ("难民", "난민", "беженцы", "беженцев", "Flüchtlinge"),
    "support": ("支援", "지원", "поддерживает", "unterstützt"),
    "why": ("왜", "почему", "warum"),
    "how many": ("сколько", "wie viele"),
    "china": ("Китай", "Китая"),
    "north korea": ("КНДР", "Nordkorea", "Северная Корея"),
    "nuclear test": ("核试验", "핵실험", "ядерное испытание", "Atomtest"),
    "poison": ("Gift",),
    "in": ("im", "в"),
    "and": ("und", "и"),
}
CONTENT = replace(load(SMALL), lexicon=DICTIONARY)
INDEX = Index(CONTENT)
PAIR = {"@china": 1.0, "@north-korea": 1.0}


def query(text: str) -> Query:
    return INDEX.query(text)


def terms(text: str) -> dict[str, float]:
    return dict(query(text).terms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Why does China support North Korea?", {**PAIR, "support": 1.0}),
        ("China's border, China's refugees", {"@china": 1.0, "border": 1.0, "refuge": 1.0}),
        ("chinas border", {"@china": 1.0, "border": 1.0}),
        ("the USAs army", {"@united-states": 1.0, "armi": 1.0}),
        ("refugees and refugee", {"refuge": 1.0}),
        ("S/RES/1718 (2006)", {"resolut": 1.0, "1718": 1.0}),
        ("1,416 kilometres", {"1416": 1.0, "kilometr": 1.0}),
        ("a big question about refugees", {"big": 1.0, "question": 1.0, "refuge": 1.0}),
        ("test 2", {"test": 1.0, "2": 1.0}),
        ("Kim Jong Il", {"@kim-jong-il": 1.0}),
        ("Kim Jong", {"kim": 1.0, "jong": 1.0}),
    ],
)
def test_a_question_is_looked_for_by_its_names_and_the_words_that_say_something(
    text: str, found: dict[str, float]
) -> None:
    assert terms(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?!",
        "why",
        "what is it?",
        "the and of",
        "x",
        "2",
        "2 3",
        "good question",
        "\u200b",
        "\ue000",
        "🙂",
        "。",
        "\x00",
    ],
)
def test_a_text_of_nothing_but_talk_has_no_terms(text: str) -> None:
    assert query(text).terms == {}
    assert query(text).subjects == query(text).figures == query(text).exact == frozenset()


@pytest.mark.parametrize(
    ("text", "found", "asked"),
    [
        ("Warum unterstützt China Nordkorea?", {**PAIR, "support": 1.0}, {"?why"}),
        ("WARUM UNTERSTÜTZT CHINA NORDKOREA", {**PAIR, "support": 1.0}, {"?why"}),
        ("почему Китай поддерживает КНДР?", {**PAIR, "support": 1.0}, {"?why"}),
        ("중국은 왜 북한을 지원하나요?", {**PAIR, "support": 1.0}, {"?why"}),
        ("中国支援朝鲜", {**PAIR, "support": 1.0}, set()),
        ("中国煤炭贸易", {"@china": 1.0, "coal": 1.0, "trade": 1.0}, set()),
        ("석탄 무역", {"coal": 1.0, "trade": 1.0}, set()),
        ("Kohle und Handel", {"coal": 1.0, "trade": 1.0}, set()),
        ("торговля угля", {"coal": 1.0, "trade": 1.0}, set()),
        ("сколько беженцев в КНДР?", {"@north-korea": 1.0, "refuge": 1.0}, {"?how", "?many"}),
        ("Wie viele Flüchtlinge?", {"refuge": 1.0}, {"?how", "?many"}),
        ("Северная Корея", {"@north-korea": 1.0}, set()),
        ("ядерное испытание", {"nuclear": 1.0, "test": 1.0}, set()),
        ("核试验", {"nuclear": 1.0, "test": 1.0}, set()),
        ("핵실험은", {"nuclear": 1.0, "test": 1.0}, set()),
        ("Atomtest und Grenze", {"nuclear": 1.0, "test": 1.0, "border": 1.0}, set()),
        ("China 难民 на границе", {"@china": 1.0, "refuge": 1.0, "border": 1.0, "на": 1.0}, set()),
    ],
)
def test_another_language_is_looked_for_in_english(text: str, found: dict[str, float], asked: set[str]) -> None:
    assert terms(text) == found
    assert query(text).asks == asked


def reader(vocabulary: dict[str, int]) -> Reader:
    return Reader(Language(tables(CONTENT)), vocabulary, frozenset(), ())


@pytest.mark.parametrize(("times", "term"), [(0, "poison"), (1, "poison"), (USUAL - 1, "poison"), (USUAL, "gift")])
def test_a_word_is_english_where_it_stands_in_the_record_often_enough(times: int, term: str) -> None:
    vocabulary = {"gift": times} if times else {}
    assert set(reader(vocabulary).query("Gift").terms) == {term}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refugeees", "refugees"),
        ("refugese", "refugees"),
        ("kilometters", "kilometres"),
        ("sancitons", "sanctions"),
        ("bordr", "border"),
        ("chos", "chaos"),
        ("tset", "test"),
        ("oill", "oil"),
    ],
)
def test_a_repaired_word_counts_less(typed: str, meant: str) -> None:
    assert terms(typed) == dict.fromkeys(terms(meant), REPAIRED)
    assert terms(f"{typed} {meant}") == dict.fromkeys(terms(meant), REPAIRED)


@pytest.mark.parametrize(
    "word",
    ["xefugees", "befugees", "rfgs", "tst", "tost", "17l8", "2o06", "тest", "zzzzzzzzzz", "r" * LONGEST, "réfugees2"],
)
def test_what_is_nothing_like_a_known_word_stays_as_it_is(word: str) -> None:
    assert not terms(word).keys() & INDEX.terms
    assert len(terms(word)) == 1


@pytest.mark.parametrize(
    ("text", "span", "stretch", "found"),
    [
        ("trade 2007", Span(date(2007, 1, 1), date(2007, 12, 31)), False, {"trade": 1.0, "2007": 1.0}),
        ("the 2006 test", Span(date(2006, 1, 1), date(2006, 12, 31)), False, {"test": 1.0, "2006": 1.0}),
        (
            "after the 2006 test",
            Span(date(2006, 1, 1), date(2006, 12, 31)),
            False,
            {"after": 1.0, "test": 1.0, "2006": 1.0},
        ),
        ("trade between 2006 and 2007", Span(date(2006, 1, 1), date(2007, 12, 31)), True, {"trade": 1.0}),
        ("trade since 2006", Span(since=date(2006, 1, 1)), True, {"trade": 1.0}),
        ("trade after 2006", Span(since=date(2007, 1, 1)), True, {"trade": 1.0}),
        ("trade before 2006", Span(until=date(2005, 12, 31)), True, {"trade": 1.0}),
        ("trade in the 1990s", Span(date(1990, 1, 1), date(1999, 12, 31)), True, {"trade": 1.0}),
        ("2006年以后的贸易", Span(since=date(2007, 1, 1)), True, {"trade": 1.0}),
        ("2006년 이후 무역", Span(since=date(2007, 1, 1)), True, {"trade": 1.0}),
        ("2003年到2009年难民", Span(date(2003, 1, 1), date(2009, 12, 31)), True, {"refuge": 1.0}),
        (
            "Handel im Jahr 2006",
            Span(date(2006, 1, 1), date(2006, 12, 31)),
            False,
            {"trade": 1.0, "jahr": 1.0, "2006": 1.0},
        ),
        ("resolution 1718", None, False, {"resolut": 1.0, "1718": 1.0}),
        ("trade in 2006 and 2007", None, False, {"trade": 1.0, "2006": 1.0, "2007": 1.0}),
        ("since 2006", Span(since=date(2006, 1, 1)), True, {}),
    ],
)
def test_the_dates_of_a_stretch_only_restrict_and_one_date_is_a_term(
    text: str, span: Span | None, stretch: bool, found: dict[str, float]
) -> None:
    read = query(text)
    assert (read.span, read.stretch) == (span, stretch)
    assert dict(read.terms) == found


def test_the_number_of_a_recorded_resolution_is_no_year() -> None:
    resolution = replace(CONTENT.resolutions["1718"], id="2006", symbol="S/RES/2006 (2011)")
    index = Index(replace(CONTENT, resolutions={"2006": resolution}))
    assert index.query("sanctions since 2006").span is None
    assert "2006" in index.query("sanctions since 2006").terms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kim Jong Il", "kim-jong-il"),
        ("Who is Kim Jong Il?", "kim-jong-il"),
        ("Tell me about the Six-Party Talks, please", "six-party-talks"),
        ("金正日是谁", "kim-jong-il"),
        ("China", "china"),
        ("what is North Korea?", "north-korea"),
        ("Kim Jong Il and China", "kim-jong-il"),
        ("Kim Jong Il and Kim Jong Un", ""),
        ("China and North Korea", ""),
        ("When was Kim Jong Il there?", ""),
        ("Why Kim Jong Il?", ""),
        ("Will Kim Jong Il be back?", ""),
        ("Kim Jong Il test", ""),
        ("Kim Jong Il 2006", ""),
        ("Kim Jong", ""),
        ("refugees", ""),
        ("", ""),
    ],
)
def test_a_name_that_is_all_there_is_stands_alone(text: str, name: str) -> None:
    assert query(text).lone_name == name


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Kim Jong Il and Kim Jong Un", True),
        ("Did Kim Jong Il meet Kim Jong Un?", True),
        ("Kim Jong Il in Beijing", True),
        ("China and North Korea", False),
        ("Kim Jong Il", False),
        ("Kim Jong Il and Kim Jong Un tested", False),
        ("Kim Jong Il in Beijing 2006", False),
        ("", False),
    ],
)
def test_two_names_and_talk_are_told_from_a_question_of_more(text: str, only: bool) -> None:
    assert query(text).only_names is only


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("France and China", {"franc"}),
        ("Why does the US support them?", {"@united-states"}),
        ("美国", {"@united-states"}),
        ("the South China Sea", {"south china sea"}),
        ("the Great Wall of China", {"great wall of china"}),
        ("French and Dutch", {"french", "dutch"}),
        ("China and North Korea", set()),
        ("Kim Jong Il", set()),
        ("", set()),
    ],
)
def test_other_states_are_known_by_their_names(text: str, elsewhere: set[str]) -> None:
    assert query(text).elsewhere == elsewhere


@pytest.mark.parametrize(
    ("text", "subjects", "figures", "exact"),
    [
        ("China coal 1718", {"coal"}, {"1718"}, {"@china", "1718"}),
        ("Kim Jong Il 12 99 100", {"@kim-jong-il"}, {"100"}, {"@kim-jong-il", "12", "99", "100"}),
        ("the 2nd test of 2006", {"test"}, {"2006"}, {"2nd", "2006"}),
        ("refugees", {"refuge"}, set(), set()),
        ("North Korea", set(), set(), {"@north-korea"}),
        ("٢٠٠٦ refugees", {"refuge"}, {"٢٠٠٦"}, {"٢٠٠٦"}),
    ],
)
def test_the_terms_are_told_apart(text: str, subjects: set[str], figures: set[str], exact: set[str]) -> None:
    read = query(text)
    assert [read.subjects, read.figures, read.exact] == [frozenset(each) for each in (subjects, figures, exact)]


def test_what_is_said_holds_the_words_without_a_subject_too() -> None:
    assert query("Why did China block the 1718?").said >= {"whi", "did", "the", "block", "1718", "@china"}
    assert query("what is it").said == {"what", "is", "it"}
    assert query("").said == frozenset()


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("How much coal did China buy?", "coal"),
        ("What colour is the border?", "color"),
        ("Which refugees?", "refuge"),
        ("Why the border?", ""),
        ("", ""),
    ],
)
def test_the_focus_is_the_term_of_what_is_asked_for(text: str, focus: str) -> None:
    assert query(text).focus == focus


def test_a_query_says_what_is_wanted_that_no_record_holds() -> None:
    assert query("Will China drop North Korea, and should it?").wishes == {"predicts", "advises"}
    assert query("Why does China support North Korea?").wishes == frozenset()


def test_a_query_keeps_the_text_as_it_was_typed_and_can_be_hashed() -> None:
    typed = "  Why does Ｃｈｉｎａ\u200b support? "
    assert query(typed).text == typed
    assert query(typed) == query(typed)
    assert hash(query(typed)) == hash(query(typed))


def test_only_the_beginning_of_a_very_long_text_is_read() -> None:
    long = query(" ".join(f"w{number}x" for number in range(50_000)))
    assert 0 < len(long.terms) <= LONGEST / len("w1x ")
    assert query("refugees" + " " * LONGEST + "border").terms == {"refuge": 1.0}


def test_a_reader_without_a_record_reads_what_is_there() -> None:
    bare = Reader(Language(tables(replace(CONTENT, entities={}, synonyms={}, lexicon={}))), {}, frozenset(), ())
    assert dict(bare.query("China nukes since 2006").terms) == {"china": 1.0, "nuke": 1.0}
    assert bare.query("China").names == ()


PIECES = st.sampled_from(
    [
        *(other for others in DICTIONARY.values() for other in others),
        *(name for entity in CONTENT.entities.values() for name in entity.names),
        *"why 2006 1718 since between and the 1990s refugeees tset chinas kim France should ( ) — 年 이후".split(),
    ]
)


@given(st.lists(PIECES | st.text(max_size=10), max_size=12), st.sampled_from([" ", ""]))
def test_any_text_is_a_query_of_telling_terms(pieces: list[str], between: str) -> None:
    read = query(between.join(pieces))
    assert all(term and 0 < sure <= 1 for term, sure in read.terms.items())
    assert {f"@{name}" for name in read.names} >= {term for term in read.terms if term.startswith("@")}
    assert read.subjects | read.figures | read.exact <= read.terms.keys()
    assert read.stretch is False or read.span is not None
    assert read.lone_name in ("", *read.names)
    assert read == query(read.text)
