"""The audit: each rule is seen to catch a mistake planted in the small content, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.audit import FIRST, RULES, Rule, audit, beyond_reach, due, runs_on, uncited, unnamed
from knowledge.base import CONTENT
from knowledge.contradictions import against_events, against_figures, against_votes
from knowledge.coverage import by_area, by_year, measures
from knowledge.doubles import ambiguous_names, asked_twice, said_twice
from knowledge.errors import Mistake
from knowledge.loading import examine
from knowledge.model import AREAS
from tests.knowledge.planting import (
    ENTITIES,
    SMALL,
    SOURCES,
    SUPPORT,
    TALKS,
    TEST,
    TIMELINE,
    copy_of_small,
    replace,
)

FIRST_TEST = "China called the test of October 2006 brazen and voted for sanctions."
MINING = "Chinese firms held most of the mining licences in 2008."
OPENED = "The Six-Party Talks brought both Koreas, China, Japan, Russia and the United States together from 2003."
TESTED = "North Korea tested a nuclear device for the first time."
EXPLAINED = "China said that sanctions were no end in themselves."

# the rule; file, what stands there, what is planted instead; entry, field, part of the problem
PLANTED: dict[str, tuple[Rule, tuple[str, str, str], tuple[str, str, str]]] = {
    "a source nobody cites": (
        uncited,
        (
            SOURCES,
            "daily-2013:\n",
            "letter-2012:\n  title: A letter\n  publisher: The Daily\n  published: 2012\n"
            "  kind: news\n  language: en\n  url: https://example.org/letter\ndaily-2013:\n",
        ),
        ("letter-2012", "", "nothing rests on this source"),
    ),
    "an entity nobody names": (
        unnamed,
        (
            ENTITIES,
            "kim-jong-un:\n",
            "yalu:\n  type: place\n  names: {en: [Yalu River]}\n  about:\n"
            '    - {text: "The Yalu River is wide.", cites: [paper-2008], as_of: 2008}\nkim-jong-un:\n',
        ),
        ("yalu", "", "nothing in the record names this entity"),
    ),
    "a year after the newest source": (
        beyond_reach,
        (SUPPORT, MINING, "Chinese firms held most of the mining licences in 2011."),
        ("support", "more[0]", "it tells of 2011, and its newest source is of June 2008"),
    ),
    "an event after its source": (
        beyond_reach,
        (TIMELINE, "date: 2003-08-27\n  until: 2003-08-29", "date: 2009-08-27\n  until: 2009-08-29"),
        ("talks-open", "text", "it tells of 27 August 2009"),
    ),
    "a figure after its source": (
        beyond_reach,
        ("trade.yaml", "{year: 2006,", "{year: 2010,"),
        ("china-dprk-trade", "figures[0]", "it tells of 2010"),
    ),
    "a life that ends after its source": (
        beyond_reach,
        (ENTITIES, "life: {died: 2011-12-17, cites: [daily-2013]}", "life: {died: 2011-12-17, cites: [paper-2008]}"),
        ("kim-jong-il", "life", "it tells of 17 December 2011"),
    ),
    "a statement whose first sentence is too long": (
        runs_on,
        (SUPPORT, MINING, f"Chinese firms {'w' * 181} mined. Few others did."),
        ("support", "more[0]", "its first sentence has 202 characters, 2 more than 200"),
    ),
    "an abbreviation in a first sentence that is too long": (
        runs_on,
        (SUPPORT, MINING, f"U.S. firms under No. 7 of K. M. Park {'w' * 170} mined."),
        ("support", "more[0]", "its first sentence has 214 characters, 14 more than 200"),
    ),
    "an event whose first sentence is too long": (
        runs_on,
        (TIMELINE, TESTED, f"North Korea tested {'w' * 190}."),
        ("first-test", "text", "its first sentence has 210 characters, 10 more than 200"),
    ),
    "an entity that is told by too long a sentence": (
        runs_on,
        (ENTITIES, "China is the larger of the two neighbours.", f"China is {'w' * 200} large."),
        ("china", "about[0]", "its first sentence has 216 characters, 16 more than 200"),
    ),
    "a resolution on another day": (
        against_votes,
        (TEST, FIRST_TEST, "The Security Council adopted Resolution 1718 on 24 October 2006."),
        ("first-test", "answer[0]", "it dates Resolution 1718 to 24 October 2006"),
    ),
    "a resolution in another month, without its year before it": (
        against_votes,
        (TEST, FIRST_TEST, "Resolution 1718, adopted in November 2006, banned the sale of heavy weapons."),
        ("first-test", "answer[0]", "it dates Resolution 1718 to November 2006"),
    ),
    "another tally": (
        against_votes,
        (TEST, FIRST_TEST, "The Council passed Resolution 1718 by 14 votes to none."),
        ("first-test", "answer[0]", "it counts 14 votes to none; the record has 15 to 0"),
    ),
    "a vote that was not unanimous": (
        against_votes,
        (TEST, FIRST_TEST, "The Council was unanimous on draft S/2022/431 in its own way."),
        ("first-test", "answer[0]", "it calls the vote unanimous; 13 voted in favour"),
    ),
    "a vote China did not cast": (
        against_votes,
        ("resolutions.yaml", EXPLAINED, "China abstained because sanctions were no end in themselves."),
        ("1718", "explained[0]", "it has China’s vote as abstained; the record has it as for"),
    ),
    "a test on another day": (
        against_events,
        (TEST, FIRST_TEST, "China called the first nuclear test of 8 November 2006 brazen."),
        ("first-test", "answer[0]", "it dates the first nuclear test to 8 November 2006"),
    ),
    "a test on another day, the day first": (
        against_events,
        (TEST, FIRST_TEST, "On 5 May 2006, North Korea carried out its first nuclear test."),
        ("first-test", "answer[0]", "it dates the first nuclear test to 5 May 2006"),
    ),
    "another sum of trade": (
        against_figures,
        (SUPPORT, MINING, "Trade between the two came to $2.5 billion in 2007."),
        ("support", "more[0]", "it says $2.5 billion for 2007; the series has 1973.97, 1980 million"),
    ),
    "a name that is an ordinary word": (
        ambiguous_names,
        (ENTITIES, "en: [United States, USA, Washington]", "en: [United States, USA, Washington, first]"),
        ("united-states", "names.en[3]", "the name “first” is an ordinary word"),
    ),
    "a name in another order": (
        ambiguous_names,
        (ENTITIES, "en: [Kim Jong Un, Kim Jong Eun]", "en: [Kim Jong Un, Kim Jong Eun, Jong Il Kim]"),
        ("kim-jong-un", "names.en[2]", "is “Kim Jong Il” of “kim-jong-il” in another order"),
    ),
    "a statement that another topic has": (
        said_twice,
        (TALKS, OPENED, "Beijing fears refugees and chaos if Pyongyang collapses."),
        ("talks", "answer[0]", "it says nearly what “support” says in answer[0]"),
    ),
    "an event that stands twice": (
        said_twice,
        (
            TIMELINE,
            "vote:\n",
            f'again:\n  date: 2006-10-09\n  text: "{TESTED[:-1]} ever."\n  cites: [press-2006]\nvote:\n',
        ),
        ("again", "text", "it says nearly what “first-test” says"),
    ),
    "a wording of another topic in other small words": (
        asked_twice,
        (TALKS, "six party talks members", "Why does Beijing support Pyongyang, then?"),
        ("talks", "questions[2]", "the wording says what “Why does China support North Korea?” of “support” says"),
    ),
}


def findings(folder: Path) -> set[Mistake]:
    """What the audit finds in a content folder."""
    return set(audit(examine(folder)))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small content, its first test called what statements call it."""
    folder = copy_of_small(tmp_path)
    replace(folder / TIMELINE, f"text: {TESTED}\n", f"text: {TESTED}\n  called: [first nuclear test]\n")
    replace(
        folder / TEST, FIRST_TEST + "\n    cites: [press-2006]", FIRST_TEST + "\n    cites: [press-2006, daily-2013]"
    )
    return folder


@pytest.mark.parametrize(("rule", "plant", "told"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_mistake_is_found_by_its_rule_and_no_other(
    content: Path, rule: Rule, plant: tuple[str, str, str], told: tuple[str, str, str]
) -> None:
    before = {(each.entry, each.field, each.problem) for each in findings(content)}
    file, old, new = plant
    replace(content / file, old, new)
    found = [each for each in findings(content) if (each.entry, each.field, each.problem) not in before]
    assert len(found) == 1, "\n".join(map(str, found)) or "nothing was found"
    entry, field, problem = told
    assert (found[0].file, found[0].entry, found[0].field) == (file, entry, field)
    assert problem in found[0].problem
    assert found[0].line > 0
    assert found[0].problem in {each.problem for each in rule(examine(content).content)}


def test_every_rule_has_a_mistake_to_catch() -> None:
    assert {rule for rule, _, _ in PLANTED.values()} == set(RULES)


@pytest.mark.parametrize(
    "said",
    [
        "Chinese firms were to hold all mining licences by 2015.",  # a plan
        "Chinese firms held mining licences whose term ends in 2030.",
        "Chinese firms held 2,013 mining licences.",  # no year
        "Chinese firms mined under Resolution 2087.",
    ],
)
def test_a_sentence_that_looks_ahead_is_within_reach(content: Path, said: str) -> None:
    before = findings(content)
    replace(content / SUPPORT, MINING, said.replace("2087", "1718"))
    assert findings(content) - before == set()


@pytest.mark.parametrize(
    "said",
    [
        f"Chinese firms {'w' * 179} mined. {'Others did not. ' * 4}",
        f"Did {'Chinese firms ' * 13} mine? Most of them did in 2008.",
        f"Firms were “{'Chinese ' * 22}.” They {'mined ' * 8}in 2008.",
    ],
)
def test_a_statement_may_be_long_whose_first_sentence_is_not(content: Path, said: str) -> None:
    before = findings(content)
    assert len(said) > FIRST
    replace(content / SUPPORT, MINING, f'"{said.strip()}"')
    assert findings(content) - before == set()


def test_what_else_is_said_of_an_entity_may_be_long(content: Path) -> None:
    told = '- {text: "China is the larger of the two neighbours.", cites: [paper-2008], as_of: 2008-06}'
    more = f'- {{text: "China {"w" * 200} mined.", cites: [paper-2008], as_of: 2008-06}}'
    replace(content / ENTITIES, told, f"{told}\n    {more}")
    assert {each for each in findings(content) if "first sentence" in each.problem} == set()


@pytest.mark.parametrize(
    "said",
    [
        "The United States tabled the draft of Resolution 1718 on 10 October 2006.",
        "China voted against a referral on 9 October 2006, and for Resolution 1718 five days later.",
        "Resolution 1718, adopted after the test of 9 October 2006, banned the sale of luxuries.",
        "The Council adopted Resolution 1718 by 15 votes to 0 on 14 October 2006.",
        "Resolution 1718 of October 2006 was unanimous.",
    ],
)
def test_a_sentence_that_agrees_with_the_record_of_a_resolution_is_let_be(content: Path, said: str) -> None:
    before = findings(content)
    replace(content / TEST, FIRST_TEST, said)
    assert findings(content) - before == set()


def test_the_same_sentence_with_other_numbers_says_another_thing(content: Path) -> None:
    before = findings(content)
    replace(content / SUPPORT, MINING, "Chinese firms held most of the mining licences in 2008.")
    replace(content / TALKS, OPENED, "Chinese firms held most of the mining licences in 2007.")
    assert {each for each in findings(content) - before if "nearly" in each.problem} == set()


def test_a_topic_past_its_review_date_is_due_and_not_wrong(content: Path) -> None:
    loaded = examine(content)
    assert due(loaded, date(2026, 11, 21)) == ()
    late = due(loaded, date(2027, 6, 1))
    assert [(each.entry, each.field) for each in late] == [("talks", "reviewed.on")]
    assert "the review was due on 2027-05-22" in late[0].problem


def test_coverage_counts_what_each_area_and_year_has() -> None:
    content = examine(SMALL).content
    extents = {each.area: each for each in by_area(content)}
    assert list(extents) == list(AREAS)
    assert (extents["wider-picture"].topics, extents["wider-picture"].statements) == (1, 5)
    assert (extents["wider-picture"].sources, extents["wider-picture"].disputes) == (2, 1)
    assert (extents["nuclear-record"].premises, extents["economy"].topics) == (1, 0)
    assert by_year(content) == {2003: 1, 2004: 0, 2005: 0, 2006: 2}


def test_the_measures_count_the_small_content() -> None:
    have = {each.name: each.have for each in measures(examine(SMALL).content)}
    assert list(have.values()) == [3, 1, 0, 3, 8, 3, 3, 6, 2, 1, 1, 3, 0, 33]


def test_the_content_that_comes_with_the_bot_has_enough_of_everything() -> None:
    assert [each for each in measures(examine(CONTENT).content) if not each.met] == []


def test_nothing_in_the_content_that_comes_with_the_bot_needs_an_editor() -> None:
    assert list(map(str, audit(examine(CONTENT)))) == []
