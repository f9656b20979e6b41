"""The time a question asks about: what restricts it, what is asked for by itself, and what is no time at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import PartialDate
from knowledge.spans import Span, Timed, timed
from knowledge.text import normalise

NUMBERS = ("82", "1718", "1928", "2050", "2087")  # resolutions, three of which look like years


def read(text: str) -> Timed:
    return timed(normalise(text), NUMBERS)


def ends(text: str) -> tuple[str | None, str | None]:
    """First and last day of the time asked about, as ISO dates."""
    span = read(text).span
    assert span is not None
    return (span.since.isoformat() if span.since else None, span.until.isoformat() if span.until else None)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("trade between 2010 and 2015", "2010-01-01", "2015-12-31"),
        ("trade between 2015 and 2010", "2010-01-01", "2015-12-31"),
        ("BETWEEN May 2003 AND June 2005", "2003-05-01", "2005-06-30"),
        ("between 9 October 2006 and 14 October 2006", "2006-10-09", "2006-10-14"),
        ("between 2006-10-09 and 2006/10/14", "2006-10-09", "2006-10-14"),
        ("from 2010 to 2015", "2010-01-01", "2015-12-31"),
        ("from 2010 until 2015", "2010-01-01", "2015-12-31"),
        ("from 2010 till 2015", "2010-01-01", "2015-12-31"),
        ("from 2010 through 2015", "2010-01-01", "2015-12-31"),
        ("from 2010 up to 2015", "2010-01-01", "2015-12-31"),
        ("from early 2010 to the end of 2015", "2010-01-01", "2015-12-31"),
        ("from the year 2010 to 2015", "2010-01-01", "2015-12-31"),
        ("2010 to 2015", "2010-01-01", "2015-12-31"),
        ("2010-2015", "2010-01-01", "2015-12-31"),
        ("2010–2015", "2010-01-01", "2015-12-31"),
        ("2010 — 2015", "2010-01-01", "2015-12-31"),
        ("2010~2015", "2010-01-01", "2015-12-31"),
        ("between February 2012 and February 2013", "2012-02-01", "2013-02-28"),
        ("2003年到2009年", "2003-01-01", "2009-12-31"),
        ("2003年至2009年间", "2003-01-01", "2009-12-31"),
        ("2003年至2009年期间中国做了什么", "2003-01-01", "2009-12-31"),
        ("２００３年～２００９年", "2003-01-01", "2009-12-31"),
        ("2003년부터 2009년까지", "2003-01-01", "2009-12-31"),
        ("2003년에서 2009년 사이", "2003-01-01", "2009-12-31"),
        ("since 2013", "2013-01-01", None),
        ("since October 2006", "2006-10-01", None),
        ("since 9 October 2006", "2006-10-09", None),
        ("since the end of 2013", "2013-01-01", None),
        ("since early 2013", "2013-01-01", None),
        ("since mid-2013", "2013-01-01", None),
        ("starting in 2013", "2013-01-01", None),
        ("from 2013 onwards", "2013-01-01", None),
        ("2013 onward", "2013-01-01", None),
        ("2013年以来", "2013-01-01", None),
        ("2013年以來", "2013-01-01", None),
        ("2013년부터", "2013-01-01", None),
        ("after 2013", "2014-01-01", None),
        ("after October 2006", "2006-11-01", None),
        ("after 31 December 2006", "2007-01-01", None),
        ("following 2013", "2014-01-01", None),
        ("post-2013", "2014-01-01", None),
        ("after the end of 2013", "2014-01-01", None),
        ("2013年以后", "2014-01-01", None),
        ("2013年之後", "2014-01-01", None),
        ("2013年后", "2014-01-01", None),
        ("2013년 이후", "2014-01-01", None),
        ("until 2013", None, "2013-12-31"),
        ("till October 2006", None, "2006-10-31"),
        ("up to 2013", None, "2013-12-31"),
        ("by 2013", None, "2013-12-31"),
        ("by the end of 2013", None, "2013-12-31"),
        ("2013년까지", None, "2013-12-31"),
        ("before 2013", None, "2012-12-31"),
        ("before 1 March 2008", None, "2008-02-29"),
        ("prior to 2013", None, "2012-12-31"),
        ("pre-2013", None, "2012-12-31"),
        ("2013年以前", None, "2012-12-31"),
        ("2013年之前", None, "2012-12-31"),
        ("2013년 이전", None, "2012-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("the 1890s", "1890-01-01", "1899-12-31"),
        ("2000S", "2000-01-01", "2009-12-31"),
        ("1990's", "1990-01-01", "1999-12-31"),
        ("the 1990’s", "1990-01-01", "1999-12-31"),
        ("(1990s)", "1990-01-01", "1999-12-31"),
    ],
)
def test_a_stretch_of_time_is_read_and_taken_out_of_the_text(text: str, since: str | None, until: str | None) -> None:
    found = read(text)
    assert ends(text) == (since, until)
    assert found.stretch
    assert not any(map(str.isdigit, found.text))
    assert found.text.isprintable()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("coal trade since 2013?", "coal trade ?"),
        ("What did China do between 2010 and 2015 for the talks?", "what did china do for the talks?"),
        ("famine in the 1990s in the north", "famine in the in the north"),
        ("2010-2015 trade", "trade"),
        ("2003年到2009年中国的援助", "中国的援助"),
        ("2013년 이후 무역", "무역"),
    ],
)
def test_what_a_stretch_leaves_is_the_rest_of_the_question(text: str, left: str) -> None:
    assert " ".join(read(text).text.split()) == left


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("in 2013", "2013-01-01", "2013-12-31"),
        ("trade 2007", "2007-01-01", "2007-12-31"),
        ("October 2006", "2006-10-01", "2006-10-31"),
        ("on 9 October 2006", "2006-10-09", "2006-10-09"),
        ("the 2013 test", "2013-01-01", "2013-12-31"),
        ("2013年的核试验", "2013-01-01", "2013-12-31"),
        ("2013년 핵실험", "2013-01-01", "2013-12-31"),
        ("test von 2013", "2013-01-01", "2013-12-31"),
        ("в 2013 году", "2013-01-01", "2013-12-31"),
    ],
)
def test_one_date_by_itself_is_asked_for_and_stays_in_the_text(text: str, since: str, until: str) -> None:
    found = read(text)
    assert ends(text) == (since, until)
    assert not found.stretch
    assert found.text == normalise(text)


@pytest.mark.parametrize(
    "text",
    [
        "after the 2013 test",
        "after 2013 test",
        "what did China say after the 2013 nuclear test?",
        "before the 2013 test",
        "before 2013 nuclear test",
        "following the 2017 missile launch",
        "before the 2018 summit",
        "after the 2013 execution of Jang Song Thaek",
        "after the 2006 resolution",
    ],
)
def test_a_year_that_only_names_an_event_is_no_stretch_of_time(text: str) -> None:
    found = read(text)
    assert not found.stretch
    assert found.text == normalise(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "since",
        "between and",
        "before after until since from to",
        "since last year",
        "the nineties",
        "the 90s",
        "since 13",
        "1718",
        "2100",
        "since 1799",
        "20061",
        "x2006",
        "2013th",
        "1990sx",
        "a1990s",
        "1995s",
        "2100s",
        "31 February 2006",
        "S/2022/431",
        "٢٠٠٦",
    ],
)
def test_a_text_without_a_date_has_no_time_and_stays_as_it_is(text: str) -> None:
    assert read(text) == Timed(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "resolution 1928",
        "since resolution 2087",
        "after 2087",
        "before resolution 2050",
        "between 1928 and 2087",
        "why did China vote for resolution 2087 in 2013?",
        "between 2006 and 2087",
    ],
)
def test_the_number_of_a_resolution_is_no_year(text: str) -> None:
    assert read(text) == Timed(normalise(text))


def test_the_same_number_is_a_year_where_no_resolution_has_it() -> None:
    assert timed("since 2087").span == Span(since=date(2087, 1, 1))
    assert timed("2087").span == Span(date(2087, 1, 1), date(2087, 12, 31))


@pytest.mark.parametrize(
    "text", ["2006 and 2009", "in 2006, 2009 and 2013", "between 2010 and 2015 and 2020", "since 2013 and before 2017"]
)
def test_several_dates_outside_a_stretch_restrict_nothing(text: str) -> None:
    assert read(text) == Timed(text)


@pytest.mark.parametrize("text", ["before the 1990s", "prior to the 1990s"])
def test_before_a_decade_is_no_time_within_it(text: str) -> None:
    span = read(text).span
    assert span is None or not span.holds(PartialDate(1995))


@pytest.mark.parametrize("text", ["since the 1990s", "after the 1990s", "from the 1990s onwards", "1990s to 2010s"])
def test_since_a_decade_goes_on_after_it(text: str) -> None:
    span = read(text).span
    assert span is None or span.holds(PartialDate(2005))


@pytest.mark.parametrize("text", ["1990年代", "1990年代中国的援助", "1990년대", "1990년대 무역"])
def test_a_decade_in_chinese_or_korean_is_no_single_year(text: str) -> None:
    span = read(text).span
    assert span is None or span.holds(PartialDate(1995))


@pytest.mark.parametrize("text", ["1950년 전쟁", "2006년 전문가", "2013年后果", "2010年前线"])
def test_a_word_that_begins_like_before_or_after_says_nothing_of_time(text: str) -> None:
    assert not read(text).stretch


@pytest.mark.parametrize("text", ["was coal banned by the 2016 resolution?", "caused by the 2006 test"])
def test_who_did_it_is_no_time_until_which(text: str) -> None:
    assert not read(text).stretch


@pytest.mark.parametrize(
    ("span", "held", "missed"),
    [
        (Span(), ["1800", "2013-01-22", "2099"], []),
        (Span(since=date(2013, 1, 22)), ["2013-01-22", "2013-01", "2013", "2014"], ["2013-01-21", "2012", "2012-12"]),
        (Span(until=date(2013, 1, 22)), ["2013-01-22", "2013-01", "2013", "1950"], ["2013-01-23", "2013-02", "2014"]),
        (Span(date(2013, 1, 1), date(2013, 12, 31)), ["2013", "2013-06", "2013-12-31"], ["2012-12-31", "2014"]),
    ],
)
def test_a_span_holds_every_date_that_may_touch_it(span: Span, held: list[str], missed: list[str]) -> None:
    assert all(span.holds(PartialDate.parse(each)) for each in held)
    assert not any(span.holds(PartialDate.parse(each)) for each in missed)


def test_a_span_holds_what_lasted_into_it_or_over_it() -> None:
    span = Span(date(2006, 1, 1), date(2006, 12, 31))
    assert span.holds(PartialDate(2003), PartialDate(2009))
    assert span.holds(PartialDate(2003), PartialDate(2006, 1))
    assert span.holds(PartialDate(2006, 12, 31), PartialDate(2009))
    assert not span.holds(PartialDate(2003), PartialDate(2005))
    assert not span.holds(PartialDate(2007), PartialDate(2009))


WORDS = st.sampled_from(
    "between and from to since after before until by the end of early mid- year 2006 2013 2087 1990s 1990's october "
    "9 2006-10 年 以后 之前 부터 까지 이후 - – ~ test s".split()
)


@given(st.lists(WORDS, max_size=8), st.sampled_from([" ", ""]))
def test_any_order_of_such_words_gives_a_span_that_begins_before_it_ends(pieces: list[str], between: str) -> None:
    found = read(between.join(pieces))
    assert found.span or not found.stretch
    if found.span:
        assert found.span.since or found.span.until
        assert (found.span.since or date.min) <= (found.span.until or date.max)
    assert not any("\ue000" <= each <= "\uf8ff" for each in found.text)


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_look_for_a_time_in(text: str) -> None:
    plain = normalise(text)
    found = timed(plain, NUMBERS)
    assert found.stretch or found.text == plain
