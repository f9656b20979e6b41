"""Normalising and words, used alike for what is indexed and what is asked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import LONGEST, STOP_WORDS, content_terms, fold, normalise, stem, terms, words


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("CHINA", "china"),
        ("Ｃｈｉｎａ　２００６", "china 2006"),
        ("P’yŏngyang", "p'yongyang"),
        ("Kim Chŏng-ŭn", "kim chong-un"),
        ("Zürich İstanbul STRASSE straße", "zurich istanbul strasse strasse"),
        ("ﬁrms ½", "firms 1⁄2"),
        ("China–North Korea — “lips”", "china-north korea - “lips”"),
        ("ref\u00adu\u200bgees\u2060", "refugees"),
        ("\u202echina\u202c \u200fkorea", "china korea"),
        ("one\ttwo\x00three\nfour", "one two three four"),
        ("👩‍👩‍👧 👍🏽", "👩👩👧 👍🏽"),
        ("中國 북한", "中國 북한"),
        ("since \ue000\U000f0000 then", "since  then"),
    ],
)
def test_spelling_differences_that_never_matter_are_folded(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@given(st.text(max_size=300))
def test_what_was_normalised_can_be_seen(text: str) -> None:
    plain = normalise(text)
    assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co") for each in plain)


def test_only_the_beginning_of_a_very_long_text_is_looked_at() -> None:
    assert normalise("x" * 100_000) == "x" * LONGEST
    assert words("word " * 100_000) == ["word"] * (LONGEST // len("word "))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("?! … — 。", []),
        ("China's nuclear test", ["china", "nuclear", "test"]),
        ("the Kims’ trips, didn’t they?", ["the", "kims", "trips", "didnt", "they"]),
        ("the U.N. and the D.P.R.K.", ["the", "un", "and", "the", "dprk"]),
        ("USD 1,973 and 1,234,567", ["usd", "1973", "and", "1234567"]),
        ("in 2006, 2007", ["in", "2006", "2007"]),
        ("Six-Party Talks_now", ["six", "party", "talks", "now"]),
        ("Taepodong-2", ["taepodong", "2"]),
        ("中国为什么支持朝鲜？", ["中国为什么支持朝鲜"]),
        ("China与DPRK的关系", ["china", "与", "dprk", "的关系"]),
        ("6자회담은", ["6", "자회담은"]),
        ("see https://example.org/nuclear-test now", ["see", "now"]),
    ],
)
def test_a_text_is_taken_apart_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "S/RES/1718 (2006)",
        "S/RES/1718(2006)",
        "s/res/1718",
        "UNSCR 1718",
        "UNSCR-1718",
        "unscr1718",
        "UN SCR 1718",
        "UNSC 1718",
        "Resolution 1718",
        "resolution no. 1718",
        "Resolution 1718 (2006)",
        "res. 1718",
        "Res 1718",
        "https://undocs.org/S/RES/1718(2006)",
        "https://undocs.org/en/S/RES/1718%20(2006)",
        "https://docs.un.org/en/S/RES/1718",
        "https://undocs.org/Home/Mobile?FinalSymbol=S%2FRES%2F1718(2006)&Language=E",
        "<https://www.un.org/securitycouncil/s/res/1718-%282006%29>",
    ],
)
def test_a_resolution_is_the_same_however_it_is_written(typed: str) -> None:
    assert words(typed) == ["resolution", "1718"]
    assert words(f"why {typed} then") == ["why", "resolution", "1718", "then"]


@pytest.mark.parametrize("typed", ["S/2022/431", "s/2022/431", "https://undocs.org/S/2022/431"])
def test_a_draft_is_the_same_however_it_is_written(typed: str) -> None:
    assert words(typed) == ["s", "2022", "431"]


def test_a_people_is_its_country() -> None:
    assert words("Chinese and North Koreans") == words("China and North Korea")
    assert words("Sino-Japanese, Russian, American") == words("China-Japan, Russia, America")


@pytest.mark.parametrize("country", ["the US", "U.S. troops", "the U.S.A.", "pro-US", "US–China deal"])
def test_the_united_states_are_not_a_pronoun(country: str) -> None:
    assert "usa" in words(country)


@pytest.mark.parametrize("pronoun", ["tell us", "TELL US WHY", "Us too", "U.S.S.R."])
def test_a_pronoun_is_not_the_united_states(pronoun: str) -> None:
    assert "usa" not in words(pronoun)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("denuclearisation", "denuclearization"),
        ("destabilising", "destabilizing"),
        ("recognised", "recognize"),
        ("organisations", "organization"),
        ("favour", "favor"),
        ("neighbours", "neighbor"),
        ("behaviour", "behavior"),
        ("programmes", "program"),
        ("defence", "defense"),
        ("centre", "center"),
    ],
)
def test_british_and_american_spelling_have_one_stem(british: str, american: str) -> None:
    assert stem(british) == stem(american)


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("hour", "hor"), ("influence", "influense")])
def test_words_that_only_look_british_keep_their_stem(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("exact", ["2371", "6pt", "1990s", "2nd"])
def test_what_has_a_digit_stays_exact(exact: str) -> None:
    assert stem(exact) == exact


def test_a_run_without_spaces_is_found_by_its_pairs() -> None:
    assert terms("中朝关系") == ("中朝", "朝关", "关系")
    assert terms("核") == ("核",)
    assert set(terms("中朝")) <= set(terms("改善中朝关系"))


def test_words_that_carry_no_subject_are_left_out() -> None:
    assert content_terms(words("What is it that they did to us, and why?")) == ()
    assert content_terms(words("中国为什么支持朝鲜")) == ("中国", "支持", "持朝", "朝鲜")
    assert content_terms(words("북한은 무엇인가요")) == ("북한", "한은")
    assert content_terms(["x", "2", "refugees", "refugees"]) == ("2", "refuge", "refuge")


def test_stop_words_are_words_as_words_gives_them() -> None:
    assert all(words(each) == [each] for each in STOP_WORDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-il", "KIM JONG IL"),
        ("Six-Party Talks", "six party  talks"),
        ("D.P.R.K.", "dprk"),
        ("P’yŏngyang", "Pyongyang"),
    ],
)
def test_two_spellings_of_a_name_fold_into_one(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@given(st.text())
def test_no_text_is_too_odd_for_words(text: str) -> None:
    found = words(text)
    assert all(word and word == word.casefold() for word in found)
    assert all(content_terms(found))
