"""Words -> terms: names, synonyms, question words, and Chinese and Korean by a small dictionary of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import ASKING, NAME, Language, asks, is_idle, tables
from knowledge.loading import load
from knowledge.model import Content
from knowledge.names import Reading
from knowledge.text import stem, words
from tests.knowledge.planting import SMALL

DICTIONARY = {
    "coal": ("煤炭", "석탄", "Kohle"),
    "trade": ("贸易", "무역", "торговля"),
    "nuclear test": ("核试验", "핵실험"),
    "why": ("为何故", "왜냐"),
    "north korea": ("북녘", "北边"),
    "china north korea": ("中朝",),
    "sanction": ("制裁", "제재"),
}
CONTENT = replace(load(SMALL), lexicon=DICTIONARY)
LANGUAGE = Language(tables(CONTENT))


def read(text: str) -> Reading:
    return LANGUAGE.read(words(text))


def terms(text: str) -> list[str]:
    return list(LANGUAGE.terms(read(text).words))


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("Why does China trade?", ["china"], ["why", "does", "trade"]),
        ("中国煤炭贸易", ["china"], ["coal", "trade"]),
        ("中国与朝鲜的贸易", ["china", "north-korea"], ["与", "的", "trade"]),
        ("中朝贸易", ["china", "north-korea"], ["trade"]),
        ("북한 핵실험", ["north-korea"], ["nuclear", "test"]),
        ("북한의 핵실험은", ["north-korea"], ["의", "nuclear", "test", "은"]),
        ("북녘 무역", ["north-korea"], ["trade"]),
        ("北边的煤炭", ["north-korea"], ["的", "coal"]),
        ("金正日核试验", ["kim-jong-il"], ["nuclear", "test"]),
        ("Chinese 煤炭 exports", ["china"], ["coal", "exports"]),
        ("核试验2006", [], ["nuclear", "test", "2006"]),
        ("石油", [], ["石油"]),
        ("煤炭石油", [], ["coal", "石油"]),
        ("Kohle", [], ["kohle"]),
        ("торговля", [], ["торговля"]),
        ("", [], []),
    ],
)
def test_names_are_taken_out_and_chinese_and_korean_become_english(
    text: str, names: list[str], rest: list[str]
) -> None:
    reading = read(text)
    assert list(reading.names) == names
    assert list(reading.words) == rest


def test_a_name_counts_once_in_whatever_languages_it_is_said() -> None:
    reading = read("China 中国 中朝 북한 북녘 PRC")
    assert reading.names == ("china", "north-korea")
    assert reading.words == ()


def test_the_words_that_make_names_are_told_apart() -> None:
    assert read("Kim Jong Il 中朝 煤炭").named == ("kim", "jong", "il", "china", "north", "korea")


def test_a_text_without_other_scripts_is_read_by_its_names_alone() -> None:
    tokens = words("Why did Kim Jong Il go to Beijing?")
    assert LANGUAGE.read(tokens) == LANGUAGE.names.read(tokens)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nuclear tests", ["nuclear", "test"]),
        ("atomic tests", ["nuclear", "test"]),
        ("the nukes", ["nuclear"]),
        ("props and backs", ["support", "support"]),
        ("核试验", ["nuclear", "test"]),
        ("制裁", ["sanction"]),
        ("제재는", ["sanction"]),
        ("2006", ["2006"]),
        ("what is it", []),
        ("x", []),
        ("中俄关系", ["中俄", "俄关", "关系"]),
        ("denuclearisation programmes", ["denuclear", "program"]),
    ],
)
def test_words_that_mean_the_same_have_one_term(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_a_stem_without_synonyms_is_its_own_term() -> None:
    assert (LANGUAGE.term("refuge"), LANGUAGE.term("nuke"), LANGUAGE.term("")) == ("refuge", "nuclear", "")


def test_words_that_carry_no_subject_have_terms_too() -> None:
    assert list(LANGUAGE.said(words("Why was it against China above all?"))) == [
        stem(word) for word in ("why", "was", "it", "against", "above", "all")
    ]
    assert list(LANGUAGE.said(["refugees", "2006", "中国"])) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("why", {"why"}),
        ("the reasons", {"why"}),
        ("how many and how much", {"how", "many"}),
        ("when and where", {"when", "where"}),
        ("who", {"who"}),
        ("what, which and whose", set()),
        ("coal", set()),
        ("", set()),
    ],
)
def test_a_question_word_says_what_sort_of_answer_is_wanted(text: str, asked: set[str]) -> None:
    assert asks(words(text)) == {ASKING + each for each in asked}


def test_a_question_word_may_come_from_the_dictionary() -> None:
    assert asks(read("为何故贸易").words) == {"?why"}
    assert asks(read("무역 왜냐").words) == {"?why"}


@pytest.mark.parametrize("term", ["1", "9", *map(stem, ("good", "question", "interesting", "want", "people"))])
def test_a_digit_or_a_word_of_talk_asks_for_nothing(term: str) -> None:
    assert is_idle(term)


@pytest.mark.parametrize("term", ["10", "2006", "refuge", "nuclear", NAME + "china", "?why", "中国", "x", ""])
def test_any_other_term_asks_for_something(term: str) -> None:
    assert not is_idle(term)


def test_a_content_without_words_of_its_own_is_a_language_too() -> None:
    empty = Language(tables(Content()))
    assert empty.read(words("中国 and coal")) == Reading((), ("中国", "and", "coal"), ())
    assert list(empty.terms(["atomic", "中国"])) == ["atom", "中国"]


def test_the_tables_of_a_content_are_the_same_whenever_they_are_made() -> None:
    assert tables(CONTENT) == tables(replace(load(SMALL), lexicon=dict(DICTIONARY)))


PIECES = st.sampled_from(
    [
        *(other for others in DICTIONARY.values() for other in others),
        *(name for entity in CONTENT.entities.values() for name in entity.names),
    ]
)


@given(st.lists(PIECES | st.text(max_size=10), max_size=10), st.sampled_from(["", " "]))
def test_any_words_have_a_reading(pieces: list[str], between: str) -> None:
    reading = read(between.join(pieces))
    assert set(reading.names) <= CONTENT.entities.keys()
    assert len(set(reading.names)) == len(reading.names)
    assert bool(reading.names) is bool(reading.named)
    assert all(reading.words)
    assert all(LANGUAGE.terms(reading.words))
