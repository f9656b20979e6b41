"""Dates of which only a part may be known: a day, a month or a year, exact or circa."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y{0}>1[89][0-9]{{2}}|20[0-9]{{2}})"
_TYPED = re.compile(
    rf"(?<![A-Za-z0-9/])(?:{_YEAR.format(1)}[-/](?P<m1>[0-9]{{1,2}})(?:[-/](?P<d1>[0-9]{{1,2}}))?"
    rf"|(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH})\.?,?\s+{_YEAR.format(2)}"
    rf"|(?P<m3>{_MONTH})\.?\s+(?:(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+)?{_YEAR.format(3)}"
    rf"|{_YEAR.format(4)})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_FORM = re.compile(r"(?P<circa>circa )?(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year of the Gregorian calendar.

    ``day`` is set only where ``month`` is; ``circa`` marks a date that is about right.
    Written as in ISO 8601: ``2013-01-22``, ``2013-01``, ``2013``, ``circa 1958``.
    """

    year: int  # 1 to 9999
    month: int | None = None  # 1 to 12
    day: int | None = None  # 1 to 31
    circa: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the written form. Raises ValueError, in words, for another form or a day that never was."""
        found = _FORM.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text!r} is not a date; write 2013-01-22, 2013-01, 2013 or circa 1958")
        year, month, day = (int(part) if part else None for part in found.group("year", "month", "day"))
        assert year is not None
        try:
            date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError as error:
            raise ValueError(f"there is no such date as {text}: {error}") from error
        return cls(year, month, day, bool(found["circa"]))

    @property
    def first(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def iso(self) -> str:
        """The ISO 8601 part that is known, without "circa": sorts as text."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def __str__(self) -> str:
        """As people read it: ``22 January 2013``, ``January 2013``, ``2013``, ``about 1958``."""
        words = [str(self.day)] if self.day else []
        words += [calendar.month_name[self.month]] if self.month else []
        return ("about " if self.circa else "") + " ".join([*words, str(self.year)])


def typed_dates(text: str, mark: str = " ") -> tuple[tuple[PartialDate, ...], str]:
    """The dates in a typed line, in order, and the line with a mark in place of each.

    Reads ``2006``, ``2006-10``, ``2006/10/9``, ``October 2006``, ``9 Oct 2006`` and ``October 9, 2006``, for the
    years 1800 to 2099; a day that never was stays in the line.
    """
    found: list[PartialDate] = []

    def take(match: re.Match[str]) -> str:
        parts = {key: value for key, value in match.groupdict().items() if value}
        year, month, day = (next((parts[key] for key in parts if key[0] == part), None) for part in "ymd")
        number = _MONTHS.get(month.casefold(), month) if month else None
        written = "-".join(f"{int(part):02d}" for part in (year, number, day) if part is not None)
        try:
            found.append(PartialDate.parse(written))
        except ValueError:
            return match[0]
        return mark

    rest = _TYPED.sub(take, text)
    return tuple(found), " ".join(rest.split())
