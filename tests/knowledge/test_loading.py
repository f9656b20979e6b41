"""The content folder -> Content, or every mistake in it in one run."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.dates import PartialDate
from knowledge.errors import ContentError, Mistake
from knowledge.loading import load
from knowledge.model import STATEMENT_LIMIT
from tests.knowledge.planting import (
    ENTITIES,
    FIRST,
    LEXICON,
    SMALL,
    SOURCES,
    SUPPORT,
    TALKS,
    TIMELINE,
    copy_of_small,
    mistakes,
    replace,
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_of_small(tmp_path)


def test_content_that_is_right_gives_every_record() -> None:
    content = load(SMALL)
    assert list(content.sources) == ["press-2006", "paper-2008", "daily-2013"]
    assert list(content.topics) == ["first-test", "support", "talks"]
    assert list(content.events) == ["talks-open", "first-test", "vote"]
    assert list(content.entities) == [
        "china",
        "north-korea",
        "united-states",
        "kim-jong-il",
        "kim-jong-un",
        "six-party-talks",
    ]
    assert list(content.resolutions) == ["1718", "82", "s-2022-431"]
    assert list(content.series) == ["china-dprk-trade"]
    assert content.synonyms == {"nuclear": ("atomic", "nuke"), "support": ("back", "prop")}
    assert content.lexicon == {
        "north korea": ("Nordkorea", "Corea del Norte"),
        "support": ("unterstützt", "unterstützen", "支援"),
        "trade": ("Handel", "贸易", "무역"),
        "why": ("warum",),
    }


def test_records_say_what_stands_in_the_file() -> None:
    content = load(SMALL)
    source = content.sources["daily-2013"]
    assert (source.id, source.title, source.authors) == ("daily-2013", "Questions & answers <on> a *vote*", ())
    topic = content.topics["support"]
    assert topic.answer[0].cites == ("daily-2013", "paper-2008")
    assert topic.answer[0].as_of == PartialDate(2013, 1)
    assert topic.questions[2] == "中国为什么支持朝鲜？"
    assert [claim.as_of.year for claim in topic.disputes[0].claims] == [2008, 2013]
    assert content.resolutions["82"].seat == "roc"
    assert content.resolutions["82"].votes.absent == 1
    assert content.entities["kim-jong-il"].offices[0].until == PartialDate(2011, 12, 17)
    assert [figure.value for figure in content.series["china-dprk-trade"].figures] == [1699.6, 1973.97, 1980.0]


def test_text_folded_over_lines_is_one_line(content: Path) -> None:
    replace(content / SUPPORT, FIRST, ">\n      Beijing feared refugees\n      and chaos.\n")
    assert load(content).topics["support"].answer[0].text == "Beijing feared refugees and chaos."


def test_a_statement_as_long_as_may_be_is_right(content: Path) -> None:
    replace(content / SUPPORT, FIRST, "x" * STATEMENT_LIMIT)
    assert len(load(content).topics["support"].answer[0].text) == STATEMENT_LIMIT


def test_content_does_without_resolutions_trade_synonyms_and_lexicon(content: Path) -> None:
    for name in ("resolutions.yaml", "trade.yaml", "synonyms.yaml", "lexicon.yaml"):
        (content / name).unlink()
    loaded = load(content)
    assert (loaded.resolutions, loaded.series, loaded.synonyms, loaded.lexicon) == ({}, {}, {}, {})


def test_a_statement_says_how_it_is_asked_for(content: Path) -> None:
    replace(content / SUPPORT, "    as_of: 2013-01\n", "    as_of: 2013-01\n    asked: [Whom did Beijing fear?]\n")
    assert [each.asked for each in load(content).topics["support"].answer] == [("Whom did Beijing fear?",), ()]


def test_hidden_files_do_not_count(content: Path) -> None:
    for name in (".DS_Store", "topics/.gitkeep", "sources/.all.yaml.swp"):
        (content / name).write_bytes(b"\x00")
    assert mistakes(content) == ()


def test_records_of_one_shelf_may_stand_in_several_files(content: Path) -> None:
    text = (content / TIMELINE).read_text(encoding="utf-8")
    (content / "timeline/1990s.yaml").write_text(
        text.replace("first-test:", "another:").partition("vote:")[0].replace("talks-open:", "yet-another:"),
        encoding="utf-8",
    )
    assert list(load(content).events) == ["yet-another", "another", "talks-open", "first-test", "vote"]


def test_an_id_of_another_file_is_told_with_the_place_that_has_it(content: Path) -> None:
    shutil.copy(content / TIMELINE, content / "timeline/again.yaml")
    assert [(each.file, each.line, each.entry, each.problem) for each in mistakes(content)] == [
        ("timeline/again.yaml", line, id, f"the id “{id}” is taken by timeline/2000s.yaml:{line}")
        for line, id in ((2, "talks-open"), (7, "first-test"), (11, "vote"))
    ]


def test_one_id_may_stand_on_two_shelves() -> None:
    content = load(SMALL)
    assert "first-test" in content.topics
    assert "first-test" in content.events


def test_every_mistake_of_every_file_is_told_in_one_run(content: Path) -> None:
    replace(content / SOURCES, "kind: think-tank", "kind: blog")
    replace(content / SOURCES, "https://example.org/daily-2013", "http://example.org/daily-2013")
    replace(content / TIMELINE, "date: 2006-10-09", "date: 2006-02-30")
    replace(content / ENTITIES, "Kim Jong Eun]", "Kim Jong Il]")
    replace(content / "resolutions.yaml", "votes: {in_favour: 15}", "votes: {in_favour: 14}")
    replace(content / SUPPORT, "cites: [daily-2013, paper-2008]", "cites: []")
    replace(content / TALKS, "area: talks", "area: [talks")
    replace(content / LEXICON, "why: [warum]", "why: [warum, Handel]")
    (content / "people").mkdir()
    assert [(each.file, each.line) for each in mistakes(content)] == [
        (ENTITIES, 27),
        (LEXICON, 5),
        ("people", 0),
        ("resolutions.yaml", 7),
        (SOURCES, 14),
        (SOURCES, 24),
        (TIMELINE, 8),
        (SUPPORT, 11),
        (TALKS, 8),
    ]


def test_several_mistakes_of_one_record_are_told_in_one_run(content: Path) -> None:
    replace(content / SUPPORT, "title: Why China supports North Korea", "titel: Why")
    replace(content / SUPPORT, FIRST, "x" * 301)
    replace(content / SUPPORT, "cites: [daily-2013, paper-2008]", "cites: [nowhere, Paper]")
    replace(content / SUPPORT, "related: [first-test]", "related: [nothing]")
    assert [(each.line, each.field) for each in mistakes(content)] == [
        (2, ""),
        (2, "titel"),
        (10, "answer[0].text"),
        (11, "answer[0].cites[0]"),
        (11, "answer[0].cites[1]"),
        (26, "related[0]"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SOURCES, "kind: think-tank", "kind: blog"),
        (SUPPORT, "reviewed: {on: 2026-11-20, changes: slowly}", "reviewed: {on: 2026-11-20, changes: never}"),
        (ENTITIES, "type: forum", "type: meeting"),
    ],
)
def test_a_broken_record_that_others_refer_to_is_told_once(content: Path, file: str, old: str, new: str) -> None:
    replace(content / file, old, new)
    [mistake] = mistakes(content)
    assert "is not one of the allowed values" in mistake.problem


@pytest.mark.parametrize("file", [SOURCES, ENTITIES, SUPPORT])
def test_a_file_that_cannot_be_read_is_told_without_all_that_refers_to_it(content: Path, file: str) -> None:
    (content / file).write_text('broken: "', encoding="utf-8")
    [mistake] = mistakes(content)
    assert (mistake.file, "this is not YAML" in mistake.problem) == (file, True)


def test_a_broken_record_still_has_its_name_and_its_wordings(content: Path) -> None:
    replace(content / ENTITIES, "type: forum", "type: meeting")
    replace(content / ENTITIES, "six-nation talks]", "Kim Jong Il]")
    replace(content / TALKS, "changes: ongoing", "changes: never")
    replace(content / TALKS, "six party talks members", "Why does China support North Korea?")
    assert [(each.file, each.line, each.field) for each in mistakes(content)] == [
        (ENTITIES, 31, "type"),
        (ENTITIES, 32, "names.en[2]"),
        (TALKS, 6, "questions[2]"),
        (TALKS, 8, "reviewed.changes"),
    ]


def test_a_mistake_reads_as_one_line(content: Path) -> None:
    replace(content / TALKS, "changes: ongoing", "changes: often")
    [mistake] = mistakes(content)
    assert str(mistake) == (
        "topics/talks.yaml:8: talks, reviewed.changes: “often” is not one of the allowed values. "
        "Write slowly, office-holder, figures, ongoing."
    )
    assert str(Mistake("", 0, "", "", "it is not there", "Where is it?")) == "content: it is not there. Where is it?"


@pytest.mark.parametrize("value", ['"a\\nb"', '"\\e[2Jgone"', '"\\u2028"', "x" * 100_000, '"\\u202Eoops"'])
def test_no_value_can_break_the_line_it_is_told_on(content: Path, value: str) -> None:
    replace(content / TALKS, "changes: ongoing", f"changes: {value}")
    replace(content / TALKS, "area: talks", f"? {value}\n: x")
    for mistake in mistakes(content):
        assert str(mistake).isprintable()
        assert len(str(mistake)) < 1000


def test_a_file_name_that_is_no_text_is_told_all_the_same(content: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    try:
        (content / "topics" / name).write_bytes(b"")
    except (OSError, UnicodeEncodeError):
        pytest.skip("this file system takes no such name")
    [mistake] = mistakes(content)
    assert "the file is empty" in str(mistake)
    assert str(mistake).isprintable()


def test_the_error_carries_every_mistake_in_order(content: Path) -> None:
    replace(content / TALKS, "changes: ongoing", "changes: often")
    replace(content / SOURCES, "kind: think-tank", "kind: blog")
    with pytest.raises(ContentError) as caught:
        load(content)
    assert str(caught.value) == "\n".join(map(str, caught.value.mistakes))
    assert [each.file for each in caught.value.mistakes] == [SOURCES, TALKS]


FILES = sorted(str(path.relative_to(SMALL)) for path in SMALL.rglob("*.yaml"))
ODD = st.sampled_from(
    [*" \t\n:[]{}'\"#|~0é\x00\x85\u2028\ufeff\u202e", "- ", "&a ", "*a", "!!x ", "9" * 400, "null", "? ", ": ", "..."]
)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, str]:
    """One file of the small content with some lines or characters gone, doubled or put in."""
    file = draw(st.sampled_from(FILES))
    text = (SMALL / file).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 4))):
        pieces = text.splitlines(keepends=True) if draw(st.booleans()) else list(text)
        if not pieces:
            break
        place = draw(st.integers(0, len(pieces) - 1))
        piece = pieces[place]
        pieces[place : place + 1] = draw(st.sampled_from([[], [piece, piece], [draw(ODD), piece]]))
        text = "".join(pieces)
    return file, text


@given(spoilt())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_a_file_only_mistakes_come_of_it(change: tuple[str, str]) -> None:
    file, text = change
    with tempfile.TemporaryDirectory() as folder:
        content = copy_of_small(Path(folder))
        (content / file).write_bytes(text.encode())
        for mistake in mistakes(content):
            assert str(mistake).isprintable()
            assert mistake.file == "topics" or (content / mistake.file).exists()
