"""Dates of which only a part is known, as content writes them and as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import PartialDate, typed_dates

DAY, MONTH, YEAR, CIRCA = (PartialDate.parse(text) for text in ("2013-01-22", "2013-01", "2013", "circa 1958"))


def test_each_written_form_is_read() -> None:
    assert PartialDate(2013, 1, 22) == DAY
    assert PartialDate(2013, 1) == MONTH
    assert PartialDate(2013) == YEAR
    assert PartialDate(1958, circa=True) == CIRCA
    assert PartialDate.parse(" circa 1958-08 ") == PartialDate(1958, 8, circa=True)


@pytest.mark.parametrize(
    "text",
    [
        "2013-02-29",
        "2013-04-31",
        "2013-13",
        "2013-00",
        "2013-00-00",
        "2013-01-00",
        "2013-00-01",
        "0000",
        "1900-02-29",
    ],
)
def test_a_day_that_never_was_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=f"there is no such date as {text}"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "13",
        "2013-1",
        "2013-01-22T00:00",
        "22.1.2013",
        "2013/01",
        "Circa 1958",
        "c. 1958",
        "٢٠١٣",
        "²⁰¹³",
    ],
)
def test_another_form_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write 2013-01-22, 2013-01, 2013 or circa 1958"):
        PartialDate.parse(text)


def test_the_leap_day_of_a_leap_year_is_a_date() -> None:
    assert PartialDate.parse("2008-02-29").last == date(2008, 2, 29)


def test_a_partial_date_runs_from_its_first_day_to_its_last() -> None:
    assert (DAY.first, DAY.last) == (date(2013, 1, 22), date(2013, 1, 22))
    assert (MONTH.first, MONTH.last) == (date(2013, 1, 1), date(2013, 1, 31))
    assert (YEAR.first, YEAR.last) == (date(2013, 1, 1), date(2013, 12, 31))
    assert PartialDate(2008, 2).last == date(2008, 2, 29)


def test_people_read_it_in_words_and_programs_in_iso() -> None:
    assert [str(each) for each in (DAY, MONTH, YEAR, CIRCA)] == [
        "22 January 2013",
        "January 2013",
        "2013",
        "about 1958",
    ]
    assert [each.iso for each in (DAY, MONTH, YEAR, CIRCA)] == ["2013-01-22", "2013-01", "2013", "1958"]


@given(st.dates(), st.integers(1, 3), st.booleans())
def test_what_is_written_is_what_is_read(day: date, known: int, circa: bool) -> None:
    month, day_of_month = (part if place < known else None for place, part in enumerate((day.month, day.day), start=1))
    when = PartialDate(day.year, month, day_of_month, circa)
    assert PartialDate.parse(("circa " if circa else "") + when.iso) == when
    assert when.first <= day <= when.last


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2006", "2006"),
        ("2006-10", "2006-10"),
        ("2006/10", "2006-10"),
        ("2006-10-09", "2006-10-09"),
        ("2006/10/9", "2006-10-09"),
        ("2006-1", "2006-01"),
        ("October 2006", "2006-10"),
        ("oct 2006", "2006-10"),
        ("Oct. 2006", "2006-10"),
        ("Sept 2005", "2005-09"),
        ("9 October 2006", "2006-10-09"),
        ("9 Oct 2006", "2006-10-09"),
        ("9th Oct., 2006", "2006-10-09"),
        ("1st May 1951", "1951-05-01"),
        ("October 9, 2006", "2006-10-09"),
        ("OCTOBER 9TH 2006", "2006-10-09"),
        ("May 2003", "2003-05"),
        ("1894", "1894"),
        ("2099", "2099"),
    ],
)
def test_a_typed_date_is_read_in_every_form(typed: str, iso: str) -> None:
    dates, rest = typed_dates(f"talks {typed}")
    assert [each.iso for each in dates] == [iso]
    assert rest == "talks"


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("在2006年", "在 年"),
        ("2006년에", "년에"),
        ("«2006»", "« »"),
        ("_2006_", "_ _"),
        ("Tag2006年 2006—", "Tag2006年 —"),
    ],
)
def test_a_year_may_stand_beside_any_character_that_is_no_letter_digit_or_slash(line: str, rest: str) -> None:
    assert typed_dates(line) == ((PartialDate(2006),), rest)


def test_typed_dates_come_in_order_without_the_words_around_them() -> None:
    dates, rest = typed_dates("  Kim Jong Il  from 9 October 2006 to 2009-05 ")
    assert dates == (PartialDate(2006, 10, 9), PartialDate(2009, 5))
    assert rest == "Kim Jong Il from to"


@pytest.mark.parametrize("mark", ["", "#", "\ue000", " the day "])
def test_a_mark_stands_where_a_typed_date_stood(mark: str) -> None:
    dates, rest = typed_dates("from 9 October 2006  to 2009, then", mark)
    assert dates == (PartialDate(2006, 10, 9), PartialDate(2009))
    assert rest == " ".join(f"from {mark} to {mark}, then".split())


def test_a_span_of_years_is_two_dates() -> None:
    assert typed_dates("2006-2009")[0] == (PartialDate(2006), PartialDate(2009))
    assert typed_dates("2006–2009")[0] == (PartialDate(2006), PartialDate(2009))


@pytest.mark.parametrize(
    "line",
    [
        "31 February 2006",
        "2006-02-30",
        "2006-13",
        "2006-00",
        "2006-00-09",
        "2006-10-00",
        "0 October 2006",
        "1718",
        "1799",
        "2100",
        "20061",
        "x2006",
        "2006x",
        "S/2006",
        "s/2022/431",
        "resolution 2371",
        "٢٠٠٦",
    ],
)
def test_what_is_no_date_stays_in_the_line(line: str) -> None:
    assert typed_dates(line) == ((), line)


@given(st.text())
def test_no_line_is_too_odd_to_look_for_dates_in(line: str) -> None:
    dates, rest = typed_dates(line)
    assert all(1800 <= each.year <= 2099 for each in dates)
    assert rest == " ".join(rest.split())
