"""Words of other languages -> English ones, by a small dictionary of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.lexicon import Lexicon, table
from knowledge.text import is_cjk, words

DICTIONARY = {
    "coal": ("煤", "煤炭", "석탄", "уголь", "Kohle"),
    "coal trade": ("煤炭贸易",),
    "trade": ("贸易", "무역", "торговля", "Handel"),
    "why": ("为什么", "왜", "почему", "Warum"),
    "since": ("以来", "seit", "с тех пор как"),
    "north korea": ("Corea del Norte", "Северная Корея", "朝"),
    "korea": ("Corea",),
    "the": ("der", "die", "das"),
    "treaty of friendship": ("우호 조약", "Freundschaftsvertrag"),
    "bridge": ("Brücke", "l'pont"),
}
TABLE = table(DICTIONARY)
LEXICON = Lexicon(TABLE)
ENGLISH = {"coal", "die", "trade", "with", "the"}


def of_words(text: str) -> str:
    return " ".join(LEXICON.of_words(words(text), ENGLISH.__contains__))


def of_runs(text: str) -> list[str]:
    return LEXICON.of_runs(words(text))


def test_the_table_is_normalised_like_any_text() -> None:
    assert TABLE["brucke"] == "bridge"
    assert TABLE["lpont"] == "bridge"
    assert TABLE["corea del norte"] == "north korea"
    assert TABLE["северная корея"] == "north korea"
    assert TABLE["煤炭贸易"] == "coal trade"
    assert len(TABLE) == sum(map(len, DICTIONARY.values()))
    assert table({}) == {}


@pytest.mark.parametrize(
    ("run", "english"),
    [
        ("煤", ["coal"]),
        ("煤炭", ["coal"]),
        ("煤炭贸易", ["coal", "trade"]),
        ("煤贸易", ["coal", "trade"]),
        ("石油贸易", ["石油", "trade"]),
        ("贸易石油", ["trade", "石油"]),
        ("为什么贸易", ["why", "trade"]),
        ("为什么有煤炭贸易呢", ["why", "有", "coal", "trade", "呢"]),
        ("석탄무역", ["coal", "trade"]),
        ("무역은", ["trade", "은"]),
        ("왜", ["why"]),
        ("煤煤煤", ["coal", "coal", "coal"]),
        ("中朝", ["中", "north", "korea"]),
        ("石油", ["石油"]),
        ("カタカナ", ["カタカナ"]),
    ],
)
def test_a_run_is_taken_apart_by_the_longest_words_in_it(run: str, english: list[str]) -> None:
    assert of_runs(run) == english


@pytest.mark.parametrize("text", ["", "coal", "Kohle und Handel", "уголь", "2013 trade", "Corea del Norte"])
def test_words_of_an_alphabet_are_left_to_the_other_way(text: str) -> None:
    assert of_runs(text) == words(text)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Kohle", "coal"),
        ("KOHLE", "coal"),
        ("Brücke", "bridge"),
        ("BRÜCKE!", "bridge"),
        ("l’pont", "bridge"),
        ("Warum Handel seit 2013?", "why trade since 2013"),
        ("почему торговля уголь", "why trade coal"),
        ("ПОЧЕМУ?", "why"),
        ("Corea", "korea"),
        ("Corea del Norte", "north korea"),
        ("Corea del Sur", "korea del sur"),
        ("Corea del", "korea del"),
        ("Северная Корея и уголь", "north korea и coal"),
        ("Северная", "северная"),
        ("с тех пор", "с тех пор"),
        ("우호 조약", "treaty of friendship"),
        ("석탄 무역", "coal trade"),
        ("Freundschaftsvertrag", "treaty of friendship"),
        ("pétrole", "petrole"),
        ("", ""),
    ],
)
def test_words_of_an_alphabet_are_looked_up_whole_the_longest_entry_first(text: str, english: str) -> None:
    assert of_words(text) == english


@pytest.mark.parametrize("text", ["they die with coal", "the trade", "coal trade with coal"])
def test_a_word_that_is_english_stays_english(text: str) -> None:
    assert of_words(text) == text


def test_an_entry_of_several_words_counts_where_one_of_them_is_not_english() -> None:
    assert list(LEXICON.of_words(["corea", "del", "norte"], {"del", "norte"}.__contains__)) == ["north", "korea"]
    assert list(LEXICON.of_words(["corea", "del", "norte"], lambda word: True)) == ["corea", "del", "norte"]


def test_each_word_is_asked_about_once() -> None:
    asked: list[str] = []

    def known(word: str) -> bool:
        asked.append(word)
        return False

    assert list(LEXICON.of_words(["corea", "del", "norte", "kohle"], known)) == ["north", "korea", "coal"]
    assert asked == ["corea", "del", "norte", "kohle"]


def test_a_lexicon_without_entries_changes_nothing() -> None:
    empty = Lexicon({})
    tokens = words("почему 为什么 why 2013 왜")
    assert empty.of_runs(tokens) == list(empty.of_words(tokens, lambda word: False)) == tokens


PIECES = st.sampled_from([*(other for others in DICTIONARY.values() for other in others), "石油", "del", "и", "2013"])


@given(st.lists(PIECES | st.text(max_size=8), max_size=12), st.sampled_from(["", " "]))
def test_what_is_in_no_entry_is_kept_in_its_order(pieces: list[str], between: str) -> None:
    tokens = words(between.join(pieces))
    english = {word for each in TABLE.values() for word in each.split()}
    for found in (LEXICON.of_runs(tokens), list(LEXICON.of_words(tokens, lambda word: False))):
        assert all(found)
        rest = iter("".join(tokens))
        assert all(character in rest for word in found if word not in english for character in word)


@given(st.text(alphabet="煤炭贸易石油为什么有", max_size=40))
def test_nothing_of_a_run_is_lost_but_what_an_entry_stands_for(run: str) -> None:
    found = LEXICON.of_runs([run]) if run else []
    back = {"coal": 1, "trade": 2, "why": 3}
    assert sum(len(word) if is_cjk(word[0]) else back[word] for word in found) <= len(run)
    assert not any(entry in word for word in found for entry in TABLE if is_cjk(entry[0]) and is_cjk(word[0]))


def test_every_entry_of_the_real_lexicon_is_found_by_itself(real: KnowledgeBase) -> None:
    made = table(real.content.lexicon)
    lexicon = Lexicon(made)

    def read(other: str) -> str:
        if " " in other or not is_cjk(other[0]):
            return " ".join(lexicon.of_words(other.split(), lambda word: False))
        return " ".join(lexicon.of_runs([other]))

    assert {other: english for other, english in made.items() if read(other) != english} == {}
