"""Query -> ranking on the small content: what is found, what is repaired, and what is exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.index import Index
from knowledge.loading import load
from knowledge.retrieval import Match, rank
from tests.knowledge.planting import SMALL

INDEX = Index(load(SMALL))
FAR = 0.45  # score, 0 to 1, of what shares some words and is something else


def best(text: str) -> Match:
    return rank(INDEX, INDEX.query(text))[0]


def found(text: str) -> tuple[str, str]:
    """Kind and id of the best match."""
    match = best(text)
    return match.passage.kind, match.passage.id


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Why does China support North Korea?", ("topic", "support")),
        ("why does beijing prop up pyongyang", ("topic", "support")),
        ("North Korea, why does China support it?", ("topic", "support")),
        ("china's reaction to the atomic test in 2006", ("topic", "first-test")),
        ("mining licences", ("topic", "support")),
        ("mining licenses", ("topic", "support")),
        ("kilometers of border", ("topic", "support")),
        ("Kim Jong Il", ("entity", "kim-jong-il")),
        ("金正日", ("entity", "kim-jong-il")),
        ("Chairman of the National Defense Commission", ("entity", "kim-jong-il")),
        ("UNSCR 1718", ("resolution", "1718")),
        ("https://undocs.org/S/RES/82(1950)", ("resolution", "82")),
        ("S/2022/431", ("resolution", "s-2022-431")),
        ("trade between China and North Korea in 2007", ("series", "china-dprk-trade")),
        ("first round of the Six-Party Talks", ("event", "talks-open")),
        ("中国为什么支持朝鲜", ("topic", "support")),
        ("중국", ("entity", "china")),
    ],
)
def test_each_kind_of_record_is_found_in_other_words(text: str, passage: tuple[str, str]) -> None:
    assert found(text) == passage
    assert best(text).score >= 0.4


def test_a_wording_asked_word_for_word_scores_one() -> None:
    for passage in INDEX.passages:
        for wording in passage.wordings:
            match = next(each for each in rank(INDEX, INDEX.query(wording)) if each.passage is passage)
            assert match.score == pytest.approx(1.0), wording


def test_scores_are_shares_and_best_comes_first() -> None:
    ranking = rank(INDEX, INDEX.query("What did China do after the nuclear test of 2006?"))
    scores = [match.score for match in ranking]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < each <= 1 for each in scores)
    assert all(0 < match.covered <= 1 for match in ranking)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Why does China suport North Korea?", "Why does China support North Korea?"),
        ("Chinese minig lisences", "Chinese mining licences"),
        ("How did China raect to the first nuclaer test?", "How did China react to the first nuclear test?"),
        ("kilometrs", "kilometres"),
        ("colapsed", "collapsed"),
    ],
)
def test_a_typing_error_in_an_ordinary_word_is_repaired(typed: str, meant: str) -> None:
    assert INDEX.query(typed).terms.keys() == INDEX.query(meant).terms.keys()
    assert found(typed) == found(meant)


def test_a_repaired_word_counts_less_than_one_that_was_typed_right() -> None:
    assert best("minig licences").score < best("mining licences").score


@pytest.mark.parametrize("word", ["2371", "1719", "2005", "s/res/1719", "tset", "vot", "xupport", "ch1na"])
def test_numbers_and_short_words_are_never_repaired(word: str) -> None:
    known = {term for unit in INDEX.units for term in unit.terms}
    assert not known & INDEX.query(word).terms.keys() - {"resolut"}


def test_a_name_is_never_repaired_into_another() -> None:
    assert INDEX.query("Kim Jong Ul").names == ()
    assert INDEX.query("Kim Jong Nam").names == ()
    assert INDEX.query("Kim Jong Un").names == ("kim-jong-un",)


@pytest.mark.parametrize("number", ["2371", "1719", "171", "17180"])
def test_another_number_never_gives_resolution_1718(number: str) -> None:
    for text in (f"resolution {number}", f"S/RES/{number}", f"What does UNSCR {number} say?"):
        assert all(match.score < FAR for match in rank(INDEX, INDEX.query(text))), text


@pytest.mark.parametrize("year", ["2005", "2007", "2013"])
def test_another_year_never_gives_the_test_of_2006(year: str) -> None:
    assert found("China reaction nuclear test 2006") == ("topic", "first-test")
    assert best(f"China reaction nuclear test {year}").score < FAR


@pytest.mark.parametrize(
    "text", ["", "   ", "?!…", "。？", "the and of", "what is it", "why?", "how", "\u200b", "🙂", "2", "2+2"]
)
def test_a_text_that_asks_for_nothing_has_no_terms_and_finds_nothing(text: str) -> None:
    query = INDEX.query(text)
    assert query.terms == {}
    assert rank(INDEX, query) == ()


def test_half_a_name_finds_the_whole() -> None:
    assert found("Eun") == ("entity", "kim-jong-un")
    assert INDEX.query("Eun").names == ()


def test_a_question_word_tips_the_balance_and_no_more() -> None:
    assert INDEX.query("why refugees").asks == {"?why"}
    assert INDEX.query("reasons for refugees").asks == {"?why"}
    assert INDEX.query("why refugees").terms == INDEX.query("refugees").terms


def test_a_term_of_one_passage_tells_more_than_one_of_many() -> None:
    assert INDEX.weight("refuge") == 1.0
    assert INDEX.weight("@china") < INDEX.weight("nuclear") < 1.0
    assert INDEX.weight("nowhere") == INDEX.weight("9999") == INDEX.weight("@nobody") == 1.0


def test_synonyms_count_as_the_first_of_them() -> None:
    assert INDEX.query("nuke").terms == INDEX.query("atomic").terms == INDEX.query("nuclear").terms


@given(st.text(max_size=200))
def test_any_text_can_be_looked_for(text: str) -> None:
    query = INDEX.query(text)
    assert all(term and 0 < sure <= 1 for term, sure in query.terms.items())
    assert all(0 <= match.score <= 1.000001 for match in rank(INDEX, query))


def test_the_index_is_the_same_whenever_it_is_built(small: KnowledgeBase) -> None:
    again = Index(load(SMALL))
    for text in ("nuclear test", "border", "China", "minig licenses"):
        assert rank(INDEX, INDEX.query(text)) == rank(again, again.query(text))
