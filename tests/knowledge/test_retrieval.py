"""Query -> ranking on the small content: what is found, what is repaired, and what is exact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.dates import PartialDate
from knowledge.index import ASKED, LIGHT, ROLES, UNKNOWN_WEIGHT, Index
from knowledge.language import LIGHT_TERMS, NAME
from knowledge.loading import load
from knowledge.model import Content, Figure, Review, Series, Source, Statement, Topic
from knowledge.passages import Passage, texts
from knowledge.query import REPAIRED
from knowledge.retrieval import CANDIDATES, SAME, STATEMENT, WEIGHTS, Match, Search, rank
from tests.knowledge.planting import SMALL

CONTENT = load(SMALL)
INDEX = Index(CONTENT)
WORDINGS = [
    (passage, wording)
    for passage, each in zip(INDEX.passages, texts(CONTENT), strict=True)
    for wording in each.wordings
]
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
        ("UNSCR 1718", ("resolution", "1718")),
        ("https://undocs.org/S/RES/82(1950)", ("resolution", "82")),
        ("S/2022/431", ("resolution", "s-2022-431")),
        ("trade between China and North Korea in 2007", ("series", "china-dprk-trade")),
        ("the Security Council adopted it", ("event", "vote")),
        ("中国为什么支持朝鲜", ("topic", "support")),
        ("중국", ("entity", "china")),
    ],
)
def test_each_kind_of_record_is_found_in_other_words(text: str, passage: tuple[str, str]) -> None:
    assert found(text) == passage
    assert best(text).covered >= 0.9


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Chairman of the National Defense Commission", Passage("entity", "kim-jong-il")),
        ("first round of the Six-Party Talks", Passage("event", "talks-open")),
    ],
)
def test_a_record_that_has_all_of_a_question_is_found_although_a_topic_leads(text: str, passage: Passage) -> None:
    ranking = rank(INDEX, INDEX.query(text))
    assert ranking[0].passage.kind == "topic"
    assert [match.passage for match in ranking if match.covered == pytest.approx(1.0)] == [passage]


@pytest.mark.parametrize(("passage", "wording"), WORDINGS)
def test_a_question_in_the_very_words_of_a_wording_puts_its_passage_first(passage: Passage, wording: str) -> None:
    ranking = rank(INDEX, INDEX.query(wording))
    same = [match for match in ranking if match.is_same]
    assert same == list(ranking[: len(same)])
    match = next(match for match in same if match.passage == passage)
    assert (match.fit, match.covered) == pytest.approx((1.0, 1.0))


def test_a_question_in_the_very_words_comes_before_what_scores_more() -> None:
    index = Index(rivals())
    first, second, *_ = rank(index, index.query("coal sold"))
    assert (first.passage, second.passage) == (Passage("series", "coal"), Passage("topic", "coal"))
    assert first.is_same
    assert not second.is_same
    assert first.score < second.score


def rivals() -> Content:
    """A series that is asked for by two words, and a topic that is by these and another one in every wording."""
    when = PartialDate(2020)
    topic = Topic(
        id="coal",
        title="Coal sold abroad",
        questions=("coal sold abroad", "how was coal sold abroad?", "when was coal sold abroad?"),
        area="economy",
        reviewed=Review(when, "slowly"),
        answer=(Statement("Coal was sold.", ("a",), when),),
    )
    series = Series("coal", "Coal sold", "tonnes", ("tonnes in {year}",), (Figure(when, 1.0, "Customs", ("a",)),))
    others = {
        id: replace(topic, id=id, title=id, questions=(id, f"what is {id}?", f"why {id}?"), answer=(said,))
        for id in ("grain", "wigs", "visits", "borders", "rivers")
        for said in (Statement(f"They have {id}.", ("a",), when),)
    }
    source = Source("a", "A", "B", when, "news", "en", "https://example.org/a")
    return Content(sources={"a": source}, topics={"coal": topic, **others}, series={"coal": series})


def test_scores_are_shares_and_best_comes_first() -> None:
    ranking = rank(INDEX, INDEX.query("What did China do after the nuclear test of 2006?"))
    scores = [match.score for match in ranking]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < each <= 1 for each in scores)
    assert all(0 < match.covered <= 1 for match in ranking)
    assert all(0 < match.fit <= 1 for match in ranking)
    assert all(match.traits.keys() == WEIGHTS.keys() for match in ranking)
    assert all(0 <= trait <= 1 for match in ranking for trait in match.traits.values())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Why does China suport North Korea?", "Why does China support North Korea?"),
        ("Chinese minig lisences", "Chinese mining licences"),
        ("How did China raect to the first nuclaer test?", "How did China react to the first nuclear test?"),
        ("kilometrs", "kilometres"),
        ("colapsed", "collapsed"),
        ("nuclaer tests", "nuclear tests"),
        ("chinas reaction", "China's reaction"),
    ],
)
def test_a_typing_error_in_an_ordinary_word_is_repaired(typed: str, meant: str) -> None:
    assert INDEX.query(typed).terms.keys() == INDEX.query(meant).terms.keys()
    assert found(typed) == found(meant)


def test_a_repaired_word_counts_less_than_one_that_was_typed_right() -> None:
    assert best("minig licences").score < best("mining licences").score


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chos", "chaos"),
        ("oill", "oil"),
        ("frms", "firms"),
        ("oiil", "oil"),
        ("tset", "test"),
        ("vtoe", "vote"),
    ],
)
def test_a_word_of_four_letters_is_repaired_where_one_is_missing_or_too_many_or_two_are_swapped(
    typed: str, meant: str
) -> None:
    assert INDEX.query(typed).terms == dict.fromkeys(INDEX.query(meant).terms, REPAIRED)


@pytest.mark.parametrize("word", ["tost", "tent", "lonk", "firn", "ammy", "vole"])
def test_a_word_of_four_letters_is_not_taken_for_one_that_has_another_letter(word: str) -> None:
    assert not INDEX.terms & INDEX.query(word).terms.keys()


@pytest.mark.parametrize(
    "word", ["2371", "1719", "2005", "s/res/1719", "vot", "tst", "oli", "xupport", "ch1na", "tеst"]
)
def test_numbers_and_the_shortest_words_are_never_repaired(word: str) -> None:
    assert not INDEX.terms & INDEX.query(word).terms.keys() - {"resolut"}


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


def test_a_word_that_is_nowhere_weighs_half_of_the_most() -> None:
    assert INDEX.weight("nowhere") == INDEX.weight("9999") == INDEX.weight("@nobody") == UNKNOWN_WEIGHT
    assert 0 < UNKNOWN_WEIGHT < INDEX.weight("refuge")


def test_a_word_of_talk_weighs_little_wherever_it_stands_or_not() -> None:
    light = LIGHT_TERMS & INDEX.terms
    assert light
    assert all(0 < INDEX.weight(term) <= LIGHT for term in light)
    assert "perhap" in LIGHT_TERMS - INDEX.terms
    assert INDEX.weight("perhap") == LIGHT


def test_a_question_word_always_weighs_the_same() -> None:
    assert INDEX.weight("?why") == INDEX.weight("?nobody-asks-so") == ASKED


def test_synonyms_count_as_the_first_of_them() -> None:
    assert INDEX.query("nuke").terms == INDEX.query("atomic").terms == INDEX.query("nuclear").terms


@given(st.text(max_size=200))
def test_any_text_can_be_looked_for(text: str) -> None:
    query = INDEX.query(text)
    assert all(term and 0 < sure <= 1 for term, sure in query.terms.items())
    ranking = rank(INDEX, query)
    assert len(ranking) <= CANDIDATES
    assert all(0 <= match.score <= sum(WEIGHTS.values()) for match in ranking)
    assert all(0 <= share <= 1.000001 for match in ranking for share in (match.fit, match.covered))


def test_the_index_is_the_same_whenever_it_is_built(small: KnowledgeBase) -> None:
    again = Index(load(SMALL))
    for text in ("nuclear test", "border", "China", "minig licenses"):
        assert rank(INDEX, INDEX.query(text)) == rank(again, again.query(text))


def test_each_passage_has_the_units_its_texts_make() -> None:
    for number, (passage, each) in enumerate(zip(INDEX.passages, texts(CONTENT), strict=True)):
        units = [INDEX.unit(place, number) for place in INDEX.units_of(number)]
        assert INDEX.number(passage.kind, passage.id) == number
        assert [unit.number for unit in units] == list(INDEX.units_of(number))
        assert {unit.passage for unit in units} == {number}
        counted = [sum(unit.role == role for unit in units) for role in ROLES]
        assert counted == [len(each.wordings), len(each.asked), len(each.statements)]


def test_a_passage_that_is_not_there_has_no_number() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        INDEX.number("topic", "nothing")


def test_an_entity_is_named_by_the_passages_that_are_asked_about_it() -> None:
    talks = (Passage("topic", "talks"), 3)
    assert talks in list(INDEX.naming("six-party-talks"))
    assert (Passage("event", "talks-open"), 0) not in list(INDEX.naming("six-party-talks"))
    assert list(INDEX.naming("nobody")) == []


def test_a_way_to_ask_for_one_statement_finds_that_statement() -> None:
    content = load(SMALL)
    support = content.topics["support"]
    asked = replace(support.more[0], asked=("Who digs for ore there?",))
    topics = {**content.topics, "support": replace(support, more=(asked,))}
    index = Index(replace(content, topics=topics))
    match = rank(index, index.query("who digs for ore there"))[0]
    assert match.passage == Passage("topic", "support")
    assert (match.unit.role, match.unit.place) == ("asked", 2)
    assert support.statements[2] == support.more[0]
    assert match.is_same


def test_a_statement_alone_fits_less_than_a_wording() -> None:
    match = best("mining licences")
    assert match.unit.role == "statement"
    assert match.fit == pytest.approx(STATEMENT)
    assert match.fit < SAME


def test_a_unit_covers_the_share_of_a_question_that_it_has() -> None:
    search = Search(INDEX, INDEX.query("mining refugees"))
    units = [unit for passage in range(len(INDEX.passages)) for _, unit in search.fits(passage)]
    assert [search.covered(unit) for unit in units] == [pytest.approx(0.5), pytest.approx(0.5)]
    nothing = Search(INDEX, INDEX.query(""))
    assert [nothing.covered(unit) for unit in units] == [0, 0]


def test_a_name_is_a_term_of_its_own() -> None:
    assert NAME + "china" in INDEX.terms
    assert INDEX.query("PRC").terms == INDEX.query("Beijing").terms == {NAME + "china": 1.0}
