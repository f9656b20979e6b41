"""The time a question asks about: “in 2013”, “since October 2006”, “between 2010 and 2015”, “the 1990s”."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.dates import PartialDate, typed_dates

_D = "\ue000"  # stands for a date that was taken out: private use, which normalising removes
_YEAR = r"\s*(?:年|년)?\s*"
_THE = r"\s+(?:(?:the\s+)?(?:end|start|beginning|middle)\s+of\s+|early\s+|mid[\s-]|late\s+|the\s+|year\s+)?"
_DECADE = re.compile(
    r"(?:\b(?P<end>before|prior\s+to|until|since|after|from)\s+(?:the\s+)?)?(?<![A-Za-z0-9])(?P<decade>(?:18|19|20)[0-9]0)"
    r"(?:'?s(?![A-Za-z0-9])|年代|년대)",
    re.IGNORECASE,
)
_LOOSE = _THE.replace("+", "*", 1).replace(r"|the\s+", "")  # “after the 2013 test” is about the test
_NO_EVENT = r"(?!\s+(?:nuclear|atomic|missile|tests?|launch|summit|visit|resolution|attack|sanctions|execution|vote)\b)"
_BEFORE = r"(?:以前|之前|前(?![\u4e00-\u9fff])|이전|전(?![\uac00-\ud7a3])|전에)"
_AFTER = r"(?:以后|以後|之后|之後|(?:后|後)(?![\u4e00-\u9fff])|이후)"
_RANGES = (  # forms of a stretch between two dates
    rf"\b(?:between|from){_THE}{_D}\s*(?:and|to|until|till|through|up to|-|–|—){_LOOSE}{_D}",
    rf"{_D}{_YEAR}(?:to|until|till|through|-|–|—|~|至|到|부터|에서)\s*{_D}{_YEAR}(?:间|期间|까지|사이)?",
)
_OPEN = {  # forms of a stretch with one end, by which end it is and whether the date itself belongs to it
    "since": (
        rf"\b(?:since|starting(?: in)?|from){_THE}{_D}{_NO_EVENT}(?:\s+onwards?)?",
        rf"{_D}{_YEAR}(?:以来|以來|부터|onwards?)",
    ),
    "after": (
        rf"\b(?:after|following|post){_LOOSE}-?{_D}{_NO_EVENT}",
        rf"{_D}{_YEAR}{_AFTER}",
    ),
    "until": (rf"\b(?:until|till|up to|by){_THE}{_D}{_NO_EVENT}", rf"{_D}{_YEAR}까지"),
    "before": (
        rf"\b(?:before|prior to|pre){_LOOSE}-?{_D}{_NO_EVENT}",
        rf"{_D}{_YEAR}{_BEFORE}",
    ),
}
_RANGE = re.compile("|".join(_RANGES), re.IGNORECASE)
_END = {end: re.compile("|".join(forms), re.IGNORECASE) for end, forms in _OPEN.items()}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, open where an end is None."""

    since: date | None = None
    until: date | None = None

    def holds(self, when: PartialDate, until: PartialDate | None = None) -> bool:
        """Whether a date, or the time from it ``until`` another, touches the span."""
        return (self.since is None or (until or when).last >= self.since) and (
            self.until is None or when.first <= self.until
        )


@dataclass(frozen=True, slots=True)
class Timed:
    """A typed line taken apart."""

    text: str  # without the dates of a stretch, which only restrict; with a date that is asked for by itself
    span: Span | None = None
    stretch: bool = False  # whether it is more than the one date that is named


def timed(text: str, numbers: Collection[str] = ()) -> Timed:
    """The time a line asks about, after normalising. A date that is one of ``numbers`` is no date; more than one date
    outside a stretch restricts nothing."""
    decades = list(_DECADE.finditer(text))
    if decades:
        return Timed(_DECADE.sub(" ", text), _of_decades(decades), stretch=True)
    dates, marked = typed_dates(text, _D)
    if not dates or any(str(when.year) in numbers for when in dates):
        return Timed(text)
    if len(dates) == 2 and _RANGE.search(marked):
        first, last = sorted(dates, key=lambda when: when.first)
        return Timed(_RANGE.sub(" ", marked), Span(first.first, last.last), stretch=True)
    if len(dates) > 1:
        return Timed(text)
    ends = {
        "since": Span(since=dates[0].first),
        "after": Span(since=_next(dates[0])),
        "until": Span(until=dates[0].last),
        "before": Span(until=dates[0].first - _DAY),
    }
    for end, form in _END.items():
        if form.search(marked):
            return Timed(form.sub(" ", marked), ends[end], stretch=True)
    return Timed(text, Span(dates[0].first, dates[0].last))


def _of_decades(found: Sequence[re.Match[str]]) -> Span:
    """“The 1990s”, “before the 1990s”, “the 1960s and 1970s”."""
    first, last = (date(pick(int(each["decade"]) for each in found), 1, 1) for pick in (min, max))
    end = date(last.year + 9, 12, 31)
    spans = {
        "before": Span(until=first - _DAY),
        "prior": Span(until=first - _DAY),
        "until": Span(until=end),
        "since": Span(since=first),
        "from": Span(since=first),
        "after": Span(since=end + _DAY),
    }
    return (
        spans.get((found[0]["end"] or "").casefold().split(" ")[0], Span(first, end))
        if len(found) == 1
        else Span(first, end)
    )


def _next(when: PartialDate) -> date:
    """The first day after a date."""
    return when.last + _DAY if when.last < date.max else when.last
