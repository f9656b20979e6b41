"""Entities in any spelling and script -> their ids; never by likeness."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.loading import load
from knowledge.names import PAIR, Names, table
from knowledge.text import words
from tests.knowledge.planting import SMALL

NAMES = Names(table(load(SMALL).entities.values()))


def named(text: str) -> tuple[str, ...]:
    return NAMES.read(words(text)).names


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Kim Jong Il", ["kim-jong-il"]),
        ("KIM JONG-IL", ["kim-jong-il"]),
        ("kimjongil", ["kim-jong-il"]),
        ("Kim Jong‑il’s father", ["kim-jong-il"]),
        ("Kim Chŏng-il", ["kim-jong-il"]),
        ("金正日", ["kim-jong-il"]),
        ("김정일", ["kim-jong-il"]),
        ("김정일은 누구인가요", ["kim-jong-il"]),
        ("Kim Jong Un", ["kim-jong-un"]),
        ("kim jong eun", ["kim-jong-un"]),
        ("金正恩访问中国", ["kim-jong-un", "china"]),
        ("김정은이 중국에서", ["kim-jong-un", "china"]),
        ("Ｋｉｍ Ｊｏｎｇ Ｕｎ", ["kim-jong-un"]),
        ("the D.P.R.K. and the P.R.C.", ["north-korea", "china"]),
        ("Pyong-yang", ["north-korea"]),
        ("North Koreans", ["north-korea"]),
        ("the Chinese", ["china"]),
        ("China–North Korea", ["china", "north-korea"]),
        ("中國和朝鮮", ["china", "north-korea"]),
        ("改善中国朝鲜关系", ["china", "north-korea"]),
        ("6-party talks", ["six-party-talks"]),
        ("the six nation talks", ["six-party-talks"]),
        ("6자회담은", ["six-party-talks"]),
        ("the US", ["united-states"]),
        ("U.S.A.", ["united-states"]),
        ("China, China and China", ["china"]),
        ("Kim Jong Il and Kim Jong Un", ["kim-jong-il", "kim-jong-un"]),
    ],
)
def test_a_name_is_found_in_any_spelling_and_script(text: str, ids: list[str]) -> None:
    assert list(named(text)) == ids


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Nam",
        "Kim Jong",
        "Jong Il",
        "Kim Jong Ul",
        "Kim Jong Ilsung",
        "Kim Jonk Un",
        "金正男",
        "김정남",
        "Chinatown",
        "Indochina",
        "give us a list",
        "tell us all",
        "D prk",
        "the seven-party talks",
        "16-party talks",
        "",
        "?!",
    ],
)
def test_a_likeness_is_not_a_name(text: str) -> None:
    assert named(text) == ()


def test_one_kim_is_never_the_other() -> None:
    spellings = ["Kim Jong {}", "kim-jong-{}", "KIMJONG{}", "kimjong{}", "Kim Jong-{}'s", "“Kim Jong {}”"]
    for spelling in spellings:
        assert named(spelling.format("Il")) == ("kim-jong-il",)
        assert named(spelling.format("Un")) == ("kim-jong-un",)


def test_no_person_is_taken_for_another_in_the_real_content(real: KnowledgeBase) -> None:
    names = Names(table(real.content.entities.values()))
    for entity in real.content.entities.values():
        for name in entity.names:
            assert names.read(words(name)).names == (entity.id,), name
            assert names.exact(name) == entity.id, name


def test_the_longest_name_counts() -> None:
    assert named("North Korea") == ("north-korea",)
    assert "china" not in named("the six-nation talks")


def test_a_text_is_parted_into_names_and_the_rest() -> None:
    reading = NAMES.read(words("Why does China support Kim Jong-un?"))
    assert reading.names == ("china", "kim-jong-un")
    assert reading.words == ("why", "does", "support")
    assert reading.named == ("china", "kim", "jong", "un")


def test_a_name_inside_a_run_parts_the_run() -> None:
    reading = NAMES.read(words("为什么中国支持朝鲜呢"))
    assert reading.words == ("为什么", "支持", "呢")
    assert reading.named == ("中国", "朝鲜")


def test_exact_wants_the_whole_name() -> None:
    assert NAMES.exact("  kim jong-IL ") == "kim-jong-il"
    assert NAMES.exact("金正日") == "kim-jong-il"
    assert NAMES.exact("Kim Jong Il of Korea") is None
    assert NAMES.exact("Kim") is None
    assert NAMES.exact("") is None
    assert NAMES.exact("…") is None


def test_no_entities_have_no_names() -> None:
    nobody = Names(table([]))
    assert nobody.read(["china"]).words == ("china",)
    assert nobody.read([]) == nobody.read(words("…"))
    assert nobody.words == frozenset()


def test_the_table_has_each_name_once_without_spaces_and_marks() -> None:
    made = table(load(SMALL).entities.values())
    assert made.ids["kimjongil"] == made.ids["金正日"] == "kim-jong-il"
    assert (made.pieces["kimjongil"], made.pieces["usa"], made.pieces["sixpartytalks"]) == (3, 1, 3)
    assert made.ids.keys() == made.pieces.keys()
    assert {"kim", "jong", "six", "nation", "金正日"} <= NAMES.words == set(made.words)
    assert len(made.words) == len(set(made.words))


def test_two_tables_of_the_same_entities_are_the_same() -> None:
    assert table(load(SMALL).entities.values()) == table(list(load(SMALL).entities.values()))


def test_the_two_countries_of_the_record_are_among_its_entities(real: KnowledgeBase) -> None:
    assert real.content.entities.keys() >= PAIR
    assert load(SMALL).entities.keys() >= PAIR


PIECES = st.sampled_from([name for entity in load(SMALL).entities.values() for name in entity.names])


@given(st.lists(PIECES | st.text(max_size=20), max_size=10), st.sampled_from(["", " ", "-"]))
def test_reading_loses_no_word_and_makes_up_none(pieces: list[str], between: str) -> None:
    tokens = words(between.join(pieces))
    reading = NAMES.read(tokens)
    assert Counter("".join(reading.words + reading.named)) == Counter("".join(tokens))
    assert all(reading.words + reading.named)
    assert len(set(reading.names)) == len(reading.names)


@given(st.lists(PIECES.filter(str.isascii) | st.from_regex("[a-z]{1,8}", fullmatch=True), max_size=10))
def test_words_of_an_alphabet_stay_whole(pieces: list[str]) -> None:
    tokens = words(" ".join(pieces))
    reading = NAMES.read(tokens)
    assert Counter(reading.words + reading.named) == Counter(tokens)
