"""The knowledge base as other rooms call it, on the small content."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import base as base_module
from knowledge import cards
from knowledge.answer import Answer
from knowledge.base import KnowledgeBase
from knowledge.dates import PartialDate
from knowledge.errors import ContentError
from knowledge.model import KIND_LABELS, KINDS, Content, Entity, Names, Office, Statement
from knowledge.references import references
from tests.knowledge.planting import copy_of_small, mistakes, replace


def texts(answer: Answer, role: str = "statement") -> list[str]:
    return [part.text for part in answer.parts if part.role == role]


def subject(answer: Answer) -> tuple[str, str, str]:
    assert answer.subject is not None
    return answer.subject.kind, answer.subject.id, answer.subject.title


def test_it_opens_the_content_that_comes_with_it(real: KnowledgeBase) -> None:
    assert Path(base_module.__file__).parent / "content" == base_module.CONTENT
    assert KnowledgeBase.open().counts() == real.counts()


def test_it_does_not_open_what_has_mistakes(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        KnowledgeBase.open(tmp_path)


def test_a_question_may_be_read_first_and_answered_later(small: KnowledgeBase) -> None:
    query = small.query("Why does China support North Korea?")
    assert query.names == ("china", "north-korea")
    assert small.answer(query) == small.answer(query.text)


def test_a_topic_is_told_in_its_own_order(small: KnowledgeBase) -> None:
    answer = small.topic("support")
    assert subject(answer) == ("topic", "support", "Why China supports North Korea")
    assert texts(answer, "heading") == ["Why China supports North Korea"]
    topic = small.content.topics["support"]
    assert texts(answer) == [statement.text for statement in topic.answer + topic.more]
    assert len(texts(answer, "claim")) == 2
    assert [each.id for each in answer.related] == ["first-test"]
    assert [each.source.id for each in answer.citations] == ["daily-2013", "paper-2008"]
    assert answer.left == 0


def test_the_pages_of_a_topic_hold_each_statement_once(real: KnowledgeBase) -> None:
    for topic in real.content.topics.values():
        told, start = [], 0
        while True:
            page = real.topic(topic.id, start)
            told += texts(page)
            if not page.left:
                break
            assert page.shown > start
            start = page.shown
        assert told == [statement.text for statement in topic.answer + topic.more]


def test_corrections_are_kept_for_those_who_need_them(small: KnowledgeBase) -> None:
    assert "nobody vetoed it" not in str(small.topic("first-test").parts)


def test_a_topic_that_is_not_there_is_a_key_error(small: KnowledgeBase) -> None:
    for show in (small.topic, small.entity, small.source):
        with pytest.raises(KeyError):
            show("nothing")


@pytest.mark.parametrize(
    ("since", "until", "ids"),
    [
        (None, None, ["talks-open", "first-test", "vote"]),
        ("2006", None, ["first-test", "vote"]),
        (None, "2003", ["talks-open"]),
        ("2003-08-29", "2003-08-29", ["talks-open"]),
        ("2003-08-30", "2006-10-08", []),
        ("2006-10", "2006-10", ["first-test", "vote"]),
        ("2006-10-10", "2006-10-14", ["vote"]),
        ("2010", None, []),
        ("2007", "2005", []),
    ],
)
def test_events_are_those_that_touch_the_days(
    small: KnowledgeBase, since: str | None, until: str | None, ids: list[str]
) -> None:
    first, last = (PartialDate.parse(each) if each else None for each in (since, until))
    found = small.events(first, last)
    assert [event.id for event in found] == ids


@pytest.mark.parametrize(
    ("about", "ids"),
    [
        ("six-party-talks", ["talks-open", "vote"]),
        ("north-korea", ["first-test"]),
        ("china", ["talks-open"]),
        ("kim-jong-il", []),
        ("nobody", []),
    ],
)
def test_events_are_about_whom_they_name_or_list(small: KnowledgeBase, about: str, ids: list[str]) -> None:
    assert [event.id for event in small.events(about=about)] == ids


def test_a_timeline_keeps_the_order_and_cites_each_event(small: KnowledgeBase) -> None:
    answer = small.timeline(small.events())
    assert texts(answer, "item")[0].startswith("27 August 2003 to 29 August 2003: ")
    assert all(part.cites for part in answer.parts)
    assert {source for part in answer.parts for source in part.cites} == {each.source.id for each in answer.citations}


def test_an_entity_is_told_with_its_names_and_offices(small: KnowledgeBase) -> None:
    answer = small.entity("kim-jong-il")
    assert subject(answer) == ("entity", "kim-jong-il", "Kim Jong Il")
    assert texts(answer, "heading") == ["Kim Jong Il · 金正日 · 김정일"]
    assert texts(answer, "item") == [
        "Died 17 December 2011.",
        "Chairman of the National Defence Commission, 1993 to 17 December 2011.",
    ]
    assert texts(answer, "note") == ["Also written Kim Chong-il."]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"since": "1993", "until": "2011-12-17"}, "Envoy, 1993 to 17 December 2011."),
        ({"since": "1993"}, "Envoy, from 1993."),
        ({"until": "2011"}, "Envoy, until 2011."),
        ({"held": "2025-10"}, "Envoy, in office in October 2025."),
        ({"since": "2022", "held": "2025-10-09"}, "Envoy, from 2022, in office on 9 October 2025."),
    ],
)
def test_an_office_says_what_is_known_of_its_time(dates: dict[str, str], said: str) -> None:
    office = Office("Envoy", ("x",), **{name: PartialDate.parse(when) for name, when in dates.items()})
    entity = Entity("a", "person", Names(("A",)), (Statement("A.", ("x",), PartialDate(2025)),), offices=(office,))
    part = cards.entity(entity)[-1]
    assert (part.text, part.as_of) == (said, office.last)


def test_an_entity_leads_to_topics_that_name_it(small: KnowledgeBase) -> None:
    assert [each.id for each in small.entity("six-party-talks").related] == ["talks"]
    assert small.entity("kim-jong-il").related == ()
    assert len(small.entity("china").related) <= 3


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Kim Jong Il", "kim-jong-il"),
        (" kim jong-IL ", "kim-jong-il"),
        ("金正日", "kim-jong-il"),
        ("김정일", "kim-jong-il"),
        ("Kim Chŏng-il", "kim-jong-il"),
        ("kim-jong-il", "kim-jong-il"),
        ("united-states", "united-states"),
        ("the PRC", None),
        ("PRC", "china"),
        ("D.P.R.K.", "north-korea"),
        ("6자회담", "six-party-talks"),
        ("Kim Jong", None),
        ("", None),
        ("?", None),
    ],
)
def test_an_entity_is_found_by_any_name_or_its_id(small: KnowledgeBase, typed: str, id: str | None) -> None:
    assert small.find_entity(typed) == id


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("1718", "1718"),
        (" 1718 ", "1718"),
        ("Resolution 1718", "1718"),
        ("S/RES/1718", "1718"),
        ("s/res/1718 (2006)", "1718"),
        ("UNSCR 1718", "1718"),
        ("the sanctions of UNSCR 1718, please", "1718"),
        ("https://undocs.org/S/RES/1718(2006)", "1718"),
        ("https://undocs.org/en/S/RES/82%20(1950)", "82"),
        ("82", "82"),
        ("S/2022/431", "s-2022-431"),
        ("s-2022-431", "s-2022-431"),
        ("https://undocs.org/S/2022/431", "s-2022-431"),
        ("2371", None),
        ("17180", None),
        ("1718 and 82", None),
        ("resolution", None),
        ("", None),
        ("https://example.org/1718", None),
    ],
)
def test_a_resolution_is_found_by_number_symbol_or_link(small: KnowledgeBase, typed: str, id: str | None) -> None:
    found = small.find_resolution(typed)
    assert (found.id if found else None) == id


def test_a_resolution_is_told_with_its_vote_and_measures(small: KnowledgeBase) -> None:
    answer = small.resolution(small.content.resolutions["1718"])
    assert subject(answer) == ("resolution", "1718", "Resolution 1718")
    assert texts(answer, "item") == ["It banned the sale of heavy weapons and luxury goods to North Korea."]
    assert texts(answer)[1:] == [
        "What set it off: North Korea's first nuclear test, of 9 October 2006.",
        "China said that sanctions were no end in themselves.",
    ]


def test_a_draft_is_not_called_a_resolution(small: KnowledgeBase) -> None:
    assert subject(small.resolution(small.content.resolutions["s-2022-431"]))[2] == "Draft S/2022/431"
    assert "Draft S/2022/431" in small.resting_on("daily-2013")


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("paper-2008", "paper-2008"),
        (" paper-2008 ", "paper-2008"),
        ("Paper 2008", "paper-2008"),
        ("Two neighbours", "paper-2008"),
        ("two NEIGHBOURS!", "paper-2008"),
        ("https://example.org/paper-2008", "paper-2008"),
        ("<https://example.org/paper-2008>", "paper-2008"),
        ("Questions & answers <on> a *vote*", "daily-2013"),
        ("https://example.org/paper", None),
        ("Two", None),
        ("", None),
        ("?", None),
    ],
)
def test_a_source_is_found_by_id_title_or_address(small: KnowledgeBase, typed: str, id: str | None) -> None:
    found = small.find_source(typed)
    assert (found.id if found else None) == id


def test_a_source_is_told_with_what_rests_on_it(small: KnowledgeBase) -> None:
    answer = small.source("press-2006")
    assert [each.source.id for each in answer.citations] == ["press-2006"]
    assert texts(answer, "heading") == ["Council votes after the test"]
    assert small.resting_on("press-2006") == (
        "The first nuclear test",
        "North Korea tested a nuclear device for the first time.",
        "The Security Council adopted Resolution 1718.",
        "Kim Jong Il",
        "Resolution 1718",
    )
    assert texts(small.source("paper-2008"), "note") == ["By Ada Writer.", "Read in a copy."]
    assert "China's trade in goods with North Korea, both ways" in small.resting_on("paper-2008")


def test_nothing_rests_on_a_source_that_is_not_there(small: KnowledgeBase) -> None:
    assert small.resting_on("nothing") == ()


def test_every_use_of_a_source_is_checked(tmp_path: Path, small: KnowledgeBase) -> None:
    """What is told to rest on a source is found missing when the source is gone."""
    content = copy_of_small(tmp_path)
    replace(content / "sources/all.yaml", "paper-2008:", "paper-2009:")
    used = [(each.entry, each.where) for each in references(small.content) if each.id == "paper-2008"]
    assert sorted((each.entry, each.field) for each in mistakes(content)) == sorted(used)


def test_every_kind_of_source_has_words_of_its_own() -> None:
    assert len(set(KIND_LABELS.values())) == len(KINDS)


def test_counts_are_those_of_the_files(small: KnowledgeBase) -> None:
    counts = small.counts()
    assert (counts.topics, counts.events, counts.entities, counts.resolutions, counts.figures, counts.sources) == (
        3,
        3,
        6,
        3,
        3,
        3,
    )
    assert counts.statements == 8


def test_it_says_when_it_was_reviewed_and_how_far_it_reaches(small: KnowledgeBase) -> None:
    assert small.reviewed() == PartialDate(2026, 11, 20)
    assert small.reaches() == PartialDate(2013, 1)


def test_a_base_without_content_has_no_review_and_no_answer() -> None:
    empty = KnowledgeBase(Content())
    assert (empty.reviewed(), empty.reaches(), empty.events()) == (None, None, ())
    assert empty.answer("Why does China support North Korea?").declined


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("who held mining licences? (Why China supports North Korea)", "Chinese firms held"),
        ("who held mining licences? (why china supports NORTH KOREA!)", "Chinese firms held"),
        ("  and refugees (Why China supports North Korea)  ", "Beijing feared refugees"),
        ("When? (The first nuclear test)", "China called the test"),
    ],
)
def test_a_title_in_brackets_has_the_question_answered_from_that_topic(
    small: KnowledgeBase, typed: str, first: str
) -> None:
    answer = small.answer(typed)
    assert texts(answer)[0].startswith(first)
    assert subject(answer)[2].casefold() in typed.casefold()


@pytest.mark.parametrize("question", ["What colour is it?", "Kim Jong Un", "why?", "( )", "金正恩"])
def test_a_topic_that_does_not_have_what_is_asked_declines_and_is_the_nearest(
    small: KnowledgeBase, question: str
) -> None:
    answer = small.answer(f"{question} (The first nuclear test)")
    assert answer.declined
    assert [each.id for each in answer.related] == ["first-test"]


@pytest.mark.parametrize("behind", ["(nothing)", "()", "(", ")", "(The first", "(the first nuclear)"])
def test_brackets_without_a_title_are_part_of_the_question(small: KnowledgeBase, behind: str) -> None:
    question = f"Who sat at the six-nation table in Beijing? {behind}"
    assert small.answer(question) == small.answer(small.query(question))


def test_a_title_in_brackets_is_no_question_by_itself(small: KnowledgeBase) -> None:
    assert small.answer("(Why China supports North Korea)") == small.answer("Why China supports North Korea")


def test_it_knows_the_terms_of_its_record(small: KnowledgeBase) -> None:
    assert all(map(small.knows, ("refuge", "@china", "1718", "中国", "?why")))
    assert not any(map(small.knows, ("", "refugees", "@nobody", "9999", "nothing")))


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("Kim Jong Ill", ["kim-jong-il", "kim-jong-un"]),
        ("kim jong unn", ["kim-jong-un", "kim-jong-il"]),
        ("Six Party Talk", ["six-party-talks"]),
        ("Pyongyan", ["north-korea"]),
        ("金正", ["kim-jong-il", "kim-jong-un"]),
        ("Roosevelt", []),
        ("", []),
        ("?", []),
    ],
)
def test_near_names_are_those_that_are_spelt_alike_the_nearest_first(
    small: KnowledgeBase, typed: str, ids: list[str]
) -> None:
    assert [each.id for each in small.near_names(typed)] == ids


def test_half_a_name_that_several_have_is_a_choice_and_no_answer(small: KnowledgeBase) -> None:
    answer = small.answer("Who is Kim Jong?")
    assert answer.declined
    assert [each.title for each in answer.choice] == ["Kim Jong Il", "Kim Jong Un"]
