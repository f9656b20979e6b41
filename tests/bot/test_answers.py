from __future__ import annotations

from datetime import date

import pytest

from bot.answers import to_reply
from bot.reply import LABEL_LIMIT, Action
from knowledge.answer import Answer, Citation, Part, Subject
from knowledge.base import KnowledgeBase
from knowledge.dates import PartialDate
from knowledge.model import Changes, Kind, Review, Source

REVIEWED = PartialDate(2026, 11, 20)


def cited(*kinds: Kind) -> tuple[Citation, ...]:
    """Citations of a source of each of these kinds."""
    return tuple(
        Citation(number, Source(kind, "A title", "A publisher", PartialDate(2008), kind, "en", "https://example.org/"))
        for number, kind in enumerate(kinds, start=1)
    )


def age(changes: Changes, *dates: str, kinds: tuple[Kind, ...] = ("news",)) -> str:
    parts = tuple(Part("Something is so.", as_of=PartialDate.parse(when)) for when in dates)
    answer = Answer(parts, cited(*kinds), reviewed=Review(REVIEWED, changes))
    return to_reply(answer, today=date(2026, 11, 21)).lines[-1].text


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["2013-01"], "As of January 2013."),
        (["2013-01", "2008-06"], "As of June 2008 to January 2013."),
        (["2006-07-15", "2006-07"], "As of July 2006."),
        (["2008", "2008-06-18"], "As of 2008."),
        (["circa 1958", "1961"], "As of about 1958 to 1961."),
    ],
)
def test_the_age_spans_from_the_oldest_to_the_newest_statement(dates: list[str], told: str) -> None:
    assert age("slowly", *dates).startswith(f"{told} 1 source: news. Reviewed 20 November 2026.")


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (("un",), "1 source: United Nations."),
        (("news", "news"), "2 sources: news."),
        (("think-tank", "un", "think-tank"), "3 sources: think tank, United Nations."),
    ],
)
def test_how_many_sources_there_are_and_of_which_kinds_is_said(kinds: tuple[Kind, ...], told: str) -> None:
    assert f"As of 2013. {told} Reviewed" in age("slowly", "2013", kinds=kinds)


def test_what_has_no_date_has_no_age() -> None:
    reply = to_reply(Answer((Part("Something is so.", role="note"),), reviewed=Review(REVIEWED, "slowly")))
    assert reply.text == "Something is so."


@pytest.mark.parametrize(
    ("changes", "when", "warned"),
    [
        ("slowly", "2013", True),
        ("slowly", "2024", False),
        ("figures", "2023", True),
        ("ongoing", "2024", True),
        ("office-holder", "2024", True),
    ],
)
def test_what_may_have_changed_is_said_to(changes: Changes, when: str, warned: bool) -> None:
    assert ("may have changed" in age(changes, when)) == warned


def test_a_long_title_is_cut_on_its_button_only() -> None:
    title = "A topic with a very long title " * 4
    reply = to_reply(Answer((Part("Yes."),), related=(Subject("topic", "long", title),)))
    assert len(reply.actions[0].label) == LABEL_LIMIT
    assert reply.actions[0].argument == "long"


def test_a_series_has_no_button_of_its_own() -> None:
    assert not to_reply(Answer((Part("Yes."),), related=(Subject("series", "trade", "Trade"),))).actions


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        (Subject("topic", "talks", "The talks"), Action("The talks", "topics", "talks")),
        (Subject("entity", "china", "China"), Action("China", "who", "china")),
        (Subject("resolution", "1718", "Resolution 1718"), Action("Resolution 1718", "resolution", "1718")),
        (Subject("series", "trade", "Trade"), None),
        (None, None),
    ],
)
def test_a_reply_says_what_opens_the_record_it_was_answered_from(subject: Subject | None, about: Action | None) -> None:
    assert to_reply(Answer((Part("Yes."),), subject=subject)).about == about


def test_the_record_of_a_reply_opens_with_its_button(small: KnowledgeBase) -> None:
    reply = to_reply(small.answer("Why does China support North Korea?"))
    assert reply.about
    assert reply.about.line == "topics support"
    assert reply.about not in reply.actions  # it is what was just answered


def test_numbers_follow_the_order_of_first_use(small: KnowledgeBase) -> None:
    reply = to_reply(small.answer("Why does China support North Korea?"))
    marks = [number for line in reply.lines for number in line.cites]
    assert list(dict.fromkeys(marks)) == sorted(set(marks))
    assert [source.number for source in reply.sources] == sorted(set(marks))
