"""Rules of the audit: sentences that contradict the structured record of votes, events and figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from knowledge.checks import members
from knowledge.dates import PartialDate, typed_dates
from knowledge.findings import Finding, Said, sentences, years_in
from knowledge.model import Content, Resolution
from knowledge.text import words

MONTHS_AND_DAYS = 31  # a number up to here is more often a day than a resolution
ROUNDING = 0.02  # of a figure: "about $2.7 billion" is close enough to 2.74

_TALLY = re.compile(r"\b(\d{1,2})\s*(?:-|–|to|votes to|in favour to)\s*(\d{1,2}|none|nil|zero)\b")
_UNANIMOUS = re.compile(r"\bunanimous", re.IGNORECASE)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = rf"((?:\d{{1,2}} )?(?:(?:{_MONTH}) )?(?:19|20)\d\d)"
_ADOPTED = "(?:adopted|passed|approved|vetoed|voted (?:on|for|through))"
_VOTES = {"voted against": "against", "vetoed": "against", "abstained": "abstained", "voted for": "for"}
_VOTES["voted in favour"] = "for"


def against_votes(content: Content) -> Iterator[Finding]:
    """Sentences on one resolution whose date or votes are not those of its record."""
    for said in sentences(content):
        numbers = {word for word in words(said.text) if word in content.resolutions and int(word) > MONTHS_AND_DAYS}
        symbols = {each.id for each in content.resolutions.values() if each.symbol in said.text}
        about = {id for id in numbers if f"esolution {id}" in said.text or f"esolutions {id}" in said.text} | symbols
        if said.shelf == "resolutions":
            about = {said.entry} if about <= {said.entry} else set()
        if len(about) == 1:
            resolution = content.resolutions[about.pop()]
            for problem in _contradictions(said, resolution):
                remedy = f"The record has {resolution.name} on {resolution.adopted}; mend one of the two"
                yield Finding(said.shelf, said.entry, said.field, problem, remedy)


def _contradictions(said: Said, resolution: Resolution) -> Iterator[str]:
    name = re.escape(resolution.id if resolution.outcome == "adopted" else resolution.symbol)
    for found in _dates_of(name, said.text):
        dates, _ = typed_dates(found)
        if dates and not _meets(dates[0], resolution.adopted):
            yield f"it dates {resolution.name} to {dates[0]}"
    votes = resolution.votes
    if _UNANIMOUS.search(said.text) and votes.in_favour != members(resolution):
        yield f"it calls the vote unanimous; {votes.in_favour} voted in favour"
    for tally in _TALLY.finditer(said.text) if "vote" in said.text else ():
        against = int(tally[2]) if tally[2].isdigit() else 0
        if int(tally[1]) <= members(resolution) and not _tallies(int(tally[1]), against, resolution):
            yield f"it counts {tally[0]}; the record has {votes.in_favour} to {votes.against}"
    for vote in _china(name, said):
        if resolution.seat == "prc" and vote != resolution.china:
            yield f"it has China’s vote as {vote}; the record has it as {resolution.china}"


def _dates_of(name: str, text: str) -> Iterator[str]:
    """The dates a sentence gives the adoption of a resolution: “On 5 August 2017 the Council adopted Resolution
    2371”, “Resolution 2371, adopted on 5 August 2017”, “Resolution 2371 of August 2017”."""
    after = rf"{name}(?: \(\d{{4}}\))?(?:,?(?: was| which was)? {_ADOPTED}(?: unanimously)?,? (?:on|in)| of) {_WHEN}\b"
    before = rf"\b[OIoi]n {_WHEN},? (?:[^,.;]{{0,40}} )?{_ADOPTED} (?:[^,.;]{{0,30}} )?{name}\b"
    within = rf"\b{_ADOPTED} (?:[^,.;]{{0,30}} )?{name}(?: by [^,.;]{{0,30}}?)?(?: unanimously)? (?:on|in) {_WHEN}\b"
    for pattern in (after, before, within):
        yield from (found[1] for found in re.finditer(pattern, text))


def _china(name: str, said: Said) -> set[str]:
    """How a sentence says that China voted on a resolution; in the record of one, what it voted at all."""
    on = r"\b" if said.shelf == "resolutions" else rf" (?:on |for |of |from )?(?:[^,.;]{{0,25}} )?{name}\b"
    pattern = re.compile(rf"\b(?:China|Beijing) ({'|'.join(_VOTES)}){on}")
    return {_VOTES[found[1]] for found in pattern.finditer(said.text)}


def _tallies(in_favour: int, against: int, resolution: Resolution) -> bool:
    votes = resolution.votes
    return (in_favour, against) in ((votes.in_favour, votes.against), (votes.in_favour, votes.abstained))


def _meets(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates of different exactness can be the same; a day's difference is a time zone."""
    day = timedelta(days=1)
    return one.first - day <= other.last and other.first - day <= one.last


def against_events(content: Content) -> Iterator[Finding]:
    """Sentences that give an event, by what it is called, another date than the timeline does."""
    called = {name: event for event in content.events.values() for name in event.called}
    if not called:
        return
    names = "|".join(sorted(map(re.escape, called), key=len, reverse=True))
    after = re.compile(
        rf"\b({names})\b,?(?: was| took place| came| was held| was carried out)?,?(?: on| of| in)? {_WHEN}\b"
    )
    before = re.compile(
        rf"\b[Oo]n {_WHEN},? North Korea (?:carried out|conducted|held|set off|announced) (?:its|the) ({names})\b"
    )
    for said in sentences(content):
        pairs = [(found[1], found[2]) for found in after.finditer(said.text)]
        pairs += [(found[2], found[1]) for found in before.finditer(said.text)]
        for name, text in pairs:
            event = called[name]
            dates, _ = typed_dates(text)
            if dates and (said.shelf, said.entry) != ("events", event.id) and not _meets(dates[0], event.date):
                problem = f"it dates the {name} to {dates[0]}; the timeline has {event.date} ({event.id})"
                yield Finding(said.shelf, said.entry, said.field, problem, "Mend one of the two")


_AMOUNT = re.compile(r"\$(\d+(?:[.,]\d+)*) (million|billion)")
_PART = re.compile(
    r"\b(half|quarter|months?|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|coal|oil|food|grain|textile|seafood|iron|mineral|deficit|surplus|aid|invest\w*|wig\w*|fertili[sz]er)\b"
)


def against_figures(content: Content) -> Iterator[Finding]:
    """Sentences with one year and one sum that cite the source of a yearly figure, and give another sum."""
    kept: dict[tuple[str, int], list[float]] = defaultdict(list)
    for series in content.series.values():
        if series.unit == "USD million":
            for figure in series.figures:
                for id in figure.cites:
                    kept[id, figure.year.year].append(figure.value)
    for said in sentences(content):
        years = years_in(content, said.text)
        amounts = _AMOUNT.findall(said.text)
        if len(years) != 1 or len(amounts) != 1 or _PART.search(said.text) or "trade" not in said.text.casefold():
            continue
        number, unit = amounts[0]
        value = float(number.replace(",", "")) * (1_000 if unit == "billion" else 1)
        values = [each for id in said.cites for each in kept.get((id, min(years)), ())]
        if values and not any(
            abs(value - each) <= max(ROUNDING * each, _half_a_digit(number, unit)) for each in values
        ):
            problem = f"it says ${number} {unit} for {min(years)}; the series has {', '.join(f'{v:g}' for v in values)}"
            yield Finding(said.shelf, said.entry, said.field, problem + " million", "Mend one of the two")


def _half_a_digit(number: str, unit: str) -> float:
    """What rounding to the last digit written can hide, in millions."""
    decimals = len(number.partition(".")[2])
    return 0.5 * 10.0**-decimals * (1_000 if unit == "billion" else 1)
